//! The operator's verbs that reach people who are connected.

use clap::Args;
use serde::{Deserialize, Serialize};

/// Arguments of `kick`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kick {
    /// Names of those to disconnect, or # and the id of one session, as list --json tells it
    #[arg(required = true, value_name = "NAME|#ID")]
    pub names: Vec<String>,
    /// What they are told
    #[arg(short, long)]
    #[serde(default)]
    pub reason: Option<String>,
    /// Put them out of this room only
    #[arg(long, conflicts_with = "all_sessions")]
    #[serde(default)]
    pub room: Option<String>,
    /// Also what is logged in to their accounts under other names
    #[arg(long)]
    #[serde(default)]
    pub all_sessions: bool,
}

/// Arguments of `broadcast`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Broadcast {
    /// What to say
    #[arg(required = true, value_name = "TEXT")]
    pub text: Vec<String>,
    /// Only to those in this room
    #[arg(long, conflicts_with = "user")]
    #[serde(default)]
    pub room: Option<String>,
    /// Only to these, parted by commas
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    #[serde(default)]
    pub user: Vec<String>,
    /// Say their names first, so that clients call their owners
    #[arg(long)]
    #[serde(default)]
    pub urgent: bool,
}
