//! Registered rooms: what is kept of a room, and how it comes back from what is kept.
//!
//! A room that is empty is gone; if it is registered its row stays, and the next who comes makes the
//! room from it. Ranks of accounts stand in the row alone; all else is the room's as long as it is there.

use crate::proto::mode::{Flags, List, Rank, Ranks, Sign};
use crate::proto::msgid::Moment;
use crate::proto::name::{Folded, RoomName, fold, same};
use crate::server::world::World;
use crate::server::world::event::Now;
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::room::{Entry, Room, Topic};
use crate::store::record::account::AccountId;
use crate::store::record::room::{EntryRow, RoomRow, TopicRow};

/// Each list with the letter that stands for it in a row.
const LISTS: &[(List, char)] = &[
    (List::Ban, 'b'),
    (List::Exception, 'e'),
    (List::Invitation, 'I'),
];

/// What happened so long ago is stored, or was given up.
const SETTLED_MS: u64 = 600_000;

impl World {
    /// What is kept of the room of this name, in any spelling.
    pub fn row_named(&self, name: &str) -> Option<&RoomRow> {
        self.registered.get(fold(name).as_str())
    }

    /// What is to be kept of a room as it is now; `None` if it is not registered. Accounts of `touched`
    /// have the ranks that they have in the room.
    pub fn row_of(&self, id: RoomId, touched: &[UserId]) -> Option<RoomRow> {
        let room = self.room(id)?;
        let mut row = self.row_named(room.name.as_str())?.clone();
        room.describe(&mut row);
        for user in touched {
            let account = self.user(*user).and_then(|user| user.account.as_ref());
            if let (Some(account), Some(member)) = (account, self.member(*user, id)) {
                row.set_ranks(account.id, member.ranks);
            }
        }
        Some(row)
    }

    /// The ranks with which somebody of this account enters a room.
    pub fn standing(&self, name: &str, account: Option<AccountId>) -> Ranks {
        match (self.row_named(name), account) {
            (Some(row), Some(account)) => row.standing(account),
            _ => Ranks::default(),
        }
    }

    /// Folded names of the rooms that an account founded.
    pub fn rooms_of(&self, founder: AccountId) -> Vec<Box<str>> {
        self.registered
            .iter()
            .filter(|(_, row)| row.founder == founder)
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// Makes a room, as it is kept if it is.
    pub(super) fn make_room(&mut self, name: RoomName, now: Now) -> RoomId {
        let kept = self.row_named(name.as_str()).and_then(Room::of_row);
        let room = kept.unwrap_or_else(|| Room::new(name, now.unix_ms));
        let name = room.name.clone();
        let id = self.rooms.insert(room);
        self.room_names.insert(name, id);
        id
    }

    /// The room of this name, made of what is kept if nobody is in it; whoever wakes one has to let it
    /// [end](Self::end_if_empty).
    pub fn wake(&mut self, name: &str, now: Now) -> Option<RoomId> {
        if let Some(id) = self.room_named(name) {
            return Some(id);
        }
        let kept = RoomName::new(&self.row_named(name)?.name, usize::MAX)?;
        Some(self.make_room(kept, now))
    }

    /// A room with nobody in it is gone.
    pub fn end_if_empty(&mut self, id: RoomId) {
        if self.room(id).is_some_and(|room| room.members.is_empty())
            && let Some(room) = self.rooms.remove(id)
        {
            self.room_names.remove(&room.name);
        }
    }

    /// Looks at the room of this name, as it would be if somebody came in.
    pub fn look_at_room<T>(&self, name: &str, look: impl FnOnce(&Room) -> T) -> Option<T> {
        match self.room_named(name) {
            Some(id) => self.room(id).map(look),
            None => self
                .row_named(name)
                .and_then(Room::of_row)
                .map(|room| look(&room)),
        }
    }

    /// What is kept of rooms in which nobody is.
    pub fn empty_rooms(&self) -> impl Iterator<Item = &RoomRow> {
        let rows = self.registered.iter();
        rows.filter(|(name, _)| self.room_named(name).is_none())
            .map(|(_, row)| row)
    }

    /// Gives a room another name, which must be free or its own. Nothing of what is kept changes.
    pub fn rename_room(&mut self, id: RoomId, name: RoomName, at: Moment) {
        let Some(room) = self.rooms.get_mut(id) else {
            return;
        };
        let before = std::mem::replace(&mut room.name, name.clone());
        self.room_names.remove(&Folded(before.as_str()));
        room.earlier = Some((before, at));
        self.room_names.insert(name, id);
    }

    /// After what is kept was taken in again: rooms that are there are as it says. Nobody was told of
    /// what was not stored. `last` is the latest moment of what was stored.
    pub(super) fn take_rooms_back(&mut self, last: Moment) {
        let rooms: Vec<RoomId> = self.rooms().map(|(id, _)| id).collect();
        let now = self.stamps.moment(0).unix_ms();
        for id in rooms {
            let earlier = self.room(id).and_then(|room| room.earlier.clone());
            if let Some((name, at)) = earlier
                && at > last
                && now.saturating_sub(at.unix_ms()) < SETTLED_MS
                && self
                    .room_named(name.as_str())
                    .is_none_or(|other| other == id)
            {
                self.rename_room(id, name, Moment::START);
            }
            self.take_back(id);
        }
    }

    fn take_back(&mut self, id: RoomId) {
        let Some(room) = self.room(id) else { return };
        let row = self.row_named(room.name.as_str()).cloned();
        let ranks: Vec<(UserId, Ranks)> = room
            .members
            .iter()
            .map(|member| {
                let account = self
                    .user(member.user)
                    .and_then(|user| user.account.as_ref());
                let ranks = match (&row, account) {
                    (Some(row), Some(account)) => row.standing(account.id),
                    (Some(_), None) => member.ranks,
                    (None, _) => without_founder(member.ranks),
                };
                (member.user, ranks)
            })
            .collect();
        for (user, ranks) in ranks {
            if let Some(member) = self.member_mut(user, id) {
                member.ranks = ranks;
            }
        }
        let (Some(row), Some(room)) = (row, self.room_mut(id)) else {
            return;
        };
        room.adopt(&row);
    }
}

/// A room that is not registered has no founder.
fn without_founder(mut ranks: Ranks) -> Ranks {
    if ranks.has(Rank::Founder) {
        ranks.set(Rank::Founder, Sign::Remove);
        ranks.set(Rank::Op, Sign::Add);
    }
    ranks
}

impl RoomRow {
    /// The ranks of an account.
    pub fn standing(&self, account: AccountId) -> Ranks {
        let given = self.ranks.iter().find(|(id, _)| *id == account);
        let mut ranks =
            given.map_or_else(Ranks::default, |(_, letters)| Ranks::of_letters(letters));
        if self.founder == account {
            ranks.set(Rank::Founder, Sign::Add);
        }
        ranks
    }

