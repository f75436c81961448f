//! Processor time and memory of the server, from `/proc`; its children count too.

use crate::clock::SECOND;
use std::collections::HashMap;
use std::fs;

/// Ticks of `/proc/PID/stat` in a second, on every Linux.
const TICK: u64 = SECOND / 100;

/// What a server has used by a moment.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// Processor time in ticks, as nanoseconds; threads that have ended are in it.
    coarse: u64,
    /// Processor time of each living thread, to the nanosecond.
    threads: HashMap<u32, u64>,
    pub rss_kib: u64,
    pub peak_kib: u64,
}

impl Sample {
    /// Of the process and those that it started; `None` if it does not exist.
    pub fn of(pid: u32) -> Option<Self> {
        let mut sample = Self::default();
        sample.add(pid)?;
        let mut pids = children(pid);
        while let Some(child) = pids.pop() {
            pids.extend(children(child));
            // One that has just ended is no fault.
            let _ = sample.add(child);
        }
        Some(sample)
    }

    fn add(&mut self, pid: u32) -> Option<()> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        self.coarse += ticks(&stat)? * TICK;
        for task in tasks(pid) {
            let path = format!("/proc/{pid}/task/{task}/schedstat");
            let text = fs::read_to_string(path).unwrap_or_default();
            if let Some(ns) = text.split(' ').next().and_then(|ns| ns.parse().ok()) {
                self.threads.insert(task, ns);
            }
        }
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        self.rss_kib += field_kib(&status, "VmRSS:");
        self.peak_kib += field_kib(&status, "VmHWM:");
        Some(())
    }

    /// Processor time between an earlier moment and this one, in nanoseconds.
    ///
    /// Threads tell it exactly as long as they live; the ticks, which know the dead, say how much is missing.
    pub fn cpu_since(&self, earlier: &Self) -> u64 {
        let of = |(task, ns): (&u32, &u64)| ns - earlier.threads.get(task).unwrap_or(&0).min(ns);
        let fine: u64 = self.threads.iter().map(of).sum();
        let coarse = self.coarse.saturating_sub(earlier.coarse);
        fine.max(coarse.saturating_sub(2 * TICK))
    }
}

fn tasks(pid: u32) -> Vec<u32> {
    let Ok(entries) = fs::read_dir(format!("/proc/{pid}/task")) else {
        return Vec::new();
    };
    let number = |entry: fs::DirEntry| entry.file_name().to_str()?.parse().ok();
    entries.flatten().filter_map(number).collect()
}

fn children(pid: u32) -> Vec<u32> {
    let of = |task: u32| fs::read_to_string(format!("/proc/{pid}/task/{task}/children")).ok();
    let lists: Vec<String> = tasks(pid).into_iter().filter_map(of).collect();
    lists
        .iter()
        .flat_map(|list| list.split_ascii_whitespace())
        .filter_map(|child| child.parse().ok())
        .collect()
}

fn field_kib(status: &str, name: &str) -> u64 {
    status
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .and_then(|value| value.trim_end_matches("kB").trim().parse().ok())
        .unwrap_or(0)
}

/// Processor time in ticks, that of ended children included, out of a `stat` file.
fn ticks(stat: &str) -> Option<u64> {
    // The second field may hold blanks and parentheses.
    let (_, after) = stat.rsplit_once(')')?;
    let fields: Vec<u64> = after
        .split_ascii_whitespace()
        .skip(11)
        .take(4)
        .filter_map(|field| field.parse().ok())
        .collect();
    (fields.len() == 4).then(|| fields.iter().sum())
}

/// Memory of the kernel in TCP sockets of the whole machine.
pub fn tcp_kib() -> u64 {
    let text = fs::read_to_string("/proc/net/sockstat").unwrap_or_default();
    text.lines()
        .find_map(|line| line.strip_prefix("TCP:"))
        .and_then(|line| line.rsplit(' ').next())
        .and_then(|pages| pages.parse::<u64>().ok())
        .unwrap_or(0)
        * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stat_line_with_an_odd_name_is_read() {
        let line = "12 (a) b) S 1 12 12 0 -1 4194560 1 2 3 4 100 20 3 4 20 0 1 0 5 6 7";
        assert_eq!(ticks(line), Some(127));
        assert_eq!(ticks("garbage"), None);
    }

    #[test]
    fn a_field_of_status_is_read() {
        let text = "Name:\tx\nVmHWM:\t    1234 kB\nVmRSS:\t  99 kB\n";
        assert_eq!(field_kib(text, "VmRSS:"), 99);
        assert_eq!(field_kib(text, "VmHWM:"), 1234);
        assert_eq!(field_kib(text, "VmSwap:"), 0);
    }

    #[test]
    fn a_process_can_look_at_itself() {
        let before = Sample::of(std::process::id()).unwrap();
        assert!(before.rss_kib > 0 && before.peak_kib >= before.rss_kib);
        let mut sum = 0u64;
        (0..5_000_000u64).for_each(|n| sum = std::hint::black_box(sum.wrapping_add(n)));
        let after = Sample::of(std::process::id()).unwrap();
        assert!(after.cpu_since(&before) > 0);
        assert!(Sample::of(u32::MAX).is_none());
    }

    #[test]
    fn threads_that_ended_are_known_from_the_ticks() {
        let sample = |coarse, threads: &[(u32, u64)]| Sample {
            coarse: coarse * TICK,
            threads: threads.iter().copied().collect(),
            ..Sample::default()
        };
        let before = sample(10, &[(1, 50 * TICK), (2, 50 * TICK)]);
        let alive = sample(13, &[(1, 51 * TICK), (2, 51 * TICK)]);
        assert_eq!(alive.cpu_since(&before), 2 * TICK);
        let one_ended = sample(110, &[(1, 51 * TICK)]);
        assert_eq!(one_ended.cpu_since(&before), 98 * TICK);
    }
}
