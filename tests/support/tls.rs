//! Clients over TLS that take any certificate and remember it.

#![allow(
    dead_code,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test's helper fails by panicking, as a test does; each user needs some of it"
)]

use crate::irc::{Client, Stream, dial};
use rcgen::{CertificateParams, KeyPair};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, Error, SignatureScheme, StreamOwned,
    SupportedProtocolVersion,
};
use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

/// How somebody comes over TLS.
#[derive(Clone)]
pub struct Manner {
    /// The name of the server that is asked for.
    pub name: &'static str,
    pub version: &'static SupportedProtocolVersion,
    /// A certificate of their own.
    pub own: Option<Arc<Own>>,
}

/// A certificate with its key.
pub struct Own {
    pub cert: CertificateDer<'static>,
    pub pem: String,
    pub key: KeyPair,
}

impl Own {
    /// One for these names, signed by nobody else.
    pub fn new(names: &[&str]) -> Self {
        let key = KeyPair::generate().unwrap();
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let cert = CertificateParams::new(names).unwrap();
        let cert = cert.self_signed(&key).unwrap();
        Self {
            cert: cert.der().clone(),
            pem: cert.pem(),
            key,
        }
    }

    /// Writes it to these files.
    pub fn write(&self, cert: &Path, key: &Path) {
        fs::write(cert, &self.pem).unwrap();
        fs::write(key, self.key.serialize_pem()).unwrap();
        fs::set_permissions(key, fs::Permissions::from_mode(0o600)).unwrap();
    }
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            name: "localhost",
            version: &rustls::version::TLS13,
            own: None,
        }
    }
}

pub type Secure = StreamOwned<ClientConnection, TcpStream>;

impl Stream for Secure {
    fn finish(&mut self) {
        self.conn.send_close_notify();
        self.conn.complete_io(&mut self.sock).unwrap();
    }
}

impl Manner {
    /// A connection over this stream whose handshake is done.
    pub fn shake_hands(&self, mut stream: TcpStream) -> Secure {
        let mut conn = self.begin();
        while conn.is_handshaking() {
            conn.complete_io(&mut stream).unwrap();
        }
        StreamOwned::new(conn, stream)
    }

    /// A connection that has sent nothing yet.
    pub fn begin(&self) -> ClientConnection {
        let provider = Arc::new(ring::default_provider());
        let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(&[self.version])
            .unwrap()
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Anybody(provider)));
        let config = match &self.own {
            None => config.with_no_client_auth(),
            Some(own) => {
                let key = PrivateKeyDer::Pkcs8(own.key.serialize_der().into());
                let chain = vec![own.cert.clone()];
                config.with_client_auth_cert(chain, key).unwrap()
            }
        };
        let name = ServerName::try_from(self.name).unwrap();
        ClientConnection::new(Arc::new(config), name).unwrap()
    }

    /// A client that has said nothing yet.
    pub fn connect(&self, port: u16) -> Client {
        Client::over(self.shake_hands(dial(port)))
    }

    /// A client that is registered and has read its welcome.
    pub fn join_as(&self, port: u16, nick: &str) -> Client {
        let mut client = self.connect(port);
        client.send(&format!("NICK {nick}\r\nUSER {nick} 0 * :{nick}\r\n"));
        client.sync();
        client
    }

    /// The certificate that the server shows.
    pub fn certificate(&self, port: u16) -> CertificateDer<'static> {
        let secure = self.shake_hands(dial(port));
        let chain = secure.conn.peer_certificates().unwrap();
        chain.first().unwrap().clone().into_owned()
    }
}

/// Takes the certificate of anybody.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(
            message,
            cert,
            dss,
            &self.0.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(
            message,
            cert,
            dss,
            &self.0.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
