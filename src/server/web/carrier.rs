//! The bytes of one connection for a task: from the socket or out of its TLS, after those that were read before.
//!
//! It ends in order, as connections of the shard do: the sending half is shut, and what still comes is read and
//! thrown away for a moment. One without progress for a minute is given up.

use crate::proto::head::Gate;
use crate::server::tls::tunnel::{End, Flow, Tunnel};
use crate::server::web::motion::{Motion, Patience, STALLED};
use async_io::{Async, Timer};
use futures_lite::io::{AsyncRead, AsyncWrite};
use rustix::fd::OwnedFd;
use rustix::io::Errno;
use rustix::net::{RecvFlags, SendFlags, Shutdown};
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// Enciphered bytes that are read at once.
const SCRATCH: usize = 16 * 1024;
/// The other end gets this long to close after us.
const LINGER: Duration = Duration::from_secs(2);

/// The connection.
#[derive(Debug)]
pub(in crate::server) struct Carrier {
    socket: Async<OwnedFd>,
    tunnel: Option<Box<Tunnel>>,
    /// Plain bytes that came and are not asked for yet.
    plain: Vec<u8>,
    /// How many of them are gone.
    taken: usize,
    /// No more can come.
    is_finished: bool,
    gate: Gate,
    patience: Patience,
    /// The sending half is shut; waits for the other end until then.
    closing: Option<Timer>,
}

/// What is left when it is taken apart.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) socket: OwnedFd,
    pub(super) tunnel: Option<Box<Tunnel>>,
    /// Plain bytes that came and were not asked for.
    pub(super) rest: Vec<u8>,
}

impl Carrier {
    /// One that goes on with a connection of which this was read.
    pub(super) fn new(
        socket: OwnedFd,
        tunnel: Option<Box<Tunnel>>,
        said: Vec<u8>,
    ) -> io::Result<Self> {
        Ok(Self {
            socket: Async::new_nonblocking(socket)?,
            tunnel,
            plain: said,
            taken: 0,
            is_finished: false,
            gate: Gate::default(),
            patience: Patience::new(STALLED, Motion::default()),
            closing: None,
        })
    }

    /// Whether anything moves.
    pub(super) fn motion(&self) -> Motion {
        self.patience.motion().clone()
    }

    /// Takes it apart.
    pub(super) fn into_parts(self) -> io::Result<Parts> {
        let mut rest = self.plain;
        rest.drain(..self.taken.min(rest.len()));
        Ok(Parts {
            socket: self.socket.into_inner()?,
            tunnel: self.tunnel,
            rest,
        })
    }

    /// Gives what is there already, as far as there is room.
    fn give(&mut self, room: &mut [u8]) -> usize {
        let there = self.plain.get(self.taken..).unwrap_or_default();
        let count = there.len().min(room.len());
        let (Some(from), Some(to)) = (there.get(..count), room.get_mut(..count)) else {
            return 0;
        };
        to.copy_from_slice(from);
        self.taken += count;
        if self.taken == self.plain.len() {
            self.plain = Vec::new();
            self.taken = 0;
        }
        count
    }

    /// Reads plain bytes.
    fn poll_plain(&mut self, cx: &mut Context<'_>, room: &mut [u8]) -> Poll<io::Result<usize>> {
        loop {
            let count = self.give(room);
            if count > 0 || self.is_finished || room.is_empty() {
                return Poll::Ready(Ok(count));
            }
            if self.tunnel.is_none() {
                return self.poll_recv(cx, room);
            }
            let mut scratch = [0; SCRATCH];
            let came = ready!(self.poll_recv(cx, &mut scratch))?;
            self.is_finished = came == 0;
            if let Some(tunnel) = &mut self.tunnel {
                let came = scratch.get(..came).unwrap_or_default();
                match tunnel.take_in(came, &mut self.plain).end {
                    None => {}
                    Some(End::Finished) => self.is_finished = true,
                    Some(End::Broken(why)) => {
                        let _ = tunnel.write(self.socket.get_ref());
                        return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, why)));
                    }
                }
            }
        }
    }

    fn poll_recv(&mut self, cx: &mut Context<'_>, room: &mut [u8]) -> Poll<io::Result<usize>> {
        loop {
            match rustix::net::recv(self.socket.get_ref(), &mut *room, RecvFlags::empty()) {
                Ok((count, _)) => {
                    self.patience.moved();
                    return Poll::Ready(Ok(count));
                }
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => match self.socket.poll_readable(cx) {
                    Poll::Ready(ready) => ready?,
                    Poll::Pending => return self.patience.poll(cx),
                },
                Err(why) => return Poll::Ready(Err(why.into())),
            }
        }
    }

    fn poll_room(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.socket.poll_writable(cx) {
            Poll::Ready(ready) => Poll::Ready(ready),
            Poll::Pending => self.patience.poll(cx),
        }
    }

    fn poll_send(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        loop {
            match rustix::net::send(self.socket.get_ref(), bytes, SendFlags::NOSIGNAL) {
                Ok(count) => {
                    self.patience.moved();
                    return Poll::Ready(Ok(count));
                }
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => ready!(self.poll_room(cx))?,
                Err(why) => return Poll::Ready(Err(why.into())),
            }
        }
    }

    /// Writes what TLS has enciphered.
    fn poll_tunnel(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let Some(tunnel) = &mut self.tunnel else {
                return Poll::Ready(Ok(()));
            };
            match tunnel.write(self.socket.get_ref())? {
                Flow::All => return Poll::Ready(Ok(())),
                Flow::Part(count) => {
                    if count > 0 {
                        self.patience.moved();
                    }
                    ready!(self.poll_room(cx))?;
                }
            }
        }
    }
}

impl AsyncRead for Carrier {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        room: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        let count = match this.gate.is_shut() {
            true => 0,
            false => ready!(this.poll_plain(cx, room))?,
        };
        Poll::Ready(Ok(this.gate.pass(room, count)))
    }
}

impl AsyncWrite for Carrier {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        loop {
            let Some(tunnel) = &mut self.tunnel else {
                return self.poll_send(cx, bytes);
            };
            let count = tunnel.encipher(bytes);
            let flushed = self.poll_tunnel(cx)?;
            if count > 0 || bytes.is_empty() {
                self.patience.moved();
                return Poll::Ready(Ok(count));
            }
            ready!(flushed);
            if self.tunnel.as_ref().is_some_and(|tunnel| tunnel.is_over()) {
                return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_tunnel(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.closing.is_none() {
            if let Some(tunnel) = &mut this.tunnel {
                tunnel.say_goodbye();
            }
            ready!(this.poll_tunnel(cx))?;
            let _ = rustix::net::shutdown(this.socket.get_ref(), Shutdown::Write);
            this.closing = Some(Timer::after(LINGER));
        }
        let mut scratch = [0; SCRATCH];
        while let Some(closing) = &mut this.closing {
            if Pin::new(closing).poll(cx).is_ready() {
                break;
            }
            match ready!(this.poll_recv(cx, &mut scratch)) {
                Ok(0) | Err(_) => break,
                Ok(_) => {}
            }
        }
        Poll::Ready(Ok(()))
    }
}
