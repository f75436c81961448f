//! The operator's verbs about the server as a service: its log, its configuration, its health, its end.

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
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = span)]
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

/// Seconds as they are typed: `90`, `90s`, `5m`, `1h`.
pub(super) fn span(text: &str) -> Result<u64, &'static str> {
    const WRONG: &str = "a time is a number of seconds, or like 90s, 5m or 1h";
    let (number, unit) = match text.find(|c: char| !c.is_ascii_digit()) {
        Some(at) => text.split_at(at),
        None => (text, "s"),
    };
    let times = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return Err(WRONG),
    };
    let number: u64 = number.parse().map_err(|_| WRONG)?;
    number
        .checked_mul(times)
        .filter(|seconds| *seconds <= LONGEST)
        .ok_or("a time is at most 24h")
}

/// Longest time that clients get to leave, in seconds.
const LONGEST: u64 = 24 * 3600;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, seconds) in [("0", 0), ("90", 90), ("10s", 10), ("5m", 300), ("1h", 3600)] {
            assert_eq!(span(text), Ok(seconds), "{text}");
        }
        for text in [
            "",
            "s",
            "x",
            "-1",
            "1d",
            "1.5s",
            "25h",
            "99999999999999999999",
        ] {
            assert!(span(text).is_err(), "{text}");
        }
    }
}
