//! Certificates of clients: every one is taken, for who it is counts by its fingerprint alone. That the client
//! owns the key of it is proved in the handshake.

use rustls::DigitallySignedStruct;
use rustls::DistinguishedName;
use rustls::Error;
use rustls::SignatureScheme;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};

/// Asks for a certificate and takes any, or none.
#[derive(Debug)]
pub(super) struct AnyClient(pub(super) WebPkiSupportedAlgorithms);

impl ClientCertVerifier for AnyClient {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.0)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.0)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::tls::terms::provider;
    use rustls::pki_types::PrivateKeyDer;
    use rustls::sign::{CertifiedKey, SigningKey};
    use std::sync::Arc;

    /// What a client signs with this key, as if it were that of another certificate.
    fn signed(key: &dyn SigningKey, message: &[u8]) -> DigitallySignedStruct {
        let signer = key
            .choose_scheme(&[SignatureScheme::ECDSA_NISTP256_SHA256])
            .unwrap();
        let signature = signer.sign(message).unwrap();
        let length = u16::try_from(signature.len()).unwrap().to_be_bytes();
        let bytes = [&[4, 3], &length[..], &signature].concat();
        use rustls::internal::msgs::codec::{Codec, Reader};
        DigitallySignedStruct::read(&mut Reader::init(&bytes)).unwrap()
    }

    #[test]
    fn a_certificate_is_worth_nothing_without_its_key() {
        let own = rcgen::generate_simple_self_signed(["ann".to_owned()]).unwrap();
        let other = rcgen::KeyPair::generate().unwrap();
        let any = AnyClient(provider().signature_verification_algorithms);
        let message = b"what was said so far";
        for (key, is_good) in [(own.signing_key, true), (other, false)] {
            let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
            let key = provider().key_provider.load_private_key(key).unwrap();
            let held = CertifiedKey::new(vec![own.cert.der().clone()], Arc::clone(&key));
            let signed = signed(&*held.key, message);
            let cert = own.cert.der();
            let by_13 = any.verify_tls13_signature(message, cert, &signed);
            let by_12 = any.verify_tls12_signature(message, cert, &signed);
            assert_eq!([by_13.is_ok(), by_12.is_ok()], [is_good; 2]);
        }
    }
}
