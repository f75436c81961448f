//! Who comes through the doors: accepting, turning away, and a rest when descriptors run out.

use crate::config::{Config, Flood};
use crate::proto::proxy::{Client, Wire};
use crate::server::admission::{Admission, Book, Neighbour, Refused, is_local};
use crate::server::antechamber::{Antechamber, Heard, Manner, Waiting};
use crate::server::listen::{Arrival, Door, Doors, Place};
use crate::server::log;
use crate::server::poll::Poll;
use crate::server::socket::{Distance, Socket, turn_away};
use crate::server::throttle::{Pace, Throttle};
use crate::server::world::address::in_source;
use crate::server::world::drain::CLOSED;
use crate::server::world::event::{Peer, Via};
use crate::server::world::gauges::{Gauges, Rejected};
use rustix::event::epoll::EventFlags;
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::io::Errno;
use std::net::IpAddr;
use std::sync::Arc;

/// Between two lines of the log about those who were turned away.
const REFUSED_MS: u64 = 10_000;
/// Lines from this machine may come this much faster.
const NEAR: u32 = 20;

/// All doors of a shard.
#[derive(Debug)]
pub(super) struct Doorway {
    doors: Vec<Door>,
    admission: Admission,
    antechamber: Antechamber,
    /// Given up for a moment to turn somebody away when no descriptor is left.
    reserve: Option<OwnedFd>,
    /// Nobody is let in until the next tick.
    is_resting: bool,
    /// How many have come in and not said yet who they are.
    strangers: usize,
    refused: Turned,
    far: Option<Pace>,
    near: Option<Pace>,
    gauges: Arc<Gauges>,
}

/// Those who were turned away and of whom nothing was said yet.
#[derive(Debug, Default)]
struct Turned {
    count: u64,
    last: Option<(IpAddr, Refused)>,
    told_ms: Option<u64>,
}

impl Turned {
    /// Says how many, if it was not said a moment ago.
    fn tell(&mut self, uptime_ms: u64) {
        let is_time = self
            .told_ms
            .is_none_or(|at| uptime_ms.saturating_sub(at) >= REFUSED_MS);
        if self.count == 0 || !is_time {
            return;
        }
        let count = std::mem::take(&mut self.count);
        self.told_ms = Some(uptime_ms);
        match self.last {
            Some((address, why)) => {
                log::warn(format_args!(
                    "Turned away: {count}, the last from {address}: {why}"
                ));
            }
            None => log::warn(format_args!("Turned away: {count}")),
        }
    }
}

/// What accepting once gave.
#[derive(Debug)]
pub(super) enum Knock {
    In(Box<Socket>, Peer),
    /// Somebody was turned away.
    Away,
    /// Nobody waits, or the doors rest.
    Nobody,
}

/// What a doorkeeper has to know of the house.
#[derive(Debug, Clone, Copy)]
pub(super) struct House {
    /// Those who have come in and not said yet who they are.
    pub(super) strangers: usize,
    /// Nobody is let in.
    pub(super) is_closed: bool,
}

impl Doorway {
    /// Opens the doors.
    pub(super) fn open(
        doors: Doors,
        config: &Config,
        max: usize,
        poll: &Poll,
        gauges: Arc<Gauges>,
    ) -> Result<Self, Errno> {
        let doorway = Self {
            doors: doors.doors,
            admission: Admission::new(&config.connections, max),
            antechamber: Antechamber::new(&config.proxy),
            reserve: poll.reserve(),
            is_resting: false,
            strangers: 0,
            refused: Turned::default(),
            far: pace(&config.flood, 1),
            near: pace(&config.flood, NEAR),
            gauges,
        };
        doorway.listen(poll)?;
        Ok(doorway)
    }

    fn listen(&self, poll: &Poll) -> Result<(), Errno> {
        let mut doors = (0..).zip(&self.doors);
        doors.try_for_each(
            |(key, door)| match poll.add(&door.socket, key, EventFlags::IN) {
                Ok(()) | Err(Errno::EXIST) => Ok(()),
                Err(error) => Err(error),
            },
        )
    }

    /// Judges who comes in by these values from now on.
    pub(super) fn adopt(&mut self, config: &Config) {
        self.admission.adopt(&config.connections);
        self.antechamber.adopt(&config.proxy);
        self.far = pace(&config.flood, 1);
        self.near = pace(&config.flood, NEAR);
    }

