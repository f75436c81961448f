//! The operator's verbs about copies of everything that lasts.

use clap::Args;
use serde::{Deserialize, Serialize};

/// Arguments of `backup`.
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backup {
    /// Where it goes; the server writes it
    pub file: String,
    /// Replace a file that is there
    #[arg(long)]
    #[serde(default)]
    pub force: bool,
}

/// Arguments of `verify`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verify {
    /// Check this backup, which the server reads, instead of what is stored
    #[serde(default)]
    pub file: Option<String>,
}
