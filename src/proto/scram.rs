//! SCRAM-SHA-256 (RFC 5802, RFC 7677), as the server speaks it: `ClientFirst` → `challenge` → [`Challenge`] → `verify`.
//! Each step takes the one before it by value, so an answer can be used once. What the client does is in
//! `scram_client`. Passwords count byte by byte; no channel binding. The only user of hmac and pbkdf2.

use crate::proto::{name, sasl};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// The fewest rounds that a client accepts (RFC 7677, section 4).
pub const LEAST_ROUNDS: u32 = 4096;

/// Why an exchange fails: numeric 904 for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Malformed,
    /// The client asks for a binding to its channel, or says another one than at first.
    Binding,
    /// The client demands an extension.
    Extension,
    /// Somebody wants to act as somebody else.
    OtherIdentity,
    /// Not the nonce of this exchange.
    Nonce,
    /// Not the password; to the client: not a server that knows it.
    Proof,
    /// The server asks for so few rounds that it could guess, or for so many that it would take forever.
    Rounds,
}

/// What a server keeps of a password: nobody can log in with it alone.
#[derive(Clone, PartialEq, Eq)]
pub struct ScramKeys {
    pub salt: Vec<u8>,
    pub rounds: u32,
    pub stored_key: [u8; 32],
    pub server_key: [u8; 32],
}

/// The first message of a client.
#[derive(Debug)]
pub struct ClientFirst {
    /// Who wants to log in, as typed.
    pub name: String,
    nonce: String,
    /// How the message begins; comes back in the last one.
    header: String,
    bare: String,
}

/// What the server waits with for the proof.
#[derive(Debug, Serialize, Deserialize)]
pub struct Challenge {
    header: String,
    nonce: String,
    client_first: String,
    /// What is sent to the client.
    pub text: String,
}

impl ScramKeys {
    /// The keys of a password. Slow on purpose: called on worker threads only.
    pub fn derive(password: &str, salt: &[u8], rounds: u32) -> Self {
        let salted = salted(password, salt, rounds);
        Self {
            salt: salt.to_vec(),
            rounds,
            stored_key: hash(&hmac(&salted, b"Client Key")),
            server_key: hmac(&salted, b"Server Key"),
        }
    }

    /// Keys for a name without an account: always the same for it, and no password fits.
    pub fn decoy(secret: &[u8; 32], name: &str, rounds: u32) -> Self {
        let name = name::fold(name);
        Self {
            salt: decoy_salt(secret, &name).to_vec(),
            rounds,
            stored_key: hmac(secret, format!("stored\0{name}").as_bytes()),
            server_key: hmac(secret, format!("server\0{name}").as_bytes()),
        }
    }
}

/// The salt of a name without an account: the same in all cases of the name, and for as long as the secret lives.
pub fn decoy_salt(secret: &[u8; 32], name: &str) -> [u8; 16] {
    let full = hmac(secret, format!("salt\0{}", name::fold(name)).as_bytes());
    *full.first_chunk().expect("16 of 32 bytes")
}

/// A nonce that nobody can foresee who does not know the secret; each count has another.
pub fn nonce_of(secret: &[u8; 32], count: u64) -> String {
    let full = hmac(secret, format!("nonce\0{count}").as_bytes());
    nonce(full.first_chunk().expect("18 of 32 bytes"))
}

/// What nobody can make who does not know the secret, of a text of this kind.
pub fn seal(secret: &[u8; 32], kind: &str, text: &str) -> [u8; 16] {
    let full = hmac(secret, format!("{kind}\0{text}").as_bytes());
    *full.first_chunk().expect("16 of 32 bytes")
}

/// Whether two seals are the same; how long that takes tells nothing.
pub fn is_same_seal(one: &[u8; 16], other: &[u8; 16]) -> bool {
    let pairs = one.iter().zip(other);
    pairs.fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
}

/// A nonce as it is written.
pub fn nonce(entropy: &[u8; 18]) -> String {
    sasl::encode(entropy)
}

impl ClientFirst {
    /// Reads the message, and that nobody acts as somebody else.
    pub fn parse(message: &[u8]) -> Result<Self, Fault> {
        let text = str::from_utf8(message).map_err(|_| Fault::Malformed)?;
        let (flag, rest) = text.split_once(',').ok_or(Fault::Malformed)?;
        match flag {
            "n" | "y" => {}
            _ if flag.starts_with("p=") => return Err(Fault::Binding),
            _ => return Err(Fault::Malformed),
        }
        let (identity, bare) = rest.split_once(',').ok_or(Fault::Malformed)?;
        let identity = match identity {
            "" => String::new(),
            _ => unescape(value(identity, "a=")?)?,
        };
        if bare.starts_with("m=") {
            return Err(Fault::Extension);
        }
        let mut fields = bare.split(',');
        let name = unescape(value(fields.next().unwrap_or_default(), "n=")?)?;
        let nonce = value(fields.next().unwrap_or_default(), "r=")?;
        if name.is_empty() || name.contains('\0') || !is_nonce(nonce) {
            return Err(Fault::Malformed);
        }
        sasl::must_be_oneself(&identity, &name).map_err(|_| Fault::OtherIdentity)?;
        let header = text.strip_suffix(bare).expect("it ends with it");
        Ok(Self {
            name,
            nonce: nonce.to_owned(),
            header: header.to_owned(),
            bare: bare.to_owned(),
        })
    }

