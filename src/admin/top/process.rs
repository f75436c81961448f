//! What the system says of the server's process: it runs on this machine.

use std::fs;
use std::time::Instant;

/// Ticks of a second in which Linux tells times of processes.
const TICKS: f64 = 100.0;
/// Places of the times spent in the program and for it in the system, behind the name.
const TIMES: [usize; 2] = [11, 12];

/// A process that is looked at again and again.
#[derive(Debug, Default)]
pub(super) struct Process {
    last: Option<(Instant, u64)>,
}

/// What it uses; what the system does not tell stays empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Usage {
    /// Of one processor, since the look before.
    pub(super) cpu_percent: Option<f64>,
    pub(super) rss_bytes: Option<u64>,
}

impl Process {
    pub(super) fn look(&mut self, pid: u64) -> Usage {
        let now = Instant::now();
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let ticks = ticks(&stat);
        let before = std::mem::replace(&mut self.last, ticks.map(|ticks| (now, ticks)));
        let cpu_percent = before.zip(ticks).and_then(|((then, before), ticks)| {
            let seconds = now.duration_since(then).as_secs_f64();
            let used = ticks.saturating_sub(before) as f64 / TICKS;
            (seconds > 0.0).then(|| (used / seconds * 1000.0).round() / 10.0)
        });
        Usage {
            cpu_percent,
            rss_bytes: resident(&status),
        }
    }
}

/// The time it has spent, in ticks.
fn ticks(stat: &str) -> Option<u64> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = fields.split(' ').collect();
    let times = TIMES.map(|at| fields.get(at).and_then(|field| field.parse::<u64>().ok()));
    times.into_iter().sum()
}

/// The memory that it has now, in bytes.
fn resident(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_may_have_any_name() {
        let stat = "42 (a) b (c) R 1 2 3 4 5 6 7 8 9 10 700 30 0 0 20 0 3 0 9";
        assert_eq!(ticks(stat), Some(730));
        assert_eq!(ticks("42 (short) R 1"), None);
        assert_eq!(ticks(""), None);
    }

    #[test]
    fn this_process_has_memory_and_another_one_none() {
        let mut process = Process::default();
        let own = process.look(std::process::id().into());
        assert!(own.rss_bytes > Some(100_000) && own.cpu_percent.is_none());
        let again = process.look(std::process::id().into());
        assert!(again.cpu_percent.is_some());
        let nobody = Process::default().look(0);
        assert_eq!((nobody.rss_bytes, nobody.cpu_percent), (None, None));
    }
}
