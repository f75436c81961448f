//! What a connection speaks: its first bytes tell, and its door may allow only some of it.

use crate::server::socket::Socket;
use serde::{Deserialize, Serialize};

/// Methods of HTTP that a first line may begin with.
const METHODS: [&[u8]; 9] = [
    b"GET ",
    b"POST ",
    b"PUT ",
    b"HEAD ",
    b"OPTIONS ",
    b"DELETE ",
    b"PATCH ",
    b"CONNECT ",
    b"TRACE ",
];

/// What a connection speaks, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(in crate::server) enum Speech {
    /// Its first byte will tell.
    #[default]
    Any,
    /// TLS: its door takes nothing else.
    Tls,
    Known,
    /// Its first byte will tell; its door takes nothing but WebSocket.
    Web,
    /// TLS, and WebSocket in it.
    WebTls,
    /// Nothing but WebSocket.
    OnlyWeb,
}

impl Speech {
    /// What is known when the first byte has come.
    pub(in crate::server) fn heard(self) -> Self {
        match self.is_for_web_only() {
            true => Self::OnlyWeb,
            false => Self::Known,
        }
    }

    /// Whether its door takes nothing but WebSocket.
    pub(in crate::server) fn is_for_web_only(self) -> bool {
        matches!(self, Self::Web | Self::WebTls | Self::OnlyWeb)
    }

    /// Whether its first byte has come.
    pub(in crate::server) fn is_known(self) -> bool {
        matches!(self, Self::Known | Self::OnlyWeb)
    }
}

/// What the first bytes of a connection are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum First {
    /// The beginning of a request of HTTP.
    Http,
    /// More has to come.
    Unsure,
    Lines,
}

impl Socket {
    /// What its first bytes are, these after those that came before.
    pub(in crate::server) fn first(&self, chunk: &[u8]) -> First {
        let came = || self.framer.unfinished().iter().chain(chunk);
        let is_like = |method: &&[u8]| came().zip(method.iter()).all(|(a, b)| a == b);
        let count = self.framer.pending().saturating_add(chunk.len());
        match METHODS.iter().find(|method| is_like(method)) {
            _ if self.marks.has_spoken => First::Lines,
            None => First::Lines,
            Some(method) if count < method.len() => First::Unsure,
            Some(_) => First::Http,
        }
    }

    /// All that came of an unfinished line, and this.
    pub(in crate::server) fn said(&self, chunk: &[u8]) -> Vec<u8> {
        [self.framer.unfinished(), chunk].concat()
    }
}

/// Whether a line begins as those of HTTP do.
pub(super) fn is_request(line: &[u8]) -> bool {
    METHODS.iter().any(|method| line.starts_with(method))
}
