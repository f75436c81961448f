//! Configuration files: which one counts, and what is checked about the file itself.

use crate::config::Config;
use crate::config::fault::{Fault, Report};
use crate::config::place::place_of;
use crate::config::read::read;
use crate::config::tls::Enabled;
use std::fs::File;
use std::io::Read;
use std::net::IpAddr;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Longest file that is read.
const MAX_BYTES: u64 = 1 << 20;

/// The file that counts without `--config`: the user's own, then the system's, if there.
pub fn find() -> Option<PathBuf> {
    let own = std::env::var_os("XDG_CONFIG_HOME")
        .filter(|dir| !dir.is_empty())
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".config")))
        .map(|dir| dir.join("chat/chat.yaml"));
    let system = PathBuf::from("/etc/chat/chat.yaml");
    own.into_iter().chain([system]).find(|path| path.is_file())
}

/// What the command line said about the configuration, and the host's name: all that is needed to read it again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// `None`: the file that [`find`] finds, if any.
    pub file: Option<PathBuf>,
    pub bind: Option<IpAddr>,
    pub data: Option<PathBuf>,
    /// Whether the doors speak TLS, if it was said.
    pub tls: Option<bool>,
    /// The server's name unless the file has one.
    pub host_name: String,
}

impl Origin {
    /// Reads the configuration that counts now.
    pub fn read(&self) -> (Config, Report) {
        let mut base = Config::default();
        base.server.name.clone_from(&self.host_name);
        let (mut config, report) = match self.file.clone().or_else(find) {
            Some(path) => load(&path, base),
            None => (base, Report::default()),
        };
        config.server.bind = self.bind.unwrap_or(config.server.bind);
        config.data = self.data.clone().or(config.data);
        match self.tls {
            Some(true) => config.server.tls.enabled = Enabled::Yes,
            Some(false) => config.server.tls.enabled = Enabled::No,
            None => {}
        }
        config.origin = self.clone();
        (config, report)
    }
}

/// Reads a file over the values of `base`.
pub fn load(path: &Path, base: Config) -> (Config, Report) {
    let file = Some(path.to_owned());
    let faults = |fault| Report {
        file: Some(path.to_owned()),
        faults: vec![fault],
    };
    match content(path) {
        Err(fault) => (base, faults(fault)),
        Ok((text, mode)) => {
            let (config, mut report) = read(&text, base);
            let holds_secret = config.server.password.is_some()
                || config.cloak.key.is_some()
                || config.opers.iter().any(|oper| oper.password.is_some())
                || !config.proxy.webirc.is_empty();
            if holds_secret && mode & 0o006 != 0 {
                let remedy = format!("chmod 600 {}", path.display());
                report.faults.push(Fault::error(format!(
                    "holds a password and is open to every user of this host; do: {remedy}"
                )));
            }
            report.file = file;
            (config, report)
        }
    }
}

/// The text of a file, and who may read it.
pub(super) fn content(path: &Path) -> Result<(String, u32), Fault> {
    let cannot = |error: std::io::Error| Fault::error(format!("cannot be read: {error}"));
    let file = File::open(path).map_err(cannot)?;
    let about = file.metadata().map_err(cannot)?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Fault::error("has more than 1 MiB"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, about.mode())),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes());
            Err(Fault::error("is not UTF-8").at(Some(place_of(&text, good))))
        }
    }
}
