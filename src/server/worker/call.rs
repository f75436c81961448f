//! Another process is called that can take over; how long that takes is up to the other one, so a thread waits.

use crate::server::worker::{Done, Worker};
use crate::server::world::event::{Asker, Found};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

impl Worker {
    /// Calls a process that can take over. It is ended again if that is only a question.
    pub(super) fn call(&self, by: Option<Asker>, is_question: bool, binary: Option<PathBuf>) {
        let (Some(by), tell) = (by, self.tell.clone()) else {
            return;
        };
        let (caller, asker) = (Arc::clone(&self.caller), by.clone());
        let work = move || {
            let called = catch_unwind(AssertUnwindSafe(|| caller.call(binary.as_deref())));
            let called = called.unwrap_or_else(|_| Err("calling it failed".into()));
            let _ = tell.try_send(match called {
                Ok(heir) if is_question => {
                    let successor = heir.successor().clone();
                    drop(heir);
                    Done::Found(asker, Found::Upgraded(Ok(successor)))
                }
                called => Done::Called {
                    by: asker,
                    heir: called.map(Box::new),
                },
            });
        };
        let thread = std::thread::Builder::new().name("upgrade".into());
        if thread.spawn(work).is_err() {
            let _ = self.tell.try_send(Done::Found(by, Found::Busy));
        }
    }
}
