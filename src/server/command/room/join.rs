//! JOIN: enter rooms. Modern, "JOIN message". `JOIN 0` is no room's name here: it parts nothing.

use crate::proto::cap::Cap;
use crate::proto::mode::{Rank, Ranks};
use crate::proto::name::{RoomName, same};
use crate::proto::numeric::Numeric;
use crate::proto::text::cut;
use crate::server::command::about::metadata::sync;
use crate::server::command::past::{inbox, marker, replay};
use crate::server::command::portion;
use crate::server::command::reply::Replies;
use crate::server::command::room::{kept, mode, names};
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::World;
use crate::server::world::defcon::Novelty;
use crate::server::world::deliver::{Filter, Longer, Outgoing};
use crate::server::world::history::Deed;
use crate::server::world::id::RoomId;
use crate::server::world::refusal::Refusal;
use crate::server::world::room::{Invited, Room};
use crate::store::record::said::Verb;

pub(crate) const JOIN: Spec = Spec {
    verb: "JOIN",
    min_params: 1,
    who: Who::User,
    usage: "<room>[,<room>…] [<key>[,<key>…]]",
    help: "Enter rooms; one that is not there is made",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let mut keys = cx.msg.get(1).unwrap_or_default().split(',');
    for name in cx.need(0)?.split(',').filter(|name| !name.is_empty()) {
        let key = keys.next().filter(|key| !key.is_empty());
        if let Err(refusal) = join(cx, name, key) {
            cx.refuse(&refusal);
        }
    }
    Ok(())
}

/// Joins a room, or the one to which it sends those who may not come in.
fn join(cx: &mut Ctx<'_>, wanted: &str, key: Option<&str>) -> Result<(), Refusal> {
    let Err(refusal) = join_this(cx, wanted, key) else {
        return Ok(());
    };
    let forward = forward_of(cx.world, wanted).filter(|_| is_about_the_door(&refusal));
    let Some(forward) = forward else {
        return Err(refusal);
    };
    let text = "You may not enter that room and are sent to another";
    cx.numeric(Numeric::ERR_LINKCHANNEL, &[wanted, forward.as_str()], text);
    join_this(cx, forward.as_str(), None)
}

/// Where a room sends those who may not come in.
fn forward_of(world: &World, name: &str) -> Option<RoomName> {
    match world.room_named(name).and_then(|id| world.room(id)) {
        Some(room) => room.forward.clone(),
        None => Room::of_row(world.row_named(name)?)?.forward,
    }
}

fn is_about_the_door(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Banned(_)
            | Refusal::InviteOnly(_)
            | Refusal::NeedAccount(_)
            | Refusal::RoomFull(_)
            | Refusal::WrongKey(_)
    )
}

fn join_this(cx: &mut Ctx<'_>, wanted: &str, key: Option<&str>) -> Result<(), Refusal> {
    let limits = &cx.world.config.limits;
    if wanted.len() > limits.room {
        return Err(Refusal::LongRoomName(cut(wanted, 200).to_owned()));
    }
    let name = RoomName::new(wanted, limits.room);
    let name = name.ok_or_else(|| Refusal::BadRoomName(wanted.to_owned()))?;
    let user = cx.user()?;
    let at = cx.world.room_named(wanted);
    if at.is_some_and(|room| user.membership(room).is_some()) {
        return Ok(());
    }
    if user.rooms.len() >= limits.rooms_per_user {
        return Err(Refusal::TooManyRooms(wanted.to_owned()));
    }
    must_not_be_banned(cx, wanted)?;
    let (user, limits) = (cx.user()?, &cx.world.config.limits);
    let account = user.account.as_ref().map(|login| login.id);
    let standing = cx.world.standing(wanted, account);
    let kept = cx.world.row_named(wanted).filter(|_| at.is_none());
    let kept = kept.and_then(Room::of_row);
    let invited = match at.is_some_and(|id| user.invitations.contains(&id)) {
        // Nobody is kept out of the room they founded.
        _ if standing.has(Rank::Founder) => Invited::Yes,
        true => Invited::Yes,
        false => Invited::No,
    };
    let ranks = match kept.as_ref().or(at.and_then(|id| cx.world.room(id))) {
        Some(room) => {
            room.must_admit(&user.subject(&user.source()), key, invited)?;
            if room.members.len() >= limits.members_per_room {
                return Err(Refusal::RoomFull(wanted.to_owned()));
            }
            standing
        }
        None if is_lobby(cx.world, wanted) => Ranks::default(),
        None if !cx.world.defcon.lets_in(Novelty::Room) => {
            return Err(Refusal::NoSuchRoom(wanted.to_owned()));
        }
        None => Ranks::only(Rank::Op),
    };
    enter(cx, name, ranks)
}

/// Who is banned and still here enters no more rooms.
fn must_not_be_banned(cx: &mut Ctx<'_>, room: &str) -> Result<(), Refusal> {
    let Some(verdict) = cx.world.ban_on(cx.session, cx.now) else {
        return Ok(());
    };
    cx.world.sanctions.count(verdict.id);
    Err(Refusal::NotHere {
        room: room.to_owned(),
        why: verdict.text.into(),
    })
}

/// The server's own room: nobody becomes its operator by being first.
fn is_lobby(world: &World, name: &str) -> bool {
    world
        .config
        .lobby
        .as_ref()
        .is_some_and(|lobby| same(lobby.as_str(), name))
}

