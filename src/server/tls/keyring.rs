//! Where the certificates are: those of the configuration, or the server's own. They are read at the start and
//! with the configuration; if one cannot be used, nothing changes.

use crate::config::Config;
use crate::server::tls::certificate::{Loaded, Maker, load, understand};
use crate::server::tls::own::{self, Made};
use crate::server::tls::terms::{Terms, provider};
use jiff::Zoned;
use rustls::crypto::CryptoProvider;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The certificates of one server.
#[derive(Clone)]
pub(in crate::server) struct Keyring {
    place: Place,
}

/// Where the server's own certificate is.
#[derive(Clone)]
enum Place {
    Directory(PathBuf),
    /// Nothing outlives the process.
    Memory(Arc<Mutex<Option<Arc<Made>>>>),
}

impl Keyring {
    /// For a server that keeps its things in this directory; an empty path is nowhere.
    pub(in crate::server) fn new(data: &Path) -> Self {
        let place = match data.as_os_str().is_empty() {
            true => Place::Memory(Arc::default()),
            false => Place::Directory(data.join("tls")),
        };
        Self { place }
    }

    /// The terms that the configuration wants; `None`: the doors speak no TLS.
    pub(in crate::server) fn read(&self, config: &Config) -> Result<Option<Terms>, String> {
        if !config.speaks_tls() {
            return Ok(None);
        }
        self.any(config).map(Some)
    }

    /// The terms for whoever speaks TLS whatever the doors do.
    pub(super) fn any(&self, config: &Config) -> Result<Terms, String> {
        let provider = provider();
        let mut all = Vec::new();
        for pair in config.server.tls.pairs() {
            all.push(load(&pair.cert, &pair.key, Maker::Somebody, &provider)?);
        }
        if all.is_empty() {
            all.push(self.own(config, &provider)?);
        }
        let (first, others) = all.split_first().expect("one was made if none was given");
        Terms::new(first, others, provider)
    }

    /// The certificate that the server made, now or long ago.
    fn own(&self, config: &Config, provider: &CryptoProvider) -> Result<Loaded, String> {
        let make = || own::make(&names(config), Zoned::now().date());
        match &self.place {
            Place::Memory(made) => {
                let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
                let known = match made.as_ref() {
                    Some(known) => Arc::clone(known),
                    None => Arc::clone(made.insert(Arc::new(make()?))),
                };
                understand(
                    known.cert.as_bytes(),
                    known.key.as_bytes(),
                    Maker::Server,
                    provider,
                )
            }
            Place::Directory(directory) => {
                let [cert, key] = ["cert.pem", "key.pem"].map(|name| directory.join(name));
                if !cert.exists() {
                    own::keep(&make()?, &cert, &key).map_err(|why| {
                        format!(
                            "no certificate can be kept in {}: {why}",
                            directory.display()
                        )
                    })?;
                }
                load(&cert, &key, Maker::Server, provider)
            }
        }
    }
}

/// Under which names and addresses the server is found, as far as it knows.
fn names(config: &Config) -> Vec<String> {
    let mut names = vec![config.server.name.clone(), "localhost".into()];
    let bind = config.server.bind;
    if !bind.is_unspecified() {
        names.push(bind.to_string());
    }
    names.extend(["127.0.0.1".into(), "::1".into()]);
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::tls::Enabled;

    #[test]
    fn the_servers_own_certificate_is_made_once_and_its_key_is_for_nobody_else() {
        use std::os::unix::fs::MetadataExt;
        let data = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.server.tls.enabled = Enabled::Yes;
        for keyring in [Keyring::new(data.path()), Keyring::new(Path::new(""))] {
            let shown = || keyring.read(&config).unwrap().unwrap().certificates;
            let first = shown();
            assert!(first.len() == 1 && first == shown());
        }
        let key = std::fs::metadata(data.path().join("tls/key.pem")).unwrap();
        assert_eq!(key.mode() & 0o777, 0o600);
    }
}
