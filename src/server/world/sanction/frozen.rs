//! What of sanctions the store does not know (yet), for another process that takes over.

use crate::server::world::id::{RoomId, UserId};
use crate::server::world::sanction::Sanctions;
use crate::server::world::sanction::slow::Slow;
use crate::store::record::sanction::{Sanction, SanctionId};
use serde::{Deserialize, Serialize};

/// Who has to wait until when, and what took effect since that was kept last.
#[derive(Debug, Serialize, Deserialize)]
pub struct Frozen {
    waits: Vec<(RoomId, UserId, u64)>,
    counted: Vec<Sanction>,
    counted_ms: u64,
    last: u64,
}

impl Sanctions {
    /// What another process has to know.
    pub fn freeze(&self) -> Frozen {
        let counted = self.counted.iter().filter_map(|id| self.all.get(id));
        Frozen {
            waits: self.slow.freeze(),
            counted: counted.map(|held| held.sanction.clone()).collect(),
            counted_ms: self.counted_ms,
            last: self.last,
        }
    }

    /// Takes in what another process knew, over what the store knows.
    pub(in crate::server::world) fn thaw(&mut self, frozen: Frozen, slow: Slow) {
        self.slow = slow.thaw(frozen.waits);
        self.counted_ms = frozen.counted_ms;
        self.reserve(frozen.last);
        for sanction in frozen.counted {
            let id: SanctionId = sanction.id;
            if self.all.contains_key(&id) {
                self.put(sanction);
                self.counted.insert(id);
            }
        }
    }
}
