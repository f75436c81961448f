//! How much goes over each connection, and what waits for it.

use crate::server::sockets::{Slot, Sockets};
use crate::server::world::event::{SessionId, Why};
use crate::server::world::load::{Load, Loads};
use serde::{Deserialize, Serialize};

/// Lines of one connection.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(in crate::server) struct Count {
    pub(in crate::server) said: u32,
    pub(in crate::server) told: u32,
}

impl Count {
    /// One more line came.
    pub(in crate::server) fn said(&mut self) {
        self.said = self.said.wrapping_add(1);
    }

    /// One more line left.
    pub(in crate::server) fn told(&mut self) {
        self.told = self.told.wrapping_add(1);
    }
}

impl Sockets {
    /// Ends those for whom the most waits, until no more waits for all than may.
    pub(super) fn shed(&mut self) {
        let watched = self.watched.clone();
        let mut loads: Vec<(usize, SessionId)> = watched
            .into_iter()
            .filter_map(|id| {
                let socket = self.get_mut(id).filter(|socket| socket.is_open())?;
                Some((socket.outbox.waiting(), id))
            })
            .collect();
        let mut total: usize = loads.iter().map(|(bytes, _)| bytes).sum();
        loads.sort_unstable();
        while let Some((bytes, id)) = loads.pop_if(|_| total > self.bounds.all) {
            total -= bytes;
            if let Some(socket) = self.get_mut(id) {
                socket.overflow();
                self.ended.push((id, Why::SendQueue));
            }
        }
    }

    /// What goes over each connection.
    pub(in crate::server) fn loads(&self, uptime_ms: u64) -> Loads {
        let load = |slot: &Slot| {
            let Some(socket) = &slot.socket else {
                return Load::default();
            };
            Load {
                generation: slot.generation,
                said: socket.count.said,
                told: socket.count.told,
                queued: socket.outbox.waiting(),
                lag_ms: socket.lag_ms(uptime_ms),
                is_throttled: socket.throttle.is_waiting() && !socket.throttle.is_behind(),
            }
        };
        Loads(self.slots.iter().map(load).collect())
    }

    /// Publishes what waits for those who read slowly.
    pub(super) fn measure(&self) {
        let mut slow = 0;
        let mut queued = 0;
        for id in &self.watched {
            let slot = self.slots.get(id.index as usize);
            let slot = slot.filter(|slot| slot.generation == id.generation);
            let socket = slot.and_then(|slot| slot.socket.as_ref());
            if let Some(socket) = socket.filter(|socket| socket.is_blocked()) {
                slow += 1;
                queued += socket.outbox.waiting() as u64;
            }
        }
        self.gauges.slow.set(slow);
        self.gauges.queued.set(queued);
    }
}
