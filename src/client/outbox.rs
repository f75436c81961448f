//! Messages that wait for a connection, in the order in which they were typed.

use crate::client::asked::Saying;
use std::collections::VecDeque;

/// Most messages that wait.
pub const MOST: usize = 100;
/// Most bytes of them.
const MOST_BYTES: usize = 64 * 1024;

/// There is no room for more.
#[derive(Debug)]
pub struct Full;

/// What waits.
#[derive(Debug, Default)]
pub struct Outbox(VecDeque<Saying>);

impl Outbox {
    /// Takes a message behind the others, unless there is no room.
    pub fn push(&mut self, saying: Saying) -> Result<(), Full> {
        let bytes: usize = self.0.iter().map(|own| own.text.len()).sum();
        if self.0.len() >= MOST || bytes + saying.text.len() > MOST_BYTES {
            return Err(Full);
        }
        self.0.push_back(saying);
        Ok(())
    }

    /// Puts messages back before the others: they were sent, and nobody knows whether they arrived.
    pub fn put_back(&mut self, sayings: Vec<Saying>) {
        for saying in sayings.into_iter().rev() {
            self.0.push_front(saying);
        }
    }

    /// All that wait, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Saying> {
        self.0.iter()
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes the one at this place, counted from 0.
    pub fn remove(&mut self, at: usize) -> Option<Saying> {
        self.0.remove(at)
    }

    /// Takes all.
    pub fn take(&mut self) -> Vec<Saying> {
        std::mem::take(&mut self.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saying(text: &str) -> Saying {
        Saying {
            to: "#a".to_owned(),
            text: text.to_owned(),
            ..Saying::default()
        }
    }

    #[test]
    fn it_is_bounded_and_keeps_the_order() {
        let mut outbox = Outbox::default();
        for number in 0..MOST {
            outbox.push(saying(&number.to_string())).unwrap();
        }
        assert!(outbox.push(saying("one more")).is_err());
        outbox.put_back(vec![saying("a"), saying("b")]);
        let texts: Vec<_> = outbox.take().into_iter().map(|own| own.text).collect();
        assert_eq!(texts[..3], ["a", "b", "0"]);
        assert!(outbox.push(saying(&"x".repeat(MOST_BYTES + 1))).is_err());
        assert!(outbox.is_empty());
    }
}
