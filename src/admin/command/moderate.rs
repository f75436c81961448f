//! The operator's verbs that keep people from something, and take that back.

use crate::admin::command::span;
use clap::{Args, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

/// Longest time that can be given: a hundred years.
const LONGEST_S: u64 = 36_500 * 86_400;

/// For how long: so many seconds, or until somebody lifts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Term(pub Option<u64>);

/// One thing that is done against somebody, or asked about that.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Moderate {
    /// Let somebody in no more; first shows who is connected and would be meant
    Ban(Ban),
    /// Lift a ban
    Unban {
        /// What was banned, or the id of the ban, like B17
        #[arg(value_name = "TARGET|ID")]
        target: String,
    },
    /// List the bans
    Bans {
        /// Show only targets that match, with * and ?
        pattern: Option<String>,
    },
    /// Let somebody speak no more, or in a room nobody but voiced people and operators
    Mute(Mute),
    /// Lift a mute
    Unmute {
        /// What was muted, or the id of the mute, like M3
        #[arg(value_name = "TARGET|ID")]
        target: String,
    },
    /// List mutes and rooms with slow mode
    Mutes {
        /// Show only targets that match, with * and ?
        pattern: Option<String>,
    },
    /// Let everybody but voiced people and operators wait between two lines in a room
    Slow(Slow),
    /// Words that may not be said
    #[command(subcommand, subcommand_required = true, disable_help_subcommand = true)]
    Filter(Filter),
    /// Lift a ban, a mute, slow mode or a filter by its id
    Undo {
        /// Like B17
        id: String,
    },
    /// Show the rule by which somebody may or may not do something in a room
    Why(Why),
}

/// Arguments of `ban`.
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ban {
    /// Name, account, address, network like 192.0.2.0/24, or ~ and a mask like ~*!*@*.example
    pub target: String,
    /// For how long: 30m, 2h, 7d, or perm
    #[arg(short, long, value_name = "TIME", default_value = "perm", value_parser = term)]
    #[serde(default)]
    pub duration: Term,
    /// What they are told
    #[arg(short, long)]
    pub reason: Option<String>,
    /// Disconnect those who are connected
    #[arg(long)]
    #[serde(default)]
    pub kick: bool,
    #[command(flatten)]
    #[serde(default)]
    pub consent: Consent,
}

/// Arguments of `mute`.
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mute {
    /// Name, account, address, network, ~ and a mask, or a room
    pub target: String,
    /// For how long: 10m, 2h, 7d, or perm
    #[arg(short, long, value_name = "TIME", default_value = "perm", value_parser = term)]
    #[serde(default)]
    pub duration: Term,
    /// What they are told
    #[arg(short, long)]
    pub reason: Option<String>,
    #[command(flatten)]
    #[serde(default)]
    pub consent: Consent,
}

/// Whether it is done though it may hit the wrong ones.
#[derive(Debug, Clone, PartialEq, Eq, Default, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// It was shown who would be meant, or need not be.
    #[arg(skip)]
    #[serde(default)]
    pub yes: bool,
    /// Only show who would be meant
    #[arg(long)]
    #[serde(default)]
    pub dry_run: bool,
}

/// Arguments of `slow`.
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slow {
    /// Name of the room
    pub room: String,
    /// Seconds between two lines; 0 ends it
    #[arg(value_parser = clap::value_parser!(u32).range(0..=86_400))]
    pub seconds: u32,
    /// What they are told
    #[arg(short, long)]
    pub reason: Option<String>,
}

/// One thing that is done with filters.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Filter {
    /// Let nobody say these words in a row
    Add {
        /// The words; a word may hold * and ?
        #[arg(required = true, value_name = "WORD")]
        words: Vec<String>,
        /// Only in this room
        #[arg(long)]
        room: Option<String>,
        /// What they are told
        #[arg(short, long)]
        reason: Option<String>,
    },
    /// Let them be said again
    Rm {
        /// The words, or the id of the filter, like F4
        #[arg(required = true, value_name = "WORD|ID")]
        words: Vec<String>,
    },
    /// List the filters
    List,
}

/// Arguments of `why`.
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Why {
    /// Name of somebody who is connected
    pub name: String,
    /// Name of the room
    pub room: String,
    /// What they want to do
    pub what: Wish,
}

/// What somebody may want to do in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    Speak,
    Join,
    See,
}

impl Moderate {
    /// Whether it only asks.
    pub fn is_question(&self) -> bool {
        match self {
            Self::Bans { .. } | Self::Mutes { .. } | Self::Why(_) | Self::Filter(Filter::List) => {
                true
            }
            Self::Ban(Ban { consent, .. }) | Self::Mute(Mute { consent, .. }) => consent.dry_run,
            Self::Unban { .. }
            | Self::Unmute { .. }
            | Self::Slow(_)
            | Self::Filter(_)
            | Self::Undo { .. } => false,
        }
    }

    /// The operator's consent, where it is wanted.
    pub fn consent(&mut self) -> Option<&mut Consent> {
        match self {
            Self::Ban(Ban { consent, .. }) | Self::Mute(Mute { consent, .. }) => Some(consent),
            _ => None,
        }
    }

    /// Its words, as they are typed.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Ban(_) => "ban",
            Self::Unban { .. } => "unban",
            Self::Bans { .. } => "bans",
            Self::Mute(_) => "mute",
            Self::Unmute { .. } => "unmute",
            Self::Mutes { .. } => "mutes",
            Self::Slow(_) => "slow",
            Self::Filter(Filter::Add { .. }) => "filter add",
            Self::Filter(Filter::Rm { .. }) => "filter rm",
            Self::Filter(Filter::List) => "filter list",
            Self::Undo { .. } => "undo",
            Self::Why(_) => "why",
        }
    }
}

/// `90s`, `30m`, `2h`, `7d`, `2w`, several of these in a row, or `perm`.
pub fn term(text: &str) -> Result<Term, String> {
    if matches!(text, "perm" | "permanent" | "forever") {
        return Ok(Term(None));
    }
    let has_unit = text.ends_with(|c: char| c.is_ascii_alphabetic());
    match span::seconds(text).filter(|_| has_unit) {
        Some(seconds @ 1..=LONGEST_S) => Ok(Term(Some(seconds))),
        _ => Err(format!("{text} is no time: write 30m, 2h, 7d or perm")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_has_a_unit_and_ends_one_day_or_never() {
        for (text, seconds) in [("1s", 1), ("1d12h", 129_600), ("36500d", LONGEST_S)] {
            assert_eq!(term(text), Ok(Term(Some(seconds))), "{text}");
        }
        assert_eq!(term("perm"), Ok(Term(None)));
        for wrong in ["", "0s", "2", "2y", "36501d", "99999999999999999999d"] {
            assert!(term(wrong).is_err(), "{wrong}");
        }
    }
}
