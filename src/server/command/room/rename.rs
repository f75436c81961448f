//! RENAME: give a room another name. IRCv3 channel-rename: who did not negotiate it sees themselves
//! leave the old room and enter the new one.

use crate::proto::cap::Cap;
use crate::proto::mode::Rank;
use crate::proto::msgid::Moment;
use crate::proto::name::{RoomName, fold, same};
use crate::proto::text::cut;
use crate::proto::user_mode::UserMode;
use crate::server::command::doer::Doer;
use crate::server::command::people::sanctioned;
use crate::server::command::portion::finish;
use crate::server::command::reply::Replies;
use crate::server::command::room::{join, names};
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::bucket::Rate;
use crate::server::world::deliver::{Filter, Longer, Outgoing};
use crate::server::world::event::SessionId;
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::refusal::{Fail, Refusal};
use crate::server::world::room::Audience;
use crate::server::world::stamp::Stamp;
use crate::store::record::Record;
use crate::store::record::said::{Said, Verb};
use std::sync::Arc;

pub(crate) const RENAME: Spec = Spec {
    verb: "RENAME",
    min_params: 2,
    who: Who::User,
    usage: "<room> <new name> [<reason>]",
    help: "Give a room another name; of a registered one its founder may",
    run,
};

/// How often a room may be renamed: each time everybody in it is told anew who is there.
const RATE: Rate = Rate {
    burst: 5,
    per_minute: 2,
};
/// Members of whom more are not told anew.
const CROWD: usize = 500;

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let (old, new) = (cx.need(0)?, cx.need(1)?);
    let room = cx.room(old)?;
    let ranks = cx.world.member(cx.user_id()?, room);
    let ranks = ranks
        .ok_or_else(|| Refusal::NotInRoom(old.to_owned()))?
        .ranks;
    let needed = match cx.world.row_named(old) {
        Some(_) => Rank::Founder,
        None => Rank::Op,
    };
    if !ranks.at_least(needed) {
        return Err(Refusal::NotOperator(old.to_owned()));
    }
    sanctioned::must_be_told(cx, "RENAME", Some(new))?;
    if !cx.user()?.is_operator() && cx.world.hush_on(old, cx.now).is_some() {
        return Err(cannot(old, new, "This room is muted, and keeps its name"));
    }
    let reason = sanctioned::reason_of(cx, cx.msg.get(2)).unwrap_or_default();
    let doer = cx.doer()?;
    rename(cx, room, [old, new], reason, &doer)
}

/// Gives a room another name, tells those who are in it, and keeps that it happened.
pub(crate) fn rename(
    cx: &mut Ctx<'_>,
    room: RoomId,
    [old, new]: [&str; 2],
    reason: &str,
    doer: &Doer,
) -> Result<(), Refusal> {
    let name = must_be_free(cx, room, old, new)?;
    let (old, stamp) = match cx.world.room(room) {
        Some(place) if place.name.as_str() != name.as_str() => (place.name.clone(), cx.stamp()),
        _ => return Err(cannot(old, new, "That is its name already")),
    };
    keep(cx, room, &old, &name, &stamp)?;
    let reason = cut(reason, cx.world.config.limits.kick).to_owned();
    remember(cx, room, &old, &reason, &stamp, doer)?;
    tell(cx, room, &old, &reason, &stamp, doer)
}

fn fail(code: &'static str, old: &str, new: &str, why: &'static str) -> Refusal {
    // What is no name of a room may hold spaces.
    let new = new
        .split(' ')
        .next()
        .filter(|word| !word.is_empty() && !word.starts_with(':'));
    Refusal::Fail(Fail {
        verb: "RENAME".to_owned(),
        code,
        context: vec![old.to_owned(), cut(new.unwrap_or("*"), 200).to_owned()],
        text: why.into(),
    })
}

fn cannot(old: &str, new: &str, why: &'static str) -> Refusal {
    fail("CANNOT_RENAME", old, new, why)
}

/// The new name, which is a room's, and nobody else's.
fn must_be_free(cx: &mut Ctx<'_>, id: RoomId, old: &str, new: &str) -> Result<RoomName, Refusal> {
    let no_name = || cannot(old, new, "That is not the name of a room");
    let name = RoomName::new(new, cx.world.config.limits.room).ok_or_else(no_name)?;
    let is_lobby = |lobby: &RoomName| same(lobby.as_str(), old) || same(lobby.as_str(), new);
    if cx.world.config.lobby.as_ref().is_some_and(is_lobby) {
        return Err(cannot(old, new, "The lobby keeps its name"));
    }
    let is_other = |other: RoomId| other != id;
    let is_live = cx.world.room_named(new).is_some_and(is_other);
    let is_anothers = || cx.world.row_named(new).is_some() || is_missed(cx, new);
    if is_live || (!same(old, new) && is_anothers()) {
        let why = "There is a room of that name";
        return Err(fail("CHANNEL_NAME_IN_USE", old, new, why));
    }
    let is_crowd = cx
        .world
        .room(id)
        .is_some_and(|room| room.members.len() > CROWD);
    if is_crowd && !same(old, new) && !without_cap(cx, id).is_empty() {
        let why = "Too many are in it who would have to be told anew who is there";
        return Err(cannot(old, new, why));
    }
    let uptime_ms = cx.now.uptime_ms;
    let bucket = cx.world.room_mut(id).map(|room| &mut room.renames);
    if !bucket.is_some_and(|bucket| bucket.take(RATE, uptime_ms)) {
        return Err(cannot(
            old,
            new,
            "It was renamed too often lately; wait a minute",
        ));
    }
    Ok(name)
}

