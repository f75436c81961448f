//! Bytes waiting for one socket: pushing never blocks, and what waits is bounded.
//!
//! An outbox that is empty holds no memory; its buffer goes back to the [`Spare`] ones of the shard.

use crate::proto::handed::bytes;
use crate::server::tls::tunnel::{Flow, Tunnel};
use rustix::fd::OwnedFd;
use rustix::io::Errno;
use rustix::net::SendFlags;
use serde::{Deserialize, Serialize};

/// Bytes of buffers that a shard keeps for the next burst (with 8 MiB, fan-out to 1 000 costs a sixth more).
const SPARE_BYTES: usize = 32 << 20;
/// A buffer beyond this size is not kept.
const SPARE_EACH: usize = 256 << 10;

/// What waits for one socket.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Outbox {
    #[serde(with = "bytes")]
    bytes: Vec<u8>,
    /// Bytes at the beginning that are written already.
    written: usize,
    /// What was written last ended in the middle of a line.
    mid_line: bool,
    /// Frames of WebSocket wait, not lines.
    is_framed: bool,
    /// Bytes that are missing of a frame that is partly written.
    of_frame: u32,
}

/// More bytes would wait than the limit allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Full;

/// How a write went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// Nothing waits any more.
    All,
    /// The socket took this much and no more for now.
    Part(usize),
}

impl Outbox {
    /// Holds frames of WebSocket from now on.
    pub(super) fn begin_frames(&mut self) {
        self.is_framed = true;
    }

    /// Adds whole lines.
    pub(super) fn push(
        &mut self,
        line: &[u8],
        limit: usize,
        spare: &mut Spare,
    ) -> Result<(), Full> {
        if self.waiting().saturating_add(line.len()) > limit {
            return Err(Full);
        }
        if self.bytes.capacity() == 0 {
            self.bytes = spare.take();
        }
        self.bytes.extend_from_slice(line);
        Ok(())
    }

    /// Bytes that wait.
    pub(super) fn waiting(&self) -> usize {
        self.bytes.len().saturating_sub(self.written)
    }

    /// Writes what waits with one call.
    pub(super) fn write(&mut self, socket: &OwnedFd, spare: &mut Spare) -> Result<Written, Errno> {
        let rest = self.bytes.get(self.written..).unwrap_or_default();
        if rest.is_empty() {
            self.release(spare);
            return Ok(Written::All);
        }
        let taken = match rustix::net::send(socket, rest, SendFlags::NOSIGNAL) {
            Ok(taken) => taken,
            Err(Errno::AGAIN | Errno::INTR) => 0,
            Err(error) => return Err(error),
        };
        if taken == rest.len() {
            self.release(spare);
            return Ok(Written::All);
        }
        self.note_written(taken);
        Ok(Written::Part(taken))
    }

    /// Writes what waits through TLS; not before that is agreed on keys.
    pub(super) fn write_through(
        &mut self,
        tunnel: &mut Tunnel,
        socket: &OwnedFd,
        spare: &mut Spare,
    ) -> Result<Written, Errno> {
        loop {
            let rest = self.bytes.get(self.written..).unwrap_or_default();
            let taken = tunnel.encipher(rest);
            let is_all = taken == rest.len();
            if is_all {
                self.release(spare);
            } else if taken > 0 {
                self.note_written(taken);
            }
            match tunnel.write(socket)? {
                Flow::Part(taken) => return Ok(Written::Part(taken)),
                Flow::All if is_all || taken == 0 => return Ok(Written::All),
                Flow::All => {}
            }
        }
    }

    fn note_written(&mut self, taken: usize) {
        let before = self.written;
        self.written = self.written.saturating_add(taken);
        if self.is_framed {
            let mut end = before.saturating_add(self.of_frame as usize);
            while end < self.written {
                end = end.saturating_add(frame_length(self.bytes.get(end..)));
            }
            self.of_frame = u32::try_from(end - self.written).unwrap_or(0);
        } else if let Some(last) = self.written.checked_sub(1) {
            self.mid_line = self.bytes.get(last) != Some(&b'\n');
        }
        if self.written > self.bytes.len() / 2 {
            self.bytes.drain(..self.written);
            self.written = 0;
        }
    }

    /// Drops what waits, but for the rest of a line or frame that is partly written.
    pub(super) fn drop_waiting(&mut self) {
        let rest = self.bytes.get(self.written..).unwrap_or_default();
        let keep = if self.is_framed {
            self.of_frame as usize
        } else if self.mid_line {
            rest.iter().position(|b| *b == b'\n').map_or(0, |at| at + 1)
        } else {
            0
        };
        self.bytes = rest.get(..keep).unwrap_or_default().to_vec();
        self.written = 0;
    }

    fn release(&mut self, spare: &mut Spare) {
        self.mid_line = false;
        self.of_frame = 0;
        self.written = 0;
        spare.put(std::mem::take(&mut self.bytes));
    }
}

/// Bytes of the frame that these begin with, as the server sends it; all of them if that is none.
fn frame_length(bytes: Option<&[u8]>) -> usize {
    let bytes = bytes.unwrap_or_default();
    let (head, payload) = match bytes {
        [_, short, ..] if *short < 126 => (2, usize::from(*short)),
        [_, 126, a, b, ..] => (4, usize::from(u16::from_be_bytes([*a, *b]))),
        _ => return bytes.len().max(1),
    };
    head + payload
}

/// Buffers that no outbox needs for now.
#[derive(Debug, Default)]
pub(super) struct Spare {
    buffers: Vec<Vec<u8>>,
    bytes: usize,
    /// Buffers that nobody took since the last [`shrink`](Self::shrink).
    unused: usize,
}

