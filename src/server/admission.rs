//! Who may connect: how many connections there are in all, from one address, and how fast they come.
//!
//! Pure: addresses and time come in as values. Only addresses that are not exempt are counted, and
//! an address is forgotten when nothing of it is left.

use crate::config::Connections;
use crate::proto::subnet::{Subnet, any_contains};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;

const MINUTE_MS: u64 = 60_000;

/// An address as it is counted: an IPv4 address, or the /64 that an IPv6 address is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Neighbour(u64);

/// Why somebody may not come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// No connection more can be held.
    Full,
    /// Too many from this address, or too fast.
    TooManyFromAddress,
    /// Too many have not said yet who they are.
    TooManyStrangers,
    /// This door is for proxies.
    NotAProxy,
    /// The header of a proxy had to come, and did not.
    NoHeader,
}

impl Refused {
    /// The only line that the refused one gets.
    pub(super) fn line(self) -> &'static [u8] {
        match self {
            Self::Full => b"ERROR :Server full\r\n",
            Self::TooManyFromAddress => b"ERROR :Too many connections from your address\r\n",
            Self::TooManyStrangers => b"ERROR :Too many are coming in; try again in a minute\r\n",
            Self::NotAProxy => b"ERROR :This port is for proxies\r\n",
            Self::NoHeader => b"ERROR :A PROXY header must come first\r\n",
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "the server is full",
            Self::TooManyFromAddress => "too many from this address",
            Self::TooManyStrangers => "too many have not said yet who they are",
            Self::NotAProxy => "not a proxy, at a port for proxies",
            Self::NoHeader => "no PROXY header, a broken one, or half of one",
        })
    }
}

/// The doorkeeper's book.
#[derive(Debug)]
pub(super) struct Admission {
    /// What the process can hold.
    most: usize,
    max: usize,
    per_ip: usize,
    new_per_minute: u32,
    unregistered: usize,
    exempt: Vec<Subnet>,
    open: usize,
    counts: HashMap<Neighbour, Count>,
}

/// What the book says, without the rules.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Book {
    open: usize,
    counts: Vec<(Neighbour, Count)>,
}

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Count {
    open: usize,
    /// When the minute began that `new` counts.
    since_ms: u64,
    new: u32,
}

impl Admission {
    /// An empty book; `most` is what the process can hold.
    pub(super) fn new(rules: &Connections, most: usize) -> Self {
        let mut book = Self {
            most,
            max: most,
            per_ip: usize::MAX,
            new_per_minute: u32::MAX,
            unregistered: usize::MAX,
            exempt: Vec::new(),
            open: 0,
            counts: HashMap::new(),
        };
        book.adopt(rules);
        book
    }

    /// The book as another process goes on with it: how many are in, and who counts how, without those who leave.
    pub(super) fn freeze(&self, leaving: impl Iterator<Item = Option<Neighbour>>) -> Book {
        let mut open = self.open;
        let mut counts = self.counts.clone();
        for neighbour in leaving {
            open = open.saturating_sub(1);
            if let Some(count) = neighbour.and_then(|n| counts.get_mut(&n)) {
                count.open = count.open.saturating_sub(1);
            }
        }
        Book {
            open,
            counts: counts.into_iter().collect(),
        }
    }

    /// Goes on with such a book.
    pub(super) fn thaw(&mut self, book: Book) {
        self.open = book.open;
        self.counts = book.counts.into_iter().collect();
    }

    /// Judges by these rules from now on; nobody who is in has to go.
    pub(super) fn adopt(&mut self, rules: &Connections) {
        self.max = rules.most(self.most);
        self.per_ip = rules.per_ip.unwrap_or(usize::MAX);
        self.new_per_minute = rules.new_per_minute.unwrap_or(u32::MAX);
        self.unregistered = rules.unregistered;
        self.exempt.clone_from(&rules.exempt);
    }

    /// Whether so many have not said yet who they are that nobody from this address comes in.
    pub(super) fn is_crowded(&self, address: Option<IpAddr>, strangers: usize) -> bool {
        let is_counted = |address| !any_contains(&self.exempt, address);
        strangers >= self.unregistered && address.is_some_and(is_counted)
    }

    /// Lets one in, or not. What it returns must be given back to [`leave`](Self::leave).
    pub(super) fn enter(
        &mut self,
        address: Option<IpAddr>,
        uptime_ms: u64,
    ) -> Result<Option<Neighbour>, Refused> {
        if self.open >= self.max {
            return Err(Refused::Full);
        }
        let counted = address.filter(|a| !any_contains(&self.exempt, *a));
        let neighbour = counted.map(neighbour);
        if let Some(neighbour) = neighbour {
            let (per_ip, new_per_minute) = (self.per_ip, self.new_per_minute);
            let count = self.counts.entry(neighbour).or_default();
            if uptime_ms.saturating_sub(count.since_ms) >= MINUTE_MS || count.new == 0 {
                count.since_ms = uptime_ms;
                count.new = 0;
            }
            if count.open >= per_ip || count.new >= new_per_minute {
                return Err(Refused::TooManyFromAddress);
            }
            count.open += 1;
            count.new += 1;
        }
        self.open += 1;
        Ok(neighbour)
    }

