//! Slow mode: when whoever spoke in a room with slow mode may speak there again.

use crate::server::world::id::{RoomId, UserId};
use ahash::RandomState;
use hashbrown::HashMap;

/// Who has to wait until when; uptime in milliseconds.
#[derive(Debug)]
pub struct Slow {
    until_ms: HashMap<(RoomId, UserId), u64, RandomState>,
}

impl Slow {
    /// Nobody has to wait.
    pub fn new(hasher: &RandomState) -> Self {
        Self {
            until_ms: HashMap::with_hasher(hasher.clone()),
        }
    }

    /// Who has to wait until when, for another process.
    pub fn freeze(&self) -> Vec<(RoomId, UserId, u64)> {
        let waits = self.until_ms.iter();
        waits
            .map(|((room, user), until)| (*room, *user, *until))
            .collect()
    }

    /// The same in the other process.
    pub fn thaw(mut self, waits: Vec<(RoomId, UserId, u64)>) -> Self {
        let waits = waits.into_iter();
        let waits = waits.map(|(room, user, until)| ((room, user), until));
        self.until_ms.extend(waits);
        self
    }

    /// Whole seconds that somebody still has to wait.
    pub fn left(&self, room: RoomId, user: UserId, uptime_ms: u64) -> Option<u64> {
        let until = *self.until_ms.get(&(room, user))?;
        let left_ms = until.checked_sub(uptime_ms).filter(|left| *left > 0)?;
        Some(left_ms.div_ceil(1000))
    }

    /// Notes that somebody said so many lines in a room where each costs so many seconds.
    pub fn spoke(&mut self, room: RoomId, user: UserId, lines: u64, seconds: u32, uptime_ms: u64) {
        let wait_ms = lines.max(1) * u64::from(seconds) * 1000;
        self.until_ms
            .insert((room, user), uptime_ms.saturating_add(wait_ms));
    }

    /// Forgets those who need not wait any more.
    pub fn tidy(&mut self, uptime_ms: u64) {
        self.until_ms.retain(|_, until| *until > uptime_ms);
    }
}
