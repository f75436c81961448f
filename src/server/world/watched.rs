//! What went over each connection a moment ago, so that somebody who watches is told how much it is in a second.
//!
//! Kept only while somebody looks: two moments, taken when they ask.

use crate::server::world::gauges::Sample;
use crate::server::world::load::Loads;

/// Two moments that are compared are at least this far apart.
const LEAST_MS: u64 = 900;
/// Nobody who asks now and then wants to know of longer ago.
const MOST_MS: u64 = 90_000;

/// All that was counted up to a moment.
#[derive(Debug, Clone)]
pub struct Moment {
    pub total: Sample,
    pub loads: Loads,
}

/// The last moments at which somebody looked.
#[derive(Debug, Default)]
pub struct Watched {
    newer: Option<Moment>,
    older: Option<Moment>,
}

impl Watched {
    /// The moment to compare this one with: the last one that is long enough ago.
    pub fn before(&self, uptime_ms: u64) -> Option<&Moment> {
        let age = |moment: &Moment| uptime_ms.saturating_sub(moment.total.uptime_ms);
        [&self.newer, &self.older]
            .into_iter()
            .flatten()
            .find(|moment| (LEAST_MS..=MOST_MS).contains(&age(moment)))
    }

    /// Forgets what is too long ago for anybody.
    pub fn forget(&mut self, uptime_ms: u64) {
        let age = |last: &Moment| uptime_ms.saturating_sub(last.total.uptime_ms);
        if self.newer.as_ref().is_some_and(|last| age(last) > MOST_MS) {
            *self = Self::default();
        }
    }

    /// Keeps a moment for the next look, unless another one has just been.
    pub fn keep(&mut self, moment: Moment) {
        let now = moment.total.uptime_ms;
        let is_close = |last: &Moment| now.saturating_sub(last.total.uptime_ms) < LEAST_MS;
        if !self.newer.as_ref().is_some_and(is_close) {
            self.older = self.newer.replace(moment);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(uptime_ms: u64) -> Moment {
        Moment {
            total: Sample {
                uptime_ms,
                ..Sample::default()
            },
            loads: Loads::default(),
        }
    }

    #[test]
    fn nothing_is_kept_when_nobody_looks_any_more() {
        let mut watched = Watched::default();
        watched.keep(at(0));
        watched.forget(MOST_MS);
        assert!(watched.before(MOST_MS).is_some());
        watched.forget(MOST_MS + 1);
        assert!(watched.newer.is_none() && watched.older.is_none());
    }

    #[test]
    fn two_who_look_in_turn_are_both_told_of_about_a_second() {
        let mut watched = Watched::default();
        let mut spans = Vec::new();
        for now in [0, 400, 1000, 1400, 2000, 2400, 3000, 200_000] {
            let before = watched.before(now);
            spans.push(before.map(|before| now - before.total.uptime_ms));
            watched.keep(at(now));
        }
        let second = [Some(1000), Some(1400), Some(1000), Some(1400), Some(1000)];
        assert_eq!(spans[..2], [None, None]);
        assert_eq!(spans[2..7], second);
        assert_eq!(spans[7], None);
    }
}
