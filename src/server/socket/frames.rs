//! WebSocket as a state of a socket: what leaves, leaves as frames.

use crate::proto::websocket::{self, Frames, Kind, Protocol};
use crate::server::outbox::{Full, Spare};
use crate::server::socket::Socket;
use crate::server::socket::speech::Speech;

/// Why the server ends a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::server) enum Leaving {
    /// Its session is over.
    #[default]
    Done,
    /// The server stops.
    Away,
    /// Another process of the server takes over.
    Restart,
}

impl Leaving {
    /// As WebSocket has it.
    fn code(self) -> u16 {
        match self {
            Self::Done => 1000,
            Self::Away => 1001,
            Self::Restart => 1012,
        }
    }
}

/// Lines that go to many, as frames, which are made once for all of them.
#[derive(Debug, Default)]
pub(in crate::server) struct Framed {
    text: Vec<u8>,
    binary: Vec<u8>,
}

impl Framed {
    /// Holds other lines from now on.
    pub(in crate::server) fn clear(&mut self) {
        self.text.clear();
        self.binary.clear();
    }

    /// These lines as messages of this kind.
    fn of(&mut self, kind: Kind, lines: &[u8]) -> &[u8] {
        let made = match kind {
            Kind::Text => &mut self.text,
            Kind::Binary => &mut self.binary,
        };
        if made.is_empty() {
            websocket::write(kind, lines, made);
        }
        made
    }
}

impl Socket {
    /// Speaks WebSocket from now on.
    pub(in crate::server) fn begin_frames(&mut self, protocol: Protocol) {
        self.frames = Some(Box::new(Frames::new(protocol)));
        self.outbox.begin_frames();
        self.marks.speech = Speech::Known;
        self.marks.has_spoken = true;
    }

    /// Adds lines to what waits, as what is spoken here.
    pub(in crate::server) fn push(
        &mut self,
        lines: &[u8],
        framed: &mut Framed,
        limit: usize,
        spare: &mut Spare,
    ) -> Result<(), Full> {
        match &self.frames {
            None => self.outbox.push(lines, limit, spare),
            Some(frames) => match frames.kind() {
                Some(kind) => self.outbox.push(framed.of(kind, lines), limit, spare),
                None => Ok(()),
            },
        }
    }

    /// Adds the last word of WebSocket to what waits, if that is spoken.
    pub(super) fn end_frames(&mut self, leaving: Leaving, spare: &mut Spare) {
        let frames = self.frames.as_mut();
        if let Some(last) = frames.and_then(|frames| frames.goodbye(leaving.code())) {
            let _ = self.outbox.push(&last, usize::MAX, spare);
        }
    }
}
