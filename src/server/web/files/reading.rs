//! A file on its way out: read ahead a little, on threads that may wait for the disk, never held as a whole. The more
//! of all files waits for those who fetch them, the less is read ahead for each.

use crate::server::web::Body;
use crate::server::web::files::lanes::Lanes;
use async_channel::{Sender, TrySendError};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Bytes, Frame};
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes that are sent at once, if few wait.
const PIECE: usize = 256 << 10;
/// Bytes that are sent at once, if many wait.
const LEAST: usize = 16 << 10;
/// So many bytes may wait before pieces are small.
const PLENTY: usize = 16 << 20;
/// Pieces that wait until they are sent.
const AHEAD: usize = 2;
/// Pieces after which others have their turn at the disk.
const TURN: usize = 16;

type Piece = io::Result<Frame<Bytes>>;

/// The bytes of all files that are read and not yet sent.
#[derive(Debug, Clone, Default)]
pub(super) struct Afloat(Arc<AtomicUsize>);

/// Bytes that count as afloat until they are dropped.
#[derive(Debug)]
struct Held {
    bytes: Vec<u8>,
    afloat: Afloat,
}

impl Afloat {
    /// How long the next piece may be.
    fn room(&self) -> usize {
        match self.0.load(Ordering::Relaxed) < PLENTY {
            true => PIECE,
            false => LEAST,
        }
    }

    /// Counts these until they are sent.
    fn hold(&self, bytes: Vec<u8>) -> Bytes {
        self.0.fetch_add(bytes.capacity(), Ordering::Relaxed);
        let afloat = self.clone();
        Bytes::from_owner(Held { bytes, afloat })
    }
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let count = self.bytes.capacity();
        self.afloat.0.fetch_sub(count, Ordering::Relaxed);
    }
}

/// So many bytes of the file from the first one on. If there are fewer, the connection breaks off.
pub(super) fn body(file: File, first: u64, count: u64, lanes: Lanes, afloat: Afloat) -> Body {
    let (give, taken) = async_channel::bounded(AHEAD);
    let reading = Reading {
        file,
        next: first,
        left: count,
        afloat,
    };
    async_std::task::spawn(feed(reading, give, lanes));
    StreamBody::new(taken).boxed_unsync()
}

#[derive(Debug)]
struct Reading {
    file: File,
    next: u64,
    left: u64,
    afloat: Afloat,
}

/// Reads until all is given or nobody takes it any more.
async fn feed(mut reading: Reading, give: Sender<Piece>, lanes: Lanes) {
    while reading.left > 0 {
        let giving = give.clone();
        let (back, waiting) = lanes.run(move || reading.run(&giving)).await;
        reading = back;
        if let Some(piece) = waiting
            && give.send(piece).await.is_err()
        {
            return;
        }
    }
}

impl Reading {
    /// Reads and gives until its turn is over or nobody takes more at once; the piece that waits then.
    fn run(mut self, give: &Sender<Piece>) -> (Self, Option<Piece>) {
        for _ in 0..TURN {
            if self.left == 0 {
                break;
            }
            let piece = self.piece();
            if piece.is_err() {
                self.left = 0;
            }
            match give.try_send(piece.map(Frame::data)) {
                Ok(()) => {}
                Err(TrySendError::Full(piece)) => return (self, Some(piece)),
                Err(TrySendError::Closed(_)) => self.left = 0,
            }
        }
        (self, None)
    }

    fn piece(&mut self) -> io::Result<Bytes> {
        let room = self.afloat.room();
        let wanted = usize::try_from(self.left).unwrap_or(room).min(room);
        let mut piece = Vec::with_capacity(wanted);
        let most = u64::try_from(wanted).unwrap_or(u64::MAX);
        self.file.seek(SeekFrom::Start(self.next))?;
        let read = (&self.file).take(most).read_to_end(&mut piece)?;
        if read < wanted {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.next = self.next.saturating_add(most);
        self.left = self.left.saturating_sub(most);
        Ok(self.afloat.hold(piece))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_std::task::block_on;
    use std::io::Write;

    fn content() -> Vec<u8> {
        (0..2_000_003u32).map(|n| (n % 251) as u8).collect()
    }

    fn file(content: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(content).unwrap();
        file
    }

    fn read(first: u64, count: u64) -> io::Result<Vec<u8>> {
        let body = body(
            file(&content()),
            first,
            count,
            Lanes::new(1),
            Afloat::default(),
        );
        let collected = block_on(body.collect())?;
        Ok(collected.to_bytes().to_vec())
    }

    #[test]
    fn any_part_of_a_file_is_read() {
        let all = content();
        for (first, count) in [
            (0, all.len()),
            (0, 0),
            (1, 1),
            (262_143, 262_146),
            (2_000_002, 1),
        ] {
            let part = read(first as u64, count as u64).unwrap();
            assert!(part == all[first..first + count], "{count} from {first}");
        }
    }

    #[test]
    fn what_is_shorter_than_it_should_be_breaks_off() {
        let error = read(1_000_000, 1_000_004).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedEof);
    }

    #[test]
    fn who_stops_reading_holds_no_thread() {
        let lanes = Lanes::new(1);
        let slow = body(
            file(&content()),
            0,
            2_000_003,
            lanes.clone(),
            Afloat::default(),
        );
        // The only place is free again although nobody has taken anything.
        let other = body(file(&content()), 0, 2_000_003, lanes, Afloat::default());
        let collected = block_on(other.collect()).unwrap();
        assert_eq!(collected.to_bytes().len(), 2_000_003);
        drop(slow);
    }

    #[test]
    fn many_who_fetch_and_take_nothing_hold_little_each() {
        let (lanes, afloat) = (Lanes::new(2), Afloat::default());
        let waiting = |_| {
            body(
                file(&content()),
                0,
                2_000_003,
                lanes.clone(),
                afloat.clone(),
            )
        };
        let all: Vec<Body> = (0..150).map(waiting).collect();
        // Whoever comes after them gets everything, piece by piece.
        let last = body(file(&content()), 0, 2_000_003, lanes, afloat.clone());
        let collected = block_on(last.collect()).unwrap().to_bytes();
        assert!(collected == content());
        let most = PLENTY + 2 * PIECE + 151 * (AHEAD + 1) * LEAST;
        let held = afloat.0.load(Ordering::Relaxed);
        assert!(held <= most, "{held} of {most}");
        drop((all, collected));
        while afloat.0.load(Ordering::Relaxed) > 0 {
            std::thread::yield_now();
        }
    }
}
