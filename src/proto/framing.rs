//! Bytes that arrive in any pieces → lines.
//!
//! Whole lines are handed on from where they lie; only the unfinished end of a piece is kept, so
//! an idle connection holds no buffer. What is kept never exceeds the limit that the caller names.

use crate::proto::handed::bytes;
use serde::{Deserialize, Serialize};

/// The unfinished line of one connection.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Framer {
    #[serde(with = "bytes")]
    pending: Vec<u8>,
}

/// More bytes without a line's end than the limit allows: the connection is to be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

impl Framer {
    /// Hands each line that `chunk` completes to `on_line`, without its LF or CR LF, and keeps the rest.
    pub fn feed(
        &mut self,
        chunk: &[u8],
        limit: usize,
        mut on_line: impl FnMut(&[u8]),
    ) -> Result<(), Overflow> {
        let mut rest = chunk;
        while let Some(end) = rest.iter().position(|b| *b == b'\n') {
            let (head, tail) = rest.split_at(end);
            rest = tail.strip_prefix(b"\n").unwrap_or(tail);
            if self.pending.is_empty() {
                check(head.len(), limit)?;
                on_line(without_cr(head));
            } else {
                check(self.pending.len().saturating_add(head.len()), limit)?;
                self.pending.extend_from_slice(head);
                on_line(without_cr(&self.pending));
                self.pending = Vec::new();
            }
        }
        check(self.pending.len().saturating_add(rest.len()), limit)?;
        self.pending.extend_from_slice(rest);
        Ok(())
    }

    /// The beginning of a line that waits for its end.
    pub fn unfinished(&self) -> &[u8] {
        &self.pending
    }

    /// Bytes that wait for the end of their line.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }
}

fn check(len: usize, limit: usize) -> Result<(), Overflow> {
    if len > limit { Err(Overflow) } else { Ok(()) }
}

fn without_cr(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(chunks: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut framer = Framer::default();
        let mut seen = Vec::new();
        for chunk in chunks {
            framer
                .feed(chunk, 100, |line| seen.push(line.to_vec()))
                .unwrap();
        }
        seen
    }

    #[test]
    fn every_split_of_the_bytes_gives_the_same_lines() {
        let all = "@t=1 PRIVMSG #r :é\r\nPING b\n\r\n".as_bytes();
        let whole = lines(&[all]);
        assert_eq!(whole, [&all[..19], b"PING b", b""]);
        for cut in 0..=all.len() {
            let (a, b) = all.split_at(cut);
            assert_eq!(lines(&[a, b]), whole, "cut at {cut}");
        }
    }

    #[test]
    fn a_line_without_end_overflows_at_the_limit() {
        let mut framer = Framer::default();
        assert_eq!(framer.feed(&[b'x'; 100], 100, |_| ()), Ok(()));
        assert_eq!(framer.feed(b"x", 100, |_| ()), Err(Overflow));
        assert_eq!(framer.pending(), 100);
    }

    #[test]
    fn nothing_is_held_between_lines() {
        let mut framer = Framer::default();
        framer.feed(b"PING a\r\nPI", 100, |_| ()).unwrap();
        framer.feed(b"NG b\r\n", 100, |_| ()).unwrap();
        assert_eq!((framer.pending(), framer.pending.capacity()), (0, 0));
    }
}
