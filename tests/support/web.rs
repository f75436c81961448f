//! Browsers as the server sees them: requests of HTTP, byte by byte if need be, and WebSockets.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "a test's helper fails by panicking, as a test does; each user needs some of it"
)]

use crate::irc::{Client, Stream, dial};
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};

pub const TEXT: &str = "text.ircv3.net";
pub const BINARY: &str = "binary.ircv3.net";

/// An answer of HTTP.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().skip(1);
        lines.find_map(|line| {
            let (known, value) = line.split_once(": ")?;
            known.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

/// Reads one answer; `None` if the connection ends before it is whole.
pub fn answer(stream: &mut dyn Stream) -> Option<Answer> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        more(stream, &mut bytes)?;
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let mut answer = Answer {
        status,
        head,
        body: bytes[end + 4..].to_vec(),
    };
    let length = answer.header("content-length").unwrap_or("0");
    let length: usize = match status {
        101 | 204 | 304 => 0,
        _ => length.parse().unwrap(),
    };
    while answer.body.len() < length {
        more(stream, &mut answer.body)?;
    }
    Some(answer)
}

fn more(stream: &mut dyn Stream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut chunk = [0; 4096];
    match stream.read(&mut chunk) {
        Ok(0) => None,
        Ok(count) => {
            bytes.extend_from_slice(&chunk[..count]);
            Some(())
        }
        Err(error) if error.kind() == ErrorKind::ConnectionReset => None,
        Err(error) => panic!("nothing came: {error}"),
    }
}

/// What this request is answered with, over a connection of its own.
pub fn ask(port: u16, request: &[u8]) -> Option<Answer> {
    let mut stream = dial(port);
    // A server that has heard enough may close before all is sent.
    let _ = stream.write_all(request);
    answer(&mut stream)
}

/// The answer to a GET of this path.
pub fn get(port: u16, path: &str) -> Answer {
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
    ask(port, request.as_bytes()).unwrap()
}

/// A request for a WebSocket, with these further headers.
pub fn handshake(port: u16, more: &str) -> String {
    format!(
        "GET /irc HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{more}\r\n"
    )
}

/// A client that speaks IRC over a WebSocket and is registered.
pub fn join_as(port: u16, nick: &str, protocol: &str) -> Client {
    let mut client = Client::over(Lines::new(Socket::open(port, protocol)));
    client.send(&format!("NICK {nick}\r\nUSER {nick} 0 * :{nick}\r\n"));
    client.sync();
    client
}

/// A WebSocket.
pub struct Socket {
    stream: Box<dyn Stream>,
    unread: VecDeque<u8>,
    pub protocol: Option<String>,
}

impl Socket {
    /// One on this port.
    pub fn open(port: u16, protocol: &str) -> Self {
        Self::over(dial(port), port, protocol)
    }

    /// One over this stream; no protocol is asked for if that is empty.
    pub fn over(stream: impl Stream + 'static, port: u16, protocol: &str) -> Self {
        let mut stream: Box<dyn Stream> = Box::new(stream);
        let more = match protocol {
            "" => String::new(),
            protocol => format!("Sec-WebSocket-Protocol: {protocol}\r\n"),
        };
        stream.write_all(handshake(port, &more).as_bytes()).unwrap();
        stream.flush().unwrap();
        let answer = answer(&mut *stream).unwrap();
        assert_eq!(answer.status, 101, "{}", answer.head);
        let accept = answer.header("sec-websocket-accept");
        assert_eq!(accept, Some("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        let protocol = answer.header("sec-websocket-protocol").map(str::to_owned);
        Self {
            stream,
            unread: answer.body.into(),
            protocol,
        }
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes);
        let _ = self.stream.flush();
    }

    /// Sends a line as a message of text.
    pub fn say(&mut self, line: &str) {
        self.send_bytes(&masked(0x81, line.as_bytes()));
    }

    /// The next frame: its first byte and what is in it; `None` at the end of the connection.
    pub fn frame(&mut self) -> Option<(u8, Vec<u8>)> {
        let first = self.byte()?;
        let length = match self.byte()? {
            short @ 0..126 => usize::from(short),
            126 => usize::from(self.byte()?) << 8 | usize::from(self.byte()?),
            other => panic!("a length of {other}: masked, or too long for a line"),
        };
        let payload: Option<Vec<u8>> = (0..length).map(|_| self.byte()).collect();
        Some((first, payload?))
    }

    /// The code of the close that comes next but for messages, after which the connection ends.
    pub fn closing(&mut self) -> u16 {
        loop {
            let (head, payload) = self.frame().expect("a close");
            if head == 0x88 {
                assert!(self.byte().is_none(), "something came after the close");
                return u16::from_be_bytes([payload[0], payload[1]]);
            }
        }
    }

    fn byte(&mut self) -> Option<u8> {
        if self.unread.is_empty() {
            let mut bytes = Vec::new();
            more(&mut *self.stream, &mut bytes)?;
            self.unread.extend(bytes);
        }
        self.unread.pop_front()
    }
}

/// A frame as a client sends it.
pub fn masked(head: u8, payload: &[u8]) -> Vec<u8> {
    let mask = [0x12, 0x34, 0x56, 0x78];
    let mut bytes = vec![head];
    match payload.len() {
        short @ 0..126 => bytes.push(0x80 | u8::try_from(short).unwrap()),
        long => {
            bytes.push(0x80 | 126);
            bytes.extend(u16::try_from(long).unwrap().to_be_bytes());
        }
    }
    bytes.extend(mask);
    let payload = payload.iter().zip(mask.iter().cycle());
    bytes.extend(payload.map(|(byte, mask)| byte ^ mask));
    bytes
}

/// A WebSocket as a stream of lines.
pub struct Lines {
    socket: Socket,
    unsent: Vec<u8>,
    unread: VecDeque<u8>,
}

impl Lines {
    pub fn new(socket: Socket) -> Self {
        Self {
            socket,
            unsent: Vec::new(),
            unread: VecDeque::new(),
        }
    }

    fn is_binary(&self) -> bool {
        self.socket.protocol.as_deref() == Some(BINARY)
    }
}

impl Read for Lines {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        while self.unread.is_empty() {
            let Some((head, payload)) = self.socket.frame() else {
                return Ok(0);
            };
            match head {
                0x88 => return Ok(0),
                0x81 | 0x82 => {
                    assert_eq!(head == 0x82, self.is_binary());
                    assert!(!payload.iter().any(|byte| matches!(byte, b'\r' | b'\n')));
                    self.unread.extend(payload);
                    self.unread.extend(b"\r\n");
                }
                other => panic!("a frame that begins with {other:x}"),
            }
        }
        let count = room.len().min(self.unread.len());
        for (to, from) in room.iter_mut().zip(self.unread.drain(..count)) {
            *to = from;
        }
        Ok(count)
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unsent.extend_from_slice(bytes);
        let head = if self.is_binary() { 0x82 } else { 0x81 };
        let mut frames = Vec::new();
        while let Some(end) = self.unsent.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.unsent.drain(..=end).collect();
            frames.extend(masked(head, line.trim_ascii_end()));
        }
        self.socket.stream.write_all(&frames)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.socket.stream.flush()
    }
}

impl Stream for Lines {
    fn finish(&mut self) {
        self.socket.send_bytes(&masked(0x88, &[0x03, 0xe8]));
    }
}
