//! MODE: what a room or a user is. Modern, "MODE message". Which letters there are is the table in proto/mode.rs.
//!
//! A line with several changes carries out what may be, refuses the rest one by one (a missing rank
//! once), and tells the room what came of it.

use crate::proto::mode::{
    Change, ChangeLog, Flag, Kind, List, Rank, Ranks, Sign, parse_room_changes,
};
use crate::proto::name::is_room;
use crate::proto::numeric::Numeric;
use crate::server::command::doer::Doer;
use crate::server::command::people::user_mode;
use crate::server::command::room::change::{Asker, Done, apply};
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::Outgoing;
use crate::server::world::history::Deed;
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::refusal::Refusal;
use crate::server::world::room::{Room, Viewer};
use crate::store::record::said::Verb;

pub(crate) const MODE: Spec = Spec {
    verb: "MODE",
    min_params: 1,
    who: Who::User,
    usage: "<room or nick> [<modes> [<parameter>…]]",
    help: "Show or change modes",
    run,
};

/// Bytes of parameters on one relayed line, so that it stays within 512 with any source and room.
const PARAMS_PER_LINE: usize = 250;

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let target = cx.need(0)?;
    if !is_room(target) {
        return user_mode::run(cx, target);
    }
    let room = cx.room(target)?;
    let words = cx.msg.params().get(1..).unwrap_or_default();
    match words {
        [] | [""] => show(cx, room),
        words => change(cx, target, room, &parse_room_changes(words)),
    }
}

fn show(cx: &mut Ctx<'_>, id: RoomId) -> Result<(), Refusal> {
    let is_inside = cx.world.member(cx.user_id()?, id).is_some();
    let viewer = if is_inside {
        Viewer::Member
    } else {
        Viewer::Stranger
    };
    let Some(room) = cx.world.room(id) else {
        return Ok(());
    };
    let (letters, params) = room.mode_words(viewer);
    let (name, created) = (room.name.clone(), (room.created_ms / 1000).to_string());
    let mut words = vec![name.as_str(), &letters];
    words.extend(params.iter().map(String::as_str));
    cx.numeric_words(Numeric::RPL_CHANNELMODEIS, &words);
    cx.numeric_words(Numeric::RPL_CREATIONTIME, &[name.as_str(), &created]);
    Ok(())
}

fn change(
    cx: &mut Ctx<'_>,
    name: &str,
    room: RoomId,
    changes: &[Result<Change<'_>, char>],
) -> Result<(), Refusal> {
    let me = cx.user_id()?;
    let ranks = cx
        .world
        .member(me, room)
        .map(|member| member.ranks)
        .unwrap_or_default();
    let doer = cx.doer()?;
    let asker = Asker {
        id: Some(me),
        setter: &doer.source,
        name,
        room,
        ranks,
    };
    let mut logs = vec![ChangeLog::default()];
    let (mut shown, mut was_refused) = (Vec::new(), false);
    let was_closed = is_closed(cx, room);
    for change in changes {
        let result = match change {
            Err(letter) => Err(Refusal::UnknownMode {
                letter: *letter,
                room: name.to_owned(),
            }),
            Ok(Change {
                row,
                param: None | Some(""),
                ..
            }) if matches!(row.kind, Kind::List(_)) => {
                if is_hidden(cx, room) {
                    return Err(Refusal::NotInRoom(name.to_owned()));
                }
                if !shown.contains(&row.letter) {
                    show_list(cx, room, row.kind);
                    shown.push(row.letter);
                }
                Ok(())
            }
            Ok(change) => cx
                .must_be_kept(room)
                .and_then(|()| apply(cx, &asker, change))
                .map(|done| note(&mut logs, change, done)),
        };
        match result {
            Err(Refusal::NotOperator(_)) if was_refused => {}
            Err(refusal) => {
                was_refused |= matches!(refusal, Refusal::NotOperator(_));
                cx.refuse(&refusal);
            }
            Ok(()) => {}
        }
    }
    if !was_closed && is_closed(cx, room) {
        cx.world.close_to_the_absent(cx.out, room);
    }
    if logs.iter().any(|log| !log.is_empty()) {
        cx.keep_room(room, &ranked(cx, changes))?;
    }
    announce(cx, room, &logs, &doer)
}

/// Whether the asker is not to know who is banned: that is for the members of a secret room.
fn is_hidden(cx: &Ctx<'_>, id: RoomId) -> bool {
    let is_inside = cx
        .user_id()
        .is_ok_and(|me| cx.world.member(me, id).is_some());
    let is_secret = |room: &Room| room.flags.has(Flag::Secret);
    !is_inside && cx.world.room(id).is_some_and(is_secret)
}

pub(crate) fn is_closed(cx: &Ctx<'_>, room: RoomId) -> bool {
    cx.world.room(room).is_some_and(Room::is_closed)
}

/// Those whose ranks the changes are about.
pub(crate) fn ranked(cx: &Ctx<'_>, changes: &[Result<Change<'_>, char>]) -> Vec<UserId> {
    let is_rank = |change: &&Change<'_>| matches!(change.row.kind, Kind::Rank(_));
    let ranks = changes.iter().flatten().filter(is_rank);
    ranks
        .filter_map(|change| cx.world.nick_owner(change.param?))
        .collect()
}