    /// Counts one who is in, whatever is against it.
    pub(super) fn stay(&mut self) {
        self.open += 1;
    }

    /// Notes that one who was let in is gone.
    pub(super) fn leave(&mut self, neighbour: Option<Neighbour>) {
        self.open = self.open.saturating_sub(1);
        if let Some(count) = neighbour.and_then(|n| self.counts.get_mut(&n)) {
            count.open = count.open.saturating_sub(1);
        }
    }

    /// Forgets addresses of which nothing is left to count.
    pub(super) fn tidy(&mut self, uptime_ms: u64) {
        self.counts.retain(|_, count| {
            count.open > 0 || uptime_ms.saturating_sub(count.since_ms) < MINUTE_MS
        });
    }
}

fn neighbour(address: IpAddr) -> Neighbour {
    // Prefixes below 2^32 are of ::/32, which nobody connects from: an IPv4 address takes their place.
    Neighbour(match address {
        IpAddr::V4(v4) => v4.to_bits().into(),
        IpAddr::V6(v6) => v6
            .segments()
            .iter()
            .take(4)
            .fold(0, |all, part| (all << 16) | u64::from(*part)),
    })
}

/// An IPv4 address that came over an IPv6 door, as what it is.
pub(super) fn canonical(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    }
}

/// Whether the other end is this very machine.
pub(super) fn is_local(address: Option<IpAddr>) -> bool {
    address.is_none_or(|a| a.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> Option<IpAddr> {
        Some(canonical(text.parse().unwrap()))
    }

    fn book(per_ip: usize, new_per_minute: u32) -> Admission {
        let rules = Connections {
            max: Some(100),
            per_ip: Some(per_ip),
            new_per_minute: Some(new_per_minute),
            ..Connections::default()
        };
        Admission::new(&rules, 1000)
    }

    #[test]
    fn the_eleventh_from_one_address_waits_for_another_to_leave() {
        let mut book = book(10, 100);
        let inside: Vec<_> = (0..10)
            .map(|_| book.enter(ip("192.0.2.1"), 0).unwrap())
            .collect();
        assert_eq!(
            book.enter(ip("192.0.2.1"), 0),
            Err(Refused::TooManyFromAddress)
        );
        assert!(book.enter(ip("192.0.2.2"), 0).is_ok());
        book.leave(inside[0]);
        assert!(book.enter(ip("::ffff:192.0.2.1"), 0).is_ok());
    }

    #[test]
    fn addresses_of_one_64_are_neighbours() {
        let mut book = book(1, 100);
        assert!(book.enter(ip("2001:db8::1"), 0).is_ok());
        assert!(book.enter(ip("2001:db8::ffff:2"), 0).is_err());
        assert!(book.enter(ip("2001:db8:0:1::1"), 0).is_ok());
    }

    #[test]
    fn the_thirty_first_in_a_minute_is_refused_until_the_minute_is_over() {
        let mut book = book(1000, 30);
        for _ in 0..30 {
            let entered = book.enter(ip("192.0.2.1"), 5).unwrap();
            book.leave(entered);
        }
        assert!(book.enter(ip("192.0.2.1"), 60_004).is_err());
        assert!(book.enter(ip("192.0.2.1"), 60_005).is_ok());
    }

    #[test]
    fn this_machine_is_exempt_but_not_from_the_total() {
        let mut book = book(1, 1);
        for _ in 0..100 {
            assert_eq!(book.enter(ip("127.0.0.9"), 0), Ok(None));
        }
        assert_eq!(book.enter(ip("127.0.0.9"), 0), Err(Refused::Full));
        assert_eq!(book.enter(None, 0), Err(Refused::Full));
    }

    #[test]
    fn other_rules_count_for_those_who_come_after() {
        let mut book = book(1, 100);
        let first = book.enter(ip("192.0.2.1"), 0).unwrap();
        book.adopt(&Connections {
            max: None,
            per_ip: Some(2),
            ..Connections::default()
        });
        assert!(book.enter(ip("192.0.2.1"), 0).is_ok());
        assert!(book.enter(ip("192.0.2.1"), 0).is_err());
        book.leave(first);
        assert!(book.enter(ip("192.0.2.1"), 0).is_ok());
    }

    #[test]
    fn strangers_have_to_wait_until_fewer_are_coming_in() {
        let book = Admission::new(&Connections::default(), 10_000);
        assert!(!book.is_crowded(ip("192.0.2.1"), 999));
        assert!(book.is_crowded(ip("192.0.2.1"), 1000));
        assert!(!book.is_crowded(ip("127.0.0.1"), 1000) && !book.is_crowded(None, 1000));
    }

    #[test]
    fn what_is_over_is_forgotten() {
        let mut book = book(10, 30);
        let entered = book.enter(ip("192.0.2.1"), 0).unwrap();
        book.tidy(70_000);
        assert_eq!(book.counts.len(), 1);
        book.leave(entered);
        book.tidy(70_000);
        assert_eq!(book.counts.len(), 0);
    }
}