    /// Asks for the proof. `server_nonce` is new each time; see [`nonce`].
    pub fn challenge(self, server_nonce: &str, salt: &[u8], rounds: u32) -> Challenge {
        let nonce = format!("{}{server_nonce}", self.nonce);
        let text = format!("r={nonce},s={},i={rounds}", sasl::encode(salt));
        Challenge {
            header: self.header,
            nonce,
            client_first: self.bare,
            text,
        }
    }
}

impl Challenge {
    /// Whether the client knows the password; what it is told then, so that it knows that the server knows it too.
    pub fn verify(self, message: &[u8], keys: &ScramKeys) -> Result<String, Fault> {
        let text = str::from_utf8(message).map_err(|_| Fault::Malformed)?;
        let (said, proof) = text.rsplit_once(",p=").ok_or(Fault::Malformed)?;
        let mut fields = said.split(',');
        let binding = value(fields.next().unwrap_or_default(), "c=")?;
        let nonce = value(fields.next().unwrap_or_default(), "r=")?;
        if fields.any(|field| field.starts_with("m=")) {
            return Err(Fault::Extension);
        }
        if sasl::decode(binding).as_deref() != Some(self.header.as_bytes()) {
            return Err(Fault::Binding);
        }
        if nonce != self.nonce {
            return Err(Fault::Nonce);
        }
        let proof = sasl::decode(proof).and_then(|proof| proof.try_into().ok());
        let proof: [u8; 32] = proof.ok_or(Fault::Malformed)?;
        let exchange = format!("{},{},{said}", self.client_first, self.text);
        let client_key = xor(proof, hmac(&keys.stored_key, exchange.as_bytes()));
        if !is_same(&hash(&client_key), &keys.stored_key) {
            return Err(Fault::Proof);
        }
        let signature = hmac(&keys.server_key, exchange.as_bytes());
        Ok(format!("v={}", sasl::encode(&signature)))
    }
}

/// What follows `key` in a field.
pub(super) fn value<'a>(field: &'a str, key: &str) -> Result<&'a str, Fault> {
    field.strip_prefix(key).ok_or(Fault::Malformed)
}

/// Printable, without a comma.
pub(super) fn is_nonce(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic() && b != b',')
}

fn unescape(text: &str) -> Result<String, Fault> {
    let mut parts = text.split('=');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (sign, rest) = match (part.strip_prefix("2C"), part.strip_prefix("3D")) {
            (Some(rest), _) => (',', rest),
            (None, Some(rest)) => ('=', rest),
            (None, None) => return Err(Fault::Malformed),
        };
        plain.push(sign);
        plain.push_str(rest);
    }
    Ok(plain)
}

pub(super) fn salted(password: &str, salt: &[u8], rounds: u32) -> [u8; 32] {
    pbkdf2::pbkdf2_hmac_array::<Sha256, 32>(password.as_bytes(), salt, rounds)
}

pub(super) fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key may have any length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

pub(super) fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

pub(super) fn xor(mut a: [u8; 32], b: [u8; 32]) -> [u8; 32] {
    for (x, y) in a.iter_mut().zip(b) {
        *x ^= y;
    }
    a
}

/// Compares without telling by the time taken where the first difference is.
pub(super) fn is_same(a: &[u8; 32], b: &[u8; 32]) -> bool {
    let differences = xor(*a, *b).into_iter().fold(0, |sum, byte| sum | byte);
    std::hint::black_box(differences) == 0
}

