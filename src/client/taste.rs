//! How a person likes the client: one table for `/set`, the file `client.yaml` and the manual.

/// What can be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taste {
    pub time: Clock,
    /// Columns of names.
    pub names: usize,
    pub bell: Bell,
    pub others: Others,
    /// Whether words without a slash can be commands.
    pub has_bare_words: bool,
    pub theme: Theme,
    /// Words that call me, besides my name.
    pub calls: Vec<String>,
    /// Rooms and people that are only counted.
    pub muted: Vec<String>,
    /// Messages shown of a room that is entered.
    pub history: usize,
}

/// When lines carry a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    Always,
    /// Where it differs from that of the line before.
    Minute,
    Seconds,
    Never,
}

/// When the terminal's bell rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bell {
    Off,
    /// For what is said to me alone, or calls me.
    Dm,
    /// For everything that somebody says.
    All,
}

/// What becomes of messages in rooms other than the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    Show,
    Count,
}

/// What the colours of names are readable on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Both,
    Light,
    Dark,
}

impl Default for Taste {
    fn default() -> Self {
        Self {
            time: Clock::Minute,
            names: 10,
            bell: Bell::Dm,
            others: Others::Show,
            has_bare_words: true,
            theme: Theme::Both,
            calls: Vec::new(),
            muted: Vec::new(),
            history: 20,
        }
    }
}

/// One thing that can be set.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    /// What it can be.
    pub form: &'static str,
    /// The words that it can be, if it is one of a few.
    pub words: &'static [&'static str],
    pub help: &'static str,
    get: fn(&Taste) -> String,
    set: fn(&mut Taste, &str) -> Option<()>,
}

/// Most words in a list.
const MOST_WORDS: usize = 100;

/// Everything that can be set.
pub const KEYS: &[Key] = &[
    Key {
        name: "time",
        form: "always, minute, seconds or never",
        words: &["always", "minute", "seconds", "never"],
        help: "when lines carry a time; minute: where it changes",
        get: |taste| word(CLOCKS, taste.time),
        set: |taste, text| choose(CLOCKS, text, &mut taste.time),
    },
    Key {
        name: "nick_width",
        form: "a number from 4 to 30",
        words: &[],
        help: "columns for names; longer ones are cut",
        get: |taste| taste.names.to_string(),
        set: |taste, text| count(text, 4, 30, &mut taste.names),
    },
    Key {
        name: "bell",
        form: "off, dm or all",
        words: &["off", "dm", "all"],
        help: "when the terminal rings: never; when somebody calls you or writes to you alone; always",
        get: |taste| word(BELLS, taste.bell),
        set: |taste, text| choose(BELLS, text, &mut taste.bell),
    },
    Key {
        name: "others",
        form: "show or count",
        words: &["show", "count"],
        help: "what becomes of messages in rooms other than the current one",
        get: |taste| word(OTHERS, taste.others),
        set: |taste, text| choose(OTHERS, text, &mut taste.others),
    },
    Key {
        name: "bare_commands",
        form: "on or off",
        words: &["on", "off"],
        help: "whether words like whoelse are commands without a slash",
        get: |taste| word(SWITCH, taste.has_bare_words),
        set: |taste, text| choose(SWITCH, text, &mut taste.has_bare_words),
    },
    Key {
        name: "theme",
        form: "both, light or dark",
        words: &["both", "light", "dark"],
        help: "on what background the colours of names are to be readable best",
        get: |taste| word(THEMES, taste.theme),
        set: |taste, text| choose(THEMES, text, &mut taste.theme),
    },
    Key {
        name: "mentions",
        form: "words with commas between, or none",
        words: &[],
        help: "words that call you, besides your name",
        get: |taste| list(&taste.calls),
        set: |taste, text| words(text, &mut taste.calls),
    },
    Key {
        name: "muted",
        form: "rooms and names with commas between, or none",
        words: &[],
        help: "rooms and people whose messages are only counted; /mute changes it",
        get: |taste| list(&taste.muted),
        set: |taste, text| words(text, &mut taste.muted),
    },
    Key {
        name: "history",
        form: "a number from 0 to 500",
        words: &[],
        help: "how many earlier messages are shown of a room that you enter",
        get: |taste| taste.history.to_string(),
        set: |taste, text| count(text, 0, 500, &mut taste.history),
    },
];

