//! TLS below QUIC: the same certificates, for one protocol alone.

use crate::config::Config;
use crate::server::tls::keyring::Keyring;
use crate::server::tls::terms::Terms;
use quinn::ServerConfig;
use quinn::crypto::rustls::QuicServerConfig;
use std::sync::Arc;

/// What is spoken: one request and its answer on each stream, as over TCP.
pub(in crate::server) const PROTOCOL: &[u8] = b"chat-files/1";

impl Terms {
    /// The same terms for QUIC.
    pub(in crate::server) fn quic(&self) -> Result<ServerConfig, String> {
        let mut config = self.config();
        config.alpn_protocols = vec![PROTOCOL.to_vec()];
        let crypto = QuicServerConfig::try_from(config)
            .map_err(|why| format!("QUIC cannot be secured: {why}"))?;
        Ok(ServerConfig::with_crypto(Arc::new(crypto)))
    }
}

impl Keyring {
    /// The terms for QUIC, which has TLS in any case.
    pub(in crate::server) fn quic(&self, config: &Config) -> Result<ServerConfig, String> {
        self.any(config)?.quic()
    }
}
