//! Masks of a room's lists: whom they mean, and of what they keep them.
//!
//! A plain mask is `nick!user@host`. An extended one (ISUPPORT EXTBAN) begins with a letter: `m:mask`
//! mutes without barring the door, `a:name` means whoever is logged in to that account and nobody else
//! (IRCv3 account-extban). A `~` before the letter is taken too. They nest: `m:a:name`. Compared
//! without case.

use crate::proto::mask;
use crate::proto::name::same;

/// What ISUPPORT EXTBAN says: no prefix, and the letters.
pub const EXTBAN: &str = ",am";
/// What ISUPPORT ACCOUNTEXTBAN says: the letters that take an account.
pub const ACCOUNTEXTBAN: &str = "a";

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
    match Extended::read(mask) {
        Some((_, Extended::Mute(inner))) => act == Act::Speak && matches(inner, who, act),
        Some((_, Extended::Account(name))) => {
            who.account.is_some_and(|account| same(account, name))
        }
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

/// A mask in full form, an extended one behind its prefix as it was given.
pub fn complete(mask: &str) -> String {
    match Extended::read(mask) {
        Some((prefix, Extended::Mute(inner))) => format!("{prefix}{}", complete(inner)),
        Some((_, Extended::Account(_))) => mask.to_owned(),
        None => mask::complete(mask),
    }
}

/// A mask that begins with a letter.
enum Extended<'a> {
    Mute(&'a str),
    Account(&'a str),
}

impl<'a> Extended<'a> {
    /// The prefix with its colon, and what it makes of the rest.
    fn read(mask: &'a str) -> Option<(&'a str, Self)> {
        let (prefix, rest) = mask.split_at(mask.find(':')? + 1);
        match prefix.trim_start_matches('~') {
            "m:" | "M:" => Some((prefix, Self::Mute(rest))),
            "a:" | "A:" => Some((prefix, Self::Account(rest))),
            _ => None,
        }
    }
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
    fn an_account_is_meant_only_when_logged_in_to_it() {
        let ann = Subject {
            source: "bob!u@h",
            account: Some("Ann"),
        };
        let bob = Subject {
            source: "ann!u@h",
            account: None,
        };
        assert!(matches("~a:ann", &ann, Act::Join) && matches("~m:~a:ANN", &ann, Act::Speak));
        assert!(!matches("~a:ann", &bob, Act::Join) && !matches("~m:~a:ann", &ann, Act::Join));
        assert_eq!(
            (complete("~a:Ann"), complete("~m:~a:Ann")),
            ("~a:Ann".into(), "~m:~a:Ann".into())
        );
    }

    #[test]
    fn masks_are_completed_within_their_prefix() {
        assert_eq!(complete("~m:bob"), "~m:bob!*@*");
        assert_eq!(complete("m:~a:Bob"), "m:~a:Bob");
        assert_eq!(complete("m:bob"), "m:bob!*@*");
        assert_eq!(complete("bob"), "bob!*@*");
    }
}
