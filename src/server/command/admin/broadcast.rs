//! A notice to everybody, to a room, or to some.

use crate::admin::command::people::Broadcast;
use crate::admin::command::{Answer, Code};
use crate::proto::message::MAX_LINE;
use crate::server::command::admin::kick::room_named;
use crate::server::command::admin::{plain, refused, similar};
use crate::server::world::World;
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::effects::Effects;
use crate::server::world::event::Now;
use crate::server::world::id::UserId;
use serde_json::{Value, json};

pub(super) fn broadcast(
    world: &mut World,
    out: &mut Effects,
    asked: &Broadcast,
    now: Now,
) -> Answer {
    let text = asked.text.join(" ");
    let text = plain(&text);
    if text.trim().is_empty() {
        return refused(Code::BadRequest, "there is no text to send");
    }
    if let Err(too_long) = must_fit(world, &text, asked.urgent) {
        return too_long;
    }
    let (users, missing) = match receivers(world, asked) {
        Ok(found) => found,
        Err(no_room) => return no_room,
    };
    let (server, time) = (
        world.config.server.name.clone(),
        world.stamps.time(now.unix_ms),
    );
    for id in &users {
        let Some(nick) = world.user(*id).map(|user| user.nick.clone()) else {
            continue;
        };
        let (words, said) = ([nick.as_str()], said(nick.as_str(), &text, asked.urgent));
        let line = Outgoing::new(&server, "NOTICE", &words, Some(&said), &time);
        world.deliver(out, &line, [*id].into_iter(), None, Filter::Everybody);
    }
    told(&users, &missing)
}

fn told(users: &[UserId], missing: &[(String, Vec<String>)]) -> Answer {
    let failed: Vec<Value> = missing
        .iter()
        .map(|(name, hint)| json!({"name": name, "hint": hint}))
        .collect();
    let wanted = users.len() + failed.len();
    let data = json!({"recipients": users.len(), "wanted": wanted, "failed": failed});
    match missing.first() {
        None => Answer::ok(data),
        Some((name, hint)) => {
            let text = format!("No user \"{name}\" is connected");
            let code = match users.is_empty() {
                true => Code::NoSuchUser,
                false => Code::Partly,
            };
            Answer::failed(code, text, hint.clone()).with(data)
        }
    }
}

/// Who gets it, each once, and who is not there.
type Receivers = (Vec<UserId>, Vec<(String, Vec<String>)>);

fn receivers(world: &World, asked: &Broadcast) -> Result<Receivers, Answer> {
    let is_here = |id: &UserId| {
        world
            .user(*id)
            .is_some_and(|user| !user.sessions.is_empty())
    };
    if let Some(room) = &asked.room {
        let room = world.room(room_named(world, room)?);
        let members = room.into_iter().flat_map(|room| &room.members);
        let users = members.map(|member| member.user).filter(is_here);
        return Ok((users.collect(), Vec::new()));
    }
    if asked.user.is_empty() {
        let users = world.users().map(|(id, _)| id).filter(is_here);
        return Ok((users.collect(), Vec::new()));
    }
    let (mut users, mut missing) = (Vec::new(), Vec::new());
    for name in asked.user.iter().filter(|name| !name.is_empty()) {
        match world.nick_owner(name).filter(is_here) {
            Some(id) if users.contains(&id) => {}
            Some(id) => users.push(id),
            None => missing.push((name.clone(), similar(world, name))),
        }
    }
    Ok((users, missing))
}

/// What somebody reads; with their name first, clients call them.
fn said(nick: &str, text: &str, is_urgent: bool) -> String {
    match is_urgent {
        true => format!("{nick}: {text}"),
        false => text.to_owned(),
    }
}

/// Nothing is cut off, whoever reads it.
fn must_fit(world: &World, text: &str, is_urgent: bool) -> Result<(), Answer> {
    let server = &world.config.server.name;
    let longest_nick = "n".repeat(world.config.limits.nick);
    let (words, said) = (
        [longest_nick.as_str()],
        said(&longest_nick, text, is_urgent),
    );
    let longest = Outgoing::new(server, "NOTICE", &words, Some(&said), "").body_len();
    match longest.checked_sub(MAX_LINE).filter(|beyond| *beyond > 0) {
        None => Ok(()),
        Some(beyond) => {
            let (bytes, most) = (text.len(), text.len().saturating_sub(beyond));
            let told =
                format!("the text has {bytes} bytes and {most} fit on a line; send it in parts");
            Err(refused(Code::BadRequest, told))
        }
    }
}
