//! The server as a service: emptied, stopped, read again; and what is looked up outside the world.

use crate::admin::command::service::{Drain, Reload};
use crate::admin::command::{Answer, Code};
use crate::server::command::admin::Errand;
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Ask, Chore, Now};
use crate::server::world::overrides::Key;
use crate::server::world::task::{Symptoms, Task};
use serde_json::{Value, json};

/// Has something looked up, which is then the answer.
pub(super) fn look_up(out: &mut Effects, errand: Errand<'_>, task: Task) -> Option<Answer> {
    out.ask_for(errand.ticket, Chore::Service, Ask::Service(task));
    None
}

/// Finds out what would change, and then lets it, unless that alone was asked for.
pub(super) fn reload(out: &mut Effects, errand: Errand<'_>, reload: &Reload) -> Option<Answer> {
    let chore = match reload.dry_run {
        true => Chore::Compared,
        false => Chore::Plan,
    };
    out.ask_for(errand.ticket, chore, Ask::Service(Task::Plan));
    None
}

/// What differs from the file, with what `limits` has set: that counts on, whatever the file says.
pub(super) fn compared(world: &World, mut answer: Answer) -> Answer {
    let is_set = |key: &Value| {
        let key = key.as_str().and_then(Key::named);
        key.is_some_and(|key| world.overrides.of(key).is_some())
    };
    match &mut answer.data {
        Some(Value::Array(rows)) => {
            for row in rows.iter_mut().filter_map(Value::as_object_mut) {
                let is_set = row.get("key").is_some_and(is_set);
                row.insert("overridden".into(), is_set.into());
            }
        }
        Some(Value::Object(plan)) => {
            if let Some(Value::Array(changed)) = plan.get_mut("changed") {
                changed.retain(|key| !is_set(key));
            }
        }
        _ => {}
    }
    answer
}

/// It is known what would change: the configuration is read again, if it has no faults.
pub(super) fn read_again(out: &mut Effects, errand: Errand<'_>, plan: Answer) -> Option<Answer> {
    match plan.data {
        Some(data) if plan.ok => {
            let chore = Chore::Reload(Box::new(data));
            out.ask_for(errand.ticket, chore, Ask::Reload);
            None
        }
        _ => Some(plan),
    }
}

/// The configuration was read again.
pub(super) fn reloaded(mut plan: Value, lines: Vec<String>, is_done: bool) -> Answer {
    if !is_done {
        let mut refused = Answer::failed(Code::BadConfig, lines.join("\n"), Vec::new());
        refused.data = Some(plan);
        return refused;
    }
    if let Some(plan) = plan.as_object_mut() {
        plan.insert("applied".into(), true.into());
    }
    Answer::ok(plan)
}

/// What the world knows of its own health.
pub(super) fn symptoms(world: &World, now: Now) -> Symptoms {
    Symptoms {
        is_read_only: world.is_read_only,
        panics: world.counts.panics,
        connections: world.session_count(),
        most: world
            .config
            .connections
            .most(world.identity.max_connections),
        ahead_ms: world.stamps.ahead_ms(now.unix_ms),
    }
}

/// Empties the server.
pub(super) fn drain(world: &mut World, out: &mut Effects, drain: &Drain, now: Now) -> Answer {
    let message = drain.message.as_deref();
    let count = world.begin_drain(out, drain.within, message, now);
    Answer::ok(json!({"draining": true, "connections": count, "within_s": drain.within}))
}

/// Lets people in again.
pub(super) fn undrain(world: &mut World) -> Answer {
    let was_draining = world.end_drain();
    Answer::ok(json!({"draining": false, "was_draining": was_draining}))
}

/// Stops the server; without a time, in the one that the configuration gives.
pub(super) fn stop(
    world: &World,
    out: &mut Effects,
    errand: Errand<'_>,
    within: Option<u64>,
    at_once: bool,
) -> Option<Answer> {
    let grace = world.config.server.shutdown_grace.as_secs();
    let seconds = match at_once {
        true => 0,
        false => within.unwrap_or(grace),
    };
    let data = json!({"stopping": true, "within_s": seconds, "pid": world.identity.pid});
    out.answer(errand.ticket, Answer::ok(data));
    out.stop(seconds);
    None
}
