//! Accounts as they are kept.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Names an account for ever: no other one gets the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AccountId(pub u64);

/// Who takes part in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Party {
    Account(AccountId),
    /// Somebody without an account, for as long as they are here.
    Guest(u64),
}

/// Like `a12`, `g7`: the beginning of the names of their buffers.
impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(AccountId(id)) => write!(f, "a{id}"),
            Self::Guest(id) => write!(f, "g{id}"),
        }
    }
}

impl Party {
    /// The one that is written like this.
    pub fn named(text: &str) -> Option<Self> {
        let (kind, id) = text.split_at_checked(1)?;
        let id = id.parse().ok()?;
        match kind {
            "a" => Some(Self::Account(AccountId(id))),
            "g" => Some(Self::Guest(id)),
            _ => None,
        }
    }
}

/// A text that nobody sees: neither in a log nor in a debugger's output.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret(pub Box<str>);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// What SCRAM-SHA-256 verifies against (RFC 5802, section 3). Texts are base64.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScramKeys {
    pub salt: Box<str>,
    pub iterations: u32,
    pub stored_key: Secret,
    pub server_key: Secret,
}

/// What an account owns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    /// As its owner wrote it.
    pub name: Box<str>,
    /// Milliseconds since 1970-01-01 UTC.
    pub created_ms: u64,
    /// argon2id, as a PHC string; `None`: no password lets in.
    pub password: Option<Secret>,
    pub scram: Option<ScramKeys>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Box<str>>,
    /// Fingerprints of certificates that let in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Box<str>>,
    /// Why it may not be used, if it may not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<Box<str>>,
    /// Whether it stays present without a session; `None`: as the server has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub always_on: Option<bool>,
    /// Masks of those from whom its owner wants to hear nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silenced: Vec<Box<str>>,
    /// What its owner tells of themselves (draft/metadata).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<Box<str>, Box<str>>,
}
