//! What is handed over: everything that the new process cannot learn from its configuration and the store.

use crate::server::admission::Book;
use crate::server::listen::Place;
use crate::server::sockets;
use crate::server::world;
use crate::server::world::event::{Now, SessionId};
use crate::store::memory::Everything;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The whole server as it stands still. The descriptors come before it: of the operator's door, if there is
/// one, of the doors, and of the connections.
#[derive(Debug, Serialize, Deserialize)]
pub struct Estate<'a> {
    pub(in crate::server) now: Now,
    pub(in crate::server) world: world::frozen::Frozen<'a>,
    pub(in crate::server) sockets: sockets::frozen::Frozen<'a>,
    pub(in crate::server) book: Book,
    pub(in crate::server) throttled: Vec<SessionId>,
    pub(in crate::server) tickets: u64,
    pub(in crate::server) doors: Vec<(Place, bool)>,
    pub(in crate::server) admin: Option<PathBuf>,
    /// What salts of names without an account are made of.
    pub(in crate::server) secret: [u8; 32],
    /// What is kept nowhere else.
    pub(in crate::server) memory: Option<Everything>,
}
