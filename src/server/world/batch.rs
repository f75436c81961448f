//! A message of several lines while its sender is still sending them (IRCv3 client-batch, multiline).

use crate::config::Multiline;
use crate::server::world::World;
use crate::server::world::frozen::verb;
use serde::{Deserialize, Serialize};

/// How long a batch may be open.
pub const OPEN_MS: u64 = 30_000;

/// What a session has begun and not ended.
#[derive(Debug, Serialize, Deserialize)]
pub struct Batch {
    pub reference: Box<str>,
    /// Uptime when it was opened.
    pub opened_ms: u64,
    /// Label of the line that opened it, until it is answered.
    pub label: Option<String>,
    pub state: State,
}

/// Whether something can still become of it.
#[derive(Debug, Serialize, Deserialize)]
pub enum State {
    Open(Lines),
    /// It was refused; what is still sent in it is passed over.
    Refused,
}

/// The lines so far.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lines {
    /// Whom it is for.
    pub target: Box<str>,
    /// Client-only tags as they stand on the wire.
    pub tags: Vec<(Box<str>, Box<str>)>,
    /// What the lines are; the first one tells.
    #[serde(deserialize_with = "verb::maybe")]
    pub verb: Option<verb::Name>,
    pub pieces: Vec<Piece>,
    bytes: usize,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub text: Box<str>,
    pub joint: Joint,
}

/// How a line goes on from the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Joint {
    /// On a line of its own.
    Break,
    /// On the same line (draft/multiline-concat).
    Concat,
}

/// Why a line, or the whole, is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    MaxBytes(usize),
    MaxLines(usize),
    /// It is for somebody else.
    Target(String),
    Other(&'static str),
}

impl Lines {
    /// None yet, for this target.
    pub fn new(target: &str, tags: Vec<(Box<str>, Box<str>)>) -> Self {
        Self {
            target: target.into(),
            tags,
            verb: None,
            pieces: Vec::new(),
            bytes: 0,
        }
    }

    /// Takes one more line.
    pub fn add(
        &mut self,
        verb: &'static str,
        target: &str,
        piece: Piece,
        limits: Multiline,
    ) -> Result<(), Wrong> {
        if !target.eq_ignore_ascii_case(&self.target) {
            return Err(Wrong::Target(target.to_owned()));
        }
        if *self.verb.get_or_insert(verb) != verb {
            return Err(Wrong::Other("PRIVMSG and NOTICE do not mix in one message"));
        }
        if piece.joint == Joint::Concat && self.pieces.is_empty() {
            return Err(Wrong::Other("The first line goes on from none"));
        }
        if piece.joint == Joint::Concat && piece.text.is_empty() {
            return Err(Wrong::Other("A blank line cannot be joined to another"));
        }
        let is_break = piece.joint == Joint::Break && !self.pieces.is_empty();
        self.bytes += piece.text.len() + usize::from(is_break);
        if self.bytes > limits.max_bytes {
            return Err(Wrong::MaxBytes(limits.max_bytes));
        }
        if self.pieces.len() >= limits.max_lines {
            return Err(Wrong::MaxLines(limits.max_lines));
        }
        self.pieces.push(piece);
        Ok(())
    }

    /// Whether it can be sent as it is.
    pub fn must_be_whole(&self) -> Result<(), Wrong> {
        if self.pieces.iter().all(|piece| piece.text.is_empty()) {
            return Err(Wrong::Other("There is nothing in it but blank lines"));
        }
        Ok(())
    }
}

/// The whole text, lines parted by LF.
pub fn joined(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 && piece.joint == Joint::Break {
            text.push('\n');
        }
        text.push_str(&piece.text);
    }
    text
}

impl World {
    /// A name for a batch that no open batch has.
    pub fn batch_name(&mut self) -> String {
        self.batches += 1;
        format!("{:x}", self.batches)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Multiline = Multiline {
        max_bytes: 10,
        max_lines: 3,
    };

    fn piece(text: &str, joint: Joint) -> Piece {
        Piece {
            text: text.into(),
            joint,
        }
    }

    fn add(lines: &mut Lines, text: &str, joint: Joint) -> Result<(), Wrong> {
        lines.add("PRIVMSG", "#x", piece(text, joint), LIMITS)
    }

    #[test]
    fn lines_are_joined_by_a_line_feed_or_by_nothing() {
        let mut lines = Lines::new("#X", Vec::new());
        add(&mut lines, "a", Joint::Break).unwrap();
        add(&mut lines, "", Joint::Break).unwrap();
        add(&mut lines, "b", Joint::Concat).unwrap();
        assert_eq!(joined(&lines.pieces), "a\nb");
        lines.must_be_whole().unwrap();
    }

    #[test]
    fn the_last_byte_and_the_last_line_are_taken_and_no_more() {
        let mut lines = Lines::new("#x", Vec::new());
        add(&mut lines, "12345", Joint::Break).unwrap();
        add(&mut lines, "7890", Joint::Break).unwrap();
        assert_eq!(add(&mut lines, "", Joint::Break), Err(Wrong::MaxBytes(10)));
        let mut lines = Lines::new("#x", Vec::new());
        for text in ["1", "2", "3"] {
            add(&mut lines, text, Joint::Break).unwrap();
        }
        assert_eq!(add(&mut lines, "4", Joint::Break), Err(Wrong::MaxLines(3)));
    }

    #[test]
    fn what_makes_no_message_is_refused() {
        let mut lines = Lines::new("#x", Vec::new());
        assert!(lines.must_be_whole().is_err());
        assert!(matches!(
            add(&mut lines, "a", Joint::Concat),
            Err(Wrong::Other(_))
        ));
        add(&mut lines, "", Joint::Break).unwrap();
        assert!(lines.must_be_whole().is_err());
        assert!(matches!(
            add(&mut lines, "", Joint::Concat),
            Err(Wrong::Other(_))
        ));
        let other = lines.add("PRIVMSG", "#y", piece("a", Joint::Break), LIMITS);
        assert_eq!(other, Err(Wrong::Target("#y".into())));
        let mixed = lines.add("NOTICE", "#x", piece("a", Joint::Break), LIMITS);
        assert!(matches!(mixed, Err(Wrong::Other(_))));
    }
}
