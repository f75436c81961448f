//! Disconnecting people, or putting them out of a room.

use crate::admin::command::people::Kick;
use crate::admin::command::{Answer, Code};
use crate::proto::text::cut;
use crate::server::command::admin::{address, near, plain, similar};
use crate::server::world::World;
use crate::server::world::depart;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::room::Room;
use crate::server::world::source::Voice;
use crate::store::record::account::AccountId;
use serde_json::{Value, json};

/// Somebody who is not there.
struct Missing {
    name: String,
    why: String,
    hint: Vec<String>,
}

pub(super) fn kick(world: &mut World, out: &mut Effects, kick: &Kick, now: Now) -> Answer {
    let room = match kick.room.as_deref().map(|room| room_named(world, room)) {
        Some(Err(no_room)) => return no_room,
        Some(Ok(room)) => Some(room),
        None => None,
    };
    let reason = kick.reason.as_deref();
    let (mut kicked, mut missing) = (Vec::new(), Vec::new());
    for name in &kick.names {
        let done = match (session_named(name), room) {
            (Some(session), None) => end_session(world, out, session, name, reason, now),
            (_, Some(room)) => put_out(world, out, room, name, reason, now),
            (None, None) if kick.all_sessions => end_all(world, out, name, reason, now),
            (None, None) => end_user(world, out, name, reason, now),
        };
        match done {
            Ok(some) => kicked.extend(some),
            Err(who) => missing.push(who),
        }
    }
    told(kicked, missing)
}

fn told(kicked: Vec<Value>, missing: Vec<Missing>) -> Answer {
    let Some(first) = missing.first() else {
        return Answer::ok(json!({"kicked": kicked, "missing": []}));
    };
    let (text, hint) = (first.why.clone(), first.hint.clone());
    if kicked.is_empty() {
        return Answer::failed(Code::NoSuchUser, text, hint);
    }
    let missing: Vec<Value> = missing
        .iter()
        .map(|who| json!({"name": who.name, "why": who.why, "hint": who.hint}))
        .collect();
    let data = json!({"kicked": kicked, "missing": missing});
    Answer::failed(Code::Partly, text, hint).with(data)
}

/// The room of this name, or those that are near.
pub(super) fn room_named(world: &World, name: &str) -> Result<RoomId, Answer> {
    world.room_named(name).ok_or_else(|| {
        let names = world
            .rooms()
            .map(|(_, room): (RoomId, &Room)| room.name.as_str());
        let hint = near(name, names, 2 * world.config.limits.room);
        let text = format!("There is no room \"{name}\" now");
        Answer::failed(Code::NoSuchRoom, text, hint)
    })
}

/// The session that `#3.1` names, or `3.1`: no name of a user begins with a digit.
fn session_named(text: &str) -> Option<SessionId> {
    let (index, generation) = text.trim_start_matches('#').split_once('.')?;
    Some(SessionId {
        index: index.parse().ok()?,
        generation: generation.parse().ok()?,
    })
}

fn missing(world: &World, name: &str) -> Missing {
    Missing {
        name: name.to_owned(),
        why: format!("No user \"{name}\" is connected"),
        hint: similar(world, name),
    }
}

fn end_session(
    world: &mut World,
    out: &mut Effects,
    session: SessionId,
    name: &str,
    reason: Option<&str>,
    now: Now,
) -> Result<Vec<Value>, Missing> {
    let device = world.session(session).ok_or_else(|| Missing {
        name: name.to_owned(),
        why: format!("No session \"{name}\" is open"),
        hint: Vec::new(),
    })?;
    let user = device.user().and_then(|id| world.user(id));
    let shown = user.map(|user| user.nick.to_string());
    let address = device.peer.address.clone();
    let words = Words::of(world, reason);
    world.expel(out, session, &words.quit, now);
    let shown = shown.unwrap_or_else(|| name.to_owned());
    Ok(vec![
        json!({"name": shown, "address": address, "sessions": 1, "room": null}),
    ])
}

fn end_user(
    world: &mut World,
    out: &mut Effects,
    name: &str,
    reason: Option<&str>,
    now: Now,
) -> Result<Vec<Value>, Missing> {
    let id = world.nick_owner(name);
    let id = id.ok_or_else(|| missing(world, name))?;
    Ok(disconnect(world, out, id, reason, now)
        .into_iter()
        .collect())
}

/// Ends everything of a user's account, under whatever name it is here.
fn end_all(
    world: &mut World,
    out: &mut Effects,
    name: &str,
    reason: Option<&str>,
    now: Now,
) -> Result<Vec<Value>, Missing> {
    let user = world.nick_owner(name);
    let login = user.and_then(|id| world.user(id)?.account.as_ref());
    let named = world.accounts.named(name).map(|held| held.account.id);
    let account: Option<AccountId> = login.map(|login| login.id).or(named);
    let Some(account) = account else {
        return end_user(world, out, name, reason, now);
    };
    let mut all = world.presences_of(account);
    all.extend(user.filter(|id| !all.contains(id)));
    let mut gone: Vec<Value> = Vec::new();
    for id in all {
        gone.extend(disconnect(world, out, id, reason, now));
    }
    let words = Words::of(world, reason);
    for session in world.sessions_of(account) {
        // Logged in, and not let in yet.
        world.expel(out, session, &words.quit, now);
    }
    match gone.is_empty() {
        true => Err(missing(world, name)),
        false => Ok(gone),
    }
}

fn put_out(
    world: &mut World,
    out: &mut Effects,
    room: RoomId,
    name: &str,
    reason: Option<&str>,
    now: Now,
) -> Result<Vec<Value>, Missing> {
    let id = world.nick_owner(name);
    let id = id.ok_or_else(|| missing(world, name))?;
    let shown = world.room(room).map(|room| room.name.to_string());
    let shown = shown.unwrap_or_default();
    let nick = world.user(id).map(|user| user.nick.to_string());
    let words = Words::of(world, reason);
    match world.put_out_of(out, id, room, &words.reason, now) {
        Some(()) => Ok(vec![
            json!({"name": nick, "address": null, "sessions": 0, "room": shown}),
        ]),
        None => Err(Missing {
            name: name.to_owned(),
            why: format!("{name} is not in {shown}"),
            hint: Vec::new(),
        }),
    }
}

/// What is told of it.
struct Words {
    /// To who goes.
    reason: String,
    /// To the others.
    quit: String,
}

impl Words {
    fn of(world: &World, reason: Option<&str>) -> Self {
        let reason = reason.map(plain);
        let reason = reason
            .as_deref()
            .filter(|reason| !reason.is_empty())
            .map(|reason| cut(reason, world.config.limits.kick));
        let quit = match reason {
            Some(reason) => format!("Killed by an operator: {reason}"),
            None => "Killed by an operator".to_owned(),
        };
        let reason = reason.unwrap_or("Removed by an operator").to_owned();
        Self { reason, quit }
    }
}

/// Ends every session of a user: KILL, ERROR, close; the others see QUIT.
pub(super) fn disconnect(
    world: &mut World,
    out: &mut Effects,
    id: UserId,
    reason: Option<&str>,
    now: Now,
) -> Option<Value> {
    let user = world.user(id)?;
    let (nick, sessions, address) = (user.nick.clone(), user.sessions.len(), address(world, user));
    let words = Words::of(world, reason);
    let server = world.config.server.name.clone();
    let kill = depart::Kill {
        source: Voice::from(&server),
        reason: &words.reason,
        quit: &words.quit,
    };
    world.kill(out, id, &kill, now);
    Some(json!({"name": nick.as_str(), "address": address, "sessions": sessions, "room": null}))
}
