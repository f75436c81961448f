//! Numbers that one thread raises and any may read: no lock, no allocation, and a plain store on the hot path.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Buckets of a [`Histogram`]: four for each doubling of a microsecond, up to about two minutes.
pub const BUCKETS: usize = 104;

/// A number that rises. One thread alone adds to it.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Adds so many.
    pub fn add(&self, count: u64) {
        let before = self.0.load(Ordering::Relaxed);
        self.0.store(before.wrapping_add(count), Ordering::Relaxed);
    }

    /// How many there were.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A number that rises and falls.
#[derive(Debug, Default)]
pub struct Gauge(AtomicU64);

impl Gauge {
    /// Says what it is now.
    pub fn set(&self, value: u64) {
        self.0.store(value, Ordering::Relaxed);
    }

    /// What it was when last said.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// How long something took, each time. One thread alone adds to it.
#[derive(Debug)]
pub struct Histogram {
    buckets: [Counter; BUCKETS],
    sum_us: Counter,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            buckets: std::array::from_fn(|_| Counter::default()),
            sum_us: Counter::default(),
        }
    }
}

impl Histogram {
    /// Notes one more.
    pub fn note(&self, took: Duration) {
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if let Some(bucket) = self.buckets.get(bucket(us)) {
            bucket.add(1);
        }
        self.sum_us.add(us);
    }

    /// What was noted so far.
    pub fn spread(&self) -> Spread {
        Spread {
            counts: std::array::from_fn(|at| self.buckets.get(at).map_or(0, Counter::get)),
            sum_us: self.sum_us.get(),
        }
    }
}

/// What a [`Histogram`] held at one moment, or between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    counts: [u64; BUCKETS],
    pub sum_us: u64,
}

impl Default for Spread {
    fn default() -> Self {
        Self {
            counts: [0; BUCKETS],
            sum_us: 0,
        }
    }
}

impl Spread {
    /// How many were noted.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// What came since an earlier moment.
    pub fn since(&self, earlier: &Self) -> Self {
        let mut rest = *self;
        for (count, before) in rest.counts.iter_mut().zip(&earlier.counts) {
            *count = count.saturating_sub(*before);
        }
        rest.sum_us = self.sum_us.saturating_sub(earlier.sum_us);
        rest
    }

    /// Microseconds within which this many of a hundred were done, at most a quarter too many; `None` if there were none.
    pub fn percentile(&self, percent: u64) -> Option<u64> {
        let wanted = self.count().saturating_mul(percent).div_ceil(100).max(1);
        let mut seen = 0;
        for (at, count) in self.counts.iter().enumerate() {
            seen += count;
            if seen >= wanted {
                return Some(end(at));
            }
        }
        None
    }

    /// For monitoring: seconds, and how many were done within them but not within those of the row before. The last row
    /// is without end.
    pub fn coarse(&self) -> Vec<(f64, u64)> {
        let mut rows = Vec::new();
        let mut rest = self.counts.iter().enumerate().peekable();
        for power in 7..=24_u32 {
            let limit = 1_u64 << power;
            let mut count = 0;
            while let Some((_, more)) = rest.next_if(|(at, _)| end(*at) <= limit) {
                count += more;
            }
            rows.push((limit as f64 / 1e6, count));
        }
        rows.push((f64::MAX, rest.map(|(_, count)| count).sum()));
        rows
    }
}

/// Where so many microseconds are counted.
fn bucket(us: u64) -> usize {
    let power = us.max(1).ilog2();
    let at = match power {
        0 | 1 => us,
        _ => u64::from(4 * (power - 1)) + (us >> (power - 2) & 3),
    };
    usize::try_from(at).unwrap_or(usize::MAX).min(BUCKETS - 1)
}

/// The first microsecond that is not counted there any more.
fn end(at: usize) -> u64 {
    let at = at as u64;
    match at {
        0..4 => at + 1,
        _ => (at % 4 + 5) << (at / 4 - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_span_is_counted_below_the_end_of_its_bucket_and_above_the_one_before() {
        for us in (0..5000).chain((0..27).flat_map(|power| [(1 << power) - 1, 1 << power])) {
            let at = bucket(us);
            assert!(us < end(at), "{us} in {at}");
            assert!(at == 0 || us >= end(at - 1), "{us} in {at}");
        }
        assert_eq!(bucket(u64::MAX), BUCKETS - 1);
    }

    #[test]
    fn percentiles_are_at_most_a_quarter_too_high() {
        let histogram = Histogram::default();
        assert_eq!(histogram.spread().percentile(99), None);
        for us in 1..=10_000 {
            histogram.note(Duration::from_micros(us));
        }
        let spread = histogram.spread();
        for (percent, exact) in [(1, 100), (50, 5000), (99, 9900), (100, 10_000)] {
            let told = spread.percentile(percent).unwrap();
            assert!(
                (exact..=exact + exact / 4 + 1).contains(&told),
                "{percent}: {told}"
            );
        }
        assert_eq!((spread.count(), spread.sum_us), (10_000, 50_005_000));
    }

    #[test]
    fn what_came_since_is_the_difference() {
        let histogram = Histogram::default();
        histogram.note(Duration::from_secs(1));
        let before = histogram.spread();
        histogram.note(Duration::from_micros(3));
        let since = histogram.spread().since(&before);
        assert_eq!((since.count(), since.sum_us), (1, 3));
        assert_eq!(since.percentile(99), Some(4));
    }

    #[test]
    fn coarse_rows_hold_everything_once() {
        let histogram = Histogram::default();
        for us in [0, 127, 128, 1000, 1 << 23, 1 << 25, u64::MAX / 2] {
            histogram.note(Duration::from_micros(us));
        }
        let rows = histogram.spread().coarse();
        assert_eq!(rows.iter().map(|(_, count)| count).sum::<u64>(), 7);
        assert_eq!(rows.first(), Some(&(0.000_128, 2)));
        assert_eq!(rows.last().map(|(_, count)| *count), Some(2));
        assert!(rows.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
