//! What was said, and who may read it: the one function that decides stands here.

use crate::proto::msgid::{Moment, MsgId};
use crate::store::record::account::{AccountId, Party};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// Ends each word of [`Words`].
const WORD_END: char = '\n';

/// Something said, or something that happened in a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub id: MsgId,
    /// `nick!user@host` of the moment.
    pub source: Arc<str>,
    /// The account that its account tag tells.
    pub account: Option<Arc<str>>,
    pub by: Party,
    /// Whether a program said it (mode +B).
    pub is_bot: bool,
    pub verb: Verb,
    /// The parameters that are single words, as first sent.
    pub words: Words,
    /// The last parameter. Lines of a multiline message are parted by LF.
    pub text: Option<Box<str>>,
    /// Client-only tags as they stand on the wire: `+draft/reply=x;+y`.
    pub tags: Box<str>,
    pub place: Place,
}

/// Parameters of a line, in one piece: each ends with LF, which none of them holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Words(Box<str>);

impl Words {
    /// The parameters that are written like this.
    pub fn written(text: &str) -> Self {
        Self(text.into())
    }

    /// All of them, each with an LF.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split_terminator(WORD_END)
    }
}

impl From<&[&str]> for Words {
    fn from(words: &[&str]) -> Self {
        let length = words.iter().map(|word| word.len() + 1).sum();
        let mut text = String::with_capacity(length);
        for word in words {
            text.push_str(word);
            text.push(WORD_END);
        }
        Self(text.into())
    }
}

impl<const N: usize> From<[&str; N]> for Words {
    fn from(words: [&str; N]) -> Self {
        words.as_slice().into()
    }
}

/// What kind of thing it is: a command of IRC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verb {
    Privmsg,
    Notice,
    Tagmsg,
    Join,
    Part,
    Quit,
    Kick,
    Nick,
    Topic,
    Mode,
    Rename,
    Redact,
}

/// Each verb with its name and the number that stands for it in a store; numbers are never used again.
pub const VERBS: &[(Verb, &str, u8)] = &[
    (Verb::Privmsg, "PRIVMSG", 1),
    (Verb::Notice, "NOTICE", 2),
    (Verb::Tagmsg, "TAGMSG", 3),
    (Verb::Join, "JOIN", 4),
    (Verb::Part, "PART", 5),
    (Verb::Quit, "QUIT", 6),
    (Verb::Kick, "KICK", 7),
    (Verb::Nick, "NICK", 8),
    (Verb::Topic, "TOPIC", 9),
    (Verb::Mode, "MODE", 10),
    (Verb::Rename, "RENAME", 11),
    (Verb::Redact, "REDACT", 12),
];

impl Verb {
    /// As it stands on the wire.
    pub fn name(self) -> &'static str {
        VERBS
            .iter()
            .find(|(verb, ..)| *verb == self)
            .map_or("", |(_, name, _)| name)
    }

    /// The number that stands for it in a store.
    pub fn number(self) -> u8 {
        VERBS
            .iter()
            .find(|(verb, ..)| *verb == self)
            .map_or(0, |(.., number)| *number)
    }

    /// The verb of this number.
    pub fn numbered(number: u8) -> Option<Self> {
        VERBS
            .iter()
            .find(|(.., known)| *known == number)
            .map(|(verb, ..)| *verb)
    }

    /// The verb of this name, in capitals.
    pub fn named(name: &str) -> Option<Self> {
        VERBS
            .iter()
            .find(|(_, known, _)| *known == name)
            .map(|(verb, ..)| *verb)
    }

    /// Whether somebody says something with it, rather than does something.
    pub fn is_message(self) -> bool {
        matches!(self, Self::Privmsg | Self::Notice | Self::Tagmsg)
    }
}

/// Where it was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// In the room of this folded name.
    Room { name: Arc<str>, heard: Heard },
    /// From one to another; both call the conversation by the other's name, folded.
    Direct {
        from: Arc<str>,
        to: Party,
        to_name: Arc<str>,
    },
}

/// Who heard something in a room when it was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Heard {
    /// Whoever wanted to: anybody could have come in.
    Open,
    /// Those who were in the room: its doors were closed to others.
    Members,
    /// These, because it was for them alone, and who said it.
    Only(Box<[AccountId]>),
}

/// Who wants to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    pub who: Party,
    /// Folded names of the rooms they are in now, and since when they belong to each.
    pub rooms: Vec<(Box<str>, Moment)>,
}

impl Reader {
    /// Whether they may read this: what they were entitled to hear when it was said, and never more.
    pub fn may_read(&self, said: &Said) -> bool {
        self.may_hear(&said.place, said.by, said.id.moment)
    }

    /// The same of whatever came `by` somebody `at` this moment.
    pub fn may_hear(&self, place: &Place, by: Party, at: Moment) -> bool {
        match place {
            Place::Direct { to, .. } => self.who == by || self.who == *to,
            Place::Room { name, heard } => {
                let Some((_, since)) = self.rooms.iter().find(|(room, _)| **room == **name) else {
                    return false;
                };
                match heard {
                    Heard::Open => true,
                    Heard::Members => at >= *since,
                    Heard::Only(accounts) => {
                        self.who == by
                            || matches!(self.who, Party::Account(id) if accounts.contains(&id))
                    }
                }
            }
        }
    }
}

