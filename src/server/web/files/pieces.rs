//! Memory for bytes on their way to the disk: a bounded number of pieces for all uploads together, there only while they
//! are used. Who finds none free waits, and the network with them.

use async_channel::{Receiver, Sender};

/// Bytes that go to the disk at once.
pub(super) const PIECE: usize = 128 << 10;
/// Pieces in all.
const PIECES: usize = 64;

/// Places for pieces that are free.
#[derive(Debug, Clone)]
pub(super) struct Pieces {
    free: Receiver<()>,
    give: Sender<()>,
}

/// A piece; its place is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Piece {
    bytes: Vec<u8>,
    give: Sender<()>,
}

impl Default for Pieces {
    fn default() -> Self {
        let (give, free) = async_channel::bounded(PIECES);
        for _ in 0..PIECES {
            let _ = give.try_send(());
        }
        Self { free, give }
    }
}

impl Pieces {
    /// An empty piece, once one is free.
    pub(super) async fn take(&self) -> Piece {
        // Both ends are in here, so there is always one to come.
        let _ = self.free.recv().await;
        Piece {
            bytes: Vec::with_capacity(PIECE),
            give: self.give.clone(),
        }
    }
}

impl Piece {
    /// Takes as many of these bytes as there is room for; gives the others back.
    pub(super) fn fill<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let room = PIECE.saturating_sub(self.bytes.len());
        let (now, later) = bytes.split_at(room.min(bytes.len()));
        self.bytes.extend_from_slice(now);
        later
    }

    /// Whether no more goes into it.
    pub(super) fn is_full(&self) -> bool {
        self.bytes.len() >= PIECE
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        // The memory goes before the place: there is never more of it than places.
        self.bytes = Vec::new();
        let _ = self.give.try_send(());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_std::task::block_on;
    use futures_lite::future::poll_once;

    #[test]
    fn there_are_only_so_many_pieces_and_each_comes_back() {
        let pieces = Pieces::default();
        let mut all: Vec<Piece> = (0..PIECES).map(|_| block_on(pieces.take())).collect();
        assert!(block_on(poll_once(pieces.take())).is_none());
        let mut piece = all.pop().unwrap();
        assert_eq!(piece.fill(&[7; PIECE + 2]), [7; 2]);
        assert!(piece.is_full());
        drop(piece);
        let again = block_on(pieces.take());
        assert!(again.bytes().is_empty() && !again.is_full());
    }
}
