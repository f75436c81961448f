//! Who is let in, step by step: what an operator closes when the server is under attack.

use serde::{Deserialize, Serialize};

/// How open the server is: 5 is open, 1 is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Defcon(u8);

/// Something new that may be let in or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Novelty {
    Account,
    Guest,
    Room,
    /// Anybody who does not sit at this machine.
    Anybody,
}

impl Default for Defcon {
    fn default() -> Self {
        Self(5)
    }
}

impl Defcon {
    /// The level of this number.
    pub fn of(level: u8) -> Option<Self> {
        (1..=5).contains(&level).then_some(Self(level))
    }

    /// Its number.
    pub fn level(self) -> u8 {
        self.0
    }

    /// Whether this is let in.
    pub fn lets_in(self, novelty: Novelty) -> bool {
        match novelty {
            Novelty::Account => self.0 > 4,
            Novelty::Guest => self.0 > 3,
            Novelty::Room => self.0 > 2,
            Novelty::Anybody => self.0 > 1,
        }
    }

    /// What it means.
    pub fn meaning(self) -> &'static str {
        match self.0 {
            5 => "everybody is let in",
            4 => "no accounts are made",
            3 => "no accounts are made, and nobody without one is let in",
            2 => "no accounts and no rooms are made, and nobody without an account is let in",
            _ => "nobody new is let in, except from this machine",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_closes_what_the_one_above_closes_and_one_thing_more() {
        const ALL: [Novelty; 4] = [
            Novelty::Account,
            Novelty::Guest,
            Novelty::Room,
            Novelty::Anybody,
        ];
        for level in 1..=5 {
            let defcon = Defcon::of(level).unwrap();
            let open = ALL.iter().filter(|it| defcon.lets_in(**it)).count();
            assert_eq!(open, usize::from(level) - 1);
        }
        assert_eq!((Defcon::of(0), Defcon::of(6)), (None, None));
    }
}
