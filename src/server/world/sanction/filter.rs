//! Words that are not said here: whole words in a row, compared without case, formatting and hidden characters.
//!
//! A word may hold `*` and `?`. What begins with a word that has none is found by that word, so that many
//! filters cost little; there is room for a hundred others.

use crate::proto::mask;
use crate::proto::sanitise;
use crate::store::record::sanction::SanctionId;
use smallvec::SmallVec;
use std::collections::HashMap;

/// Filters that begin with a wildcard, at most.
const LOOSE: usize = 100;
/// Words of one filter, at most.
const LONGEST: usize = 10;

/// Sanctions that a text falls under.
pub type Hits = SmallVec<[SanctionId; 4]>;

/// One filter.
#[derive(Debug, Clone)]
struct Filter {
    words: Vec<Box<str>>,
    /// Folded name of the only room where it counts.
    room: Option<Box<str>>,
    id: SanctionId,
}

/// All filters.
#[derive(Debug, Default)]
pub struct Filters {
    /// By their first word.
    exact: HashMap<Box<str>, Vec<Filter>>,
    loose: Vec<Filter>,
}

/// The words of a text, as they are compared.
fn words(text: &str) -> Vec<Box<str>> {
    parted(text, |c| !c.is_alphanumeric())
}

/// The words of a filter, some of them with wildcards.
fn pattern(text: &str) -> Vec<Box<str>> {
    parted(text, |c| !c.is_alphanumeric() && !is_wild(c))
}

fn parted(text: &str, is_between: impl Fn(char) -> bool) -> Vec<Box<str>> {
    let plain = sanitise::unformatted(text);
    let visible: String = plain.chars().filter(|c| !is_hidden(*c)).collect();
    let lower = visible.to_lowercase();
    let words = lower.split(is_between).filter(|word| !word.is_empty());
    words.map(Into::into).collect()
}

fn is_wild(c: char) -> bool {
    matches!(c, '*' | '?')
}

/// What separates letters and shows nothing: joiners, directions, soft hyphens, variation selectors.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether something can be a filter: a few words, and not only wildcards.
pub fn is_good(text: &str) -> bool {
    let words = pattern(text);
    let says_something = |word: &str| word.chars().any(char::is_alphanumeric);
    (1..=LONGEST).contains(&words.len()) && words.iter().all(|word| says_something(word))
}

fn is_loose(word: &str) -> bool {
    word.contains(is_wild)
}

impl Filters {
    /// Whether nothing is filtered.
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.loose.is_empty()
    }

    /// Whether there is no room for this one.
    pub fn is_full(&self, text: &str) -> bool {
        let pattern = pattern(text);
        pattern.first().is_some_and(|word| is_loose(word)) && self.loose.len() >= LOOSE
    }

    /// Adds a filter.
    pub fn put(&mut self, text: &str, room: Option<&str>, id: SanctionId) {
        let words = pattern(text);
        let Some(first) = words.first().cloned() else {
            return;
        };
        let filter = Filter {
            words,
            room: room.map(Into::into),
            id,
        };
        match is_loose(&first) {
            true => self.loose.push(filter),
            false => self.exact.entry(first).or_default().push(filter),
        }
    }

    /// Takes a filter out.
    pub fn remove(&mut self, text: &str, id: SanctionId) {
        self.loose.retain(|filter| filter.id != id);
        if let Some(first) = pattern(text).first()
            && let Some(filters) = self.exact.get_mut(first)
        {
            filters.retain(|filter| filter.id != id);
            if filters.is_empty() {
                self.exact.remove(first);
            }
        }
    }

    /// The filters that a text falls under in a room, or in what somebody says to another.
    pub fn hits(&self, text: &str, room: Option<&str>) -> Hits {
        let words = words(text);
        let mut hits = Hits::new();
        for at in 0..words.len() {
            let rest = words.get(at..).unwrap_or_default();
            let first = rest.first().and_then(|word| self.exact.get(word));
            let filters = first.into_iter().flatten().chain(&self.loose);
            let fitting = filters.filter(|filter| filter.fits(rest, room));
            for filter in fitting {
                if !hits.contains(&filter.id) {
                    hits.push(filter.id);
                }
            }
        }
        hits
    }
}

impl Filter {
    /// Whether a text goes on with its words, where it counts.
    fn fits(&self, rest: &[Box<str>], room: Option<&str>) -> bool {
        let counts = self.room.is_none() || self.room.as_deref() == room;
        counts
            && self.words.len() <= rest.len()
            && self
                .words
                .iter()
                .zip(rest)
                .all(|(word, said)| mask::matches(word, said))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filters(texts: &[(&str, Option<&str>)]) -> Filters {
        let mut filters = Filters::default();
        for ((text, room), id) in texts.iter().zip(1..) {
            filters.put(text, *room, SanctionId(id));
        }
        filters
    }

    fn hits(filters: &Filters, text: &str, room: Option<&str>) -> Vec<u64> {
        filters.hits(text, room).iter().map(|id| id.0).collect()
    }

    #[test]
    fn words_are_found_whole_in_any_case_and_dress() {
        let filters = filters(&[("Spam", None), ("buy now", None), ("casino*", None)]);
        for (text, found) in [
            ("this is SPAM!", vec![1]),
            ("***spam***?", vec![1]),
            ("sp\u{200b}am", vec![1]),
            ("\u{2}sp\u{3}04am\u{f}", vec![1]),
            ("spammer, antispam", vec![]),
            ("Buy... NOW", vec![2]),
            ("buy it now", vec![]),
            ("the casinos", vec![3]),
            ("ÉSPAM", vec![]),
        ] {
            assert_eq!(hits(&filters, text, None), found, "{text}");
        }
    }

    #[test]
    fn a_filter_of_one_room_counts_nowhere_else() {
        let filters = filters(&[("tea", Some("#coffee")), ("*milk*", None)]);
        assert_eq!(hits(&filters, "tea with oatmilk", Some("#coffee")), [1, 2]);
        assert!(hits(&filters, "tea", Some("#tea")).is_empty());
        assert!(hits(&filters, "tea", None).is_empty());
    }

    #[test]
    fn what_is_taken_out_is_not_found_any_more() {
        let mut filters = filters(&[("a b", None), ("a", None), ("*c", None)]);
        filters.remove("a b", SanctionId(1));
        filters.remove("*c", SanctionId(3));
        assert_eq!(hits(&filters, "a b c", None), [2]);
        filters.remove("a", SanctionId(2));
        assert!(filters.is_empty());
    }

    #[test]
    fn a_filter_says_something() {
        assert!(is_good("buy now") && is_good("sp?m*"));
        assert!(!is_good("") && !is_good("*") && !is_good("!!!") && !is_good("a *"));
    }

    #[test]
    fn filters_that_begin_with_a_wildcard_are_few() {
        let mut filters = Filters::default();
        for id in 0..LOOSE as u64 {
            assert!(!filters.is_full("*milk"));
            filters.put("*milk", None, SanctionId(id));
        }
        assert!(filters.is_full("?a") && filters.is_full("te*") && !filters.is_full("tea *a"));
    }
}