    /// How fast lines from there may come.
    pub(super) fn pace(&self, distance: Distance) -> Option<Pace> {
        match distance {
            Distance::Near => self.near,
            Distance::Far => self.far,
        }
    }

    /// Accepts one connection at this door, or hears one that waits in the antechamber.
    pub(super) fn accept(
        &mut self,
        door: usize,
        house: House,
        poll: &Poll,
        uptime_ms: u64,
    ) -> Knock {
        self.strangers = house.strangers;
        if let Some(place) = Antechamber::place(door) {
            return self.hear(place, poll, uptime_ms);
        }
        let Some(from) = self.doors.get(door).filter(|_| !self.is_resting) else {
            return Knock::Nobody;
        };
        match from.accept() {
            Ok(arrival) if house.is_closed => {
                let line = format!("ERROR :{CLOSED}\r\n");
                turn_away(&arrival.socket, line.as_bytes());
                self.gauges.reject(Rejected::Closed);
                Knock::Away
            }
            Ok(arrival) => self.receive(arrival, door, poll, uptime_ms),
            Err(Errno::MFILE | Errno::NFILE | Errno::NOBUFS | Errno::NOMEM) => {
                self.rest(poll);
                Knock::Nobody
            }
            Err(Errno::AGAIN) => Knock::Nobody,
            Err(_) => Knock::Away,
        }
    }

    fn receive(&mut self, arrival: Arrival, door: usize, poll: &Poll, uptime_ms: u64) -> Knock {
        let address = arrival.address.map(|a| a.ip());
        match self.antechamber.manner(door, address) {
            Manner::Direct => self.admit(arrival, None, uptime_ms),
            Manner::Stranger => self.send_away(&arrival, Refused::NotAProxy),
            Manner::Proxied => match self.antechamber.enter(arrival, poll, uptime_ms) {
                Ok(()) => Knock::Away,
                Err(arrival) => self.send_away(&arrival, Refused::Full),
            },
        }
    }

    /// Goes on with one who waits in the antechamber.
    fn hear(&mut self, place: usize, poll: &Poll, uptime_ms: u64) -> Knock {
        match self.antechamber.hear(place, poll) {
            None | Some(Heard::More) => Knock::Nobody,
            Some(Heard::For(waiting, client)) => self.admit(waiting.arrival, client, uptime_ms),
            Some(Heard::Broken(waiting)) => self.send_away(&waiting.arrival, Refused::NoHeader),
        }
    }

    fn send_away(&mut self, arrival: &Arrival, why: Refused) -> Knock {
        turn_away(&arrival.socket, why.line());
        self.gauges.reject(rejected(why));
        self.refused.count += 1;
        self.refused.last = arrival.address.map(|a| (a.ip(), why));
        Knock::Away
    }

    /// Lets one in who is here for themselves or, if they are a proxy, for this client.
    fn admit(&mut self, arrival: Arrival, client: Option<Client>, uptime_ms: u64) -> Knock {
        let own = arrival.address.map(|a| a.ip());
        let speaks_for_others = client.is_none() && self.antechamber.speaks_for_others(own);
        let peer = peer(&arrival, client);
        let counted = peer.ip.filter(|_| !speaks_for_others);
        let entered = match self.admission.is_crowded(counted, self.strangers) {
            true => Err(Refused::TooManyStrangers),
            false => self.admission.enter(counted, uptime_ms),
        };
        let neighbour = match entered {
            Ok(neighbour) => neighbour,
            Err(refused) => {
                let arrival = Arrival {
                    address: client.map(|client| client.address).or(arrival.address),
                    ..arrival
                };
                return self.send_away(&arrival, refused);
            }
        };
        let distance = if is_local(own) && is_local(peer.ip) {
            Distance::Near
        } else {
            Distance::Far
        };
        let throttle = Throttle::new(self.pace(distance), uptime_ms);
        let mut socket = Socket::new(arrival.socket, throttle, neighbour, distance);
        socket.marks.speech = arrival.speech;
        Knock::In(Box::new(socket), peer)
    }

