//! What Tab may put at the cursor. Completing never sends anything.

use crate::client::caps;
use crate::client::files::words::{Last, last, quoted};
use crate::client::input::TABLE;
use crate::client::room::Room;
use crate::client::state::State;
use crate::client::taste::{self, KEYS};
use crate::proto::sanitise;

/// Most names kept for completion.
const MOST: usize = 5000;

/// Commands with the capability without which they are refused.
const NEEDS: &[(&str, &str)] = &[
    ("register", caps::ACCOUNT_REGISTRATION),
    ("login", caps::SASL),
    ("history", caps::CHATHISTORY),
    ("inbox", caps::READ_MARKER),
    ("search", caps::SEARCH),
    ("mentions", caps::SEARCH),
    ("redact", caps::REDACTION),
    ("reply", caps::MESSAGE_TAGS),
    ("react", caps::MESSAGE_TAGS),
    ("unreact", caps::MESSAGE_TAGS),
];
/// Commands that no other server has.
const OURS: &[&str] = &[
    "wholast", "files", "download", "sessions", "passwd", "forget",
];

/// Letters of a word from which on several commands without a slash are offered.
const LEAST: usize = 3;

/// Names as they were a moment ago.
#[derive(Debug, Default)]
pub struct Known {
    /// Most recent speaker first, without me.
    nicks: Vec<String>,
    /// Those first with whom there was a private talk, the latest before the others.
    people: Vec<String>,
    /// Who wrote to me alone last.
    last_from: Option<String>,
    /// My rooms, those with something unread first; then those that the server listed.
    rooms: Vec<String>,
    /// Commands for which the server lacks something.
    lacking: Vec<&'static str>,
    /// Files of the server, the newest first.
    files: Vec<String>,
    /// Other names for commands.
    aliases: Vec<String>,
    /// Whether words without a slash can be commands.
    has_bare_words: bool,
}

impl Known {
    /// The names that the state knows, as far as they are harmless.
    pub fn of(state: &State) -> Self {
        let is_clean = |name: &&str| sanitise::name(name) == **name;
        let mut nicks: Vec<String> = Vec::new();
        let current = state
            .target
            .as_deref()
            .and_then(|name| state.rooms.find(&state.server, name));
        let of_room = current.map(|room| room.speakers()).unwrap_or_default();
        let all = state.rooms.iter().flat_map(|room| room.nicks());
        let mut seen = std::collections::BTreeSet::new();
        for nick in of_room.into_iter().chain(all).filter(is_clean).take(MOST) {
            if !state.is_me(nick) && seen.insert(state.server.fold(nick)) {
                nicks.push(nick.to_owned());
            }
        }
        let mut own: Vec<&Room> = state.rooms.iter().collect();
        own.sort_by_key(|room| room.unread.all == 0);
        let own = own.into_iter().map(|room| room.name.as_str());
        let mut rooms: Vec<String> = Vec::new();
        for room in own.chain(state.listed.iter().map(String::as_str)) {
            if is_clean(&room) && !rooms.iter().any(|other| state.server.same(other, room)) {
                rooms.push(room.to_owned());
            }
        }
        let partners = state
            .partners
            .iter()
            .rev()
            .filter(|name| is_clean(&name.as_str()));
        let mut people: Vec<String> = partners.cloned().collect();
        let others = nicks.iter().filter(|nick| {
            !state
                .partners
                .iter()
                .any(|own| state.server.same(own, nick))
        });
        people.extend(others.cloned());
        let is_harmless = |name: &&str| name.chars().all(sanitise::is_plain);
        let files = state.files.names().filter(is_harmless);
        Self {
            nicks,
            people,
            last_from: state
                .last_from
                .as_ref()
                .map(|(name, _)| name.clone())
                .filter(|name| is_clean(&name.as_str())),
            rooms,
            lacking: lacking(state),
            files: files.map(str::to_owned).collect(),
            aliases: state.aliases.keys().cloned().collect(),
            has_bare_words: state.taste.has_bare_words,
        }
    }