/// Puts a newcomer into the lobby, if there is one.
pub(crate) fn arrive(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    if let Some(lobby) = cx.world.config.lobby.clone() {
        join(cx, lobby.as_str(), None)?
    }
    inbox::tell(cx);
    Ok(())
}

/// Shows a device that has just come where its user is: JOIN, topic and names of each room, to it alone.
pub(crate) fn show_rooms(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let rooms: Vec<RoomId> = cx.user()?.rooms.iter().map(|place| place.room).collect();
    for room in rooms {
        let Some(name) = cx.world.room(room).map(|room| room.name.clone()) else {
            continue;
        };
        let (source, realname, time) = (cx.source()?, cx.user()?.realname.clone(), cx.time());
        let account = source.account.as_deref().unwrap_or("*");
        let words = [name.as_str(), account];
        let [short @ .., _] = &words;
        let longer = Longer {
            cap: Cap::ExtendedJoin,
            words: &words,
            text: Some(&realname),
        };
        let line = Outgoing::new(&source, "JOIN", short, None, &time).or(longer);
        cx.echo(&line);
        marker::tell_here(cx, room);
        show_inside(cx, room);
        let until = cx.world.stamps.moment(cx.now.unix_ms);
        replay::on_join(cx, room, until);
    }
    inbox::tell(cx);
    Ok(())
}

/// Topic and names, as whoever enters gets them.
fn show_inside(cx: &mut Ctx<'_>, room: RoomId) {
    show_topic(cx, room);
    if !cx.has(Cap::NoImplicitNames) {
        names::tell(cx, room);
    }
    sync::enter(cx, room);
}

/// Shows topic and names to the asker's other devices, which come along.
fn show_to_other_devices(cx: &mut Ctx<'_>, room: RoomId) -> Result<(), Refusal> {
    let others = cx.user()?.sessions.clone();
    for session in others.into_iter().filter(|other| *other != cx.session) {
        // What is still being told to it must not be broken off.
        let Some(caps) = cx
            .world
            .session(session)
            .filter(|device| device.asking.is_none())
            .map(|device| device.caps)
        else {
            continue;
        };
        let mut replies = Replies::default();
        let mut theirs = Ctx {
            world: cx.world,
            out: cx.out,
            replies: &mut replies,
            msg: cx.msg,
            session,
            now: cx.now,
        };
        show_inside(&mut theirs, room);
        portion::answer(&mut theirs, None, caps);
    }
    Ok(())
}

fn enter(cx: &mut Ctx<'_>, name: RoomName, ranks: Ranks) -> Result<(), Refusal> {
    let (me, source, stamp) = (cx.user_id()?, cx.source()?, cx.stamp());
    let is_kept = cx.world.row_named(name.as_str()).is_some();
    let is_new = !is_kept && cx.world.room_named(name.as_str()).is_none();
    let Some(room) = cx.world.enter(me, name.clone(), ranks, cx.now) else {
        return Err(Refusal::NoSuchRoom(name.to_string()));
    };
    if is_new {
        mode::set_default_modes(cx, room);
    }
    let name = cx.world.room(room).map_or(name, |room| room.name.clone());
    let account = source.account.as_deref().unwrap_or("*");
    let realname = cx.user()?.realname.clone();
    let words = [name.as_str(), account];
    let [short @ .., _] = &words;
    let longer = Longer {
        cap: Cap::ExtendedJoin,
        words: &words,
        text: Some(&realname),
    };
    let line = Outgoing::new(&source, "JOIN", short, None, &stamp.time)
        .stamped(&stamp, &[])
        .or(longer);
    cx.to_witnesses(room, me, &line, Filter::Everybody);
    let deed = Deed {
        source: &source,
        by: cx.user()?.party(),
        verb: Verb::Join,
        words: &words,
        text: Some(&realname),
        tags: &[],
    };
    cx.world.keep_deed(cx.out, room, ranks, stamp.id, &deed);
    cx.world.belong(cx.out, me, room, stamp.id.moment);
    if is_kept {
        kept::tell_ranks(cx, room, me, Ranks::default());
    }
    marker::tell_on_join(cx, room);
    if let Some(away) = cx.user()?.away.clone() {
        let line = Outgoing::new(&source, "AWAY", &[], Some(&away), &stamp.time);
        tell_away(cx, room, ranks, &line);
    }
    show_inside(cx, room);
    replay::on_join(cx, room, stamp.id.moment);
    show_to_other_devices(cx, room)
}

/// Tells those who see somebody come, but not them, that they are away (away-notify).
fn tell_away(cx: &mut Ctx<'_>, room: RoomId, ranks: Ranks, line: &Outgoing<'_>) {
    let (Some(place), Ok(me)) = (cx.world.room(room), cx.user_id()) else {
        return;
    };
    let others = place.witnesses(ranks).filter(|other| *other != me);
    let filter = Filter::With(Cap::AwayNotify);
    cx.world
        .deliver(cx.out, line, others, Some(cx.session), filter);
}

/// 332 and 333, or nothing if there is no topic.
pub(crate) fn show_topic(cx: &mut Ctx<'_>, room: RoomId) -> Option<()> {
    let room = cx.world.room(room)?;
    let (name, topic) = (room.name.clone(), room.topic.clone()?);
    cx.numeric(Numeric::RPL_TOPIC, &[name.as_str()], &topic.text);
    cx.numeric_words(
        Numeric::RPL_TOPICWHOTIME,
        &[name.as_str(), &topic.setter, &topic.at.to_string()],
    );
    Some(())
}
