//! A certificate and its key, read from PEM and looked at.

use crate::proto::fingerprint::Fingerprint;
use crate::server::world::secured::Certificate;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer;

/// Longest file that is read: a chain of certificates has some KiB.
const MAX_BYTES: u64 = 1 << 20;

/// A certificate that can be shown to clients, and what is known of it.
#[derive(Debug, Clone)]
pub(super) struct Loaded {
    pub(super) key: Arc<CertifiedKey>,
    pub(super) facts: Certificate,
}

/// Who made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Maker {
    Server,
    Somebody,
}

/// Reads a certificate with those that lead to its authority, and its key; or tells why it cannot be used.
pub(super) fn load(
    cert: &Path,
    key: &Path,
    maker: Maker,
    provider: &CryptoProvider,
) -> Result<Loaded, String> {
    let chain = content(cert)?.0;
    let (secret, mode) = content(key)?;
    if mode & 0o006 != 0 {
        let key = key.display();
        return Err(format!(
            "the private key {key} is open to every user of this host; do: chmod 600 {key}"
        ));
    }
    let shown = cert.display();
    understand(&chain, &secret, maker, provider)
        .map_err(|why| format!("{shown} with {}: {why}", key.display()))
}

/// The same from what the files hold.
pub(super) fn understand(
    chain: &[u8],
    secret: &[u8],
    maker: Maker,
    provider: &CryptoProvider,
) -> Result<Loaded, String> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(chain).collect();
    let chain = chain.map_err(|why| format!("the certificate is no PEM: {why}"))?;
    let first = chain.first().ok_or("there is no certificate in the file")?;
    let facts = look_at(first, maker)?;
    let secret = PrivateKeyDer::from_pem_slice(secret)
        .map_err(|_| "there is no private key in the file of the key")?;
    let key = CertifiedKey::from_der(chain, secret, provider).map_err(|why| match why {
        rustls::Error::InconsistentKeys(_) => "the key belongs to another certificate".to_owned(),
        other => other.to_string(),
    })?;
    let key = Arc::new(key);
    Ok(Loaded { key, facts })
}

fn content(path: &Path) -> Result<(Vec<u8>, u32), String> {
    let cannot = |why: std::io::Error| format!("{} cannot be read: {why}", path.display());
    let file = File::open(path).map_err(cannot)?;
    let about = file.metadata().map_err(cannot)?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    Ok((bytes, about.mode()))
}

fn look_at(der: &CertificateDer<'_>, maker: Maker) -> Result<Certificate, String> {
    let (_, parsed) =
        X509Certificate::from_der(der).map_err(|why| format!("no certificate: {why}"))?;
    Ok(Certificate {
        names: names(&parsed),
        fingerprint: Fingerprint::of(der),
        ends_s: parsed.validity().not_after.timestamp(),
        is_own: maker == Maker::Server,
    })
}

/// The names that it is for; one without any has that of its subject.
fn names(parsed: &X509Certificate<'_>) -> Vec<String> {
    let alternatives = parsed.subject_alternative_name().ok().flatten();
    let general = alternatives.map(|found| found.value.general_names.as_slice());
    let mut names: Vec<String> = general
        .unwrap_or_default()
        .iter()
        .filter_map(|name| match name {
            GeneralName::DNSName(name) => Some((*name).to_owned()),
            _ => None,
        })
        .collect();
    if names.is_empty() {
        let common = parsed.subject().iter_common_name();
        names.extend(common.filter_map(|name| Some(name.as_str().ok()?.to_owned())));
    }
    names
}
