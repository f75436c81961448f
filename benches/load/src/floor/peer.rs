//! One connection of the least possible server, and what waits for it.

use rustix::io::{Errno, writev};
use std::io::IoSlice;
use std::os::fd::OwnedFd;

/// Ranges of the arena that go with one write.
const AT_ONCE: usize = 64;
/// Who has more than this waiting is closed.
const MOST: usize = 4 << 20;

pub struct Peer {
    pub socket: OwnedFd,
    pub nick: Vec<u8>,
    /// What a line from them begins with.
    pub prefix: Vec<u8>,
    pub rooms: Vec<usize>,
    pub partial: Vec<u8>,
    pub is_leaving: bool,
    /// What the system did not take, older than all ranges.
    rest: Vec<u8>,
    ranges: Vec<(usize, usize)>,
    is_dirty: bool,
    waits: bool,
}

/// What is to be done about a connection after a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flushed {
    AsBefore,
    /// Nothing waits any more.
    All,
    /// Something waits now.
    Waits,
    /// It is to be closed.
    Over,
}

impl Peer {
    pub fn new(socket: OwnedFd) -> Self {
        Self {
            socket,
            nick: Vec::new(),
            prefix: Vec::new(),
            rooms: Vec::new(),
            partial: Vec::new(),
            is_leaving: false,
            rest: Vec::new(),
            ranges: Vec::new(),
            is_dirty: false,
            waits: false,
        }
    }

    pub fn name(&mut self, nick: &[u8]) {
        self.nick = nick.to_vec();
        self.prefix = [b":", nick, b"!u@127.0.0.1 "].concat();
    }

    /// Adds a range of the arena; `true` if nothing was to be written before.
    #[inline]
    pub fn give(&mut self, range: (usize, usize)) -> bool {
        match self.ranges.last_mut() {
            Some(last) if last.1 == range.0 => last.1 = range.1,
            _ => self.ranges.push(range),
        }
        !std::mem::replace(&mut self.is_dirty, true)
    }

    /// Writes as much as goes with one call, and keeps what does not.
    pub fn flush(&mut self, arena: &[u8]) -> Flushed {
        self.is_dirty = false;
        let mut slices = [IoSlice::new(&[]); AT_ONCE];
        let waiting = [&self.rest[..]].into_iter();
        let fresh = self.ranges.iter().map(|range| &arena[range.0..range.1]);
        let mut used = 0;
        for bytes in waiting
            .chain(fresh)
            .filter(|bytes| !bytes.is_empty())
            .take(AT_ONCE)
        {
            slices[used] = IoSlice::new(bytes);
            used += 1;
        }
        let sent = match used {
            0 => 0,
            _ => match writev(&self.socket, &slices[..used]) {
                Ok(sent) => sent,
                Err(Errno::WOULDBLOCK) => 0,
                Err(_) => return Flushed::Over,
            },
        };
        self.keep(sent, arena);
        let waits = !self.rest.is_empty();
        if self.rest.len() > MOST || (self.is_leaving && !waits) {
            return Flushed::Over;
        }
        match (std::mem::replace(&mut self.waits, waits), waits) {
            (false, true) => Flushed::Waits,
            (true, false) => Flushed::All,
            (true, true) | (false, false) => Flushed::AsBefore,
        }
    }

    /// Keeps what comes after the bytes that were sent.
    fn keep(&mut self, sent: usize, arena: &[u8]) {
        let mut skip = sent.saturating_sub(self.rest.len());
        self.rest.drain(..sent.min(self.rest.len()));
        for (start, end) in self.ranges.drain(..) {
            let done = skip.min(end - start);
            skip -= done;
            self.rest.extend_from_slice(&arena[start + done..end]);
        }
        if self.rest.is_empty() && self.rest.capacity() > 1024 {
            self.rest = Vec::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::os::unix::net::UnixStream;

    #[test]
    fn what_is_given_arrives_in_order_and_once() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        ours.set_nonblocking(true).unwrap();
        let mut peer = Peer::new(ours.into());
        let arena = b"one two three ".to_vec();
        assert!(peer.give((0, 4)));
        assert!(!peer.give((8, 14)));
        assert_eq!(peer.flush(&arena), Flushed::AsBefore);
        let mut heard = [0; 10];
        theirs.read_exact(&mut heard).unwrap();
        assert_eq!(&heard, b"one three ");
    }

    #[test]
    fn what_the_system_does_not_take_is_kept() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        ours.set_nonblocking(true).unwrap();
        let mut peer = Peer::new(ours.into());
        let arena = vec![b'x'; 1 << 20];
        peer.give((0, arena.len()));
        assert_eq!(peer.flush(&arena), Flushed::Waits);
        let kept = peer.rest.len();
        assert!(kept > 0 && kept < arena.len());
        let mut heard = vec![0; arena.len()];
        let mut got = 0;
        while got < heard.len() {
            got += theirs.read(&mut heard[got..]).unwrap();
            assert_ne!(peer.flush(&[]), Flushed::Over);
        }
        assert!(peer.rest.is_empty());
        assert!(heard.iter().all(|byte| *byte == b'x'));
    }
}
