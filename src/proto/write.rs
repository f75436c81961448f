//! Lines made: the one place where bytes for the wire are put together.
//!
//! Whatever is passed in, exactly one line comes out: CR, LF and NUL inside a value become spaces,
//! a middle parameter that would break the grammar is mended, and the body ends within 512 bytes at
//! the edge of a character (UTF8ONLY, Modern "Message format").

use super::message::MAX_LINE;

/// A line being written at the end of `out`. Call in the order tags, source, verb, params, [`finish`](Self::finish).
#[derive(Debug)]
pub struct LineWriter<'o> {
    out: &'o mut Vec<u8>,
    /// Where the line begins, tags and all.
    start: usize,
    /// Where the part that 512 bytes bound begins.
    body: usize,
}

impl<'o> LineWriter<'o> {
    /// Begins a line.
    pub fn new(out: &'o mut Vec<u8>) -> Self {
        let start = out.len();
        Self {
            out,
            start,
            body: start,
        }
    }

    /// Adds a tag; `raw` is its value with escapes, empty for none.
    #[must_use]
    pub fn tag(self, key: &str, raw: &str) -> Self {
        self.out.push(if self.out.len() == self.start {
            b'@'
        } else {
            b';'
        });
        put(self.out, key);
        if !raw.is_empty() {
            self.out.push(b'=');
            put(self.out, raw);
        }
        self
    }

    /// Ends the tags and writes `:source VERB`; an empty source is left out.
    #[must_use]
    pub fn verb(mut self, source: &str, verb: &str) -> Self {
        if self.out.len() > self.start {
            self.out.push(b' ');
        }
        self.body = self.out.len();
        if !source.is_empty() {
            self.out.push(b':');
            put(self.out, source);
            self.out.push(b' ');
        }
        put(self.out, verb);
        self
    }

    /// Adds a parameter that is one word. `*` stands for an empty one; a leading colon is kept by a `0` before it.
    #[must_use]
    pub fn param(self, word: &str) -> Self {
        self.out.push(b' ');
        if word.is_empty() {
            self.out.push(b'*');
        } else {
            if word.starts_with(':') {
                self.out.push(b'0');
            }
            let start = self.out.len();
            self.out.extend_from_slice(word.as_bytes());
            for byte in self.out.get_mut(start..).unwrap_or_default() {
                let breaks = matches!(*byte, b' ' | b'\r' | b'\n' | 0);
                *byte = if breaks { b'_' } else { *byte };
            }
        }
        self
    }

    /// Adds the last parameter, which may hold anything that fits on a line.
    #[must_use]
    pub fn trailing(self, text: &str) -> Self {
        self.out.extend_from_slice(b" :");
        put(self.out, text);
        self
    }

    /// Ends the line with CR LF.
    pub fn finish(self) {
        let most = self.body + MAX_LINE - 2;
        if self.out.len() > most {
            let cut = (self.body..=most)
                .rev()
                .find(|at| self.out.get(*at).is_some_and(|b| b & 0xc0 != 0x80));
            self.out.truncate(cut.unwrap_or(self.body));
        }
        self.out.extend_from_slice(b"\r\n");
    }
}

fn put(out: &mut Vec<u8>, text: &str) {
    let start = out.len();
    out.extend_from_slice(text.as_bytes());
    for byte in out.get_mut(start..).unwrap_or_default() {
        let breaks = matches!(*byte, b'\r' | b'\n' | 0);
        *byte = if breaks { b' ' } else { *byte };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(make: impl FnOnce(LineWriter<'_>) -> LineWriter<'_>) -> String {
        let mut out = Vec::new();
        make(LineWriter::new(&mut out)).finish();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_line_has_its_parts_in_order() {
        let line = write(|w| {
            w.tag("time", "now")
                .tag("msgid", "1")
                .tag("+x", "")
                .verb("s", "TOPIC")
                .param("#r")
                .trailing("a b")
        });
        assert_eq!(line, "@time=now;msgid=1;+x :s TOPIC #r :a b\r\n");
        assert_eq!(write(|w| w.verb("", "PING").param("x")), "PING x\r\n");
    }

    #[test]
    fn no_value_can_make_a_second_line_or_parameter() {
        let line = write(|w| {
            w.tag("label", "a\r\nQUIT")
                .verb("s\n", "KICK")
                .param("a b")
                .param("")
                .param(":x")
                .trailing("x\r\nQUIT\0")
        });
        assert_eq!(line, "@label=a  QUIT :s  KICK a_b * 0:x :x  QUIT \r\n");
    }

    #[test]
    fn a_long_line_ends_at_a_character_within_512_bytes() {
        let line = write(|w| {
            w.tag("t", &"x".repeat(600))
                .verb("s", "X")
                .trailing(&"é".repeat(400))
        });
        let body = line.split_once(' ').unwrap().1;
        assert!(body.len() == 511 || body.len() == 512, "{}", body.len());
        assert!(body.ends_with("é\r\n"));
    }
}
