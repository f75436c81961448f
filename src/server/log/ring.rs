//! The last lines of the log, kept for operators who ask, and those who follow what comes.

use crate::config::log::Level;
use crate::server::log::line::Line;
use async_channel::{Receiver, Sender, TrySendError};
use std::collections::VecDeque;
use std::sync::Arc;

/// Lines that are kept.
pub const KEPT: usize = 2000;
/// Bytes of them that are kept.
const KEPT_BYTES: usize = 1 << 20;
/// Lines that may wait for one who follows and does not read.
const BEHIND: usize = 1000;

/// Which lines somebody wants to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// No less important than this.
    pub level: Option<Level>,
    /// Only those that name this user.
    pub user: Option<String>,
    /// Only those that name this address.
    pub ip: Option<String>,
}

impl Wanted {
    /// The last `count` of these lines that are wanted, oldest first.
    pub fn last(&self, lines: &[Arc<Line>], count: usize) -> Vec<Arc<Line>> {
        let fitting = lines.iter().rev().filter(|line| self.fits(line));
        let mut last: Vec<_> = fitting.take(count).cloned().collect();
        last.reverse();
        last
    }

    /// Whether the line is one of them.
    pub fn fits(&self, line: &Line) -> bool {
        let names = |word: &Option<String>| word.as_deref().is_none_or(|word| line.names(word));
        self.level.is_none_or(|least| line.level <= least) && names(&self.user) && names(&self.ip)
    }
}

/// The last lines.
#[derive(Debug)]
pub struct Ring {
    lines: VecDeque<Arc<Line>>,
    bytes: usize,
    followers: Vec<Sender<Arc<Line>>>,
}

impl Ring {
    /// Nothing was said yet.
    pub(super) const fn new() -> Self {
        Self {
            lines: VecDeque::new(),
            bytes: 0,
            followers: Vec::new(),
        }
    }

    /// Keeps a line, and tells those who follow; one who is too far behind follows no more.
    pub(super) fn push(&mut self, line: Arc<Line>) {
        self.followers
            .retain(|follower| match follower.try_send(Arc::clone(&line)) {
                Ok(()) => true,
                Err(TrySendError::Full(_)) => {
                    follower.close();
                    false
                }
                Err(TrySendError::Closed(_)) => false,
            });
        self.bytes += line.text.len();
        self.lines.push_back(line);
        while self.lines.len() > KEPT || self.bytes > KEPT_BYTES {
            let gone = self.lines.pop_front().map_or(0, |line| line.text.len());
            self.bytes = self.bytes.saturating_sub(gone);
        }
    }

    /// All of them, oldest first.
    pub fn lines(&self) -> Vec<Arc<Line>> {
        self.lines.iter().cloned().collect()
    }

    /// What is said from now on.
    pub fn follow(&mut self) -> Receiver<Arc<Line>> {
        let (tell, told) = async_channel::bounded(BEHIND);
        self.followers.push(tell);
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(level: Level, text: &str) -> Arc<Line> {
        Arc::new(Line {
            unix_ms: 0,
            level,
            text: text.into(),
        })
    }

    fn texts(lines: &[Arc<Line>]) -> Vec<&str> {
        lines.iter().map(|line| &*line.text).collect()
    }

    #[test]
    fn the_last_lines_that_are_wanted_come_oldest_first() {
        let mut ring = Ring::new();
        for (level, text) in [
            (Level::Info, "ann came"),
            (Level::Error, "disk"),
            (Level::Info, "bob came"),
            (Level::Info, "ann left"),
        ] {
            ring.push(line(level, text));
        }
        let mut wanted = Wanted::default();
        assert_eq!(
            texts(&wanted.last(&ring.lines(), 2)),
            ["bob came", "ann left"]
        );
        wanted.user = Some("ann".into());
        assert_eq!(
            texts(&wanted.last(&ring.lines(), 9)),
            ["ann came", "ann left"]
        );
        wanted = Wanted {
            level: Some(Level::Warn),
            ..Wanted::default()
        };
        assert_eq!(texts(&wanted.last(&ring.lines(), 9)), ["disk"]);
    }

    #[test]
    fn neither_many_lines_nor_long_ones_fill_the_memory() {
        let mut ring = Ring::new();
        let long = "x".repeat(KEPT_BYTES / 10);
        for _ in 0..KEPT {
            ring.push(line(Level::Info, &long));
        }
        assert_eq!(ring.lines().len(), 10);
        for _ in 0..2 * KEPT {
            ring.push(line(Level::Info, "short"));
        }
        assert_eq!(ring.lines().len(), KEPT);
    }

    #[test]
    fn whoever_follows_and_does_not_read_follows_no_more() {
        let mut ring = Ring::new();
        let (slow, gone) = (ring.follow(), ring.follow());
        drop(gone);
        for _ in 0..=BEHIND {
            ring.push(line(Level::Info, "x"));
        }
        assert!(ring.followers.is_empty());
        let heard = std::iter::from_fn(|| slow.try_recv().ok()).count();
        assert!(heard == BEHIND && slow.is_closed());
    }
}
