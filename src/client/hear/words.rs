//! Small readings of text: CTCP, and whether somebody is called by name.

use super::start::sentence;

/// A message inside a message (CTCP).
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ctcp<'a> {
    None,
    /// `/me`.
    Action(&'a str),
    /// A question to the program; never answered.
    Other(&'a str),
}

/// Reads `\x01…\x01`; the end may be missing.
pub(super) fn ctcp(text: &str) -> Ctcp<'_> {
    let Some(inner) = text.strip_prefix('\x01') else {
        return Ctcp::None;
    };
    let inner = inner.strip_suffix('\x01').unwrap_or(inner);
    match inner.split_once(' ') {
        Some((verb, text)) if verb.eq_ignore_ascii_case("ACTION") => Ctcp::Action(text),
        _ if inner.eq_ignore_ascii_case("ACTION") => Ctcp::Action(""),
        _ => Ctcp::Other(inner),
    }
}

/// Whether `text` holds `name` as a word, in any case.
pub(super) fn calls(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    if name.is_empty() {
        return false;
    }
    let is_word = |c: char| c.is_alphanumeric() || "-_[]\\{}|^`".contains(c);
    text.match_indices(&name).any(|(at, found)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text
            .get(at + found.len()..)
            .and_then(|text| text.chars().next());
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

/// What the server has against a name.
pub(super) fn no_name(wanted: &str, words: &str) -> String {
    format!("{wanted} cannot be your name: {}", continued(words))
}

/// The server's words as they go on after a colon: one full stop at their end, and no capital before a small letter.
fn continued(words: &str) -> String {
    let words = sentence(words);
    let mut letters = words.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(' ' | 'a'..='z')) => first.to_lowercase().chain(letters).collect(),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ctcp_is_taken_apart() {
        for (text, expected) in [
            ("hello", Ctcp::None),
            ("\x01ACTION waves\x01", Ctcp::Action("waves")),
            ("\x01action waves", Ctcp::Action("waves")),
            ("\x01ACTION\x01", Ctcp::Action("")),
            ("\x01VERSION\x01", Ctcp::Other("VERSION")),
            ("\x01DCC SEND x\x01", Ctcp::Other("DCC SEND x")),
        ] {
            assert_eq!(ctcp(text), expected);
        }
    }

    #[test]
    fn a_name_is_called_only_as_a_whole_word() {
        for (text, is_called) in [
            ("bob: hi", true),
            ("hi BOB!", true),
            ("(bob)", true),
            ("bobby", false),
            ("kebob", false),
            ("bob_", false),
            ("", false),
        ] {
            assert_eq!(calls(text, "Bob"), is_called, "{text}");
        }
        assert!(!calls("x", ""));
    }
}
