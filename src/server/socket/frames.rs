//! WebSocket as a state of a socket: bytes come in and lines come out, lines go in and frames come out.
//!
//! Each message is one line, without its end. What comes is read by tungstenite, which never holds more than one
//! message; what leaves needs nothing but a header, so it goes to the outbox without a detour.

use crate::server::outbox::{Full, Outbox, Spare};
use crate::server::web::word::Protocol;
use std::borrow::Cow;
use std::io::{self, ErrorKind, Read, Write};
use tungstenite::error::{CapacityError, Error};
use tungstenite::protocol::frame::FrameHeader;
use tungstenite::protocol::frame::coding::{CloseCode, Control, Data, OpCode};
use tungstenite::protocol::{Message, Role, WebSocketConfig, WebSocketContext};

/// Longest message.
const LONGEST: usize = 16 * 1024;
/// Bytes that are read ahead: they come out of memory, so that a small buffer costs no time.
const AHEAD: usize = 1024;

/// Longest header of a frame.
const HEADER: usize = 14;

/// The WebSocket of one connection.
#[derive(Debug)]
pub(in crate::server) struct Frames {
    context: WebSocketContext,
    protocol: Protocol,
    /// Why it will be closed, if it is not an ordinary end.
    code: Option<CloseCode>,
    /// The last frame was written.
    is_over: bool,
}

/// Why no more can come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum End {
    /// The other end said that it will say no more.
    Finished,
    /// A message is longer than any line.
    TooLong,
    /// What came breaks the rules.
    Broken(&'static str),
}

/// Why the server ends all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Leaving {
    /// It stops.
    Away,
    /// Another process of it takes over.
    Restart,
}

impl Frames {
    /// One that was agreed on.
    pub(in crate::server) fn new(protocol: Protocol) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(AHEAD)
            .write_buffer_size(0)
            .max_message_size(Some(LONGEST))
            .max_frame_size(Some(LONGEST));
        Self {
            context: WebSocketContext::new(Role::Server, Some(config)),
            protocol,
            code: None,
            is_over: false,
        }
    }

    /// Takes in what came: lines, each with LF, are added to `lines`, and what is to be answered at once to
    /// `answers`.
    pub(in crate::server) fn take_in(
        &mut self,
        chunk: &[u8],
        lines: &mut Vec<u8>,
        answers: &mut Vec<u8>,
    ) -> Option<End> {
        let mut wire = Wire { chunk, answers };
        while !self.is_over {
            let wrong = match self.context.read(&mut wire) {
                Ok(message) => self.line(&message, lines),
                Err(Error::Io(why)) if why.kind() == ErrorKind::WouldBlock => return None,
                Err(Error::ConnectionClosed | Error::AlreadyClosed) => {
                    self.is_over = true;
                    return Some(End::Finished);
                }
                Err(why) => Some(code(&why)),
            };
            if let Some(code) = wrong {
                self.code = Some(code);
                return Some(match code {
                    CloseCode::Size => End::TooLong,
                    code => End::Broken(words(code)),
                });
            }
        }
        None
    }

    /// Takes a message for a line; what it is, if it is none.
    fn line(&self, message: &Message, lines: &mut Vec<u8>) -> Option<CloseCode> {
        let bytes = match (message, self.protocol) {
            (Message::Text(text), Protocol::Text | Protocol::Either) => text.as_bytes(),
            (Message::Binary(bytes), Protocol::Binary | Protocol::Either) => bytes,
            (Message::Text(_) | Message::Binary(_), _) => return Some(CloseCode::Unsupported),
            _ => return None,
        };
        // Many a client sends the end of the line too.
        let line = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.iter().any(|byte| matches!(byte, b'\r' | b'\n')) {
            return Some(CloseCode::Invalid);
        }
        lines.extend_from_slice(line);
        lines.push(b'\n');
        None
    }

    /// Adds lines to what waits, each as a message.
    pub(in crate::server) fn push(
        &self,
        lines: &[u8],
        outbox: &mut Outbox,
        limit: usize,
        spare: &mut Spare,
    ) -> Result<(), Full> {
        if self.is_over {
            return Ok(());
        }
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let (kind, line) = match self.protocol {
                Protocol::Binary => (Data::Binary, Cow::Borrowed(line)),
                Protocol::Text | Protocol::Either => (Data::Text, readable(line)),
            };
            frame(OpCode::Data(kind), &line, outbox, limit, spare)?;
        }
        Ok(())
    }

    /// Adds the last frame to what waits.
    pub(in crate::server) fn say_goodbye(
        &mut self,
        leaving: Option<Leaving>,
        outbox: &mut Outbox,
        spare: &mut Spare,
    ) {
        if std::mem::replace(&mut self.is_over, true) {
            return;
        }
        let code = self.code.unwrap_or(match leaving {
            None => CloseCode::Normal,
            Some(Leaving::Away) => CloseCode::Away,
            Some(Leaving::Restart) => CloseCode::Restart,
        });
        let number = u16::from(code).to_be_bytes();
        let close = OpCode::Control(Control::Close);
        let _ = frame(close, &number, outbox, usize::MAX, spare);
    }
}

/// Adds one frame to what waits.
fn frame(
    opcode: OpCode,
    payload: &[u8],
    outbox: &mut Outbox,
    limit: usize,
    spare: &mut Spare,
) -> Result<(), Full> {
    let header = FrameHeader {
        opcode,
        ..FrameHeader::default()
    };
    let mut bytes = [0; HEADER];
    let mut room = bytes.as_mut_slice();
    let before = room.len();
    // There is room for every header.
    let _ = header.format(payload.len() as u64, &mut room);
    let length = before - room.len();
    let header = bytes.get(..length).unwrap_or_default();
    outbox.push_both(header, payload, limit, spare)
}

/// The line as text; what is none in it becomes U+FFFD, for browsers close the connection otherwise.
fn readable(line: &[u8]) -> Cow<'_, [u8]> {
    match std::str::from_utf8(line) {
        Ok(_) => Cow::Borrowed(line),
        Err(_) => Cow::Owned(String::from_utf8_lossy(line).into_owned().into_bytes()),
    }
}

/// What the other end is told of what was wrong.
fn code(why: &Error) -> CloseCode {
    match why {
        // The longest bit of a length is never set.
        Error::Capacity(CapacityError::MessageTooLong { size, .. }) if *size > usize::MAX >> 1 => {
            CloseCode::Protocol
        }
        Error::Capacity(_) => CloseCode::Size,
        Error::Utf8(_) => CloseCode::Invalid,
        _ => CloseCode::Protocol,
    }
}

/// The same for the log.
fn words(code: CloseCode) -> &'static str {
    match code {
        CloseCode::Invalid => "a message was no line of text",
        CloseCode::Unsupported => "text and bytes were confused",
        _ => "the rules of WebSocket were broken",
    }
}

/// What came, and what is to be answered, as tungstenite reads and writes.
struct Wire<'w> {
    chunk: &'w [u8],
    answers: &'w mut Vec<u8>,
}

impl Read for Wire<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        match self.chunk.is_empty() {
            true => Err(ErrorKind::WouldBlock.into()),
            false => self.chunk.read(room),
        }
    }
}

impl Write for Wire<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.answers.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
