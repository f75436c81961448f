//! What operators ask of the process rather than of the world: its log, its files, its health.

use crate::admin::command::backup::Backup;
use crate::admin::command::files::Files;
use crate::admin::command::service::{ConfigAct, Log};

/// One thing to look up outside the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// The last lines of the log.
    Log(Log),
    /// The configuration, in the file or as it counts.
    Config(ConfigAct),
    /// What reading the configuration again would change.
    Plan,
    /// A copy of everything that lasts.
    Backup(Backup),
    /// Whether this backup is whole.
    Check(String),
    /// Whether anything needs the operator's hand.
    Doctor(Symptoms),
    /// How large the store is, and how much room there is.
    Disk,
    /// Something with the bytes of files.
    Files(Files),
    /// Every number, as monitoring reads it.
    Numbers,
}

impl Task {
    /// Whether it takes as long as reading everything.
    pub fn is_long(&self) -> bool {
        match self {
            Self::Backup(_) | Self::Check(_) | Self::Files(_) => true,
            Self::Log(_)
            | Self::Config(_)
            | Self::Plan
            | Self::Doctor(_)
            | Self::Disk
            | Self::Numbers => false,
        }
    }
}

/// What the world itself knows of its health.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Symptoms {
    pub is_read_only: bool,
    pub panics: u64,
    pub connections: usize,
    /// Most connections that there may be.
    pub most: usize,
    /// How far what was said last is ahead of the clock.
    pub ahead_ms: u64,
}
