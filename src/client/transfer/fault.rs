//! What goes wrong with a transfer: for good, or until the next try.

use crate::exit::Exit;
use std::io;

/// Why it does not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// It may work in a moment.
    Again(String),
    /// The proof of who asks does not count any more.
    Unproven,
    Final {
        exit: Exit,
        words: String,
    },
    /// The person wants it no more.
    GivenUp,
}

impl Fault {
    /// It ends with these words.
    pub(super) fn last(exit: Exit, words: impl Into<String>) -> Self {
        Self::Final {
            exit,
            words: words.into(),
        }
    }

    /// Something on this machine does not work.
    pub(super) fn local(exit: Exit, what: &str, error: &io::Error) -> Self {
        Self::last(exit, format!("{what}: {}.", why(error)))
    }
}

/// An error of the system in words, without its number.
pub(super) fn why(error: &io::Error) -> String {
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or(&words);
    words.to_lowercase()
}
