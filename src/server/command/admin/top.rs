//! Who says and hears most at the moment.

use crate::admin::command::top::{Top, TopOrder};
use crate::proto::mask;
use crate::proto::time;
use crate::server::command::admin::list::address;
use crate::server::command::admin::stats::per_second;
use crate::server::world::World;
use crate::server::world::event::Now;
use crate::server::world::load::{Load, Loads};
use crate::server::world::user::User;
use crate::server::world::watched::Moment;
use serde_json::{Value, json};
use std::cmp::Reverse;

/// Who takes nothing for this long is slow.
const SLOW_MS: u64 = 1000;

/// One user at the moment.
struct Row<'w> {
    user: &'w User,
    now: Load,
    /// Lines since the moment before.
    said: u32,
    told: u32,
}

/// What happened since somebody looked the last time; rates are null if nobody did lately.
pub(super) fn top(world: &mut World, asked: &Top, loads: Loads, now: Now) -> Value {
    let total = world.identity.gauges.sample(now);
    let before = world.watched.before(now.uptime_ms);
    let since = before.map(|before| total.since(&before.total));
    let mut rows = rows(world, asked, &loads, before);
    let matching = rows.len();
    sort(&mut rows, asked.sort);
    let span = since.map(|since| since.uptime_ms);
    let rate = |count: u64| span.map(|span| per_second(count, span));
    let shown = rows.iter().take(asked.limit);
    let shown: Vec<Value> = shown.map(|row| told(world, row, rate)).collect();
    let gauges = &world.identity.gauges;
    let answer = json!({
        "ts": time::to_text(now.unix_ms),
        "version": env!("CARGO_PKG_VERSION"),
        "pid": world.identity.pid,
        "connections": world.session_count(),
        "users": world.user_count(),
        "slow": gauges.slow.get(),
        "queued": gauges.queued.get(),
        "span_ms": span,
        "in_per_s": since.and_then(|since| rate(since.lines_in)),
        "out_per_s": since.and_then(|since| rate(since.lines_out)),
        "committed_p99_us": since.map(|since| since.committed.percentile(99)),
        "matching": matching,
        "rows": shown,
    });
    world.watched.keep(Moment { total, loads });
    answer
}

fn rows<'w>(
    world: &'w World,
    asked: &Top,
    loads: &Loads,
    before: Option<&Moment>,
) -> Vec<Row<'w>> {
    let pattern = asked.pattern.as_deref();
    let is_wanted = |user: &User| pattern.is_none_or(|it| mask::matches(it, user.nick.as_str()));
    let users = world.users().map(|(_, user)| user);
    let row = |user: &'w User| {
        let now = loads.of(&user.sessions);
        let then = before.map(|before| before.loads.of(&user.sessions));
        let then = then.unwrap_or_default();
        Row {
            user,
            now,
            said: now.said.saturating_sub(then.said),
            told: now.told.saturating_sub(then.told),
        }
    };
    users.filter(|user| is_wanted(user)).map(row).collect()
}

fn sort(rows: &mut [Row<'_>], order: TopOrder) {
    let number = |row: &Row<'_>| match order {
        TopOrder::In => u64::from(row.said),
        TopOrder::Out => u64::from(row.told),
        TopOrder::Queue => row.now.queued as u64,
        TopOrder::Lag => row.now.lag_ms.map_or(0, |lag| lag + 1),
        TopOrder::Name => 0,
    };
    let name = |row: &Row<'_>| row.user.nick.as_str().to_ascii_lowercase();
    rows.sort_by(|a, b| {
        let by_number = Reverse(number(a)).cmp(&Reverse(number(b)));
        by_number.then_with(|| name(a).cmp(&name(b)))
    });
}

fn told(world: &World, row: &Row<'_>, rate: impl Fn(u64) -> Option<f64>) -> Value {
    let is_slow = row.now.lag_ms.is_some_and(|lag| lag >= SLOW_MS);
    let state = match (is_slow, row.now.is_throttled) {
        (true, _) => Some("slow"),
        (false, true) => Some("throttled"),
        (false, false) => None,
    };
    json!({
        "name": row.user.nick.as_str(),
        "account": row.user.account_name(),
        "address": address(world, row.user),
        "in_per_s": rate(u64::from(row.said)),
        "out_per_s": rate(u64::from(row.told)),
        "queue": row.now.queued,
        "lag_ms": row.now.lag_ms,
        "rooms": row.user.rooms.len(),
        "state": state,
    })
}
