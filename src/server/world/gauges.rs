//! What is measured of the whole server. Whatever shows it (the console, monitoring) reads it without asking the hub.
//!
//! What the hub knows is published once a second; what the doors and sockets do is counted as it happens. The thread
//! that owns the hub alone writes here.

use crate::gauge::{Counter, Gauge, Spread};
use crate::server::world::World;
use crate::server::world::event::Now;
use crate::store::gauges::StoreGauges;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::sync::Arc;

/// Between two samples that are kept.
const SAMPLE_MS: u64 = 30_000;
/// Samples that are kept: an hour.
const SAMPLES: usize = 120;

/// Why somebody was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejected {
    /// No connection more can be held, or no descriptor was left.
    Full,
    /// Too many from one address, or too fast.
    Address,
    /// They are banned.
    Banned,
    /// Nobody new is let in at the moment.
    Closed,
    /// The handshake of TLS came to nothing.
    Tls,
    /// The header of a proxy was missing or wrong.
    Proxy,
}

impl Rejected {
    /// Every reason with its word.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Full, "full"),
        (Self::Address, "rate"),
        (Self::Banned, "ban"),
        (Self::Closed, "closed"),
        (Self::Tls, "tls"),
        (Self::Proxy, "proxy"),
    ];
}

/// The numbers.
#[derive(Debug, Default)]
pub struct Gauges {
    pub connections: Gauge,
    pub peak_connections: Gauge,
    pub users: Gauge,
    pub peak_users: Gauge,
    pub rooms: Gauge,
    pub accounts: Gauge,
    /// Milliseconds since the process began, at the last tick of the hub.
    pub uptime_ms: Gauge,
    /// Connections that were let in.
    pub accepted: Gauge,
    /// Messages taken from users.
    pub messages: Gauge,
    /// Panics that were caught.
    pub panics: Gauge,
    rejected: [Counter; Rejected::ALL.len()],
    /// Lines that came, executed or refused.
    pub lines_in: Counter,
    /// Of these, beyond what their sender may send.
    pub lines_refused: Counter,
    /// Lines that left for a connection, each counted for each.
    pub lines_out: Counter,
    pub bytes_in: Counter,
    pub bytes_out: Counter,
    /// What waits for those who read slowly, in bytes.
    pub queued: Gauge,
    /// How many read slowly.
    pub slow: Gauge,
    /// Whether nobody is let in, for the server is emptied: 1 or 0.
    pub is_draining: Gauge,
    /// Connections that speak HTTP.
    pub guests: Gauge,
    pub store: Arc<StoreGauges>,
}

impl Gauges {
    /// Counts somebody who was not let in.
    pub fn reject(&self, why: Rejected) {
        if let Some(counter) = self.rejected.get(why as usize) {
            counter.add(1);
        }
    }

    /// How many were not let in for this reason.
    pub fn rejected(&self, why: Rejected) -> u64 {
        self.rejected.get(why as usize).map_or(0, Counter::get)
    }

    /// How many were not let in.
    pub fn rejected_in_all(&self) -> u64 {
        self.rejected.iter().map(Counter::get).sum()
    }

    /// All that rises, at this moment.
    pub fn sample(&self, now: Now) -> Sample {
        Sample {
            uptime_ms: now.uptime_ms,
            accepted: self.accepted.get(),
            rejected: self.rejected_in_all(),
            messages: self.messages.get(),
            lines_in: self.lines_in.get(),
            lines_refused: self.lines_refused.get(),
            lines_out: self.lines_out.get(),
            bytes_in: self.bytes_in.get(),
            bytes_out: self.bytes_out.get(),
            records: self.store.records.get(),
            failed: self.store.failed.get(),
            panics: self.panics.get(),
            acknowledged: self.store.acknowledged.spread(),
            committed: self.store.committed.spread(),
        }
    }
}

/// What had happened up to a moment, or happened between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sample {
    pub uptime_ms: u64,
    pub accepted: u64,
    pub rejected: u64,
    pub messages: u64,
    pub lines_in: u64,
    pub lines_refused: u64,
    pub lines_out: u64,
    pub bytes_in: u64,
    pub bytes_out: u64,
    pub records: u64,
    pub failed: u64,
    pub panics: u64,
    pub acknowledged: Spread,
    pub committed: Spread,
}

