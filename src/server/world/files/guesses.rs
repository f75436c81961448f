//! Passwords that doors for files are shown: how often they may be wrong, and how many are compared at once.

use crate::server::world::bucket::Rate;
use crate::server::world::event::Now;
use crate::server::world::files::Files;
use crate::server::world::lockout::Prefix;

/// How often wrong passwords come from one network, whatever the names, before further ones are not compared.
const GUESSES: Rate = Rate {
    burst: 30,
    per_minute: 30,
};
/// Passwords that are compared at once, of one network and of all: who logs in to chat waits for no more.
const COMPARED: (usize, usize) = (4, 16);

impl Files {
    /// A password from this network was wrong.
    pub fn note_guess(&mut self, from: Prefix, now: Now) {
        self.guesses.take(from, GUESSES, now.uptime_ms);
    }

    /// Whether so many passwords from this network were wrong that none is compared now.
    pub fn has_guessed(&self, from: Prefix, now: Now) -> bool {
        self.guesses.is_used_up(from, GUESSES, now.uptime_ms)
    }

    /// Whether no further password from this network is compared until others are.
    pub fn is_comparing(&self, from: Prefix) -> bool {
        let (own, all) = COMPARED;
        let from_there = self.asks.values().filter(|waiting| waiting.from == from);
        self.asks.len() >= all || from_there.count() >= own
    }
}
