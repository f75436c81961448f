//! People: who is here, who was, who somebody is, and being somebody oneself.

use crate::client::act::{because, files, first_word, usage};
use crate::client::asked::{Then, What, Whom};
use crate::client::deed::Refusal;
use crate::client::hear::people::FIELDS;
use crate::client::item::Item;
use crate::client::naming;
use crate::client::state::State;

/// Furthest that `wholast` looks back: a year, in minutes.
const MOST_MINUTES: u64 = 365 * 24 * 60;

/// `/users [PART]`
pub fn users(state: &mut State, words: &str) -> Result<(), Refusal> {
    let whom = if words.is_empty() {
        Whom::Others
    } else {
        Whom::Matching(words.to_owned())
    };
    let rows = Vec::new();
    let params: &[&str] = match state.server.has_whox {
        true => &["*", FIELDS],
        false => &["*"],
    };
    state.ask(What::Who { whom, rows }, "WHO", params, None);
    Ok(())
}

/// `whoelse`
pub fn whoelse(state: &mut State, words: &str) -> Result<(), Refusal> {
    users(state, words)
}

/// `show online`
pub fn show(state: &mut State, words: &str) -> Result<(), Refusal> {
    match first_word(words) {
        ("online", rest) => users(state, rest),
        ("files", rest) => files::files(state, rest),
        _ => Err(usage("show")),
    }
}

/// `wholast N`
pub fn wholast(state: &mut State, words: &str) -> Result<(), Refusal> {
    if words.is_empty() {
        return Err(usage("wholast"));
    }
    let minutes = minutes(words).ok_or_else(|| {
        let why = format!("\"{words}\" is no number of minutes above 0.");
        because(&why, "wholast")
    })?;
    let capped = minutes.min(MOST_MINUTES);
    if capped < minutes {
        state.show(Item::Warned(format!(
            "{capped} minutes (a year) is the most; asking for that."
        )));
    }
    let rows = Vec::new();
    let what = What::WhoLast {
        minutes: capped,
        rows,
    };
    state.ask(what, "WHOLAST", &[&capped.to_string()], None);
    Ok(())
}

/// Minutes from `90`, `90m` or `2h`; more digits than a number holds are very many minutes.
fn minutes(text: &str) -> Option<u64> {
    let text = text.trim().to_ascii_lowercase();
    let (digits, factor) = match text.strip_suffix('h') {
        Some(hours) => (hours, 60),
        None => (text.strip_suffix('m').unwrap_or(&text), 1),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: u64 = digits.parse().unwrap_or(u64::MAX);
    (number > 0).then(|| number.saturating_mul(factor))
}

/// `/whois NAME`
pub fn whois(state: &mut State, words: &str) -> Result<(), Refusal> {
    let (name, _) = first_word(words);
    if name.is_empty() {
        return Err(usage("whois"));
    }
    let what = What::Whois {
        name: name.to_owned(),
        rows: Vec::new(),
        then: Then::Show,
    };
    state.ask(what, "WHOIS", &[name], None);
    Ok(())
}

/// `/nick NAME`
pub fn nick(state: &mut State, words: &str) -> Result<(), Refusal> {
    if words.is_empty() {
        return Err(usage("nick"));
    }
    if let Some(fault) = naming::fault(words) {
        return Err(because(fault, "nick"));
    }
    if words == state.me {
        state.event(format!("you are called {words} already"));
        return Ok(());
    }
    state.ask(What::Nick(words.to_owned()), "NICK", &[words], None);
    Ok(())
}

/// `/away [TEXT]`
pub fn away(state: &mut State, words: &str) -> Result<(), Refusal> {
    let text = if words.is_empty() { "away" } else { words };
    state.away = Some(text.to_owned());
    state.ask(What::Away, "AWAY", &[], Some(text));
    Ok(())
}

/// `/back`
pub fn back(state: &mut State, _: &str) -> Result<(), Refusal> {
    state.away = None;
    state.ask(What::Away, "AWAY", &[], None);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_read_in_all_their_forms() {
        for (text, expected) in [
            ("60", Some(60)),
            ("90m", Some(90)),
            ("2h", Some(120)),
            ("2H", Some(120)),
            ("0", None),
            ("-5", None),
            ("abc", None),
            ("", None),
            ("h", None),
            ("99999999999999999999999", Some(u64::MAX)),
            ("99999999999999999999h", Some(u64::MAX)),
        ] {
            assert_eq!(minutes(text), expected, "{text}");
        }
    }
}
