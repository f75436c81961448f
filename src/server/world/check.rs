//! The world's invariants, checked: after a panic, and by the model tests after every event.

use crate::server::world::World;
use crate::server::world::id::{RoomId, UserId};

impl World {
    /// Says what does not hold, if anything.
    pub fn check(&self) -> Result<(), String> {
        self.check_rooms()?;
        self.check_users()?;
        self.check_indexes()?;
        self.files.check()
    }

    fn check_rooms(&self) -> Result<(), String> {
        for (id, room) in self.rooms() {
            if room.members.is_empty() {
                return Err(format!("room {} is empty", room.name));
            }
            let kept = self.row_named(room.name.as_str());
            if kept.is_some() && kept != self.row_of(id, &[]).as_ref() {
                return Err(format!("room {} is not as it is kept", room.name));
            }
            for (place, member) in room.members.iter().enumerate() {
                let known = self.user(member.user).and_then(|user| user.membership(id));
                if known.map(|membership| membership.place) != Some(place) {
                    return Err(format!(
                        "member {place} of room {} does not know it",
                        room.name
                    ));
                }
            }
        }
        Ok(())
    }

    fn check_users(&self) -> Result<(), String> {
        for (id, user) in self.users() {
            for membership in &user.rooms {
                if self.member(id, membership.room).map(|member| member.user) != Some(id) {
                    return Err(format!("{} is not where they think", user.nick));
                }
            }
            if user.sessions.is_empty() && !self.stays(id) {
                return Err(format!("{} has no session", user.nick));
            }
            if user.operator.is_some() != user.is_operator() {
                return Err(format!("{} is half an operator", user.nick));
            }
            let is_theirs =
                |session| self.session(session).and_then(|device| device.user()) == Some(id);
            if !user.sessions.iter().all(|session| is_theirs(*session)) {
                return Err(format!("a session of {} is somebody else's", user.nick));
            }
            if self.nick_owner(user.nick.as_str()) != Some(id) {
                return Err(format!("{} is not in the index", user.nick));
            }
        }
        Ok(())
    }

    fn check_indexes(&self) -> Result<(), String> {
        let users: Vec<(UserId, _)> = self.users().collect();
        let rooms: Vec<(RoomId, _)> = self.rooms().collect();
        if self.nicks.len() != users.len() || self.room_names.len() != rooms.len() {
            return Err("an index holds somebody or something that is gone".into());
        }
        if rooms
            .iter()
            .any(|(id, room)| self.room_named(room.name.as_str()) != Some(*id))
        {
            return Err("a room is not in the index".into());
        }
        let newcomers = self.sessions().filter(|(_, session)| session.is_newcomer());
        if newcomers.count() != self.newcomers {
            return Err("the count of newcomers is wrong".into());
        }
        let settled = self
            .sessions()
            .filter(|(_, session)| session.user().is_some());
        if settled.count() != self.settled {
            return Err("the count of those who are let in is wrong".into());
        }
        let mut watching = self.sessions().flat_map(|(id, session)| {
            let watched = session.watched.iter();
            watched.map(move |nick| self.watchers.of(nick.as_str()).contains(&id))
        });
        if !watching.all(|is_indexed| is_indexed) {
            return Err("a watched name is not in the index".into());
        }
        let watched = self.sessions().map(|(_, session)| session.watched.len());
        if watched.sum::<usize>() != self.watchers.len() {
            return Err("the index of watched names holds somebody who is gone".into());
        }
        let invisible = users.iter().filter(|(_, user)| user.is_invisible()).count();
        let operators = users.iter().filter(|(_, user)| user.is_operator()).count();
        if (invisible, operators) != (self.counts.invisible, self.counts.operators) {
            return Err("the counts of user modes are wrong".into());
        }
        Ok(())
    }
}
