//! Keys that go somewhere else and leave the line being typed as it is.

use rustyline::{KeyCode, KeyEvent, Modifiers};

/// Where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jump {
    Previous,
    Next,
    /// Where something waits to be looked at.
    Unread,
    /// The place with this number, from 1.
    Number(usize),
}

/// Most places that have a key of their own.
const NUMBERS: u8 = 9;

/// The keys. Alt with a digit is not among them: the editor takes it as a count for the next key.
pub(super) fn keys() -> Vec<(KeyEvent, Jump)> {
    let mut keys = vec![
        (KeyEvent(KeyCode::Left, Modifiers::ALT), Jump::Previous),
        (KeyEvent(KeyCode::Right, Modifiers::ALT), Jump::Next),
        (KeyEvent::alt('a'), Jump::Unread),
    ];
    for number in 1..=NUMBERS {
        let key = KeyEvent(KeyCode::F(number), Modifiers::NONE);
        keys.push((key, Jump::Number(number.into())));
    }
    keys
}
