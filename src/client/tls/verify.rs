//! Whether a server's certificate counts. The signatures of the handshake are checked whatever is decided here.

use crate::client::tls::known::{Belief, Known};
use crate::client::tls::means::provider;
use crate::proto::fingerprint::Fingerprint;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use std::sync::{Arc, Mutex, PoisonError};

/// Why a certificate does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    Expired,
    NotYet,
    OtherName,
    /// No authority signed it, and nobody was seen here before.
    Stranger,
    /// No authority signed it, and it is not the one that was believed before.
    Changed(Known),
    /// It is not the pinned one.
    NotPinned(Fingerprint),
    /// Something else is wrong with it.
    Other(String),
}

/// Why a certificate counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    Pinned,
    Signed,
    /// The person said so before.
    Known,
}

/// What becomes of those of whom nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strangers {
    Refused,
    /// They are as good as plain text, which is spoken with them already.
    Welcome,
}

/// What was found out about the certificate of one handshake.
#[derive(Debug, Clone)]
pub struct Seen {
    pub certificate: Vec<u8>,
    pub fingerprint: Fingerprint,
    pub verdict: Result<Trust, Fault>,
}

/// Decides in one handshake, and remembers what it saw.
#[derive(Debug)]
pub struct Verifier {
    pub judge: Option<Arc<WebPkiServerVerifier>>,
    pub pin: Option<Fingerprint>,
    pub known: Option<Known>,
    pub strangers: Strangers,
    seen: Mutex<Option<Seen>>,
}

impl Verifier {
    pub fn new(
        judge: Option<Arc<WebPkiServerVerifier>>,
        pin: Option<Fingerprint>,
        known: Option<Known>,
    ) -> Self {
        Self {
            judge,
            pin,
            known,
            strangers: Strangers::Refused,
            seen: Mutex::new(None),
        }
    }

