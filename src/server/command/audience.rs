//! Whom a command tells what it did: rooms, neighbours, somebody's other devices. The asker's own copy
//! of a line goes among the replies, so that it takes part in labels and batches.

use crate::server::command::spec::Ctx;
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::refusal::Refusal;

impl Ctx<'_> {
    /// Whether a line for `filter` is for the asker too.
    pub fn is_for_me(&self, filter: Filter) -> bool {
        self.me().is_some_and(|session| filter.admits(session.caps))
    }

    /// Sends a line to everybody in a room; the asker, if in it, gets it among the replies.
    pub fn to_room(&mut self, room: RoomId, line: &Outgoing<'_>) {
        self.to_room_if(room, line, Filter::Everybody);
    }

    /// The same to those whom `filter` admits.
    pub fn to_room_if(&mut self, room: RoomId, line: &Outgoing<'_>, filter: Filter) {
        let is_inside = self
            .user_id()
            .is_ok_and(|me| self.world.member(me, room).is_some());
        if is_inside && self.is_for_me(filter) {
            self.echo(line);
        }
        self.to_others_in(room, line, filter);
    }

    /// Sends a line about what `user` does in a room to those who see them there, and to them.
    pub fn to_witnesses(
        &mut self,
        room: RoomId,
        user: UserId,
        line: &Outgoing<'_>,
        filter: Filter,
    ) {
        let ranks = self
            .world
            .member(user, room)
            .map(|member| member.ranks)
            .unwrap_or_default();
        let Some(place) = self.world.room(room) else {
            return;
        };
        if place.shows(ranks) {
            return self.to_room_if(room, line, filter);
        }
        let mut audience: Vec<UserId> = place.witnesses(ranks).chain([user]).collect();
        audience.sort_unstable();
        audience.dedup();
        if self.user_id().is_ok_and(|me| audience.contains(&me)) && self.is_for_me(filter) {
            self.echo(line);
        }
        self.world.deliver(
            self.out,
            line,
            audience.into_iter(),
            Some(self.session),
            filter,
        );
    }

    /// Sends a line to everybody who shares a room with the asker, each once, and to the asker; theirs is among the replies.
    pub fn to_neighbours(&mut self, line: &Outgoing<'_>, filter: Filter) -> Result<(), Refusal> {
        let me = self.user_id()?;
        if self.is_for_me(filter) {
            self.echo(line);
        }
        let audience = self.world.neighbours(me).into_iter().chain([me]);
        self.world
            .deliver(self.out, line, audience, Some(self.session), filter);
        Ok(())
    }

    /// Sends a line to everybody in a room but the asking session.
    pub fn to_others_in(&mut self, room: RoomId, line: &Outgoing<'_>, filter: Filter) {
        let members = self
            .world
            .room(room)
            .map(|room| room.members.as_slice())
            .unwrap_or_default();
        let users = members.iter().map(|member| member.user);
        self.world
            .deliver(self.out, line, users, Some(self.session), filter);
    }

    /// Sends the asker's other devices, as far as `filter` admits them, what the asker said. They did not say it
    /// themselves, so it is no echo to them.
    pub fn echo_elsewhere(&mut self, line: &Outgoing<'_>, filter: Filter) {
        let (asking, world) = (self.session, &*self.world);
        let me = world.session(asking).and_then(|device| device.user());
        let Some(user) = me.and_then(|me| world.user(me)) else {
            return;
        };
        let sessions = user.sessions.iter().copied().filter(|id| *id != asking);
        world.deliver_to(self.out, line, sessions, filter);
    }

    /// Sends a line to all of a user's sessions but the asking one.
    pub fn to_user(&mut self, user: UserId, line: &Outgoing<'_>, filter: Filter) {
        self.world.deliver(
            self.out,
            line,
            [user].into_iter(),
            Some(self.session),
            filter,
        );
    }
}
