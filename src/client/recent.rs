//! What was said lately, kept to be shown again when the person goes to where it was said. Bounded.

use crate::client::item::Said;
use jiff::Timestamp;
use std::collections::VecDeque;

/// Most messages kept, of all places together.
const MOST: usize = 2000;
/// Most bytes of them.
const MOST_BYTES: usize = 1024 * 1024;

/// The last messages.
#[derive(Debug, Default)]
pub struct Recent {
    said: VecDeque<(String, Said)>,
    bytes: usize,
}

impl Recent {
    /// Keeps a message of this place.
    pub fn keep(&mut self, place: String, said: Said) {
        self.bytes += size(&place, &said);
        self.said.push_back((place, said));
        while self.said.len() > MOST || self.bytes > MOST_BYTES {
            let Some((place, said)) = self.said.pop_front() else {
                return;
            };
            self.bytes -= size(&place, &said);
        }
    }

    /// The message with this name.
    pub fn by_id(&self, id: &str) -> Option<&Said> {
        let mut last = self.said.iter().rev().map(|(_, said)| said);
        last.find(|said| !id.is_empty() && said.id == id)
    }

    /// The messages of a place that can be pointed at, the last first.
    pub fn named<'r>(&'r self, place: &str) -> impl Iterator<Item = &'r Said> {
        let here = self.said.iter().rev().filter(move |(own, _)| own == place);
        here.map(|(_, said)| said)
            .filter(|said| !said.id.is_empty())
    }

    /// How many messages of a place others said after this moment.
    pub fn after(&self, place: &str, at: Timestamp, me: &str) -> usize {
        let here = self.said.iter().filter(|(own, _)| own == place);
        here.filter(|(_, said)| said.at > at && !said.from.eq_ignore_ascii_case(me))
            .count()
    }

    /// Forgets a message; what it was.
    pub fn forget(&mut self, id: &str) -> Option<Said> {
        let at = self
            .said
            .iter()
            .position(|(_, said)| !id.is_empty() && said.id == id)?;
        let (place, said) = self.said.remove(at)?;
        self.bytes -= size(&place, &said);
        Some(said)
    }

    /// The last messages of a place, oldest first.
    pub fn last(&self, place: &str, most: usize) -> Vec<Said> {
        let here = self.said.iter().rev().filter(|(own, _)| own == place);
        let mut last: Vec<Said> = here.take(most).map(|(_, said)| said.clone()).collect();
        last.reverse();
        last
    }
}

fn size(place: &str, said: &Said) -> usize {
    place.len() + said.from.len() + said.text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::item::{Age, Tone, Way, Whose};

    fn said(text: &str) -> Said {
        Said {
            account: None,
            at: Timestamp::UNIX_EPOCH,
            from: "ann".to_owned(),
            way: Way::Here,
            tone: Tone::Say,
            text: text.to_owned(),
            whose: Whose::Theirs,
            id: text.to_owned(),
            answers: None,
            twin: None,
            age: Age::Now,
        }
    }

    #[test]
    fn the_last_of_a_place_are_kept_within_bounds() {
        let mut recent = Recent::default();
        for number in 0..MOST + 5 {
            recent.keep("#a".to_owned(), said(&number.to_string()));
        }
        recent.keep("#b".to_owned(), said("other"));
        assert_eq!(recent.said.len(), MOST);
        let last: Vec<String> = recent.last("#a", 2).into_iter().map(|s| s.text).collect();
        assert_eq!(last, ["2003", "2004"]);
        for _ in 0..3 {
            recent.keep("#a".to_owned(), said(&"x".repeat(MOST_BYTES / 2)));
        }
        assert!(recent.bytes <= MOST_BYTES && recent.said.len() < 3);
    }

    #[test]
    fn a_message_is_found_by_its_name_until_it_is_removed() {
        let mut recent = Recent::default();
        recent.keep("#a".to_owned(), said("one"));
        recent.keep("#a".to_owned(), said("two"));
        assert_eq!(recent.by_id("one").unwrap().text, "one");
        assert_eq!(recent.named("#a").next().unwrap().text, "two");
        assert_eq!(recent.after("#a", Timestamp::MIN, "bob"), 2);
        assert_eq!(recent.forget("two").unwrap().text, "two");
        assert!(recent.forget("two").is_none() && recent.by_id("").is_none());
        assert_eq!(recent.bytes, size("#a", &said("one")));
    }
}