impl Spare {
    fn take(&mut self) -> Vec<u8> {
        let buffer = self.buffers.pop().unwrap_or_default();
        self.unused = self.unused.min(self.buffers.len());
        self.bytes = self.bytes.saturating_sub(buffer.capacity());
        buffer
    }

    fn put(&mut self, mut buffer: Vec<u8>) {
        let size = buffer.capacity();
        if size == 0 || size > SPARE_EACH || self.bytes.saturating_add(size) > SPARE_BYTES {
            return;
        }
        buffer.clear();
        self.bytes += size;
        self.buffers.push(buffer);
    }

    /// Gives half of what nobody took back; called about once a second, so that a quiet server keeps nothing.
    pub(super) fn shrink(&mut self) {
        let keep = self.buffers.len().saturating_sub(self.unused.div_ceil(2));
        for buffer in self.buffers.drain(keep..) {
            self.bytes = self.bytes.saturating_sub(buffer.capacity());
        }
        self.buffers.shrink_to(keep.saturating_mul(2));
        self.unused = keep;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::os::unix::net::UnixStream;

    fn pair() -> (OwnedFd, UnixStream) {
        let (ours, theirs) = UnixStream::pair().unwrap();
        ours.set_nonblocking(true).unwrap();
        (ours.into(), theirs)
    }

    #[test]
    fn what_is_pushed_is_written_in_order_with_one_call() {
        let (socket, mut other) = pair();
        let (mut outbox, mut spare) = (Outbox::default(), Spare::default());
        outbox.push(b"one\r\n", 100, &mut spare).unwrap();
        outbox.push(b"two\r\n", 100, &mut spare).unwrap();
        assert_eq!(outbox.waiting(), 10);
        assert_eq!(outbox.write(&socket, &mut spare), Ok(Written::All));
        let mut seen = [0; 20];
        assert_eq!(other.read(&mut seen).unwrap(), 10);
        assert_eq!(&seen[..10], b"one\r\ntwo\r\n");
        assert_eq!(outbox.bytes.capacity(), 0);
        assert_eq!(spare.buffers.len(), 1);
    }

    #[test]
    fn the_limit_is_exact_and_a_refused_line_leaves_no_trace() {
        let (mut outbox, mut spare) = (Outbox::default(), Spare::default());
        outbox.push(&[b'x'; 99], 100, &mut spare).unwrap();
        assert_eq!(outbox.push(b"yy", 100, &mut spare), Err(Full));
        assert_eq!(outbox.push(b"y", 100, &mut spare), Ok(()));
        assert_eq!(outbox.waiting(), 100);
    }

    #[test]
    fn a_full_socket_keeps_the_rest_and_a_half_line_is_finished_before_the_last_word() {
        let (socket, mut other) = pair();
        let (mut outbox, mut spare) = (Outbox::default(), Spare::default());
        let line = [&[b'a'; 998][..], b"\r\n"].concat();
        for _ in 0..2000 {
            outbox.push(&line, usize::MAX, &mut spare).unwrap();
        }
        let Ok(Written::Part(first)) = outbox.write(&socket, &mut spare) else {
            panic!("the socket took everything");
        };
        assert_eq!(outbox.waiting(), 2_000_000 - first);
        outbox.drop_waiting();
        assert_eq!((first + outbox.waiting()) % 1000, 0);
        outbox
            .push(b"ERROR :end\r\n", usize::MAX, &mut spare)
            .unwrap();
        let expected = first + outbox.waiting();
        let mut seen = vec![0; expected];
        other.read_exact(&mut seen[..first]).unwrap();
        assert_eq!(outbox.write(&socket, &mut spare), Ok(Written::All));
        other.read_exact(&mut seen[first..]).unwrap();
        assert!(seen.ends_with(b"a\r\nERROR :end\r\n"));
    }

    #[test]
    fn a_half_frame_is_finished_before_the_last_word() {
        let (socket, mut other) = pair();
        let (mut outbox, mut spare) = (Outbox::default(), Spare::default());
        outbox.begin_frames();
        let long = [&[0x81, 126, 0x03, 0xe4][..], &[b'a'; 996]].concat();
        let short = [&[0x81, 98][..], &[b'b'; 98]].concat();
        for _ in 0..2000 {
            outbox.push(&long, usize::MAX, &mut spare).unwrap();
            outbox.push(&short, usize::MAX, &mut spare).unwrap();
        }
        let mut seen = Vec::new();
        for _ in 0..3 {
            let Ok(Written::Part(taken)) = outbox.write(&socket, &mut spare) else {
                panic!("the socket took everything");
            };
            let from = seen.len();
            seen.resize(from + taken, 0);
            other.read_exact(&mut seen[from..]).unwrap();
        }
        outbox.drop_waiting();
        outbox.push(&short, usize::MAX, &mut spare).unwrap();
        let from = seen.len();
        seen.resize(from + outbox.waiting(), 0);
        assert_eq!(outbox.write(&socket, &mut spare), Ok(Written::All));
        other.read_exact(&mut seen[from..]).unwrap();
        let mut rest = seen.as_slice();
        while !rest.is_empty() {
            let length = frame_length(Some(rest));
            assert!(length == 1000 || length == 100, "{length}");
            rest = &rest[length..];
        }
        assert!(seen.ends_with(&short));
    }

    #[test]
    fn spare_buffers_are_bounded_and_given_back() {
        let mut spare = Spare::default();
        for _ in 0..200 {
            spare.put(Vec::with_capacity(SPARE_EACH));
        }
        assert!(spare.bytes <= SPARE_BYTES);
        for _ in 0..20 {
            spare.shrink();
        }
        assert_eq!((spare.bytes, spare.buffers.len()), (0, 0));
    }
}