const CLOCKS: &[(&str, Clock)] = &[
    ("always", Clock::Always),
    ("minute", Clock::Minute),
    ("seconds", Clock::Seconds),
    ("never", Clock::Never),
];
const BELLS: &[(&str, Bell)] = &[("off", Bell::Off), ("dm", Bell::Dm), ("all", Bell::All)];
const OTHERS: &[(&str, Others)] = &[("show", Others::Show), ("count", Others::Count)];
const THEMES: &[(&str, Theme)] = &[
    ("both", Theme::Both),
    ("light", Theme::Light),
    ("dark", Theme::Dark),
];
/// The first word of each value is the one that is shown.
const SWITCH: &[(&str, bool)] = &[
    ("on", true),
    ("off", false),
    ("true", true),
    ("false", false),
    ("yes", true),
    ("no", false),
];
const NONE: &str = "none";

/// The key of this name.
pub fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name.eq_ignore_ascii_case(name))
}

/// The key that was probably meant.
pub fn near(name: &str) -> Option<&'static str> {
    let far = |key: &&Key| strsim::osa_distance(&name.to_ascii_lowercase(), key.name);
    let nearest = KEYS.iter().min_by_key(far)?;
    (far(&nearest) <= 3).then_some(nearest.name)
}

impl Key {
    /// How it is set.
    pub fn value(&self, taste: &Taste) -> String {
        (self.get)(taste)
    }

    /// Sets it; a value that cannot be is told, and changes nothing.
    pub fn put(&self, taste: &mut Taste, text: &str) -> Result<(), String> {
        (self.set)(taste, text.trim())
            .ok_or_else(|| format!("{} is {}, not {text:?}", self.name, self.form))
    }

    /// How it is without anybody's doing.
    pub fn default(&self) -> String {
        self.value(&Taste::default())
    }
}

fn word<T: PartialEq>(table: &[(&str, T)], value: T) -> String {
    let row = table.iter().find(|(_, own)| *own == value);
    row.map_or(String::new(), |(word, _)| (*word).to_owned())
}

fn choose<T: Copy>(table: &[(&str, T)], text: &str, place: &mut T) -> Option<()> {
    let row = table
        .iter()
        .find(|(word, _)| word.eq_ignore_ascii_case(text))?;
    *place = row.1;
    Some(())
}

fn count(text: &str, least: usize, most: usize, place: &mut usize) -> Option<()> {
    let number = text.parse().ok()?;
    (least..=most).contains(&number).then(|| *place = number)
}

fn list(words: &[String]) -> String {
    match words {
        [] => NONE.to_owned(),
        words => words.join(","),
    }
}

fn words(text: &str, place: &mut Vec<String>) -> Option<()> {
    let is_none = text.eq_ignore_ascii_case(NONE);
    let words = text
        .split([',', ' '])
        .filter(|word| !word.is_empty() && !is_none);
    let words: Vec<String> = words.map(str::to_owned).collect();
    (words.len() <= MOST_WORDS && !text.contains(char::is_control)).then(|| *place = words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_takes_what_it_gives_and_nothing_else() {
        for key in KEYS {
            let mut taste = Taste::default();
            assert_eq!(key.put(&mut taste, &key.default()), Ok(()), "{}", key.name);
            assert_eq!(taste, Taste::default(), "{}", key.name);
            let wrong = key.put(&mut taste, "\u{7}");
            assert!(wrong.is_err_and(|words| words.contains(key.form)));
            assert_eq!(taste, Taste::default(), "{}", key.name);
        }
    }

    #[test]
    fn what_is_set_is_so() {
        for (name, value, shown) in [
            ("time", "ALWAYS", "always"),
            ("bell", "off", "off"),
            ("bare_commands", "false", "off"),
            ("nick_width", "30", "30"),
            ("mentions", "release, deploy", "release,deploy"),
            ("mentions", "none", "none"),
        ] {
            let mut taste = Taste::default();
            let key = key(name).unwrap();
            key.put(&mut taste, value).unwrap();
            assert_eq!(key.value(&taste), shown, "{name}");
        }
        let key = key("nick_width").unwrap();
        for wrong in ["3", "31", "-1", "x", ""] {
            assert!(key.put(&mut Taste::default(), wrong).is_err(), "{wrong}");
        }
        assert_eq!((near("bel"), near("zzzzzzzz")), (Some("bell"), None));
    }
}
