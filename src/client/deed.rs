//! What comes out of the state: what is to be done outside, what the keyboard is wanted for, and what is refused.

use crate::client::ending::Ending;
use crate::client::item::Item;
use crate::exit::Exit;

/// What is to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// One line for the wire.
    Send(Vec<u8>),
    Show(Item),
    /// Empty the screen.
    Clear,
    /// Close the connection, if there is one.
    HangUp,
    /// Connect once more.
    Connect,
    /// Connect once more, by TLS on this port.
    Upgrade(u16),
    /// The server wants to be called by TLS alone for so many seconds.
    Promise(u64),
    Leave(Ending),
}

/// What the keyboard is wanted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    Nothing,
    /// The answer to this question.
    Answer(String),
    /// The answer to this question, which nobody is to see.
    Secret(String),
    /// A line of the conversation.
    Line,
}

/// Why a typed line is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub words: String,
    pub exit: Exit,
}

impl Refusal {
    /// It is written wrongly.
    pub fn usage(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            exit: Exit::Usage,
        }
    }

    /// There is nobody, or no room, of that name.
    pub fn no_target(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            exit: Exit::NotFound,
        }
    }

    /// Not by this person, or not now.
    pub fn refused(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            exit: Exit::Refused,
        }
    }
}
