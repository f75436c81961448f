//! WebSocket of one connection of a run: each message of text is one line.

use crate::wire;
use memchr::{memchr, memmem};
use std::io;

const END: &[u8] = b"\r\n\r\n";

/// One connection's WebSocket, between its bytes and its lines.
#[derive(Debug, Default)]
pub struct Frames {
    has_asked: bool,
    is_agreed: bool,
    /// The beginning of a frame, or of the answer, whose end has not come yet.
    partial: Vec<u8>,
}

impl Frames {
    /// Takes what came over the wire, and appends the lines in it.
    pub fn open(&mut self, wire: &[u8], plain: &mut Vec<u8>) -> io::Result<()> {
        if self.partial.is_empty() && self.is_agreed {
            let rest = lines(wire, plain)?;
            self.partial.extend_from_slice(rest);
            return Ok(());
        }
        self.partial.extend_from_slice(wire);
        if !self.is_agreed {
            let Some(end) = memmem::find(&self.partial, END) else {
                return Ok(());
            };
            if !self.partial.starts_with(b"HTTP/1.1 101 ") {
                let answer = wire::text(&self.partial);
                return Err(io::Error::other(answer));
            }
            self.is_agreed = true;
            self.partial.drain(..end + END.len());
        }
        let all = std::mem::take(&mut self.partial);
        let rest = lines(&all, plain)?;
        self.partial.extend_from_slice(rest);
        Ok(())
    }

    /// Takes lines that are to be said, and appends what goes over the wire, also of the handshake.
    pub fn seal(&mut self, host: &str, plain: &mut Vec<u8>, wire: &mut Vec<u8>) {
        if !self.has_asked {
            self.has_asked = true;
            wire.extend_from_slice(request(host).as_bytes());
        }
        if !self.is_agreed {
            return;
        }
        let mut rest = plain.as_slice();
        while let Some(end) = memchr(b'\n', rest) {
            frame(wire::chomp(&rest[..end]), wire);
            rest = &rest[end + 1..];
        }
        let said = plain.len() - rest.len();
        plain.drain(..said);
    }
}

fn request(host: &str) -> String {
    format!(
        "GET /irc HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: text.ircv3.net\r\n\r\n"
    )
}

/// A line as a client's frame; its mask changes nothing.
fn frame(line: &[u8], wire: &mut Vec<u8>) {
    wire.push(0x81);
    match line.len() {
        short @ 0..126 => wire.push(0x80 | short as u8),
        long => {
            wire.push(0x80 | 126);
            wire.extend_from_slice(&(long as u16).to_be_bytes());
        }
    }
    wire.extend_from_slice(&[0; 4]);
    wire.extend_from_slice(line);
}

/// Appends the lines of whole frames, and tells what is left.
fn lines<'w>(mut wire: &'w [u8], plain: &mut Vec<u8>) -> io::Result<&'w [u8]> {
    loop {
        let (head, length, rest) = match wire {
            [head, short, rest @ ..] if *short < 126 => (*head, usize::from(*short), rest),
            [head, 126, a, b, rest @ ..] => {
                (*head, usize::from(u16::from_be_bytes([*a, *b])), rest)
            }
            [_, 127..=255, ..] => return Err(io::Error::other("a frame too long for a line")),
            _ => return Ok(wire),
        };
        if rest.len() < length {
            return Ok(wire);
        }
        let (payload, behind) = rest.split_at(length);
        match head {
            0x81 => {
                plain.extend_from_slice(payload);
                plain.push(b'\n');
            }
            0x88 => return Err(io::Error::other("closed by the server")),
            _ => {}
        }
        wire = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_and_come_in_whatever_pieces() {
        let mut frames = Frames::default();
        let (mut plain, mut wire) = (b"NICK a\r\nUSER".to_vec(), Vec::new());
        frames.seal("a", &mut plain, &mut wire);
        assert!(wire.starts_with(b"GET /irc ") && plain.len() == 12);
        let came = b"HTTP/1.1 101 Switching Protocols\r\nA: b\r\n\r\n\x81\x02ab\x81\x7e\x00\x02cd\x81\x01e";
        let mut seen = Vec::new();
        for byte in came {
            frames.open(&[*byte], &mut seen).unwrap();
        }
        assert_eq!(seen, b"ab\ncd\ne\n");
        wire.clear();
        frames.seal("a", &mut plain, &mut wire);
        assert_eq!(
            (wire.as_slice(), plain.as_slice()),
            (&b"\x81\x86\0\0\0\0NICK a"[..], &b"USER"[..])
        );
        assert!(frames.open(b"\x88\x02\x03\xe8", &mut seen).is_err());
    }
}
