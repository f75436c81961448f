//! One connection: its lines in, its bytes out, and how it ends.
//!
//! It closes in order: what waits is written, the sending half is shut, and what still comes is read
//! and thrown away until the other end closes too. Otherwise the last word could be lost to a reset.

pub(super) mod frames;
pub(super) mod speech;

use crate::proto::framing::Framer;
use crate::proto::websocket::Frames;
use crate::server::admission::Neighbour;
use crate::server::outbox::{Outbox, Spare, Written};
use crate::server::socket::frames::Leaving;
use crate::server::socket::speech::{Speech, is_request};
use crate::server::sockets::load::Count;
use crate::server::throttle::{Throttle, Turn, Verdict};
use crate::server::tls::tunnel::Tunnel;
use rustix::event::epoll::EventFlags;
use rustix::fd::OwnedFd;
use rustix::io::Errno;
use rustix::net::{RecvFlags, SendFlags, Shutdown};
use serde::{Deserialize, Serialize};

/// A connection without progress for this long is given up.
const STALLED_MS: u64 = 30_000;
/// What is left to write at the end is tried for this long.
const LAST_WORD_MS: u64 = 5_000;
/// The other end gets this long to close after us.
const LINGER_MS: u64 = 2_000;
/// One connection.
#[derive(Debug)]
pub(super) struct Socket {
    pub(super) fd: OwnedFd,
    pub(super) outbox: Outbox,
    pub(super) throttle: Throttle,
    /// For the doorkeeper, when it leaves.
    pub(super) neighbour: Option<Neighbour>,
    pub(super) distance: Distance,
    /// Its TLS, if that is what it speaks.
    pub(super) tunnel: Option<Box<Tunnel>>,
    /// Its WebSocket, if that is what it speaks.
    pub(super) frames: Option<Box<Frames>>,
    pub(super) framer: Framer,
    pub(super) phase: Phase,
    /// When bytes were last taken, while some wait.
    pub(super) progress_ms: u64,
    /// What the kernel was asked to report.
    pub(super) interest: EventFlags,
    pub(super) marks: Marks,
    pub(super) count: Count,
}

/// Where the other end is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Distance {
    /// On this machine.
    Near,
    Far,
}

/// Which lists of the shard a connection is in, and what is known of it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Marks {
    /// Something is to be written at the end of the pass.
    pub(super) is_dirty: bool,
    /// Looked at once a second: bytes wait, or it is closing.
    pub(super) is_watched: bool,
    /// It is looked at in each pass: its lines wait for tokens, or much that it said waits for the store.
    pub(super) is_throttled: bool,
    /// The hub said that it is registered.
    pub(super) is_registered: bool,
    /// The hub is to know when nothing waits to be written any more.
    pub(super) awaits_drain: bool,
    /// The other end will send no more; it is done when its waiting lines are.
    pub(super) is_finished: bool,
    pub(super) speech: Speech,
    /// The first line came.
    pub(super) has_spoken: bool,
}

/// How far it is from its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Phase {
    Open,
    /// Too much waited: nothing is taken before the hub had its last word.
    Overflowed,
    /// No input counts any more; what waits is written until then.
    Closing {
        until_ms: u64,
    },
    /// Everything is written; waits for the other end to close.
    Lingering {
        until_ms: u64,
    },
}

/// A line that came and whether it may be executed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Input<'l> {
    Run(&'l [u8]),
    Refuse(&'l [u8]),
}

/// Why the rest of what came does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    TooLong,
    Http,
}

/// What has to happen after a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing waits.
    Rest,
    /// The rest is written when the socket takes it.
    Blocked,
}

impl Socket {
    /// A fresh connection.
    pub(super) fn new(
        fd: OwnedFd,
        throttle: Throttle,
        neighbour: Option<Neighbour>,
        distance: Distance,
    ) -> Self {
        Self {
            fd,
            outbox: Outbox::default(),
            throttle,
            neighbour,
            distance,
            tunnel: None,
            frames: None,
            framer: Framer::default(),
            phase: Phase::Open,
            progress_ms: 0,
            interest: EventFlags::IN,
            marks: Marks::default(),
            count: Count::default(),
        }
    }

