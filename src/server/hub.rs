//! The hub owns the world: events go in one after the other, effects come out in batches.
//!
//! It reads no clock and holds no socket. Whoever drives it (the shard) takes a batch, lets the
//! store commit it, and only then carries out its effects.

use crate::config::Config;
use crate::server::world::event::{Effects, Event, Now, SessionId};
use std::sync::Arc;

/// What the hub cannot know by itself.
#[derive(Debug, Clone, Default)]
pub struct Identity {
    pub pid: u32,
    /// Where clients can connect, as text for the operator.
    pub addresses: Vec<String>,
    /// Most connections that the process can hold.
    pub max_connections: usize,
    /// Random numbers for hashing and msgids.
    pub seed: [u64; 4],
}

/// The world and what it has to say since the last batch.
#[derive(Debug)]
pub struct Hub {
    effects: Effects,
}

impl Hub {
    /// A hub over an empty world.
    pub fn new(_config: Arc<Config>, _identity: Identity, _now: Now) -> Self {
        Self {
            effects: Effects::default(),
        }
    }

    /// Lets one event happen.
    pub fn on(&mut self, _event: Event<'_>, _now: Now) {}

    /// Whether the session has introduced itself.
    pub fn is_registered(&self, _session: SessionId) -> bool {
        true
    }

    /// Takes what was caused since the last call; `spent` is a batch done with, whose memory is used again.
    pub fn take(&mut self, mut spent: Effects) -> Effects {
        spent.clear();
        std::mem::replace(&mut self.effects, spent)
    }
}
