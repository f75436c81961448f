//! The only clock of the server: everything behind the shard gets its time from here, as a value; other threads read it.

use crate::server::world::event::Now;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Counts from its making.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    began: Instant,
}

impl Clock {
    /// Begins to count.
    pub(super) fn new() -> Self {
        Self {
            began: Instant::now(),
        }
    }

    /// Goes on counting where the clock of another process stood.
    pub(super) fn resumed(uptime_ms: u64) -> Self {
        let now = Instant::now();
        let began = now.checked_sub(Duration::from_millis(uptime_ms));
        Self {
            began: began.unwrap_or(now),
        }
    }

    /// What time it is.
    pub(super) fn now(self) -> Now {
        Now {
            unix_ms: unix_ms(),
            uptime_ms: u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX),
        }
    }

    /// The instant at which `uptime_ms` will be.
    pub(super) fn at(self, uptime_ms: u64) -> Instant {
        self.began + Duration::from_millis(uptime_ms)
    }
}

/// Milliseconds since 1970-01-01 UTC, for threads that no time is told.
pub(super) fn unix_ms() -> u64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
    let unix_ms = since_1970.unwrap_or_default().as_millis();
    u64::try_from(unix_ms).unwrap_or(u64::MAX)
}
