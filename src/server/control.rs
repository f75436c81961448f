//! What a running server can be told from outside its sockets.

use crate::admin::command::{Answer, Request};
use crate::server::world::caller::Caller;
use crate::server::world::file::{FileAnswer, FileAsk};
use async_channel::Sender;

/// A word to the server.
#[derive(Debug)]
pub enum Control {
    /// Stop in an orderly way; said twice: at once.
    Stop,
    /// Read the configuration again; what comes of it is logged.
    Reload,
    /// An operator asks; the answer goes to `reply`.
    Admin {
        request: Request,
        by: Caller,
        reply: Sender<Answer>,
    },
    /// A door for files asks; the answer goes to `reply` when all that it depends on is stored.
    File {
        ask: FileAsk,
        reply: Sender<FileAnswer>,
    },
}
