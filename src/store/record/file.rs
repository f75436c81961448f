//! What is kept of a file that somebody shared; its bytes lie beside the store, under their SHA-256.

use crate::store::record::account::AccountId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Names one file, and opens it to whoever knows it: 128 bits that nobody can guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileId(pub [u8; 16]);

/// The SHA-256 of a file's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Digest(pub [u8; 32]);

impl fmt::Display for Digest {
    /// In lower-case hexadecimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Where a file was posted: who may read there finds it in lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Nowhere: it is found by its link, and by its owner.
    Unlisted,
    /// The room of this folded name.
    Room(Box<str>),
    /// A conversation of these two, by folded names.
    Direct(Box<str>, Box<str>),
}

/// A file as it is now. It is complete: its bytes are stored and have this digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRow {
    pub id: FileId,
    /// As it is shown: safe, and never a path.
    pub name: Box<str>,
    pub bytes: u64,
    pub digest: Digest,
    pub place: Place,
    /// Who shared it, as they were called then.
    pub by: Box<str>,
    /// Their account, if they had one.
    pub account: Option<AccountId>,
    /// For guests: the prefix of their address, whose quota it counts in.
    pub from: Option<Box<str>>,
    pub unix_ms: u64,
    /// When it vanishes; `None`: never.
    pub until_ms: Option<u64>,
}
