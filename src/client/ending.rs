//! How the client ends: the exit code, and the last words.

use crate::exit::Exit;

/// The end, with what is to be said about it (nothing, if empty).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    pub exit: Exit,
    pub words: String,
}

impl Ending {
    /// An end with a reason.
    pub fn new(exit: Exit, words: impl Into<String>) -> Self {
        Self {
            exit,
            words: words.into(),
        }
    }

    /// An end that needs no words.
    pub fn quiet(exit: Exit) -> Self {
        Self::new(exit, "")
    }
}
