//! How fast the bytes of an upload must come, so that no trickle keeps its room for ever: never a long silence, and on
//! average of each minute no less than a very slow line carries. What waits for the disk is not held against the sender.

use std::time::{Duration, Instant};

/// A body of which nothing comes for this long is given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// Over this long it is looked how much has come.
const MINUTE: Duration = Duration::from_secs(60);
/// Least bytes of a minute: 1 KiB a second.
const LEAST: u64 = 60 * 1024;

/// How the bytes of one request come.
#[derive(Debug)]
pub(super) struct Pace {
    patience: Duration,
    /// When nothing has come for too long.
    late: Instant,
    /// When this minute is over.
    over: Instant,
    /// Bytes that came in it.
    came: u64,
}

impl Pace {
    /// Of a request that begins.
    pub(super) fn new(now: Instant) -> Self {
        Self {
            patience: PATIENCE,
            late: now + PATIENCE,
            over: now + MINUTE,
            came: 0,
        }
    }

    /// Bytes came, and were taken in the time from then to now.
    pub(super) fn took(&mut self, bytes: usize, from: Instant, now: Instant) {
        self.came = self
            .came
            .saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        self.late = now + self.patience;
        self.over += now.saturating_duration_since(from);
    }

    /// No silence is longer than this from now on.
    pub(super) fn hurry(&mut self, patience: Duration, now: Instant) {
        self.patience = patience;
        self.late = self.late.min(now + patience);
    }

    /// When it is to be looked whether they come too slowly, though nothing comes.
    pub(super) fn due(&self) -> Instant {
        self.late.min(self.over)
    }

    /// Whether they come too slowly; another minute begins when one is over.
    pub(super) fn is_too_slow(&mut self, now: Instant) -> bool {
        if now >= self.over {
            if self.came < LEAST {
                return true;
            }
            self.over = now + MINUTE;
            self.came = 0;
        }
        now >= self.late
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After how many seconds a request is given up of which so many bytes come every so many seconds.
    fn given_up_after(bytes: usize, every: u64, taking_ms: u64) -> Option<u64> {
        let begun = Instant::now();
        let (mut pace, mut now) = (Pace::new(begun), begun);
        for _ in 0..1000 {
            let next = now + Duration::from_secs(every);
            while pace.due() <= next {
                let due = pace.due();
                if pace.is_too_slow(due) {
                    return Some((due - begun).as_secs());
                }
            }
            now = next + Duration::from_millis(taking_ms);
            pace.took(bytes, next, now);
            if pace.is_too_slow(now) {
                return Some((now - begun).as_secs());
            }
        }
        None
    }

    #[test]
    fn a_byte_every_twenty_nine_seconds_is_too_slow() {
        assert_eq!(given_up_after(1, 29, 0), Some(60));
        assert_eq!(given_up_after(30_000, 29, 0), Some(60));
    }

    #[test]
    fn silence_is_too_slow_however_much_came_before() {
        assert_eq!(given_up_after(1 << 20, 31, 0), Some(30));
    }

    #[test]
    fn a_slow_line_may_go_on_for_ever() {
        assert_eq!(given_up_after(1200, 1, 0), None);
        assert_eq!(given_up_after(31_000, 29, 0), None);
    }

    #[test]
    fn who_is_to_hurry_is_given_less_time_to_be_silent() {
        let begun = Instant::now();
        let mut pace = Pace::new(begun);
        pace.hurry(Duration::from_secs(1), begun);
        pace.took(1, begun, begun);
        assert!(!pace.is_too_slow(begun + Duration::from_millis(999)));
        assert!(pace.is_too_slow(begun + Duration::from_secs(1)));
    }

    #[test]
    fn what_waits_for_the_disk_is_not_slow() {
        // A piece a minute, of which the disk has taken fifty seconds.
        assert_eq!(given_up_after(13_000, 10, 50_000), None);
    }
}
