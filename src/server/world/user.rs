//! One identity: a name, where it is, and the devices it is present with.

use crate::proto::mask;
use crate::proto::msgid::Moment;
use crate::proto::name::{Nick, folded};
use crate::proto::user_mode::{UserMode, UserModes};
use crate::server::world::ban::Subject;
use crate::server::world::bucket::Bucket;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::metadata::Metadata;
use crate::server::world::right::Operator;
use crate::server::world::seldom::Seldom;
use crate::server::world::source::Source;
use crate::store::record::account::{AccountId, Party};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Somebody who is here.
#[derive(Debug, Serialize, Deserialize)]
pub struct User {
    pub nick: Nick,
    /// The name they had before.
    pub earlier: Option<Nick>,
    pub username: Box<str>,
    pub host: Box<str>,
    pub realname: Box<str>,
    /// `nick!user@host`, kept in step with the three.
    source: Arc<str>,
    /// The account they are logged in to.
    pub account: Option<Login>,
    /// What tells them from other guests, of all times.
    guest: u64,
    /// What they left word of, while away.
    pub away: Option<Box<str>>,
    /// Since when they have no device, if they stay without one; milliseconds since 1970-01-01 UTC.
    pub absent_ms: Option<u64>,
    pub modes: UserModes,
    /// What makes them an operator of the server; there exactly while mode `o` is set.
    pub operator: Option<Box<Operator>>,
    /// Where they are; each knows its place among the room's members.
    pub rooms: Vec<Membership>,
    pub sessions: SmallVec<[SessionId; 1]>,
    /// Rooms they were asked into and have not joined since, oldest first.
    pub invitations: Seldom<Vec<RoomId>>,
    /// Direct messages that their devices were sent and did not say anything after, oldest first.
    pub delivered: Seldom<Vec<Delivered>>,
    /// Masks of those from whom they want to hear nothing.
    pub silenced: Seldom<Vec<Box<str>>>,
    /// Whose messages come through mode `R`; some of them may have left.
    pub accepted: Seldom<Vec<UserId>>,
    /// How far they have read, while they are a guest; by folded name of the room or person.
    pub markers: Seldom<BTreeMap<Box<str>, Moment>>,
    /// What they tell of themselves, as long as they have no account.
    pub metadata: Seldom<Metadata>,
    /// Milliseconds since 1970-01-01 UTC.
    pub signed_on_ms: u64,
    /// Uptime when they last said something.
    pub active_ms: u64,
    /// How many broadcasts they may still make.
    pub broadcasts: Bucket,
    /// How often they may still try a password.
    pub attempts: Bucket,
}

/// An account that somebody is logged in to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    pub id: AccountId,
    /// As its owner wrote it.
    pub name: Arc<str>,
}

/// A direct message on its way to a device that does not tell what was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    /// What they call the conversation, folded and as it is written.
    pub from: Box<str>,
    pub shown: Box<str>,
    pub at: Moment,
    /// Uptime when it was sent.
    pub sent_ms: u64,
}

/// Presence in one room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    pub room: RoomId,
    /// Index among the room's members.
    pub place: usize,
    /// Since when they belong to it; what was said before behind closed doors is not theirs to read.
    pub since: Moment,
}

/// Most invitations that wait for one user; the oldest gives way.
const MAX_INVITATIONS: usize = 50;

/// What a user says of themselves when they arrive.
#[derive(Debug)]
pub struct Arrival {
    pub nick: Nick,
    pub username: String,
    pub host: String,
    pub realname: String,
    pub away: Option<Box<str>>,
    pub account: Option<Login>,
}

impl User {
    /// Somebody arrives.
    ///
    /// `guest` is a moment that nobody else has.
    pub fn new(arrival: Arrival, guest: Moment, now: Now) -> Self {
        let mut user = Self {
            nick: arrival.nick,
            earlier: None,
            username: arrival.username.into(),
            host: arrival.host.into(),
            realname: arrival.realname.into(),
            source: Arc::from(""),
            account: arrival.account,
            guest: guest.0,
            away: arrival.away,
            absent_ms: None,
            modes: UserModes::default(),
            operator: None,
            rooms: Vec::new(),
            sessions: SmallVec::new(),
            invitations: Seldom::default(),
            delivered: Seldom::default(),
            silenced: Seldom::default(),
            accepted: Seldom::default(),
            markers: Seldom::default(),
            metadata: Seldom::default(),
            signed_on_ms: now.unix_ms,
            active_ms: now.uptime_ms,
            broadcasts: Bucket::default(),
            attempts: Bucket::default(),
        };
        user.refresh_source();
        user
    }

