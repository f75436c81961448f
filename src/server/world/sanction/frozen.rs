//! What of sanctions the store does not know (yet), for another process that takes over.

use crate::server::world::event::Now;
use crate::server::world::id::RoomId;
use crate::server::world::sanction::Sanctions;
use crate::server::world::sanction::slow::{Slow, Wait, Whose};
use crate::store::record::sanction::{Sanction, SanctionId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who has to wait until when, and what took effect since that was kept last.
#[derive(Debug, Serialize, Deserialize)]
pub struct Frozen {
    waits: Vec<(RoomId, Whose, Wait)>,
    counted: Vec<Sanction>,
    counted_ms: u64,
    /// Which end when, to the millisecond.
    ends: BTreeSet<(u64, SanctionId)>,
    last: u64,
    now: Now,
}

impl Sanctions {
    /// What another process has to know.
    pub fn freeze(&self) -> Frozen {
        let counted = self.counted.iter().filter_map(|id| self.all.get(id));
        Frozen {
            waits: self.slow.freeze(),
            counted: counted.map(|held| held.sanction.clone()).collect(),
            counted_ms: self.counted_ms,
            ends: self.ends.clone(),
            now: self.now,
            last: self.last,
        }
    }

    /// Takes in what another process knew, over what the store knows.
    pub(in crate::server::world) fn thaw(&mut self, frozen: Frozen, slow: Slow) {
        self.slow = slow.thaw(frozen.waits);
        self.counted_ms = frozen.counted_ms;
        self.reserve(frozen.last);
        self.now = frozen.now;
        self.ends = frozen.ends;
        for (ends, id) in &self.ends {
            if let Some(held) = self.all.get_mut(id) {
                held.ends_ms = Some(*ends);
            }
        }
        for sanction in frozen.counted {
            let id: SanctionId = sanction.id;
            if self.all.contains_key(&id) {
                self.put(sanction);
                self.counted.insert(id);
            }
        }
    }
}