    /// What was seen; nothing, if no certificate came.
    pub fn seen(&self) -> Option<Seen> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.clone()
    }

    /// Decides by the pin alone if there is one, else by the authorities, else by what is known.
    fn decide(&self, found: Fingerprint, signed: Result<(), Error>) -> Result<Trust, Fault> {
        if let Some(pin) = self.pin {
            let is_it = pin == found;
            return is_it.then_some(Trust::Pinned).ok_or(Fault::NotPinned(pin));
        }
        let Err(error) = signed else {
            return Ok(Trust::Signed);
        };
        use CertificateError as Wrong;
        match error {
            Error::InvalidCertificate(Wrong::Expired | Wrong::ExpiredContext { .. }) => {
                Err(Fault::Expired)
            }
            Error::InvalidCertificate(Wrong::NotValidYet | Wrong::NotValidYetContext { .. }) => {
                Err(Fault::NotYet)
            }
            Error::InvalidCertificate(
                Wrong::NotValidForName | Wrong::NotValidForNameContext { .. },
            ) => Err(Fault::OtherName),
            // A bad signature: the signer has the name of an authority. Others: one that signed itself.
            Error::InvalidCertificate(
                Wrong::UnknownIssuer | Wrong::BadSignature | Wrong::Other(_),
            ) => self.decide_unsigned(found),
            other => Err(Fault::Other(other.to_string())),
        }
    }

    fn welcomes_strangers(&self) -> bool {
        self.strangers == Strangers::Welcome && self.pin.is_none() && self.known.is_none()
    }

    fn decide_unsigned(&self, found: Fingerprint) -> Result<Trust, Fault> {
        match &self.known {
            Some(known) if known.fingerprint == found && known.belief == Belief::Trusted => {
                Ok(Trust::Known)
            }
            Some(known) => Err(Fault::Changed(known.clone())),
            None => Err(Fault::Stranger),
        }
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let unknown = || Err(Error::InvalidCertificate(CertificateError::UnknownIssuer));
        let signed = self.judge.as_ref().map_or_else(unknown, |judge| {
            judge.verify_server_cert(certificate, between, name, ocsp, now)
        });
        let fingerprint = Fingerprint::of(certificate);
        let verdict = match self.decide(fingerprint, signed.map(|_| ())) {
            Err(_) if self.welcomes_strangers() => Ok(Trust::Known),
            verdict => verdict,
        };
        let is_believed = verdict.is_ok();
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(Seen {
            certificate: certificate.to_vec(),
            fingerprint,
            verdict,
        });
        match is_believed {
            true => Ok(ServerCertVerified::assertion()),
            false => Err(Error::InvalidCertificate(
                CertificateError::ApplicationVerificationFailure,
            )),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &provider().signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &provider().signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let algorithms = provider().signature_verification_algorithms;
        algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::tls::means::Means;

    fn known(name: &[u8], belief: Belief) -> Option<Known> {
        Some(Known {
            fingerprint: Fingerprint::of(name),
            belief,
            since: "2026-11-20".to_owned(),
        })
    }

    fn verdict(
        pin: Option<&[u8]>,
        known: Option<Known>,
        signed: Result<(), CertificateError>,
    ) -> Result<Trust, Fault> {
        let verifier = Verifier::new(None, pin.map(Fingerprint::of), known);
        let signed = signed.map_err(Error::InvalidCertificate);
        verifier.decide(Fingerprint::of(b"this"), signed)
    }

    #[test]
    fn a_pin_decides_alone() {
        let wrong = Err(CertificateError::Expired);
        assert_eq!(verdict(Some(b"this"), None, wrong), Ok(Trust::Pinned));
        let pin = Fingerprint::of(b"other");
        let fault = verdict(Some(b"other"), known(b"this", Belief::Trusted), Ok(()));
        assert_eq!(fault, Err(Fault::NotPinned(pin)));
    }

    #[test]
    fn an_authority_counts_more_than_what_was_seen_before() {
        for known in [
            None,
            known(b"other", Belief::Trusted),
            known(b"other", Belief::Signed),
        ] {
            assert_eq!(verdict(None, known, Ok(())), Ok(Trust::Signed));
        }
    }

    #[test]
    fn what_no_authority_signed_must_be_known() {
        let unsigned = || Err(CertificateError::UnknownIssuer);
        let trusted = known(b"this", Belief::Trusted);
        assert_eq!(verdict(None, trusted, unsigned()), Ok(Trust::Known));
        assert_eq!(verdict(None, None, unsigned()), Err(Fault::Stranger));
        for before in [
            known(b"other", Belief::Trusted),
            known(b"other", Belief::Signed),
            known(b"this", Belief::Signed),
        ] {
            let fault = Fault::Changed(before.clone().unwrap());
            assert_eq!(verdict(None, before, unsigned()), Err(fault));
        }
    }

    #[test]
    fn being_known_heals_nothing_else() {
        let trusted = || known(b"this", Belief::Trusted);
        for (wrong, fault) in [
            (CertificateError::Expired, Fault::Expired),
            (CertificateError::NotValidYet, Fault::NotYet),
            (CertificateError::NotValidForName, Fault::OtherName),
        ] {
            assert_eq!(verdict(None, trusted(), Err(wrong)), Err(fault));
        }
        let revoked = verdict(None, trusted(), Err(CertificateError::Revoked));
        assert!(matches!(revoked, Err(Fault::Other(_))));
    }

    /// Shows a certificate whatever its key is.
    #[derive(Debug)]
    struct Thief(Arc<rustls::sign::CertifiedKey>);

    impl rustls::server::ResolvesServerCert for Thief {
        fn resolve(
            &self,
            _: rustls::server::ClientHello<'_>,
        ) -> Option<Arc<rustls::sign::CertifiedKey>> {
            Some(Arc::clone(&self.0))
        }
    }

    #[test]
    fn a_pinned_certificate_without_its_key_is_worth_nothing() {
        use rustls::pki_types::PrivateKeyDer;
        let own = rcgen::generate_simple_self_signed(["host".to_owned()]).unwrap();
        let other = rcgen::KeyPair::generate().unwrap();
        for (key, is_believed) in [(own.signing_key, true), (other, false)] {
            let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
            let key = provider().key_provider.load_private_key(key).unwrap();
            let shown = rustls::sign::CertifiedKey::new(vec![own.cert.der().clone()], key);
            let config = rustls::ServerConfig::builder_with_provider(provider())
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_cert_resolver(Arc::new(Thief(Arc::new(shown))));
            let mut server = rustls::ServerConnection::new(Arc::new(config)).unwrap();
            let pin = Fingerprint::of(own.cert.der());
            let verifier = Arc::new(Verifier::new(None, Some(pin), None));
            let config = Means::default().config(verifier).unwrap();
            let name = ServerName::try_from("host").unwrap();
            let mut client = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
            let mut wire = Vec::new();
            client.write_tls(&mut wire).unwrap();
            server.read_tls(&mut wire.as_slice()).unwrap();
            server.process_new_packets().unwrap();
            wire.clear();
            while server.wants_write() {
                server.write_tls(&mut wire).unwrap();
            }
            let mut left = wire.as_slice();
            let mut heard = Ok(());
            while !left.is_empty() && heard.is_ok() {
                client.read_tls(&mut left).unwrap();
                heard = client.process_new_packets().map(|_| ());
            }
            assert_eq!(heard.is_ok(), is_believed, "{heard:?}");
        }
    }
}