    /// What others see of them: `nick!user@host`, and what tags tell.
    pub fn source(&self) -> Source {
        Source {
            text: Arc::clone(&self.source),
            account: self.account.as_ref().map(|login| Arc::clone(&login.name)),
            modes: self.modes,
        }
    }

    /// Takes another name and gives back the old one.
    pub fn rename(&mut self, nick: Nick) -> Nick {
        let old = std::mem::replace(&mut self.nick, nick);
        self.refresh_source();
        old
    }

    /// Takes another user name and host.
    pub fn change_host(&mut self, username: &str, host: &str) {
        self.username = username.into();
        self.host = host.into();
        self.refresh_source();
    }

    fn refresh_source(&mut self) {
        self.source = format!("{}!{}@{}", self.nick, self.username, self.host).into();
    }

    /// Whom a room's lists are asked about.
    pub fn subject<'a>(&'a self, source: &'a str) -> Subject<'a> {
        Subject {
            source,
            account: self.account_name(),
        }
    }

    /// The name of the account they are logged in to.
    pub fn account_name(&self) -> Option<&str> {
        self.account.as_ref().map(|login| &*login.name)
    }

    /// Who they are in what is kept.
    pub fn party(&self) -> Party {
        match &self.account {
            Some(login) => Party::Account(login.id),
            None => Party::Guest(self.guest),
        }
    }

    /// What others call their conversations with them: the name of their account, or their own; folded.
    pub fn peer_name(&self) -> Arc<str> {
        match &self.account {
            Some(login) => folded(&login.name),
            None => self.nick.folded(),
        }
    }

    /// Presence in `room`, if they are in it.
    pub fn membership(&self, room: RoomId) -> Option<Membership> {
        self.rooms
            .iter()
            .copied()
            .find(|membership| membership.room == room)
    }

    /// Whether both are in a room together.
    pub fn shares_a_room_with(&self, other: &Self) -> bool {
        self.rooms
            .iter()
            .any(|membership| other.membership(membership.room).is_some())
    }

    /// Whether they want to hear nothing from `source`.
    pub fn silences(&self, source: &str) -> bool {
        self.silenced.iter().any(|mask| mask::matches(mask, source))
    }

    /// Whether they are hidden from those who share no room.
    pub fn is_invisible(&self) -> bool {
        self.modes.has(UserMode::Invisible)
    }

    /// Whether they are an operator of the server.
    pub fn is_operator(&self) -> bool {
        self.modes.has(UserMode::Operator)
    }

    /// Notes an invitation.
    pub fn invite(&mut self, room: RoomId) {
        self.invitations.retain(|invited| *invited != room);
        if self.invitations.len() == MAX_INVITATIONS {
            self.invitations.remove(0);
        }
        self.invitations.push(room);
    }

    /// Their modes as `+i`.
    pub fn mode_letters(&self) -> String {
        ['+'].into_iter().chain(self.modes.letters()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_invitation_gives_way() {
        let arrival = Arrival {
            nick: Nick::new("ann", 30).unwrap(),
            username: "ann".into(),
            host: "h".into(),
            realname: "Ann".into(),
            away: None,
            account: None,
        };
        let room = |index| RoomId {
            index,
            generation: 1,
        };
        let mut ann = User::new(arrival, Moment::START, Now::default());
        for index in 0..=50 {
            ann.invite(room(index));
        }
        ann.invite(room(7));
        assert_eq!(ann.invitations.len(), MAX_INVITATIONS);
        assert_eq!(ann.invitations.first(), Some(&room(1)));
        assert_eq!(ann.invitations.last(), Some(&room(7)));
    }
}
