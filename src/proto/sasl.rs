//! The words of SASL on IRC (IRCv3 sasl-3.1, sasl-3.2): which ways to log in there are, how AUTHENTICATE cuts a
//! message into lines, and what PLAIN says (RFC 4616). SCRAM has a file of its own. The only user of base64ct.
//!
//! A name found here is not checked as a name: it is what was typed, to be looked up.

use crate::proto::name;
use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Bytes of base64 in one AUTHENTICATE line.
pub const CHUNK: usize = 400;

/// Bytes of the longest message, decoded.
pub const LONGEST: usize = 8192;

/// Ends a message whose last chunk is full, or is an empty message.
const END: &str = "+";

/// Ends the exchange.
const ABORT: &str = "*";

/// A way to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mechanism {
    Plain,
    ScramSha256,
    External,
}

/// Why a message does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A line, a message or the password in it is too long: numeric 905, all others 904.
    TooLong,
    NotBase64,
    /// The fields are not those of the mechanism.
    Malformed,
    /// Somebody wants to act as somebody else.
    OtherIdentity,
    /// No name, or no password.
    Empty,
}

/// What one line of AUTHENTICATE brought.
#[derive(PartialEq, Eq)]
pub enum Taken {
    /// The message goes on in the next line.
    More,
    Whole(Vec<u8>),
    Aborted,
}

/// The lines of one message so far. Holds at most what a message of [`LONGEST`] bytes needs.
#[derive(Default, Serialize, Deserialize)]
pub struct Chunks(String);

/// What a PLAIN message says.
#[derive(PartialEq, Eq)]
pub struct Plain<'a> {
    pub name: &'a str,
    pub password: &'a str,
}

impl Mechanism {
    pub const ALL: [Self; 3] = [Self::Plain, Self::ScramSha256, Self::External];

    /// The registered name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "PLAIN",
            Self::ScramSha256 => "SCRAM-SHA-256",
            Self::External => "EXTERNAL",
        }
    }

    /// The mechanism that `name` means, in any case.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|mechanism| mechanism.name().eq_ignore_ascii_case(name))
    }
}

impl Chunks {
    /// Takes the parameter of the next line. Whatever it answers but [`Taken::More`], the next message begins empty.
    pub fn take(&mut self, chunk: &str) -> Result<Taken, Fault> {
        if chunk == ABORT {
            self.0.clear();
            return Ok(Taken::Aborted);
        }
        if chunk.len() > CHUNK || self.0.len() + chunk.len() > LONGEST.div_ceil(3) * 4 {
            self.0.clear();
            return Err(Fault::TooLong);
        }
        if chunk != END {
            self.0.push_str(chunk);
        }
        if chunk.len() == CHUNK {
            return Ok(Taken::More);
        }
        let text = std::mem::take(&mut self.0);
        if text.is_empty() && chunk != END {
            return Err(Fault::NotBase64);
        }
        let message = decode(&text).ok_or(Fault::NotBase64)?;
        if message.len() > LONGEST {
            return Err(Fault::TooLong);
        }
        Ok(Taken::Whole(message))
    }
}

/// The parameters of the AUTHENTICATE lines that carry `message`.
pub fn chunks_of(message: &[u8]) -> Vec<String> {
    let text = encode(message);
    let mut rest = text.as_str();
    let mut chunks = Vec::new();
    while let Some((chunk, tail)) = rest.split_at_checked(CHUNK) {
        chunks.push(chunk.to_owned());
        rest = tail;
    }
    chunks.push(if rest.is_empty() { END } else { rest }.to_owned());
    chunks
}

/// Base64 with padding, without anything else in it.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    Base64::decode_vec(text).ok()
}

/// Base64 with padding.
pub fn encode(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

/// Base64 that may stand in a link, without padding.
pub fn encode_url(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// Base64 as it stands in a link, without anything else in it.
pub fn decode_url(text: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).ok()
}

/// Reads a PLAIN message: who to act as, who one is, and the password, with a NUL between each.
pub fn plain(message: &[u8], longest_password: usize) -> Result<Plain<'_>, Fault> {
    let text = str::from_utf8(message).map_err(|_| Fault::Malformed)?;
    let mut fields = text.split('\0');
    let (Some(identity), Some(name), Some(password), None) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err(Fault::Malformed);
    };
    if name.is_empty() || password.is_empty() {
        return Err(Fault::Empty);
    }
    if password.len() > longest_password {
        return Err(Fault::TooLong);
    }
    must_be_oneself(identity, name)?;
    Ok(Plain { name, password })
}

/// The PLAIN message of `name`; neither may hold a NUL.
pub fn plain_message(name: &str, password: &str) -> Vec<u8> {
    format!("\0{name}\0{password}").into_bytes()
}

/// Nobody acts as somebody else: the identity asked for is none, or the name that logs in.
pub fn must_be_oneself(identity: &str, name: &str) -> Result<(), Fault> {
    if identity.is_empty() || name::same(identity, name) {
        Ok(())
    } else {
        Err(Fault::OtherIdentity)
    }
}

