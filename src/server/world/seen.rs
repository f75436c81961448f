//! Who was here lately: what WHOLAST answers from.

use crate::proto::name::{Folded, Nick};
use ahash::RandomState;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

/// Most names that are remembered; of more the half that left first is forgotten.
const MOST: usize = 10_000;

/// Names of those who left, with the time when they did.
#[derive(Debug)]
pub struct Seen {
    left_ms: HashMap<Nick, u64, RandomState>,
    /// All who left after this are known.
    complete_after_ms: u64,
}

/// The same as a list, for another process.
#[derive(Debug, Serialize, Deserialize)]
pub struct Left {
    left_ms: Vec<(Nick, u64)>,
    complete_after_ms: u64,
}

impl Seen {
    /// All of it as a list.
    pub fn freeze(&self) -> Left {
        let left = self.left_ms.iter();
        Left {
            left_ms: left.map(|(nick, at)| (nick.clone(), *at)).collect(),
            complete_after_ms: self.complete_after_ms,
        }
    }

    /// What such a list says.
    pub fn thaw(left: Left, hasher: RandomState) -> Self {
        let mut seen = Self::new(hasher);
        seen.left_ms.extend(left.left_ms);
        seen.complete_after_ms = left.complete_after_ms;
        seen
    }

    /// Nobody was here yet.
    pub fn new(hasher: RandomState) -> Self {
        Self {
            left_ms: HashMap::with_hasher(hasher),
            complete_after_ms: 0,
        }
    }

    /// `nick` left at this moment.
    pub fn left(&mut self, nick: Nick, unix_ms: u64) {
        if self.left_ms.len() >= MOST && !self.left_ms.contains_key(&Folded(nick.as_str())) {
            self.forget_oldest_half();
        }
        self.left_ms.insert(nick, unix_ms);
    }

    /// Somebody of this name was here until then, in an earlier life of the server.
    pub fn note(&mut self, nick: &str, unix_ms: u64) {
        if let Some(nick) = Nick::new(nick, nick.len()) {
            self.left(nick, unix_ms);
        }
    }

    /// All that a store told is noted: who left before the first of a full table is not known here.
    pub fn restored(&mut self) {
        if self.left_ms.len() >= MOST {
            let first = self.left_ms.values().min().copied();
            self.complete_after_ms = first.unwrap_or_default();
        }
    }

    /// Whether everybody who left at or after `since_ms` is known here, and not only to a store.
    pub fn is_complete_since(&self, since_ms: u64) -> bool {
        since_ms > self.complete_after_ms || self.complete_after_ms == 0
    }

    /// `nick` is here again.
    pub fn arrived(&mut self, nick: &Nick) {
        self.left_ms.remove(nick);
    }

    /// When somebody of this name left, who is not here.
    pub fn left_at(&self, nick: &str) -> Option<u64> {
        self.left_ms.get(&Folded(nick)).copied()
    }

    /// Those who left at or after `since_ms`, the last one first.
    pub fn since(&self, since_ms: u64) -> Vec<(&Nick, u64)> {
        let mut seen: Vec<_> = self
            .left_ms
            .iter()
            .filter(|(_, at)| **at >= since_ms)
            .map(|(nick, at)| (nick, *at))
            .collect();
        seen.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.as_str().cmp(b.0.as_str())));
        seen
    }

    /// Makes room for many at once, so that a full table does not cost a scan for each leaver.
    fn forget_oldest_half(&mut self) {
        let mut times: Vec<u64> = self.left_ms.values().copied().collect();
        let (_, median, _) = times.select_nth_unstable(MOST / 2);
        let median = *median;
        self.left_ms.retain(|_, at| *at > median);
        self.complete_after_ms = self.complete_after_ms.max(median);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty() -> Seen {
        Seen::new(RandomState::with_seeds(1, 2, 3, 4))
    }

    fn nick(name: &str) -> Nick {
        Nick::new(name, 30).unwrap()
    }

    #[test]
    fn the_last_to_leave_comes_first_and_who_returned_is_out() {
        let mut seen = empty();
        for (name, at) in [("ann", 10), ("bob", 30), ("carol", 20), ("old", 1)] {
            seen.left(nick(name), at);
        }
        seen.arrived(&nick("CAROL"));
        let told: Vec<_> = seen
            .since(10)
            .into_iter()
            .map(|(n, at)| (n.as_str(), at))
            .collect();
        assert_eq!(told, [("bob", 30), ("ann", 10)]);
    }

    #[test]
    fn memory_is_bounded() {
        let mut seen = empty();
        for n in 0..MOST + 1 {
            seen.left(nick(&format!("n{n}")), n as u64);
        }
        assert!(seen.left_ms.len() <= MOST);
        assert!(seen.left_ms.contains_key(&nick(&format!("n{MOST}"))));
    }
}
