//! Verbs that read what was said, change rooms, and open or close the server step by step.

use crate::admin::command::govern::{Govern, History};
use crate::admin::command::{Answer, Code};
use crate::config::oper::Role;
use crate::server::command::admin::{Errand, Outcome, answered, dump, past, refused, rooms};
use crate::server::world::World;
use crate::server::world::defcon::Defcon;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Ask, Chore, Now};
use crate::server::world::overrides::{KEYS, Key, Overrides, Set};
use serde_json::{Value, json};
use std::sync::Arc;

/// The lowest role that may have it done.
pub(super) fn needs(act: &Govern) -> Role {
    match act {
        Govern::Limits { value: None, .. } | Govern::Defcon { level: None } => Role::Viewer,
        Govern::History(asked) if asked.two().is_none() => Role::Moderator,
        Govern::Redact { .. } => Role::Moderator,
        Govern::History(_)
        | Govern::Dump(_)
        | Govern::Room(_)
        | Govern::Limits { .. }
        | Govern::Defcon { .. } => Role::Admin,
    }
}

/// Carries out one of them; `None`: it goes on with what the store answers.
pub(super) fn handle(
    world: &mut World,
    out: &mut Effects,
    errand: Errand<'_>,
    act: &Govern,
    now: Now,
) -> Option<Answer> {
    let outcome = match act {
        Govern::History(asked) => match past::question(world, asked, now) {
            Ok(query) => return wait(out, errand, act, Ask::Read(Box::new(query))),
            Err(answer) => Err(answer),
        },
        Govern::Redact { msgid, .. } => match past::which(world, msgid) {
            Ok(query) => return wait(out, errand, act, Ask::Read(Box::new(query))),
            Err(answer) => Err(answer),
        },
        Govern::Dump(asked) => match dump::question(world, asked) {
            Ok(ask) => return wait(out, errand, act, ask),
            Err(answer) => Err(answer),
        },
        Govern::Room(act) => rooms::handle(world, out, act, now),
        Govern::Defcon { level } => Ok(defcon(world, *level)),
        Govern::Limits { key: None, .. } => Ok(KEYS.iter().map(|key| limit(world, key)).collect()),
        Govern::Limits {
            key: Some(key),
            value: None,
        } => named(key).map(|key| Value::Array(vec![limit(world, key)])),
        Govern::Limits {
            key: Some(key),
            value: Some(value),
        } => match set(world, key, value) {
            Ok(()) => return wait(out, errand, act, Ask::Overrule),
            Err(answer) => Err(answer),
        },
    };
    Some(answered(outcome))
}

fn wait(out: &mut Effects, errand: Errand<'_>, act: &Govern, ask: Ask) -> Option<Answer> {
    out.ask_for(errand.ticket, Chore::Govern(Box::new(act.clone())), ask);
    None
}

/// Says what is closed from now on, or is closed now.
fn defcon(world: &mut World, level: Option<u8>) -> Value {
    let before = world.defcon;
    if let Some(level) = level.and_then(Defcon::of) {
        world.defcon = level;
    }
    json!({
        "level": world.defcon.level(),
        "meaning": world.defcon.meaning(),
        "before": level.map(|_| before.level()),
    })
}

fn named(name: &str) -> Result<&'static Key, Answer> {
    Key::named(name).ok_or_else(|| {
        let names = KEYS.iter().map(|key| key.name.to_owned()).collect();
        let text = format!("\"{name}\" is no limit that can be set while the server runs");
        Answer::failed(Code::BadRequest, text, names)
    })
}

/// Notes what is to count; it does when the doors and sockets know it too.
fn set(world: &mut World, name: &str, value: &str) -> Result<(), Answer> {
    let key = named(name)?;
    let mut config = world.config.as_ref().clone();
    if value == "default" {
        if let Some(set) = world.overrides.clear(key) {
            Overrides::put(&mut config, key, set.before);
        }
    } else {
        let value = key.parse(value);
        let value = value.map_err(|why| refused(Code::BadRequest, why))?;
        world.overrides.set(key, value, &config);
        Overrides::put(&mut config, key, Some(value));
    }
    world.config = Arc::new(config);
    Ok(())
}

/// One limit: what counts, and what the file says.
pub(super) fn limit(world: &World, key: &Key) -> Value {
    let set: Option<Set> = world.overrides.of(key);
    let counts = key.of(&world.config);
    json!({
        "key": key.name,
        "value": counts,
        "file": set.map_or(counts, |set| set.before),
        "overridden": set.is_some(),
    })
}

/// The limits count now.
pub(super) fn limits_set(world: &World, key: Option<&str>) -> Outcome {
    let key = named(key.unwrap_or_default())?;
    Ok(Value::Array(vec![limit(world, key)]))
}

/// Whether all that is asked for may be told to somebody of any role.
pub(super) fn is_authorised(asked: &History) -> Result<(), Answer> {
    if asked.two().is_none() || asked.i_am_authorised {
        return Ok(());
    }
    let text = "What two people said to each other is theirs; if you may read it, say --i-am-authorised. That you did is recorded";
    Err(refused(Code::NotAllowed, text))
}
