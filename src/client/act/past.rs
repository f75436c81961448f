//! The past: what was said before, looked up, searched, and what is unread.

use crate::client::act::{because, first_word, usage};
use crate::client::asked::What;
use crate::client::caps;
use crate::client::deed::Refusal;
use crate::client::inbox::Mode;
use crate::client::item::{Item, Whose};
use crate::client::past::{Aim, MOST, Quest};
use crate::client::state::State;
use crate::client::when;
use crate::proto::message::escape;
use jiff::Timestamp;

/// Messages shown where no number is given.
const USUAL: usize = 30;
/// Messages looked through for those that call me.
const LOOKED_THROUGH: usize = 100;
const NO_HISTORY: &str = "This server keeps nothing that was said.";

/// `/history [TARGET] [N|30m|2d|since DATE]`
pub fn history(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (target, words) = target_of(state, words)?;
    if !state.has(caps::CHATHISTORY) {
        return Err(Refusal::refused(NO_HISTORY));
    }
    let (since, most) = extent(state, words)?;
    let aim = Aim::History {
        target: target.clone(),
        since,
        most,
    };
    match since {
        Some(since) => {
            let after = format!("timestamp={since:.3}");
            state.ask_past(Quest::new(aim), &["AFTER", &target, &after], most);
        }
        None => state.ask_past(Quest::new(aim), &["LATEST", &target, "*"], most),
    }
    Ok(())
}

/// The place whose history is wanted, and the words behind it.
fn target_of<'w>(state: &State, words: &'w str) -> Result<(String, &'w str), Refusal> {
    let (first, rest) = first_word(words);
    let is_extent = first.is_empty()
        || first.parse::<u64>().is_ok()
        || when::ago(first).is_some()
        || first.eq_ignore_ascii_case("since");
    if is_extent {
        return Ok((state.must_have_target()?, words));
    }
    Ok((first.to_owned(), rest))
}

/// How far back, and how many at most.
fn extent(state: &State, words: &str) -> Result<(Option<Timestamp>, usize), Refusal> {
    let (first, rest) = first_word(words);
    if first.is_empty() {
        return Ok((None, USUAL));
    }
    if first.eq_ignore_ascii_case("since") {
        let since = when::since(rest, state.now, &state.settings.zone);
        let why =
            format!("\"{rest}\" is no date, like 2026-11-19 or \"2026-11-19 18:20\" or 18:20.");
        return Ok((Some(since.ok_or_else(|| because(&why, "history"))?), MOST));
    }
    if !rest.is_empty() {
        return Err(usage("history"));
    }
    if let Some(ago) = when::ago(first) {
        return Ok((state.now.checked_sub(ago).ok(), MOST));
    }
    match first.parse::<usize>() {
        Ok(number) if number > 0 => Ok((None, number.min(MOST))),
        Ok(_) | Err(_) => Err(usage("history")),
    }
}

/// `/search WORDS [in TARGET] [from NICK]`
pub fn search(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (text, target, from) = parts_of_search(words);
    if text.is_empty() && from.is_none() {
        return Err(usage("search"));
    }
    must_search(state)?;
    let mut wanted = format!("limit={}", state.server.page);
    for (key, value) in [("text", Some(text.clone())), ("in", target), ("from", from)] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            wanted = format!("{wanted};{key}={}", escape(&value));
        }
    }
    let quest = Quest::new(Aim::Search(words.to_owned()));
    state.ask(What::Past(Box::new(quest)), "SEARCH", &[&wanted], None);
    Ok(())
}

/// The words to be found, and at their end where and by whom they were said.
fn parts_of_search(words: &str) -> (String, Option<String>, Option<String>) {
    let mut all: Vec<&str> = words.split_whitespace().collect();
    let (mut target, mut from) = (None, None);
    while let [.., key, value] = all.as_slice() {
        match key.to_ascii_lowercase().as_str() {
            "in" if target.is_none() && value.starts_with(['#', '&']) => {
                target = Some((*value).to_owned())
            }
            "from" if from.is_none() => from = Some((*value).to_owned()),
            _ => break,
        }
        all.truncate(all.len() - 2);
    }
    (all.join(" "), target, from)
}

fn must_search(state: &State) -> Result<(), Refusal> {
    if state.has(caps::SEARCH) {
        return Ok(());
    }
    Err(Refusal::refused(match state.has(caps::CHATHISTORY) {
        true => "This server cannot search. /history shows what was said.",
        false => "This server cannot search, and keeps nothing that was said.",
    }))
}

