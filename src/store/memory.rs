//! Nothing outlives the process: a commit is done as soon as it is asked for.
//!
//! What the running server needs of the past it has in its world; this store keeps no second copy.

use crate::store::record::Record;

/// A store that forgets.
#[derive(Debug, Default)]
pub struct Memory {
    /// Records committed so far.
    committed: u64,
}

impl Memory {
    /// Takes the records; they count as stored when this returns.
    pub fn commit(&mut self, records: &[Record]) {
        self.committed += records.len() as u64;
    }

    /// How many records were committed.
    pub fn committed(&self) -> u64 {
        self.committed
    }
}
