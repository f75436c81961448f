//! Who belongs to a room, and since when: what was said behind its closed doors before is not theirs to read.
//!
//! An account belongs to a room from its JOIN until it parts, is put out, or the doors close while it is
//! absent; leaving the server ends nothing. A guest belongs for as long as they are in it.

use crate::proto::mode::Ranks;
use crate::proto::msgid::Moment;
use crate::proto::name::fold;
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::id::{RoomId, UserId};
use crate::store::record::Record;
use crate::store::record::account::AccountId;
use std::collections::BTreeSet;

/// Rooms that one account belongs to at most; the one it belongs to for the longest time gives way.
const MOST_BELONGINGS: usize = 1000;

impl World {
    /// Lets a user belong to a room that they are in: since `now`, or since their account did.
    pub fn belong(&mut self, out: &mut Effects, user: UserId, room: RoomId, now: Moment) {
        let account = self
            .user(user)
            .and_then(|user| Some(user.account.as_ref()?.id));
        let Some(name) = self.room(room).map(|room| fold(room.name.as_str())) else {
            return;
        };
        let holding = account.and_then(|id| self.accounts.get(id));
        let stored = holding.and_then(|holding| holding.rooms.get(name.as_str()).copied());
        let membership = self.user_mut(user).and_then(|user| {
            let mut rooms = user.rooms.iter_mut();
            rooms.find(|membership| membership.room == room)
        });
        if let Some(membership) = membership {
            membership.since = stored.unwrap_or(now);
        }
        if let (Some(account), None) = (account, stored) {
            self.make_room_for_belonging(out, account);
            self.keep_member(out, account, name.into(), Some(now));
        }
    }

    /// Keeps since when an account belongs to the room of this folded name; `None`: no longer.
    fn keep_member(
        &mut self,
        out: &mut Effects,
        account: AccountId,
        room: Box<str>,
        since: Option<Moment>,
    ) {
        let member = Record::Member {
            account,
            room,
            since,
        };
        self.keep(out, member);
    }

    fn make_room_for_belonging(&mut self, out: &mut Effects, account: AccountId) {
        let Some(holding) = self.accounts.get(account) else {
            return;
        };
        if holding.rooms.len() < MOST_BELONGINGS {
            return;
        }
        let oldest = holding.rooms.iter().min_by_key(|(_, since)| **since);
        if let Some(room) = oldest.map(|(room, _)| room.clone()) {
            self.keep_member(out, account, room, None);
        }
    }

    /// Lets a user belong anew to every room that they are in, because they are somebody else now.
    pub fn belong_everywhere(&mut self, out: &mut Effects, user: UserId, now: Moment) {
        let rooms: Vec<RoomId> = self
            .user(user)
            .map(|user| user.rooms.iter().map(|membership| membership.room))
            .into_iter()
            .flatten()
            .collect();
        for room in rooms {
            self.belong(out, user, room, now);
        }
    }

    /// Ends a user's belonging to a room that they are about to leave for good.
    pub fn belong_no_longer(&mut self, out: &mut Effects, user: UserId, room: RoomId) {
        let account = self
            .user(user)
            .and_then(|user| Some(user.account.as_ref()?.id));
        let name = self.room(room).map(|room| fold(room.name.as_str()));
        if let (Some(account), Some(name)) = (account, name) {
            self.keep_member(out, account, name.into(), None);
        }
    }

    /// Ends the belonging of all who are not in a room that is closed now, and have no rank in it: nobody asked them
    /// in, so what is said from now on is not for them, also when the room is open again.
    pub fn close_to_the_absent(&mut self, out: &mut Effects, id: RoomId) {
        let Some(room) = self.room(id) else {
            return;
        };
        let name: Box<str> = fold(room.name.as_str()).into();
        let members = room.members.iter();
        let inside: BTreeSet<AccountId> = members
            .filter_map(|member| Some(self.user(member.user)?.account.as_ref()?.id))
            .collect();
        let is_out = |account: &AccountId| {
            !inside.contains(account) && self.standing(&name, Some(*account)) == Ranks::default()
        };
        let belonging = self
            .accounts
            .iter()
            .filter(|holding| holding.rooms.contains_key(&name));
        let absent: Vec<AccountId> = belonging
            .map(|holding| holding.account.id)
            .filter(is_out)
            .collect();
        for account in absent {
            self.keep_member(out, account, name.clone(), None);
        }
    }
}