impl fmt::Debug for ScramKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScramKeys")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::scram_client::ClientStart;

    const SECRET: &[u8; 32] = &[7; 32];

    /// RFC 7677, section 3.
    const FIRST: &str = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    const SERVER_NONCE: &str = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    const SALT: &str = "W22ZaJ0SNY7soEsUEjb6gQ==";
    const CHALLENGE: &str =
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    const LAST: &str = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    const DONE: &str = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    fn keys() -> ScramKeys {
        ScramKeys::derive("pencil", &sasl::decode(SALT).unwrap(), 4096)
    }

    fn challenge() -> Challenge {
        let first = ClientFirst::parse(FIRST.as_bytes()).unwrap();
        first.challenge(SERVER_NONCE, &sasl::decode(SALT).unwrap(), 4096)
    }

    #[test]
    fn the_example_of_the_specification_succeeds() {
        let challenge = challenge();
        assert_eq!(challenge.text, CHALLENGE);
        assert_eq!(
            challenge.verify(LAST.as_bytes(), &keys()),
            Ok(DONE.to_owned())
        );
    }

    #[test]
    fn an_answer_to_another_exchange_is_refused() {
        let proof = LAST.rsplit_once(",p=").unwrap().1;
        let nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        for (message, fault) in [
            (format!("c=eSws,r={nonce},p={proof}"), Fault::Binding),
            (format!("c=,r={nonce},p={proof}"), Fault::Binding),
            (format!("c=biws,r={nonce}x,p={proof}"), Fault::Nonce),
            (
                format!("c=biws,r=rOprNGfwEbeRWgbNEkqO,p={proof}"),
                Fault::Nonce,
            ),
            (format!("c=biws,r=,p={proof}"), Fault::Nonce),
            (format!("c=biws,r={nonce}"), Fault::Malformed),
            (format!("c=biws,r={nonce},p="), Fault::Malformed),
            (format!("c=biws,r={nonce},p=AAAA"), Fault::Malformed),
            (format!("c=biws,r={nonce},p={proof},x=y"), Fault::Malformed),
            (format!("c=biws,r={nonce},m=x,p={proof}"), Fault::Extension),
            (format!("c=biws,r={nonce},x=y,p={proof}"), Fault::Proof),
            (format!("r={nonce},c=biws,p={proof}"), Fault::Malformed),
            (
                format!("c=biws,r={nonce},p={}", sasl::encode(&[0; 32])),
                Fault::Proof,
            ),
            (String::new(), Fault::Malformed),
        ] {
            let verified = challenge().verify(message.as_bytes(), &keys());
            assert_eq!(verified, Err(fault), "{message}");
        }
        // The same last message, replayed to an exchange with another nonce of the server.
        let first = ClientFirst::parse(FIRST.as_bytes()).unwrap();
        let other = first.challenge("other", &keys().salt, 4096);
        assert_eq!(other.verify(LAST.as_bytes(), &keys()), Err(Fault::Nonce));
    }

    #[test]
    fn first_messages_are_checked() {
        for (message, name) in [
            ("n,,n=alice,r=x", "alice"),
            ("y,,n=alice,r=x,ext=1", "alice"),
            ("n,a=ALICE,n=alice,r=x", "alice"),
            ("n,,n=a=2Cb=3Dc=3D2C,r=x", "a,b=c=2C"),
        ] {
            assert_eq!(ClientFirst::parse(message.as_bytes()).unwrap().name, name);
        }
        for (message, fault) in [
            ("", Fault::Malformed),
            ("n,,", Fault::Malformed),
            ("n,n=alice,r=x", Fault::Malformed),
            ("x,,n=alice,r=x", Fault::Malformed),
            ("p=tls-exporter,,n=alice,r=x", Fault::Binding),
            ("n,a=admin,n=alice,r=x", Fault::OtherIdentity),
            ("n,,m=x,n=alice,r=x", Fault::Extension),
            ("n,,n=,r=x", Fault::Malformed),
            ("n,,n=a=2c,r=x", Fault::Malformed),
            ("n,,n=a=,r=x", Fault::Malformed),
            ("n,,n=a\0b,r=x", Fault::Malformed),
            ("n,,n=alice,r=", Fault::Malformed),
            ("n,,n=alice,r=a b", Fault::Malformed),
            ("n,,r=x,n=alice", Fault::Malformed),
        ] {
            let parsed = ClientFirst::parse(message.as_bytes()).map(|first| first.name);
            assert_eq!(parsed, Err(fault), "{message}");
        }
        assert!(ClientFirst::parse(b"n,,n=\xff,r=x").is_err());
    }

    #[test]
    fn a_name_without_an_account_looks_like_one_and_admits_nobody() {
        let keys = ScramKeys::decoy(SECRET, "Nobody", 4096);
        assert_eq!(keys, ScramKeys::decoy(SECRET, "nOBODY", 4096));
        assert_eq!(keys.salt, decoy_salt(SECRET, "nobody"));
        assert_ne!(keys.salt, decoy_salt(SECRET, "nobody2"));
        assert_ne!(keys.salt, decoy_salt(&[8; 32], "nobody"));
        let start = ClientStart::new("nobody", "abc");
        let first = ClientFirst::parse(start.message().as_bytes()).unwrap();
        let challenge = first.challenge("def", &keys.salt, keys.rounds);
        let proof = start.prove(challenge.text.as_bytes(), "nobody").unwrap();
        assert_eq!(
            challenge.verify(proof.text.as_bytes(), &keys),
            Err(Fault::Proof)
        );
    }

    #[test]
    fn each_exchange_has_another_nonce() {
        assert_ne!(nonce_of(SECRET, 1), nonce_of(SECRET, 2));
        assert_ne!(nonce_of(SECRET, 1), nonce_of(&[8; 32], 1));
        assert!(is_nonce(&nonce_of(SECRET, 1)));
    }

    #[test]
    fn secrets_are_not_shown() {
        assert_eq!(format!("{:?}", keys()), "ScramKeys");
    }
}
