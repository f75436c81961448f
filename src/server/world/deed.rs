//! What an operator does, as it is recorded: who, what, and what came of it.

use serde_json::Value;

/// Something that an operator wants done, or has tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The system's name of the user, or the operator's in the configuration.
    pub by: Box<str>,
    /// Who asked over the admin socket, as the system knows them.
    pub uid: Option<u32>,
    pub pid: Option<i32>,
    /// The name and address of the session that asked.
    pub from: Option<Box<str>>,
    pub command: Box<str>,
    /// Without secrets.
    pub arguments: Value,
}

/// Names a recorded deed until its outcome is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DeedId(pub u64);

/// What came of a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// `done`, or the code of what went wrong.
    pub result: Box<str>,
    pub text: Option<Box<str>>,
}

impl Outcome {
    /// It was done.
    pub fn done() -> Self {
        Self {
            result: "done".into(),
            text: None,
        }
    }

    /// It was not, or not for all.
    pub fn failed(code: &str, text: &str) -> Self {
        Self {
            result: code.into(),
            text: Some(text.into()),
        }
    }
}

/// Which deeds are wanted, the newest of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub count: usize,
    pub user: Option<Box<str>>,
    /// The first words of the command.
    pub command: Option<Box<str>>,
    pub since_ms: u64,
}

/// The deeds that were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deeds {
    /// Each as the data of an answer, the oldest first.
    pub found: Vec<Value>,
    /// Whether older ones were left out.
    pub is_cut: bool,
}