    /// Where the word at `pos` begins, and what may stand in its place.
    pub fn complete(&self, line: &str, pos: usize) -> (usize, Vec<String>) {
        let before = line.get(..pos).unwrap_or(line);
        let start = before
            .rfind(|c: char| c.is_whitespace())
            .map_or(0, |at| at + 1);
        let word = before.get(start..).unwrap_or_default();
        let earlier: Vec<&str> = before
            .get(..start)
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let verb = earlier
            .first()
            .map(|word| word.trim_start_matches('/').to_ascii_lowercase());
        if let Some(part) = word.strip_prefix(':').filter(|part| part.len() >= 2) {
            return (start, signs(part));
        }
        match (verb.as_deref(), earlier.len()) {
            (None, _) => (start, self.first_word(word)),
            (Some("r"), 1) if word.is_empty() => {
                let last = self.last_from.iter().map(|name| format!("/dm {name} "));
                (0, last.collect())
            }
            (Some("mute" | "history" | "to"), 1) if !word.starts_with('#') => {
                (start, spaced(self.places(word)))
            }
            (Some("search"), 2..) if earlier.last() == Some(&"in") => {
                (start, spaced(fitting(&self.rooms, word)))
            }
            (
                Some(
                    "join" | "j" | "switch" | "s" | "part" | "names" | "leave" | "mute" | "unmute",
                ),
                1,
            ) => (start, spaced(fitting(&self.rooms, word))),
            (Some("set"), 1) => (
                start,
                spaced(of_list(KEYS.iter().map(|key| key.name), word)),
            ),
            (Some("set"), 2) => (start, values_of(earlier.get(1).copied(), word)),
            (Some("download"), _) => {
                let typed = last(before);
                (typed.start, self.files_like(&typed))
            }
            (Some(verb @ ("show" | "only" | "raw" | "inbox")), 1) => {
                (start, of_list(words_of(verb).iter().copied(), word))
            }
            (Some("help" | "h"), 1) => (start, spaced(commands(word))),
            (Some("dm" | "msg" | "query" | "w" | "send" | "whois" | "block" | "unblock"), 1) => {
                (start, spaced(fitting(&self.people, word)))
            }
            (Some("broadcast"), 2) => {
                let last = word.rfind(',').map_or(0, |at| at + 1);
                let part = word.get(last..).unwrap_or_default();
                (start + last, fitting(&self.nicks, part))
            }
            (Some(_), _) if word.starts_with('#') => (start, spaced(fitting(&self.rooms, word))),
            (Some(_), _) => (start, spaced(fitting(&self.nicks, word))),
        }
    }

    /// The path that is being typed at `pos`, where one can stand: after `/upload`, and where a download goes.
    pub fn path_at(line: &str, pos: usize) -> Option<Last> {
        let before = line.get(..pos).unwrap_or(line);
        let verb = before.split_whitespace().next()?;
        let typed = last(before);
        match (verb.to_ascii_lowercase().as_str(), typed.before) {
            ("/upload", 1) | ("download" | "/download", 2) => Some(typed),
            _ => None,
        }
    }

    /// Rooms, then people, whose names begin so.
    fn places(&self, part: &str) -> Vec<String> {
        let mut places = fitting(&self.rooms, part);
        places.extend(fitting(&self.people, part));
        places
    }

    /// Files whose names begin so, quoted where they have to be; each once.
    fn files_like(&self, typed: &Last) -> Vec<String> {
        let part = typed.word.to_lowercase();
        let is_fit = |name: &&String| name.to_lowercase().starts_with(&part);
        let mut fitting: Vec<String> = Vec::new();
        for name in self
            .files
            .iter()
            .filter(is_fit)
            .filter(|_| typed.before == 1)
        {
            let name = format!("{} ", quoted(name));
            if !fitting.contains(&name) {
                fitting.push(name);
            }
        }
        fitting
    }

    fn first_word(&self, word: &str) -> Vec<String> {
        if let Some(command) = word.strip_prefix('/') {
            let aliases = fitting(&self.aliases, command);
            let (there, lacking): (Vec<_>, Vec<_>) = commands(command)
                .into_iter()
                .partition(|name| !self.lacking.contains(&name.as_str()));
            let slashed = there
                .into_iter()
                .chain(aliases)
                .chain(lacking)
                .map(|name| format!("/{name} "));
            return slashed.collect();
        }
        if word.starts_with('#') {
            let rooms = fitting(&self.rooms, word).into_iter();
            return rooms.map(|room| room + ": ").collect();
        }
        let mut all: Vec<_> = fitting(&self.nicks, word)
            .iter()
            .map(|nick| format!("{nick}: "))
            .collect();
        let bare = [
            "whoelse",
            "wholast",
            "send",
            "broadcast",
            "show online",
            "show files",
            "download",
            "inbox",
            "clear",
            "help",
        ];
        let small = word.to_ascii_lowercase();
        let words: Vec<_> = bare
            .iter()
            .filter(|bare| self.has_bare_words && !small.is_empty() && bare.starts_with(&small))
            .collect();
        if words.len() == 1 || small.len() >= LEAST {
            all.extend(words.iter().map(|word| format!("{word} ")));
        }
        all
    }
}

/// Commands for which the server lacks something.
fn lacking(state: &State) -> Vec<&'static str> {
    let by_cap = NEEDS.iter().filter(|(_, cap)| !state.has(cap));
    let by_cap = by_cap.map(|(name, _)| *name);
    let ours = OURS.iter().filter(|_| !state.server.is_ours());
    by_cap.chain(ours.copied()).collect()
}

/// What a setting can be.
fn values_of(key: Option<&str>, part: &str) -> Vec<String> {
    let key = key.and_then(taste::key);
    of_list(key.iter().flat_map(|key| key.words.iter().copied()), part)
}

