//! Section `files`: what people may share, and how much of it is kept.

use std::path::PathBuf;
use std::time::Duration;

/// Section `files`. Sizes in bytes.
#[derive(Debug, Clone)]
pub struct Files {
    /// There are files at all.
    pub enabled: bool,
    pub uploads: Uploads,
    /// Of one file.
    pub max_bytes: usize,
    /// Of one account, or of guests from one network.
    pub per_account: usize,
    pub total: usize,
    /// Files at most.
    pub max_count: usize,
    /// How long they are kept; `None`: for ever.
    pub expiry: Option<Duration>,
    /// Directory whose files are offered to everybody.
    pub drop_dir: Option<PathBuf>,
    pub links: Links,
    /// Places and cameras are taken out of pictures.
    pub strip_metadata: bool,
    /// Files are sent over UDP too.
    pub udp: bool,
}

/// Who may upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uploads {
    Everyone,
    Registered,
    Operators,
    Nobody,
}

/// Who may read what they have a link to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// Whoever has it.
    Anyone,
    /// Who may also read where it was posted.
    Members,
}

impl Default for Files {
    fn default() -> Self {
        Self {
            enabled: true,
            uploads: Uploads::Everyone,
            max_bytes: 100 << 20,
            per_account: 1 << 30,
            total: 10 << 30,
            max_count: 100_000,
            expiry: None,
            drop_dir: None,
            links: Links::Anyone,
            strip_metadata: false,
            udp: false,
        }
    }
}
