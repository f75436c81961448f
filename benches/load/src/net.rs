//! The connections of a run: one thread, one level-triggered epoll, one buffer to read into.
//!
//! Lines are handed out as slices of that buffer; a connection owns memory only while it holds part of a
//! line or bytes that are not sent yet.

use crate::clock;
use crate::frames::Frames;
use crate::options::Common;
use crate::run::Phase;
use crate::socket::{self, Receive};
use crate::tls::{self, Tunnel};
use crate::wire;
use memchr::memchr;
use rustix::buffer::spare_capacity;
use rustix::event::Timespec;
use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};
use rustix::io::Errno;
use rustix::net::{RecvFlags, SendFlags};
use rustls::ClientConfig;
use std::io;
use std::mem;
use std::net::SocketAddrV4;
use std::os::fd::OwnedFd;
use std::sync::Arc;

/// Place of a connection; never used again within a run.
pub type Id = usize;

const READ_AT_ONCE: usize = 256 * 1024;
const EVENTS_AT_ONCE: usize = 256;
/// Connections from one source address.
const PER_SOURCE: usize = 20_000;
const ENDED: EventFlags = EventFlags::HUP.union(EventFlags::ERR);

/// What is between bytes and lines.
enum Layer {
    Tls(Box<Tunnel>),
    Web(Frames),
}

#[derive(Default)]
struct Conn {
    socket: Option<OwnedFd>,
    layer: Option<Box<Layer>>,
    /// The connect has succeeded.
    is_open: bool,
    /// The beginning of a line whose end has not come yet.
    partial: Vec<u8>,
    /// What is to be said.
    out: Vec<u8>,
    /// What goes over the wire instead, if there is a layer between.
    sealed: Vec<u8>,
    /// Listed as dirty.
    is_queued: bool,
    /// Waits until it can be written to.
    waits: bool,
    /// Is not read any more.
    is_muted: bool,
}

impl Conn {
    fn interest(&self) -> EventFlags {
        let read = match self.is_muted {
            true => EventFlags::RDHUP,
            false => EventFlags::IN,
        };
        match self.waits {
            true => read | EventFlags::OUT,
            false => read,
        }
    }
}

/// What the engine has done so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stats {
    pub lines: u64,
    pub reads: u64,
    pub bytes_in: u64,
    pub closed: u64,
}

/// All connections of a run.
pub struct Net {
    epoll: OwnedFd,
    conns: Vec<Conn>,
    dirty: Vec<Id>,
    events: Vec<Event>,
    buffer: Vec<u8>,
    plain: Vec<u8>,
    target: SocketAddrV4,
    sources: usize,
    terms: Option<Arc<ClientConfig>>,
    is_web: bool,
    pub stats: Stats,
    /// When bytes came in last.
    pub heard_at: u64,
}

impl Net {
    /// For about so many connections.
    pub fn new(common: &Common, expected: usize) -> io::Result<Self> {
        let terms = match common.tls {
            true => Some(tls::terms().map_err(io::Error::other)?),
            false => None,
        };
        Ok(Self {
            epoll: epoll::create(CreateFlags::CLOEXEC)?,
            conns: Vec::with_capacity(expected),
            dirty: Vec::new(),
            events: Vec::with_capacity(EVENTS_AT_ONCE),
            buffer: vec![0; READ_AT_ONCE],
            plain: Vec::new(),
            target: SocketAddrV4::new(common.host, common.port),
            sources: expected.div_ceil(PER_SOURCE).clamp(1, 60_000),
            terms,
            is_web: common.websocket,
            stats: Stats::default(),
            heard_at: clock::now(),
        })
    }

    /// Begins a connection; `on_open` or `on_close` tells how it went.
    pub fn connect(&mut self, receive: Receive) -> io::Result<Id> {
        let id = self.conns.len();
        let socket = socket::connect(socket::source(id % self.sources), self.target, receive)?;
        let layer = match &self.terms {
            Some(terms) => Some(Layer::Tls(Box::new(Tunnel::new(terms)?))),
            None => self.is_web.then(|| Layer::Web(Frames::default())),
        };
        let conn = Conn {
            layer: layer.map(Box::new),
            waits: true,
            ..Conn::default()
        };
        let key = EventData::new_u64(id as u64);
        epoll::add(&self.epoll, &socket, key, conn.interest())?;
        self.conns.push(Conn {
            socket: Some(socket),
            ..conn
        });
        Ok(id)
    }

