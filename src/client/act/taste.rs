//! What a person likes: settings, and other names for commands.

use crate::client::act::{first_word, usage};
use crate::client::deed::{Deed, Refusal};
use crate::client::input;
use crate::client::item::Item;
use crate::client::state::State;
use crate::client::taste::{self, KEYS, Key, Others};

/// Most other names for commands.
const MOST_ALIASES: usize = 100;

/// `/set [KEY [VALUE]]`
pub fn set(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (name, value) = first_word(words);
    if name.is_empty() {
        let title = "/set KEY VALUE changes one of these, and keeps it:".to_owned();
        let row = |key: &Key| {
            let name = format!("{} = {}", key.name, key.value(&state.taste));
            vec![name, key.help.to_owned()]
        };
        let rows = KEYS.iter().map(row).collect();
        state.show(Item::List { title, rows });
        return Ok(());
    }
    let key = taste::key(name).ok_or_else(|| {
        let near = taste::near(name).map_or(String::new(), |near| format!(" Did you mean {near}?"));
        Refusal::usage(format!("There is no setting {name}.{near} /set shows all."))
    })?;
    if value.is_empty() {
        let shown = key.value(&state.taste);
        let text = format!(
            "{} = {shown}\n  {}\n  it is {}",
            key.name, key.help, key.form
        );
        state.show(Item::Text(text));
        return Ok(());
    }
    state.put(key, value)
}

/// `/only on|off`
pub fn only(state: &mut State, words: &str) -> Result<(), Refusal> {
    let key = must_have("others");
    match words.to_ascii_lowercase().as_str() {
        "on" => {
            let words = "what is said in other rooms is only counted now; /only off shows it again";
            state.put_saying(key, "count", words)
        }
        "off" => state.put_saying(key, "show", "what is said in other rooms is shown again"),
        _ => Err(usage("only")),
    }
}

/// `/alias [NAME[=LINE]]`
pub fn alias(state: &mut State, words: &str) -> Result<(), Refusal> {
    let Some((name, line)) = words.split_once('=') else {
        return show_aliases(state, words);
    };
    let (name, line) = (name.trim().trim_start_matches('/'), line.trim());
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if name.is_empty() || !name.chars().all(is_word) || name.len() > 30 {
        return Err(usage("alias"));
    }
    if input::row(name).is_some() {
        let words = format!("/{name} is a command already; take another name.");
        return Err(Refusal::usage(words));
    }
    let name = name.to_ascii_lowercase();
    if line.is_empty() {
        let words = format!("There is no alias {name}.");
        state
            .aliases
            .remove(&name)
            .ok_or_else(|| Refusal::no_target(words))?;
        state.event(format!("/{name} is nothing any more"));
    } else if state.aliases.len() >= MOST_ALIASES {
        let words = format!("There are {MOST_ALIASES} aliases already.");
        return Err(Refusal::refused(words));
    } else {
        state.aliases.insert(name.clone(), line.to_owned());
        state.event(format!("/{name} does: {line}"));
    }
    state.remember("alias", &name, line);
    Ok(())
}

fn show_aliases(state: &mut State, words: &str) -> Result<(), Refusal> {
    if !words.is_empty() {
        return Err(usage("alias"));
    }
    let title = match state.aliases.is_empty() {
        true => "No aliases. /alias brb=/away back soon makes /brb.",
        false => "Aliases; /alias NAME= removes one",
    };
    let rows = state.aliases.iter();
    let rows = rows.map(|(name, line)| vec![format!("/{name}"), line.clone()]);
    let (title, rows) = (title.to_owned(), rows.collect());
    state.show(Item::List { title, rows });
    Ok(())
}

pub(super) fn must_have(name: &str) -> &'static Key {
    taste::key(name).expect("the table has it")
}

impl State {
    /// Sets something, and has it kept.
    pub(super) fn put(&mut self, key: &'static Key, value: &str) -> Result<(), Refusal> {
        self.adopt(key, value, None)
    }

    /// Sets something and has it kept, for a command that says it in its own words.
    pub(super) fn put_saying(
        &mut self,
        key: &'static Key,
        value: &str,
        words: &str,
    ) -> Result<(), Refusal> {
        self.adopt(key, value, Some(words))
    }

    fn adopt(
        &mut self,
        key: &'static Key,
        value: &str,
        words: Option<&str>,
    ) -> Result<(), Refusal> {
        let mut taste = self.taste.clone();
        key.put(&mut taste, value).map_err(Refusal::usage)?;
        self.taste = taste;
        let shown = key.value(&self.taste);
        self.event(words.map_or_else(|| format!("{} = {shown}", key.name), str::to_owned));
        self.deeds.push(Deed::Adopt(Box::new(self.taste.clone())));
        self.remember("ui", key.name, &shown);
        Ok(())
    }

    fn remember(&mut self, section: &'static str, key: &str, value: &str) {
        self.deeds.push(Deed::Remember {
            section,
            key: key.to_owned(),
            value: value.to_owned(),
        });
    }

    /// What stands behind the target in the prompt.
    pub fn marks(&self) -> &'static str {
        match (&self.away, self.taste.others) {
            (Some(_), Others::Count) => "z=",
            (Some(_), Others::Show) => "z",
            (None, Others::Count) => "=",
            (None, Others::Show) => "",
        }
    }

    /// The line that an alias stands for, if `line` begins with one.
    pub fn unaliased(&self, line: &str) -> Option<String> {
        let (word, rest) = first_word(line.trim().strip_prefix('/')?);
        let meant = self.aliases.get(&word.to_ascii_lowercase())?;
        Some(fill(meant, rest))
    }
}

/// `$1` to `$9` are words, `$*` all of them; without any of these all are put behind.
fn fill(meant: &str, rest: &str) -> String {
    let words: Vec<&str> = rest.split_whitespace().collect();
    let mut line = String::new();
    let mut is_filled = false;
    let mut signs = meant.chars().peekable();
    while let Some(sign) = signs.next() {
        let filling = match (sign, signs.peek()) {
            ('$', Some('*')) => Some(rest),
            ('$', Some(digit)) => digit
                .to_digit(10)
                .filter(|number| *number > 0)
                .map(|number| words.get(number as usize - 1).copied().unwrap_or_default()),
            _ => None,
        };
        match filling {
            Some(filling) => {
                signs.next();
                is_filled = true;
                line.push_str(filling);
            }
            None => line.push(sign),
        }
    }
    if !is_filled && !rest.is_empty() {
        line.push(' ');
        line.push_str(rest);
    }
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_an_alias_go_to_their_places() {
        for (meant, rest, line) in [
            ("/join $1", "#dev", "/join #dev"),
            ("/away back soon", "", "/away back soon"),
            ("/dm bob", "hi there", "/dm bob hi there"),
            ("/dm $1 hello, $2", "bob x", "/dm bob hello, x"),
            ("/say $* $*", "a b", "/say a b a b"),
            ("/say $1 costs $5", "tea", "/say tea costs"),
            ("/say $", "x", "/say $ x"),
        ] {
            assert_eq!(fill(meant, rest), line);
        }
    }
}
