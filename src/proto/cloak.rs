//! What others see in place of an address: one word for each of three prefixes of it, the longest first.
//!
//! Who has the same prefix has the same word, so that a mask like `*!*@*.WORD.WORD.cloak` is about a network.
//! Without the key nobody can tell the address, or try addresses until one fits.

use crate::proto::scram::hmac;
use std::net::IpAddr;

/// The last word of every cloak.
const SUFFIX: &str = "cloak";
/// Letters of a word, for five bits each: none looks like another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Letters of a word: 40 bits.
const WORD: u32 = 8;

/// The cloak of a canonical address.
pub fn cloak(key: &[u8], address: IpAddr) -> String {
    let (bits, width, prefixes) = match address {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()), 32, [32, 24, 16]),
        IpAddr::V6(v6) => (v6.to_bits(), 128, [64, 48, 32]),
    };
    let words = prefixes.map(|prefix| {
        let network = bits >> (width - prefix);
        let text = format!("cloak of {width}/{prefix} {network:x}");
        word(&hmac(key, text.as_bytes()))
    });
    let [all, some, few] = words;
    format!("{all}.{some}.{few}.{SUFFIX}")
}

fn word(sum: &[u8; 32]) -> String {
    let [a, b, c, d, e, ..] = sum.map(u64::from);
    let bits = a << 32 | b << 24 | c << 16 | d << 8 | e;
    let letter = |at| LETTERS.get((bits >> (5 * at) & 31) as usize).copied();
    (0..WORD).filter_map(letter).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(key: &str, address: &str) -> Vec<String> {
        let cloak = cloak(key.as_bytes(), address.parse().unwrap());
        assert!(cloak.len() <= 63, "{cloak}");
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.';
        assert!(cloak.chars().all(fits), "{cloak}");
        cloak.split('.').map(str::to_owned).collect()
    }

    /// How many words from the end two cloaks share.
    fn shared(a: &str, b: &str) -> usize {
        let (a, b) = (words("key", a), words("key", b));
        let pairs = a.iter().rev().zip(b.iter().rev());
        pairs.take_while(|(a, b)| a == b).count() - 1
    }

    #[test]
    fn neighbours_share_the_words_of_their_networks() {
        for (other, common) in [
            ("192.0.2.1", 3),
            ("192.0.2.2", 2),
            ("192.0.3.1", 1),
            ("192.1.2.1", 0),
        ] {
            assert_eq!(shared("192.0.2.1", other), common, "{other}");
        }
        for (other, common) in [
            ("2001:db8:1:1::9", 3),
            ("2001:db8:1:2::1", 2),
            ("2001:db8:2:1::1", 1),
            ("2001:db9:1:1::1", 0),
            ("192.0.2.1", 0),
        ] {
            assert_eq!(shared("2001:db8:1:1::1", other), common, "{other}");
        }
    }

    #[test]
    fn a_cloak_depends_on_the_key_and_every_word_on_its_prefix() {
        let cloak = words("key", "192.0.2.1");
        assert_eq!((cloak.len(), cloak.last().unwrap().as_str()), (4, SUFFIX));
        assert_eq!(cloak, words("key", "192.0.2.1"));
        let other = words("other", "192.0.2.1");
        assert!(cloak.iter().zip(&other).take(3).all(|(a, b)| a != b));
        let zero = words("key", "0.0.0.0");
        assert!(zero[0] != zero[1] && zero[1] != zero[2]);
    }
}
