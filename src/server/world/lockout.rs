//! Pauses after failed logins, per account and network they come from: whoever guesses is slowed down, and
//! the owner is not locked out by somebody elsewhere.
//!
//! Names without an account are counted alike, so that a pause tells nothing.

use crate::config::accounts::LoginThrottle;
use crate::proto::name::fold;
use crate::proto::text::cut;
use ahash::RandomState;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

/// Most pairs of account and network that are remembered; the one that failed longest ago gives way.
const MOST: usize = 10_000;
/// Bytes of a name that count: no account has a longer one, and strangers choose what they try.
const LONGEST: usize = 64;

/// The network that somebody comes from: a /24 of IPv4, a /48 of IPv6, or this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Prefix {
    /// A Unix socket.
    Here,
    V4([u8; 3]),
    V6([u16; 3]),
}

impl Prefix {
    /// The network of an address.
    pub fn of(ip: Option<IpAddr>) -> Self {
        match ip.map(|ip| ip.to_canonical()) {
            None => Self::Here,
            Some(IpAddr::V4(ip)) => {
                let [a, b, c, _] = ip.octets();
                Self::V4([a, b, c])
            }
            Some(IpAddr::V6(ip)) => {
                let [a, b, c, ..] = ip.segments();
                Self::V6([a, b, c])
            }
        }
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Here => f.write_str("this machine"),
            Self::V4([a, b, c]) => write!(f, "{}/24", Ipv4Addr::new(*a, *b, *c, 0)),
            Self::V6([a, b, c]) => {
                write!(f, "{}/48", Ipv6Addr::new(*a, *b, *c, 0, 0, 0, 0, 0))
            }
        }
    }
}

/// Who failed to log in, and how often.
#[derive(Debug)]
pub struct Lockouts {
    failed: HashMap<(Box<str>, Prefix), Failures, RandomState>,
}

/// Failures of one name from one network.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Failures {
    count: u32,
    /// Uptime of the last one.
    last_ms: u64,
    /// Uptime until which nothing is tried.
    until_ms: u64,
}

/// Failures as a list, for another process.
pub type Failed = Vec<(Box<str>, Prefix, Failures)>;

/// A pause that goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lockout {
    /// Folded name of the account, or of none.
    pub account: Box<str>,
    pub from: Prefix,
    pub failures: u32,
    pub left: Duration,
}

/// As what failures for this name are counted.
fn key(name: &str, from: Prefix) -> (Box<str>, Prefix) {
    (fold(cut(name, LONGEST)).into(), from)
}

impl Lockouts {
    /// All failures as a list.
    pub fn freeze(&self) -> Failed {
        let failed = self.failed.iter();
        failed
            .map(|((name, from), failures)| (name.clone(), *from, *failures))
            .collect()
    }

    /// What such a list says.
    pub fn thaw(failed: Failed, hasher: RandomState) -> Self {
        let mut lockouts = Self::new(hasher);
        let failed = failed.into_iter();
        let failed = failed.map(|(name, from, failures)| ((name, from), failures));
        lockouts.failed.extend(failed);
        lockouts
    }

    /// Nobody failed yet.
    pub fn new(hasher: RandomState) -> Self {
        Self {
            failed: HashMap::with_hasher(hasher),
        }
    }

    /// How long nothing is tried for this name from there.
    pub fn pause(&self, name: &str, from: Prefix, uptime_ms: u64) -> Option<Duration> {
        let failures = self.failed.get(&key(name, from))?;
        let left_ms = failures.until_ms.saturating_sub(uptime_ms);
        (left_ms > 0).then(|| Duration::from_millis(left_ms))
    }

    /// A password was wrong.
    pub fn failed(&mut self, name: &str, from: Prefix, rule: &LoginThrottle, uptime_ms: u64) {
        let Some(most) = rule.failures else {
            return;
        };
        self.make_room(rule, uptime_ms);
        let failures = self.failed.entry(key(name, from)).or_insert(Failures {
            count: 0,
            last_ms: 0,
            until_ms: 0,
        });
        if failures.is_forgiven(rule, uptime_ms) {
            failures.count = 0;
        }
        failures.count = failures.count.saturating_add(1);
        failures.last_ms = uptime_ms;
        if let Some(beyond) = failures.count.checked_sub(most) {
            let wait = rule.wait.saturating_mul(1 << beyond.min(20)).min(rule.max);
            let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
            failures.until_ms = uptime_ms.saturating_add(wait_ms);
        }
    }

    /// The password was right: what was before is forgotten.
    pub fn succeeded(&mut self, name: &str, from: Prefix) {
        self.failed.remove(&key(name, from));
    }

    /// Forgets every failure for this name; tells for how many networks.
    pub fn forgive(&mut self, name: &str) -> usize {
        let ((folded, _), before) = (key(name, Prefix::Here), self.failed.len());
        self.failed.retain(|(account, _), _| *account != folded);
        before - self.failed.len()
    }

    /// The pauses that go on, the longest first.
    pub fn list(&self, uptime_ms: u64) -> Vec<Lockout> {
        let mut all: Vec<Lockout> = self
            .failed
            .iter()
            .filter(|(_, failures)| failures.until_ms > uptime_ms)
            .map(|((account, from), failures)| Lockout {
                account: account.clone(),
                from: *from,
                failures: failures.count,
                left: Duration::from_millis(failures.until_ms - uptime_ms),
            })
            .collect();
        all.sort_by(|a, b| (b.left, &a.account).cmp(&(a.left, &b.account)));
        all
    }

