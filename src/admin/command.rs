//! The operator's verbs: one definition for the parser, help, man page, completion, console and the server.

pub mod accounts;
pub mod audit;
pub mod backup;
pub mod files;
pub mod govern;
pub mod line;
pub mod look;
pub mod moderate;
pub mod people;
pub mod service;
pub mod span;
pub mod top;
pub mod upgrade;
pub mod when;

use crate::admin::command::accounts::Accounts;
use crate::admin::command::audit::Audit;
use crate::admin::command::backup::{Backup, Verify};
use crate::admin::command::files::Files;
use crate::admin::command::govern::{Govern, RoomAct};
use crate::admin::command::look::{List, Rooms, Show, Stats};
use crate::admin::command::moderate::Moderate;
use crate::admin::command::people::{Broadcast, Kick};
use crate::admin::command::service::{ConfigAct, Drain, Log, Reload, day};
use crate::admin::command::top::Top;
use crate::admin::command::upgrade::Upgrade;
use crate::exit::Exit;
use crate::proto::sanitise;
use clap::Subcommand;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Version of the JSON on the admin socket.
pub const VERSION: u32 = 1;

/// One thing an operator asks for.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// List who is connected
    #[command(visible_alias = "users")]
    List(List),
    /// Disconnect users
    Kick(Kick),
    /// Send a notice to everybody who is connected; - reads the text from standard input
    Broadcast(Broadcast),
    /// List the rooms
    Rooms(Rooms),
    /// Show everything about a user or a room
    #[command(subcommand, subcommand_required = true, disable_help_subcommand = true)]
    Show(Show),
    /// Show what happened and how long it took
    Stats(Stats),
    /// Watch who says and hears most, live; with --once for scripts
    Top(Top),
    /// Manage accounts
    #[command(subcommand, subcommand_required = true, disable_help_subcommand = true)]
    Accounts(Accounts),
    /// Manage the files that people share
    #[command(subcommand, subcommand_required = true, disable_help_subcommand = true)]
    Files(Files),
    #[command(flatten)]
    Moderate(Moderate),
    #[command(flatten)]
    Govern(Govern),
    /// Show how much waits in somebody's inbox
    Inbox {
        /// Name of the account
        account: String,
    },
    /// Check everything that is stored against its checksums; waits as long as that takes
    Verify(Verify),
    /// Copy everything that lasts to one file, while the server runs; whoever has the file can read everything
    Backup(Backup),
    /// Let a new binary take over; nobody is disconnected
    Upgrade(Upgrade),
    /// Show how the server is doing
    Status,
    /// Show the last lines of the server's log
    Log(Log),
    /// Check or show the configuration
    #[command(subcommand, subcommand_required = true, disable_help_subcommand = true)]
    Config(ConfigAct),
    /// Read the configuration again, with its certificates and texts; a file with faults changes nothing
    Reload(Reload),
    /// Let nobody in any more, and send away those who are here, one after the other
    Drain(Drain),
    /// Let people in again
    Undrain,
    /// Look for what needs a hand, and say what to do about it; ends with 1 if something is wrong
    Doctor,
    /// Show what operators did, and what came of it
    Audit(Audit),
    /// Tell everybody, then stop the server; waits until it is gone
    Stop {
        /// Time that clients get to leave, like 10s; without it, server.shutdown_grace of the configuration
        #[arg(long, value_name = "TIME", value_parser = day)]
        #[serde(default)]
        within: Option<u64>,
        /// Stop at once; asks back
        #[arg(long, conflicts_with = "within")]
        now: bool,
    },
}

impl Command {
    /// Whether it is answered by one line after the other, until somebody ends it.
    pub fn is_stream(&self) -> bool {
        match self {
            Self::Audit(audit) => audit.follow,
            Self::Log(log) => log.follow,
            _ => false,
        }
    }

    /// What the operator is asked before it is done.
    pub fn question(&self) -> Option<String> {
        match self {
            Self::Stop { now: true, .. } => {
                Some("Stop at once, without waiting for clients to leave?".to_owned())
            }
            Self::Accounts(Accounts::Delete { name }) => {
                let shown = sanitise::name(name);
                Some(format!(
                    "Delete the account {shown}, with all that belongs to it?"
                ))
            }
            Self::Govern(Govern::Room(RoomAct::Delete { room, .. })) => {
                let shown = sanitise::name(room);
                Some(format!(
                    "Delete the room {shown}, with what was said there?"
                ))
            }
            _ => None,
        }
    }
}

/// One request as it comes over the admin socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    pub v: u32,
    pub request: Command,
}

/// One answer as it goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub v: u32,
    pub ok: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
    /// Whether `data` is only the beginning.
    #[serde(default)]
    pub truncated: bool,
}

/// What went wrong, for programs (`code`) and people (`text`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub code: Code,
    pub text: String,
    /// Names that may have been meant.
    #[serde(default)]
    pub hint: Vec<String>,
}

