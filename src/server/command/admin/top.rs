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
    choose(&mut rows, asked);
    let span = since.map(|since| since.uptime_ms);
    let rate = |count: u64| span.map(|span| per_second(count, span));
    let shown: Vec<Value> = rows.iter().map(|row| told(world, row, rate)).collect();
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

fn rows<'w>(world: &'w World, asked: &Top, loads: &Loads, before: Option<&Moment>) -> Vec<Row<'w>> {
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

/// Puts the first so many in order, and leaves the others out: there may be thousands.
fn choose(rows: &mut Vec<Row<'_>>, asked: &Top) {
    let number = |row: &Row<'_>| match asked.sort {
        TopOrder::In => u64::from(row.said),
        TopOrder::Out => u64::from(row.told),
        TopOrder::Queue => row.now.queued as u64,
        TopOrder::Lag => row.now.lag_ms.map_or(0, |lag| lag + 1),
        TopOrder::Name => 0,
    };
    let compare = |a: &Row<'_>, b: &Row<'_>| {
        let by_number = number(b).cmp(&number(a));
        by_number.then_with(|| letters(a).cmp(letters(b)))
    };
    if asked.limit < rows.len() {
        rows.select_nth_unstable_by(asked.limit, compare);
        rows.truncate(asked.limit);
    }
    rows.sort_unstable_by(compare);
}

fn letters<'r>(row: &Row<'r>) -> impl Iterator<Item = u8> + use<'r> {
    let name = row.user.nick.as_str();
    name.bytes().map(|byte| byte.to_ascii_lowercase())
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
