//! Where connections wait that begin with the header of a proxy: whom they are for is known only behind it.
//!
//! Of what comes nothing but the header is taken, so that whatever follows, TLS or plain, is still to be read
//! where it is expected. Nobody is told of who waits here; they have a few seconds.

use crate::config::proxy::{HeaderRule, Proxy};
use crate::proto::proxy::{Client, LONGEST, Progress, read};
use crate::server::listen::Arrival;
use crate::server::poll::Poll;
use rustix::event::epoll::EventFlags;
use rustix::io::Errno;
use rustix::net::{RecvFlags, recv};
use std::net::IpAddr;

/// A header may take this long: a lost packet comes again within it.
const PATIENCE_MS: u64 = 5_000;
/// Most who wait; proxies send the header at once.
const MOST: usize = 1_000;
/// Keys of the epoll, above those of doors.
const FIRST_KEY: usize = 1 << 16;

/// The antechamber.
#[derive(Debug)]
pub(super) struct Antechamber {
    rules: Proxy,
    places: Vec<Option<Waiting>>,
}

/// A connection whose header is to come.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) arrival: Arrival,
    /// What came of the header.
    held: Vec<u8>,
    until_ms: u64,
}

/// How somebody comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// For themselves.
    Direct,
    /// With a header.
    Proxied,
    /// Not at all: this door is for proxies, and they are none.
    Stranger,
}

/// What became of one who waits.
#[derive(Debug)]
pub(super) enum Heard {
    /// More is to come.
    More,
    /// They are here for this client; `None`: for themselves.
    For(Waiting, Option<Client>),
    /// It is no header, or it ended too early.
    Broken(Waiting),
}

impl Antechamber {
    /// Nobody waits.
    pub(super) fn new(rules: &Proxy) -> Self {
        Self {
            rules: rules.clone(),
            places: Vec::new(),
        }
    }

    /// Judges by these rules from now on.
    pub(super) fn adopt(&mut self, rules: &Proxy) {
        self.rules = rules.clone();
    }

    /// How somebody at this address comes in at this door; Unix sockets are not for proxies.
    pub(super) fn manner(&self, door: usize, address: Option<IpAddr>) -> Manner {
        let is_for_proxies = door == 0 && self.rules.header == HeaderRule::Required;
        match address.map(|address| self.rules.trusts(address)) {
            Some(true) if is_for_proxies || !self.rules.from.is_empty() => Manner::Proxied,
            _ if is_for_proxies => Manner::Stranger,
            _ => Manner::Direct,
        }
    }

    /// Whether who is at this address speaks for others, so that the address is not counted.
    pub(super) fn speaks_for_others(&self, address: Option<IpAddr>) -> bool {
        let mut gateways = self.rules.webirc.iter();
        address.is_some_and(|address| self.rules.trusts(address))
            || gateways.any(|gateway| gateway.may_be_at(address))
    }

    /// Lets one wait; gives it back if there is no place.
    pub(super) fn enter(
        &mut self,
        arrival: Arrival,
        poll: &Poll,
        uptime_ms: u64,
    ) -> Result<(), Arrival> {
        let free = self.places.iter().position(Option::is_none);
        let place = free.unwrap_or(self.places.len());
        let key = (FIRST_KEY + place) as u64;
        if place >= MOST || poll.add(&arrival.socket, key, EventFlags::IN).is_err() {
            return Err(arrival);
        }
        if free.is_none() {
            self.places.push(None);
        }
        if let Some(spot) = self.places.get_mut(place) {
            *spot = Some(Waiting {
                arrival,
                held: Vec::new(),
                until_ms: uptime_ms.saturating_add(PATIENCE_MS),
            });
        }
        Ok(())
    }

    /// The place that a key of the epoll is about, if it is not a door's.
    pub(super) fn place(key: usize) -> Option<usize> {
        key.checked_sub(FIRST_KEY)
    }

    /// Reads what came for one who waits.
    pub(super) fn hear(&mut self, place: usize, poll: &Poll) -> Option<Heard> {
        let spot = self.places.get_mut(place)?;
        let step = spot.as_mut()?.take_in();
        if step == Ok(Progress::More) {
            return Some(Heard::More);
        }
        let waiting = spot.take()?;
        let _ = poll.remove(&waiting.arrival.socket);
        Some(match step {
            Ok(Progress::Whole(header)) => Heard::For(waiting, header.client),
            Ok(Progress::More) | Err(()) => Heard::Broken(waiting),
        })
    }

    /// Takes out those who have waited too long.
    pub(super) fn take_overdue(&mut self, poll: &Poll, uptime_ms: u64) -> Vec<Waiting> {
        let is_overdue = |waiting: &mut Waiting| uptime_ms >= waiting.until_ms;
        let spots = self.places.iter_mut();
        let overdue: Vec<Waiting> = spots.filter_map(|spot| spot.take_if(is_overdue)).collect();
        for waiting in &overdue {
            let _ = poll.remove(&waiting.arrival.socket);
        }
        overdue
    }

    /// Nobody waits any more.
    pub(super) fn clear(&mut self) {
        self.places.clear();
    }
}

