//! Files on the server, and those on their way: what the client knows of them. The bytes never come here.

pub mod entry;
pub mod figure;
pub mod listing;
pub mod order;
pub mod told;
pub mod transfer;
pub mod words;

use crate::client::files::entry::Entry;
use crate::client::files::transfer::{Stage, Transfer};
use jiff::Timestamp;

/// Most files remembered for completion.
const MOST_KNOWN: usize = 1000;
/// Most transfers remembered that have ended.
const MOST_ENDED: usize = 50;
/// Most transfers at once.
pub const MOST_RUNNING: usize = 8;

/// What the client knows of files.
#[derive(Debug, Default)]
pub struct Files {
    /// Files that were heard of, the newest first.
    known: Vec<Entry>,
    transfers: Vec<Transfer>,
    made: u32,
}

impl Files {
    /// Remembers a file, for completion.
    pub fn learn(&mut self, entry: Entry) {
        self.known.retain(|own| own.id != entry.id);
        let at = self.known.partition_point(|own| own.at > entry.at);
        self.known.insert(at, entry);
        self.known.truncate(MOST_KNOWN);
    }

    /// Names of files, the newest first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|entry| entry.name.as_str())
    }

    /// Another connection may be to another server.
    pub fn forget(&mut self) {
        self.known.clear();
    }

    /// A number that no transfer has.
    pub fn next_number(&mut self) -> u32 {
        self.made += 1;
        self.made
    }

    /// Adds a transfer; the oldest that ended are forgotten.
    pub fn add(&mut self, transfer: Transfer) {
        self.transfers.push(transfer);
        let ended = self
            .transfers
            .iter()
            .filter(|own| !own.is_running())
            .count();
        if ended > MOST_ENDED
            && let Some(at) = self.transfers.iter().position(|own| !own.is_running())
        {
            self.transfers.remove(at);
        }
    }

    /// All of them, the oldest first.
    pub fn transfers(&self) -> &[Transfer] {
        &self.transfers
    }

    /// The transfer of this number.
    pub fn find_mut(&mut self, number: u32) -> Option<&mut Transfer> {
        self.transfers.iter_mut().find(|own| own.number == number)
    }

    /// The transfer of this number, to look at.
    pub fn find(&self, number: u32) -> Option<&Transfer> {
        self.transfers.iter().find(|own| own.number == number)
    }

    /// Those that have not ended.
    pub fn running(&self) -> impl Iterator<Item = &Transfer> {
        self.transfers.iter().filter(|own| own.is_running())
    }

    /// Those that wait for a proof of who asks.
    pub fn unproven(&self) -> Vec<u32> {
        let waits = |own: &&Transfer| own.stage == Stage::Unproven;
        self.transfers
            .iter()
            .filter(waits)
            .map(|own| own.number)
            .collect()
    }

    /// When it is known whether what began just now takes long: the prompt waits for that.
    pub fn settled_at(&self) -> Option<Timestamp> {
        self.running().filter_map(Transfer::settled_at).max()
    }
}
