//! WebSocket as a state of a socket: what leaves, leaves as frames.

use crate::proto::websocket::{Frames, Protocol};
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

impl Socket {
    /// Speaks WebSocket from now on.
    pub(in crate::server) fn begin_frames(&mut self, protocol: Protocol) {
        self.frames = Some(Box::new(Frames::new(protocol)));
        self.outbox.begin_frames();
        self.marks.speech = Speech::Known;
        self.marks.has_spoken = true;
    }

    /// Adds lines to what waits.
    pub(in crate::server) fn push(
        &mut self,
        lines: &[u8],
        limit: usize,
        spare: &mut Spare,
    ) -> Result<(), Full> {
        let Some(frames) = &self.frames else {
            return self.outbox.push(lines, limit, spare);
        };
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if let Some((header, line)) = frames.message(line) {
                self.outbox.push_both(header.bytes(), &line, limit, spare)?;
            }
        }
        Ok(())
    }

    /// Adds the last word of WebSocket to what waits, if that is spoken.
    pub(super) fn end_frames(&mut self, leaving: Leaving, spare: &mut Spare) {
        let frames = self.frames.as_mut();
        if let Some(last) = frames.and_then(|frames| frames.goodbye(leaving.code())) {
            let _ = self.outbox.push(&last, usize::MAX, spare);
        }
    }
}
