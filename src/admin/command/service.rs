//! The operator's verbs about the server as a service: its log, its configuration, its health, its end.

use crate::admin::command::span;
use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Arguments of `log`.
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Show so many of the last lines, of which the server keeps 2000
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    #[serde(default = "twenty")]
    pub lines: usize,
    /// Show only what is at least so important: error, warn, info or debug
    #[arg(long, value_name = "LEVEL", value_parser = ["error", "warn", "info", "debug"])]
    #[serde(default)]
    pub level: Option<String>,
    /// Show only lines that name this user
    #[arg(long, value_name = "NAME")]
    #[serde(default)]
    pub user: Option<String>,
    /// Show only lines that name this address
    #[arg(long, value_name = "ADDRESS")]
    #[serde(default)]
    pub ip: Option<String>,
    /// Go on with what is said from now on
    #[arg(short, long)]
    #[serde(default)]
    pub follow: bool,
}

fn twenty() -> usize {
    20
}

/// Arguments of `drain`.
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drain {
    /// Time over which those who are connected are disconnected, like 60s or 5m
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = day)]
    #[serde(default = "minute")]
    pub within: u64,
    /// What they are told
    #[arg(short, long, value_name = "TEXT")]
    #[serde(default)]
    pub message: Option<String>,
}

fn minute() -> u64 {
    60
}

/// Arguments of `reload`.
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reload {
    /// Only show what would change
    #[arg(long)]
    #[serde(default)]
    pub dry_run: bool,
}

/// One thing that is done with the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum ConfigAct {
    /// Check a configuration file; all faults are told at once
    Check {
        /// The file; without it, the one that the server uses
        file: Option<PathBuf>,
    },
    /// Show the configuration that counts now, as far as it is not the default; secrets are masked
    Show {
        /// Show every key, also those with their default
        #[arg(long)]
        #[serde(default)]
        effective: bool,
    },
    /// Show in what the file differs from what counts now
    Diff,
}

/// A time of at most a day, in seconds.
pub(super) fn day(text: &str) -> Result<u64, &'static str> {
    let seconds =
        span::seconds(text).ok_or("a time is a number of seconds, or like 90s, 5m or 1h")?;
    match seconds {
        0..=LONGEST => Ok(seconds),
        _ => Err("a time is at most 24h"),
    }
}

/// Longest time that clients get to leave, in seconds.
const LONGEST: u64 = 24 * 3600;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_gets_more_than_a_day_to_leave() {
        assert_eq!(day("0"), Ok(0));
        assert_eq!(day("24h"), Ok(LONGEST));
        for text in ["", "24h1s", "2d", "soon"] {
            assert!(day(text).is_err(), "{text}");
        }
    }
}
