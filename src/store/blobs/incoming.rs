//! A file that is coming: pieces are appended and hashed, until it is whole and gets its place.

use crate::store::blobs::pins::Pin;
use crate::store::blobs::{Blobs, Number, flags, flush_directory, make_directory, open_to_read};
use crate::store::record::file::Digest;
use rustix::fs::OFlags;
use sha2::{Digest as _, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes after which what came is flushed: without that, whoever else flushes has to wait for all of it.
const FLUSH: u64 = 4 << 20;
/// Read at once where a whole file is hashed.
const PIECE: usize = 256 << 10;

/// One that bytes are appended to.
#[derive(Debug)]
pub struct Incoming {
    file: File,
    path: PathBuf,
    hash: Sha256,
    bytes: u64,
    /// Of them, those that were not flushed.
    loose: u64,
}

/// One that waits for its next bytes, without a descriptor.
#[derive(Debug, Clone)]
pub struct Paused {
    hash: Sha256,
    bytes: u64,
}

impl Paused {
    /// How many bytes are there.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// One that is whole and has its place; nobody removes it while this is held.
#[derive(Debug)]
pub struct Stored {
    pub digest: Digest,
    pub bytes: u64,
    pub pin: Pin,
}

impl Blobs {
    /// Begins a file under a number that was never used.
    pub fn begin(&self, number: &Number) -> io::Result<Incoming> {
        let path = self.coming(number);
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .custom_flags(flags(OFlags::NOFOLLOW))
            .open(&path)?;
        Ok(Incoming {
            file,
            path,
            hash: Sha256::new(),
            bytes: 0,
            loose: 0,
        })
    }

    /// Goes on with one that was paused. If fewer bytes are there than there were, that is an error.
    pub fn go_on(&self, number: &Number, paused: Paused) -> io::Result<Incoming> {
        let path = self.coming(number);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(flags(OFlags::NOFOLLOW))
            .open(&path)?;
        if file.metadata()?.len() < paused.bytes {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        file.set_len(paused.bytes)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Incoming {
            file,
            path,
            hash: paused.hash,
            bytes: paused.bytes,
            loose: 0,
        })
    }

    /// What is known of one that an earlier process began: all its bytes are read again.
    pub fn recover(&self, number: &Number) -> io::Result<Paused> {
        let (hash, bytes) = hashed(&self.coming(number))?;
        Ok(Paused { hash, bytes })
    }

    /// Removes one that will not be whole.
    pub fn discard(&self, number: &Number) -> io::Result<()> {
        match std::fs::remove_file(self.coming(number)) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    /// Gives a file that is whole its place; what was there under the same digest is the same.
    pub fn keep(self: &Arc<Self>, incoming: Incoming) -> io::Result<Stored> {
        incoming.file.sync_all()?;
        let digest = Digest(incoming.hash.finalize().into());
        // From here on nobody removes it, nor what has its place already.
        let pin = Pin::new(self, digest);
        let object = self.object(&digest);
        let drawer = object
            .parent()
            .map_or_else(|| self.objects(), Path::to_owned);
        if !drawer.is_dir() {
            make_directory(&drawer)?;
            flush_directory(&self.objects())?;
        }
        std::fs::rename(&incoming.path, &object)?;
        flush_directory(&drawer)?;
        Ok(Stored {
            digest,
            bytes: incoming.bytes,
            pin,
        })
    }
}

impl Incoming {
    /// How many bytes are there.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Appends all of these bytes, or none.
    pub fn append(&mut self, piece: &[u8]) -> io::Result<()> {
        if let Err(error) = self.file.write_all(piece) {
            self.file.set_len(self.bytes)?;
            self.file.seek(SeekFrom::End(0))?;
            return Err(error);
        }
        self.hash.update(piece);
        let more = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        self.bytes = self.bytes.saturating_add(more);
        self.loose = self.loose.saturating_add(more);
        if self.loose >= FLUSH {
            self.file.sync_data()?;
            self.loose = 0;
        }
        Ok(())
    }

    /// The first bytes, at most so many.
    pub fn first(&self, count: usize) -> io::Result<Vec<u8>> {
        let mut first = vec![0; count];
        let read = self.file.read_at(&mut first, 0)?;
        first.truncate(read);
        Ok(first)
    }

    /// All bytes again.
    pub fn content(&mut self) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        self.file.rewind()?;
        (&self.file).take(self.bytes).read_to_end(&mut content)?;
        Ok(content)
    }

    /// Has these bytes instead of all that came.
    pub fn replace(&mut self, content: &[u8]) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        (self.hash, self.bytes, self.loose) = (Sha256::new(), 0, 0);
        self.append(content)
    }

    /// Lets go of the descriptor until more comes.
    pub fn pause(self) -> Paused {
        Paused {
            hash: self.hash,
            bytes: self.bytes,
        }
    }
}

/// What the bytes of a file that is whole add up to.
pub(super) fn digest_of(path: &Path) -> io::Result<Digest> {
    let (hash, _) = hashed(path)?;
    Ok(Digest(hash.finalize().into()))
}

/// Reads a file; what its bytes add up to, and how many there are.
fn hashed(path: &Path) -> io::Result<(Sha256, u64)> {
    let mut file = open_to_read(path)?;
    let (mut hash, mut bytes) = (Sha256::new(), 0_u64);
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok((hash, bytes)),
            Ok(read) => {
                hash.update(piece.get(..read).unwrap_or_default());
                bytes = bytes.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
