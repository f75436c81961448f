//! The modes of a user: one row per letter, and sets of them as bits.
//! Specification: <https://modern.ircdocs.horse/#user-modes>.

use crate::proto::mode::Sign;
use serde::{Deserialize, Serialize};

/// What a user is, or is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserMode {
    /// A program, not a person (IRCv3 bot-mode).
    Bot,
    /// Messages from people without an account are refused.
    RegisteredOnly,
    /// CTCP other than ACTION is refused.
    NoCtcp,
    Invisible,
    Operator,
    /// Hears what operators tell everybody.
    Wallops,
}

/// Every user mode: letter, and one line for people.
pub const USER_MODES: &[(char, UserMode, &str)] = &[
    ('B', UserMode::Bot, "a bot"),
    (
        'R',
        UserMode::RegisteredOnly,
        "takes messages only from people with an account and those it accepts",
    ),
    ('T', UserMode::NoCtcp, "takes no CTCP but ACTION"),
    (
        'i',
        UserMode::Invisible,
        "invisible to those who share no room",
    ),
    ('o', UserMode::Operator, "operator of the server"),
    ('w', UserMode::Wallops, "hears WALLOPS"),
];

/// The user mode with this letter.
pub fn named(letter: char) -> Option<UserMode> {
    USER_MODES
        .iter()
        .find(|(known, ..)| *known == letter)
        .map(|(_, mode, _)| *mode)
}

/// Modes of a user as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub struct UserModes(u32);

impl UserModes {
    /// The modes that these letters stand for; others are passed over.
    pub fn of_letters(letters: &str) -> Self {
        let mut modes = Self::default();
        for mode in letters.chars().filter_map(named) {
            modes.set(mode, Sign::Add);
        }
        modes
    }

    /// Whether `mode` is set.
    pub fn has(self, mode: UserMode) -> bool {
        self.0 & (1 << mode as u32) != 0
    }

    /// Sets or clears `mode`; tells whether that changed anything.
    pub fn set(&mut self, mode: UserMode, sign: Sign) -> bool {
        let before = self.0;
        match sign {
            Sign::Add => self.0 |= 1 << mode as u32,
            Sign::Remove => self.0 &= !(1 << mode as u32),
        }
        self.0 != before
    }

    /// The letters of the modes that are set, in the table's order.
    pub fn letters(self) -> impl Iterator<Item = char> {
        USER_MODES
            .iter()
            .filter(move |(_, mode, _)| self.has(*mode))
            .map(|(letter, ..)| *letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_has_one_row_and_letters_are_sorted() {
        assert!(USER_MODES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        let mut modes = UserModes::default();
        for (letter, mode, _) in USER_MODES {
            assert_eq!(named(*letter), Some(*mode));
            assert!(modes.set(*mode, Sign::Add) && !modes.set(*mode, Sign::Add));
        }
        assert_eq!(modes.letters().collect::<String>(), "BRTiow");
        assert!(modes.set(UserMode::Operator, Sign::Remove) && !modes.has(UserMode::Operator));
    }
}
