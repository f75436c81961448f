//! How the server is doing, and whether what it keeps is as it was stored.

use crate::admin::command::{Answer, Code};
use crate::config::StoreKind;
use crate::config::choice::Choice;
use crate::server::command::admin::refused;
use crate::server::world::World;
use crate::server::world::event::{Damage, Now};
use serde_json::{Value, json};

/// How the server is doing.
pub(super) fn status(world: &World, now: Now) -> Value {
    let (counts, identity) = (world.counts, &world.identity);
    let most = world.config.connections.most(identity.max_connections);
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "pid": identity.pid,
        "name": world.config.server.name,
        "uptime_s": now.uptime_ms.saturating_sub(world.started.uptime_ms) / 1000,
        "addresses": identity.addresses,
        "connections": {
            "current": world.session_count(),
            "peak": counts.peak_sessions,
            "limit": most,
            "accepted": counts.accepted,
        },
        "users": world.user_count(),
        "rooms": world.room_count(),
        "messages": {"received": counts.messages},
        "accounts": world.accounts.count(),
        "unread": world.accounts.iter().map(|held| held.unread.len()).sum::<usize>(),
        "storage": storage(world),
        "panics": counts.panics,
        "health": match (world.is_read_only, counts.panics) {
            (true, _) => "read_only",
            (false, 0) => "ok",
            (false, _) => "degraded",
        },
    })
}

fn storage(world: &World) -> Value {
    let store = &world.config.store;
    let is_kept = store.kind == StoreKind::Sqlite;
    json!({
        "kind": store.kind.word(),
        "sync": is_kept.then(|| store.sync.word()),
        "window_ms": is_kept.then_some(store.window.as_millis() as u64),
        "health": if world.is_read_only { "read_only" } else { "ok" },
    })
}

/// What verifying found.
pub(super) fn verified(world: &World, found: Result<Vec<Damage>, String>) -> Answer {
    let damage = match found {
        Ok(damage) => damage,
        Err(why) => return refused(Code::Failed, why),
    };
    let rows: Vec<Value> = damage
        .iter()
        .map(|found| json!({"table": found.table, "row": found.row, "what": found.what}))
        .collect();
    let data = json!({"kind": world.config.store.kind.word(), "damaged": rows});
    if damage.is_empty() {
        return Answer::ok(data);
    }
    let count = damage.len();
    let text = match count {
        1 => "1 row is not as it was stored; a backup may have it".to_owned(),
        _ => format!("{count} rows are not as they were stored; a backup may have them"),
    };
    Answer::failed(Code::Damaged, text, Vec::new()).with(data)
}
