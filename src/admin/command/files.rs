//! The operator's verbs about files that people share.

use clap::Subcommand;
use serde::{Deserialize, Serialize};

/// One thing that is done with files.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Files {
    /// List the files that people share, the newest first
    List {
        /// Only those whose name matches, with * and ?
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pattern: Option<String>,
        /// Show at most so many
        #[arg(long, value_name = "N")]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<usize>,
    },
    /// Delete files; nobody can read them any more
    Rm {
        /// Ids, or names that one file alone has
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
    },
    /// Remove bytes from the disk that no file needs; waits as long as that takes
    Gc {
        /// Only tell what would be removed
        #[arg(long)]
        #[serde(default)]
        dry_run: bool,
    },
    /// Read every file again and compare it with its checksum; waits as long as that takes
    Verify,
    /// Offer the files of a directory to everybody; the server reads and copies them
    Import {
        /// The directory
        dir: String,
    },
}

impl Files {
    /// Whether nothing changes.
    pub fn is_question(&self) -> bool {
        matches!(self, Self::List { .. } | Self::Gc { dry_run: true })
    }
}
