//! What comes out of the state: what is to be done outside, what the keyboard is wanted for, and what is refused.

use crate::client::ending::Ending;
use crate::client::fact::Fact;
use crate::client::files::order::{Grant, Order};
use crate::client::item::Item;
use crate::client::taste::Taste;
use crate::exit::Exit;

/// What is to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// One line for the wire.
    Send(Vec<u8>),
    Show(Item),
    /// For a program.
    Tell(Box<Fact>),
    /// Show things in another way from now on.
    Adopt(Box<Taste>),
    /// Keep a setting in the person's file; an empty value takes it out.
    Remember {
        section: &'static str,
        key: String,
        value: String,
    },
    /// Carry a file.
    Carry(Box<Order>),
    /// Go on, with this proof.
    Grant(Box<Grant>),
    /// Give up the transfer of this number.
    Abandon(u32),
    /// Empty the screen.
    Clear,
    /// Show all of this in a pager.
    Page(Vec<Item>),
    /// Close the connection once all is written.
    Part,
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
    /// This text as an editor changes it.
    Draft(String),
    /// A line of the conversation.
    Line,
}

/// Why a typed line is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub words: String,
    pub exit: Exit,
    /// Names that may have been meant.
    pub hint: Vec<String>,
}

impl Refusal {
    /// It ends so.
    pub fn new(exit: Exit, words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            exit,
            hint: Vec::new(),
        }
    }

    /// The same, with a name that may have been meant.
    pub fn with_hint(self, hint: Option<String>) -> Self {
        Self {
            hint: hint.into_iter().collect(),
            ..self
        }
    }

    /// It is written wrongly.
    pub fn usage(words: impl Into<String>) -> Self {
        Self::new(Exit::Usage, words)
    }

    /// There is nobody, or no room, of that name.
    pub fn no_target(words: impl Into<String>) -> Self {
        Self::new(Exit::NotFound, words)
    }

    /// Not by this person, or not now.
    pub fn refused(words: impl Into<String>) -> Self {
        Self::new(Exit::Refused, words)
    }
}
