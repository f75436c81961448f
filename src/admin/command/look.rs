//! Verbs that look: who is here, which rooms there are, everything about one, and what is measured.

use crate::admin::command::span::span;
use clap::{Args, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

/// What `list` is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct List {
    /// Show only names that match, with * and ?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// What comes first: names in order, or who was idle longest, is here longest, said most, was told most, or has
    /// most waiting
    #[arg(long, value_enum, default_value_t)]
    #[serde(skip_serializing_if = "is_default")]
    pub sort: Order,
    /// Show only those without an account
    #[arg(long, conflicts_with = "account")]
    #[serde(skip_serializing_if = "is_default")]
    pub guest: bool,
    /// Show only those with an account
    #[arg(long)]
    #[serde(skip_serializing_if = "is_default")]
    pub account: bool,
    /// Show only those who use TLS
    #[arg(long, conflicts_with = "plain")]
    #[serde(skip_serializing_if = "is_default")]
    pub tls: bool,
    /// Show only those who do not
    #[arg(long)]
    #[serde(skip_serializing_if = "is_default")]
    pub plain: bool,
    /// Show only those who are here with a browser
    #[arg(long)]
    #[serde(skip_serializing_if = "is_default")]
    pub web: bool,
    /// Show these columns of the table, in this order
    #[arg(long, value_enum, value_delimiter = ',', value_name = "A,B")]
    #[serde(skip)]
    pub columns: Vec<Column>,
    /// Show at most so many
    #[arg(long, value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
}

/// Which user comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    #[default]
    Name,
    Idle,
    Since,
    Sent,
    Recv,
    Queue,
}

/// A column of `list`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Column {
    Name,
    Account,
    Address,
    Tls,
    Rooms,
    Idle,
    On,
    Queue,
    Sent,
    Recv,
    Lag,
    Away,
    Id,
}

impl Column {
    /// Those that are shown if nobody chooses.
    pub const USUAL: [Self; 9] = [
        Self::Name,
        Self::Account,
        Self::Address,
        Self::Tls,
        Self::Rooms,
        Self::Idle,
        Self::On,
        Self::Queue,
        Self::Away,
    ];

    /// The field of the answer that it shows.
    pub fn field(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Account => "account",
            Self::Address => "address",
            Self::Tls => "tls",
            Self::Rooms => "rooms",
            Self::Idle => "idle_s",
            Self::On => "connected_s",
            Self::Queue => "queue",
            Self::Sent => "sent",
            Self::Recv => "received",
            Self::Lag => "lag_ms",
            Self::Away => "away",
            Self::Id => "id",
        }
    }

    /// What stands above it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Name => "NAME",
            Self::Account => "ACCOUNT",
            Self::Address => "ADDRESS",
            Self::Tls => "TLS",
            Self::Rooms => "ROOMS",
            Self::Idle => "IDLE",
            Self::On => "ON",
            Self::Queue => "QUEUE",
            Self::Sent => "SENT",
            Self::Recv => "RECV",
            Self::Lag => "LAG",
            Self::Away => "AWAY",
            Self::Id => "ID",
        }
    }
}

/// What `rooms` is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rooms {
    /// Show only rooms that match, with * and ?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// What comes first: names in order, or most members, most messages, or the youngest room
    #[arg(long, value_enum, default_value_t)]
    #[serde(skip_serializing_if = "is_default")]
    pub sort: RoomOrder,
    /// Show at most so many
    #[arg(long, value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
}

/// Which room comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomOrder {
    #[default]
    Name,
    Members,
    Messages,
    Created,
}

/// What `show` shows.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum Show {
    /// Show everything about somebody who is here
    User {
        /// Who
        name: String,
    },
    /// Show everything about a file that somebody shared
    File {
        /// Its id, or its name if no other file has it
        file: String,
    },
    /// Show everything about a room, with who is in it
    Room {
        /// Which
        room: String,
    },
}

/// What `stats` is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Stats {
    /// Show what happened in this span, like 5m; at most 1h is remembered
    #[arg(long, value_name = "SPAN", value_parser = span)]
    #[serde(rename = "since_s", skip_serializing_if = "Option::is_none")]
    pub since: Option<u64>,
    /// Show every number as Prometheus reads it
    #[arg(long, conflicts_with = "since")]
    #[serde(skip_serializing_if = "is_default")]
    pub prometheus: bool,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
