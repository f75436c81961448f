//! What each record does to what is kept in memory, and what is forgotten.

use crate::proto::msgid::{Moment, MsgId};
use crate::proto::name::fold;
use crate::store::Retention;
use crate::store::memory::{DAY_MS, SEEN, State};
use crate::store::record::Record;
use crate::store::record::account::{AccountId, Party};
use crate::store::record::said::{Buffer, Place, Said};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is kept of one buffer.
const PER_BUFFER: usize = 1_000;
/// What is kept in all.
const MESSAGES: usize = 20_000;
const BYTES: usize = 16 << 20;
/// What a message costs beside its texts.
const OVERHEAD: usize = 300;
/// What is forgotten in one go.
const PIECE: usize = 1_000;

impl State {
    /// Takes one record in.
    pub(super) fn keep(&mut self, record: &Record) {
        match record {
            Record::Said(said) => self.say(said),
            Record::Redacted(id) => self.redact(*id),
            Record::Account(account) => {
                self.last_account = self.last_account.max(account.id.0);
                self.accounts.insert(account.id, (**account).clone());
            }
            Record::AccountGone(account) => self.lose_account(*account),
            Record::Room(room) => {
                self.rooms.insert(fold(&room.name).into(), (**room).clone());
            }
            Record::RoomGone(room) => {
                self.rooms.remove(room);
            }
            Record::RoomRenamed { from, to } => self.rename(from, to),
            Record::Member {
                account,
                room,
                since,
            } => {
                let key = (room.clone(), *account);
                match since {
                    Some(since) => self.members.insert(key, *since),
                    None => self.members.remove(&key),
                };
            }
            Record::Marker {
                account,
                target,
                at,
            } => self.mark(*account, target, *at),
            Record::Unread(unread) => {
                self.unread.insert(unread.at, unread.clone());
            }
            Record::Sent(sent) => {
                let key = (sent.by, sent.client_id.clone());
                self.sent.insert(key, sent.clone());
            }
            Record::Seen { nick, unix_ms } => {
                self.seen
                    .insert(fold(nick).into(), (nick.clone(), *unix_ms));
            }
            Record::Sanction(sanction) => {
                self.last_sanction = self.last_sanction.max(sanction.id.0);
                self.sanctions.insert(sanction.id, (**sanction).clone());
            }
            Record::SanctionGone(id) => {
                self.sanctions.remove(id);
            }
            Record::File(row) => {
                self.files.insert(row.id, (**row).clone());
            }
            Record::FileGone(id) => {
                self.files.remove(id);
            }
        }
    }

    fn say(&mut self, said: &Arc<Said>) {
        let moment = said.id.moment;
        self.last = self.last.max(moment);
        self.bytes += size(said);
        let (one, other) = said.buffers();
        self.said.insert(moment, Arc::clone(said));
        for buffer in [Some(one), other].into_iter().flatten() {
            let moments = self.buffers.entry(buffer).or_default();
            moments.insert(moment);
            if moments.len() > PER_BUFFER
                && let Some(oldest) = moments.first()
            {
                self.forget(oldest);
            }
        }
        while (self.said.len() > MESSAGES || self.bytes > BYTES)
            && let Some(oldest) = self.said.keys().next().copied()
        {
            self.forget(oldest);
        }
    }

    fn redact(&mut self, id: MsgId) {
        if self.said.get(&id.moment).is_some_and(|said| said.id == id) {
            self.forget(id.moment);
            self.unread.remove(&id.moment);
        }
    }

    /// Loses what was said at this moment.
    fn forget(&mut self, moment: Moment) {
        let Some(said) = self.said.remove(&moment) else {
            return;
        };
        self.bytes = self.bytes.saturating_sub(size(&said));
        let (one, other) = said.buffers();
        for buffer in [Some(one), other].into_iter().flatten() {
            if let Some(moments) = self.buffers.get_mut(&buffer) {
                moments.remove(moment);
                if moments.is_empty() {
                    self.buffers.remove(&buffer);
                }
            }
        }
    }

