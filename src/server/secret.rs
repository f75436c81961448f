//! What this server knows and nobody else, kept in a file of the data directory: names without an account are
//! answered by it as if they had one, before a restart and after.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The name of the file in the data directory.
const FILE: &str = "secret";

/// The secret of the server that keeps its things in this directory; made when there is none.
pub(super) fn of(data: &Path) -> io::Result<[u8; 32]> {
    let path = data.join(FILE);
    match read(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => make(&path),
        known => known,
    }
}

fn read(path: &Path) -> io::Result<[u8; 32]> {
    let mut secret = [0; 32];
    File::open(path)?.read_exact(&mut secret)?;
    Ok(secret)
}

fn make(path: &Path) -> io::Result<[u8; 32]> {
    let secret = random()?;
    // Written whole under another name, so that there is never half of it.
    let draft = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    let mut file = options.open(&draft)?;
    file.write_all(&secret)?;
    file.sync_all()?;
    std::fs::rename(&draft, path)?;
    Ok(secret)
}

/// One that is good for as long as the process lives.
pub(super) fn random() -> io::Result<[u8; 32]> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(io::Error::other)?;
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_secret_lasts_and_is_for_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let secret = of(dir.path()).unwrap();
        assert_eq!(of(dir.path()).unwrap(), secret);
        let about = std::fs::metadata(dir.path().join(FILE)).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
        let elsewhere = tempfile::tempdir().unwrap();
        assert_ne!(of(elsewhere.path()).unwrap(), secret);
        assert!(of(&dir.path().join("absent")).is_err());
    }
}
