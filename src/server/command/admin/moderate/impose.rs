//! Bans, mutes, slow mode and filters that begin.

use crate::admin::command::moderate::{Ban, Mute, Slow, Term};
use crate::admin::command::{Answer, Code};
use crate::config::oper::Role;
use crate::proto::name::{RoomName, fold, is_room};
use crate::proto::numeric::Numeric;
use crate::proto::text::cut;
use crate::server::command::admin::accounts::must_store;
use crate::server::command::admin::moderate::target::{
    hit, meant, must_be_meant, preview, risks, shown,
};
use crate::server::command::admin::moderate::{
    MODERATORS_S, described, lift, must_be_within_reach,
};
use crate::server::command::admin::{Outcome, plain, refused};
use crate::server::world::World;
use crate::server::world::depart::Kill;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, Officer};
use crate::server::world::id::UserId;
use crate::server::world::sanction::filter::is_good;
use crate::server::world::source::Voice;
use crate::store::record::Record;
use crate::store::record::sanction::{Sanction, What};
use serde_json::{Value, json};

/// Sanctions at one time, at most.
const MOST: usize = 200_000;

/// Something that begins.
struct New<'a> {
    what: What,
    term: Term,
    reason: Option<&'a str>,
}

pub(super) fn ban(
    world: &mut World,
    out: &mut Effects,
    by: &Officer,
    ban: &Ban,
    now: Now,
) -> Outcome {
    let whom = meant(world, &ban.target)?;
    let hit = hit(world, &whom);
    if ban.consent.dry_run {
        return Ok(preview(world, &whom, &hit, by));
    }
    must_be_short(by, ban.duration)?;
    must_be_meant(&ban.consent, &risks(world, &whom, &hit, by))?;
    let matches = shown(world, &hit);
    let new = New {
        what: What::Ban(whom),
        term: ban.duration,
        reason: ban.reason.as_deref(),
    };
    let mut told = impose(world, out, by, new, now)?;
    let kicked = match ban.kick {
        true => put_out(world, out, &hit, ban.reason.as_deref(), now),
        false => 0,
    };
    add(&mut told, "matches", json!(matches));
    add(&mut told, "kicked", json!(kicked));
    Ok(told)
}

pub(super) fn mute(
    world: &mut World,
    out: &mut Effects,
    by: &Officer,
    mute: &Mute,
    now: Now,
) -> Outcome {
    let is_of_room = is_room(&mute.target);
    let (what, matches) = if is_of_room {
        let room = room_name(world, &mute.target)?;
        (What::Hush { room }, Vec::new())
    } else {
        let whom = meant(world, &mute.target)?;
        let hit = hit(world, &whom);
        if mute.consent.dry_run {
            return Ok(preview(world, &whom, &hit, by));
        }
        must_be_meant(&mute.consent, &risks(world, &whom, &hit, by))?;
        (What::Mute(whom), shown(world, &hit))
    };
    if mute.consent.dry_run {
        let target = what.to_string();
        let connected = world.user_count();
        return Ok(json!({"dry_run": true, "target": target, "matches": [],
            "connected": connected, "risks": []}));
    }
    must_be_short(by, mute.duration)?;
    let new = New {
        what,
        term: mute.duration,
        reason: mute.reason.as_deref(),
    };
    let mut told = impose(world, out, by, new, now)?;
    add(&mut told, "matches", json!(matches));
    Ok(told)
}

pub(super) fn slow(
    world: &mut World,
    out: &mut Effects,
    by: &Officer,
    slow: &Slow,
    now: Now,
) -> Outcome {
    let room = room_name(world, &slow.room)?;
    let what = What::Slow {
        room,
        seconds: slow.seconds,
    };
    if slow.seconds == 0 {
        return lift::slow(world, out, by, &what, now);
    }
    let new = New {
        what,
        term: Term(None),
        reason: slow.reason.as_deref(),
    };
    impose(world, out, by, new, now)
}

pub(super) fn filter(
    world: &mut World,
    out: &mut Effects,
    by: &Officer,
    words: &str,
    room: Option<&str>,
    reason: Option<&str>,
    now: Now,
) -> Outcome {
    if words.len() > 200 || !is_good(words) {
        let text =
            "a filter is one to ten words, each with a letter or digit, in at most 200 bytes";
        return Err(refused(Code::BadRequest, text));
    }
    let room = room.map(|room| room_name(world, room)).transpose()?;
    let words = words.to_lowercase().into();
    let new = New {
        what: What::Filter { words, room },
        term: Term(None),
        reason,
    };
    impose(world, out, by, new, now)
}

