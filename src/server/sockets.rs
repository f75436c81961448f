//! All connections of a shard, by [`SessionId`], and the lists of those that need something.
//!
//! An id that is not (any more) here is passed over in silence: what was meant for somebody who has
//! gone is lost with him.

mod add;
pub(super) mod frozen;
pub(super) mod keys;
mod sweep;

use crate::config::Limits;
use crate::server::admission::Neighbour;
use crate::server::outbox::Spare;
use crate::server::poll::Poll;
use crate::server::socket::frames::{Framed, Leaving};
use crate::server::socket::{Next, Socket};
use crate::server::sockets::keys::key;
use crate::server::world::event::{SessionId, Why};
use crate::server::world::gauges::Gauges;
use rustix::event::epoll::EventFlags;
use rustix::io::Errno;
use std::sync::Arc;

/// Bytes added to outboxes before they are written, even within a pass.
const FLUSH_BYTES: usize = 16 << 20;

/// The connections.
#[derive(Debug)]
pub(super) struct Sockets {
    slots: Vec<Slot>,
    free: Vec<u32>,
    bounds: Bounds,
    /// Bytes added since all that waits was last counted.
    uncounted: usize,
    spare: Spare,
    dirty: Vec<SessionId>,
    watched: Vec<SessionId>,
    /// Bytes added since the last flush.
    queued: usize,
    /// Much waits for somebody who may well take it at once.
    is_pressed: bool,
    /// Those that came to an end, or have to, and why; the hub is not told yet.
    ended: Vec<(SessionId, Why)>,
    /// Those for whom nothing waits any more, as was asked; the hub is not told yet.
    drained: Vec<SessionId>,
    /// Places of those that are gone. They are not given again before the hub and the doorkeeper know.
    gone: Vec<(u32, Option<Neighbour>)>,
    /// Lines added since the last flush.
    lines: u64,
    framed: Framed,
    gauges: Arc<Gauges>,
    /// Why connections end that the server ends.
    pub(super) leaving: Leaving,
}

/// How many bytes may wait.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// For one connection.
    each: usize,
    /// For all of them.
    all: usize,
}

impl Bounds {
    /// As configured.
    pub(super) fn of(limits: &Limits) -> Self {
        Self {
            each: limits.send_queue,
            all: limits.send_queues,
        }
    }
}

#[derive(Debug)]
struct Slot {
    generation: u32,
    socket: Option<Socket>,
}

impl Sockets {
    /// No connections yet.
    pub(super) fn new(bounds: Bounds, gauges: Arc<Gauges>) -> Self {
        Self {
            slots: Vec::new(),
            free: Vec::new(),
            bounds,
            uncounted: 0,
            spare: Spare::default(),
            dirty: Vec::new(),
            watched: Vec::new(),
            queued: 0,
            is_pressed: false,
            ended: Vec::new(),
            drained: Vec::new(),
            gone: Vec::new(),
            lines: 0,
            framed: Framed::default(),
            gauges,
            leaving: Leaving::Done,
        }
    }

    /// Takes a connection in and asks to be told of its input.
    pub(super) fn insert(&mut self, socket: Socket, poll: &Poll) -> Result<SessionId, Errno> {
        let index = self.free.last().copied();
        let index = index.unwrap_or(u32::try_from(self.slots.len()).unwrap_or(u32::MAX));
        let generation = self.slots.get(index as usize).map_or(1, |s| s.generation);
        let id = SessionId { index, generation };
        poll.add(&socket.fd, key(id), socket.interest)?;
        match self.slots.get_mut(index as usize) {
            Some(slot) => {
                self.free.pop();
                slot.socket = Some(socket);
            }
            None => self.slots.push(Slot {
                generation,
                socket: Some(socket),
            }),
        }
        Ok(id)
    }

