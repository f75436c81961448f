//! MODE: what a room or a user is. Modern, "MODE message". Which letters there are is the table in proto/mode.rs.

use crate::proto::mask;
use crate::proto::mode::{Change, ChangeLog, Flag, Kind, List, Rank, Sign, parse_room_changes};
use crate::proto::name::is_room;
use crate::proto::numeric::Numeric;
use crate::server::command::people::user_mode;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::Outgoing;
use crate::server::world::refusal::Refusal;
use crate::server::world::room::{Entry, RoomId, Viewer};

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
/// Bytes of one mask.
const MAX_MASK: usize = 200;

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
    let Some(room) = cx.world.room(id) else {
        return Ok(());
    };
    let (letters, params) = room.mode_words(if is_inside {
        Viewer::Member
    } else {
        Viewer::Stranger
    });
    let (name, created) = (room.name.clone(), (room.created_ms / 1000).to_string());
    let mut words = vec![name.as_str(), &letters];
    words.extend(params.iter().map(String::as_str));
    cx.numeric_words(Numeric::RPL_CHANNELMODEIS, &words);
    cx.numeric_words(Numeric::RPL_CREATIONTIME, &[name.as_str(), &created]);
    Ok(())
}

/// Carries out what may be, refuses the rest, and tells the room what came of it.
fn change(
    cx: &mut Ctx<'_>,
    name: &str,
    room: RoomId,
    changes: &[Result<Change<'_>, char>],
) -> Result<(), Refusal> {
    let is_operator = cx
        .world
        .member(cx.user_id()?, room)
        .is_some_and(|member| member.ranks.at_least(Rank::Op));
    let mut logs = vec![ChangeLog::default()];
    let (mut was_shown, mut was_refused) = (false, false);
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
                if let (Kind::List(list), false) = (row.kind, was_shown) {
                    show_list(cx, room, list);
                }
                was_shown = true;
                Ok(())
            }
            Ok(_) if !is_operator && was_refused => Ok(()),
            Ok(_) if !is_operator => {
                was_refused = true;
                Err(Refusal::NotOperator(name.to_owned()))
            }
            Ok(change) => apply(cx, name, room, change).map(|done| note(&mut logs, change, done)),
        };
        if let Err(refusal) = result {
            cx.refuse(&refusal);
        }
    }
    announce(cx, room, &logs)
}

