//! What people tell of themselves and of rooms (IRCv3 metadata), and who learns of it.
//!
//! Of a person with an account it is the account's and kept, of a guest it goes with them; of a
//! registered room it is kept with the room. A room's is for its members alone.

use crate::config::Config;
use crate::proto::cap::Cap;
use crate::proto::message::MAX_LINE;
use crate::proto::numeric::Numeric;
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::id::{RoomId, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Values by key.
pub type Metadata = BTreeMap<Box<str>, Box<str>>;

/// Bytes of a key.
pub const MAX_KEY: usize = 64;

/// Whom or what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Whose {
    Room(RoomId),
    User(UserId),
}

/// What a session has to do with metadata.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Interest {
    /// Keys of which it wants to learn.
    pub keys: Vec<Box<str>>,
    /// What it set before it was let in.
    pub early: Metadata,
}

/// Whether `text` can be a key.
pub fn is_key(text: &str) -> bool {
    let is_good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_./-".contains(&b);
    (1..=MAX_KEY).contains(&text.len()) && text.bytes().all(is_good)
}

/// Most bytes of a value: it is told on one line, of any name and to anybody.
pub fn max_value(config: &Config) -> usize {
    let name = config.limits.nick.max(config.limits.room);
    let words = [
        config.server.name.len() + 1,
        "761".len(),
        config.limits.nick,
        name,
        MAX_KEY,
        "*".len(),
    ];
    let frame: usize = words.iter().map(|word| word + 1).sum();
    let most = MAX_LINE.saturating_sub(frame + ":\r\n".len());
    config.metadata.max_value_bytes.min(most)
}

impl World {
    /// What is told of somebody or something.
    pub fn metadata(&self, whose: Whose) -> Option<&Metadata> {
        match whose {
            Whose::Room(id) => self.room(id).map(|room| &room.metadata),
            Whose::User(id) => {
                let user = self.user(id)?;
                let account = user.account.as_ref();
                let holding = account.and_then(|login| self.accounts.get(login.id));
                Some(holding.map_or(&user.metadata, |holding| &holding.account.metadata))
            }
        }
    }

    /// What they are called.
    pub fn name_of(&self, whose: Whose) -> Option<&str> {
        match whose {
            Whose::Room(id) => self.room(id).map(|room| room.name.as_str()),
            Whose::User(id) => self.user(id).map(|user| user.nick.as_str()),
        }
    }

    /// The keys that a session wants to learn of.
    pub fn interest(&self, session: SessionId) -> &[Box<str>] {
        let device = self.session(session);
        let interest = device.and_then(|device| device.interest.as_ref());
        interest.map_or(&[], |interest| interest.keys.as_slice())
    }

    /// Tells those who want to learn of it, but not `except`, that a key has this value, or none.
    pub fn tell_metadata(
        &mut self,
        out: &mut Effects,
        whose: Whose,
        (key, value): (&str, Option<&str>),
        except: SessionId,
        now: Now,
    ) {
        let time = self.stamps.time(now.unix_ms);
        let Some(name) = self.name_of(whose).map(str::to_owned) else {
            return;
        };
        for session in self.audience_of_metadata(whose) {
            let mut keys = self.interest(session).iter();
            if session == except || !keys.any(|known| **known == *key) {
                continue;
            }
            match value {
                Some(value) => {
                    let words = [name.as_str(), key, "*"];
                    self.numeric_to(out, session, Numeric::RPL_KEYVALUE, &words, value, &time);
                }
                None => {
                    let words = [name.as_str(), key];
                    let text = "Key not set";
                    self.numeric_to(out, session, Numeric::RPL_KEYNOTSET, &words, text, &time);
                }
            }
        }
    }

    /// Sessions that may learn what is told of somebody or something: of a room those in it; of a person
    /// their own, those who see them in a room, and those who watch their name.
    fn audience_of_metadata(&self, whose: Whose) -> Vec<SessionId> {
        let mut sessions: Vec<SessionId> = Vec::new();
        let users: Vec<UserId> = match whose {
            Whose::Room(id) => {
                let members = self.room(id).map(|room| room.members.as_slice());
                let members = members.unwrap_or_default().iter();
                members.map(|member| member.user).collect()
            }
            Whose::User(id) => {
                let nick = self.user(id).map(|user| user.nick.clone());
                if let Some(nick) = nick {
                    sessions.extend(self.watchers.of(nick.as_str()).iter().copied());
                }
                self.neighbours(id).into_iter().chain([id]).collect()
            }
        };
        let theirs = users.iter().filter_map(|user| self.user(*user));
        sessions.extend(theirs.flat_map(|user| user.sessions.iter().copied()));
        sessions.sort_unstable();
        sessions.dedup();
        let is_aware = |session: &SessionId| {
            let device = self.session(*session);
            device.is_some_and(|device| device.caps.uses(Cap::Metadata))
        };
        sessions.retain(is_aware);
        sessions
    }

    /// Those of whom a session learns: its user, the rooms they are in with those whom they see there, and
    /// those whose names it watches.
    pub fn in_sight(&self, session: SessionId) -> Vec<Whose> {
        let Some((id, user)) = self
            .session(session)
            .and_then(|device| Some((device.user()?, self.user(device.user()?)?)))
        else {
            return Vec::new();
        };
        let mut all = vec![Whose::User(id)];
        for membership in &user.rooms {
            all.extend(self.in_room(id, membership.room));
        }
        let watched = self
            .session(session)
            .map(|device| device.watched.as_slice());
        let watched = watched.unwrap_or_default().iter();
        let here = watched.filter_map(|nick| self.nick_owner(nick.as_str()));
        all.extend(here.map(Whose::User));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// A room and those whom a member sees in it.
    pub fn in_room(&self, viewer: UserId, id: RoomId) -> Vec<Whose> {
        let (Some(room), Some(mine)) = (self.room(id), self.member(viewer, id)) else {
            return Vec::new();
        };
        let members = room.members.iter().filter(|member| {
            let user = self.user(member.user);
            member.user == viewer
                || user.is_some_and(|user| room.reveals(member, user, Some(mine.ranks)))
        });
        let users = members.map(|member| Whose::User(member.user));
        [Whose::Room(id)].into_iter().chain(users).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_lower_case_words_of_a_few_signs() {
        for key in ["a", "display-name", "soju.im/pinned", "a_0"] {
            assert!(is_key(key), "{key}");
        }
        let long = "x".repeat(MAX_KEY + 1);
        for key in ["", "A", "a b", "a:b", "$a", "é", &long] {
            assert!(!is_key(key), "{key}");
        }
    }

    #[test]
    fn the_longest_value_fits_on_a_line_for_anybody() {
        let mut config = Config::default();
        config.server.name = "irc.example.org".into();
        let name = "x".repeat(config.limits.room);
        let nick = "x".repeat(config.limits.nick);
        let (key, value) = ("x".repeat(MAX_KEY), "x".repeat(max_value(&config)));
        let line = format!(":irc.example.org 761 {nick} {name} {key} * :{value}\r\n");
        assert_eq!(line.len(), MAX_LINE);
    }
}
