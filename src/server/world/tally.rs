//! How often each command was used.

use serde::{Deserialize, Serialize};

/// Counts by the place in the command table.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Tally(Vec<u64>);

impl Tally {
    /// Counts one more.
    pub fn count(&mut self, at: usize) {
        if at >= self.0.len() {
            self.0.resize(at + 1, 0);
        }
        if let Some(count) = self.0.get_mut(at) {
            *count += 1;
        }
    }

    /// How many there were.
    pub fn of(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or_default()
    }
}