/// Whether somebody else belongs to the room of this name though nobody is in it now: what was said there would be
/// out of their reach.
fn is_missed(cx: &Ctx<'_>, name: &str) -> bool {
    let name = fold(name);
    let login = cx.user().ok().and_then(|user| user.account.as_ref());
    let mine = login.map(|login| login.id);
    let mut others = cx.world.accounts.iter();
    others.any(|held| Some(held.account.id) != mine && held.rooms.contains_key(name.as_str()))
}

/// Makes it so: what was said in the room moves along, and what belongs to it.
fn keep(
    cx: &mut Ctx<'_>,
    id: RoomId,
    old: &RoomName,
    new: &RoomName,
    stamp: &Stamp,
) -> Result<(), Refusal> {
    let moment = stamp.id.moment;
    let (from, to): (Box<str>, Box<str>) = (fold(old.as_str()).into(), fold(new.as_str()).into());
    let is_registered = cx.world.row_named(old.as_str()).is_some();
    let is_moved = from != to;
    if is_moved {
        // What was said in an earlier room of the new name is not for those who come with this one.
        let aside = format!("{to} {}", moment.0).into();
        let (before, behind) = (to.clone(), aside);
        cx.keep(Record::RoomRenamed {
            from: before,
            to: behind,
        })?;
        cx.keep(Record::RoomRenamed {
            from: from.clone(),
            to,
        })?;
    } else {
        cx.must_be_kept(id)?;
    }
    // Of a spelling nothing is moved that a failing store could take back.
    let at = if is_moved { moment } else { Moment::START };
    cx.world.rename_room(id, new.clone(), at);
    if is_registered {
        if !same(old.as_str(), new.as_str()) {
            cx.keep(Record::RoomGone(from))?;
        }
        cx.keep_room(id, &[])?;
    }
    Ok(())
}

/// Keeps that it happened.
fn remember(
    cx: &mut Ctx<'_>,
    id: RoomId,
    old: &RoomName,
    reason: &str,
    stamp: &Stamp,
    doer: &Doer,
) -> Result<(), Refusal> {
    let (source, by) = (&doer.source, doer.by);
    let Some(room) = cx.world.room(id) else {
        return Ok(());
    };
    cx.keep(Record::Said(Arc::new(Said {
        id: stamp.id,
        source: Arc::clone(&source.text),
        account: source.account.clone(),
        by,
        is_bot: source.modes.has(UserMode::Bot),
        verb: Verb::Rename,
        words: [old.as_str(), room.name.as_str()].into(),
        text: Some(reason.into()),
        tags: Box::default(),
        place: cx.world.place(room, Audience::Everybody),
    })))
}

/// Sessions in a room that know no RENAME.
fn without_cap(cx: &Ctx<'_>, id: RoomId) -> Vec<(UserId, SessionId)> {
    let members = cx.world.room(id).map(|room| room.members.as_slice());
    let users = members.unwrap_or_default().iter().map(|member| member.user);
    let sessions = users.flat_map(|id| {
        let user = cx.world.user(id);
        let sessions = user.map(|user| user.sessions.as_slice());
        sessions
            .unwrap_or_default()
            .iter()
            .map(move |session| (id, *session))
    });
    let is_unaware = |session: SessionId| {
        let device = cx.world.session(session);
        device.is_some_and(|device| !device.caps.has(Cap::ChannelRename))
    };
    sessions
        .filter(|(_, session)| is_unaware(*session))
        .collect()
}

fn tell(
    cx: &mut Ctx<'_>,
    id: RoomId,
    old: &RoomName,
    reason: &str,
    stamp: &Stamp,
    doer: &Doer,
) -> Result<(), Refusal> {
    let source = &doer.source;
    let Some(new) = cx.world.room(id).map(|room| room.name.clone()) else {
        return Ok(());
    };
    let words = [old.as_str(), new.as_str()];
    let line = Outgoing::new(source, "RENAME", &words, Some(reason), &stamp.time);
    cx.to_room_if(
        id,
        &line.stamped(stamp, &[]),
        Filter::With(Cap::ChannelRename),
    );
    if same(old.as_str(), new.as_str()) {
        return Ok(());
    }
    for (user, session) in without_cap(cx, id) {
        if session == cx.session {
            play(cx, id, user, old, reason);
            continue;
        }
        let Some(caps) = cx.world.session(session).map(|device| device.caps) else {
            continue;
        };
        let mut other = Ctx {
            world: &mut *cx.world,
            out: &mut *cx.out,
            replies: &mut Replies::default(),
            msg: cx.msg,
            session,
            now: cx.now,
        };
        play(&mut other, id, user, old, reason);
        finish(&mut other, None, caps);
    }
    Ok(())
}

/// Tells a session of its user's leaving and entering.
fn play(cx: &mut Ctx<'_>, id: RoomId, user: UserId, old: &RoomName, reason: &str) {
    let time = cx.time();
    let (Some(user), Some(room)) = (cx.world.user(user), cx.world.room(id)) else {
        return;
    };
    let (source, realname, name) = (user.source(), user.realname.clone(), room.name.clone());
    let reason = Some(reason).filter(|reason| !reason.is_empty());
    cx.echo(&Outgoing::new(
        &source,
        "PART",
        &[old.as_str()],
        reason,
        &time,
    ));
    let words = [name.as_str(), source.account.as_deref().unwrap_or("*")];
    let [short @ .., _] = &words;
    let longer = Longer {
        cap: Cap::ExtendedJoin,
        words: &words,
        text: Some(&realname),
    };
    cx.echo(&Outgoing::new(&source, "JOIN", short, None, &time).or(longer));
    join::show_topic(cx, id);
    if !cx.has(Cap::NoImplicitNames) {
        names::tell(cx, id);
    }
}

#[cfg(test)]
mod tests;
