//! The clocks of a run, in nanoseconds.

use rustix::time::{ClockId, clock_gettime};

pub const MS: u64 = 1_000_000;
pub const SECOND: u64 = 1000 * MS;

fn read(id: ClockId) -> u64 {
    let time = clock_gettime(id);
    time.tv_sec as u64 * SECOND + time.tv_nsec as u64
}

/// The monotonic clock.
#[inline]
pub fn now() -> u64 {
    read(ClockId::Monotonic)
}

/// Processor time that this process has used.
pub fn own_cpu() -> u64 {
    read(ClockId::ProcessCPUTime)
}

/// Nanoseconds as seconds.
pub fn seconds(ns: u64) -> f64 {
    ns as f64 / SECOND as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_does_not_run_backwards() {
        let (wall, own) = (now(), own_cpu());
        assert!(now() >= wall && own_cpu() >= own);
        assert_eq!(seconds(1_500 * MS), 1.5);
    }
}
