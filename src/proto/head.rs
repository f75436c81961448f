//! Heads of requests of HTTP, as strict as two parsers would never disagree on.
//!
//! The parser behind this forgives line ends without CR, lengths said twice and a length beside a transfer coding; a proxy before
//! us may read those otherwise, and take the end of one request for the beginning of another. Such a head does
//! not pass: a byte comes in its place that no head may have, and the parser answers 400.

/// What is read in place of a wrong head.
const WRONG: &[u8] = b"\0\r\n\r\n";
/// Bytes of a line that are looked at: no name that matters is longer, with its value.
const LOOKED_AT: usize = 64;

/// The gate of one connection.
#[derive(Debug, Default)]
pub struct Gate {
    /// Bytes of a body that are to come.
    body: u64,
    line: Line,
    /// The line of the request came.
    has_begun: bool,
    length: Option<u64>,
    /// Bytes of [`WRONG`] that were read; `None`: nothing was wrong.
    wrong: Option<usize>,
}

/// The line that comes.
#[derive(Debug, Default)]
struct Line {
    /// Its beginning.
    bytes: Vec<u8>,
    is_long: bool,
    /// A CR came: nothing but LF may follow.
    has_cr: bool,
}

/// A head that does not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wrong;

impl Gate {
    /// Lets pass what came, which is `count` bytes in `room`; returns how many of those in `room` are then to be
    /// read. Nothing passes after something wrong.
    pub fn pass(&mut self, room: &mut [u8], count: usize) -> usize {
        if self.wrong.is_none() {
            let came = room.get(..count).unwrap_or_default();
            let good = self.look(came);
            if good > 0 || count == 0 {
                return good;
            }
        }
        self.poison(room)
    }

    /// Whether what comes does not matter any more.
    pub fn is_shut(&self) -> bool {
        self.wrong.is_some()
    }

    /// Gives what stands for a wrong head, once.
    fn poison(&mut self, room: &mut [u8]) -> usize {
        let from = self.wrong.unwrap_or(WRONG.len());
        let rest = WRONG.get(from..).unwrap_or_default();
        let count = rest.len().min(room.len());
        if let (Some(to), Some(rest)) = (room.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(rest);
        }
        self.wrong = Some(from + count);
        count
    }

    /// How many of these bytes may pass.
    fn look(&mut self, bytes: &[u8]) -> usize {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if self.body > 0 {
                let count =
                    usize::try_from(self.body).map_or(rest.len(), |body| body.min(rest.len()));
                self.body -= count as u64;
                at += count;
                continue;
            }
            let byte = rest.first().copied().unwrap_or_default();
            if self.take(byte) == Err(Wrong) {
                self.wrong = Some(0);
                return at;
            }
            at += 1;
        }
        at
    }

    fn take(&mut self, byte: u8) -> Result<(), Wrong> {
        match (byte, self.line.has_cr) {
            (b'\n', true) => {
                let line = std::mem::take(&mut self.line);
                self.end(&line)
            }
            (_, true) | (b'\n' | 0, false) => Err(Wrong),
            (b'\r', false) => {
                self.line.has_cr = true;
                Ok(())
            }
            (byte, false) if self.line.bytes.len() < LOOKED_AT => {
                self.line.bytes.push(byte);
                Ok(())
            }
            _ => {
                self.line.is_long = true;
                Ok(())
            }
        }
    }

    /// Takes in a whole line.
    fn end(&mut self, line: &Line) -> Result<(), Wrong> {
        match (line.bytes.is_empty(), self.has_begun) {
            (true, false) => Ok(()),
            (true, true) => {
                self.has_begun = false;
                self.body = self.length.take().unwrap_or(0);
                Ok(())
            }
            (false, false) => {
                self.has_begun = true;
                Ok(())
            }
            (false, true) => self.field(line),
        }
    }

    /// Takes in a header.
    fn field(&mut self, line: &Line) -> Result<(), Wrong> {
        let colon = line.bytes.iter().position(|byte| *byte == b':');
        let name = match colon {
            Some(colon) => line.bytes.get(..colon).unwrap_or_default(),
            None if line.is_long => return Ok(()),
            None => return Err(Wrong),
        };
        if name.is_empty() || name.iter().any(u8::is_ascii_whitespace) {
            return Err(Wrong);
        }
        if name.eq_ignore_ascii_case(b"transfer-encoding") {
            return Err(Wrong);
        }
        if !name.eq_ignore_ascii_case(b"content-length") {
            return Ok(());
        }
        let value = line.bytes.get(name.len() + 1..).unwrap_or_default();
        let value = std::str::from_utf8(value.trim_ascii()).map_err(|_| Wrong)?;
        let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
        let length = value.parse().ok().filter(|_| is_number && !line.is_long);
        match self.length {
            None => self.length = Some(length.ok_or(Wrong)?),
            Some(_) => return Err(Wrong),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of what comes in pieces of this size.
    fn through(text: &[u8], piece: usize) -> Vec<u8> {
        let mut gate = Gate::default();
        let mut seen = Vec::new();
        for chunk in text.chunks(piece) {
            let mut room = [0; 4096];
            room[..chunk.len()].copy_from_slice(chunk);
            let mut count = gate.pass(&mut room, chunk.len());
            seen.extend_from_slice(&room[..count]);
            while gate.is_shut() && count > 0 {
                count = gate.pass(&mut room, 0);
                seen.extend_from_slice(&room[..count]);
            }
        }
        seen
    }

    #[test]
    fn what_two_parsers_agree_on_passes_whole_in_any_pieces() {
        let text = b"\r\nPOST /files HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\n\n\0\r\nab\n\
                     GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\nGET / HTTP/1.0\r\n\r\n";
        for piece in [1, 2, 3, 7, text.len()] {
            assert_eq!(through(text, piece), text, "{piece}");
        }
    }

    #[test]
    fn what_they_might_not_agree_on_becomes_a_head_that_is_none() {
        let heads: [&[u8]; 12] = [
            b"GET / HTTP/1.1\nHost: a\n\n",
            b"GET / HTTP/1.1\r\nHost: a\n\r\n",
            b"GET / HTTP/1.1\r\nA: b\rc\r\n\r\n",
            b"GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
            b"GET / HTTP/1.1\r\nA : b\r\n\r\n",
            b"GET / HTTP/1.1\r\nA\r\n\r\n",
            b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
            b"POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\nx",
            b"POST / HTTP/1.1\r\nContent-Length: 1, 1\r\n\r\nx",
            b"POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\nx",
            b"POST / HTTP/1.1\r\nContent-Length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0;x=y\r\n\r\n",
        ];
        for head in heads {
            for piece in [1, 5, head.len()] {
                let seen = through(head, piece);
                let seen = String::from_utf8_lossy(&seen);
                assert!(seen.ends_with("\0\r\n\r\n"), "{seen:?}");
                assert_eq!(seen.matches('\0').count(), 1, "{seen:?}");
            }
        }
    }
}
