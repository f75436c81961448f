//! The part of the world that survives a restart: it changes through [`World::apply`] alone.
//!
//! What a command wants kept is taken in here and handed to the store in the same step; when the
//! server starts, or when the store failed, the records of the store are taken in by the same way.

use crate::proto::name::fold;
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::store::Snapshot;
use crate::store::record::room::RoomRow;
use crate::store::record::{Record, Weight};
use hashbrown::HashMap;

/// Rooms that are registered, by folded name.
pub type Registered = HashMap<Box<str>, RoomRow, ahash::RandomState>;

impl World {
    /// Takes in what is kept.
    pub fn apply(&mut self, record: &Record) {
        match record {
            Record::Said(_) => {}
            Record::Redacted(id) => {
                let moment = id.moment;
                for holding in self.accounts.all_mut() {
                    holding.drop_unread(|unread| unread.at == moment);
                }
            }
            Record::Account(account) => self.accounts.put(account.as_ref().clone()),
            Record::AccountGone(id) => {
                self.accounts.remove(*id);
                self.registered.retain(|_, row| row.founder != *id);
            }
            Record::Room(row) => {
                self.registered
                    .insert(fold(&row.name).into(), row.as_ref().clone());
            }
            Record::RoomGone(name) => {
                self.registered.remove(name);
            }
            Record::RoomRenamed { from, to } => self.rename_belongings(from, to),
            Record::Member {
                account,
                room,
                since,
            } => {
                if let Some(holding) = self.accounts.get_mut(*account) {
                    match since {
                        Some(since) => holding.rooms.insert(room.clone(), *since),
                        None => holding.rooms.remove(room),
                    };
                }
            }
            Record::Marker {
                account,
                target,
                at,
            } => {
                if let Some(holding) = self.accounts.get_mut(*account) {
                    holding.mark(target.clone(), *at);
                }
            }
            Record::Unread(unread) => {
                if let Some(holding) = self.accounts.get_mut(unread.account) {
                    holding.add_unread(unread.clone());
                }
            }
            Record::Sent(sent) => self.accounts.note_sent(sent.clone()),
            Record::Seen { nick, unix_ms } => self.seen.note(nick, *unix_ms),
            Record::Sanction(sanction) => self.sanctions.put(sanction.as_ref().clone()),
            Record::SanctionGone(id) => self.sanctions.remove(*id),
            Record::File(row) => self.files.put(row.as_ref().clone()),
            Record::FileGone(id) => {
                self.files.remove(*id);
            }
        }
    }

    fn rename_belongings(&mut self, from: &str, to: &str) {
        if from == to {
            return;
        }
        self.files.rename(from, to);
        if let Some(row) = self.registered.remove(from) {
            self.registered.insert(to.into(), row);
        }
        for holding in self.accounts.all_mut() {
            // What an earlier room of the new name left is not of this one.
            holding.rooms.remove(to);
            if let Some(since) = holding.rooms.remove(from) {
                holding.rooms.insert(to.into(), since);
            }
            holding.markers.remove(to);
            if let Some(at) = holding.markers.remove(from) {
                holding.markers.insert(to.into(), at);
            }
        }
    }

    /// Keeps a fact: it is true from now on, and stored before anybody is told.
    pub fn keep(&mut self, out: &mut Effects, record: Record) {
        if self.is_read_only && record.weight() == Weight::Note {
            return;
        }
        if let Record::AccountGone(id) = record {
            // What it founded goes with it: nobody inherits a room.
            for gone in self.rooms_of(id) {
                self.keep(out, Record::RoomGone(gone));
            }
            for gone in self.unlisted_of(id) {
                self.drop_file(out, gone);
            }
        }
        self.apply(&record);
        out.keep(record);
    }

    /// Takes in all that a store knows, in place of what was known.
    pub fn restore(&mut self, snapshot: &Snapshot) {
        self.accounts.clear();
        self.registered.clear();
        self.sanctions.clear();
        self.files.clear();
        self.accounts.reserve(snapshot.last_account);
        self.sanctions.reserve(snapshot.last_sanction);
        self.stamps.resume_after(snapshot.last);
        for record in &snapshot.records {
            self.apply(record);
        }
        self.take_rooms_back(snapshot.last);
        self.review_logins();
        if self.session_count() == 0 {
            self.revive();
        }
        self.seen.restored();
    }
}
