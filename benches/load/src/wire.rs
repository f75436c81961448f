//! As much of IRC as a load generator needs: a line split into its parts, and names for many people and rooms.

/// One line from a server; the parts are slices of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    pub prefix: &'a [u8],
    pub command: &'a [u8],
    /// Everything behind the command, without leading blanks.
    pub rest: &'a [u8],
}

impl<'a> Line<'a> {
    /// The number, if the command is one.
    pub fn numeric(&self) -> Option<u16> {
        let digit = |byte: u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
        match *self.command {
            [a, b, c] => Some(digit(a)? * 100 + digit(b)? * 10 + digit(c)?),
            _ => None,
        }
    }

    /// The name of whom the line comes from.
    pub fn nick(&self) -> &'a [u8] {
        let end = self.prefix.iter().position(|byte| b"!@".contains(byte));
        &self.prefix[..end.unwrap_or(self.prefix.len())]
    }
}

/// The line without the CR at its end.
#[inline]
pub fn chomp(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The first word, and what follows the blanks behind it.
pub fn word(text: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr::memchr(b' ', text).unwrap_or(text.len());
    let (head, tail) = text.split_at(end);
    (head, tail.trim_ascii_start())
}

/// Splits a line without its end; of a malformed one the command is empty.
pub fn split(line: &[u8]) -> Line<'_> {
    let mut rest = line;
    let mut prefix: &[u8] = &[];
    if rest.first() == Some(&b'@') {
        rest = word(rest).1;
    }
    if let [b':', tail @ ..] = rest {
        (prefix, rest) = word(tail);
    }
    let (command, rest) = word(rest);
    Line {
        prefix,
        command,
        rest,
    }
}

/// A line for a person to read, not too long.
pub fn text(line: &[u8]) -> String {
    String::from_utf8_lossy(&line[..line.len().min(200)]).into_owned()
}

/// A short name, different for each number: a letter, then base 36.
pub fn nick(letter: char, mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('x'));
        number /= 36;
        if number == 0 {
            break;
        }
    }
    digits.push(letter);
    digits.into_iter().rev().collect()
}

/// Names for so many people.
pub fn nicks(letter: char, count: usize) -> Vec<String> {
    (0..count as u64)
        .map(|number| nick(letter, number))
        .collect()
}

/// The room of this number.
pub fn room(number: usize) -> String {
    format!("#r{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_line_is_found() {
        let line = split(b"@time=2020-01-01T00:00:00Z;a=b :n!u@h PRIVMSG #c :hi there");
        assert_eq!((line.prefix, line.nick()), (&b"n!u@h"[..], &b"n"[..]));
        assert_eq!(
            (line.command, line.rest),
            (&b"PRIVMSG"[..], &b"#c :hi there"[..])
        );
        assert_eq!(line.numeric(), None);
    }

    #[test]
    fn short_forms_are_split_too() {
        assert_eq!(split(b"PING :x").rest, b":x");
        assert_eq!(split(b":srv 376 me :End of MOTD").numeric(), Some(376));
        assert_eq!(split(b"").command, b"");
        assert_eq!(split(b":only").command, b"");
        assert_eq!(split(b":p   QUIT").command, b"QUIT");
        assert_eq!((chomp(b"a\r"), chomp(b"a")), (&b"a"[..], &b"a"[..]));
    }

    #[test]
    fn names_are_short_and_distinct() {
        let all = nicks('u', 5000);
        assert!(all.iter().all(|name| name.len() <= 4));
        assert_eq!(
            all.iter().collect::<std::collections::HashSet<_>>().len(),
            5000
        );
        assert_eq!((nick('c', 35), nick('c', 36)), ("cz".into(), "c10".into()));
    }
}
