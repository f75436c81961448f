//! Only one server uses a directory: whoever holds the lock on its file `lock`. The system lets go of it
//! when the process ends, however it ends.

use crate::store::trouble::{Kind, Trouble};
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// The lock on a directory, for as long as this value lives.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of this directory, which is made if there is none.
    pub fn take(dir: &Path) -> Result<Self, Trouble> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
        made.map_err(|error| refused(dir, &error))?;
        let path = dir.join("lock");
        let mut file = private(&path).map_err(|error| refused(&path, &error))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(Errno::WOULDBLOCK) => return Err(in_use(dir, &mut file)),
            Err(error) => return Err(refused(&path, &error.into())),
        }
        let pid = std::process::id();
        file.set_len(0)
            .and_then(|()| writeln!(file, "{pid}"))
            .map_err(|error| refused(&path, &error))?;
        Ok(Self { _file: file })
    }
}

/// Opens a file that only its owner reads and writes; makes it if there is none.
pub fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let file = options.mode(0o600).open(path)?;
    let mode = file.metadata()?.permissions().mode();
    if mode & 0o077 != 0 {
        file.set_permissions(PermissionsExt::from_mode(mode & 0o700))?;
    }
    Ok(file)
}

/// What it means that this could not be made or written.
pub fn refused(path: &Path, error: &io::Error) -> Trouble {
    let kind = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Kind::Full,
        _ if error.raw_os_error() == Some(Errno::IO.raw_os_error()) => Kind::Device,
        _ => Kind::ReadOnly,
    };
    let text = format!("cannot write {}: {error}", path.display());
    Trouble { kind, text }
}

fn in_use(dir: &Path, file: &mut File) -> Trouble {
    let mut text = String::new();
    let read = file.take(32).read_to_string(&mut text);
    let pid = read.ok().and_then(|_| text.trim().parse().ok());
    let who = match pid {
        Some(pid) => format!("the process {pid}"),
        None => String::from("another process"),
    };
    let text = format!(
        "{} is in use by {who}: stop that server, or give this one another directory",
        dir.display()
    );
    Trouble {
        kind: Kind::InUse { pid },
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_second_one_is_refused_with_the_pid_and_a_stale_one_is_taken_over() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("deep/data");
        let first = Lock::take(&data).unwrap();
        let second = Lock::take(&data).unwrap_err();
        let pid = std::process::id();
        assert_eq!(second.kind, Kind::InUse { pid: Some(pid) });
        assert!(second.text.contains(&pid.to_string()), "{second}");
        drop(first);
        fs::write(data.join("lock"), "99999999 and more\n").unwrap();
        let third = Lock::take(&data).unwrap();
        assert_eq!(
            fs::read_to_string(data.join("lock")).unwrap(),
            format!("{pid}\n")
        );
        drop(third);
    }

    #[test]
    fn directory_and_files_are_for_their_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        let _lock = Lock::take(&data).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&data), mode(&data.join("lock"))), (0o700, 0o600));
        let open = data.join("open");
        fs::write(&open, "x").unwrap();
        fs::set_permissions(&open, PermissionsExt::from_mode(0o644)).unwrap();
        private(&open).unwrap();
        assert_eq!(mode(&open), 0o600);
    }

    #[test]
    fn a_place_that_cannot_be_a_directory_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "").unwrap();
        let trouble = Lock::take(&file.join("data")).unwrap_err();
        assert_eq!(trouble.kind, Kind::ReadOnly);
        let path = file.join("data").display().to_string();
        assert!(trouble.text.contains(&path), "{trouble}");
    }
}