    /// The connection of this id.
    pub(super) fn get_mut(&mut self, id: SessionId) -> Option<&mut Socket> {
        self.slots
            .get_mut(id.index as usize)
            .filter(|slot| slot.generation == id.generation)?
            .socket
            .as_mut()
    }

    /// Every connection.
    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Socket> {
        self.slots
            .iter_mut()
            .filter_map(|slot| slot.socket.as_mut())
    }

    /// Lets so many bytes wait from now on.
    pub(super) fn adopt(&mut self, bounds: Bounds) {
        self.bounds = bounds;
    }

    /// Whether nobody is connected.
    pub(super) fn is_empty(&self) -> bool {
        self.free.len() == self.slots.len()
    }

    /// Whether to each who is connected all was written, and they only have to close.
    pub(super) fn are_all_lingering(&self) -> bool {
        let mut sockets = self.slots.iter().filter_map(|slot| slot.socket.as_ref());
        sockets.all(Socket::is_lingering)
    }

    /// Whether so much was added that it should be written before more is.
    pub(super) fn should_flush(&self) -> bool {
        self.queued > FLUSH_BYTES || self.is_pressed
    }

    /// Bytes that may wait for a connection before it has to read.
    pub(super) fn soft_limit(&self) -> usize {
        self.bounds.each / 2
    }

    /// Ends a connection when all that waits for it is written.
    pub(super) fn close(&mut self, id: SessionId, uptime_ms: u64) {
        let leaving = self.leaving;
        let slot = self.slots.get_mut(id.index as usize);
        let slot = slot.filter(|slot| slot.generation == id.generation);
        let Some(socket) = slot.and_then(|slot| slot.socket.as_mut()) else {
            return;
        };
        if !socket.close(uptime_ms, leaving, &mut self.spare) {
            return;
        }
        let is_blocked = socket.is_blocked();
        let was_dirty = std::mem::replace(&mut socket.marks.is_dirty, !is_blocked);
        if !was_dirty && !is_blocked {
            self.dirty.push(id);
        }
        self.watch(id);
    }

    /// Takes a connection out that goes on elsewhere; its place at the doors is then not its own any more.
    pub(super) fn take(&mut self, id: SessionId, poll: &Poll) -> Option<Socket> {
        let slot = self.slots.get_mut(id.index as usize);
        let slot = slot.filter(|slot| slot.generation == id.generation)?;
        let socket = slot.socket.take()?;
        let _ = poll.remove(&socket.fd);
        slot.generation = slot.generation.checked_add(1).unwrap_or(1);
        self.gone.push((id.index, None));
        Some(socket)
    }

    /// Drops a connection.
    fn remove(&mut self, id: SessionId) {
        let slot = self.slots.get_mut(id.index as usize);
        let Some(slot) = slot.filter(|slot| slot.generation == id.generation) else {
            return;
        };
        if let Some(socket) = slot.socket.take() {
            slot.generation = slot.generation.checked_add(1).unwrap_or(1);
            self.gone.push((id.index, socket.neighbour));
        }
    }

    /// Takes those that came to an end since the last call.
    pub(super) fn take_ended(&mut self) -> Vec<(SessionId, Why)> {
        std::mem::take(&mut self.ended)
    }

    /// Gives the places of those that are gone free, now that the hub was told; returns who they were.
    pub(super) fn release_gone(&mut self) -> Vec<Option<Neighbour>> {
        let gone = std::mem::take(&mut self.gone);
        self.free.extend(gone.iter().map(|(index, _)| index));
        gone.into_iter().map(|(_, neighbour)| neighbour).collect()
    }

    /// Writes to each connection that something was added for, with one call each.
    pub(super) fn flush(&mut self, uptime_ms: u64, poll: &Poll) {
        self.uncounted = self.uncounted.saturating_add(self.queued);
        self.gauges.lines_out.add(std::mem::take(&mut self.lines));
        self.gauges.bytes_out.add(self.queued as u64);
        self.queued = 0;
        self.is_pressed = false;
        let mut dirty = std::mem::take(&mut self.dirty);
        for id in dirty.drain(..) {
            self.write(id, uptime_ms, poll);
        }
        self.dirty = dirty;
        if self.uncounted > self.bounds.all / 16 {
            self.uncounted = 0;
            self.shed();
        }
    }