/// Stable error codes; [`Code::meaning`] tells each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    BadRequest,
    NotAllowed,
    NoSuchUser,
    NoSuchAccount,
    NoSuchRoom,
    NoSuchMessage,
    NoSuchSanction,
    NoSuchFile,
    NeedsConsent,
    AccountExists,
    BadName,
    BadPassword,
    Storage,
    Damaged,
    BadConfig,
    Ailing,
    Partly,
    Failed,
    Busy,
    NoServer,
    Ambiguous,
    OtherVersion,
    NoAnswer,
}

impl Code {
    /// Every code, in the order of the manual.
    pub const ALL: [Self; 23] = [
        Self::BadRequest,
        Self::NotAllowed,
        Self::NoSuchUser,
        Self::NoSuchAccount,
        Self::NoSuchRoom,
        Self::NoSuchMessage,
        Self::NoSuchSanction,
        Self::NoSuchFile,
        Self::NeedsConsent,
        Self::AccountExists,
        Self::BadName,
        Self::BadPassword,
        Self::Storage,
        Self::Damaged,
        Self::BadConfig,
        Self::Ailing,
        Self::Partly,
        Self::Failed,
        Self::Busy,
        Self::NoServer,
        Self::Ambiguous,
        Self::OtherVersion,
        Self::NoAnswer,
    ];

    /// As it stands in JSON.
    pub fn word(self) -> String {
        let json = serde_json::to_string(&self).expect("a code is plain data");
        json.trim_matches('"').to_owned()
    }

    /// What it means, for people.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::BadRequest => "the request is not one JSON object of a known form",
            Self::NotAllowed => "the asking user has no right to it",
            Self::NoSuchUser => "no such user is connected",
            Self::NoSuchAccount => "no account has this name",
            Self::NoSuchRoom => "there is no such room",
            Self::NoSuchMessage => "there is no such message",
            Self::NoSuchSanction => "there is no such ban, mute, slow mode or filter",
            Self::NoSuchFile => "there is no such file",
            Self::NeedsConsent => "it may hit the wrong ones, and was not said to be meant so",
            Self::AccountExists => "an account has this name, or one that looks like it",
            Self::BadName => "no account can have this name",
            Self::BadPassword => "the password is too weak, or cannot be used",
            Self::Storage => "nothing can be stored at the moment, so nothing was changed",
            Self::Damaged => "something is not as it was stored; data tells what",
            Self::BadConfig => "the configuration has faults; data tells which",
            Self::Ailing => "something is wrong with the server; data tells what, and what to do",
            Self::Partly => "some of several targets failed; data tells which",
            Self::Failed => "the server could not do it",
            Self::Busy => "too many requests at once",
            Self::NoServer => "no server was found, or it does not answer on its socket",
            Self::Ambiguous => "several servers run, and none was named",
            Self::OtherVersion => "the other end speaks something else, or another version",
            Self::NoAnswer => "no answer came in time; whether it was done is unknown",
        }
    }

    /// How a command that got this answer ends.
    pub fn exit(self) -> Exit {
        match self {
            Self::BadRequest => Exit::Usage,
            Self::NotAllowed => Exit::NotAllowed,
            Self::NoSuchUser => Exit::NotFound,
            Self::NoSuchAccount
            | Self::NoSuchRoom
            | Self::NoSuchMessage
            | Self::NoSuchSanction
            | Self::NoSuchFile => Exit::NotFound,
            Self::NeedsConsent => Exit::Usage,
            Self::AccountExists | Self::BadPassword => Exit::Refused,
            Self::BadName => Exit::Usage,
            Self::Storage | Self::Damaged | Self::Ailing => Exit::Failed,
            Self::BadConfig => Exit::Usage,
            Self::Partly => Exit::Partly,
            Self::Failed => Exit::Failed,
            Self::Busy => Exit::Refused,
            Self::NoServer => Exit::Unreachable,
            Self::Ambiguous => Exit::Usage,
            Self::OtherVersion => Exit::NotChat,
            Self::NoAnswer => Exit::NoAnswer,
        }
    }
}

impl Answer {
    /// It was done; here is what was asked for.
    pub fn ok(data: Value) -> Self {
        Self {
            v: VERSION,
            ok: true,
            data: Some(data),
            error: None,
            truncated: false,
        }
    }

    /// It was done; here is the beginning of what was asked for.
    pub fn beginning(data: Value) -> Self {
        Self {
            truncated: true,
            ..Self::ok(data)
        }
    }

    /// The same answer with this to say about it.
    pub fn with(self, data: Value) -> Self {
        Self {
            data: Some(data),
            ..self
        }
    }

    /// It was not done.
    pub fn failed(code: Code, text: impl Into<String>, hint: Vec<String>) -> Self {
        Self {
            v: VERSION,
            ok: false,
            data: None,
            error: Some(Failure {
                code,
                text: text.into(),
                hint,
            }),
            truncated: false,
        }
    }
}