impl Waiting {
    /// Takes of what came what belongs to the header.
    fn take_in(&mut self) -> Result<Progress, ()> {
        let before = self.held.len();
        let mut more = [0; LONGEST];
        let room = more.get_mut(..LONGEST.saturating_sub(before)).ok_or(())?;
        let came = match recv(&self.arrival.socket, &mut *room, RecvFlags::PEEK) {
            Ok((0, _)) => return Err(()),
            Ok((came, _)) => came,
            Err(Errno::AGAIN | Errno::INTR) => return Ok(Progress::More),
            Err(_) => return Err(()),
        };
        self.held.extend_from_slice(room.get(..came).ok_or(())?);
        let step = read(&self.held).map_err(|_| ())?;
        let length = match step {
            Progress::More => self.held.len(),
            Progress::Whole(header) => header.length,
        };
        // What was looked at is still there to be read.
        let ours = length.checked_sub(before).ok_or(())?;
        let taken = recv(
            &self.arrival.socket,
            more.get_mut(..ours).ok_or(())?,
            RecvFlags::empty(),
        );
        match taken {
            Ok((taken, _)) if taken == ours => Ok(step),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::socket::speech::Speech;
    use std::io::{Read, Write};
    use std::os::unix::net::UnixStream;

    /// An antechamber in which one waits, and the other end of it.
    fn waiting() -> (Antechamber, Poll, UnixStream) {
        let poll = Poll::new().unwrap();
        let (ours, theirs) = UnixStream::pair().unwrap();
        ours.set_nonblocking(true).unwrap();
        let arrival = Arrival {
            socket: ours.into(),
            address: "127.0.0.1:1".parse().ok(),
            speech: Speech::Any,
        };
        let mut room = Antechamber::new(&Proxy::default());
        room.enter(arrival, &poll, 0).unwrap();
        (room, poll, theirs)
    }

    fn hear(room: &mut Antechamber, poll: &Poll) -> Heard {
        room.hear(0, poll).unwrap()
    }

    #[test]
    fn nothing_but_the_header_is_taken_however_it_comes() {
        let header = b"PROXY TCP4 192.0.2.1 10.0.0.1 51234 6667\r\n";
        for cut in 1..header.len() {
            let (mut room, poll, mut theirs) = waiting();
            assert!(matches!(hear(&mut room, &poll), Heard::More));
            theirs.write_all(&header[..cut]).unwrap();
            assert!(matches!(hear(&mut room, &poll), Heard::More), "{cut}");
            theirs.write_all(&header[cut..]).unwrap();
            theirs.write_all(b"NICK ann\r\n").unwrap();
            let Heard::For(waiting, Some(client)) = hear(&mut room, &poll) else {
                panic!("{cut}");
            };
            assert_eq!(client.address.to_string(), "192.0.2.1:51234");
            let mut rest = [0; 10];
            let mut ours = UnixStream::from(waiting.arrival.socket);
            ours.read_exact(&mut rest).unwrap();
            assert_eq!(&rest, b"NICK ann\r\n");
        }
    }

    #[test]
    fn what_is_no_header_and_what_ends_early_is_broken() {
        let (mut room, poll, mut theirs) = waiting();
        theirs.write_all(b"NICK ann\r\n").unwrap();
        assert!(matches!(hear(&mut room, &poll), Heard::Broken(_)));
        assert!(room.hear(0, &poll).is_none());
        let (mut room, poll, mut theirs) = waiting();
        theirs.write_all(b"PROXY TCP4 192.").unwrap();
        assert!(matches!(hear(&mut room, &poll), Heard::More));
        drop(theirs);
        assert!(matches!(hear(&mut room, &poll), Heard::Broken(_)));
    }

    #[test]
    fn who_says_nothing_does_not_wait_for_ever() {
        let (mut room, poll, _theirs) = waiting();
        assert!(room.take_overdue(&poll, PATIENCE_MS - 1).is_empty());
        assert_eq!(room.take_overdue(&poll, PATIENCE_MS).len(), 1);
        assert!(room.hear(0, &poll).is_none());
    }

    #[test]
    fn only_who_is_named_comes_with_a_header_and_a_port_for_proxies_takes_nobody_else() {
        let ip = |text: &str| text.parse::<IpAddr>().ok();
        let room = |text: &str| {
            let (config, report) =
                crate::config::read::read(text, crate::config::Config::default());
            assert!(report.faults.is_empty(), "{:?}", report.faults);
            Antechamber::new(&config.proxy)
        };
        let nobody = room("{}");
        assert_eq!(nobody.manner(0, ip("127.0.0.1")), Manner::Direct);
        let required = room("server: { proxy_protocol: required }");
        assert_eq!(required.manner(0, ip("127.0.0.1")), Manner::Proxied);
        assert_eq!(required.manner(0, ip("192.0.2.1")), Manner::Stranger);
        assert_eq!(required.manner(1, ip("127.0.0.1")), Manner::Direct);
        let named = room("proxy: { from: [10.0.0.7] }");
        assert_eq!(named.manner(0, ip("10.0.0.7")), Manner::Proxied);
        assert_eq!(named.manner(1, ip("10.0.0.7")), Manner::Proxied);
        assert_eq!(named.manner(0, ip("10.0.0.8")), Manner::Direct);
        assert_eq!(named.manner(0, None), Manner::Direct);
        assert!(
            named.speaks_for_others(ip("10.0.0.7")) && !named.speaks_for_others(ip("10.0.0.8"))
        );
    }
}
