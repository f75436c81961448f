//! How the server is doing, and whether what it keeps is as it was stored.

use crate::admin::command::{Answer, Code};
use crate::config::StoreKind;
use crate::config::choice::Choice;
use crate::proto::time;
use crate::server::command::admin::refused;
use crate::server::command::admin::stats::{lately, latency, per_second, rejected};
use crate::server::world::World;
use crate::server::world::event::{Damage, Now, SessionId};
use crate::server::world::secured::Certificate;
use serde_json::{Value, json};

/// Spans over which the present is told.
const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;

/// How the server is doing; `disk` is what its store takes and has left.
pub(super) fn status(world: &mut World, disk: Option<Value>, now: Now) -> Value {
    world.publish(now);
    let (counts, identity) = (world.counts, &world.identity);
    let (gauges, minute, hour) = (
        &identity.gauges,
        lately(world, MINUTE_MS, now),
        lately(world, HOUR_MS, now),
    );
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
            "refused": gauges.rejected_in_all(),
            "refused_by": rejected(gauges),
            "slow": gauges.slow.get(),
            "queued": gauges.queued.get(),
        },
        "users": world.user_count(),
        "rooms": world.room_count(),
        "messages": {"received": counts.messages, "per_s": per_second(minute.messages, minute.uptime_ms)},
        "acknowledged": latency(&hour.acknowledged),
        "accounts": world.accounts.count(),
        "unread": world.accounts.iter().map(|held| held.unread.len()).sum::<usize>(),
        "storage": storage(world, disk.as_ref()),
        "backup": identity.backed_up_ms.map(|at_ms| backed_up(at_ms, now)),
        "panics": counts.panics,
        "tls": world.certificates.iter().map(|it| certificate(it, now)).collect::<Vec<_>>(),
        "defcon": world.defcon.level(),
        "in_clear_text": in_clear_text(world),
        "health": match (world.is_read_only, counts.panics) {
            (true, _) => "read_only",
            (false, 0) => "ok",
            (false, _) => "degraded",
        },
    })
}

/// When the last backup was made.
fn backed_up(at_ms: u64, now: Now) -> Value {
    let age_s = now.unix_ms.saturating_sub(at_ms) / 1000;
    json!({"at": time::to_text(at_ms), "age_s": age_s})
}

fn certificate(certificate: &Certificate, now: Now) -> Value {
    let ends_s = u64::try_from(certificate.ends_s).unwrap_or_default();
    let left_s = ends_s.saturating_sub(now.unix_ms / 1000);
    json!({
        "names": certificate.names,
        "fingerprint": certificate.fingerprint.to_string(),
        "ends": time::to_text(ends_s.saturating_mul(1000)),
        "left_s": left_s,
        "own": certificate.is_own,
    })
}

/// Users whose lines others could read on their way.
fn in_clear_text(world: &World) -> usize {
    let is_open = |id: &SessionId| world.session(*id).is_some_and(|it| !it.peer.is_private());
    let users = world.users();
    users
        .filter(|(_, user)| user.sessions.iter().any(is_open))
        .count()
}

fn storage(world: &World, disk: Option<&Value>) -> Value {
    let (store, gauges) = (&world.config.store, &world.identity.gauges.store);
    let is_kept = store.kind == StoreKind::Sqlite;
    json!({
        "kind": store.kind.word(),
        "sync": is_kept.then(|| store.sync.word()),
        "window_ms": is_kept.then_some(store.window.as_millis() as u64),
        "health": if world.is_read_only { "read_only" } else { "ok" },
        "records": gauges.records.get(),
        "failed": gauges.failed.get(),
        "bytes": disk.and_then(|disk| disk.get("bytes")).filter(|_| is_kept),
        "free_bytes": disk.and_then(|disk| disk.get("free_bytes")),
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
    refused(Code::Damaged, text).with(data)
}
