//! WebSocket without a socket: bytes come in and lines come out, lines go in and frames come out.
//!
//! Each message is one line, without its end. What comes is read by tungstenite, which never holds more than one
//! message; what leaves needs nothing but a header.

use std::io::{self, ErrorKind, Read, Write};
use tungstenite::error::{CapacityError, Error};
use tungstenite::protocol::frame::FrameHeader;
use tungstenite::protocol::frame::coding::{CloseCode, Control, Data, OpCode};
use tungstenite::protocol::{Message, Role, WebSocketConfig, WebSocketContext};

/// Longest message.
const LONGEST: usize = 16 * 1024;
/// Bytes that are read ahead: they come out of memory, so that a small buffer costs no time.
const AHEAD: usize = 1024;

/// The WebSocket of one connection.
#[derive(Debug)]
pub struct Frames {
    context: WebSocketContext,
    protocol: Protocol,
    /// Why it will be closed, if it is not an ordinary end.
    code: Option<CloseCode>,
    /// The last frame was written.
    is_over: bool,
}

/// Why no more can come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The other end said that it will say no more.
    Finished,
    /// A message is longer than any line.
    TooLong,
    /// What came breaks the rules.
    Broken(&'static str),
}

/// What the messages of a WebSocket are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// Text alone.
    Text,
    /// Bytes alone.
    Binary,
    /// Nothing was agreed on: either is taken, text is sent.
    Either,
}

/// What a message that leaves is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Binary,
}

/// Adds whole lines to `out`, each as a message without its end.
pub fn write(kind: Kind, lines: &[u8], out: &mut Vec<u8>) {
    match (kind, std::str::from_utf8(lines)) {
        (Kind::Text, Ok(text)) => write_text(text, out),
        // Browsers close the connection at what is no text.
        (Kind::Text, Err(_)) => write_text(&String::from_utf8_lossy(lines), out),
        (Kind::Binary, _) => {
            for line in lines.split_inclusive(|byte| *byte == b'\n') {
                let line = line.strip_suffix(b"\n").unwrap_or(line);
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                write_frame(OpCode::Data(Data::Binary), line, out);
            }
        }
    }
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    for line in text.split_inclusive('\n') {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        write_frame(OpCode::Data(Data::Text), line.as_bytes(), out);
    }
}

fn write_frame(opcode: OpCode, payload: &[u8], out: &mut Vec<u8>) {
    let header = FrameHeader {
        opcode,
        ..FrameHeader::default()
    };
    // A vector takes everything.
    let _ = header.format(payload.len() as u64, out);
    out.extend_from_slice(payload);
}

impl Frames {
    /// One that was agreed on.
    pub fn new(protocol: Protocol) -> Self {
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
    pub fn take_in(
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

    /// What lines leave as; `None`: nothing more is said.
    pub fn kind(&self) -> Option<Kind> {
        match self.protocol {
            _ if self.is_over => None,
            Protocol::Binary => Some(Kind::Binary),
            Protocol::Text | Protocol::Either => Some(Kind::Text),
        }
    }

    /// The last frame, if it was not said yet: what was wrong or, if nothing was, this code.
    pub fn goodbye(&mut self, usual: u16) -> Option<Vec<u8>> {
        if std::mem::replace(&mut self.is_over, true) {
            return None;
        }
        let code = self.code.map_or(usual, u16::from).to_be_bytes();
        let mut frame = Vec::new();
        write_frame(OpCode::Control(Control::Close), &code, &mut frame);
        Some(frame)
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
