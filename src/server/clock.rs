//! The only clock of the server: everything behind the shard gets its time from here, as a value.

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
        let since_1970 = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Now {
            unix_ms: u64::try_from(since_1970.as_millis()).unwrap_or(u64::MAX),
            uptime_ms: u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX),
        }
    }

    /// The instant at which `uptime_ms` will be.
    pub(super) fn at(self, uptime_ms: u64) -> Instant {
        self.began + Duration::from_millis(uptime_ms)
    }
}