    /// Sends bytes when what is ready now has been handled.
    pub fn queue(&mut self, id: Id, bytes: &[u8]) {
        self.queue_with(id, |out| out.extend_from_slice(bytes));
    }

    /// The same, for bytes that are written where they wait.
    pub fn queue_with(&mut self, id: Id, fill: impl FnOnce(&mut Vec<u8>)) {
        let conn = &mut self.conns[id];
        if conn.socket.is_none() {
            return;
        }
        fill(&mut conn.out);
        if !conn.is_queued {
            conn.is_queued = true;
            self.dirty.push(id);
        }
    }

    /// Answers a PING.
    pub fn pong(&mut self, id: Id, rest: &[u8]) {
        self.queue_with(id, |out| {
            out.extend_from_slice(b"PONG ");
            out.extend_from_slice(rest);
            out.extend_from_slice(b"\r\n");
        });
    }

    /// Closes everything with resets, so that whoever comes next finds all ports free.
    pub fn reset_all(&mut self) {
        for conn in &mut self.conns {
            if let Some(socket) = conn.socket.take() {
                socket::reset_on_close(&socket);
            }
        }
    }

    /// Reads no more from a connection; its end is still noticed.
    pub fn mute(&mut self, id: Id) -> io::Result<()> {
        self.conns[id].is_muted = true;
        self.watch(id)
    }

    fn watch(&self, id: Id) -> io::Result<()> {
        let conn = &self.conns[id];
        let Some(socket) = &conn.socket else {
            return Ok(());
        };
        let key = EventData::new_u64(id as u64);
        Ok(epoll::modify(&self.epoll, socket, key, conn.interest())?)
    }

    /// Sends, waits for at most so long, and handles what is ready then.
    pub fn poll(&mut self, wait: u64, phase: &mut impl Phase) -> io::Result<()> {
        self.flush(phase);
        let timeout = Timespec {
            tv_sec: (wait / clock::SECOND) as i64,
            tv_nsec: (wait % clock::SECOND) as i64,
        };
        let mut events = mem::take(&mut self.events);
        events.clear();
        match epoll::wait(&self.epoll, spare_capacity(&mut events), Some(&timeout)) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        for event in &events {
            let (flags, data) = (event.flags, event.data);
            self.handle(flags, data.u64() as Id, phase);
        }
        self.events = events;
        self.flush(phase);
        Ok(())
    }

    fn handle(&mut self, flags: EventFlags, id: Id, phase: &mut impl Phase) {
        if flags.contains(EventFlags::OUT) {
            self.writable(id, phase);
        }
        if self.conns[id].is_muted {
            if flags.intersects(ENDED | EventFlags::RDHUP) {
                self.ended(id, phase, "closed by the server");
            }
        } else if flags.intersects(ENDED | EventFlags::IN) {
            self.readable(id, phase);
        }
    }

    fn flush(&mut self, phase: &mut impl Phase) {
        let mut dirty = mem::take(&mut self.dirty);
        for id in dirty.drain(..) {
            self.conns[id].is_queued = false;
            self.send_or_end(id, phase);
        }
        // Whoever was told of an end may have queued more.
        dirty.append(&mut self.dirty);
        self.dirty = dirty;
    }

    fn send_or_end(&mut self, id: Id, phase: &mut impl Phase) {
        if let Err(error) = self.send(id) {
            self.ended(id, phase, &error.to_string());
        }
    }