/// `/mentions [N]`
pub fn mentions(state: &mut State, words: &str) -> Result<(), Refusal> {
    let most = match words {
        "" => USUAL,
        number => number.parse().map_err(|_| usage("mentions"))?,
    };
    must_search(state)?;
    let me = state.me.clone();
    let wanted = format!(
        "limit={};text={}",
        LOOKED_THROUGH.min(state.server.page),
        escape(&me)
    );
    let quest = Quest::new(Aim::Mentions(me, most));
    state.ask(What::Past(Box::new(quest)), "SEARCH", &[&wanted], None);
    Ok(())
}

/// `/unread`
pub fn unread(state: &mut State, _: &str) -> Result<(), Refusal> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (name, count) in state.rooms.talks() {
        rows.push(vec![
            name.clone(),
            count.to_string(),
            "to you alone".to_owned(),
        ]);
    }
    for room in state.rooms.iter().filter(|room| room.unread.all > 0) {
        let calls = match room.unread.urgent {
            0 => String::new(),
            1 => "1 calls you".to_owned(),
            many => format!("{many} call you"),
        };
        rows.push(vec![room.name.clone(), room.unread.all.to_string(), calls]);
    }
    let title = match rows.len() {
        0 => "Nothing is unread",
        _ => "Unread (/switch NAME shows it)",
    };
    state.show(Item::List {
        title: title.to_owned(),
        rows,
    });
    Ok(())
}

/// `inbox [all|keep|clear]`
pub fn inbox(state: &mut State, words: &str) -> Result<(), Refusal> {
    let mode = match words.to_ascii_lowercase().as_str() {
        "" => Mode::Show,
        "keep" => Mode::Keep,
        "clear" => Mode::Clear,
        "all" => Mode::All,
        _ => return Err(usage("inbox")),
    };
    if !state.has(caps::CHATHISTORY) || !state.has(caps::READ_MARKER) {
        return Err(Refusal::refused(NO_HISTORY));
    }
    if state.account.is_none() {
        return Err(Refusal::refused(
            "An inbox belongs to a name that is yours: /register keeps it, /login gets it back.",
        ));
    }
    state.open_inbox(mode);
    Ok(())
}

/// `/unsent [drop N]`
pub fn unsent(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (verb, number) = first_word(words);
    match (verb, number.parse::<usize>()) {
        ("", _) => {
            let waiting = state.outbox.iter().enumerate();
            let rows: Vec<Vec<String>> = waiting
                .map(|(at, own)| vec![(at + 1).to_string(), own.to.clone(), own.text.clone()])
                .collect();
            let title = match rows.len() {
                0 => "Nothing waits for the connection",
                _ => "Waiting for the connection (/unsent drop N takes one away)",
            };
            state.show(Item::List {
                title: title.to_owned(),
                rows,
            });
        }
        ("drop", Ok(number @ 1..)) => match state.outbox.remove(number - 1) {
            Some(own) => state.event(format!("not to be sent any more: {}", own.text)),
            None => {
                return Err(Refusal::no_target(format!(
                    "Nothing waits under number {number}."
                )));
            }
        },
        _ => return Err(usage("unsent")),
    }
    Ok(())
}

/// The words of a message that name it in a line.
pub fn gist(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(40).collect();
    if short.len() < text.len() {
        format!("{short}…")
    } else {
        short
    }
}

impl State {
    /// The message that is meant: the last of this person, or the last but so many; else the last of another.
    pub fn aimed_at(&self, target: &str, word: &str) -> Option<(String, String, bool)> {
        let place = self.server.fold(target);
        let mut named = self.recent.named(&place);
        let number = word
            .parse::<usize>()
            .ok()
            .filter(|number| (1..100).contains(number));
        let by_name = || {
            let mut named = self.recent.named(&place);
            named.find(|said| self.server.same(&said.from, word))
        };
        let exact = match number {
            Some(number) => self.recent.named(&place).nth(number - 1),
            None => by_name().filter(|_| !word.is_empty()),
        };
        let is_exact = exact.is_some();
        let said = exact.or_else(|| named.find(|said| said.whose != Whose::Mine))?;
        Some((said.id.clone(), gist(&said.text), is_exact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_may_end_with_where_and_by_whom() {
        let text = |text: &str| Some(text.to_owned());
        for (words, expected) in [
            ("green build", ("green build".to_owned(), None, None)),
            ("green in #dev", ("green".to_owned(), text("#dev"), None)),
            (
                "green from bob in #dev",
                ("green".to_owned(), text("#dev"), text("bob")),
            ),
            ("made in china", ("made in china".to_owned(), None, None)),
            ("from bob", (String::new(), None, text("bob"))),
        ] {
            assert_eq!(parts_of_search(words), expected, "{words}");
        }
    }
}
