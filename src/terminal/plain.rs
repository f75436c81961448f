//! Lines of standard input where nothing can be edited. A line that is no text is refused, not changed.

use crate::terminal::editor::Read;
use std::io::{BufRead, stdin};

/// Longest line taken, in bytes.
const LONGEST: usize = 64 * 1024;

/// Reads standard input.
#[derive(Debug, Default)]
pub(super) struct Plain {
    /// Lines read so far.
    read: usize,
}

impl Plain {
    /// The next line.
    pub(super) fn read(&mut self) -> Read {
        self.read_from(stdin().lock())
    }

    fn read_from(&mut self, mut input: impl BufRead) -> Read {
        let mut bytes = Vec::new();
        let mut length = 0;
        loop {
            let Ok(chunk) = input.fill_buf() else {
                return Read::Eof;
            };
            if chunk.is_empty() && length == 0 {
                return Read::Eof;
            }
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let is_end = end.is_some() || chunk.is_empty();
            let taken = end.unwrap_or(chunk.len());
            length += taken.max(usize::from(!is_end));
            let room = LONGEST.saturating_sub(bytes.len()).min(taken);
            bytes.extend_from_slice(chunk.get(..room).unwrap_or_default());
            input.consume(taken + usize::from(end.is_some()));
            if is_end {
                return self.finish(&bytes, length);
            }
        }
    }

    fn finish(&mut self, bytes: &[u8], length: usize) -> Read {
        self.read += 1;
        let number = self.read;
        if length > LONGEST {
            let words = format!("Line {number} has {length} bytes, and {LONGEST} is the most");
            return Read::Unreadable(words);
        }
        let line = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        match std::str::from_utf8(line) {
            Ok(text) => Read::Line(text.to_owned()),
            Err(_) => Read::Unreadable(format!("Line {number} is not UTF-8")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_no_text_are_refused_with_their_number() {
        let mut input = b"one\r\n\ncaf\xe9\nlast".to_vec();
        let mut input = {
            input.splice(0..0, vec![b'x'; LONGEST + 1].into_iter().chain([b'\n']));
            std::io::Cursor::new(input)
        };
        let mut plain = Plain::default();
        let mut next = || plain.read_from(&mut input);
        assert!(matches!(next(), Read::Unreadable(words) if words.starts_with("Line 1 has 65537")));
        assert_eq!(next(), Read::Line("one".to_owned()));
        assert_eq!(next(), Read::Line(String::new()));
        assert_eq!(next(), Read::Unreadable("Line 4 is not UTF-8".to_owned()));
        assert_eq!(next(), Read::Line("last".to_owned()));
        assert_eq!(next(), Read::Eof);
    }
}
