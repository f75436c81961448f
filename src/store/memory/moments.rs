//! The moments of what was said in one conversation, in order.

use crate::proto::msgid::Moment;
use std::collections::VecDeque;
use std::ops::Range;

/// Moments, each once, rising. Most come last and go first, which costs nothing.
#[derive(Debug, Default)]
pub(super) struct Moments(VecDeque<Moment>);

impl Moments {
    /// Takes one in.
    pub(super) fn insert(&mut self, moment: Moment) {
        match self.0.back() {
            Some(last) if *last >= moment => {
                if let Err(place) = self.0.binary_search(&moment) {
                    self.0.insert(place, moment);
                }
            }
            _ => self.0.push_back(moment),
        }
    }

    /// Loses one.
    pub(super) fn remove(&mut self, moment: Moment) {
        match self.0.front() {
            Some(first) if *first == moment => {
                self.0.pop_front();
            }
            _ => {
                if let Ok(place) = self.0.binary_search(&moment) {
                    self.0.remove(place);
                }
            }
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The oldest.
    pub(super) fn first(&self) -> Option<Moment> {
        self.0.front().copied()
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = Moment> {
        self.0.iter().copied()
    }

    /// Those in this range.
    pub(super) fn range(&self, range: Range<Moment>) -> impl DoubleEndedIterator<Item = Moment> {
        let from = self.0.partition_point(|moment| *moment < range.start);
        let to = self.0.partition_point(|moment| *moment < range.end);
        self.0.range(from..to.max(from)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(moments: &Moments) -> Vec<u64> {
        moments.iter().map(|moment| moment.0).collect()
    }

    #[test]
    fn whatever_the_order_they_stand_once_and_rising() {
        let mut moments = Moments::default();
        for moment in [5, 9, 7, 7, 1, 9] {
            moments.insert(Moment(moment));
        }
        assert_eq!(all(&moments), [1, 5, 7, 9]);
        for gone in [1, 7, 8] {
            moments.remove(Moment(gone));
        }
        assert_eq!((all(&moments), moments.len()), (vec![5, 9], 2));
        assert_eq!(moments.first(), Some(Moment(5)));
    }

    #[test]
    fn a_range_holds_its_start_and_not_its_end() {
        let mut moments = Moments::default();
        for moment in 1..=5 {
            moments.insert(Moment(moment));
        }
        let between = |from, to| -> Vec<u64> {
            let range = moments.range(Moment(from)..Moment(to));
            range.map(|moment| moment.0).collect()
        };
        assert_eq!(between(2, 4), [2, 3]);
        assert!(between(4, 2).is_empty());
        assert_eq!(between(0, 99), [1, 2, 3, 4, 5]);
    }
}
