//! What outlives the moment: what is kept, what can be asked of it, and where it is kept.

pub mod answer;
pub mod blobs;
pub mod gauges;
pub mod memory;
pub mod query;
pub mod record;
pub mod sqlite;
pub mod stage;
pub mod threads;
pub mod trouble;

use crate::proto::msgid::Moment;
use crate::store::query::{Answer, Query};
use crate::store::record::Record;
use crate::store::trouble::Trouble;

/// Keeps records. One thread owns it; whoever else reads has a [`Read`] of their own.
pub trait Store: Send {
    /// What the server must know of the past when it starts.
    fn load(&mut self) -> Result<Snapshot, Trouble>;

    /// Stores all of these or none. When this returns they are stored as safely as `store.sync` says.
    fn commit(&mut self, records: &[Record]) -> Result<(), Trouble>;

    /// Does a piece of what is to be done in the background, like forgetting what is too old; tells whether
    /// there is more to do.
    fn tidy(&mut self, retention: &Retention, now_ms: u64) -> Result<bool, Trouble>;

    /// Whether something can be stored, after a failure: stores something that means nothing.
    fn probe(&mut self) -> Result<(), Trouble>;

    /// What keeps the index of words up to date, if there is one.
    fn index(&self) -> Result<Option<Box<dyn Index>>, Trouble>;

    /// Another pair of eyes; it sees what is committed.
    fn reader(&self) -> Result<Box<dyn Read>, Trouble>;
}

/// Reads what is kept.
pub trait Read: Send {
    /// Answers a question.
    fn answer(&mut self, query: &Query) -> Result<Answer, Trouble>;

    /// What was found damaged and left out since this was asked last, in words.
    fn damage(&mut self) -> Vec<String> {
        Vec::new()
    }
}

/// Keeps an index of what was said, behind the commits.
pub trait Index: Send {
    /// Takes in a piece of what is not in it yet; tells whether there is more.
    fn catch_up(&mut self) -> Result<bool, Trouble>;
}

/// What a store gives back when it is opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Accounts, rooms, memberships, markers, unread messages, clients' ids of the last day, sanctions, and
    /// who was here last; in an order in which they can be taken in. Nothing that was said.
    pub records: Vec<Record>,
    /// The latest moment of anything that was ever said.
    pub last: Moment,
    /// The highest number that any account ever had.
    pub last_account: u64,
    /// The highest number that any sanction ever had.
    pub last_sanction: u64,
}

/// What is forgotten in time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retention {
    /// What is older.
    pub age_ms: Option<u64>,
    /// What is more, in each room and in each direct conversation.
    pub per_room: Option<usize>,
    pub per_direct: Option<usize>,
}

#[cfg(test)]
mod backends;