impl Said {
    /// Whether somebody said something, rather than did something.
    pub fn is_message(&self) -> bool {
        self.verb.is_message()
    }

    /// The conversations in which it is read: a room's, or one for each side of a direct one.
    pub fn buffers(&self) -> (Buffer, Option<Buffer>) {
        match &self.place {
            Place::Room { name, .. } => (Buffer::Room(Arc::clone(name)), None),
            Place::Direct { from, to, to_name } => {
                let theirs = Buffer::Direct(*to, Arc::clone(from));
                let mine = Buffer::Direct(self.by, Arc::clone(to_name));
                let other = (mine != theirs).then_some(theirs);
                (mine, other)
            }
        }
    }

    /// Whether it is read in the conversation of this name.
    pub fn is_in(&self, buffer: &str) -> bool {
        let (one, other) = self.buffers();
        one.is_called(buffer) || other.is_some_and(|other| other.is_called(buffer))
    }
}

/// A conversation as one of its sides knows it: `#room`, or who reads and whom they talk with, like `g7 bob`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Buffer {
    Room(Arc<str>),
    Direct(Party, Arc<str>),
}

impl fmt::Display for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Room(name) => f.write_str(name),
            Self::Direct(reader, peer) => write!(f, "{reader} {peer}"),
        }
    }
}

impl Buffer {
    /// The conversation of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name.split_once(' ') {
            None => Some(Self::Room(name.into())),
            Some((reader, peer)) => Some(Self::Direct(Party::named(reader)?, peer.into())),
        }
    }

    /// Whether this is its name.
    fn is_called(&self, name: &str) -> bool {
        match self {
            Self::Room(room) => **room == *name,
            Self::Direct(reader, peer) => name
                .split_once(' ')
                .is_some_and(|(who, whom)| *whom == **peer && Party::named(who) == Some(*reader)),
        }
    }
}

/// What `reader` calls the conversation with somebody of this folded name.
pub fn buffer(reader: Party, peer: &str) -> Box<str> {
    format!("{reader} {peer}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: Party = Party::Account(AccountId(1));
    const BOB: Party = Party::Account(AccountId(2));
    const GUEST: Party = Party::Guest(1);

    fn said(moment: u64, place: Place) -> Said {
        Said {
            id: MsgId {
                moment: Moment(moment),
                nonce: 1,
            },
            source: "ann!ann@h".into(),
            account: Some("ann".into()),
            by: ANN,
            is_bot: false,
            verb: Verb::Privmsg,
            words: ["#x"].into(),
            text: Some("hi".into()),
            tags: "".into(),
            place,
        }
    }

    fn in_room(moment: u64, heard: Heard) -> Said {
        let name = "#x".into();
        said(moment, Place::Room { name, heard })
    }

    fn reader(who: Party, since: u64) -> Reader {
        Reader {
            who,
            rooms: vec![("#x".into(), Moment(since))],
        }
    }

    #[test]
    fn an_open_room_is_read_by_its_members_of_now() {
        assert!(reader(BOB, 50).may_read(&in_room(10, Heard::Open)));
        let elsewhere = Reader {
            who: BOB,
            rooms: vec![("#y".into(), Moment(0))],
        };
        assert!(!elsewhere.may_read(&in_room(10, Heard::Open)));
    }

    #[test]
    fn a_closed_room_is_read_from_when_one_belongs_to_it() {
        assert!(!reader(BOB, 50).may_read(&in_room(49, Heard::Members)));
        assert!(reader(BOB, 50).may_read(&in_room(50, Heard::Members)));
    }

    #[test]
    fn what_was_for_a_few_is_read_by_those_few() {
        let secret = in_room(10, Heard::Only([AccountId(2)].into()));
        assert!(reader(BOB, 0).may_read(&secret) && reader(ANN, 0).may_read(&secret));
        assert!(!reader(Party::Account(AccountId(3)), 0).may_read(&secret));
        assert!(!reader(Party::Guest(2), 0).may_read(&secret));
    }

    #[test]
    fn a_direct_message_is_read_by_its_two_sides_each_in_a_buffer_of_their_own() {
        let place = Place::Direct {
            from: "ann".into(),
            to: GUEST,
            to_name: "bob".into(),
        };
        let message = said(1, place);
        assert!(reader(ANN, 0).may_read(&message) && reader(GUEST, 0).may_read(&message));
        assert!(
            !reader(BOB, 0).may_read(&message) && !reader(Party::Guest(2), 0).may_read(&message)
        );
        let named = |name| Buffer::named(name).unwrap();
        assert_eq!(message.buffers(), (named("a1 bob"), Some(named("g1 ann"))));
        assert!(message.is_in("g1 ann") && !message.is_in("g1 bob") && !message.is_in("#x"));
        let place = Place::Direct {
            from: "ann".into(),
            to: ANN,
            to_name: "ann".into(),
        };
        // What one tells oneself stands there once.
        assert_eq!(said(1, place).buffers(), (named("a1 ann"), None));
    }

    #[test]
    fn numbers_and_names_of_verbs_are_never_used_twice() {
        for (verb, name, number) in VERBS {
            assert_eq!(
                (Verb::numbered(*number), Verb::named(name)),
                (Some(*verb), Some(*verb))
            );
        }
    }
}
