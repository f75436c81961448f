//! A file that is coming: under a hidden name beside its own until it is whole, and then under its own.
//!
//! What is there already is never overwritten, not even when it appears meanwhile; a part that was left behind is gone on
//! with if it is of the same file. One process at a time writes to it.

use crate::client::files::words::quoted;
use crate::client::transfer::fault::{Fault, why};
use crate::client::transfer::paths::shown;
use crate::exit::Exit;
use rustix::fs::{FlockOperation, OFlags, RenameFlags};
use rustix::io::Errno;
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Bytes of a part read at once.
const PIECE: usize = 256 * 1024;
/// Letters of the file's key in the name of its part.
const KEY: usize = 8;

/// Where a file is to come.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) path: PathBuf,
    /// Its name on the server, for what is said.
    pub(super) name: String,
    /// What tells it from other files: the beginning of its hash.
    pub(super) key: String,
}

/// A file that is coming.
pub(super) struct Part {
    file: File,
    path: PathBuf,
    hash: Sha256,
    /// Bytes that are there.
    pub(super) at: u64,
}

impl Target {
    /// The hidden name beside it.
    pub(super) fn part(&self) -> PathBuf {
        let key: String = self.key.chars().take(KEY).collect();
        let mut name = OsString::from(".");
        name.push(self.path.file_name().unwrap_or_default());
        name.push(format!(".{key}.part"));
        self.path.with_file_name(name)
    }

    /// Whether something can come here: nothing is there, and the directory is.
    pub(super) fn must_be_free(&self) -> Result<(), Fault> {
        if self.path.symlink_metadata().is_ok() {
            return Err(self.exists());
        }
        let directory = self.directory();
        match fs::metadata(directory) {
            Ok(meta) if meta.is_dir() => Ok(()),
            Ok(_) => Err(refused(format!("{} is not a directory.", shown(directory)))),
            Err(_) => {
                let words = format!("There is no directory {}.", shown(directory));
                Err(Fault::last(Exit::NotFound, words))
            }
        }
    }

    fn directory(&self) -> &Path {
        let parent = self
            .path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        parent.unwrap_or(Path::new("."))
    }

    fn exists(&self) -> Fault {
        refused(format!(
            "{} exists here already. Use: download {} NEWNAME   (nothing was overwritten)",
            shown(&self.path),
            quoted(&self.name)
        ))
    }

    /// Whether the disk has room for so many bytes more.
    pub(super) fn must_have_room(&self, bytes: u64) -> Result<(), Fault> {
        let Ok(disk) = rustix::fs::statvfs(self.directory()) else {
            return Ok(());
        };
        let free = disk.f_bavail.saturating_mul(disk.f_frsize);
        if free >= bytes {
            return Ok(());
        }
        use crate::proto::file_name::size;
        Err(refused(format!(
            "{} needs {} more, and {} are free in {}.",
            self.name,
            size(bytes),
            size(free),
            shown(self.directory())
        )))
    }
}

