//! One change of a room's modes: who may make it, and what it changes.

use crate::proto::mode::{Change, Flag, Kind, List, Rank, Ranks, Sign};
use crate::proto::name::{RoomName, is_room, same};
use crate::server::command::spec::Ctx;
use crate::server::world::ban;
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::refusal::Refusal;
use crate::server::world::room::{Entry, Member};
use crate::server::world::source::Source;

/// Bytes of one mask.
const MAX_MASK: usize = 200;

/// Who asks for changes, of which room.
#[derive(Debug)]
pub(crate) struct Asker<'a> {
    /// `None`: the server asks, who may everything.
    pub(crate) id: Option<UserId>,
    pub(crate) setter: &'a Source,
    /// The room's name as they typed it.
    pub(crate) name: &'a str,
    pub(crate) room: RoomId,
    pub(crate) ranks: Ranks,
}

/// A change that was made, with the parameter to tell.
#[derive(Debug)]
pub(crate) struct Done(pub(crate) Option<String>);

impl Asker<'_> {
    fn must_rank(&self, rank: Rank) -> Result<(), Refusal> {
        if self.ranks.at_least(rank) {
            return Ok(());
        }
        Err(Refusal::NotOperator(self.name.to_owned()))
    }

    fn bad_param(&self, letter: char, param: &str, why: &'static str) -> Refusal {
        Refusal::BadModeParam {
            room: self.name.to_owned(),
            letter,
            param: param.to_owned(),
            why,
        }
    }
}

/// Makes one change; `None` if everything was so already.
pub(crate) fn apply(
    cx: &mut Ctx<'_>,
    asker: &Asker<'_>,
    change: &Change<'_>,
) -> Result<Option<Done>, Refusal> {
    let param = || {
        change
            .param
            .ok_or_else(|| Refusal::NeedMoreParams("MODE".into()))
    };
    if let Kind::Rank(rank) = change.row.kind {
        return set_rank(cx, asker, rank, change, param()?);
    }
    asker.must_rank(change.row.needs)?;
    match (change.row.kind, change.sign) {
        (Kind::Flag(flag), sign) => Ok(set_flag(cx, asker.room, flag, sign)),
        (Kind::List(list), Sign::Add) => add_mask(cx, asker, list, change.row.letter, param()?),
        (Kind::List(list), Sign::Remove) => Ok(remove_mask(
            cx,
            asker.room,
            list,
            change.param.unwrap_or_default(),
        )),
        (Kind::Key, Sign::Add) => set_key(cx, asker, param()?),
        (Kind::Key, Sign::Remove) => {
            let key = cx
                .world
                .room_mut(asker.room)
                .and_then(|room| room.key.take());
            Ok(key.map(|key| Done(Some(key.into()))))
        }
        (Kind::Limit, Sign::Add) => set_limit(cx, asker, param()?),
        (Kind::Limit, Sign::Remove) => {
            let limit = cx
                .world
                .room_mut(asker.room)
                .and_then(|room| room.limit.take());
            Ok(limit.map(|_| Done(None)))
        }
        (Kind::Forward, Sign::Add) => set_forward(cx, asker, param()?),
        (Kind::Forward, Sign::Remove) => {
            let forward = cx
                .world
                .room_mut(asker.room)
                .and_then(|room| room.forward.take());
            Ok(forward.map(|_| Done(None)))
        }
        (Kind::Rank(_), _) => Ok(None),
    }
}

fn set_flag(cx: &mut Ctx<'_>, room: RoomId, flag: Flag, sign: Sign) -> Option<Done> {
    let changed = cx.world.room_mut(room)?.flags.set(flag, sign);
    changed.then_some(Done(None))
}

/// Gives or takes a rank. Anybody may give up their own; nobody takes one from somebody higher.
fn set_rank(
    cx: &mut Ctx<'_>,
    asker: &Asker<'_>,
    rank: Rank,
    change: &Change<'_>,
    nick: &str,
) -> Result<Option<Done>, Refusal> {
    let is_own =
        change.sign == Sign::Remove && asker.id.is_some() && cx.world.nick_owner(nick) == asker.id;
    if !is_own {
        asker.must_rank(change.row.needs)?;
    }
    let who = cx.who(nick)?;
    let name = || asker.name.to_owned();
    let stranger = || Refusal::UserNotInRoom {
        nick: nick.to_owned(),
        room: name(),
    };
    let member = cx.world.member_mut(who, asker.room).ok_or_else(stranger)?;
    if change.sign == Sign::Remove && member.ranks.highest() > asker.ranks.highest() {
        return Err(Refusal::NotOperator(name()));
    }
    let changed = member.ranks.set(rank, change.sign);
    let nick = cx.world.user(who).map(|user| user.nick.to_string());
    Ok(changed.then_some(Done(nick)))
}

