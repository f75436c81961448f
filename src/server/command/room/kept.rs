//! What changes about a registered room is kept in the same step.

use crate::proto::mode::{ChangeLog, Ranks, Sign};
use crate::server::command::spec::Ctx;
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::refusal::Refusal;
use crate::store::record::Record;

impl Ctx<'_> {
    /// Refuses to change a registered room while nothing can be stored.
    pub(crate) fn must_be_kept(&self, room: RoomId) -> Result<(), Refusal> {
        let name = self.world.room(room).map(|room| room.name.as_str());
        match name.and_then(|name| self.world.row_named(name)) {
            Some(_) if self.world.is_read_only => Err(Refusal::storage(self.msg.verb)),
            _ => Ok(()),
        }
    }

    /// Keeps a room as it is now, if it is registered. The ranks of `touched` were changed.
    pub(crate) fn keep_room(&mut self, room: RoomId, touched: &[UserId]) -> Result<(), Refusal> {
        match self.world.row_of(room, touched) {
            Some(row) => self.keep(Record::Room(Box::new(row))),
            None => Ok(()),
        }
    }
}

/// Gives a member these ranks in place of what they have, and tells the room as the server's doing.
pub(crate) fn rank(cx: &mut Ctx<'_>, room: RoomId, user: UserId, ranks: Ranks) {
    let Some(member) = cx.world.member_mut(user, room) else {
        return;
    };
    let before = std::mem::replace(&mut member.ranks, ranks);
    tell_ranks(cx, room, user, before);
}

/// Tells a room what ranks a member has now who had others before.
pub(crate) fn tell_ranks(cx: &mut Ctx<'_>, room: RoomId, user: UserId, before: Ranks) {
    let (Some(place), Some(member), Some(who)) = (
        cx.world.room(room),
        cx.world.member(user, room),
        cx.world.user(user),
    ) else {
        return;
    };
    let (name, nick, after) = (place.name.clone(), who.nick.clone(), member.ranks);
    let mut log = ChangeLog::default();
    let mut note = |sign, has: Ranks, had: Ranks| {
        let had: Vec<char> = had.letters().collect();
        for letter in has.letters().filter(|letter| !had.contains(letter)) {
            log.push(sign, letter, Some(nick.as_str()));
        }
    };
    note(Sign::Add, after, before);
    note(Sign::Remove, before, after);
    if log.is_empty() {
        return;
    }
    let (server, stamp) = (cx.world.config.server.name.clone(), cx.stamp());
    let mut words = vec![name.as_str(), log.letters()];
    words.extend(log.params().iter().map(String::as_str));
    let line = Outgoing::new(&server, "MODE", &words, None, &stamp.time);
    cx.to_witnesses(room, user, &line.stamped(&stamp, &[]), Filter::Everybody);
}
