//! What goes wrong with a store, in words for the owner of the server.

use std::fmt;

/// Why something could not be stored or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub kind: Kind,
    /// A sentence: what, with which file, and what to do.
    pub text: String,
}

/// What kind of trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// No space is left.
    Full,
    /// The place may not be written to.
    ReadOnly,
    /// The device failed; what was written last is unknown.
    Device,
    /// What is stored is not what was stored.
    Corrupt,
    /// A later version of the program wrote it.
    Newer,
    /// Another server uses it.
    InUse { pid: Option<u32> },
}

impl Trouble {
    /// Something stored is not what was stored; it is left out of every answer.
    pub(super) fn damaged(what: &str) -> Self {
        Self {
            kind: Kind::Corrupt,
            text: format!(
                "Damaged in the store, and left out: {what}; `chat admin verify` tells all"
            ),
        }
    }

    /// The store's own code failed.
    pub(super) fn panicked() -> Self {
        Self {
            kind: Kind::Device,
            text: "The store failed on a fault of its own; see the lines before in the log".into(),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Trouble {}
