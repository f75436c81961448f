//! What happened in a span of time and how long it took, and all numbers for monitoring.

use crate::admin::command::look::Stats;
use crate::gauge::Spread;
use crate::server::command;
use crate::server::world::World;
use crate::server::world::event::Now;
use crate::server::world::gauges::{Gauges, Rejected, Sample};
use serde_json::{Map, Value, json};

/// What happened since the start, or in the last so many seconds.
pub(super) fn stats(world: &mut World, asked: &Stats, now: Now) -> Value {
    world.publish(now);
    let gauges = &world.identity.gauges;
    let up_ms = now.uptime_ms.saturating_sub(world.started.uptime_ms);
    let (span, what) = match asked.since {
        Some(seconds) => {
            let what = lately(world, seconds.saturating_mul(1000), now);
            (what.uptime_ms, what)
        }
        None => (up_ms, gauges.sample(now)),
    };
    json!({
        "span_s": span.div_ceil(1000),
        "since_start": asked.since.is_none(),
        "connections": {
            "current": world.session_count(),
            "peak": world.counts.peak_sessions,
            "accepted": what.accepted,
            "refused": what.rejected,
            "slow": gauges.slow.get(),
        },
        "messages": {"received": what.messages, "per_s": per_second(what.messages, span)},
        "lines": {
            "in": what.lines_in,
            "out": what.lines_out,
            "refused": what.lines_refused,
            "in_per_s": per_second(what.lines_in, span),
            "out_per_s": per_second(what.lines_out, span),
        },
        "bytes": {"in": what.bytes_in, "out": what.bytes_out, "queued": gauges.queued.get()},
        "acknowledged": latency(&what.acknowledged),
        "committed": latency(&what.committed),
        "store": {
            "records": what.records,
            "failed": what.failed,
            "waiting": gauges.store.waiting.get(),
            "health": if world.is_read_only { "read_only" } else { "ok" },
        },
        "panics": what.panics,
        "refused": rejected(gauges),
        "commands": commands(world),
    })
}

/// What happened in about the last so many milliseconds.
pub(super) fn lately(world: &World, span_ms: u64, now: Now) -> Sample {
    let total = world.identity.gauges.sample(now);
    let earlier = world.samples.before(span_ms, now);
    total.since(&earlier.copied().unwrap_or_default())
}

/// How many of it happened in each second, to one place.
pub(super) fn per_second(count: u64, span_ms: u64) -> f64 {
    match span_ms {
        0 => 0.0,
        span_ms => (count as f64 * 10_000.0 / span_ms as f64).round() / 10.0,
    }
}

/// How long something took, in microseconds.
pub(super) fn latency(spread: &Spread) -> Value {
    json!({
        "count": spread.count(),
        "mean_us": spread.sum_us.checked_div(spread.count()),
        "p50_us": spread.percentile(50),
        "p90_us": spread.percentile(90),
        "p99_us": spread.percentile(99),
    })
}

/// How many were not let in, by reason, since the start.
pub(super) fn rejected(gauges: &Gauges) -> Value {
    let reasons = Rejected::ALL.into_iter();
    let reasons = reasons.map(|(why, word)| (word.to_owned(), json!(gauges.rejected(why))));
    Value::Object(reasons.collect::<Map<_, _>>())
}

/// How often each command was used since the start.
fn commands(world: &World) -> Value {
    let used = command::TABLE.iter().enumerate();
    let used = used.map(|(at, spec)| (spec.verb.to_owned(), world.tally.of(at)));
    let used = used.filter(|(_, count)| *count > 0);
    Value::Object(used.map(|(verb, count)| (verb, json!(count))).collect())
}