    /// Out of descriptors: tells the first of those who wait, then lets nobody in until the next tick.
    fn rest(&mut self, poll: &Poll) {
        self.reserve = None;
        if let Some(Ok(arrival)) = self.doors.first().map(Door::accept) {
            turn_away(&arrival.socket, b"ERROR :Server full\r\n");
            self.gauges.reject(Rejected::Full);
        }
        self.reserve = poll.reserve();
        self.is_resting = true;
        log::warn(format_args!(
            "No descriptor is left: nobody is let in for a second"
        ));
        for door in &self.doors {
            let _ = poll.remove(&door.socket);
        }
    }

    /// Opens the doors again after a rest, and forgets addresses that are done with.
    pub(super) fn tick(&mut self, poll: &Poll, uptime_ms: u64) {
        self.admission.tidy(uptime_ms);
        for Waiting { arrival, .. } in self.antechamber.take_overdue(poll, uptime_ms) {
            self.send_away(&arrival, Refused::NoHeader);
        }
        self.refused.tell(uptime_ms);
        if self.is_resting {
            self.is_resting = self.listen(poll).is_err();
        }
    }

    /// Counts one who is in already at this address; it counts among all in any case.
    pub(super) fn enter(
        &mut self,
        address: IpAddr,
        uptime_ms: u64,
    ) -> Result<Option<Neighbour>, Refused> {
        let entered = self.admission.enter(Some(address), uptime_ms);
        if let Err(why) = entered {
            self.gauges.reject(rejected(why));
            self.refused.count += 1;
            self.refused.last = Some((address, why));
            self.admission.stay();
        }
        entered
    }

    /// Counts one who has gone from among the sessions and is here still.
    pub(super) fn stay(&mut self) {
        self.admission.stay();
    }

    /// Notes that one who came in has gone.
    pub(super) fn leave(&mut self, neighbour: Option<Neighbour>) {
        self.admission.leave(neighbour);
    }

    /// Where the doors are, and whether whoever started us opened them.
    pub(super) fn places(&self) -> Vec<(Place, bool)> {
        let doors = self.doors.iter();
        doors
            .map(|door| (door.place.clone(), door.is_passed))
            .collect()
    }

    /// The sockets of the doors.
    pub(super) fn descriptors(&self) -> impl Iterator<Item = BorrowedFd<'_>> {
        self.doors.iter().map(|door| door.socket.as_fd())
    }

    /// Who is in, for another process that takes over, without those who do not stay.
    pub(super) fn freeze(&self, leaving: impl Iterator<Item = Option<Neighbour>>) -> Book {
        self.admission.freeze(leaving)
    }

    /// Goes on with the book of another process.
    pub(super) fn thaw(&mut self, book: Book) {
        self.admission.thaw(book);
    }

    /// Leaves the doors to another process.
    pub(super) fn give(&mut self) {
        self.doors.drain(..).for_each(Door::give);
    }

    /// Closes the doors for good.
    pub(super) fn shut(&mut self) {
        self.doors.clear();
        self.antechamber.clear();
    }
}

fn rejected(why: Refused) -> Rejected {
    match why {
        Refused::Full => Rejected::Full,
        Refused::TooManyFromAddress => Rejected::Address,
        Refused::TooManyStrangers => Rejected::Closed,
        Refused::NotAProxy | Refused::NoHeader => Rejected::Proxy,
    }
}

fn pace(flood: &Flood, times: u32) -> Option<Pace> {
    flood.enabled.then(|| Pace {
        burst: flood.burst.saturating_mul(times),
        per_second: flood.per_second.saturating_mul(times),
    })
}

/// Who is at the other end, of the connection or behind the proxy that opened it.
fn peer(arrival: &Arrival, client: Option<Client>) -> Peer {
    let own = arrival
        .address
        .map_or_else(|| "unix".to_owned(), |a| a.to_string());
    let is_near = is_local(arrival.address.map(|a| a.ip()));
    let (address, ip, via) = match client {
        None => (own, arrival.address.map(|a| a.ip()), None),
        Some(client) => {
            let via = Via {
                address: own,
                gateway: None,
                is_secure: is_near && client.wire == Wire::Tls,
            };
            let (address, ip) = (client.address.to_string(), client.address.ip());
            (address, Some(ip), Some(Box::new(via)))
        }
    };
    Peer {
        host: ip.map_or_else(|| "localhost".to_owned(), in_source),
        address,
        ip,
        secured: None,
        via,
        is_web: false,
    }
}
