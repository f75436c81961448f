//! One device: its connection, what it negotiated, and how far it has come.

use crate::admin::command::Command;
use crate::proto::cap::CapSet;
use crate::proto::name::Nick;
use crate::server::world::address::Claim;
use crate::server::world::batch::Batch;
use crate::server::world::cursor::Cursor;
use crate::server::world::deed::DeedId;
use crate::server::world::event::{Now, Peer, SessionId};
use crate::server::world::frozen::verb;
use crate::server::world::id::UserId;
use crate::server::world::login::{Exchange, Wish};
use crate::server::world::metadata::Interest;
use crate::server::world::right::Operator;
use crate::server::world::seldom::Seldom;
use crate::server::world::slots::key;
use crate::server::world::user::Login;
use crate::store::record::Sent;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

key!(SessionId);

/// One connection of somebody.
#[derive(Debug, Serialize, Deserialize)]
pub struct Session {
    pub peer: Peer,
    pub caps: CapSet,
    /// What CAP LS asked for.
    pub cap_version: CapVersion,
    pub stage: Stage,
    /// Names whose coming and going it wants to know (MONITOR), in the order they were asked for.
    pub watched: Seldom<Vec<Nick>>,
    /// When it was opened.
    pub opened: Now,
    /// Uptime when its last line came.
    pub heard_ms: u64,
    /// Uptime when it was asked whether it is still there, until it says something.
    pub pinged_ms: Option<u64>,
    /// What it asked for and waits for; no line of it is executed before that is known.
    pub asking: Option<Box<Asking>>,
    /// How far it has come in logging in.
    pub exchange: Exchange,
    /// A message of several lines that it has begun.
    pub batch: Option<Box<Batch>>,
    /// What it set, and wants to learn, of metadata.
    pub interest: Option<Box<Interest>>,
    /// What ids of their own a guest's messages were sent with lately, oldest first.
    pub sent: Seldom<VecDeque<Sent>>,
}

/// A command that waits for something slow.
#[derive(Debug, Serialize, Deserialize)]
pub struct Asking {
    /// Label of the line, in plain text.
    pub label: Option<String>,
    /// Its verb, as the table has it.
    #[serde(with = "verb")]
    pub verb: verb::Name,
    pub goal: Goal,
}

/// What is done when the answer is there.
#[derive(Debug, Serialize, Deserialize)]
pub enum Goal {
    /// OPER: the session's user becomes this operator; `None`: there is none of that name, whatever the password.
    Oper(Option<Operator>),
    /// WEBIRC: a gateway speaks for somebody else.
    #[serde(skip)]
    SpeakFor(Box<Claim>),
    /// OPER: it is recorded that the session's user becomes this operator.
    Admit(Operator),
    /// This line is executed, now that it is recorded.
    Recorded(Box<str>),
    /// ADMIN with words: it is carried out, or its answer told.
    #[serde(skip)]
    Admin(Box<Pending>),
    /// REHASH: the outcome is told.
    Rehash,
    /// More of a long answer is told.
    More(Open),
    /// Something about an account is done, now that a password is hashed.
    Account(Box<Wish>),
}

/// A request that a session makes as an operator, on its way.
#[derive(Debug)]
pub struct Pending {
    pub command: Command,
    pub step: Step,
    pub reader: Reader,
}

/// Who reads the answer to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A person: sentences and tables.
    Person,
    /// A program: JSON.
    Program,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is being recorded.
    Record,
    /// It is carried out, under this number if it is recorded.
    Answer(Option<DeedId>),
}

/// A long answer of which a part is told.
#[derive(Debug, Serialize, Deserialize)]
pub struct Open {
    pub cursors: VecDeque<Cursor>,
    /// How the label is carried, once something is told.
    pub wrapping: Option<Wrapping>,
    /// Name of the batch that carries the label.
    pub batch: String,
    /// Capabilities when it was asked.
    pub caps: CapSet,
}

/// How an answer in several portions carries its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wrapping {
    /// In a batch of type `labeled-response` that is open.
    Batch,
    /// On a batch of its own, or there is none.
    Own,
}

/// Version of capability negotiation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum CapVersion {
    #[default]
    V301,
    /// Values in CAP LS, several lines, implicit cap-notify.
    V302,
}

/// How far a session has come.
#[derive(Debug, Serialize, Deserialize)]
pub enum Stage {
    Registering(Box<Registering>),
    Ready(UserId),
}

/// What a session has said of itself before it is let in.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Registering {
    pub nick: Option<Nick>,
    /// User name and real name.
    pub user: Option<(String, String)>,
    pub password: Option<String>,
    /// The account that they are logged in to.
    pub login: Option<Login>,
    /// What they left word of before they came (draft/pre-away).
    pub away: Option<Box<str>>,
    /// Capabilities are being negotiated: nothing happens until CAP END.
    pub negotiating: bool,
    /// Lines sent so far.
    pub lines: usize,
}

impl Session {
    /// A connection that has said nothing yet.
    pub fn new(peer: Peer, now: Now) -> Self {
        Self {
            peer,
            caps: CapSet::default(),
            cap_version: CapVersion::default(),
            stage: Stage::Registering(Box::default()),
            watched: Seldom::default(),
            opened: now,
            heard_ms: now.uptime_ms,
            pinged_ms: None,
            asking: None,
            exchange: Exchange::default(),
            batch: None,
            interest: None,
            sent: Seldom::default(),
        }
    }

    /// Who it belongs to, once it is let in.
    pub fn user(&self) -> Option<UserId> {
        match &self.stage {
            Stage::Registering(_) => None,
            Stage::Ready(user) => Some(*user),
        }
    }

    /// Whether it has said something and is not let in yet.
    pub fn is_newcomer(&self) -> bool {
        match &self.stage {
            Stage::Registering(registering) => registering.lines > 0,
            Stage::Ready(_) => false,
        }
    }

    /// What it said of itself so far, until it is let in.
    pub fn registering(&mut self) -> Option<&mut Registering> {
        match &mut self.stage {
            Stage::Registering(registering) => Some(registering),
            Stage::Ready(_) => None,
        }
    }
}
