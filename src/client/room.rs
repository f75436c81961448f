//! The rooms in which the person is, who else is there, and what was not looked at yet.

use crate::client::server::Server;
use crate::client::view::prompt::Unread;
use crate::proto::confusable::skeleton;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Most rooms and private talks that are kept in mind.
const MOST: usize = 1000;
/// Most members of all rooms together that are kept in mind.
const MOST_MEMBERS: usize = 100_000;
/// Longest name, and longest topic, that is kept in mind, in bytes.
const LONGEST: usize = 200;
const LONGEST_TOPIC: usize = 1024;
/// In rooms with more members arrivals and departures are not announced.
pub const CROWD: usize = 50;

/// A room.
#[derive(Debug, Default)]
pub struct Room {
    pub name: String,
    pub topic: String,
    pub unread: Unread,
    /// Its members have been told completely once.
    pub is_known: bool,
    /// One is in it; not so, from the loss of the connection until one is back.
    pub is_entered: bool,
    members: BTreeMap<String, Member>,
    /// How many members have a name that looks so.
    looks: BTreeMap<u64, usize>,
}

#[derive(Debug, Clone)]
struct Member {
    nick: String,
    /// When the member spoke last, counted in messages.
    spoke: u64,
}

/// All rooms, and the private talks with something unread.
#[derive(Debug, Default)]
pub struct Rooms {
    rooms: Vec<Room>,
    /// Unread messages by person: the name, and how many.
    talks: Vec<(String, usize)>,
    spoken: u64,
}

impl Room {
    /// How many are in it.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether nobody is known to be in it.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Names of its members, in order.
    pub fn nicks(&self) -> impl Iterator<Item = &str> {
        self.members.values().map(|member| member.nick.as_str())
    }

    /// Names of its members, the most recent speaker first.
    pub fn speakers(&self) -> Vec<&str> {
        let mut members: Vec<_> = self.members.values().collect();
        members.sort_by_key(|member| std::cmp::Reverse(member.spoke));
        members.iter().map(|member| member.nick.as_str()).collect()
    }

    /// Notes its topic.
    pub fn set_topic(&mut self, topic: &str) {
        let end = topic.floor_char_boundary(LONGEST_TOPIC);
        self.topic = topic.get(..end).unwrap_or_default().to_owned();
    }

    fn add(&mut self, server: &Server, nick: &str) {
        let member = Member {
            nick: nick.to_owned(),
            spoke: 0,
        };
        let place = self.members.entry(server.fold(nick));
        if let Entry::Vacant(place) = place {
            place.insert(member);
            *self.looks.entry(look(nick)).or_default() += 1;
        }
    }

    /// Notes that somebody left it; whether they were there.
    pub fn remove(&mut self, server: &Server, nick: &str) -> bool {
        let member = self.members.remove(&server.fold(nick));
        if let Some(member) = &member {
            self.forget_look(&member.nick);
        }
        member.is_some()
    }

    fn forget_look(&mut self, nick: &str) {
        if let Entry::Occupied(mut count) = self.looks.entry(look(nick)) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }

    /// Whether a member other than `nick` has a name that looks like it.
    fn has_twin_of(&self, server: &Server, nick: &str, look: u64) -> bool {
        let alike = self.looks.get(&look).copied().unwrap_or_default();
        alike > 0 && alike > usize::from(self.has(server, nick))
    }

    /// Whether somebody is in it.
    pub fn has(&self, server: &Server, nick: &str) -> bool {
        self.members.contains_key(&server.fold(nick))
    }

    fn rename(&mut self, server: &Server, from: &str, to: &str) -> bool {
        let Some(mut member) = self.members.remove(&server.fold(from)) else {
            return false;
        };
        self.forget_look(&member.nick);
        to.clone_into(&mut member.nick);
        if let Some(displaced) = self.members.insert(server.fold(to), member) {
            self.forget_look(&displaced.nick);
        }
        *self.looks.entry(look(to)).or_default() += 1;
        true
    }
}

impl Rooms {
    /// The room called `name`.
    pub fn find(&self, server: &Server, name: &str) -> Option<&Room> {
        self.rooms.iter().find(|room| server.same(&room.name, name))
    }

    /// The room called `name`, to change it.
    pub fn find_mut(&mut self, server: &Server, name: &str) -> Option<&mut Room> {
        self.rooms
            .iter_mut()
            .find(|room| server.same(&room.name, name))
    }

