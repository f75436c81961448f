//! Sections `history`, `inbox` and `metadata`: what is kept of what people say, and of people.

use std::time::Duration;

/// Section `history`.
#[derive(Debug, Clone)]
pub struct History {
    /// What was said can be read later.
    pub enabled: bool,
    /// Messages kept per room; `None`: all.
    pub room_messages: Option<usize>,
    /// Messages kept per pair of people; `None`: all.
    pub direct_messages: Option<usize>,
    /// How long messages are kept; `None`: for ever.
    pub retention: Option<Duration>,
    /// Messages per CHATHISTORY request.
    pub max_per_request: usize,
    /// Client tags, with their `+`, that make a TAGMSG worth keeping.
    pub store_tagmsg: Vec<String>,
    /// Messages shown on joining to clients that cannot ask for them.
    pub replay_on_join: usize,
    pub redact: Redact,
}

/// Who may redact what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redact {
    /// Who said it.
    pub own: bool,
    /// Operators of the room that it was said in.
    pub room_operators: bool,
}

/// Section `inbox`: what may wait for one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inbox {
    pub max_messages: usize,
    pub max_bytes: usize,
}

/// Section `metadata`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metadata {
    pub enabled: bool,
    /// Keys that one client may subscribe to.
    pub max_subs: usize,
    /// Keys that one user or room may have.
    pub max_keys: usize,
    pub max_value_bytes: usize,
    /// It may be set before arriving.
    pub before_connect: bool,
}

impl Default for History {
    fn default() -> Self {
        Self {
            enabled: true,
            room_messages: None,
            direct_messages: None,
            retention: None,
            max_per_request: 100,
            store_tagmsg: vec!["+draft/persist".into(), "+draft/react".into()],
            replay_on_join: 20,
            redact: Redact {
                own: true,
                room_operators: true,
            },
        }
    }
}

impl Default for Inbox {
    fn default() -> Self {
        Self {
            max_messages: 1000,
            max_bytes: 1 << 20,
        }
    }
}

impl Default for Metadata {
    fn default() -> Self {
        Self {
            enabled: true,
            max_subs: 100,
            max_keys: 100,
            max_value_bytes: 400,
            before_connect: true,
        }
    }
}
