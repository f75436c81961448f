//! What the store costs those who wait for it, to be read from outside.

use crate::gauge::{Counter, Gauge, Histogram};

/// Raised by the task that owns the stage alone.
#[derive(Debug, Default)]
pub struct StoreGauges {
    /// From carrying something out until what is kept of it is stored, and the answer may leave.
    pub acknowledged: Histogram,
    /// One commit, as the store does it.
    pub committed: Histogram,
    /// Records that are stored.
    pub records: Counter,
    /// Commits that failed.
    pub failed: Counter,
    /// Whether nothing can be stored at the moment: 1 or 0.
    pub is_failing: Gauge,
    /// What waits to be stored, in bytes.
    pub waiting: Gauge,
}