    /// Reads once.
    pub(super) fn read(&self, scratch: &mut [u8]) -> Result<usize, Errno> {
        let (read, _) = rustix::net::recv(&self.fd, scratch, RecvFlags::empty())?;
        Ok(read)
    }

    /// The first byte of what can be read, which stays there.
    pub(super) fn peek(&self) -> Option<u8> {
        let mut first = [0];
        let (read, _) = rustix::net::recv(&self.fd, &mut first, RecvFlags::PEEK).ok()?;
        first.first().filter(|_| read > 0).copied()
    }

    /// Whether another process can go on with it.
    pub(super) fn is_movable(&self) -> bool {
        self.tunnel.is_none() && self.frames.is_none()
    }

    /// Takes in what was read; `limit` bounds a line without end.
    pub(super) fn feed(
        &mut self,
        chunk: &[u8],
        limit: usize,
        mut on: impl FnMut(Input<'_>) -> Turn,
    ) -> Result<(), Cut> {
        let Self {
            framer,
            throttle,
            marks,
            count,
            ..
        } = self;
        let mut is_http = false;
        // Whoever waits for tokens must still be able to say that they are there; a flood is no answer.
        let mut has_free_pong = true;
        let framed = framer.feed(chunk, limit, |line| {
            if !marks.has_spoken {
                marks.has_spoken = true;
                is_http = is_request(line);
            }
            if is_http || line.is_empty() {
                return;
            }
            count.said();
            let is_free = has_free_pong && is_pong(line) && !throttle.is_held();
            has_free_pong &= !is_free;
            let verdict = if is_free {
                Verdict::Run
            } else {
                throttle.take(line)
            };
            match verdict {
                Verdict::Run => throttle.end_turn_if(on(Input::Run(line))),
                Verdict::Refuse => throttle.end_turn_if(on(Input::Refuse(line))),
                Verdict::Wait => {}
            }
        });
        if is_http {
            return Err(Cut::Http);
        }
        framed.map_err(|_| Cut::TooLong)
    }

    /// Writes what waits with one call, and goes on with closing when nothing is left.
    pub(super) fn write(&mut self, uptime_ms: u64, spare: &mut Spare) -> Result<Next, Errno> {
        let written = match &mut self.tunnel {
            None => self.outbox.write(&self.fd, spare)?,
            Some(tunnel) => self.outbox.write_through(tunnel, &self.fd, spare)?,
        };
        match written {
            Written::All if matches!(self.phase, Phase::Closing { .. }) => {
                let tunnel = self.tunnel.as_mut();
                if tunnel.is_some_and(|tunnel| tunnel.say_goodbye()) {
                    return self.write(uptime_ms, spare);
                }
                self.linger(uptime_ms);
                Ok(Next::Rest)
            }
            Written::All => Ok(Next::Rest),
            Written::Part(taken) => {
                if taken > 0 || !self.is_blocked() {
                    self.progress_ms = uptime_ms;
                }
                Ok(Next::Blocked)
            }
        }
    }

    /// Answers the end of TLS with ours, as far as there is room for it.
    pub(super) fn say_goodbye(&mut self) {
        if let Some(tunnel) = self
            .tunnel
            .as_mut()
            .filter(|tunnel| !tunnel.is_shaking_hands())
            && tunnel.say_goodbye()
        {
            let _ = tunnel.write(&self.fd);
        }
    }

    fn linger(&mut self, uptime_ms: u64) {
        let _ = rustix::net::shutdown(&self.fd, Shutdown::Write);
        self.phase = Phase::Lingering {
            until_ms: uptime_ms.saturating_add(LINGER_MS),
        };
    }

    /// What the kernel should report: room to write only after a short write, and input unless `soft` bytes wait
    /// to be written or much to be stored.
    pub(super) fn wanted(&self, next: Next, soft: usize) -> EventFlags {
        let input = if self.marks.is_finished || self.throttle.is_full() {
            EventFlags::empty()
        } else {
            EventFlags::IN
        };
        match next {
            Next::Rest => input,
            Next::Blocked if self.is_open() && self.is_pressed(soft) => EventFlags::OUT,
            Next::Blocked => input | EventFlags::OUT,
        }
    }

    /// Whether so much waits for it that it should read before it says more.
    pub(super) fn is_pressed(&self, soft: usize) -> bool {
        self.outbox.waiting() > soft
    }

    /// Whether lines wait that may be executed at once.
    pub(super) fn may_go_on(&self, soft: usize) -> bool {
        self.throttle.is_behind() && !self.is_pressed(soft)
    }

    /// Whether a short write waits for room.
    pub(super) fn is_blocked(&self) -> bool {
        self.interest.contains(EventFlags::OUT)
    }

    /// Whether all was written and only the other end's close is missing.
    pub(super) fn is_lingering(&self) -> bool {
        matches!(self.phase, Phase::Lingering { .. })
    }

    /// Whether input counts.
    pub(super) fn is_open(&self) -> bool {
        self.phase == Phase::Open
    }

    /// Whether bytes may be added.
    pub(super) fn may_push(&self) -> bool {
        match self.phase {
            Phase::Open => true,
            Phase::Overflowed | Phase::Closing { .. } | Phase::Lingering { .. } => false,
        }
    }

    /// Stops taking bytes: too many wait.
    pub(super) fn overflow(&mut self) {
        self.phase = Phase::Overflowed;
    }

    /// Makes room for the last word after an overflow.
    pub(super) fn make_room(&mut self) {
        self.outbox.drop_waiting();
        self.phase = Phase::Open;
    }

    /// Ends it when all that waits is written; returns whether that is news.
    pub(super) fn close(&mut self, uptime_ms: u64, leaving: Leaving, spare: &mut Spare) -> bool {
        let is_news = matches!(self.phase, Phase::Open | Phase::Overflowed);
        if is_news {
            self.end_frames(leaving, spare);
            self.throttle.clear();
            self.framer = Framer::default();
            self.phase = Phase::Closing {
                until_ms: uptime_ms.saturating_add(LAST_WORD_MS),
            };
        }
        is_news
    }

    /// Whether it is to be given up: closing took too long.
    pub(super) fn is_overdue(&self, uptime_ms: u64) -> bool {
        match self.phase {
            Phase::Open | Phase::Overflowed => false,
            Phase::Closing { until_ms } | Phase::Lingering { until_ms } => uptime_ms >= until_ms,
        }
    }

    /// Whether bytes wait and none was taken for too long.
    pub(super) fn is_stalled(&self, uptime_ms: u64) -> bool {
        self.is_open()
            && self.is_blocked()
            && uptime_ms.saturating_sub(self.progress_ms) >= STALLED_MS
    }

    /// For how long it has taken nothing, if something waits.
    pub(super) fn lag_ms(&self, uptime_ms: u64) -> Option<u64> {
        self.is_blocked()
            .then(|| uptime_ms.saturating_sub(self.progress_ms))
    }

    /// Whether it needs a look every second.
    pub(super) fn needs_watch(&self) -> bool {
        !self.is_open() || self.is_blocked()
    }
}

/// Whether this is the answer to a PING.
fn is_pong(line: &[u8]) -> bool {
    line.split(|byte| *byte == b' ')
        .next()
        .is_some_and(|verb| verb.eq_ignore_ascii_case(b"PONG"))
}

/// Says one last thing to a connection that never became one.
pub(super) fn turn_away(fd: &OwnedFd, line: &[u8]) {
    let mut unread = [0; 512];
    let _ = rustix::net::send(fd, line, SendFlags::NOSIGNAL);
    let _ = rustix::net::shutdown(fd, Shutdown::Write);
    let _ = rustix::net::recv(fd, &mut unread[..], RecvFlags::empty());
}

#[cfg(test)]
mod tests;
