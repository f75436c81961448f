//! Verbs that read what was said, change rooms, and open or close the server step by step.

use crate::admin::command::when::When;
use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

/// One of these things.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Govern {
    /// Show what was said in a room, or between two people
    History(History),
    /// Take a message back: it is gone from history, search and inbox
    Redact {
        /// Its id, as history shows it
        msgid: String,
        /// What is told about it
        #[arg(short, long)]
        reason: Option<String>,
    },
    /// Change a room
    #[command(subcommand, subcommand_required = true, disable_help_subcommand = true)]
    Room(RoomAct),
    /// Show or set what counts while the server runs, until it stops; the file stays as it is
    Limits {
        /// Which limit; without it, all
        key: Option<String>,
        /// What it is from now on; default: what the file says
        value: Option<String>,
    },
    /// Show or set who is let in: 5 everybody, 4 no new accounts, 3 also no guests, 2 also no new rooms, 1 nobody new
    Defcon {
        /// From 5, open, to 1, closed
        #[arg(value_parser = clap::value_parser!(u8).range(1..=5))]
        level: Option<u8>,
    },
    /// Look at what goes over a connection
    #[command(subcommand, subcommand_required = true, disable_help_subcommand = true)]
    Dump(Dump),
}

/// Whose lines are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Dump {
    /// Show the last lines of a client, without its passwords; the first time it begins to record them, until nobody
    /// asked for ten minutes
    Client {
        /// Whose
        name: String,
        /// At most so many lines; 200 are kept
        #[arg(short = 'n', long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=200))]
        limit: u32,
        /// Record no more, and forget what was
        #[arg(long)]
        #[serde(default)]
        stop: bool,
    },
}

/// What `history` is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct History {
    /// A room, or two accounts like ann,bob for what they said to each other
    #[arg(value_name = "ROOM|A,B")]
    pub target: String,
    /// At most so many messages, the last ones
    #[arg(short = 'n', long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub limit: u32,
    /// Not before this: a time like 2026-11-20T08:00:00Z, a day, or how long ago, like 2h or 7d
    #[arg(long, value_name = "TIME", value_parser = When::read)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<When>,
    /// Not after this
    #[arg(long, value_name = "TIME", value_parser = When::read)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<When>,
    /// Only what has these words
    #[arg(long, value_name = "WORDS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// Only what somebody of this name said
    #[arg(long, value_name = "NAME")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// I may read what two people said to each other; it is recorded that I did
    #[arg(long)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub i_am_authorised: bool,
}

/// What is done to a room.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case", deny_unknown_fields)]
pub enum RoomAct {
    /// Register a room for an account, so that it lasts
    Create {
        /// Its name
        room: String,
        /// The account whose it is
        #[arg(long, value_name = "ACCOUNT")]
        founder: String,
    },
    /// Send everybody out and forget the room; what was said there can be read no more; asks back
    Delete {
        /// Which
        room: String,
        /// What those who are in it are told
        #[arg(short, long)]
        reason: Option<String>,
    },
    /// Give a room another name; what was said there moves along
    Rename {
        /// Which
        room: String,
        /// Its new name
        new: String,
        /// What those who are in it are told
        #[arg(short, long)]
        reason: Option<String>,
    },
    /// Set what a room is about; no text clears it
    Topic {
        /// Which
        room: String,
        /// The topic
        text: Vec<String>,
    },
    /// Change modes of a room, like +im or +b *!*@192.0.2.1
    Mode {
        /// Which
        room: String,
        /// The modes and their parameters
        #[arg(required = true, allow_hyphen_values = true, trailing_var_arg = true)]
        modes: Vec<String>,
    },
    /// Close a room for new words: only its voiced people and operators speak there, and no list shows it
    Archive {
        /// Which
        room: String,
    },
}

impl RoomAct {
    /// Which room it is about.
    pub fn room(&self) -> &str {
        match self {
            Self::Create { room, .. }
            | Self::Delete { room, .. }
            | Self::Rename { room, .. }
            | Self::Topic { room, .. }
            | Self::Mode { room, .. }
            | Self::Archive { room } => room,
        }
    }
}

impl Govern {
    /// As it is typed.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::History(_) => "history",
            Self::Redact { .. } => "redact",
            Self::Room(RoomAct::Create { .. }) => "room create",
            Self::Room(RoomAct::Delete { .. }) => "room delete",
            Self::Room(RoomAct::Rename { .. }) => "room rename",
            Self::Room(RoomAct::Topic { .. }) => "room topic",
            Self::Room(RoomAct::Mode { .. }) => "room mode",
            Self::Room(RoomAct::Archive { .. }) => "room archive",
            Self::Limits { .. } => "limits",
            Self::Defcon { .. } => "defcon",
            Self::Dump(Dump::Client { .. }) => "dump client",
        }
    }

    /// Whether nothing changes and nothing private is told.
    pub fn is_question(&self) -> bool {
        matches!(
            self,
            Self::Limits { value: None, .. } | Self::Defcon { level: None }
        )
    }
}

impl History {
    /// The two whose conversation is wanted, if it is no room.
    pub fn two(&self) -> Option<(&str, &str)> {
        let is_room = self.target.starts_with(['#', '&']);
        self.target.split_once(',').filter(|_| !is_room)
    }
}
