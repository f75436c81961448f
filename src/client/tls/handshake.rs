//! The handshake: over a connection that was just made, or not at all.

use crate::client::ending::Ending;
use crate::client::settings::Version;
use crate::client::tls::certificate::Certificate;
use crate::client::tls::known::Belief;
use crate::client::tls::verify::{Fault, Seen, Trust, Verifier};
use crate::client::tls::{Route, Tls, Way, refuse};
use crate::exit::Exit;
use crate::proto::fingerprint::Fingerprint;
use async_std::future::timeout;
use async_std::net::TcpStream;
use futures_rustls::TlsConnector;
use futures_rustls::client::TlsStream;
use rustls::ProtocolVersion;
use rustls::pki_types::ServerName;
use std::sync::Arc;
use std::time::Duration;

/// A connection that nobody else can read.
#[derive(Debug)]
pub struct Secured {
    pub stream: TlsStream<TcpStream>,
    pub version: Version,
    /// What the person should know of the certificate.
    pub note: Option<String>,
}

/// Why there is none.
#[derive(Debug)]
pub struct Failed {
    pub ending: Ending,
    /// A certificate that the person could decide to believe.
    pub stranger: Option<Fingerprint>,
}

impl From<Ending> for Failed {
    fn from(ending: Ending) -> Self {
        Self {
            ending,
            stranger: None,
        }
    }
}

impl Tls {
    /// Shakes hands with the server at the other end of `stream`.
    pub async fn secure(
        &self,
        route: &Route,
        stream: TcpStream,
        patience: Duration,
    ) -> Result<Secured, Failed> {
        let refused = |words| Ending::new(Exit::Tls, words);
        let known = self.known.find(&route.address).map_err(refused)?;
        let verifier = Arc::new(Verifier::new(self.means.judge(), self.pin, known));
        let decides = Arc::clone(&verifier);
        let config = self.means.config(decides).map_err(refused)?;
        let connector = TlsConnector::from(Arc::new(config));
        let handshake = connector.connect(name(route)?, stream);
        let made = timeout(patience, handshake).await;
        match (made, verifier.seen()) {
            (Ok(Ok(stream)), Some(seen)) => self.settle(route, stream, &seen),
            (_, Some(seen)) if seen.verdict.is_err() => Err(self.refuse(route, &seen)),
            (Ok(Err(error)), _) => Err(refuse::handshake(route, &error).into()),
            (Ok(Ok(_)) | Err(_), _) => Err(refuse::silence(route, patience).into()),
        }
    }

    /// The certificate counts: it is remembered, and told if it is new.
    fn settle(
        &self,
        route: &Route,
        stream: TlsStream<TcpStream>,
        seen: &Seen,
    ) -> Result<Secured, Failed> {
        let version = match stream.get_ref().1.protocol_version() {
            Some(ProtocolVersion::TLSv1_3) => Version::Tls13,
            Some(_) | None => Version::Tls12,
        };
        let note = match seen.verdict {
            Ok(Trust::Signed) => self.note_signed(route, seen),
            Ok(Trust::Pinned | Trust::Known) | Err(_) => None,
        };
        Ok(Secured {
            stream,
            version,
            note,
        })
    }

    /// Remembers a certificate that an authority signed; what is to be told, if it was not seen before.
    fn note_signed(&self, route: &Route, seen: &Seen) -> Option<String> {
        let address = &route.address;
        let known = self.known.find(address).ok().flatten();
        if known.is_some_and(|known| known.fingerprint == seen.fingerprint) {
            return None;
        }
        let certificate = Certificate::read(&seen.certificate);
        let told = format!(
            "Certificate of {} is signed by a known authority, valid to {}.",
            address.host, certificate.to
        );
        match self.known.note(address, seen.fingerprint, Belief::Signed) {
            Ok(()) => Some(told),
            Err(fault) => Some(format!("{told}\n{fault}")),
        }
    }

    /// Says why the certificate does not count, and whether the person could say otherwise.
    fn refuse(&self, route: &Route, seen: &Seen) -> Failed {
        let fault = match &seen.verdict {
            Err(fault) => fault.clone(),
            Ok(_) => Fault::Stranger,
        };
        let may_be_believed = fault == Fault::Stranger && route.way != Way::Strict;
        Failed {
            ending: refuse::certificate(route, seen, &fault, &self.known.place()),
            stranger: may_be_believed.then_some(seen.fingerprint),
        }
    }
}

/// How the server is called in its certificate.
fn name(route: &Route) -> Result<ServerName<'static>, Ending> {
    let host = route.address.host.as_str();
    let bare = host.split('%').next().unwrap_or(host);
    ServerName::try_from(bare.to_owned()).map_err(|_| {
        let words =
            format!("\"{host}\" can stand in no certificate, so TLS cannot tell who it is.");
        Ending::new(Exit::Tls, words)
    })
}
