//! A password as it is kept: an argon2 hash, or in a file plain text. It is never shown. The only user of argon2.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::fmt;

/// How dear it is to try a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HashCost {
    /// 19 MiB, two passes, one lane: about 20 ms of a core.
    #[default]
    Normal,
    /// As cheap as can be: for tests, whose passwords protect nothing.
    Test,
}

impl HashCost {
    /// Memory in KiB and passes of argon2id; one lane.
    fn argon2(self) -> (u32, u32) {
        match self {
            Self::Normal => (19 * 1024, 2),
            Self::Test => (8, 1),
        }
    }

    /// Rounds of PBKDF2 for SCRAM: about 5 ms of a core, and as much for the client that logs in.
    pub fn rounds(self) -> u32 {
        match self {
            Self::Normal => 10_000,
            Self::Test => 4096,
        }
    }
}

/// The hash of a password as a PHC string. Slow on purpose: called on threads for that only.
pub fn hash(given: &str, salt: &[u8; 16], cost: HashCost) -> Option<String> {
    let (memory, passes) = cost.argon2();
    let params = Params::new(memory, passes, 1, None).ok()?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash = argon2.hash_password_with_salt(given.as_bytes(), salt);
    hash.ok().map(|hash| hash.to_string())
}

/// What the password of somebody who is not there is compared with: as dear as any other, and nobody knows
/// what it is the hash of.
pub fn decoy(cost: HashCost) -> Password {
    const SALT: &str = "bm9ib2R5LWlzLWhlcmUtbg";
    const HASH: &str = "q7mXz1m4m8c0vJwZk3Qy5rT2uN9pLsHd6aEfGbYcKxA";
    let (memory, passes) = cost.argon2();
    Password::Hash(format!(
        "$argon2id$v=19$m={memory},t={passes},p=1${SALT}${HASH}"
    ))
}

/// What somebody has to know.
#[derive(Clone, PartialEq, Eq)]
pub enum Password {
    /// A PHC string of argon2.
    Hash(String),
    Plain(String),
}

impl Password {
    /// A password as it is written; one that begins like a hash must be one.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        if text.is_empty() || text.len() > 400 {
            return Err("must have 1 to 400 bytes");
        }
        if !text.starts_with("$argon2") {
            return Ok(Self::Plain(text.to_owned()));
        }
        match PasswordHash::new(text) {
            Ok(hash) if hash.hash.is_some() => Ok(Self::Hash(text.to_owned())),
            Ok(_) | Err(_) => Err("begins like an argon2 hash but is none"),
        }
    }

    /// Whether anybody who reads the file knows it.
    pub fn is_plain(&self) -> bool {
        match self {
            Self::Plain(_) => true,
            Self::Hash(_) => false,
        }
    }

    /// Whether this is what was given. With a hash this takes long: a hundred of them a second at the most.
    pub fn admits(&self, given: &str) -> bool {
        match self {
            Self::Plain(text) => same_secret(text, given),
            Self::Hash(text) => PasswordHash::new(text).is_ok_and(|hash| {
                Argon2::default()
                    .verify_password(given.as_bytes(), &hash)
                    .is_ok()
            }),
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// Compares without telling by the time taken where the first difference is.
pub fn same_secret(a: &str, b: &str) -> bool {
    let differences = a
        .bytes()
        .zip(b.bytes())
        .fold(0, |sum, (x, y)| sum | (x ^ y));
    a.len() == b.len() && std::hint::black_box(differences) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of "horse".
    fn of_horse() -> String {
        hash("horse", b"saltsaltsaltsalt", HashCost::Test).unwrap()
    }

    #[test]
    fn a_hash_and_a_plain_text_admit_only_what_they_are_of() {
        for text in [of_horse().as_str(), "horse"] {
            let password = Password::new(text).unwrap();
            assert!(password.admits("horse"), "{text}");
            for wrong in [
                "",
                "Horse",
                "horse ",
                "horses",
                text.trim_start_matches("horse"),
            ] {
                assert!(!password.admits(wrong), "{text} {wrong}");
            }
            assert_eq!(format!("{password:?}"), "Password");
        }
    }

    #[test]
    fn what_begins_like_a_hash_must_be_one() {
        for text in ["", "$argon2id$", "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ"] {
            assert!(Password::new(text).is_err(), "{text}");
        }
    }
    #[test]
    fn a_decoy_costs_as_much_as_a_hash_and_admits_nobody() {
        for cost in [HashCost::Normal, HashCost::Test] {
            let Password::Hash(text) = decoy(cost) else {
                panic!("no hash");
            };
            let decoy = PasswordHash::new(&text).unwrap();
            let hash = hash("horse", b"saltsaltsaltsalt", cost).unwrap();
            let hash = PasswordHash::new(&hash).unwrap();
            assert_eq!(decoy.params, hash.params);
            assert_eq!(decoy.salt.unwrap().len(), hash.salt.unwrap().len());
            assert_eq!(decoy.hash.unwrap().len(), hash.hash.unwrap().len());
        }
        assert!(!decoy(HashCost::Test).admits("horse"));
        assert!(
            hash("horse", b"saltsaltsaltsalt", HashCost::Normal)
                .unwrap()
                .contains("$m=19456,t=2,p=1$")
        );
    }
}