impl Part {
    /// Opens the part of `target`, with what came of it before.
    pub(super) fn open(target: &Target, total: Option<u64>) -> Result<Self, Fault> {
        target.must_be_free()?;
        let path = target.part();
        let cannot = |error: &std::io::Error| {
            let words = format!("{} cannot be written", shown(target.directory()));
            Fault::local(Exit::NotAllowed, &words, error)
        };
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .custom_flags(
                (OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC)
                    .bits()
                    .cast_signed(),
            )
            .open(&path)
            .map_err(|error| cannot(&error))?;
        if !file.metadata().is_ok_and(|meta| meta.is_file()) {
            let words = format!("{} is in the way: it is no ordinary file.", shown(&path));
            return Err(refused(words));
        }
        if rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive)
            == Err(Errno::WOULDBLOCK)
        {
            let words = format!("{} is being fetched already.", shown(&target.path));
            return Err(refused(words));
        }
        let mut part = Self {
            file,
            path,
            hash: Sha256::new(),
            at: 0,
        };
        part.count(total).map_err(|error| cannot(&error))?;
        target.must_have_room(total.unwrap_or(0).saturating_sub(part.at))?;
        Ok(part)
    }

    /// Reads what came before; what is longer than the file is not of it.
    fn count(&mut self, total: Option<u64>) -> std::io::Result<()> {
        let length = self.file.metadata()?.len();
        if total.is_none_or(|total| length > total) {
            return self.restart();
        }
        let mut piece = vec![0; PIECE];
        loop {
            let count = self.file.read(&mut piece)?;
            if count == 0 {
                return Ok(());
            }
            self.hash.update(piece.get(..count).unwrap_or_default());
            self.at += u64::try_from(count).unwrap_or_default();
        }
    }

    /// Forgets what came.
    pub(super) fn restart(&mut self) -> std::io::Result<()> {
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        (self.hash, self.at) = (Sha256::new(), 0);
        Ok(())
    }

    /// Takes more bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.file.write_all(bytes).map_err(|error| {
            let words = format!("{} cannot be written", shown(&self.path));
            Fault::local(Exit::Failed, &words, &error)
        })?;
        self.hash.update(bytes);
        self.at += u64::try_from(bytes.len()).unwrap_or_default();
        Ok(())
    }

    /// The SHA-256 of what came, in hexadecimal.
    pub(super) fn digest(&self) -> String {
        let digest = self.hash.clone().finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// It is whole: it gets its own name, if nothing has got that meanwhile.
    pub(super) fn finish(self, target: &Target) -> Result<(), Fault> {
        let failed = |error: &std::io::Error| {
            let words = format!("{} cannot be kept", shown(&target.path));
            Fault::local(Exit::Failed, &words, error)
        };
        self.file.sync_all().map_err(|error| failed(&error))?;
        match rename(&self.path, &target.path) {
            Ok(()) => Ok(()),
            Err(Errno::EXIST) => Err(refused(format!(
                "{} appeared here meanwhile and was not overwritten. What came is whole, in {}.",
                shown(&target.path),
                shown(&self.path)
            ))),
            Err(errno) => Err(failed(&errno.into())),
        }
    }

    /// It is not what was promised.
    pub(super) fn discard(self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Gives a file its name; not where that is taken, on any file system.
fn rename(from: &Path, to: &Path) -> rustix::io::Result<()> {
    let here = rustix::fs::CWD;
    match rustix::fs::renameat_with(here, from, here, to, RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            rustix::fs::link(from, to)?;
            rustix::fs::unlink(from)
        }
        renamed => renamed,
    }
}

fn refused(words: impl Into<String>) -> Fault {
    Fault::last(Exit::Refused, words)
}

/// Why a part cannot begin anew.
pub(super) fn stuck(target: &Target, error: &std::io::Error) -> Fault {
    let words = format!("{} cannot be written: {}.", shown(&target.path), why(error));
    Fault::last(Exit::Failed, words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    const KEY: &str = "0123456789abcdef";

    fn target(home: &Path, name: &str) -> Target {
        Target {
            path: home.join(name),
            name: name.to_owned(),
            key: KEY.to_owned(),
        }
    }

    fn words(fault: Fault) -> String {
        match fault {
            Fault::Final { words, .. } => words,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn what_came_before_is_gone_on_with_and_the_whole_gets_its_name() {
        let home = tempfile::tempdir().unwrap();
        let target = target(home.path(), "a.txt");
        let mut part = Part::open(&target, Some(6)).unwrap();
        part.write(b"abc").unwrap();
        assert!(home.path().join(".a.txt.01234567.part").exists());
        drop(part);
        let mut part = Part::open(&target, Some(6)).unwrap();
        assert_eq!(part.at, 3);
        part.write(b"def").unwrap();
        let whole = Sha256::digest(b"abcdef");
        let whole: String = whole.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(part.digest(), whole);
        part.finish(&target).unwrap();
        assert_eq!(fs::read(home.path().join("a.txt")).unwrap(), b"abcdef");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    fn nothing_that_is_there_is_overwritten_or_followed() {
        let home = tempfile::tempdir().unwrap();
        let one = target(home.path(), "a.txt");
        fs::write(&one.path, "mine").unwrap();
        assert!(words(Part::open(&one, None).err().unwrap()).contains("NEWNAME"));
        let link = target(home.path(), "link");
        symlink("nowhere", &link.path).unwrap();
        assert!(words(Part::open(&link, None).err().unwrap()).contains("exists here already"));
        let late = target(home.path(), "late.txt");
        let mut part = Part::open(&late, None).unwrap();
        part.write(b"new").unwrap();
        fs::write(&late.path, "mine").unwrap();
        assert!(words(part.finish(&late).unwrap_err()).contains("appeared"));
        assert_eq!(fs::read(&late.path).unwrap(), b"mine");
    }

    #[test]
    fn a_part_that_is_a_trap_is_not_written_to() {
        let home = tempfile::tempdir().unwrap();
        let victim = home.path().join("victim");
        fs::write(&victim, "safe").unwrap();
        let trapped = target(home.path(), "a.txt");
        symlink(&victim, trapped.part()).unwrap();
        assert!(Part::open(&trapped, Some(9)).is_err());
        assert_eq!(fs::read(&victim).unwrap(), b"safe");
        fs::remove_file(trapped.part()).unwrap();
        fs::create_dir(trapped.part()).unwrap();
        assert!(Part::open(&trapped, Some(9)).is_err());
    }

    #[test]
    fn two_do_not_write_to_one_part() {
        let home = tempfile::tempdir().unwrap();
        let target = target(home.path(), "a.txt");
        let first = Part::open(&target, Some(3)).unwrap();
        assert!(words(Part::open(&target, Some(3)).err().unwrap()).contains("being fetched"));
        drop(first);
        assert!(Part::open(&target, Some(3)).is_ok());
    }

    #[test]
    fn a_part_of_another_length_is_begun_anew() {
        let home = tempfile::tempdir().unwrap();
        let target = target(home.path(), "a.txt");
        fs::write(target.part(), "much too long").unwrap();
        assert_eq!(Part::open(&target, Some(3)).unwrap().at, 0);
        assert_eq!(fs::metadata(target.part()).unwrap().len(), 0);
    }

    #[test]
    fn what_does_not_fit_on_the_disk_is_not_begun() {
        let home = tempfile::tempdir().unwrap();
        let target = target(home.path(), "a.txt");
        let fault = Part::open(&target, Some(u64::MAX)).err().unwrap();
        assert!(words(fault).contains("are free in"));
    }
}
