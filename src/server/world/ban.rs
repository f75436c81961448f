//! Masks of a room's lists: whom they mean, and of what they keep them.
//!
//! A plain mask is `nick!user@host`. An extended one (ISUPPORT EXTBAN) begins with a letter:
//! `m:mask`, also written `~m:mask`, mutes without barring the door. Compared without case.

use crate::proto::mask;

/// What ISUPPORT EXTBAN says: the prefix and the letters.
pub const EXTBAN: &str = ",m";

/// Somebody who wants something.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// `nick!user@host`.
    pub source: &'a str,
    /// Who they are registered as.
    pub account: Option<&'a str>,
}

/// What they want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Join,
    Speak,
}

/// Whether the entry `mask` is about `who` when they want to `act`.
pub fn matches(mask: &str, who: &Subject<'_>, act: Act) -> bool {
    match muted(mask) {
        Some((_, inner)) => act == Act::Speak && fits(inner, who.source),
        None => fits(mask, who.source),
    }
}

/// Whether a mask fits a source. A `~` before the user name, as written where identd was asked in
/// vain, may be there: nobody is asked here.
fn fits(mask: &str, source: &str) -> bool {
    mask::matches(mask, source)
        || mask.split_once("!~").is_some_and(|(nick, rest)| {
            let asked_nobody = format!("{nick}!{rest}");
            mask::matches(&asked_nobody, source)
        })
}

/// A mask in full form, an extended one within its prefix.
pub fn complete(mask: &str) -> String {
    match muted(mask) {
        Some((prefix, inner)) => format!("{prefix}{}", mask::complete(inner)),
        None => mask::complete(mask),
    }
}

/// The prefix that makes it a mute, and the mask within.
fn muted(mask: &str) -> Option<(&str, &str)> {
    let (prefix, inner) = mask.split_at(mask.find(':')? + 1);
    let is_mute = ["m:", "~m:"]
        .iter()
        .any(|known| prefix.eq_ignore_ascii_case(known));
    is_mute.then_some((prefix, inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mute_keeps_from_speaking_only() {
        let bob = Subject {
            source: "bob!u@h",
            account: None,
        };
        assert!(matches("BOB!*@*", &bob, Act::Join) && matches("bob!*@*", &bob, Act::Speak));
        assert!(!matches("~m:bob!*@*", &bob, Act::Join) && matches("~m:bob!*@*", &bob, Act::Speak));
        assert!(!matches("~m:eve!*@*", &bob, Act::Speak));
        assert!(!matches("m:bob!*@*", &bob, Act::Join) && matches("m:bob!*@*", &bob, Act::Speak));
        assert!(matches("*!~u@*", &bob, Act::Join) && !matches("*!~v@*", &bob, Act::Join));
    }

    #[test]
    fn masks_are_completed_within_their_prefix() {
        assert_eq!(complete("~m:bob"), "~m:bob!*@*");
        assert_eq!(complete("m:bob"), "m:bob!*@*");
        assert_eq!(complete("bob"), "bob!*@*");
    }
}
