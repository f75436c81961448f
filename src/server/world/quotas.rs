//! How often something is done from each network: so many at once, then so many over time.

use crate::server::world::bucket::{Bucket, Rate};
use crate::server::world::lockout::Prefix;
use ahash::RandomState;
use hashbrown::HashMap;

/// Most networks that are remembered; beyond, those that have done nothing yet have to wait.
const MOST: usize = 10_000;
/// After so long without a use a quota is full again.
const QUIET_MS: u64 = 600_000;

/// How often something is done from a network.
#[derive(Debug)]
pub struct Quotas {
    used: HashMap<Prefix, (Bucket, u64), RandomState>,
}

/// How often, as a list for another process.
pub type Used = Vec<(Prefix, Bucket, u64)>;

impl Quotas {
    /// All of it as a list.
    pub fn freeze(&self) -> Used {
        let used = self.used.iter();
        used.map(|(from, (bucket, last_ms))| (*from, *bucket, *last_ms))
            .collect()
    }

    /// What such a list says.
    pub fn thaw(used: Used, hasher: RandomState) -> Self {
        let mut quotas = Self::new(hasher);
        let used = used.into_iter();
        let used = used.map(|(from, bucket, last_ms)| (from, (bucket, last_ms)));
        quotas.used.extend(used);
        quotas
    }

    /// Nobody did it yet.
    pub fn new(hasher: RandomState) -> Self {
        Self {
            used: HashMap::with_hasher(hasher),
        }
    }

    /// Whether it may be done once more.
    pub fn take(&mut self, from: Prefix, rate: Rate, uptime_ms: u64) -> bool {
        if self.used.len() >= MOST {
            let is_recent = |last_ms: u64| uptime_ms.saturating_sub(last_ms) < QUIET_MS;
            self.used.retain(|_, (_, last_ms)| is_recent(*last_ms));
        }
        if self.used.len() >= MOST && !self.used.contains_key(&from) {
            return false;
        }
        let (bucket, last_ms) = self.used.entry(from).or_default();
        *last_ms = uptime_ms;
        bucket.take(rate, uptime_ms)
    }

    /// Whether it may not be done once more now; as long as there is no place left, nobody new may.
    pub fn is_used_up(&self, from: Prefix, rate: Rate, uptime_ms: u64) -> bool {
        match self.used.get(&from) {
            Some((bucket, _)) => !bucket.clone().take(rate, uptime_ms),
            None => self.used.len() >= MOST,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Prefix {
        Prefix::of(Some(text.parse().unwrap()))
    }

    #[test]
    fn each_network_has_a_quota_of_its_own() {
        let rate = Rate {
            burst: 2,
            per_minute: 1,
        };
        let mut quotas = Quotas::new(RandomState::with_seeds(1, 2, 3, 4));
        let mut take = |from, now| quotas.take(from, rate, now);
        assert!(take(Prefix::Here, 0) && take(Prefix::Here, 0) && !take(Prefix::Here, 0));
        assert!(take(network("192.0.2.7"), 0) && take(Prefix::Here, 60_000));
        for n in 0..MOST {
            let octets = u16::try_from(n).unwrap().to_be_bytes();
            take(Prefix::V4([1, octets[0], octets[1]]), 70_000);
        }
        assert!(!take(network("192.0.9.1"), 70_000), "there is no room");
        assert!(take(network("192.0.2.7"), 70_000), "it has its place");
        assert!(take(network("192.0.9.1"), 70_000 + QUIET_MS));
        let late = 80_000 + QUIET_MS;
        assert!(
            !quotas.is_used_up(network("192.0.9.1"), rate, late)
                && quotas.take(network("192.0.9.1"), rate, late)
        );
        assert!(quotas.is_used_up(network("192.0.9.1"), rate, late));
    }
}
