//! What an operator does to rooms: with the functions that people's own commands use, as the server.

use crate::admin::command::govern::RoomAct;
use crate::admin::command::{Answer, Code};
use crate::proto::message::{LineLimits, Message};
use crate::proto::mode::{Change, ChangeLog, Kind, Rank, Ranks, Sign, parse_room_changes};
use crate::proto::name::{RoomName, fold};
use crate::proto::text::cut;
use crate::server::command::admin::show::room_named;
use crate::server::command::admin::{Outcome, accounts, refused};
use crate::server::command::doer::Doer;
use crate::server::command::reply::Replies;
use crate::server::command::room::change::{Asker, apply};
use crate::server::command::room::{kept, mode, rename, topic};
use crate::server::command::spec::Ctx;
use crate::server::world::World;
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::effects::Effects;
use crate::server::world::event::Now;
use crate::server::world::id::RoomId;
use crate::server::world::refusal::{self, Refusal};
use crate::server::world::room::{Room, Viewer};
use crate::store::record::Record;
use serde_json::json;

/// Modes of an archive: who has no rank is silent, the topic stays, and no list shows it.
const ARCHIVE: &str = "+mst";

/// Carries out one of them.
pub(super) fn handle(world: &mut World, out: &mut Effects, act: &RoomAct, now: Now) -> Outcome {
    if world.is_read_only {
        let text = "nothing can be stored at the moment, so nothing changes";
        return Err(refused(Code::Storage, text));
    }
    // A registered room is there for the operator also while nobody is in it.
    let woken = world.wake(act.room(), now);
    let outcome = carry_out(world, out, act, now);
    if let Some(id) = woken {
        world.end_if_empty(id);
    }
    outcome
}

fn carry_out(world: &mut World, out: &mut Effects, act: &RoomAct, now: Now) -> Outcome {
    match act {
        RoomAct::Create { room, founder } => create(world, out, room, founder, now),
        RoomAct::Delete { room, reason } => delete(world, out, room, reason.as_deref(), now),
        RoomAct::Rename { room, new, reason } => {
            let id = room_named(world, room)?;
            let old = name_of(world, id);
            let reason = reason.as_deref().unwrap_or_default();
            let names = [old.as_str(), new.as_str()];
            as_server(world, out, now, |cx, doer| {
                rename::rename(cx, id, names, reason, doer)
            })?;
            Ok(json!({"room": name_of(world, id), "before": old}))
        }
        RoomAct::Topic { room, text } => {
            let (id, text) = (room_named(world, room)?, text.join(" "));
            as_server(world, out, now, |cx, doer| topic::set(cx, id, &text, doer))?;
            let topic = world.room(id).and_then(|room| room.topic.as_ref());
            let topic = topic.map(|topic| topic.text.clone());
            Ok(json!({"room": name_of(world, id), "topic": topic}))
        }
        RoomAct::Mode { room, modes } => {
            let words: Vec<&str> = modes.iter().map(String::as_str).collect();
            change(world, out, room, &words, now)
        }
        RoomAct::Archive { room } => change(world, out, room, &[ARCHIVE], now),
    }
}

fn name_of(world: &World, id: RoomId) -> String {
    world
        .room(id)
        .map_or_else(String::new, |room| room.name.to_string())
}