/// Writes down a change that was made, on a new line when the last one is full.
pub(crate) fn note(logs: &mut Vec<ChangeLog>, change: &Change<'_>, done: Option<Done>) {
    let Some(Done(param)) = done else { return };
    let used = logs
        .last()
        .map_or(0, |log| log.params().iter().map(String::len).sum());
    if used > PARAMS_PER_LINE {
        logs.push(ChangeLog::default());
    }
    if let Some(log) = logs.last_mut() {
        log.push(change.sign, change.row.letter, param.as_deref());
    }
}

/// Tells those who are in a room what was changed, and keeps that it was.
pub(crate) fn announce(
    cx: &mut Ctx<'_>,
    room: RoomId,
    logs: &[ChangeLog],
    doer: &Doer,
) -> Result<(), Refusal> {
    let source = &doer.source;
    let Some(name) = cx.world.room(room).map(|room| room.name.clone()) else {
        return Ok(());
    };
    for log in logs.iter().filter(|log| !log.is_empty()) {
        let stamp = cx.stamp();
        let mut words = vec![name.as_str(), log.letters()];
        words.extend(log.params().iter().map(String::as_str));
        let line = Outgoing::new(source, "MODE", &words, None, &stamp.time);
        cx.to_room(room, &line.stamped(&stamp, &[]));
        let deed = Deed {
            source,
            by: doer.by,
            verb: Verb::Mode,
            words: &words,
            text: None,
            tags: &[],
        };
        let everybody = Ranks::only(Rank::Op);
        cx.world.keep_deed(cx.out, room, everybody, stamp.id, &deed);
    }
    Ok(())
}

fn show_list(cx: &mut Ctx<'_>, room: RoomId, kind: Kind) {
    let (Kind::List(list), Some(room)) = (kind, cx.world.room(room)) else {
        return;
    };
    let (name, entries) = (room.name.clone(), room.list(list).to_vec());
    let (item, end, text) = match list {
        List::Ban => (
            Numeric::RPL_BANLIST,
            Numeric::RPL_ENDOFBANLIST,
            "End of the ban list",
        ),
        List::Exception => (
            Numeric::RPL_EXCEPTLIST,
            Numeric::RPL_ENDOFEXCEPTLIST,
            "End of the exception list",
        ),
        List::Invitation => (
            Numeric::RPL_INVEXLIST,
            Numeric::RPL_ENDOFINVEXLIST,
            "End of the invitation list",
        ),
    };
    for entry in entries {
        let at = entry.at.to_string();
        cx.numeric_words(item, &[name.as_str(), &entry.mask, &entry.setter, &at]);
    }
    cx.numeric(end, &[name.as_str()], text);
}

/// Sets the modes that every new room gets; those that need a parameter are passed over.
pub(crate) fn set_default_modes(cx: &mut Ctx<'_>, room: RoomId) {
    let config = cx.world.config.clone();
    let Some(room) = cx.world.room_mut(room) else {
        return;
    };
    for change in parse_room_changes(&[&config.rooms.default_modes])
        .into_iter()
        .flatten()
    {
        if let (Kind::Flag(flag), Sign::Add) = (change.row.kind, change.sign) {
            room.flags.set(flag, Sign::Add);
        }
    }
}