impl Sample {
    /// What happened since an earlier moment; `uptime_ms` is then how long that is.
    pub fn since(&self, earlier: &Self) -> Self {
        let less = |now: u64, before: u64| now.saturating_sub(before);
        Self {
            uptime_ms: less(self.uptime_ms, earlier.uptime_ms),
            accepted: less(self.accepted, earlier.accepted),
            rejected: less(self.rejected, earlier.rejected),
            messages: less(self.messages, earlier.messages),
            lines_in: less(self.lines_in, earlier.lines_in),
            lines_refused: less(self.lines_refused, earlier.lines_refused),
            lines_out: less(self.lines_out, earlier.lines_out),
            bytes_in: less(self.bytes_in, earlier.bytes_in),
            bytes_out: less(self.bytes_out, earlier.bytes_out),
            records: less(self.records, earlier.records),
            failed: less(self.failed, earlier.failed),
            panics: less(self.panics, earlier.panics),
            acknowledged: self.acknowledged.since(&earlier.acknowledged),
            committed: self.committed.since(&earlier.committed),
        }
    }
}

/// Samples of the last hour.
#[derive(Debug, Default)]
pub struct Samples(VecDeque<Sample>);

impl Samples {
    fn keep(&mut self, gauges: &Gauges, now: Now) {
        let last = self.0.back().map(|sample| sample.uptime_ms);
        if last.is_some_and(|last| now.uptime_ms.saturating_sub(last) < SAMPLE_MS) {
            return;
        }
        if self.0.len() == SAMPLES {
            self.0.pop_front();
        }
        self.0.push_back(gauges.sample(now));
    }

    /// What had happened this long ago: the nearest sample that is at least as old, or the oldest.
    pub fn before(&self, span_ms: u64, now: Now) -> Option<&Sample> {
        let moment = now.uptime_ms.saturating_sub(span_ms);
        let at = self
            .0
            .partition_point(|sample| sample.uptime_ms <= moment)
            .saturating_sub(1);
        self.0.get(at)
    }
}

impl World {
    /// Says what the hub knows; called about once a second, and before somebody looks.
    pub fn publish(&mut self, now: Now) {
        let (gauges, counts) = (&self.identity.gauges, &self.counts);
        let number = |count: usize| count as u64;
        gauges.connections.set(number(self.session_count()));
        gauges.peak_connections.set(number(counts.peak_sessions));
        gauges.users.set(number(self.user_count()));
        gauges.peak_users.set(number(counts.peak_users));
        gauges.rooms.set(number(self.room_count()));
        gauges.accounts.set(number(self.accounts.count()));
        gauges.uptime_ms.set(now.uptime_ms);
        gauges.accepted.set(counts.accepted);
        gauges.messages.set(counts.messages);
        gauges.panics.set(counts.panics);
        gauges.is_draining.set(u64::from(self.drain.is_some()));
        let is_failing = u64::from(self.is_read_only);
        gauges.store.is_failing.set(is_failing);
        self.samples.keep(gauges, now);
        self.watched.forget(now.uptime_ms);
    }
}

/// Numbers that LUSERS and the operator ask for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Connections accepted since the start.
    pub accepted: u64,
    /// Most connections at one time.
    pub peak_sessions: usize,
    /// Most users at one time.
    pub peak_users: usize,
    /// Users with mode `i`.
    pub invisible: usize,
    /// Users with mode `o`.
    pub operators: usize,
    /// Messages taken from users.
    pub messages: u64,
    /// Panics that were caught.
    pub panics: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::server::world::Identity;

    fn at(uptime_ms: u64) -> Now {
        Now {
            unix_ms: uptime_ms,
            uptime_ms,
        }
    }

    #[test]
    fn what_was_before_is_told_from_samples_of_an_hour() {
        let mut world = World::new(Arc::new(Config::default()), Identity::default(), at(0));
        assert_eq!(world.samples.before(60_000, at(0)), None);
        for second in 0..=7200 {
            world.counts.messages = second;
            world.publish(at(second * 1000));
        }
        let now = at(7_200_000);
        let messages = |span_ms| world.samples.before(span_ms, now).unwrap().messages;
        assert_eq!(messages(0), 7200);
        assert_eq!(messages(60_000), 7140);
        assert_eq!(messages(65_000), 7110);
        assert_eq!(messages(u64::MAX), 7200 - 30 * 119);
        let minute = world.identity.gauges.sample(now);
        let minute = minute.since(world.samples.before(60_000, now).unwrap());
        assert_eq!((minute.messages, minute.uptime_ms), (60, 60_000));
    }

    #[test]
    fn each_reason_is_counted_on_its_own() {
        let gauges = Gauges::default();
        for (at, (why, _)) in Rejected::ALL.into_iter().enumerate() {
            (0..=at).for_each(|_| gauges.reject(why));
            assert_eq!(gauges.rejected(why), at as u64 + 1);
        }
        assert_eq!(gauges.rejected_in_all(), 21);
    }
}
