//! Section `log`.

use std::path::PathBuf;

/// Section `log`.
#[derive(Debug, Clone)]
pub struct Log {
    pub level: Level,
    /// `None`: standard error.
    pub target: Option<PathBuf>,
    pub format: LogFormat,
}

/// How much is logged; each with those before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Error,
    Warn,
    Info,
    Debug,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One object per line.
    Json,
}
