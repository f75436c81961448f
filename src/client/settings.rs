//! What the command line says about one conversation.

use crate::client::secret::Secret;
use jiff::SignedDuration;
use jiff::tz::TimeZone;

/// What the command line says.
#[derive(Debug, Clone)]
pub struct Settings {
    pub nick: String,
    pub joins: Vec<String>,
    /// Where plain lines go from the start.
    pub to: Option<String>,
    /// The server's password.
    pub password: Option<Secret>,
    /// The account to log in to, and its password if it was given.
    pub account: Option<String>,
    pub account_password: Option<Secret>,
    pub manner: Manner,
    pub tongue: Tongue,
    /// How the server is called in sentences.
    pub place: String,
    pub safety: Safety,
    /// How long an answer may take.
    pub patience: SignedDuration,
    /// What follows when the connection is lost.
    pub loyalty: Loyalty,
    /// Where the person's clock stands.
    pub zone: TimeZone,
    /// Bytes that nobody can guess.
    pub entropy: [u8; 18],
}

/// Who is at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Somebody who can be asked.
    Person,
    /// A program or a file.
    Pipe,
}

/// How what happens is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// In lines for people.
    Words,
    /// In objects for programs.
    Json,
}

/// Who can read what goes over the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// It does not leave this machine.
    Local,
    /// Everybody on the way.
    Open,
}

/// Whether the client comes back when the connection is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loyalty {
    ComesBack,
    Leaves,
}

impl Safety {
    /// How it is told behind the name of the server.
    pub fn words(self) -> &'static str {
        match self {
            Self::Local => " (not encrypted, local)",
            Self::Open => " (not encrypted)",
        }
    }
}
