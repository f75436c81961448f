//! TLS below QUIC: whom the conversation believes is believed here too.
//!
//! Where the conversation is in plain text nobody is asked who they are; then it is as good to fetch from a stranger, but
//! not from somebody other than the one that was pinned or believed before.

use crate::client::ending::Ending;
use crate::client::tls::verify::{Strangers, Verifier};
use crate::client::tls::{Route, Tls, Way, refuse};
use crate::exit::Exit;
use quinn::ClientConfig;
use quinn::crypto::rustls::QuicClientConfig;
use std::sync::Arc;

/// What is spoken: one request and its answer on each stream, as over TCP.
const PROTOCOL: &[u8] = b"chat-files/1";

/// One handshake of QUIC.
pub struct Handshake {
    pub config: ClientConfig,
    verifier: Arc<Verifier>,
}

impl Tls {
    /// A handshake with the server of `route`.
    pub fn quic(&self, route: &Route) -> Result<Handshake, Ending> {
        let refused = |words| Ending::new(Exit::Tls, words);
        let known = self.known.find(&route.address).map_err(refused)?;
        let mut verifier = Verifier::new(self.means.judge(), self.pin, known);
        if route.way == Way::Plain {
            verifier.strangers = Strangers::Welcome;
        }
        let verifier = Arc::new(verifier);
        let decides = Arc::clone(&verifier);
        let mut config = self.means.config(decides).map_err(refused)?;
        config.alpn_protocols = vec![PROTOCOL.to_vec()];
        let crypto = QuicClientConfig::try_from(config).map_err(|why| refused(why.to_string()))?;
        Ok(Handshake {
            config: ClientConfig::new(Arc::new(crypto)),
            verifier,
        })
    }
}

impl Handshake {
    /// Why the server's certificate did not count, if that was it.
    pub fn refusal(&self, tls: &Tls, route: &Route) -> Option<Ending> {
        let seen = self.verifier.seen()?;
        let fault = seen.verdict.clone().err()?;
        Some(refuse::certificate(
            route,
            &seen,
            &fault,
            &tls.known.place(),
        ))
    }
}
