//! Both directions of a connection as one: what is read from one half and written to the other.

use futures_lite::io::{AsyncRead, AsyncWrite};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Two halves, and what they live in.
#[derive(Debug)]
pub struct Both<R, W, H = ()> {
    reader: R,
    writer: W,
    _held: H,
}

impl<R, W, H> Both<R, W, H> {
    /// Puts two halves together, and keeps what they live in.
    pub fn new(reader: R, writer: W, held: H) -> Self {
        Self {
            reader,
            writer,
            _held: held,
        }
    }
}

impl<R: AsyncRead + Unpin, W: Unpin, H: Unpin> AsyncRead for Both<R, W, H> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        room: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.reader).poll_read(cx, room)
    }
}

impl<R: Unpin, W: AsyncWrite + Unpin, H: Unpin> AsyncWrite for Both<R, W, H> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.writer).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.writer).poll_flush(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.writer).poll_close(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_lite::future::block_on;
    use futures_lite::io::{AsyncReadExt, AsyncWriteExt, Cursor};

    #[test]
    fn one_half_is_read_and_the_other_written() {
        let mut both = Both::new(Cursor::new(b"in".to_vec()), Vec::new(), ());
        let mut read = String::new();
        block_on(both.read_to_string(&mut read)).unwrap();
        block_on(both.write_all(b"out")).unwrap();
        assert_eq!((read.as_str(), both.writer.as_slice()), ("in", &b"out"[..]));
    }
}
