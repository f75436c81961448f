//! SCRAM-SHA-256 as the client speaks it: `ClientStart` → `prove` → [`ClientProof`] → `is_answered_by`.
//!
//! The server is not trusted: it must know the password's keys, and may ask neither for few rounds nor for very many.

use crate::proto::sasl;
use crate::proto::scram::{self, Fault, LEAST_ROUNDS};
use std::fmt;

/// The most rounds that a client works through: two tenths of a second of a fast processor.
const MOST_ROUNDS: u32 = 1_000_000;

/// No channel binding, and nobody but oneself.
const HEADER: &str = "n,,";

/// A client that has said who it is.
#[derive(Debug)]
pub struct ClientStart {
    nonce: String,
    bare: String,
}

/// A client that has said that it knows the password.
pub struct ClientProof {
    /// What is sent to the server.
    pub text: String,
    expected: [u8; 32],
}

impl ClientStart {
    /// `nonce` is new each time; see [`scram::nonce`].
    pub fn new(name: &str, nonce: &str) -> Self {
        let name = name.replace('=', "=3D").replace(',', "=2C");
        Self {
            nonce: nonce.to_owned(),
            bare: format!("n={name},r={nonce}"),
        }
    }

    /// The first message to the server.
    pub fn message(&self) -> String {
        format!("{HEADER}{}", self.bare)
    }

    /// Answers what the server asks. Slow on purpose, as slow as the server says.
    pub fn prove(self, challenge: &[u8], password: &str) -> Result<ClientProof, Fault> {
        let asked = str::from_utf8(challenge).map_err(|_| Fault::Malformed)?;
        if asked.starts_with("m=") {
            return Err(Fault::Extension);
        }
        let mut fields = asked.split(',');
        let mut field = |key| scram::value(fields.next().unwrap_or_default(), key);
        let (nonce, salt, rounds) = (field("r=")?, field("s=")?, field("i=")?);
        // The server must add to the nonce.
        let is_ours = nonce
            .strip_prefix(self.nonce.as_str())
            .is_some_and(scram::is_nonce);
        if !is_ours {
            return Err(Fault::Nonce);
        }
        let salt = sasl::decode(salt).ok_or(Fault::Malformed)?;
        let rounds: u32 = rounds.parse().map_err(|_| Fault::Malformed)?;
        if salt.is_empty() || !(LEAST_ROUNDS..=MOST_ROUNDS).contains(&rounds) {
            return Err(Fault::Rounds);
        }
        let said = format!("c={},r={nonce}", sasl::encode(HEADER.as_bytes()));
        let exchange = format!("{},{asked},{said}", self.bare);
        let salted = scram::salted(password, &salt, rounds);
        let client_key = scram::hmac(&salted, b"Client Key");
        let signature = scram::hmac(&scram::hash(&client_key), exchange.as_bytes());
        let server_key = scram::hmac(&salted, b"Server Key");
        let proof = sasl::encode(&scram::xor(client_key, signature));
        Ok(ClientProof {
            text: format!("{said},p={proof}"),
            expected: scram::hmac(&server_key, exchange.as_bytes()),
        })
    }
}

impl ClientProof {
    /// Whether the server knows the password too, by its last message.
    pub fn is_answered_by(&self, message: &[u8]) -> bool {
        let signature = str::from_utf8(message)
            .ok()
            .and_then(|text| text.split(',').next()?.strip_prefix("v="))
            .and_then(sasl::decode)
            .and_then(|signature| signature.try_into().ok());
        signature.is_some_and(|signature| scram::is_same(&signature, &self.expected))
    }
}

impl fmt::Debug for ClientProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientProof")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::scram::{ClientFirst, ScramKeys};

    #[test]
    fn the_example_of_the_specification_succeeds() {
        let start = ClientStart::new("user", "rOprNGfwEbeRWgbNEkqO");
        assert_eq!(start.message(), "n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
        let challenge = b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
        let proof = start.prove(challenge, "pencil").unwrap();
        assert_eq!(
            proof.text,
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
        );
        assert!(proof.is_answered_by(b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
        for wrong in [
            "",
            "v=",
            "v=AAAA",
            "e=invalid-proof",
            "v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        ] {
            assert!(!proof.is_answered_by(wrong.as_bytes()), "{wrong}");
        }
    }

    #[test]
    fn client_and_server_agree_exactly_when_the_password_is_right() {
        let keys = ScramKeys::derive("pass,=wörd", b"0123456789abcdef", LEAST_ROUNDS);
        for (given, is_right) in [("pass,=wörd", true), ("pass,=wordd", false)] {
            let start = ClientStart::new("a,b=c", &scram::nonce(&[1; 18]));
            let first = ClientFirst::parse(start.message().as_bytes()).unwrap();
            assert_eq!(first.name, "a,b=c");
            let challenge = first.challenge(&scram::nonce(&[2; 18]), &keys.salt, keys.rounds);
            let proof = start.prove(challenge.text.as_bytes(), given).unwrap();
            let answer = challenge.verify(proof.text.as_bytes(), &keys);
            assert_eq!(answer.is_ok(), is_right);
            assert_eq!(
                answer.is_ok_and(|text| proof.is_answered_by(text.as_bytes())),
                is_right
            );
        }
    }

    #[test]
    fn a_server_that_cheats_gets_no_proof() {
        for (challenge, fault) in [
            ("", Fault::Malformed),
            ("r=abcX,s=AAAA", Fault::Malformed),
            ("r=abc,s=AAAA,i=4096", Fault::Nonce),
            ("r=xabc,s=AAAA,i=4096", Fault::Nonce),
            ("r=abcX,s=!,i=4096", Fault::Malformed),
            ("r=abcX,s=,i=4096", Fault::Rounds),
            ("r=abcX,s=AAAA,i=1", Fault::Rounds),
            ("r=abcX,s=AAAA,i=1000001", Fault::Rounds),
            ("r=abcX,s=AAAA,i=99999999999", Fault::Malformed),
            ("m=x,r=abcX,s=AAAA,i=4096", Fault::Extension),
        ] {
            let proof = ClientStart::new("alice", "abc").prove(challenge.as_bytes(), "secret");
            assert_eq!(proof.map(|proof| proof.text), Err(fault), "{challenge}");
        }
    }
}