    /// All rooms, in the order in which they were entered.
    pub fn iter(&self) -> impl Iterator<Item = &Room> {
        self.rooms.iter()
    }

    /// Enters a room, or enters it anew: what was not looked at stays so.
    pub fn enter(&mut self, server: &Server, name: &str) {
        if let Some(room) = self.find_mut(server, name) {
            room.is_entered = true;
            return;
        }
        if self.rooms.len() < MOST && name.len() <= LONGEST {
            self.rooms.push(Room {
                name: name.to_owned(),
                is_entered: true,
                ..Room::default()
            });
        }
    }

    /// Nobody is known to be anywhere: the connection is gone.
    pub fn empty(&mut self) {
        for room in &mut self.rooms {
            room.members.clear();
            room.looks.clear();
            (room.is_known, room.is_entered) = (false, false);
        }
    }

    /// Notes that somebody is in a room; how many are in it then, if it is one of ours.
    pub fn arrive(&mut self, server: &Server, room: &str, nick: &str) -> Option<usize> {
        let all: usize = self.rooms.iter().map(Room::len).sum();
        let room = self.find_mut(server, room)?;
        if all < MOST_MEMBERS && nick.len() <= LONGEST {
            room.add(server, nick);
        }
        Some(room.len())
    }

    /// Leaves a room.
    pub fn leave(&mut self, server: &Server, name: &str) {
        self.rooms.retain(|room| !server.same(&room.name, name));
    }

    /// Somebody is gone from everywhere; the smallest size among the rooms they were in, if any.
    pub fn forget(&mut self, server: &Server, nick: &str) -> Option<usize> {
        let was_in = |room: &mut Room| room.remove(server, nick).then(|| room.len());
        self.rooms.iter_mut().filter_map(was_in).min()
    }

    /// Somebody has another name; whether they were known.
    pub fn rename(&mut self, server: &Server, from: &str, to: &str) -> bool {
        let mut is_known = false;
        for room in &mut self.rooms {
            is_known |= room.rename(server, from, to);
        }
        is_known
    }

    /// Whether somebody is known to be here.
    pub fn knows(&self, server: &Server, nick: &str) -> Option<&str> {
        let folded = server.fold(nick);
        let member = self
            .rooms
            .iter()
            .find_map(|room| room.members.get(&folded))?;
        Some(&member.nick)
    }

    /// Whether somebody else is known whose name looks like this one.
    pub fn has_twin_of(&self, server: &Server, nick: &str) -> bool {
        let look = look(nick);
        let mut rooms = self.rooms.iter();
        rooms.any(|room| room.has_twin_of(server, nick, look))
    }

    /// Somebody spoke in a room.
    pub fn spoke(&mut self, server: &Server, room: &str, nick: &str) {
        self.spoken += 1;
        let now = self.spoken;
        let folded = server.fold(nick);
        if let Some(room) = self.find_mut(server, room)
            && let Some(member) = room.members.get_mut(&folded)
        {
            member.spoke = now;
        }
    }

    /// A private message was not looked at.
    pub fn add_unread_from(&mut self, server: &Server, nick: &str) {
        let known = self
            .talks
            .iter_mut()
            .find(|(own, _)| server.same(own, nick));
        if let Some((_, count)) = known {
            *count += 1;
        } else if self.talks.len() < MOST && nick.len() <= LONGEST {
            self.talks.push((nick.to_owned(), 1));
        }
    }

    /// All of a room or a private talk has been looked at.
    pub fn read(&mut self, server: &Server, target: &str) {
        self.talks.retain(|(own, _)| !server.same(own, target));
        if let Some(room) = self.find_mut(server, target) {
            room.unread = Unread::default();
        }
    }

    /// No more than so many of a place are unread: the others were read on another device.
    pub fn keep_unread(&mut self, server: &Server, target: &str, most: usize) {
        for (_, count) in self
            .talks
            .iter_mut()
            .filter(|(own, _)| server.same(own, target))
        {
            *count = most.min(*count);
        }
        self.talks.retain(|(_, count)| *count > 0);
        if let Some(room) = self.find_mut(server, target) {
            room.unread.all = room.unread.all.min(most);
            room.unread.urgent = room.unread.urgent.min(most);
        }
    }