/// The folded name of a room; it need not exist now.
fn room_name(world: &World, name: &str) -> Result<Box<str>, Answer> {
    match RoomName::new(name, world.config.limits.room) {
        Some(name) => Ok(fold(name.as_str()).into()),
        None => {
            let text = format!("\"{name}\" is no name of a room, like #lobby");
            Err(refused(Code::BadRequest, text))
        }
    }
}

/// A moderator keeps nobody out for longer than a day.
fn must_be_short(by: &Officer, term: Term) -> Result<(), Answer> {
    let is_short = term.0.is_some_and(|seconds| seconds <= MODERATORS_S);
    match is_short || by.role > Role::Moderator {
        true => Ok(()),
        false => {
            let role = by.role.name();
            let text = format!(
                "Not allowed: you are {by}; role \"{role}\" can do this for up to 24h; say how long"
            );
            Err(refused(Code::NotAllowed, text))
        }
    }
}

/// Keeps it, in place of one about the same.
fn impose(world: &mut World, out: &mut Effects, by: &Officer, new: New<'_>, now: Now) -> Outcome {
    must_store(world)?;
    let before = world.sanctions.like(&new.what);
    if let Some(before) = before {
        must_be_within_reach(by, &before.sanction)?;
    }
    let (is_new, before) = (before.is_none(), before.map(|held| held.sanction.id));
    if is_new && (world.sanctions.iter().count() >= MOST || world.sanctions.is_full(&new.what)) {
        let text = "there is no room for more of these; lift some, or name a network or an account";
        return Err(refused(Code::Failed, text));
    }
    let reason = new.reason.unwrap_or_default().trim();
    let reason = plain(reason);
    let reason = cut(&reason, world.config.limits.kick);
    let id = before.unwrap_or_else(|| world.sanctions.next_id());
    let length_ms = new.term.0.map(|seconds| seconds.saturating_mul(1000));
    let sanction = Sanction {
        id,
        what: new.what,
        by: by.name.clone(),
        at_ms: now.unix_ms,
        until_ms: length_ms.map(|length| now.unix_ms.saturating_add(length)),
        reason: (!reason.is_empty()).then(|| reason.into()),
        hits: 0,
    };
    world.sanctions.observe(now);
    world.keep(out, Record::Sanction(Box::new(sanction)));
    let held = world.sanctions.get(id);
    let mut told = held.map_or(Value::Null, |held| described(held, now));
    add(&mut told, "replaced", json!(!is_new));
    Ok(told)
}

/// Adds a field.
fn add(object: &mut Value, key: &str, value: Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}

/// Disconnects those who are banned now: 465, KILL, ERROR. Operators stay. Tells how many went.
fn put_out(
    world: &mut World,
    out: &mut Effects,
    users: &[UserId],
    reason: Option<&str>,
    now: Now,
) -> usize {
    let reason = reason.map(plain);
    let reason = reason
        .as_deref()
        .map(|reason| cut(reason, world.config.limits.kick));
    let (quit, reason) = match reason.filter(|reason| !reason.is_empty()) {
        Some(reason) => (format!("Banned: {reason}"), reason),
        None => ("Banned".to_owned(), "You are banned"),
    };
    let server = world.config.server.name.clone();
    let time = world.stamps.time(now.unix_ms);
    let mut count = 0;
    for id in users {
        let Some(user) = world
            .user(*id)
            .filter(|user| !world.is_exempt_with_any(user))
        else {
            continue;
        };
        for session in user.sessions.clone() {
            let verdict = world.ban_on(session, now);
            let text = verdict.map_or_else(|| quit.clone(), |verdict| verdict.text);
            let numeric = Numeric::ERR_YOUREBANNEDCREEP;
            world.numeric_to(out, session, numeric, &[], &text, &time);
        }
        let kill = Kill {
            source: Voice::from(&server),
            reason,
            quit: &quit,
        };
        world.kill(out, *id, &kill, now);
        count += 1;
    }
    count
}
