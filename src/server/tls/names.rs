//! Which certificate a client gets: the one for the name that it asks for, or the first.

use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::collections::HashMap;
use std::sync::Arc;

/// Certificates by name.
#[derive(Debug)]
pub(super) struct Names {
    first: Arc<CertifiedKey>,
    /// In small letters; a name that begins with `*.` stands for every one with one more label.
    by_name: HashMap<String, Arc<CertifiedKey>>,
}

impl Names {
    /// The first certificate is for everybody else.
    pub(super) fn new(first: Arc<CertifiedKey>) -> Self {
        Self {
            first,
            by_name: HashMap::new(),
        }
    }

    /// A certificate is for these names too, unless an earlier one is.
    pub(super) fn add(&mut self, names: &[String], certificate: &Arc<CertifiedKey>) {
        for name in names {
            self.by_name
                .entry(name.to_ascii_lowercase())
                .or_insert_with(|| Arc::clone(certificate));
        }
    }

    fn find(&self, asked: Option<&str>) -> &Arc<CertifiedKey> {
        let Some(asked) = asked.map(|name| name.trim_end_matches('.').to_ascii_lowercase()) else {
            return &self.first;
        };
        let wild = || Some(format!("*.{}", asked.split_once('.')?.1));
        let exact = self.by_name.get(&asked);
        exact
            .or_else(|| self.by_name.get(&wild()?))
            .unwrap_or(&self.first)
    }
}

impl ResolvesServerCert for Names {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(self.find(hello.server_name())))
    }
}