    fn lose_account(&mut self, gone: AccountId) {
        self.last_account = self.last_account.max(gone.0);
        self.accounts.remove(&gone);
        self.members.retain(|(_, account), _| *account != gone);
        self.markers.retain(|(account, _), _| *account != gone);
        self.unread.retain(|_, unread| unread.account != gone);
        self.sent.retain(|(by, _), _| *by != Party::Account(gone));
    }

    fn mark(&mut self, account: AccountId, target: &str, at: Moment) {
        let marker = self.markers.entry((account, target.into())).or_default();
        *marker = at.max(*marker);
        self.unread.retain(|moment, unread| {
            unread.account != account || *unread.from != *target || *moment > at
        });
    }

    /// The new name starts without anything that an earlier room of that name left.
    fn rename(&mut self, from: &str, to: &str) {
        if from == to {
            return;
        }
        let (old, new) = (Buffer::Room(from.into()), Buffer::Room(to.into()));
        for moment in self.buffers.remove(&new).unwrap_or_default().iter() {
            self.forget(moment);
        }
        let moments = self.buffers.remove(&old).unwrap_or_default();
        for moment in moments.iter() {
            if let Some(said) = self.said.get_mut(&moment)
                && let Place::Room { name, .. } = &mut Arc::make_mut(said).place
            {
                *name = to.into();
            }
        }
        if !moments.is_empty() {
            self.buffers.insert(new, moments);
        }
        for row in self.files.values_mut() {
            if let Some(moved) = row.renamed(from, to) {
                *row = moved;
            }
        }
        self.rooms.remove(to);
        if let Some(mut room) = self.rooms.remove(from) {
            if fold(&room.name) != to {
                room.name = to.into();
            }
            self.rooms.insert(to.into(), room);
        }
        self.members.retain(|(room, _), _| **room != *to);
        let members = std::mem::take(&mut self.members).into_iter();
        self.members = members
            .map(|((room, account), since)| ((renamed(room, from, to), account), since))
            .collect();
        self.markers.retain(|(_, target), _| **target != *to);
        let markers = std::mem::take(&mut self.markers).into_iter();
        self.markers = markers
            .map(|((account, target), at)| ((account, renamed(target, from, to)), at))
            .collect();
    }

    /// Forgets a piece of what is too old or too much; tells whether there is more.
    pub(super) fn tidy(&mut self, retention: &Retention, now_ms: u64) -> bool {
        let day_ago = Moment::first_of(now_ms.saturating_sub(DAY_MS));
        self.sent.retain(|_, sent| sent.id.moment >= day_ago);
        self.lose_unseen();
        let mut gone = BTreeSet::new();
        if let Some(age) = retention.age_ms {
            let oldest = Moment::first_of(now_ms.saturating_sub(age));
            gone.extend(self.said.range(..oldest).map(|(moment, _)| *moment));
        }
        for (buffer, moments) in &self.buffers {
            let limit = match buffer {
                Buffer::Room(_) => retention.per_room,
                Buffer::Direct(..) => retention.per_direct,
            };
            let excess = limit.map_or(0, |limit| moments.len().saturating_sub(limit));
            gone.extend(moments.iter().take(excess));
        }
        for moment in gone.iter().take(PIECE) {
            self.forget(*moment);
            self.unread.remove(moment);
        }
        gone.len() > PIECE
    }

    /// Forgets who was here longest ago, when there are too many.
    fn lose_unseen(&mut self) {
        if self.seen.len() <= SEEN {
            return;
        }
        let mut times: Vec<u64> = self.seen.values().map(|(_, at)| *at).collect();
        times.sort_unstable_by(|a, b| b.cmp(a));
        let oldest = times.get(SEEN - 1).copied().unwrap_or_default();
        self.seen.retain(|_, (_, at)| *at >= oldest);
    }
}

fn renamed(name: Box<str>, from: &str, to: &str) -> Box<str> {
    match *name == *from {
        true => to.into(),
        false => name,
    }
}

/// What it takes in memory, about.
fn size(said: &Said) -> usize {
    let text = said.text.as_deref().map_or(0, str::len);
    OVERHEAD + said.words.as_str().len() + text + said.source.len() + said.tags.len()
}
