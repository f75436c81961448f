//! Doors for files at the desk: who waits for an answer, and who is told of bytes that nothing needs any more.

use crate::server::desk::Desk;
use crate::server::world::event::{Event, Ticket};
use crate::server::world::file::{FileAnswer, FileAsk, Unneeded};
use async_channel::Sender;
use std::collections::HashMap;

/// Who waits.
#[derive(Debug, Default)]
pub(in crate::server) struct Files {
    waiting: HashMap<u64, Sender<FileAnswer>>,
    /// Who removes bytes from the disk.
    pub(in crate::server) keeper: Option<Sender<Unneeded>>,
}

impl Files {
    /// A door that does not wait any more gets nothing.
    pub(super) fn answer(&mut self, ticket: Ticket, answer: FileAnswer) {
        if let Some(reply) = self.waiting.remove(&ticket.0) {
            let _ = reply.try_send(answer);
        }
    }

    /// Tells the keeper that a file is gone.
    pub(super) fn let_go(&self, unneeded: Unneeded) {
        if let Some(keeper) = &self.keeper {
            let _ = keeper.try_send(unneeded);
        }
    }
}

impl Desk {
    /// Passes the question of a door for files on.
    pub(in crate::server) fn ask_for_file(&mut self, ask: FileAsk, reply: Sender<FileAnswer>) {
        self.tickets += 1;
        self.files.waiting.insert(self.tickets, reply);
        self.tell(Event::File(Ticket(self.tickets), ask));
    }
}
