//! How the client ends: the exit code, and the last words.

use crate::client::address::Address;
use crate::exit::Exit;

/// The end, with what is to be said about it (nothing, if empty).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    pub exit: Exit,
    pub words: String,
    pub then: Then,
}

/// What follows the end of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    Leave,
    /// The server wants a password, and none was given: ask for it, and connect again.
    AskPassword,
    /// The connection is lost: it is made again, where that is wanted.
    ComeBack,
    /// There is no room at the moment: it is tried again later, where a person waits for it.
    TryAgain,
    /// Another server is wanted.
    Call(Box<Address>),
}

impl Ending {
    /// An end with a reason.
    pub fn new(exit: Exit, words: impl Into<String>) -> Self {
        Self {
            exit,
            words: words.into(),
            then: Then::Leave,
        }
    }

    /// The same end, with a password to be asked for if somebody is there.
    pub fn and_ask(self) -> Self {
        Self {
            then: Then::AskPassword,
            ..self
        }
    }

    /// The same end, where nobody comes back.
    pub fn and_come_back(self) -> Self {
        Self {
            then: Then::ComeBack,
            ..self
        }
    }

    /// The same end, for one who came too early.
    pub fn and_try_again(self) -> Self {
        Self {
            then: Then::TryAgain,
            ..self
        }
    }

    /// An end because another server is wanted.
    pub fn and_call(address: Address) -> Self {
        Self {
            then: Then::Call(Box::new(address)),
            ..Self::quiet(Exit::Done)
        }
    }

    /// An end that needs no words.
    pub fn quiet(exit: Exit) -> Self {
        Self::new(exit, "")
    }
}
