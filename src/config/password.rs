//! A password as a file holds it: an argon2 hash, or plain text. It is never shown. The only user of argon2.

use argon2::Argon2;
use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;
use std::fmt;

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
    use argon2::password_hash::PasswordHasher;

    use argon2::{Algorithm, Params, Version};

    /// Of "horse", as cheap as can be.
    fn hash() -> String {
        let params = Params::new(8, 1, 1, None).unwrap();
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let hash = argon2.hash_password_with_salt(b"horse", b"saltsalt");
        hash.unwrap().to_string()
    }

    #[test]
    fn a_hash_and_a_plain_text_admit_only_what_they_are_of() {
        for text in [hash().as_str(), "horse"] {
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
}
