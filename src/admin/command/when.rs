//! A moment as it is typed: so long ago, a day, or the moment itself.

use crate::admin::command::span;
use crate::proto::time;
use serde::{Deserialize, Serialize};

/// A moment; in JSON it stands as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct When(String);

/// Said of a text that is none.
const WRONG: &str = "a time is like 90s, 5m, 2h, 7d, 2026-11-20 or 2026-11-20T08:00:00Z";

impl When {
    /// Reads one.
    pub fn read(text: &str) -> Result<Self, &'static str> {
        let is_time = span_ms(text).is_some() || moment_ms(text).is_some();
        is_time.then(|| Self(text.to_owned())).ok_or(WRONG)
    }

    /// The moment, in milliseconds since 1970.
    pub fn unix_ms(&self, now_ms: u64) -> u64 {
        match span_ms(&self.0) {
            Some(ago_ms) => now_ms.saturating_sub(ago_ms),
            None => moment_ms(&self.0).unwrap_or(0),
        }
    }
}

impl TryFrom<String> for When {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::read(&text)
    }
}

impl From<When> for String {
    fn from(when: When) -> Self {
        when.0
    }
}

/// How long ago, in milliseconds; a bare number may be meant as a year.
fn span_ms(text: &str) -> Option<u64> {
    let has_unit = text.ends_with(|c: char| c.is_ascii_alphabetic());
    let seconds = span::seconds(text).filter(|_| has_unit)?;
    seconds.checked_mul(1000)
}

fn moment_ms(text: &str) -> Option<u64> {
    time::from_text(text)
        .or_else(|| time::from_text(&text.replace('Z', ".000Z")))
        .or_else(|| time::from_text(&format!("{text}T00:00:00.000Z")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_so_long_ago_or_a_moment() {
        let at = |text| When::read(text).unwrap().unix_ms(10_000_000);
        assert_eq!(at("90s"), 9_910_000);
        assert_eq!(at("7d"), 0);
        assert_eq!(at("1970-01-02"), 86_400_000);
        assert_eq!(at("1970-01-01T00:00:01Z"), 1000);
        assert_eq!(at("1970-01-01T00:00:01.500Z"), 1500);
        for wrong in ["", "h", "soon", "99999999999999999999d", "2026-13-01", "é"] {
            assert!(When::read(wrong).is_err(), "{wrong}");
        }
    }
}
