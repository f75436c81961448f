//! What the world knows of TLS: how a connection is secured, and what the server's certificates are.

use crate::proto::fingerprint::Fingerprint;
use crate::server::world::World;
use crate::server::world::event::SessionId;
use crate::server::world::user::User;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a connection is secured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secured {
    pub version: Version,
    /// Of the certificate that the client proved to own.
    pub certificate: Option<Fingerprint>,
}

/// Version of TLS; older ones are not spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Version {
    Tls12,
    Tls13,
}

impl Version {
    /// Its number, as it is shown.
    pub fn number(self) -> &'static str {
        match self {
            Self::Tls12 => "1.2",
            Self::Tls13 => "1.3",
        }
    }
}

/// A certificate of the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Names that it is for.
    pub names: Vec<String>,
    pub fingerprint: Fingerprint,
    /// Seconds since 1970 after which it counts no more.
    pub ends_s: i64,
    /// The server made it itself.
    pub is_own: bool,
}

/// For the operator.
impl fmt::Display for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.names.join(", ");
        let kind = if self.is_own { "own " } else { "" };
        write!(f, "{kind}certificate for {names}, {}", self.fingerprint)
    }
}

impl World {
    /// A connection has turned out to be secured.
    pub fn secure(&mut self, id: SessionId, how: Secured) {
        if let Some(session) = self.session_mut(id) {
            session.peer.secured = Some(Box::new(how));
        }
    }

    /// The lowest version of TLS that somebody's devices speak; `None`: one of them speaks none, or there is none.
    pub fn tls_of(&self, user: &User) -> Option<&'static str> {
        let version = |id: &SessionId| Some(self.session(*id)?.peer.secured.as_ref()?.version);
        // One without is less than any.
        user.sessions
            .iter()
            .map(version)
            .min()?
            .map(Version::number)
    }

    /// Fingerprints of the certificates that somebody's devices have proved to own.
    pub fn certificates_of(&self, user: &User) -> Vec<Fingerprint> {
        let own = |id: &SessionId| self.session(*id)?.peer.secured.as_ref()?.certificate;
        let mut all: Vec<Fingerprint> = user.sessions.iter().filter_map(own).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
