//! `chat admin upgrade`: a new binary takes over.

use clap::Args;
use serde::{Deserialize, Serialize};

/// Which binary, and whether it is only asked.
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upgrade {
    /// Only say whether the binary could take over
    #[arg(long)]
    #[serde(default)]
    pub check: bool,
    /// The binary; otherwise what stands now where the server was started from
    #[arg(long, value_name = "PATH")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binary: Option<String>,
}