/// Runs what a command does, for the server.
fn as_server<T>(
    world: &mut World,
    out: &mut Effects,
    now: Now,
    run: impl FnOnce(&mut Ctx<'_>, &Doer) -> Result<T, Refusal>,
) -> Result<T, Answer> {
    let doer = Doer::server(world);
    let line = Message::parse(b"ADMIN", LineLimits::CLIENT);
    let msg = line.expect("a verb alone is a line");
    let mut replies = Replies::default();
    let mut cx = Ctx::for_server(world, out, &mut replies, &msg, now);
    run(&mut cx, &doer).map_err(|refusal| no(&refusal))
}

/// A refusal in words for an operator.
fn no(refusal: &Refusal) -> Answer {
    let text = match refusal.answer() {
        refusal::Answer::Fail(fail) => fail.text.to_string(),
        refusal::Answer::Numeric(_, about, text) if about.is_empty() => text.into_owned(),
        refusal::Answer::Numeric(_, about, text) => format!("{}: {text}", about.join(" ")),
    };
    refused(Code::Failed, text)
}

fn create(world: &mut World, out: &mut Effects, name: &str, founder: &str, now: Now) -> Outcome {
    let founder = accounts::named(world, founder)?.account.clone();
    let wanted = RoomName::new(name, world.config.limits.room);
    let is_no_name = || refused(Code::BadRequest, format!("\"{name}\" is no name of a room"));
    let wanted = wanted.ok_or_else(is_no_name)?;
    if world.row_named(name).is_some() {
        let text = format!("The room {wanted} is registered already");
        return Err(refused(Code::Failed, text));
    }
    let live = world.room_named(name);
    let row = match live.and_then(|id| world.room(id)) {
        Some(room) => room.first_row(founder.id, now.unix_ms),
        None => Room::new(wanted, now.unix_ms).first_row(founder.id, now.unix_ms),
    };
    let shown = row.name.clone();
    world.keep(out, Record::Room(Box::new(row)));
    if let Some(id) = live {
        let theirs = world.presences_of(founder.id);
        as_server(world, out, now, |cx, _| {
            for user in theirs {
                if let Some(member) = cx.world.member(user, id) {
                    let mut ranks: Ranks = member.ranks;
                    ranks.set(Rank::Founder, Sign::Add);
                    kept::rank(cx, id, user, ranks);
                }
            }
            Ok(())
        })?;
    }
    Ok(json!({"room": shown, "founder": founder.name}))
}

/// Sends everybody out; what was said goes where nobody reads it, and in time is forgotten.
fn delete(
    world: &mut World,
    out: &mut Effects,
    name: &str,
    reason: Option<&str>,
    now: Now,
) -> Outcome {
    let live = world.room_named(name);
    if live.is_none() && world.row_named(name).is_none() {
        room_named(world, name)?;
    }
    let folded: Box<str> = fold(name).into();
    let row = world.row_named(name).map(|row| row.name.to_string());
    let shown = live.map(|id| name_of(world, id)).or(row);
    let sent_out = live.map_or(0, |id| empty(world, out, id, reason, now));
    if world.row_named(name).is_some() {
        world.keep(out, Record::RoomGone(folded.clone()));
    }
    let stamp = world.stamps.next(now.unix_ms);
    let members = world.accounts.iter();
    let members = members.filter(|held| held.rooms.contains_key(&*folded));
    let members: Vec<_> = members.map(|held| held.account.id).collect();
    for account in members {
        let (room, since) = (folded.clone(), None);
        world.keep(
            out,
            Record::Member {
                account,
                room,
                since,
            },
        );
    }
    let to = format!("{folded} {}", stamp.id.moment.0).into();
    world.keep(out, Record::RoomRenamed { from: folded, to });
    Ok(json!({"deleted": shown, "members": sent_out}))
}

/// Sends everybody out of a room, which is gone then; tells how many there were.
fn empty(
    world: &mut World,
    out: &mut Effects,
    id: RoomId,
    reason: Option<&str>,
    now: Now,
) -> usize {
    let Some(room) = world.room(id) else {
        return 0;
    };
    let (name, members) = (room.name.clone(), room.members.clone());
    let reason = reason.unwrap_or("The room is gone");
    let reason = cut(reason, world.config.limits.kick).to_owned();
    let (doer, stamp) = (Doer::server(world), world.stamps.next(now.unix_ms));
    for member in &members {
        let Some(nick) = world.user(member.user).map(|user| user.nick.clone()) else {
            continue;
        };
        // Each hears only of themselves: nobody is left who would want to know of the others.
        let words = [name.as_str(), nick.as_str()];
        let line = Outgoing::new(&doer.source, "KICK", &words, Some(&reason), &stamp.time);
        let only = [member.user].into_iter();
        world.deliver(out, &line, only, None, Filter::Everybody);
        world.belong_no_longer(out, member.user, id);
        world.leave(member.user, id);
    }
    members.len()
}

/// Changes modes, all that can be; if one cannot, that is told.
fn change(world: &mut World, out: &mut Effects, name: &str, words: &[&str], now: Now) -> Outcome {
    let id = room_named(world, name)?;
    let changes = parse_room_changes(words);
    let mut made: Vec<Change<'_>> = Vec::new();
    for change in changes {
        match change {
            Ok(change) if !is_question(&change) => made.push(change),
            Ok(change) => {
                let text = format!(
                    "+{} needs a mask; chat admin show room tells the list",
                    change.row.letter
                );
                return Err(refused(Code::BadRequest, text));
            }
            Err(letter) => {
                let text = format!("{letter} is no mode of a room");
                return Err(refused(Code::BadRequest, text));
            }
        }
    }
    as_server(world, out, now, |cx, doer| {
        let asker = Asker {
            id: None,
            setter: &doer.source,
            name,
            room: id,
            ranks: Ranks::only(Rank::Founder),
        };
        let was_closed = mode::is_closed(cx, id);
        let mut logs = vec![ChangeLog::default()];
        let mut failed = None;
        for change in &made {
            match apply(cx, &asker, change) {
                Ok(done) => mode::note(&mut logs, change, done),
                Err(refusal) => failed = failed.or(Some(refusal)),
            }
        }
        if !was_closed && mode::is_closed(cx, id) {
            cx.world.close_to_the_absent(cx.out, id);
        }
        let made: Vec<_> = made.into_iter().map(Ok).collect();
        if logs.iter().any(|log| !log.is_empty()) {
            cx.keep_room(id, &mode::ranked(cx, &made))?;
        }
        mode::announce(cx, id, &logs, doer)?;
        failed.map_or(Ok(()), Err)
    })?;
    let modes = world.room(id).map(|room| {
        let (letters, params) = room.mode_words(Viewer::Stranger);
        [vec![letters], params].concat().join(" ")
    });
    Ok(json!({"room": name_of(world, id), "modes": modes}))
}

/// Whether a change would only show a list.
fn is_question(change: &Change<'_>) -> bool {
    matches!(change.row.kind, Kind::List(_)) && matches!(change.param, None | Some(""))
}
