//! Everything about one user or one room.

use crate::admin::command::look::Show;
use crate::admin::command::{Answer, Code};
use crate::proto::mode::List;
use crate::proto::time;
use crate::server::command::admin::list::{room_row, user_row, version};
use crate::server::command::admin::{Outcome, files, near, similar};
use crate::server::world::World;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::load::Loads;
use crate::server::world::room::{Entry, Room};
use crate::server::world::session::Session;
use crate::server::world::user::User;
use serde_json::{Value, json};

/// Shows what is asked for.
pub(super) fn show(world: &World, what: &Show, loads: &Loads, now: Now) -> Outcome {
    match what {
        Show::User { name } => {
            let id = user_named(world, name)?;
            let found = world.user(id).map(|found| user(world, found, loads, now));
            Ok(found.unwrap_or_default())
        }
        Show::File { file } => files::show(world, file),
        Show::Room { room: name } => {
            let found = world.look_at_room(name, |found| room(world, found));
            found.ok_or_else(|| no_room(world, name))
        }
    }
}

/// Who is here under this name, or the names that are near.
pub(super) fn user_named(world: &World, name: &str) -> Result<UserId, Answer> {
    world.nick_owner(name).ok_or_else(|| {
        let text = format!("No user \"{name}\" is connected");
        Answer::failed(Code::NoSuchUser, text, similar(world, name))
    })
}

/// The room of this name, or the names that are near.
pub(super) fn room_named(world: &World, name: &str) -> Result<RoomId, Answer> {
    world.room_named(name).ok_or_else(|| no_room(world, name))
}

fn no_room(world: &World, name: &str) -> Answer {
    let live = world.rooms().map(|(_, room)| room.name.as_str());
    let names = live.chain(world.empty_rooms().map(|row| &*row.name));
    let hint = near(name, names, world.config.limits.room);
    let text = format!("There is no room \"{name}\"");
    Answer::failed(Code::NoSuchRoom, text, hint)
}

fn user(world: &World, user: &User, loads: &Loads, now: Now) -> Value {
    let mut told = user_row(world, user, loads.of(&user.sessions), now);
    let rooms: Vec<Value> = user
        .rooms
        .iter()
        .filter_map(|membership| {
            let room = world.room(membership.room)?;
            let ranks = room.members.get(membership.place)?.ranks;
            let ranks: String = ranks.letters().collect();
            Some(json!({"name": room.name.as_str(), "ranks": ranks}))
        })
        .collect();
    let sessions = user
        .sessions
        .iter()
        .filter_map(|id| Some(device(*id, world.session(*id)?, loads, now)));
    let sessions: Vec<Value> = sessions.collect();
    let operator = user.operator.as_ref();
    let more = json!({
        "user": &*user.username,
        "host": &*user.host,
        "realname": &*user.realname,
        "modes": user.mode_letters(),
        "operator": operator.map(|operator| json!({"name": &*operator.name, "role": operator.role.name()})),
        "memberships": rooms,
        "devices": sessions,
        "silenced": user.silenced.len(),
        "metadata": user.metadata,
    });
    if let (Value::Object(told), Value::Object(more)) = (&mut told, more) {
        told.extend(more);
    }
    told
}

fn device(id: SessionId, session: &Session, loads: &Loads, now: Now) -> Value {
    let load = loads.of(&[id]);
    json!({
        "id": id.to_string(),
        "address": session.peer.address,
        "web": session.peer.is_web,
        "tls": version(session),
        "connected_s": now.uptime_ms.saturating_sub(session.opened.uptime_ms) / 1000,
        "heard_s": now.uptime_ms.saturating_sub(session.heard_ms) / 1000,
        "capabilities": session.caps.names().collect::<Vec<_>>(),
        "queue": load.queued,
        "sent": load.said,
        "received": load.told,
        "lag_ms": load.lag_ms,
    })
}

fn room(world: &World, room: &Room) -> Value {
    let mut told = room_row(room);
    let mut members: Vec<(&str, String)> = room
        .members
        .iter()
        .filter_map(|member| {
            let user = world.user(member.user)?;
            Some((user.nick.as_str(), member.ranks.letters().collect()))
        })
        .collect();
    members.sort_unstable();
    let members = members.into_iter();
    let members = members.map(|(name, ranks)| json!({"name": name, "ranks": ranks}));
    let row = world.row_named(room.name.as_str());
    let founder = row.and_then(|row| world.accounts.get(row.founder));
    let more = json!({
        "topic_by": room.topic.as_ref().map(|topic| &topic.setter),
        "topic_at": room.topic.as_ref().map(|topic| time::to_text(topic.at.saturating_mul(1000))),
        "has_key": room.key.is_some(),
        "limit": room.limit,
        "forward": room.forward.as_ref().map(|room| room.as_str()),
        "registered": row.map(|row| time::to_text(row.registered_ms)),
        "founder": founder.map(|held| &*held.account.name),
        "bans": masks(room.list(List::Ban)),
        "exceptions": masks(room.list(List::Exception)),
        "invitations": masks(room.list(List::Invitation)),
        "who": members.collect::<Vec<_>>(),
        "metadata": room.metadata,
    });
    if let (Value::Object(told), Value::Object(more)) = (&mut told, more) {
        told.extend(more);
    }
    told
}

fn masks(list: &[Entry]) -> Vec<Value> {
    let row = |entry: &Entry| {
        let at = time::to_text(entry.at.saturating_mul(1000));
        json!({"mask": &*entry.mask, "by": &*entry.setter, "at": at})
    };
    list.iter().map(row).collect()
}
