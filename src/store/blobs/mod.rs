//! The bytes of files, on disk: whole ones under their SHA-256, and those that are still coming under a number.
//!
//! Everything here waits for the disk, so it is called from threads that may. A file appears among the whole ones
//! by one rename, after it was flushed: there is never half of one. Who may read is decided elsewhere.

pub mod incoming;
pub mod pins;
pub mod tidy;

use crate::store::blobs::pins::Pins;
use crate::store::record::file::Digest;
use rustix::fs::OFlags;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The directory in the data directory.
pub const FOLDER: &str = "files";
const OBJECTS: &str = "objects";
const INCOMING: &str = "incoming";

/// The number of what is coming.
pub type Number = [u8; 16];

/// The place of all bytes.
#[derive(Debug)]
pub struct Blobs {
    root: PathBuf,
    /// What must not be removed now, and what is about to be.
    pins: Mutex<Pins>,
}

impl Blobs {
    /// The place in this data directory; made if there is none.
    pub fn open(data: &Path) -> io::Result<Self> {
        let root = data.join(FOLDER);
        for place in [root.clone(), root.join(OBJECTS), root.join(INCOMING)] {
            make_directory(&place)?;
        }
        Ok(Self {
            root,
            pins: Mutex::default(),
        })
    }

    /// Opens a whole file; tells how long it is.
    pub fn read(&self, digest: &Digest) -> io::Result<(File, u64)> {
        let file = open_to_read(&self.object(digest))?;
        let bytes = file.metadata()?.len();
        Ok((file, bytes))
    }

    fn object(&self, digest: &Digest) -> PathBuf {
        let name = digest.to_string();
        let drawer = name.get(..2).unwrap_or_default().to_owned();
        self.objects().join(drawer).join(name)
    }

    fn objects(&self) -> PathBuf {
        self.root.join(OBJECTS)
    }

    fn coming(&self, number: &Number) -> PathBuf {
        self.root.join(INCOMING).join(name_of(number))
    }
}

/// Lower-case hexadecimal.
fn name_of(number: &Number) -> String {
    number.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Makes a directory for its owner alone, if there is none.
fn make_directory(place: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(place) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && place.is_dir() => Ok(()),
        made => made,
    }
}

/// Opens a regular file that is no link.
fn open_to_read(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(flags(OFlags::NOFOLLOW | OFlags::NONBLOCK))
        .open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(ErrorKind::InvalidInput.into()),
    }
}

fn flags(flags: OFlags) -> i32 {
    i32::try_from(flags.bits()).unwrap_or_default()
}

/// Makes sure that what the directory lists is on disk.
fn flush_directory(place: &Path) -> io::Result<()> {
    File::open(place)?.sync_all()
}

/// Whether there is no room for it.
pub fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
    )
}

#[cfg(test)]
mod tests;