impl fmt::Debug for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::More => "More",
            Self::Whole(_) => "Whole",
            Self::Aborted => "Aborted",
        })
    }
}

impl fmt::Debug for Chunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chunks")
    }
}

impl fmt::Debug for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plain of {:?}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(lines: &[String]) -> Result<Taken, Fault> {
        let mut chunks = Chunks::default();
        let (last, full) = lines.split_last().unwrap();
        for line in full {
            assert_eq!(chunks.take(line), Ok(Taken::More));
        }
        chunks.take(last)
    }

    #[test]
    fn mechanisms_are_found_by_name_in_any_case() {
        for mechanism in Mechanism::ALL {
            let name = mechanism.name();
            assert_eq!(Mechanism::of(name), Some(mechanism));
            assert_eq!(Mechanism::of(&name.to_lowercase()), Some(mechanism));
        }
        assert_eq!(Mechanism::of("SCRAM-SHA-256-PLUS"), None);
        assert_eq!(Mechanism::of(""), None);
    }

    #[test]
    fn a_message_of_any_length_arrives() {
        // 300 bytes are exactly one full line of base64, 600 two.
        for (len, lines) in [
            (0, 1),
            (1, 1),
            (299, 2),
            (300, 2),
            (301, 2),
            (600, 3),
            (LONGEST, 28),
        ] {
            let message = vec![b'x'; len];
            let chunks = chunks_of(&message);
            assert_eq!(chunks.len(), lines, "{len}");
            assert!(whole(&chunks) == Ok(Taken::Whole(message)), "{len}");
        }
    }

    #[test]
    fn a_message_that_is_too_long_is_refused_and_the_next_one_counts() {
        let mut chunks = Chunks::default();
        assert_eq!(chunks.take(&"A".repeat(CHUNK + 1)), Err(Fault::TooLong));
        let full = "A".repeat(CHUNK);
        let taken = (0..100)
            .map(|_| chunks.take(&full))
            .take_while(|taken| *taken == Ok(Taken::More));
        assert_eq!(taken.count(), 27);
        assert_eq!(chunks.take("QQ=="), Ok(Taken::Whole(b"A".to_vec())));
        assert_eq!(
            whole(&chunks_of(&vec![0; LONGEST + 1])),
            Err(Fault::TooLong)
        );
    }

    #[test]
    fn what_is_not_base64_is_refused_and_the_next_one_counts() {
        let mut chunks = Chunks::default();
        for bad in [
            "", "=", "==", "Q", "Q Q=", "QQ", "QQ=", "QR==", "é", "++=", " QQ==",
        ] {
            assert_eq!(chunks.take(bad), Err(Fault::NotBase64), "{bad}");
            assert_eq!(chunks.take("QQ=="), Ok(Taken::Whole(b"A".to_vec())));
        }
    }

    #[test]
    fn an_abort_forgets_what_came_before() {
        let mut chunks = Chunks::default();
        assert_eq!(chunks.take(&"A".repeat(CHUNK)), Ok(Taken::More));
        assert_eq!(chunks.take("*"), Ok(Taken::Aborted));
        assert_eq!(chunks.take("+"), Ok(Taken::Whole(Vec::new())));
    }

    #[test]
    fn plain_names_somebody_and_a_password() {
        let of =
            |text: &str| plain(text.as_bytes(), 8).map(|p| format!("{}/{}", p.name, p.password));
        for (text, expected) in [
            ("\0alice\0secret", Ok("alice/secret")),
            ("alice\0alice\0secret", Ok("alice/secret")),
            ("ALICE\0alice\0secret", Ok("alice/secret")),
            ("admin\0alice\0secret", Err(Fault::OtherIdentity)),
            ("", Err(Fault::Malformed)),
            ("alice", Err(Fault::Malformed)),
            ("\0alice", Err(Fault::Malformed)),
            ("\0alice\0secret\0", Err(Fault::Malformed)),
            ("\0\0\0\0\0", Err(Fault::Malformed)),
            ("\0\0secret", Err(Fault::Empty)),
            ("\0alice\0", Err(Fault::Empty)),
            ("\0alice\0abcdefgh", Ok("alice/abcdefgh")),
            ("\0alice\0abcdefghi", Err(Fault::TooLong)),
        ] {
            assert_eq!(of(text), expected.map(str::to_owned), "{text:?}");
        }
        assert_eq!(plain(b"\0alice\0\xff", 8), Err(Fault::Malformed));
        let message = plain_message("alice", "secret");
        assert_eq!(plain(&message, 8).unwrap().password, "secret");
    }

    #[test]
    fn secrets_are_not_shown() {
        let message = plain_message("alice", "secret");
        let shown = format!(
            "{:?} {:?} {:?}",
            plain(&message, 8).unwrap(),
            Chunks("secret".to_owned()),
            Taken::Whole(message.clone())
        );
        assert!(!shown.contains("secret"), "{shown}");
    }
}
