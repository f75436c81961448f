//! Who left the server lately, so that a message to them can be refused with the reason. Bounded.

use std::collections::VecDeque;

/// Most names kept.
const MOST: usize = 500;
/// Longest of them, in bytes.
const LONGEST: usize = 200;

/// Names of those who left, as the server compares them, the latest last.
#[derive(Debug, Default)]
pub struct Leavers(VecDeque<String>);

impl Leavers {
    /// Somebody left.
    pub fn add(&mut self, name: String) {
        self.forget(&name);
        if name.len() <= LONGEST {
            self.0.push_back(name);
        }
        if self.0.len() > MOST {
            self.0.pop_front();
        }
    }

    /// Somebody of this name is here.
    pub fn forget(&mut self, name: &str) {
        self.0.retain(|own| own != name);
    }

    /// Whether somebody of this name left, and nobody of it came.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|own| own == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_those_who_left_are_kept_within_bounds() {
        let mut leavers = Leavers::default();
        for number in 0..=MOST {
            leavers.add(number.to_string());
        }
        assert!(!leavers.has("0") && leavers.has("1") && leavers.0.len() == MOST);
        leavers.forget("1");
        assert!(!leavers.has("1"));
        leavers.add("x".repeat(LONGEST + 1));
        assert_eq!(leavers.0.len(), MOST - 1);
    }
}
