//! A token bucket: so many at once, then so many over time.

use serde::{Deserialize, Serialize};

/// How much of a thing is used up. Time comes in as a value.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Bucket {
    /// What is spent, in units of which a token has [`TOKEN`].
    spent: u64,
    /// Uptime in milliseconds up to which the spent ones have grown back.
    since_ms: u64,
}

/// How many tokens a bucket holds and how fast they grow back.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    pub burst: u32,
    /// Tokens that grow back in a minute.
    pub per_minute: u32,
}

/// One token: what a rate of one per minute grows in a minute of milliseconds.
const TOKEN: u64 = 60_000;

impl Bucket {
    /// Takes one token if there is one.
    pub fn take(&mut self, rate: Rate, uptime_ms: u64) -> bool {
        let elapsed = uptime_ms.saturating_sub(self.since_ms);
        let grown = elapsed.saturating_mul(rate.per_minute.into());
        self.spent = self.spent.saturating_sub(grown);
        self.since_ms = uptime_ms;
        let has_one = self.spent + TOKEN <= u64::from(rate.burst) * TOKEN;
        if has_one {
            self.spent += TOKEN;
        }
        has_one
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_a_rate() {
        let rate = Rate {
            burst: 3,
            per_minute: 6,
        };
        let mut bucket = Bucket::default();
        let taken = (0..5).filter(|_| bucket.take(rate, 1000)).count();
        assert_eq!(taken, 3);
        assert!(!bucket.take(rate, 10_999));
        assert!(bucket.take(rate, 11_000));
        assert!(!bucket.take(rate, 11_000));
    }
}
