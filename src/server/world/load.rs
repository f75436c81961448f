//! What goes over each connection and waits for it, as the sockets told when they were asked.

use crate::server::world::event::SessionId;

/// One connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    /// Rises when the place is used again; 0: it is free.
    pub generation: u32,
    /// Lines that came.
    pub said: u32,
    /// Lines that left.
    pub told: u32,
    /// Bytes that wait.
    pub queued: usize,
    /// For how long it has taken nothing, in milliseconds, if something waits.
    pub lag_ms: Option<u64>,
    /// Lines of it wait because it said too much.
    pub is_throttled: bool,
}

/// All connections, by their place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loads(pub Vec<Load>);

impl Loads {
    /// What was told of all these connections together.
    pub fn of(&self, sessions: &[SessionId]) -> Load {
        let mut sum = Load::default();
        for id in sessions {
            let load = self.0.get(id.index as usize);
            let Some(load) = load.filter(|load| load.generation == id.generation) else {
                continue;
            };
            sum.said = sum.said.saturating_add(load.said);
            sum.told = sum.told.saturating_add(load.told);
            sum.queued = sum.queued.saturating_add(load.queued);
            sum.lag_ms = sum.lag_ms.max(load.lag_ms);
            sum.is_throttled |= load.is_throttled;
        }
        sum
    }
}
