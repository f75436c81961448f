//! Slow mode: when whoever spoke in a room with slow mode may speak there again.
//!
//! Who leaves and comes back waits no less: the wait counts for the account, and for the network they came from.
//! Others from that network who were here before do not wait for them.

use crate::proto::subnet::Subnet;
use crate::server::world::event::Now;
use crate::server::world::id::{RoomId, UserId};
use crate::store::record::account::AccountId;
use ahash::RandomState;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// Where somebody comes from who has a network of this size to themselves.
const HOME_V6: u8 = 64;

/// Somebody who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speaker {
    pub user: UserId,
    pub account: Option<AccountId>,
    pub ip: Option<IpAddr>,
    /// When they came, by the wall clock.
    pub since_ms: u64,
}

/// What a wait counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Whose {
    User(UserId),
    Account(AccountId),
    Network(Subnet),
}

/// From when until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// Wall clock.
    from_ms: u64,
    /// Uptime.
    until_ms: u64,
}

/// Who has to wait until when.
#[derive(Debug)]
pub struct Slow {
    waits: HashMap<(RoomId, Whose), Wait, RandomState>,
}

impl Speaker {
    /// All that a wait of theirs counts for.
    fn keys(&self) -> impl Iterator<Item = Whose> {
        let network = self.ip.map(|ip| match ip.to_canonical() {
            ip @ IpAddr::V4(_) => Subnet::only(ip),
            ip @ IpAddr::V6(_) => Subnet::of(ip, HOME_V6),
        });
        let keys = [
            Some(Whose::User(self.user)),
            self.account.map(Whose::Account),
            network.map(Whose::Network),
        ];
        keys.into_iter().flatten()
    }
}

impl Slow {
    /// Nobody has to wait.
    pub fn new(hasher: &RandomState) -> Self {
        Self {
            waits: HashMap::with_hasher(hasher.clone()),
        }
    }

    /// Who has to wait until when, for another process.
    pub fn freeze(&self) -> Vec<(RoomId, Whose, Wait)> {
        let waits = self.waits.iter();
        waits
            .map(|((room, whose), wait)| (*room, *whose, *wait))
            .collect()
    }

    /// The same in the other process.
    pub fn thaw(mut self, waits: Vec<(RoomId, Whose, Wait)>) -> Self {
        let waits = waits.into_iter();
        let waits = waits.map(|(room, whose, wait)| ((room, whose), wait));
        self.waits.extend(waits);
        self
    }

    /// Whole seconds that somebody still has to wait.
    pub fn left(&self, room: RoomId, who: &Speaker, uptime_ms: u64) -> Option<u64> {
        let is_theirs = |whose: Whose, wait: &Wait| {
            !matches!(whose, Whose::Network(_)) || who.since_ms >= wait.from_ms
        };
        let waits = who.keys().filter_map(|whose| {
            let wait = self.waits.get(&(room, whose))?;
            is_theirs(whose, wait).then_some(wait.until_ms)
        });
        let left_ms = waits.max()?.checked_sub(uptime_ms);
        Some(left_ms.filter(|left| *left > 0)?.div_ceil(1000))
    }

    /// Notes that somebody said so many lines in a room where each costs so many seconds.
    pub fn spoke(&mut self, room: RoomId, who: &Speaker, lines: u64, seconds: u32, now: Now) {
        let wait_ms = lines.max(1) * u64::from(seconds) * 1000;
        let wait = Wait {
            from_ms: now.unix_ms,
            until_ms: now.uptime_ms.saturating_add(wait_ms),
        };
        for whose in who.keys() {
            self.waits.insert((room, whose), wait);
        }
    }

    /// Forgets those who need not wait any more.
    pub fn tidy(&mut self, uptime_ms: u64) {
        self.waits.retain(|_, wait| wait.until_ms > uptime_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: RoomId = RoomId {
        index: 1,
        generation: 1,
    };

    fn speaker(user: u32, account: Option<u64>, ip: &str, since_ms: u64) -> Speaker {
        Speaker {
            user: UserId {
                index: user,
                generation: 1,
            },
            account: account.map(AccountId),
            ip: ip.parse().ok(),
            since_ms,
        }
    }

    fn at(unix_ms: u64) -> Now {
        Now {
            unix_ms,
            uptime_ms: unix_ms,
        }
    }

    #[test]
    fn who_comes_back_waits_and_neighbours_who_were_here_do_not() {
        let mut slow = Slow::new(&RandomState::with_seeds(1, 2, 3, 4));
        let bob = speaker(1, None, "2001:db8::1", 0);
        slow.spoke(ROOM, &bob, 1, 30, at(10_000));
        assert_eq!(slow.left(ROOM, &bob, 20_000), Some(20));
        let neighbour = speaker(2, None, "2001:db8::2", 5_000);
        assert_eq!(slow.left(ROOM, &neighbour, 20_000), None);
        let again = speaker(3, None, "2001:db8::3", 15_000);
        assert_eq!(slow.left(ROOM, &again, 20_000), Some(20));
        let stranger = speaker(4, None, "2001:db8:0:1::1", 15_000);
        assert_eq!(slow.left(ROOM, &stranger, 20_000), None);
        // An account waits wherever it comes from.
        slow.spoke(
            ROOM,
            &speaker(5, Some(7), "192.0.2.1", 0),
            1,
            30,
            at(10_000),
        );
        let elsewhere = speaker(6, Some(7), "192.0.2.9", 15_000);
        assert_eq!(slow.left(ROOM, &elsewhere, 20_000), Some(20));
        let thawed = Slow::new(&RandomState::with_seeds(1, 2, 3, 4)).thaw(slow.freeze());
        assert_eq!(thawed.left(ROOM, &again, 20_000), Some(20));
        slow.tidy(40_000);
        assert!(slow.freeze().is_empty());
    }
}
