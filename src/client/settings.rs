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
    pub badge: Badge,
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
    /// Nobody but the server.
    Private(Version),
}

/// A version of TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    Tls12,
    Tls13,
}

/// Whether the connection shows a certificate of the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Badge {
    None,
    Certificate,
}

/// Whether the client comes back when the connection is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loyalty {
    ComesBack,
    Leaves,
}

impl Safety {
    /// Where one is connected to, and who can read it, in a sentence.
    pub fn connected_to(self, place: &str) -> String {
        match self {
            Self::Local => format!("Connected to {place} (not encrypted, local)"),
            Self::Open => format!("Connected to {place} (not encrypted)"),
            Self::Private(version) => format!("Connected ({})", version.name()),
        }
    }
}

impl Version {
    pub fn name(self) -> &'static str {
        match self {
            Self::Tls12 => "TLS 1.2",
            Self::Tls13 => "TLS 1.3",
        }
    }
}
