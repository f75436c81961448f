//! Looking into the record of what operators did.

use crate::admin::command::when::When;
use clap::Args;
use serde::{Deserialize, Serialize};

/// Which deeds are shown.
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// Show at most so many, the newest
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20, value_parser = count)]
    #[serde(default = "twenty")]
    pub count: usize,
    /// Go on with what is done from now on
    #[arg(short, long)]
    #[serde(default)]
    pub follow: bool,
    /// Show only what this user did, by name or uid
    #[arg(long)]
    #[serde(default)]
    pub user: Option<String>,
    /// Show only this command
    #[arg(long)]
    #[serde(default, rename = "of")] // `command` names the verb itself.
    pub command: Option<String>,
    /// Show nothing older: 2h, 7d, 2026-11-20 or 2026-11-20T08:00:00Z
    #[arg(long, value_name = "TIME", value_parser = When::read)]
    #[serde(default)]
    pub since: Option<When>,
}

fn count(text: &str) -> Result<usize, &'static str> {
    let count = text
        .parse()
        .ok()
        .filter(|count| (1..=10_000).contains(count));
    count.ok_or("a number from 1 to 10000")
}

fn twenty() -> usize {
    20
}