fn set_key(cx: &mut Ctx<'_>, asker: &Asker<'_>, key: &str) -> Result<Option<Done>, Refusal> {
    let is_short = key.len() <= cx.world.config.limits.key;
    if key.is_empty() || !is_short || key.contains([' ', ',', ':']) {
        let why = "A key holds no space, comma or colon, and is neither empty nor too long";
        return Err(asker.bad_param('k', "*", why));
    }
    let Some(room) = cx.world.room_mut(asker.room) else {
        return Ok(None);
    };
    let old = room.key.replace(key.into());
    Ok((old.as_deref() != Some(key)).then(|| Done(Some(key.to_owned()))))
}

fn set_limit(cx: &mut Ctx<'_>, asker: &Asker<'_>, text: &str) -> Result<Option<Done>, Refusal> {
    let limit = text.parse().ok().filter(|limit| *limit > 0);
    let limit: u32 =
        limit.ok_or_else(|| asker.bad_param('l', text, "A limit is a number above 0"))?;
    let old = cx
        .world
        .room_mut(asker.room)
        .and_then(|room| room.limit.replace(limit));
    Ok((old != Some(limit)).then(|| Done(Some(limit.to_string()))))
}

/// The other room must exist, and the asker must be its operator: nobody is sent where they are not wanted.
fn set_forward(cx: &mut Ctx<'_>, asker: &Asker<'_>, wanted: &str) -> Result<Option<Done>, Refusal> {
    let target = cx
        .world
        .room_named(wanted)
        .filter(|_| is_room(wanted) && !same(wanted, asker.name));
    let target =
        target.ok_or_else(|| asker.bad_param('f', wanted, "There is no such other room"))?;
    let is_operator = |member: &Member| member.ranks.at_least(Rank::Op);
    let is_wanted = asker
        .id
        .is_none_or(|id| cx.world.member(id, target).is_some_and(is_operator));
    if !is_wanted {
        return Err(Refusal::NotOperator(wanted.to_owned()));
    }
    let name: Option<RoomName> = cx.world.room(target).map(|room| room.name.clone());
    let Some(room) = cx.world.room_mut(asker.room) else {
        return Ok(None);
    };
    let old = std::mem::replace(&mut room.forward, name.clone());
    Ok(name
        .filter(|name| old.as_ref() != Some(name))
        .map(|name| Done(Some(name.to_string()))))
}

fn add_mask(
    cx: &mut Ctx<'_>,
    asker: &Asker<'_>,
    list: List,
    letter: char,
    mask: &str,
) -> Result<Option<Done>, Refusal> {
    if mask.len() > MAX_MASK {
        return Err(asker.bad_param(letter, "*", "A mask has at most 200 bytes"));
    }
    let (setter, at) = (asker.setter, cx.now.unix_ms / 1000);
    let (mask, most) = (ban::complete(mask), cx.world.config.limits.list_modes);
    let Some(room) = cx.world.room_mut(asker.room) else {
        return Ok(None);
    };
    let entries = room.list_mut(list);
    if entries.iter().any(|entry| same(&entry.mask, &mask)) {
        return Ok(None);
    }
    if entries.len() >= most {
        return Err(Refusal::ListFull {
            room: asker.name.to_owned(),
            letter,
        });
    }
    entries.push(Entry {
        mask: mask.as_str().into(),
        setter: setter.as_ref().into(),
        at,
    });
    Ok(Some(Done(Some(mask))))
}

fn remove_mask(cx: &mut Ctx<'_>, room: RoomId, list: List, mask: &str) -> Option<Done> {
    let mask = ban::complete(mask);
    let entries = cx.world.room_mut(room)?.list_mut(list);
    let at = entries.iter().position(|entry| same(&entry.mask, &mask))?;
    Some(Done(Some(entries.remove(at).mask.into())))
}
