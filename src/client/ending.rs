//! How the client ends: the exit code and the last words. The codes are promises: scripts rely on them.

/// The process's exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done and acknowledged.
    Done = 0,
    /// It failed in another way than those below.
    Failed = 1,
    /// The command line or a command is wrong.
    Usage = 2,
    /// The server cannot be reached, or is gone.
    Unreachable = 3,
    /// A password or a right is missing.
    Denied = 4,
    /// Banned, kicked, name taken, a limit.
    Refused = 6,
    /// What answers is not a chat server.
    Stranger = 7,
    /// No such user or room.
    NoTarget = 8,
    /// Some recipients were reached, some not.
    Partly = 9,
    /// No acknowledgement in time: whether it arrived is unknown.
    NoAnswer = 10,
    /// Ended by a signal.
    Interrupted = 130,
}

impl Exit {
    /// As a number.
    pub fn code(self) -> u8 {
        self as u8
    }
}

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
