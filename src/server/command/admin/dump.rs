//! The last lines of one connection, for an operator who looks for a fault.

use crate::admin::command::Answer;
use crate::admin::command::govern::Dump;
use crate::proto::time;
use crate::server::command::admin::Outcome;
use crate::server::command::admin::show::user_named;
use crate::server::world::World;
use crate::server::world::event::{Ask, SessionId};
use crate::server::world::raw::{Dumped, RawLine, Way};
use serde_json::{Value, json};

/// What has to be asked for it.
pub(super) fn question(world: &World, asked: &Dump) -> Result<Ask, Answer> {
    let Dump::Client { name, limit, stop } = asked;
    let user = world.user(user_named(world, name)?);
    let sessions: Vec<SessionId> = user.map_or_else(Vec::new, |user| user.sessions.to_vec());
    Ok(Ask::Raw {
        sessions,
        count: if *stop { None } else { Some(*limit as usize) },
    })
}

/// What was recorded.
pub(super) fn told(asked: &Dump, dumped: &Dumped) -> Outcome {
    let Dump::Client { name, stop, .. } = asked;
    let row = |line: &RawLine| -> Value {
        let way = match line.way {
            Way::In => "in",
            Way::Out => "out",
        };
        json!({"time": time::to_text(line.unix_ms), "way": way, "line": line.text})
    };
    Ok(json!({
        "client": name,
        "recording": !stop,
        "since": dumped.since_ms.map(time::to_text),
        "lines": dumped.lines.iter().map(row).collect::<Vec<_>>(),
    }))
}
