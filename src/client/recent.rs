//! What was said lately, kept to be shown again when the person goes to where it was said. Bounded.

use crate::client::item::Said;
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
    use crate::client::item::{Tone, Way, Whose};
    use jiff::Timestamp;

    fn said(text: &str) -> Said {
        Said {
            at: Timestamp::UNIX_EPOCH,
            from: "ann".to_owned(),
            way: Way::Here,
            tone: Tone::Say,
            text: text.to_owned(),
            whose: Whose::Theirs,
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
}
