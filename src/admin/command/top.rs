//! `top`: who says and hears most at the moment.

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

/// Most users that are shown unless told otherwise.
const MOST: usize = 20;

/// What `top` is asked.
#[derive(Debug, Clone, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Top {
    /// Show only names that match, with * and ?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// What comes first: who says most, hears most, has most waiting, waits longest, or names in order
    #[arg(long, value_enum, default_value_t)]
    pub sort: TopOrder,
    /// Show at most so many; the live view shows as many as there is room for
    #[arg(short = 'n', long, value_name = "N", default_value_t = MOST)]
    pub limit: usize,
    /// Seconds between two looks
    #[arg(short, long, value_name = "SECONDS", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=60))]
    #[serde(skip)]
    pub interval: u64,
    /// Look once, over one interval, and leave
    #[arg(long)]
    #[serde(skip)]
    pub once: bool,
}

/// Who comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TopOrder {
    #[default]
    In,
    Out,
    Queue,
    Lag,
    Name,
}

impl Default for Top {
    fn default() -> Self {
        Self {
            pattern: None,
            sort: TopOrder::default(),
            limit: MOST,
            interval: 1,
            once: false,
        }
    }
}

impl TopOrder {
    /// Its word, as it is typed.
    pub fn word(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Queue => "queue",
            Self::Lag => "lag",
            Self::Name => "name",
        }
    }

    /// The one after it; behind the last the first.
    pub fn next(self) -> Self {
        match self {
            Self::In => Self::Out,
            Self::Out => Self::Queue,
            Self::Queue => Self::Lag,
            Self::Lag => Self::Name,
            Self::Name => Self::In,
        }
    }
}
