//! The store stage: what the hub hands on passes through here, and leaves only when it is stored.

pub mod memory;
pub mod record;

use crate::store::memory::Memory;
use crate::store::record::Record;
use std::collections::VecDeque;

/// Batches between the hub and the sockets. They leave in the order in which they came, each after
/// its records are stored; those without records wait behind the others.
#[derive(Debug)]
pub struct Stage<Batch> {
    store: Memory,
    stored: VecDeque<Batch>,
}

impl<Batch> Stage<Batch> {
    /// An empty stage before this store.
    pub fn new(store: Memory) -> Self {
        Self {
            store,
            stored: VecDeque::new(),
        }
    }

    /// Hands a batch on, with what has to be stored before it may leave.
    pub fn submit(&mut self, records: impl Fn(&Batch) -> &[Record], batch: Batch) {
        self.store.commit(records(&batch));
        self.stored.push_back(batch);
    }

    /// The next batch that may leave.
    pub fn release(&mut self) -> Option<Batch> {
        self.stored.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_leave_in_order_after_their_records_are_stored() {
        let said = |text: &str| Record::Message {
            msgid: text.into(),
            unix_ms: 1,
            source: "ann!ann@host".into(),
            verb: "PRIVMSG",
            target: "#x".into(),
            text: text.into(),
        };
        let mut stage = Stage::new(Memory::default());
        stage.submit(Vec::as_slice, vec![said("a"), said("b")]);
        stage.submit(Vec::as_slice, vec![]);
        assert_eq!(stage.store.committed(), 2);
        assert_eq!(stage.release(), Some(vec![said("a"), said("b")]));
        assert_eq!(stage.release(), Some(vec![]));
        assert_eq!(stage.release(), None);
    }
}