    /// Writes to a connection with the next flush: something waits, be it only of TLS.
    pub(super) fn touch(&mut self, id: SessionId) {
        let Some(socket) = self.get_mut(id) else {
            return;
        };
        if !socket.is_blocked() && !std::mem::replace(&mut socket.marks.is_dirty, true) {
            self.dirty.push(id);
        }
    }

    /// Notes the connection among the drained when nothing waits for it any more.
    pub(super) fn await_drain(&mut self, id: SessionId) {
        if let Some(socket) = self.get_mut(id) {
            socket.marks.awaits_drain = true;
            self.touch(id);
        }
    }

    /// Takes the list of the drained.
    pub(super) fn take_drained(&mut self) -> Vec<SessionId> {
        std::mem::take(&mut self.drained)
    }

    /// Whether the hub is to be told of some that are drained.
    pub(super) fn has_drained(&self) -> bool {
        !self.drained.is_empty()
    }

    /// Writes what waits for one connection.
    pub(super) fn write(&mut self, id: SessionId, uptime_ms: u64, poll: &Poll) {
        let soft = self.soft_limit();
        let slot = self.slots.get_mut(id.index as usize);
        let Some(socket) = slot
            .filter(|slot| slot.generation == id.generation)
            .and_then(|slot| slot.socket.as_mut())
        else {
            return;
        };
        socket.marks.is_dirty = false;
        let written = socket.write(uptime_ms, &mut self.spare);
        let changed = written.and_then(|next| {
            let wanted = socket.wanted(next, soft);
            if wanted != socket.interest {
                poll.change(&socket.fd, key(id), wanted)?;
                socket.interest = wanted;
            }
            Ok(next)
        });
        match changed {
            Ok(Next::Rest) => {
                if std::mem::take(&mut socket.marks.awaits_drain) {
                    self.drained.push(id);
                }
            }
            Ok(Next::Blocked) => self.watch(id),
            Err(error) => self.end(id, broken(error)),
        }
    }

    /// Drops a connection that broke off; the hub is to hear of it, unless it ended the connection itself.
    pub(super) fn end(&mut self, id: SessionId, why: Why) {
        if let Some(socket) = self.get_mut(id).filter(|_| why == Why::Eof) {
            socket.say_goodbye();
        }
        if self.get_mut(id).is_some_and(|socket| socket.is_open()) {
            self.ended.push((id, why));
        }
        self.remove(id);
    }

    /// Notes that the other end will send no more: there is no input to be told of.
    pub(super) fn finish(&mut self, id: SessionId, poll: &Poll) {
        if let Some(socket) = self.get_mut(id) {
            socket.marks.is_finished = true;
            let wanted = socket.interest - EventFlags::IN;
            self.listen(id, poll, wanted);
        }
    }

    /// Reports its input again, or not for now.
    pub(super) fn listen(&mut self, id: SessionId, poll: &Poll, wanted: EventFlags) {
        if let Some(socket) = self.get_mut(id)
            && poll.change(&socket.fd, key(id), wanted).is_ok()
        {
            socket.interest = wanted;
        }
    }
}

/// A failure of a connection in plain words.
pub(super) fn broken(error: Errno) -> Why {
    Why::Broken(match error {
        Errno::CONNRESET => "Connection reset".to_owned(),
        Errno::PIPE => "Connection closed".to_owned(),
        Errno::TIMEDOUT => "Connection timed out".to_owned(),
        other => std::io::Error::from(other).kind().to_string(),
    })
}

pub(super) mod load;

#[cfg(test)]
mod tests;
