//! How a message is named: when it was said, and what tells its server's life from another one.
//!
//! To clients a msgid is opaque (IRCv3 message-ids). To us it is a moment and a nonce: moments rise
//! over the whole server and over its restarts, so that a msgid, a point in time and the key of a
//! stored message are the same number.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Deref;

/// Bits of a moment that count what happens within one millisecond.
const SEQUENCE_BITS: u32 = 20;
/// What no longer fits into those bits.
pub const SEQUENCE_END: u32 = 1 << SEQUENCE_BITS;
/// Digits of the time, of the sequence and of the nonce.
const DIGITS: [u32; 3] = [10, 4, 4];
/// Bytes of a msgid.
const LENGTH: usize = 18;
const ALPHABET: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";

/// A point in the one order of everything that was said.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Moment(pub u64);

impl Moment {
    /// Before everything.
    pub const START: Self = Self(0);
    /// After everything: the last one that fits into the columns of a store.
    pub const END: Self = Self(i64::MAX as u64);

    /// The one of this place within a millisecond.
    pub fn new(unix_ms: u64, sequence: u32) -> Self {
        let ms = unix_ms.min(Self::END.0 >> SEQUENCE_BITS);
        Self(ms << SEQUENCE_BITS | u64::from(sequence & (SEQUENCE_END - 1)))
    }

    /// The first of a millisecond.
    pub fn first_of(unix_ms: u64) -> Self {
        Self::new(unix_ms, 0)
    }

    /// The last of a millisecond.
    pub fn last_of(unix_ms: u64) -> Self {
        Self::new(unix_ms, SEQUENCE_END - 1)
    }

    /// Milliseconds since 1970-01-01 UTC.
    pub fn unix_ms(self) -> u64 {
        self.0 >> SEQUENCE_BITS
    }

    /// Its place within the millisecond.
    pub fn sequence(self) -> u32 {
        (self.0 & u64::from(SEQUENCE_END - 1)) as u32
    }
}

/// The name of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MsgId {
    pub moment: Moment,
    /// 20 bits that tell one process's msgids from another's.
    pub nonce: u32,
}

impl MsgId {
    /// The msgid that is written like this, if it is one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != LENGTH {
            return None;
        }
        let (time, rest) = text.split_at_checked(10)?;
        let (sequence, nonce) = rest.split_at_checked(4)?;
        let ms = number(time)?;
        let id = Self {
            moment: Moment::new(ms, number(sequence)? as u32),
            nonce: number(nonce)? as u32,
        };
        (id.moment.unix_ms() == ms).then_some(id)
    }
}

/// A msgid as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text([u8; LENGTH]);

impl MsgId {
    /// As it is written.
    pub fn text(self) -> Text {
        let parts = [
            self.moment.unix_ms(),
            self.moment.sequence().into(),
            self.nonce.into(),
        ];
        let mut text = [b'0'; LENGTH];
        let mut places = text.iter_mut();
        for (digits, part) in DIGITS.into_iter().zip(parts) {
            for (place, letter) in (0..digits).rev().zip(places.by_ref()) {
                let digit = part >> (place * 5) & 31;
                *letter = ALPHABET.get(digit as usize).copied().unwrap_or(b'0');
            }
        }
        Text(text)
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for MsgId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// The number that these digits write.
fn number(digits: &str) -> Option<u64> {
    digits.bytes().try_fold(0, |number, letter| {
        let digit = ALPHABET.iter().position(|known| *known == letter)?;
        Some(number << 5 | digit as u64)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_msgid_is_read_as_it_is_written_and_sorts_by_time() {
        let id = |ms, sequence, nonce| MsgId {
            moment: Moment::new(ms, sequence),
            nonce,
        };
        let ids = [
            id(0, 0, 0),
            id(1, 0, 7),
            id(1, SEQUENCE_END - 1, 3),
            id(1_795_163_462_114, 5, 0xf_ffff),
        ];
        for id in ids {
            assert_eq!(MsgId::parse(&id.to_string()), Some(id), "{id}");
            assert_eq!(id.to_string().len(), LENGTH);
        }
        assert!(
            ids.windows(2)
                .all(|pair| pair[0].to_string() < pair[1].to_string())
        );
        assert_eq!(ids[3].moment.unix_ms(), 1_795_163_462_114);
    }

    #[test]
    fn what_is_no_msgid_of_ours_is_none() {
        for text in [
            "",
            "x",
            "0123456789abcdefg",
            "0123456789ABCDEFGH",
            "vvvvvvvvvvvvvvvvvv",
            "é12345678901234567",
        ] {
            assert_eq!(MsgId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_past_the_columns_of_a_store_is_the_last_one() {
        assert!(Moment::last_of(u64::MAX) <= Moment::END);
        assert!(Moment::first_of(5) < Moment::last_of(5));
    }
}
