//! A certificate's fingerprint: SHA-256 over all its bytes, written as `sha256:` and 64 hexadecimal digits.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

const PREFIX: &str = "sha256:";
/// Hexadecimal digits of one.
const DIGITS: usize = 64;

/// What tells one certificate from all others.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of a certificate in DER.
    pub fn of(certificate: &[u8]) -> Self {
        Self(Sha256::digest(certificate).into())
    }

    /// Reads 64 hexadecimal digits in any case, with or without `sha256:` before and colons between them.
    pub fn parse(text: &str) -> Option<Self> {
        let start = text.get(..PREFIX.len()).unwrap_or_default();
        let digits = match start.eq_ignore_ascii_case(PREFIX) {
            true => text.get(PREFIX.len()..)?,
            false => text,
        };
        let digits: Vec<char> = digits.chars().filter(|c| *c != ':').collect();
        if digits.len() != DIGITS {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            for digit in pair {
                *byte = *byte << 4 | u8::try_from(digit.to_digit(16)?).ok()?;
            }
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PREFIX)?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF_ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn a_fingerprint_is_the_sha_256_of_the_bytes() {
        let found = Fingerprint::of(b"abc");
        assert_eq!(found.to_string(), format!("sha256:{OF_ABC}"));
    }

    #[test]
    fn every_usual_form_is_read() {
        let pairs: Vec<&str> = OF_ABC
            .as_bytes()
            .chunks(2)
            .map(|pair| str::from_utf8(pair).unwrap())
            .collect();
        for form in [
            OF_ABC.to_owned(),
            format!("sha256:{OF_ABC}"),
            format!("SHA256:{}", OF_ABC.to_uppercase()),
            pairs.join(":").to_uppercase(),
        ] {
            assert_eq!(
                Fingerprint::parse(&form),
                Some(Fingerprint::of(b"abc")),
                "{form}"
            );
        }
    }

    #[test]
    fn nothing_else_is_one() {
        for text in [
            "",
            "sha256:",
            &OF_ABC[1..],
            &format!("{OF_ABC}0"),
            &OF_ABC.replace('b', "g"),
            &OF_ABC.replace('b', "é"),
            &format!("md5:{OF_ABC}"),
            "shaü256:",
        ] {
            assert_eq!(Fingerprint::parse(text), None, "{text}");
        }
    }
}