    /// Notes the ranks that an account has from now on.
    pub fn set_ranks(&mut self, account: AccountId, mut ranks: Ranks) {
        if account == self.founder {
            ranks.set(Rank::Founder, Sign::Remove);
        }
        self.ranks.retain(|(id, _)| *id != account);
        if ranks != Ranks::default() {
            let letters: String = ranks.letters().collect();
            self.ranks.push((account, letters.into()));
        }
    }
}

impl Room {
    /// A room as it is kept, with nobody in it.
    pub fn of_row(row: &RoomRow) -> Option<Self> {
        let mut room = Self::new(RoomName::new(&row.name, usize::MAX)?, row.created_ms);
        room.adopt(row);
        Some(room)
    }

    /// Becomes what is kept of it.
    fn adopt(&mut self, row: &RoomRow) {
        if let Some(name) = RoomName::new(&row.name, usize::MAX)
            && same(name.as_str(), self.name.as_str())
        {
            self.name = name;
        }
        self.created_ms = row.created_ms;
        self.topic = row.topic.as_ref().map(|topic| Topic {
            text: topic.text.clone(),
            setter: topic.setter.clone(),
            at: topic.at,
        });
        self.flags = Flags::of_letters(&row.flags);
        self.key.clone_from(&row.key);
        self.limit = row.limit;
        let forward = row.forward.as_ref();
        self.forward = forward.and_then(|name| RoomName::new(name, usize::MAX));
        for (list, letter) in LISTS {
            let entries = row.lists.iter().filter(|entry| entry.list == *letter);
            *self.list_mut(*list) = entries
                .map(|entry| Entry {
                    mask: entry.mask.clone(),
                    setter: entry.setter.clone(),
                    at: entry.at,
                })
                .collect();
        }
        self.metadata.clone_from(&row.metadata);
    }

    /// Writes down what is kept of it.
    fn describe(&self, row: &mut RoomRow) {
        row.name = self.name.as_str().into();
        row.created_ms = self.created_ms;
        row.topic = self.topic.as_ref().map(|topic| TopicRow {
            text: topic.text.clone(),
            setter: topic.setter.clone(),
            at: topic.at,
        });
        row.flags = self.flags.letters().collect::<String>().into();
        row.key.clone_from(&self.key);
        row.limit = self.limit;
        row.forward = self.forward.as_ref().map(|name| name.as_str().into());
        row.lists.clear();
        for (list, letter) in LISTS {
            row.lists
                .extend(self.list(*list).iter().map(|entry| EntryRow {
                    list: *letter,
                    mask: entry.mask.clone(),
                    setter: entry.setter.clone(),
                    at: entry.at,
                }));
        }
        row.metadata.clone_from(&self.metadata);
    }

    /// What is to be kept of a room that `founder` registers.
    pub fn first_row(&self, founder: AccountId, unix_ms: u64) -> RoomRow {
        let mut row = RoomRow {
            name: self.name.as_str().into(),
            founder,
            created_ms: self.created_ms,
            registered_ms: unix_ms,
            topic: None,
            flags: Box::default(),
            key: None,
            limit: None,
            forward: None,
            lists: Vec::new(),
            ranks: Vec::new(),
            metadata: self.metadata.clone(),
        };
        self.describe(&mut row);
        row
    }
}