/// The words of which one can stand behind a command.
fn words_of(verb: &str) -> &'static [&'static str] {
    match verb {
        "show" => &["files", "online"],
        "inbox" => &["all", "keep", "clear"],
        _ => &["on", "off"],
    }
}

fn commands(part: &str) -> Vec<String> {
    let part = part.to_ascii_lowercase();
    let fitting = TABLE.iter().filter(|row| row.name.starts_with(&part));
    fitting.map(|row| row.name.to_owned()).collect()
}

fn fitting(names: &[String], part: &str) -> Vec<String> {
    let part = part.to_lowercase();
    names
        .iter()
        .filter(|name| name.to_lowercase().starts_with(&part))
        .cloned()
        .collect()
}

/// The signs whose names begin so; a whole name becomes its sign.
fn signs(part: &str) -> Vec<String> {
    if let Some(sign) = part.strip_suffix(':').and_then(emojis::get_by_shortcode) {
        return vec![format!("{sign} ")];
    }
    let names = emojis::iter().flat_map(|sign| sign.shortcodes());
    let mut names: Vec<&str> = names.filter(|name| name.starts_with(part)).collect();
    names.sort_unstable();
    match names.as_slice() {
        [only] => {
            let sign = emojis::get_by_shortcode(only);
            sign.map(|sign| format!("{sign} ")).into_iter().collect()
        }
        many => many.iter().map(|name| format!(":{name}:")).collect(),
    }
}

fn of_list<'n>(names: impl Iterator<Item = &'n str>, part: &str) -> Vec<String> {
    let part = part.to_ascii_lowercase();
    let names = names.filter(|name| name.starts_with(&part));
    names.map(str::to_owned).collect()
}

fn spaced(names: Vec<String>) -> Vec<String> {
    names.into_iter().map(|name| name + " ").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_has_its_candidates() {
        let known = Known {
            nicks: ["bob", "Bella", "carol"].map(str::to_owned).to_vec(),
            people: ["Bella", "bob", "carol", "dave"]
                .map(str::to_owned)
                .to_vec(),
            last_from: Some("Bella".to_owned()),
            lacking: vec!["history"],
            rooms: ["#lobby", "#dev"].map(str::to_owned).to_vec(),
            files: ["b.txt", "b c.pdf", "a", "b.txt"]
                .map(str::to_owned)
                .to_vec(),
            aliases: vec!["brb".to_owned()],
            has_bare_words: true,
        };
        for (line, start, expected) in [
            ("/jo", 0, vec!["/join "]),
            ("b", 0, vec!["bob: ", "Bella: ", "broadcast "]),
            ("wh", 0, vec![]),
            ("who", 0, vec!["whoelse ", "wholast "]),
            ("BE", 0, vec!["Bella: "]),
            ("/dm B", 4, vec!["Bella ", "bob "]),
            ("/whois d", 7, vec!["dave "]),
            ("/r ", 0, vec!["/dm Bella "]),
            ("/he", 0, vec!["/help "]),
            ("/h", 0, vec!["/help ", "/history "]),
            ("#d", 0, vec!["#dev: "]),
            ("/history d", 9, vec!["dave "]),
            ("/to #l", 4, vec!["#lobby "]),
            (
                "/mute ",
                6,
                vec!["#lobby ", "#dev ", "Bella ", "bob ", "carol ", "dave "],
            ),
            ("/search report in #", 18, vec!["#lobby ", "#dev "]),
            ("/search report from c", 20, vec!["carol "]),
            ("send c", 5, vec!["carol "]),
            ("/switch #d", 8, vec!["#dev "]),
            ("hello ca", 6, vec!["carol "]),
            ("see #l", 4, vec!["#lobby "]),
            ("broadcast user bob,c", 19, vec!["carol"]),
            ("download b", 9, vec!["b.txt ", "\"b c.pdf\" "]),
            ("/download \"b ", 10, vec!["\"b c.pdf\" "]),
            ("show f", 5, vec!["files"]),
            ("/brb", 0, vec!["/brb "]),
            ("/set be", 5, vec!["bell "]),
            ("/set bell d", 10, vec!["dm"]),
            ("/set history ", 13, vec![]),
            ("/mute #l", 6, vec!["#lobby "]),
            ("inbox k", 6, vec!["keep"]),
            ("yes :smiley_", 4, vec!["😺 "]),
            ("yes :smiley", 4, vec![":smiley:", ":smiley_cat:"]),
            ("a :s", 2, vec![]),
            ("/help who", 6, vec!["whoelse ", "wholast ", "whois "]),
        ] {
            assert_eq!(
                known.complete(line, line.len()),
                (start, expected.iter().map(|s| (*s).to_owned()).collect()),
                "{line}"
            );
        }
    }

    #[test]
    fn any_place_of_the_cursor_is_fine() {
        let known = Known::default();
        let line = "/dm é世 x";
        for pos in 0..=line.len() + 2 {
            known.complete(line, pos);
        }
    }
}