    /// Forgets who failed long ago; if all did lately, whoever did so first.
    fn make_room(&mut self, rule: &LoginThrottle, uptime_ms: u64) {
        if self.failed.len() < MOST {
            return;
        }
        self.failed
            .retain(|_, failures| !failures.is_forgiven(rule, uptime_ms));
        if self.failed.len() < MOST {
            return;
        }
        let oldest = self
            .failed
            .iter()
            .min_by_key(|(_, failures)| (failures.until_ms > uptime_ms, failures.last_ms));
        if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
            self.failed.remove(&oldest);
        }
    }
}

impl Failures {
    /// Whether it is so long ago that it does not count any more.
    fn is_forgiven(self, rule: &LoginThrottle, uptime_ms: u64) -> bool {
        let quiet = uptime_ms.saturating_sub(self.last_ms.max(self.until_ms));
        u128::from(quiet) >= rule.max.as_millis()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> Prefix {
        Prefix::of(Some(text.parse().unwrap()))
    }

    fn lockouts() -> Lockouts {
        Lockouts::new(RandomState::with_seeds(1, 2, 3, 4))
    }

    #[test]
    fn networks_are_named() {
        for (address, network) in [
            ("192.0.2.7", "192.0.2.0/24"),
            ("::ffff:192.0.2.7", "192.0.2.0/24"),
            ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ] {
            assert_eq!(ip(address).to_string(), network);
        }
        assert_eq!(Prefix::of(None).to_string(), "this machine");
    }

    #[test]
    fn the_fifth_failure_pauses_and_each_more_doubles_it_up_to_the_longest() {
        let (rule, from) = (LoginThrottle::default(), ip("192.0.2.7"));
        let mut lockouts = lockouts();
        let mut now = 1000;
        for _ in 0..4 {
            lockouts.failed("Ann", from, &rule, now);
            assert_eq!(lockouts.pause("ann", from, now), None);
        }
        for seconds in [30, 60, 120, 240, 480, 900, 900] {
            lockouts.failed("ANN", from, &rule, now);
            let pause = Duration::from_secs(seconds);
            assert_eq!(lockouts.pause("ann", from, now), Some(pause));
            assert_eq!(lockouts.pause("ann", ip("192.0.3.7"), now), None);
            assert_eq!(lockouts.pause("bob", from, now), None);
            now += seconds * 1000;
            assert_eq!(lockouts.pause("ann", from, now), None);
        }
        // Long after it counts from the beginning; success forgets at once.
        lockouts.failed("ann", from, &rule, now + 900_000);
        assert_eq!(lockouts.pause("ann", from, now + 900_000), None);
        lockouts.succeeded("Ann", from);
        assert!(lockouts.failed.is_empty());
    }

    #[test]
    fn who_is_paused_is_listed_and_memory_is_bounded() {
        let rule = LoginThrottle {
            failures: Some(1),
            ..LoginThrottle::default()
        };
        let mut lockouts = lockouts();
        lockouts.failed("ann", Prefix::Here, &rule, 0);
        lockouts.failed("ann", Prefix::Here, &rule, 0);
        lockouts.failed("bob", ip("192.0.2.7"), &rule, 5000);
        lockouts.failed("eve", ip("192.0.2.7"), &rule, 5000);
        assert_eq!(lockouts.forgive("EVE"), 1);
        assert_eq!(lockouts.forgive("eve"), 0);
        let list = lockouts.list(10_000);
        let list: Vec<_> = list
            .iter()
            .map(|l| {
                (
                    &*l.account,
                    l.from.to_string(),
                    l.failures,
                    l.left.as_secs(),
                )
            })
            .collect();
        let expected = [
            ("ann", "this machine".to_owned(), 2, 50),
            ("bob", "192.0.2.0/24".to_owned(), 1, 25),
        ];
        assert_eq!(list, expected);
        for n in 0..2 * MOST {
            lockouts.failed(&format!("x{n}"), Prefix::Here, &rule, 20_000 + n as u64);
        }
        assert_eq!(lockouts.failed.len(), MOST);
        assert!(lockouts.list(20_000).len() <= MOST);
    }

    #[test]
    fn no_number_of_names_washes_a_pause_away() {
        let (rule, mut lockouts) = (LoginThrottle::default(), lockouts());
        (0..5).for_each(|_| lockouts.failed("ann", Prefix::Here, &rule, 0));
        for n in 0..MOST {
            lockouts.failed(&format!("x{n}"), Prefix::Here, &rule, 1);
        }
        assert_eq!(lockouts.failed.len(), MOST);
        assert!(lockouts.pause("ann", Prefix::Here, 1).is_some());
    }

    #[test]
    fn of_an_endless_name_no_more_is_remembered_than_a_name_has() {
        let (rule, mut lockouts) = (LoginThrottle::default(), lockouts());
        let name = "X".repeat(8000);
        (0..5).for_each(|_| lockouts.failed(&name, Prefix::Here, &rule, 0));
        assert!(lockouts.pause(&name, Prefix::Here, 0).is_some());
        assert_eq!(lockouts.list(0).first().unwrap().account.len(), LONGEST);
        assert_eq!(lockouts.forgive(&name), 1);
    }

    #[test]
    fn without_a_rule_nobody_is_paused() {
        let rule = LoginThrottle {
            failures: None,
            ..LoginThrottle::default()
        };
        let mut lockouts = lockouts();
        (0..100).for_each(|_| lockouts.failed("ann", Prefix::Here, &rule, 0));
        assert!(lockouts.list(0).is_empty());
    }
}
