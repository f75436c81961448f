//! All connections without their descriptors, for another process that takes over; those follow in the
//! order of the places.

use crate::proto::framing::Framer;
use crate::server::admission::Neighbour;
use crate::server::outbox::Outbox;
use crate::server::poll::Poll;
use crate::server::socket::{Distance, Marks, Phase, Socket};
use crate::server::sockets::load::Count;
use crate::server::sockets::{Bounds, Slot, Sockets, key};
use crate::server::throttle::Throttle;
use crate::server::world::event::{SessionId, Why};
use crate::server::world::frozen::Loan;
use crate::server::world::gauges::Gauges;
use rustix::event::epoll::EventFlags;
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The connections.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::server) struct Frozen<'a> {
    places: Vec<(u32, Place<'a>)>,
    free: Vec<u32>,
    watched: Vec<SessionId>,
    drained: Vec<SessionId>,
    uncounted: usize,
}

/// What is in a place.
#[derive(Debug, Serialize, Deserialize)]
enum Place<'a> {
    Free,
    Here(Connection<'a>),
    /// What it speaks cannot be handed over: it has to connect again.
    Left(Option<Neighbour>),
}

/// One of them.
#[derive(Debug, Serialize, Deserialize)]
struct Connection<'a> {
    outbox: Loan<'a, Outbox>,
    throttle: Loan<'a, Throttle>,
    neighbour: Option<Neighbour>,
    distance: Distance,
    framer: Loan<'a, Framer>,
    phase: Phase,
    progress_ms: u64,
    interest: u32,
    marks: Loan<'a, Marks>,
    count: Count,
}

impl<'a> Connection<'a> {
    fn of(socket: &'a Socket) -> Self {
        let Socket {
            fd: _,
            outbox,
            throttle,
            neighbour,
            distance,
            framer,
            phase,
            progress_ms,
            interest,
            marks,
            tunnel: _,
            frames: _,
            count,
        } = socket;
        Self {
            outbox: Loan::Lent(outbox),
            throttle: Loan::Lent(throttle),
            neighbour: *neighbour,
            distance: *distance,
            framer: Loan::Lent(framer),
            phase: *phase,
            progress_ms: *progress_ms,
            interest: interest.bits(),
            marks: Loan::Lent(marks),
            count: *count,
        }
    }

    fn thaw(self, fd: OwnedFd) -> Option<Socket> {
        Some(Socket {
            fd,
            outbox: self.outbox.owned()?,
            throttle: self.throttle.owned()?,
            neighbour: self.neighbour,
            distance: self.distance,
            framer: self.framer.owned()?,
            phase: self.phase,
            progress_ms: self.progress_ms,
            interest: EventFlags::from_bits_retain(self.interest),
            marks: self.marks.owned()?,
            tunnel: None,
            frames: None,
            count: self.count,
        })
    }
}

impl Sockets {
    /// Whether everything is done that can be done without reading.
    pub(in crate::server) fn is_still(&self) -> bool {
        self.dirty.is_empty() && self.ended.is_empty() && self.gone.is_empty()
    }

    /// What another process has to know of them.
    pub(in crate::server) fn freeze(&self) -> Frozen<'_> {
        let places = self.slots.iter().map(|slot| {
            let connection = slot
                .socket
                .as_ref()
                .map(|socket| match socket.is_movable() {
                    true => Place::Here(Connection::of(socket)),
                    false => Place::Left(socket.neighbour),
                });
            (slot.generation, connection.unwrap_or(Place::Free))
        });
        Frozen {
            places: places.collect(),
            free: self.free.clone(),
            watched: self.watched.clone(),
            drained: self.drained.clone(),
            uncounted: self.uncounted,
        }
    }

    /// Those whose connections cannot be handed over.
    pub(in crate::server) fn bound(&self) -> Vec<SessionId> {
        let slots = (0..).zip(&self.slots);
        let bound = slots.filter(|(_, slot)| {
            let socket = slot.socket.as_ref();
            socket.is_some_and(|socket| !socket.is_movable())
        });
        let id = |(index, slot): (u32, &Slot)| SessionId {
            index,
            generation: slot.generation,
        };
        bound.map(id).collect()
    }

    /// Their descriptors, in the order of the places.
    pub(in crate::server) fn descriptors(&self) -> impl Iterator<Item = BorrowedFd<'_>> {
        let sockets = self.slots.iter().filter_map(|slot| slot.socket.as_ref());
        let sockets = sockets.filter(|socket| socket.is_movable());
        sockets.map(|socket| socket.fd.as_fd())
    }

    /// The same connections in another process. `None`: some descriptors are missing, or cannot be waited for.
    pub(in crate::server) fn thaw(
        frozen: Frozen<'_>,
        descriptors: &mut impl Iterator<Item = OwnedFd>,
        bounds: Bounds,
        gauges: Arc<Gauges>,
        poll: &Poll,
    ) -> Option<Self> {
        let mut sockets = Self::new(bounds, gauges);
        for (index, (generation, place)) in (0..).zip(frozen.places) {
            let id = SessionId { index, generation };
            let mut socket = match place {
                Place::Free => None,
                Place::Here(connection) => Some(connection.thaw(descriptors.next()?)?),
                Place::Left(neighbour) => {
                    sockets.gone.push((index, neighbour));
                    sockets.ended.push((id, Why::Replaced));
                    None
                }
            };
            if let Some(socket) = &mut socket {
                // Whoever waited for their turn to begin TLS begins it now.
                if socket.is_open() && socket.interest.is_empty() && !socket.marks.is_finished {
                    socket.interest = EventFlags::IN;
                }
                poll.add(&socket.fd, key(id), socket.interest).ok()?;
            }
            let is_left = sockets.ended.last().is_some_and(|(left, _)| *left == id);
            let next = generation.checked_add(1).unwrap_or(1);
            let generation = if is_left { next } else { generation };
            sockets.slots.push(Slot { generation, socket });
        }
        sockets.free = frozen.free;
        sockets.watched = frozen.watched;
        sockets.drained = frozen.drained;
        sockets.uncounted = frozen.uncounted;
        Some(sockets)
    }
}