    /// Private messages of one person that were not looked at.
    pub fn unread_from(&self, server: &Server, nick: &str) -> usize {
        let talk = self.talks.iter().find(|(own, _)| server.same(own, nick));
        talk.map_or(0, |(_, count)| *count)
    }

    /// Private talks with something unread.
    pub fn talks(&self) -> &[(String, usize)] {
        &self.talks
    }

    /// Unread in all places.
    pub fn unread(&self) -> Unread {
        let talks: usize = self.talks.iter().map(|(_, count)| count).sum();
        let add = |sum: Unread, room: &Room| Unread {
            all: sum.all + room.unread.all,
            urgent: sum.urgent + room.unread.urgent,
        };
        let start = Unread {
            all: talks,
            urgent: talks,
        };
        self.rooms.iter().fold(start, add)
    }
}

/// What all names that look alike share.
fn look(nick: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    skeleton(nick).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_are_told_apart_until_one_is_gone() {
        let server = Server::default();
        let mut rooms = Rooms::default();
        rooms.enter(&server, "#a");
        rooms.arrive(&server, "#a", "alice");
        rooms.arrive(&server, "#a", "alice");
        assert!(!rooms.has_twin_of(&server, "Alice"));
        assert!(rooms.has_twin_of(&server, "аlice"));
        rooms.arrive(&server, "#a", "bob");
        rooms.rename(&server, "bob", "аlice");
        assert!(rooms.has_twin_of(&server, "alice") && rooms.has_twin_of(&server, "аlice"));
        rooms.forget(&server, "аlice");
        assert!(!rooms.has_twin_of(&server, "alice"));
        rooms.empty();
        assert!(!rooms.has_twin_of(&server, "аlice"));
    }

    #[test]
    fn people_are_known_by_any_spelling_of_their_name() {
        let server = Server::default();
        let mut rooms = Rooms::default();
        rooms.enter(&server, "#a");
        assert_eq!(rooms.arrive(&server, "#A", "Bob"), Some(1));
        assert_eq!(rooms.knows(&server, "bob"), Some("Bob"));
        assert!(rooms.rename(&server, "BOB", "Rob"));
        assert_eq!(rooms.knows(&server, "bob"), None);
        assert_eq!(rooms.forget(&server, "rob"), Some(0));
        assert_eq!(rooms.forget(&server, "rob"), None);
    }

    #[test]
    fn the_most_recent_speaker_comes_first() {
        let server = Server::default();
        let mut rooms = Rooms::default();
        rooms.enter(&server, "#a");
        for nick in ["ann", "bob", "carl"] {
            rooms.arrive(&server, "#a", nick);
        }
        rooms.spoke(&server, "#a", "carl");
        rooms.spoke(&server, "#a", "bob");
        let room = rooms.find(&server, "#a").unwrap();
        assert_eq!(room.speakers(), ["bob", "carl", "ann"]);
    }

    #[test]
    fn unread_counts_rooms_and_talks_until_they_are_read() {
        let server = Server::default();
        let mut rooms = Rooms::default();
        rooms.enter(&server, "#a");
        rooms.find_mut(&server, "#a").unwrap().unread = Unread { all: 2, urgent: 1 };
        rooms.add_unread_from(&server, "bob");
        rooms.add_unread_from(&server, "BOB");
        assert_eq!(rooms.unread(), Unread { all: 4, urgent: 3 });
        rooms.read(&server, "bob");
        rooms.read(&server, "#A");
        assert_eq!(rooms.unread(), Unread::default());
    }

    #[test]
    fn what_a_server_heaps_up_stays_within_bounds() {
        let server = Server::default();
        let mut rooms = Rooms::default();
        for number in 0..MOST + 10 {
            rooms.enter(&server, &format!("#{number}"));
        }
        assert_eq!(rooms.iter().count(), MOST);
        assert_eq!(
            rooms.arrive(&server, "#1", &"x".repeat(LONGEST + 1)),
            Some(0)
        );
        for number in 0..MOST_MEMBERS + 10 {
            rooms
                .find_mut(&server, "#0")
                .unwrap()
                .add(&server, &number.to_string());
        }
        rooms.arrive(&server, "#1", "one-more");
        assert!(!rooms.find(&server, "#1").unwrap().has(&server, "one-more"));
        let room = rooms.find_mut(&server, "#1").unwrap();
        room.set_topic(&"é".repeat(LONGEST_TOPIC));
        assert!(room.topic.len() <= LONGEST_TOPIC);
    }
}
