//! Handshakes under way: so many at once, each for so long; who comes when there are too many waits unread.

use crate::server::world::event::SessionId;
use std::collections::VecDeque;

/// Handshakes at one time.
const AT_ONCE: usize = 64;
/// How long one may take.
const LONGEST_MS: u64 = 10_000;
/// How long while others wait for a place: whoever begins many and ends none keeps nobody out for long.
const HASTY_MS: u64 = 3_000;

/// Who is shaking hands, and who waits to.
#[derive(Debug, Default)]
pub(in crate::server) struct Handshakes {
    /// With the time at which it began.
    going: Vec<(SessionId, u64)>,
    waiting: VecDeque<SessionId>,
}

impl Handshakes {
    /// Whether no other can begin.
    pub(in crate::server) fn is_full(&self) -> bool {
        self.going.len() >= AT_ONCE
    }

    /// Whether somebody has their place, though they may not have begun.
    pub(in crate::server) fn has(&self, id: SessionId) -> bool {
        self.going.iter().any(|(other, _)| *other == id)
    }

    /// Whether somebody waits.
    pub(in crate::server) fn is_awaited(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Gives somebody a place.
    pub(in crate::server) fn begin(&mut self, id: SessionId, uptime_ms: u64) {
        if !self.has(id) {
            self.going.push((id, uptime_ms));
        }
    }

    /// Somebody is done.
    pub(in crate::server) fn end(&mut self, id: SessionId) {
        self.going.retain(|(other, _)| *other != id);
    }

    /// Somebody waits until there is a place.
    pub(in crate::server) fn wait(&mut self, id: SessionId) {
        self.waiting.push_back(id);
    }

    /// Forgets those who are gone or done.
    pub(in crate::server) fn keep(&mut self, mut is_going: impl FnMut(SessionId) -> bool) {
        self.going.retain(|(id, _)| is_going(*id));
    }

    /// The next of those who wait, if there is a place.
    pub(in crate::server) fn next(&mut self) -> Option<SessionId> {
        match self.is_full() {
            true => None,
            false => self.waiting.pop_front(),
        }
    }

    /// Those who took too long.
    pub(in crate::server) fn overdue(&self, uptime_ms: u64) -> Vec<SessionId> {
        let longest = match self.is_awaited() {
            true => HASTY_MS,
            false => LONGEST_MS,
        };
        let is_overdue = |begun: u64| uptime_ms >= begun.saturating_add(longest);
        let overdue = self.going.iter().filter(|(_, begun)| is_overdue(*begun));
        overdue.map(|(id, _)| *id).collect()
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

    #[test]
    fn so_many_at_once_and_then_in_the_order_they_came() {
        let mut it = Handshakes::default();
        let most = u32::try_from(AT_ONCE).unwrap();
        for n in 0..most {
            assert!(!it.is_full());
            it.begin(id(n), 0);
        }
        assert!(it.is_full());
        it.wait(id(most));
        it.wait(id(most + 1));
        assert_eq!(it.next(), None);
        it.end(id(3));
        it.end(id(4));
        assert_eq!(it.next(), Some(id(most)));
        it.begin(id(most), 0);
        it.keep(|other| other != id(5));
        assert_eq!(it.next(), Some(id(most + 1)));
        assert!(!it.is_awaited());
    }

    #[test]
    fn a_handshake_is_overdue_when_its_time_is_up() {
        let mut it = Handshakes::default();
        it.begin(id(1), 5);
        it.begin(id(1), 500);
        assert!(it.overdue(LONGEST_MS + 4).is_empty());
        assert_eq!(it.overdue(LONGEST_MS + 5), [id(1)]);
    }

    #[test]
    fn while_others_wait_it_is_overdue_sooner() {
        let mut it = Handshakes::default();
        it.begin(id(1), 5);
        it.begin(id(2), 500);
        it.wait(id(3));
        assert!(it.overdue(HASTY_MS + 4).is_empty());
        assert_eq!(it.overdue(HASTY_MS + 5), [id(1)]);
        assert_eq!(it.next(), Some(id(3)));
        assert!(it.overdue(HASTY_MS + 500).is_empty());
    }
}
