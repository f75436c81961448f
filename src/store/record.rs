//! What is kept: one variant per kind of fact that outlives the moment.
//!
//! Most are whole rows: to change an account or a room is to keep it again as it is now. What a store
//! gives back when it is opened are the same records, so that there is one way to take them in.

pub mod account;
pub mod file;
pub mod room;
pub mod said;
pub mod sanction;

use crate::proto::msgid::{Moment, MsgId};
use crate::store::record::account::{Account, AccountId, Party};
use crate::store::record::file::{FileId, FileRow};
use crate::store::record::room::RoomRow;
use crate::store::record::said::Said;
use crate::store::record::sanction::{Sanction, SanctionId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A fact to be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Record {
    /// Somebody said something, or something happened in a room.
    Said(Arc<Said>),
    /// What was said is taken back: it is gone from history, search and inbox.
    Redacted(MsgId),
    /// An account as it is now.
    Account(Box<Account>),
    /// There is no such account any more; its number is never used again. Its unread messages,
    /// markers, memberships and client ids are gone with it.
    AccountGone(AccountId),
    /// A registered room as it is now.
    Room(Box<RoomRow>),
    /// The room of this folded name is not registered any more.
    RoomGone(Box<str>),
    /// A room has another name; what was said in it moves along.
    RoomRenamed { from: Box<str>, to: Box<str> },
    /// Since when an account belongs to the room of this folded name; `None`: no longer.
    Member {
        account: AccountId,
        room: Box<str>,
        since: Option<Moment>,
    },
    /// How far somebody has read: what was said up to then in this buffer is not unread any more.
    Marker {
        account: AccountId,
        /// Folded name of a room or a person.
        target: Box<str>,
        at: Moment,
    },
    /// A direct message that its receiver has not read.
    Unread(Unread),
    /// A message was sent with an id of its client's.
    Sent(Sent),
    /// When somebody of this name was here last.
    Seen {
        /// As it was written.
        nick: Box<str>,
        unix_ms: u64,
    },
    /// A sanction as it is now.
    Sanction(Box<Sanction>),
    /// It is over, or was lifted; its number is never used again.
    SanctionGone(SanctionId),
    /// A shared file as it is now.
    File(Box<FileRow>),
    /// There is no such file any more.
    FileGone(FileId),
}

/// A direct message that waits in somebody's inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    pub account: AccountId,
    /// Folded name of who sent it.
    pub from: Box<str>,
    pub at: Moment,
    /// What it counts for in the inbox.
    pub bytes: u32,
}

/// What a client's own id of a message stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub by: Party,
    pub client_id: Box<str>,
    pub id: MsgId,
    /// Of target and text, to tell a repeat from a mistake.
    pub digest: u64,
}

/// Whether what was said to others depends on a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Nobody is told before it is stored.
    Promise,
    /// Its loss would be a gap in what is remembered, and no lie.
    Note,
}

impl Record {
    /// How much depends on it.
    pub fn weight(&self) -> Weight {
        match self {
            Self::Said(said) if said.is_message() => Weight::Promise,
            Self::Said(_) | Self::Seen { .. } | Self::Member { .. } => Weight::Note,
            _ => Weight::Promise,
        }
    }
}