    fn send(&mut self, id: Id) -> io::Result<()> {
        let conn = &mut self.conns[id];
        let Some(socket) = conn.socket.as_ref().filter(|_| conn.is_open) else {
            return Ok(());
        };
        let out = match conn.layer.as_deref_mut() {
            Some(Layer::Tls(tunnel)) => {
                tunnel.seal(&mut conn.out, &mut conn.sealed)?;
                &mut conn.sealed
            }
            Some(Layer::Web(frames)) => {
                let host = self.target.ip().to_string();
                frames.seal(&host, &mut conn.out, &mut conn.sealed);
                &mut conn.sealed
            }
            None => &mut conn.out,
        };
        let mut done = 0;
        while done < out.len() {
            match rustix::net::send(socket, &out[done..], SendFlags::NOSIGNAL) {
                Ok(count) => done += count,
                Err(Errno::WOULDBLOCK) => break,
                Err(error) => return Err(error.into()),
            }
        }
        out.drain(..done);
        let waits = !out.is_empty();
        if mem::replace(&mut conn.waits, waits) != waits {
            self.watch(id)?;
        }
        Ok(())
    }

    fn ended(&mut self, id: Id, phase: &mut impl Phase, why: &str) {
        if self.conns[id].socket.take().is_some() {
            self.stats.closed += 1;
            self.conns[id] = Conn::default();
            phase.on_close(self, id, why);
        }
    }

    fn writable(&mut self, id: Id, phase: &mut impl Phase) {
        let conn = &mut self.conns[id];
        let Some(socket) = &conn.socket else {
            return;
        };
        if !conn.is_open {
            if let Err(error) = socket::outcome(socket) {
                return self.ended(id, phase, &error.to_string());
            }
            conn.is_open = true;
            phase.on_open(self, id);
        }
        self.send_or_end(id, phase);
    }

    #[inline]
    fn readable(&mut self, id: Id, phase: &mut impl Phase) {
        let Some(socket) = &self.conns[id].socket else {
            return;
        };
        let mut buffer = mem::take(&mut self.buffer);
        match rustix::net::recv(socket, &mut buffer[..], RecvFlags::empty()) {
            Ok((0, _)) => self.ended(id, phase, "closed by the server"),
            Ok((count, _)) => {
                self.stats.reads += 1;
                self.stats.bytes_in += count as u64;
                self.heard_at = clock::now();
                self.take(id, &buffer[..count], phase);
            }
            Err(Errno::WOULDBLOCK) => {}
            Err(error) => self.ended(id, phase, &error.to_string()),
        }
        self.buffer = buffer;
    }

    #[inline]
    fn take(&mut self, id: Id, bytes: &[u8], phase: &mut impl Phase) {
        let now = self.heard_at;
        let Some(layer) = self.conns[id].layer.as_deref_mut() else {
            return self.lines(id, bytes, now, phase);
        };
        let mut plain = mem::take(&mut self.plain);
        plain.clear();
        let opened = match layer {
            Layer::Tls(tunnel) => tunnel.open(bytes, &mut plain),
            Layer::Web(frames) => frames.open(bytes, &mut plain),
        };
        match opened {
            Ok(()) => self.lines(id, &plain, now, phase),
            Err(error) => self.ended(id, phase, &error.to_string()),
        }
        self.plain = plain;
        // The handshake may have an answer.
        self.queue(id, b"");
    }

    /// Cuts bytes into lines, after what was left of the read before.
    #[inline]
    fn lines(&mut self, id: Id, mut bytes: &[u8], now: u64, phase: &mut impl Phase) {
        if !self.conns[id].partial.is_empty() {
            let Some(end) = memchr(b'\n', bytes) else {
                return self.conns[id].partial.extend_from_slice(bytes);
            };
            let mut line = mem::take(&mut self.conns[id].partial);
            line.extend_from_slice(&bytes[..end]);
            self.line(id, &line, now, phase);
            line.clear();
            self.conns[id].partial = line;
            bytes = &bytes[end + 1..];
        }
        while let Some(end) = memchr(b'\n', bytes) {
            self.line(id, &bytes[..end], now, phase);
            bytes = &bytes[end + 1..];
        }
        if !bytes.is_empty() && self.conns[id].socket.is_some() {
            self.conns[id].partial.extend_from_slice(bytes);
        }
    }

    #[inline]
    fn line(&mut self, id: Id, line: &[u8], now: u64, phase: &mut impl Phase) {
        self.stats.lines += 1;
        let line = wire::chomp(line);
        match line.strip_prefix(b"PING ") {
            Some(rest) => self.pong(id, rest),
            None => phase.on_line(self, id, line, now),
        }
    }
}
