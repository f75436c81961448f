//! Who comes in, and what is done for each.

use crate::server::doorway::{House, Knock};
use crate::server::floor::Floor;
use crate::server::log;
use crate::server::socket::Socket;
use crate::server::world::event::{Event, Peer, SessionId};

/// Connections accepted at one door in one pass.
const ACCEPTS: usize = 64;

impl Floor {
    /// Accepts those who wait at this door, as many as one pass allows.
    pub(super) fn accept(&mut self, door: usize) {
        for _ in 0..ACCEPTS {
            let house = House {
                strangers: self.desk.strangers(),
                is_closed: self.desk.world().drain.is_some(),
            };
            match self
                .doorway
                .accept(door, house, &self.poll, self.desk.now.uptime_ms)
            {
                Knock::In(socket, peer) => {
                    self.welcome(*socket, peer);
                }
                Knock::Away => {}
                Knock::Nobody => return,
            }
        }
    }

    /// Takes a connection in; `None`: it cannot be waited for.
    pub(super) fn welcome(&mut self, socket: Socket, peer: Peer) -> Option<SessionId> {
        let neighbour = socket.neighbour;
        match self.sockets.insert(socket, &self.poll) {
            Ok(id) => {
                log::debug(format_args!("{id} came from {}", peer.address));
                self.desk.tell(Event::Opened(id, peer));
                self.carry_out();
                Some(id)
            }
            Err(_) => {
                self.doorway.leave(neighbour);
                None
            }
        }
    }
}
