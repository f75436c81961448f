//! Whether anything moves on a connection: how long it may rest, and whether it is worth waiting for when the server stops.

use async_io::Timer;
use futures_lite::io::{AsyncRead, AsyncWrite};
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// A connection over which nothing goes for this long is given up.
pub(super) const STALLED: Duration = Duration::from_secs(60);
/// When the server stops, one that rests for this long is over.
pub(super) const SOON: Duration = Duration::from_secs(1);

/// What goes on with a connection; clones tell of the same one.
#[derive(Debug, Clone, Default)]
pub(super) struct Motion(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// How often something moved.
    moves: AtomicUsize,
    /// Requests that are thought about.
    answering: AtomicUsize,
}

/// An answer that is thought about, until this is dropped.
#[derive(Debug)]
pub(super) struct Answering(Arc<Inner>);

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.answering.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Motion {
    /// A request is thought about.
    pub(super) fn answer(&self) -> Answering {
        self.0.answering.fetch_add(1, Ordering::SeqCst);
        Answering(Arc::clone(&self.0))
    }

    /// Returns once nothing moves, and nothing is thought about.
    pub(super) async fn rests(&self, long: Duration) {
        loop {
            let before = self.0.moves.load(Ordering::SeqCst);
            Timer::after(long).await;
            if self.is_at_rest_since(before) {
                return;
            }
        }
    }

    /// Whether nothing is thought about, and nothing moved since there were so many moves.
    fn is_at_rest_since(&self, moves: usize) -> bool {
        let is_thinking = self.0.answering.load(Ordering::SeqCst) > 0;
        !is_thinking && self.0.moves.load(Ordering::SeqCst) == moves
    }
}

/// How long one that waits for the other end goes on waiting.
#[derive(Debug)]
pub(super) struct Patience {
    longest: Duration,
    moved: Instant,
    timer: Timer,
    motion: Motion,
}

impl Patience {
    pub(super) fn new(longest: Duration, motion: Motion) -> Self {
        Self {
            longest,
            moved: Instant::now(),
            timer: Timer::after(longest),
            motion,
        }
    }

    /// What goes on with this connection.
    pub(super) fn motion(&self) -> &Motion {
        &self.motion
    }

    /// Something went over the connection.
    pub(super) fn moved(&mut self) {
        self.moved = Instant::now();
        self.motion.0.moves.fetch_add(1, Ordering::SeqCst);
    }

    /// Waits until nothing has moved for too long.
    pub(super) fn poll<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        while Pin::new(&mut self.timer).poll(cx).is_ready() {
            let until = self.moved + self.longest;
            if Instant::now() >= until {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.timer.set_at(until);
        }
        Poll::Pending
    }
}

/// Something to read and write that is given up when nothing moves.
#[derive(Debug)]
pub(super) struct Patient<T> {
    inner: T,
    patience: Patience,
}

impl<T> Patient<T> {
    pub(super) fn new(inner: T, patience: Patience) -> Self {
        Self { inner, patience }
    }

    fn told<A>(&mut self, cx: &mut Context<'_>, came: Poll<io::Result<A>>) -> Poll<io::Result<A>> {
        match came {
            Poll::Pending => self.patience.poll(cx),
            Poll::Ready(came) => {
                self.patience.moved();
                Poll::Ready(came)
            }
        }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Patient<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        room: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        let came = Pin::new(&mut self.inner).poll_read(cx, room);
        self.told(cx, came)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Patient<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let went = Pin::new(&mut self.inner).poll_write(cx, bytes);
        self.told(cx, went)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let went = Pin::new(&mut self.inner).poll_flush(cx);
        if went.is_pending() {
            return self.patience.poll(cx);
        }
        went // A flush that is done moved nothing.
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let went = Pin::new(&mut self.inner).poll_close(cx);
        self.told(cx, went)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_std::task::block_on;
    use futures_lite::future::poll_once;
    use futures_lite::io::{AsyncReadExt, AsyncWriteExt};

    /// A connection on which nothing moves.
    struct Dead;

    impl AsyncRead for Dead {
        fn poll_read(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            _: &mut [u8],
        ) -> Poll<io::Result<usize>> {
            Poll::Pending
        }
    }

    impl AsyncWrite for Dead {
        fn poll_write(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            _: &[u8],
        ) -> Poll<io::Result<usize>> {
            Poll::Pending
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Pending
        }

        fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Pending
        }
    }

    const SHORT: Duration = Duration::from_millis(20);

    #[test]
    fn who_neither_sends_nor_takes_anything_is_given_up() {
        let patience = || Patience::new(SHORT, Motion::default());
        let read = block_on(Patient::new(Dead, patience()).read(&mut [0; 10]));
        assert_eq!(read.unwrap_err().kind(), io::ErrorKind::TimedOut);
        let written = block_on(Patient::new(Dead, patience()).write(b"x"));
        assert_eq!(written.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[test]
    fn what_moves_or_is_thought_about_is_waited_for() {
        block_on(async {
            let motion = Motion::default();
            let thought = motion.answer();
            assert!(!motion.is_at_rest_since(0));
            drop(thought);
            assert!(motion.is_at_rest_since(0));
            motion.rests(Duration::from_millis(1)).await;
            let mut patience = Patience::new(SHORT, motion.clone());
            let mut rests = Box::pin(motion.rests(SHORT));
            let begun = Instant::now();
            assert!(poll_once(&mut rests).await.is_none());
            patience.moved();
            assert!(!motion.is_at_rest_since(0));
            rests.await;
            assert!(begun.elapsed() >= SHORT * 2);
        });
    }
}
