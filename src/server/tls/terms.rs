//! What new connections are secured with, as long as it counts: versions, certificates, and how much each may hold.

use crate::server::tls::certificate::Loaded;
use crate::server::tls::client::AnyClient;
use crate::server::tls::names::Names;
use crate::server::tls::tunnel::Tunnel;
use crate::server::world::secured::Certificate;
use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::crypto::ring;
use std::sync::Arc;

/// The terms; a connection keeps those that it began with.
#[derive(Debug, Clone)]
pub(in crate::server) struct Terms {
    config: Arc<ServerConfig>,
    pub(in crate::server) certificates: Vec<Certificate>,
}

impl Terms {
    /// With these certificates, the first for who asks for none of them.
    pub(super) fn new(
        first: &Loaded,
        others: &[Loaded],
        provider: Arc<CryptoProvider>,
    ) -> Result<Self, String> {
        let mut names = Names::new(Arc::clone(&first.key));
        let all = || [first].into_iter().chain(others);
        for loaded in all() {
            names.add(&loaded.facts.names, &loaded.key);
        }
        let schemes = provider.signature_verification_algorithms;
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|why| format!("TLS cannot be spoken: {why}"))?
            .with_client_cert_verifier(Arc::new(AnyClient(schemes)))
            .with_cert_resolver(Arc::new(names));
        config.send_tls13_tickets = 1;
        Ok(Self {
            config: Arc::new(config),
            certificates: all().map(|loaded| loaded.facts.clone()).collect(),
        })
    }

    /// A copy for something that wants it changed.
    pub(super) fn config(&self) -> ServerConfig {
        ServerConfig::clone(&self.config)
    }

    /// A connection that begins.
    pub(in crate::server) fn tunnel(&self) -> Option<Tunnel> {
        Tunnel::new(Arc::clone(&self.config))
    }
}

/// Who computes; named, for with two of them in one program the library would not choose.
pub(super) fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}
