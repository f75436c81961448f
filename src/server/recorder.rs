//! Records what goes over a few connections, from when an operator asks for it; nothing is recorded otherwise.
//!
//! Bounded in connections, lines and time, so that a forgotten recording costs nothing.

use crate::server::world::event::{Now, SessionId};
use crate::server::world::raw::{Dumped, RawLine, Way, masked};
use std::collections::{HashMap, VecDeque};

/// Connections that are recorded at once; the oldest recording gives way.
const MOST: usize = 8;
/// Lines of each.
const LINES: usize = 200;
/// How long after it was last asked for.
const SPAN_MS: u64 = 600_000;

/// What is recorded.
#[derive(Debug, Default)]
pub(super) struct Recorder(HashMap<SessionId, Recording>);

#[derive(Debug)]
struct Recording {
    since: Now,
    asked_ms: u64,
    lines: VecDeque<RawLine>,
}

impl Recorder {
    /// Whether nothing is recorded.
    pub(super) fn is_idle(&self) -> bool {
        self.0.is_empty()
    }

    /// Records lines of a connection, if they are to be.
    pub(super) fn note(&mut self, id: SessionId, way: Way, bytes: &[u8], now: Now) {
        let Some(recording) = self.0.get_mut(&id) else {
            return;
        };
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            if recording.lines.len() == LINES {
                recording.lines.pop_front();
            }
            recording.lines.push_back(RawLine {
                unix_ms: now.unix_ms,
                way,
                text: masked(line),
            });
        }
    }

    /// The last lines of these connections; those that are not recorded are from now on.
    pub(super) fn dump(&mut self, ids: &[SessionId], count: usize, now: Now) -> Dumped {
        let mut dumped = Dumped::default();
        for id in ids {
            if let Some(recording) = self.0.get_mut(id) {
                recording.asked_ms = now.uptime_ms;
                let since = recording.since.unix_ms;
                dumped.since_ms = Some(dumped.since_ms.map_or(since, |other| other.min(since)));
                dumped.lines.extend(recording.lines.iter().cloned());
                continue;
            }
            if self.0.len() >= MOST {
                let oldest = self.0.iter().min_by_key(|(_, it)| it.asked_ms);
                let oldest = oldest.map(|(id, _)| *id);
                oldest.map(|id| self.0.remove(&id));
            }
            let recording = Recording {
                since: now,
                asked_ms: now.uptime_ms,
                lines: VecDeque::new(),
            };
            self.0.insert(*id, recording);
        }
        dumped.lines.sort_by_key(|line| line.unix_ms);
        let beyond = dumped.lines.len().saturating_sub(count);
        dumped.lines.drain(..beyond);
        dumped
    }

    /// Records these no more.
    pub(super) fn stop(&mut self, ids: &[SessionId]) -> Dumped {
        self.0.retain(|id, _| !ids.contains(id));
        Dumped::default()
    }

    /// Forgets what nobody has asked for in a while.
    pub(super) fn sweep(&mut self, now: Now) {
        self.0
            .retain(|_, it| now.uptime_ms.saturating_sub(it.asked_ms) < SPAN_MS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(index: u32) -> SessionId {
        SessionId {
            index,
            generation: 1,
        }
    }

    fn at(uptime_ms: u64) -> Now {
        Now {
            unix_ms: uptime_ms,
            uptime_ms,
        }
    }

    #[test]
    fn nothing_is_recorded_before_it_is_asked_for_and_little_after() {
        let mut recorder = Recorder::default();
        recorder.note(id(1), Way::In, b"PING 1\r\n", at(1));
        assert!(recorder.is_idle());
        assert_eq!(recorder.dump(&[id(1)], 20, at(2)), Dumped::default());
        recorder.note(id(1), Way::Out, b"one\r\ntwo\r\n", at(3));
        recorder.note(id(2), Way::Out, b"not theirs\r\n", at(3));
        recorder.note(id(1), Way::In, b"PASS secret\r\n", at(4));
        let dumped = recorder.dump(&[id(1)], 2, at(5));
        let texts: Vec<&str> = dumped.lines.iter().map(|line| &*line.text).collect();
        assert_eq!(
            (texts.as_slice(), dumped.since_ms),
            (&["two", "PASS ***"][..], Some(2))
        );
        recorder.sweep(at(5 + SPAN_MS - 1));
        assert!(!recorder.is_idle());
        recorder.sweep(at(5 + SPAN_MS));
        assert!(recorder.is_idle());
    }

    #[test]
    fn recordings_are_bounded() {
        let mut recorder = Recorder::default();
        for index in 0..20 {
            recorder.dump(&[id(index)], 1, at(u64::from(index)));
        }
        assert_eq!(recorder.0.len(), MOST);
        for _ in 0..LINES * 2 {
            recorder.note(id(19), Way::In, b"x\r\n", at(30));
        }
        assert_eq!(
            recorder.dump(&[id(19)], usize::MAX, at(31)).lines.len(),
            LINES
        );
        recorder.stop(&[id(19)]);
        assert_eq!(recorder.0.len(), MOST - 1);
    }
}
