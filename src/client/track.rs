//! How far the conversation was followed: the last message of each place, what was read, and which messages
//! were shown already. Bounded.

use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Most places followed.
const MOST_PLACES: usize = 2000;
/// Most messages remembered as shown.
const MOST_IDS: usize = 20_000;
/// Longest name of a message that is remembered, in bytes.
const LONGEST: usize = 128;

/// One place: a room, or the talk with one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The last message shown.
    pub id: String,
    pub at: Option<Timestamp>,
    /// When somebody else spoke last.
    pub other_at: Option<Timestamp>,
    /// Up to when it was read, on any device; nothing, as far as is known.
    pub marker: Option<Timestamp>,
}

/// All places, by their folded names.
#[derive(Debug, Default)]
pub struct Track {
    places: BTreeMap<String, Place>,
    shown: BTreeSet<String>,
    order: VecDeque<String>,
    /// The latest moment of the server's clock that was heard of.
    pub clock: Option<Timestamp>,
}

/// Whose message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Me,
    Another,
}

impl Track {
    /// What is known of a place.
    pub fn place(&self, name: &str) -> Option<&Place> {
        self.places.get(name)
    }

    /// Notes a message of a place; whether it is new.
    pub fn note(&mut self, name: &str, id: &str, at: Timestamp, by: By) -> bool {
        if !self.note_id(id) {
            return false;
        }
        if let Some(place) = self.entry(name) {
            if place.at.is_none_or(|last| last <= at) {
                place.at = Some(at);
                id.clone_into(&mut place.id);
            }
            if by == By::Another {
                place.other_at = place.other_at.max(Some(at));
            }
        }
        true
    }

    fn note_id(&mut self, id: &str) -> bool {
        if id.is_empty() || id.len() > LONGEST {
            return true;
        }
        if !self.shown.insert(id.to_owned()) {
            return false;
        }
        self.order.push_back(id.to_owned());
        if self.order.len() > MOST_IDS
            && let Some(oldest) = self.order.pop_front()
        {
            self.shown.remove(&oldest);
        }
        true
    }

    /// Whether a message was shown already.
    pub fn knows(&self, id: &str) -> bool {
        self.shown.contains(id)
    }

    /// A place was read up to this moment; whether that is news.
    pub fn read(&mut self, name: &str, at: Timestamp) -> bool {
        let Some(place) = self.entry(name) else {
            return false;
        };
        let is_news = place.marker.is_none_or(|marker| marker < at);
        place.marker = place.marker.max(Some(at));
        is_news
    }

    /// When somebody else spoke in a place after it was read last.
    pub fn unread_at(&self, name: &str) -> Option<Timestamp> {
        let place = self.places.get(name)?;
        place
            .other_at
            .filter(|at| place.marker.is_none_or(|marker| marker < *at))
    }

    /// The latest moment up to which anything was read.
    pub fn last_read(&self) -> Option<Timestamp> {
        self.places.values().filter_map(|place| place.marker).max()
    }

    /// Nothing is known to be read: the server keeps no mark of what a guest read.
    pub fn forget_markers(&mut self) {
        self.places
            .values_mut()
            .for_each(|place| place.marker = None);
    }

    /// The server's clock shows this.
    pub fn hear_clock(&mut self, at: Timestamp) {
        self.clock = self.clock.max(Some(at));
    }

    fn entry(&mut self, name: &str) -> Option<&mut Place> {
        if self.places.len() >= MOST_PLACES && !self.places.contains_key(name) {
            return None;
        }
        Some(self.places.entry(name.to_owned()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn a_message_is_new_once() {
        let mut track = Track::default();
        assert!(track.note("#a", "m1", at(1), By::Another));
        assert!(!track.note("#a", "m1", at(1), By::Another));
        assert!(track.note("#a", "", at(2), By::Me));
        assert!(track.note("#a", "", at(2), By::Me));
        assert!(track.note("#a", "m0", at(0), By::Another));
        assert_eq!(track.place("#a").unwrap().at, Some(at(2)));
        for number in 0..MOST_IDS {
            track.note("#a", &format!("n{number}"), at(3), By::Me);
        }
        assert_eq!((track.shown.len(), track.order.len()), (MOST_IDS, MOST_IDS));
    }

    #[test]
    fn what_others_said_is_unread_until_the_marker_passes_it() {
        let mut track = Track::default();
        track.note("#a", "m1", at(5), By::Another);
        track.note("#a", "m2", at(9), By::Me);
        assert_eq!(track.unread_at("#a"), Some(at(5)));
        assert!(track.read("#a", at(5)));
        assert_eq!(track.unread_at("#a"), None);
        assert!(!track.read("#a", at(4)));
        assert_eq!(track.last_read(), Some(at(5)));
    }

    #[test]
    fn no_server_can_fill_the_memory_with_places() {
        let mut track = Track::default();
        for number in 0..MOST_PLACES + 5 {
            track.read(&number.to_string(), at(1));
        }
        assert_eq!(track.places.len(), MOST_PLACES);
    }
}
