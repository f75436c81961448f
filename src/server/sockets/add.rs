//! What is added to what waits for connections.

use crate::server::socket::frames::Framed;
use crate::server::sockets::Sockets;
use crate::server::world::event::{SessionId, Why};

impl Sockets {
    /// Adds lines for these connections, to be written with the next flush.
    pub(in crate::server) fn tell(&mut self, to: &[SessionId], lines: &[u8]) {
        let mut framed = std::mem::take(&mut self.framed);
        framed.clear();
        to.iter().for_each(|id| self.add(*id, lines, &mut framed));
        self.framed = framed;
    }

    /// Adds lines for one connection, to be written with the next flush.
    pub(in crate::server) fn push(&mut self, id: SessionId, lines: &[u8]) {
        self.tell(&[id], lines);
    }

    fn add(&mut self, id: SessionId, line: &[u8], framed: &mut Framed) {
        let Some(socket) = self
            .slots
            .get_mut(id.index as usize)
            .filter(|slot| slot.generation == id.generation)
            .and_then(|slot| slot.socket.as_mut())
            .filter(|socket| socket.may_push())
        else {
            return;
        };
        if socket
            .push(line, framed, self.bounds.each, &mut self.spare)
            .is_err()
        {
            socket.overflow();
            self.ended.push((id, Why::SendQueue));
            return;
        }
        self.queued = self.queued.saturating_add(line.len());
        self.lines += 1;
        socket.count.told();
        if socket.is_blocked() {
            return;
        }
        self.is_pressed |= socket.is_pressed(self.bounds.each / 4);
        if !socket.marks.is_dirty {
            socket.marks.is_dirty = true;
            self.dirty.push(id);
        }
    }

    /// Adds bytes that are no lines.
    pub(in crate::server) fn push_raw(&mut self, id: SessionId, bytes: &[u8]) {
        let slot = self.slots.get_mut(id.index as usize);
        let slot = slot.filter(|slot| slot.generation == id.generation);
        let socket = slot.and_then(|slot| slot.socket.as_mut());
        let Some(socket) = socket.filter(|socket| socket.may_push()) else {
            return;
        };
        let pushed = socket.outbox.push(bytes, self.bounds.each, &mut self.spare);
        match pushed {
            Ok(()) => self.touch(id),
            Err(_) => {
                socket.overflow();
                self.ended.push((id, Why::SendQueue));
            }
        }
    }
}
