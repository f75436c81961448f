//! Why a server does not start or go on: one sentence with what, to which thing, and what to do next.

use crate::store::trouble::{self, Trouble};
use std::fmt;
use std::io;

/// A server cannot start or go on.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    text: String,
}

/// What an [`Error`] is about, for the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something listens there already.
    PortTaken,
    /// The system does not allow it to this user.
    NotAllowed,
    /// The address is none of this machine.
    NoSuchAddress,
    /// The store cannot be used as it is.
    Store,
    /// Another server uses the store.
    StoreTaken,
    /// A certificate cannot be used.
    Tls,
    /// Anything else that the system refused.
    System,
}

impl Error {
    /// A door at `place` could not be opened.
    pub(super) fn cannot_listen(place: &str, why: &io::Error) -> Self {
        let (kind, text) = match why.kind() {
            io::ErrorKind::AddrInUse => (
                Kind::PortTaken,
                format!(
                    "cannot listen on {place}: something listens there already; stop it or choose another port"
                ),
            ),
            io::ErrorKind::PermissionDenied => (
                Kind::NotAllowed,
                format!(
                    "cannot listen on {place}: not allowed to this user; choose a port above 1023 or a directory of yours"
                ),
            ),
            io::ErrorKind::AddrNotAvailable => (
                Kind::NoSuchAddress,
                format!(
                    "cannot listen on {place}: this machine has no such address; correct --bind, or server.bind or listeners in the configuration"
                ),
            ),
            _ => (Kind::System, format!("cannot listen on {place}: {why}")),
        };
        Self { kind, text }
    }

    /// The system refused `what`, without which no server can go on.
    pub(super) fn system(what: &str, why: &io::Error) -> Self {
        Self {
            kind: Kind::System,
            text: format!("cannot {what}: {why}; start the server again"),
        }
    }

    /// The store cannot be used.
    pub(super) fn store(why: Trouble) -> Self {
        let kind = match why.kind {
            trouble::Kind::InUse { .. } => Kind::StoreTaken,
            _ => Kind::Store,
        };
        Self {
            kind,
            text: why.text,
        }
    }

    /// TLS cannot be spoken as the configuration wants it.
    pub(super) fn tls(why: &str) -> Self {
        Self {
            kind: Kind::Tls,
            text: format!("{why}; correct server.tls in the configuration, or start with --no-tls"),
        }
    }

    /// What it is about.
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Error {}
