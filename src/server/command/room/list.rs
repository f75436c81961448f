//! LIST: the rooms. Modern, "LIST message" with ELIST conditions C, M, N, T and U. Secret rooms are shown to their members.

use crate::proto::mask;
use crate::proto::mode::Flag;
use crate::proto::name::is_room;
use crate::proto::numeric::Numeric;
use crate::server::command::portion::Progress;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::cursor::Cursor;
use crate::server::world::id::RoomId;
use crate::server::world::refusal::Refusal;
use crate::server::world::room::Room;
use std::vec::IntoIter;

pub(crate) const LIST: Spec = Spec {
    verb: "LIST",
    min_params: 0,
    who: Who::User,
    usage: "[<condition>[,<condition>…]]",
    help: "List rooms: names and masks, !mask, >n and <n members, C>n C<n T>n T<n minutes old",
    run,
};

/// What a listed room has to be. Names and masks are alternatives, the rest must all hold.
#[derive(Default)]
struct Conditions<'a> {
    masks: Vec<&'a str>,
    others: Vec<Condition<'a>>,
}

enum Condition<'a> {
    /// A name that does not match.
    Not(&'a str),
    Members(Range),
    /// Minutes since it was made.
    Created(Range),
    /// Minutes since its topic was set.
    Topic(Range),
}

/// More or fewer than so many.
enum Range {
    Over(u64),
    Under(u64),
}

impl Range {
    fn read(text: &str) -> Option<Self> {
        let over = text.strip_prefix('>').map(|n| n.parse().map(Self::Over));
        over.or_else(|| text.strip_prefix('<').map(|n| n.parse().map(Self::Under)))?
            .ok()
    }

    /// Whether `ms` milliseconds are so many minutes: any age is over 0, none is under 0.
    fn has_age(&self, ms: u64) -> bool {
        match self {
            Self::Over(minutes) => ms >= minutes.saturating_mul(60_000),
            Self::Under(minutes) => ms < minutes.saturating_mul(60_000),
        }
    }

    fn has_count(&self, count: u64) -> bool {
        match self {
            Self::Over(least) => count > *least,
            Self::Under(most) => count < *most,
        }
    }
}

impl<'a> Condition<'a> {
    fn read(word: &'a str) -> Option<Self> {
        if let Some(mask) = word.strip_prefix('!') {
            return Some(Self::Not(mask));
        }
        let after = |letter: char| {
            let rest = word.strip_prefix([letter, letter.to_ascii_lowercase()])?;
            Range::read(rest)
        };
        let created = || after('C').map(Self::Created);
        Range::read(word)
            .map(Self::Members)
            .or_else(created)
            .or_else(|| after('T').map(Self::Topic))
    }

    fn holds(&self, room: &Room, unix_ms: u64) -> bool {
        match self {
            Self::Not(mask) => !mask::matches(mask, room.name.as_str()),
            Self::Members(range) => range.has_count(room.members.len() as u64),
            Self::Created(range) => range.has_age(unix_ms.saturating_sub(room.created_ms)),
            Self::Topic(range) => room
                .topic
                .as_ref()
                .is_some_and(|topic| range.has_age(unix_ms.saturating_sub(topic.at * 1000))),
        }
    }
}

impl<'a> Conditions<'a> {
    fn read(words: &'a str) -> Self {
        let mut conditions = Self::default();
        for word in words.split(',').filter(|word| !word.is_empty()) {
            match Condition::read(word) {
                Some(condition) => conditions.others.push(condition),
                None if is_room(word) || word.contains(['*', '?']) => conditions.masks.push(word),
                None => {}
            }
        }
        conditions
    }

    fn hold(&self, room: &Room, unix_ms: u64) -> bool {
        let is_like = |mask: &&str| mask::matches(mask, room.name.as_str());
        (self.masks.is_empty() || self.masks.iter().any(is_like))
            && self
                .others
                .iter()
                .all(|condition| condition.holds(room, unix_ms))
    }
}

/// How often a byte of a mask is compared with parts of one room's name.
const TRIES: usize = 4;

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let conditions = Conditions::read(cx.msg.get(0).unwrap_or_default());
    let (me, unix_ms) = (cx.user()?, cx.now.unix_ms);
    let is_shown = |id: RoomId, room: &Room| {
        (!room.flags.has(Flag::Secret) || me.membership(id).is_some())
            && conditions.hold(room, unix_ms)
    };
    let listed = cx.world.rooms().filter(|(id, room)| is_shown(*id, room));
    let left: Vec<RoomId> = listed.map(|(id, _)| id).collect();
    let asked = cx.msg.get(0).unwrap_or_default().len();
    cx.out
        .search(cx.world.room_count(), asked.saturating_mul(TRIES));
    cx.numeric(Numeric::RPL_LISTSTART, &["Channel"], "Users  Name");
    cx.tell_all(Cursor::List {
        left: left.into_iter(),
    });
    Ok(())
}

/// Tells of the rooms that are left, then 323.
pub(crate) fn go_on(cx: &mut Ctx<'_>, left: &mut IntoIter<RoomId>) -> Progress {
    for id in left {
        let Some(room) = cx.world.room(id) else {
            continue;
        };
        let (name, count) = (room.name.clone(), room.members.len().to_string());
        let topic = room.topic.as_ref().map(|topic| topic.text.clone());
        let words = [name.as_str(), &count];
        cx.numeric(
            Numeric::RPL_LIST,
            &words,
            topic.as_deref().unwrap_or_default(),
        );
        if cx.is_portion_full() {
            return Progress::Full;
        }
    }
    cx.numeric(Numeric::RPL_LISTEND, &[], "End of LIST");
    Progress::Done
}
