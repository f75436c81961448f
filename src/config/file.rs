//! Configuration files: which one counts, and what is checked about the file itself.

use crate::config::Config;
use crate::config::fault::{Fault, Report};
use crate::config::place::place_of;
use crate::config::read::read;
use std::fs::File;
use std::io::Read;
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
            let holds_secret = config.server.password.is_some() || has_oper_password(&report);
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

/// Whether the file has a password of an operator, of which reading left only a warning.
fn has_oper_password(report: &Report) -> bool {
    report
        .faults
        .iter()
        .any(|fault| fault.text.starts_with("opers[") && fault.text.contains("].password "))
}

/// The text of a file, and who may read it.
fn content(path: &Path) -> Result<(String, u32), Fault> {
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
