//! Logging in (SASL): one exchange, step by step. Nothing is sent from here: each step says what is.

use crate::client::secret::Secret;
use crate::proto::sasl::{Chunks, Mechanism, Taken, chunks_of, plain_message};
use crate::proto::scram_client::{ClientProof, ClientStart};

/// Who logs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub account: String,
    pub password: Secret,
}

/// What follows when it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The connection goes on.
    Arrival,
    /// The name is asked for again, which is kept for this account.
    Name,
    /// The person asked for it.
    Word,
}

/// One exchange.
#[derive(Debug)]
pub struct Login {
    pub identity: Identity,
    pub purpose: Purpose,
    pub mechanism: Mechanism,
    step: Step,
    chunks: Chunks,
    nonce: String,
}

#[derive(Debug)]
enum Step {
    /// The mechanism was named.
    Named,
    Started(ClientStart),
    Proven(ClientProof),
    /// All was said.
    Said,
}

/// What the server's line leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// These are the parameters of the next AUTHENTICATE lines.
    Send(Vec<String>),
    Wait,
    /// The server is not to be trusted with more, for this reason.
    Stop(&'static str),
}

const NOT_ITSELF: &str =
    "the server does not know the account's password itself; it may be another one than it seems";
const NOT_SCRAM: &str = "the server asks in a way that cannot be answered safely";

impl Login {
    /// An exchange to be begun by naming its mechanism.
    pub fn new(identity: Identity, purpose: Purpose, mechanism: Mechanism, nonce: String) -> Self {
        Self {
            identity,
            purpose,
            mechanism,
            step: Step::Named,
            chunks: Chunks::default(),
            nonce,
        }
    }

    /// Takes the parameter of an AUTHENTICATE line.
    pub fn hear(&mut self, chunk: &str) -> Next {
        match self.chunks.take(chunk) {
            Ok(Taken::Whole(message)) => self.take(&message),
            Ok(Taken::More) => Next::Wait,
            Ok(Taken::Aborted) | Err(_) => Next::Stop(NOT_SCRAM),
        }
    }

    fn take(&mut self, message: &[u8]) -> Next {
        let Identity { account, password } = &self.identity;
        match std::mem::replace(&mut self.step, Step::Said) {
            Step::Named if self.mechanism == Mechanism::ScramSha256 => {
                let start = ClientStart::new(account, &self.nonce);
                let message = start.message();
                self.step = Step::Started(start);
                Next::Send(chunks_of(message.as_bytes()))
            }
            Step::Named if self.mechanism == Mechanism::External => {
                Next::Send(chunks_of(account.as_bytes()))
            }
            Step::Named => Next::Send(chunks_of(&plain_message(account, password.reveal()))),
            Step::Started(start) => match start.prove(message, password.reveal()) {
                Ok(proof) => {
                    let message = proof.text.clone();
                    self.step = Step::Proven(proof);
                    Next::Send(chunks_of(message.as_bytes()))
                }
                Err(_) => Next::Stop(NOT_SCRAM),
            },
            Step::Proven(proof) if proof.is_answered_by(message) => Next::Send(chunks_of(b"")),
            Step::Proven(_) => Next::Stop(NOT_ITSELF),
            Step::Said => Next::Wait,
        }
    }

    /// Whether the password was said or proven, so that a refusal is about it.
    pub fn has_said(&self) -> bool {
        matches!(self.step, Step::Said | Step::Proven(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::sasl::encode;

    fn login(mechanism: Mechanism) -> Login {
        let identity = Identity {
            account: "user".to_owned(),
            password: Secret::new("pencil"),
        };
        Login::new(
            identity,
            Purpose::Word,
            mechanism,
            "rOprNGfwEbeRWgbNEkqO".to_owned(),
        )
    }

    #[test]
    fn plain_says_name_and_password() {
        let mut login = login(Mechanism::Plain);
        assert!(!login.has_said());
        let expected = encode(b"\0user\0pencil");
        assert_eq!(login.hear("+"), Next::Send(vec![expected]));
        assert!(login.has_said());
        assert!(!format!("{login:?}").contains("pencil"));
    }

    #[test]
    fn scram_proves_it_and_wants_a_proof_of_the_server() {
        let challenge = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
        let right = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";
        for (answer, is_trusted) in [(right, true), ("v=AAAA", false)] {
            let mut login = login(Mechanism::ScramSha256);
            let first = encode(b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
            assert_eq!(login.hear("+"), Next::Send(vec![first]));
            let Next::Send(proof) = login.hear(&encode(challenge.as_bytes())) else {
                panic!("no proof");
            };
            assert!(!proof.concat().contains("pencil"));
            let end = login.hear(&encode(answer.as_bytes()));
            assert_eq!(end == Next::Send(vec!["+".to_owned()]), is_trusted);
            assert_eq!(end == Next::Stop(NOT_ITSELF), !is_trusted);
        }
    }

    #[test]
    fn nonsense_ends_it() {
        let mut login = login(Mechanism::ScramSha256);
        login.hear("+");
        assert_eq!(login.hear("bm9uc2Vuc2U="), Next::Stop(NOT_SCRAM));
        assert_eq!(login.hear("*"), Next::Stop(NOT_SCRAM));
    }
}
