//! Masks of a room's lists: whom they mean, and of what they keep them.
//!
//! A plain mask is `nick!user@host`. An extended one (ISUPPORT EXTBAN) begins with `~` and a letter:
//! `~m:mask` mutes without barring the door. Compared without case.

use crate::proto::mask;

/// What ISUPPORT EXTBAN says: the prefix and the letters.
pub const EXTBAN: &str = "~,m";

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
        Some(inner) => act == Act::Speak && mask::matches(inner, who.source),
        None => mask::matches(mask, who.source),
    }
}

/// A mask in full form, an extended one within its prefix.
pub fn complete(mask: &str) -> String {
    match muted(mask) {
        Some(inner) => format!("~m:{}", mask::complete(inner)),
        None => mask::complete(mask),
    }
}

/// The mask within a mute.
fn muted(mask: &str) -> Option<&str> {
    mask.strip_prefix("~m:")
        .or_else(|| mask.strip_prefix("~M:"))
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
    }

    #[test]
    fn masks_are_completed_within_their_prefix() {
        assert_eq!(complete("~m:bob"), "~m:bob!*@*");
        assert_eq!(complete("bob"), "bob!*@*");
    }
}