/// Writes down a change that was made, on a new line when the last one is full.
fn note(logs: &mut Vec<ChangeLog>, change: &Change<'_>, done: Option<Done>) {
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

fn announce(cx: &mut Ctx<'_>, room: RoomId, logs: &[ChangeLog]) -> Result<(), Refusal> {
    let (source, time) = (cx.source()?, cx.time());
    let Some(name) = cx.world.room(room).map(|room| room.name.clone()) else {
        return Ok(());
    };
    for log in logs.iter().filter(|log| !log.is_empty()) {
        let mut words = vec![name.as_str(), log.letters()];
        words.extend(log.params().iter().map(String::as_str));
        cx.to_room(room, &Outgoing::new(&source, "MODE", &words, None, &time));
    }
    Ok(())
}

/// A change that was made, with the parameter to tell.
struct Done(Option<String>);

/// Makes one change; `None` if everything was so already.
fn apply(
    cx: &mut Ctx<'_>,
    name: &str,
    room: RoomId,
    change: &Change<'_>,
) -> Result<Option<Done>, Refusal> {
    let missing = || Refusal::NeedMoreParams("MODE".into());
    let letter = change.row.letter;
    match (change.row.kind, change.sign) {
        (Kind::Flag(flag), sign) => Ok(set_flag(cx, room, flag, sign)),
        (Kind::Rank(rank), sign) => set_rank(
            cx,
            name,
            room,
            rank,
            sign,
            change.param.ok_or_else(missing)?,
        ),
        (Kind::List(list), Sign::Add) => add_mask(
            cx,
            name,
            room,
            list,
            letter,
            change.param.ok_or_else(missing)?,
        ),
        (Kind::List(list), Sign::Remove) => Ok(remove_mask(
            cx,
            room,
            list,
            change.param.unwrap_or_default(),
        )),
        (Kind::Key, Sign::Add) => set_key(cx, name, room, change.param.ok_or_else(missing)?),
        (Kind::Key, Sign::Remove) => {
            let key = cx.world.room_mut(room).and_then(|room| room.key.take());
            Ok(key.map(|key| Done(Some(key.into()))))
        }
        (Kind::Limit, Sign::Add) => set_limit(cx, name, room, change.param.ok_or_else(missing)?),
        (Kind::Limit, Sign::Remove) => {
            let limit = cx.world.room_mut(room).and_then(|room| room.limit.take());
            Ok(limit.map(|_| Done(None)))
        }
    }
}

fn bad_param(room: &str, letter: char, param: &str, why: &'static str) -> Refusal {
    Refusal::BadModeParam {
        room: room.to_owned(),
        letter,
        param: param.to_owned(),
        why,
    }
}

fn set_key(cx: &mut Ctx<'_>, name: &str, room: RoomId, key: &str) -> Result<Option<Done>, Refusal> {
    let is_short = key.len() <= cx.world.config.limits.key;
    if key.is_empty() || !is_short || key.contains([' ', ',', ':']) {
        let why = "A key holds no space, comma or colon, and is neither empty nor too long";
        return Err(bad_param(name, 'k', "*", why));
    }
    let Some(room) = cx.world.room_mut(room) else {
        return Ok(None);
    };
    let old = room.key.replace(key.into());
    Ok((old.as_deref() != Some(key)).then(|| Done(Some(key.to_owned()))))
}

fn set_limit(
    cx: &mut Ctx<'_>,
    name: &str,
    room: RoomId,
    text: &str,
) -> Result<Option<Done>, Refusal> {
    let limit = text.parse().ok().filter(|limit| *limit > 0);
    let limit: u32 =
        limit.ok_or_else(|| bad_param(name, 'l', text, "A limit is a number above 0"))?;
    let old = cx
        .world
        .room_mut(room)
        .and_then(|room| room.limit.replace(limit));
    Ok((old != Some(limit)).then(|| Done(Some(limit.to_string()))))
}

fn set_flag(cx: &mut Ctx<'_>, room: RoomId, flag: Flag, sign: Sign) -> Option<Done> {
    let changed = cx.world.room_mut(room)?.flags.set(flag, sign);
    changed.then_some(Done(None))
}

fn set_rank(
    cx: &mut Ctx<'_>,
    name: &str,
    room: RoomId,
    rank: Rank,
    sign: Sign,
    nick: &str,
) -> Result<Option<Done>, Refusal> {
    let who = cx.who(nick)?;
    let member = cx
        .world
        .member_mut(who, room)
        .ok_or_else(|| Refusal::UserNotInRoom {
            nick: nick.to_owned(),
            room: name.to_owned(),
        })?;
    let changed = member.ranks.set(rank, sign);
    let nick = cx.world.user(who).map(|user| user.nick.to_string());
    Ok(changed.then_some(Done(nick)))
}

fn add_mask(
    cx: &mut Ctx<'_>,
    name: &str,
    room: RoomId,
    list: List,
    letter: char,
    mask: &str,
) -> Result<Option<Done>, Refusal> {
    let (setter, at, most) = (
        cx.source()?,
        cx.now.unix_ms / 1000,
        cx.world.config.limits.list_modes,
    );
    if mask.len() > MAX_MASK {
        return Err(bad_param(name, letter, "*", "A mask has at most 200 bytes"));
    }
    let mask = mask::complete(mask);
    let Some(room) = cx.world.room_mut(room) else {
        return Ok(None);
    };
    let entries = room.list_mut(list);
    if entries
        .iter()
        .any(|entry| entry.mask.eq_ignore_ascii_case(&mask))
    {
        return Ok(None);
    }
    if entries.len() >= most {
        return Err(Refusal::ListFull {
            room: name.to_owned(),
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
    let mask = mask::complete(mask);
    let entries = cx.world.room_mut(room)?.list_mut(list);
    let at = entries
        .iter()
        .position(|entry| entry.mask.eq_ignore_ascii_case(&mask))?;
    Some(Done(Some(entries.remove(at).mask.into())))
}

fn show_list(cx: &mut Ctx<'_>, room: RoomId, list: List) {
    let Some(room) = cx.world.room(room) else {
        return;
    };
    let (name, entries) = (room.name.clone(), room.list(list).to_vec());
    let (item, end, text) = match list {
        List::Ban => (
            Numeric::RPL_BANLIST,
            Numeric::RPL_ENDOFBANLIST,
            "End of the ban list",
        ),
    };
    for entry in entries {
        let at = entry.at.to_string();
        cx.numeric_words(item, &[name.as_str(), &entry.mask, &entry.setter, &at]);
    }
    cx.numeric(end, &[name.as_str()], text);
}
