//! When something was said and how it is named: server-time and msgid.
//!
//! A stamp never goes back, whatever the clock does, and no two are equal. A msgid is opaque to
//! clients; it sorts by time, and a later process does not repeat an earlier one's.

use crate::proto::msgid::{Moment, MsgId, SEQUENCE_END, Text};
use crate::proto::time;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Time and name of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    pub id: MsgId,
    /// As server-time writes it.
    pub time: Arc<str>,
    pub msgid: Text,
}

/// Gives out stamps.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stamps {
    last_ms: u64,
    /// The text of `last_ms`.
    last_text: Arc<str>,
    /// Stamps given out in this millisecond.
    sequence: u32,
    /// Tells this process's msgids from another's.
    nonce: u32,
}

impl Stamps {
    /// Stamps whose msgids carry 20 bits of `entropy`.
    pub fn new(entropy: u64) -> Self {
        Self {
            last_ms: 0,
            last_text: time::to_text(0).into(),
            sequence: 0,
            nonce: (entropy & 0xf_ffff) as u32,
        }
    }

    /// Goes on after a moment of an earlier life.
    pub fn resume_after(&mut self, last: Moment) {
        if last != Moment::START && last.unix_ms() >= self.last_ms {
            self.advance_to(last.unix_ms().saturating_add(1));
        }
    }

    /// How far the last stamp is ahead of the clock.
    pub fn ahead_ms(&self, unix_ms: u64) -> u64 {
        self.last_ms.saturating_sub(unix_ms)
    }

    /// The time to write on something that happens at `unix_ms`, not before the last one.
    pub fn time(&mut self, unix_ms: u64) -> Arc<str> {
        if unix_ms > self.last_ms {
            self.advance_to(unix_ms);
        }
        Arc::clone(&self.last_text)
    }

    /// A moment that nothing else has.
    pub fn moment(&mut self, unix_ms: u64) -> Moment {
        if unix_ms > self.last_ms {
            self.advance_to(unix_ms);
        }
        if self.sequence == SEQUENCE_END {
            self.advance_to(self.last_ms.saturating_add(1));
        }
        let moment = Moment::new(self.last_ms, self.sequence);
        self.sequence += 1;
        moment
    }

    /// Stamps something said at `unix_ms`.
    pub fn next(&mut self, unix_ms: u64) -> Stamp {
        let id = MsgId {
            moment: self.moment(unix_ms),
            nonce: self.nonce,
        };
        Stamp {
            id,
            time: Arc::clone(&self.last_text),
            msgid: id.text(),
        }
    }

    fn advance_to(&mut self, unix_ms: u64) {
        self.last_ms = unix_ms;
        self.last_text = time::to_text(unix_ms).into();
        self.sequence = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_rise_whatever_the_clock_does() {
        let mut stamps = Stamps::new(7);
        let given: Vec<Stamp> = [5000, 5000, 4000, 0, 6000, 5999]
            .map(|ms| stamps.next(ms))
            .into();
        assert!(
            given
                .windows(2)
                .all(|pair| pair[0].msgid < pair[1].msgid && pair[0].time <= pair[1].time)
        );
        assert_eq!(&*given[3].time, "1970-01-01T00:00:05.000Z");
        assert!(given.iter().all(|stamp| stamp.msgid.len() == 18));
    }

    #[test]
    fn a_later_life_goes_on_where_the_earlier_one_ended() {
        let mut stamps = Stamps::new(7);
        let before = stamps.next(5000);
        let mut later = Stamps::new(0);
        later.resume_after(before.id.moment);
        assert!(later.next(3000).msgid > before.msgid);
        let mut fresh = Stamps::new(0);
        fresh.resume_after(Moment::START);
        assert_eq!(fresh.next(0).id.moment, Moment::START);
    }

    #[test]
    fn a_clock_that_stands_still_repeats_no_msgid() {
        let mut stamps = Stamps::new(1);
        let mut last = stamps.next(9);
        for _ in 0..SEQUENCE_END + 10 {
            let next = stamps.next(9);
            assert!(next.msgid > last.msgid);
            last = next;
        }
        assert_eq!(last.id.moment.unix_ms(), 10);
    }
}
