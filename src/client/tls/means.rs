//! What TLS works with: the authorities that are believed, and the person's own certificate.

use rustls::client::WebPkiServerVerifier;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Bits of rights with which others could read a file.
const OTHERS_READ: u32 = 0o044;

/// Authorities, and the person's certificate.
#[derive(Debug, Default)]
pub struct Means {
    /// Authorities in place of the system's.
    authorities: Option<RootCertStore>,
    own: Option<Own>,
    judge: OnceLock<Option<Arc<WebPkiServerVerifier>>>,
}

/// A certificate with what signed it, and its key.
#[derive(Debug)]
struct Own {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Means {
    /// Reads the files that the command line names.
    pub fn read(authorities: Option<&Path>, own: Option<&Path>) -> Result<Self, String> {
        Ok(Self {
            authorities: authorities.map(read_authorities).transpose()?,
            own: own.map(read_own).transpose()?,
            judge: OnceLock::new(),
        })
    }

    /// Whether the person shows a certificate.
    pub fn has_own(&self) -> bool {
        self.own.is_some()
    }

    /// Who decides whether an authority signed a certificate; nobody, if no authority is known.
    pub fn judge(&self) -> Option<Arc<WebPkiServerVerifier>> {
        self.judge.get_or_init(|| self.new_judge()).clone()
    }

    fn new_judge(&self) -> Option<Arc<WebPkiServerVerifier>> {
        let roots = self.authorities.clone().unwrap_or_else(|| {
            let mut roots = RootCertStore::empty();
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            roots
        });
        let builder = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider());
        builder.build().ok()
    }

    /// A configuration in which `verifier` decides.
    pub fn config(
        &self,
        verifier: Arc<dyn rustls::client::danger::ServerCertVerifier>,
    ) -> Result<ClientConfig, String> {
        let builder = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .dangerous()
            .with_custom_certificate_verifier(verifier);
        let mut config = match &self.own {
            None => builder.with_no_client_auth(),
            Some(own) => builder
                .with_client_auth_cert(own.chain.clone(), own.key.clone_key())
                .map_err(|error| format!("Your certificate cannot be used: {error}."))?,
        };
        // Each connection sees the certificate anew.
        config.resumption = rustls::client::Resumption::disabled();
        Ok(config)
    }
}

/// The one provider of ciphers, always by name.
pub fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    Arc::clone(PROVIDER.get_or_init(|| Arc::new(ring::default_provider())))
}

fn read_authorities(path: &Path) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(&read(path)?, path)? {
        roots.add(certificate).map_err(|error| {
            format!(
                "{} holds a certificate that is of no use: {error}",
                path.display()
            )
        })?;
    }
    Ok(roots)
}

fn read_own(path: &Path) -> Result<Own, String> {
    let shown = path.display();
    let pem = read(path)?;
    let key = PrivateKeyDer::from_pem_slice(&pem).map_err(|_| {
        format!(
            "{shown} holds no private key; --client-cert wants certificate and key in one PEM file"
        )
    })?;
    let mode = fs::metadata(path).map_or(0, |meta| meta.permissions().mode());
    if mode & OTHERS_READ != 0 {
        return Err(format!(
            "others may read the private key in {shown}; to prevent that: chmod 600 {shown}"
        ));
    }
    let own = Own {
        chain: certificates(&pem, path)?,
        key,
    };
    let key = provider()
        .key_provider
        .load_private_key(own.key.clone_key());
    let key = key.map_err(|error| format!("the private key in {shown} cannot be used: {error}"))?;
    rustls::sign::CertifiedKey::new(own.chain.clone(), key)
        .keys_match()
        .map_err(|_| format!("certificate and private key in {shown} do not belong together"))?;
    Ok(own)
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn certificates(pem: &[u8], path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) | Err(_) => Err(format!("{} holds no certificate in PEM", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::Permissions;

    #[test]
    fn a_file_must_hold_what_it_is_named_for() {
        let home = tempfile::tempdir().unwrap();
        let own = rcgen::generate_simple_self_signed(["ann".to_owned()]).unwrap();
        let other = rcgen::KeyPair::generate().unwrap();
        let (certificate, key) = (own.cert.pem(), own.signing_key.serialize_pem());
        let write = |name: &str, text: &str, mode| {
            let path = home.path().join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            path
        };
        let fault = |path: &Path| Means::read(None, Some(path)).unwrap_err();
        let both = write("both", &format!("{certificate}{key}"), 0o600);
        assert!(Means::read(Some(&both), Some(&both)).unwrap().has_own());
        let open = write("open", &format!("{certificate}{key}"), 0o640);
        assert!(fault(&open).contains("chmod 600"));
        let alone = write("alone", &certificate, 0o600);
        assert!(fault(&alone).contains("no private key"));
        let keyed = write("keyed", &key, 0o600);
        assert!(fault(&keyed).contains("no certificate"));
        let mixed = format!("{certificate}{}", other.serialize_pem());
        assert!(fault(&write("mixed", &mixed, 0o600)).contains("belong together"));
        assert!(fault(&home.path().join("none")).contains("cannot read"));
        let empty = write("empty", "", 0o600);
        let fault = Means::read(Some(&empty), None).unwrap_err();
        assert!(fault.contains("no certificate"), "{fault}");
    }

    #[test]
    fn a_key_is_not_shown_by_accident() {
        let home = tempfile::tempdir().unwrap();
        let own = rcgen::generate_simple_self_signed(["ann".to_owned()]).unwrap();
        let path = home.path().join("own");
        let text = own.cert.pem() + &own.signing_key.serialize_pem();
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        let shown = format!("{:?}", Means::read(None, Some(&path)).unwrap());
        assert!(shown.contains("secret key elided"), "{shown}");
    }
}
