//! What lies on disk: counted, verified, and swept of what nobody waits for.

use crate::store::blobs::incoming::digest_of;
use crate::store::blobs::pins::Removed;
use crate::store::blobs::{Blobs, INCOMING, Number, name_of};
use crate::store::record::file::Digest;
use std::collections::HashSet;
use std::fs::DirEntry;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::Duration;

/// What is not as it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// Something refers to it, and it is not there.
    Missing(Digest),
    /// Its bytes are not those that were stored.
    Changed(Digest),
    /// It cannot be read.
    Unreadable(Digest, String),
}

impl Damage {
    /// What it is that is damaged.
    pub fn digest(&self) -> &Digest {
        match self {
            Self::Missing(digest) | Self::Changed(digest) | Self::Unreadable(digest, _) => digest,
        }
    }
}

impl Blobs {
    /// The digests of all whole files; what else lies there is left out.
    pub fn all(&self) -> io::Result<Vec<Digest>> {
        let mut found = Vec::new();
        for drawer in entries(&self.objects())? {
            if drawer.file_type()?.is_dir() {
                let inside = entries(&drawer.path())?;
                found.extend(
                    inside
                        .iter()
                        .filter_map(|entry| digest_in(&entry.file_name())),
                );
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// What those of these take that are there.
    pub fn weigh(&self, digests: &[Digest]) -> Removed {
        let mut sum = Removed::default();
        for digest in digests {
            if let Ok(about) = std::fs::symlink_metadata(self.object(digest)) {
                sum.files += 1;
                sum.bytes += about.len();
            }
        }
        sum
    }

    /// Reads one again; whether it is damaged.
    pub fn examine(&self, digest: &Digest) -> Option<Damage> {
        match digest_of(&self.object(digest)) {
            Ok(found) if found == *digest => None,
            Ok(_) => Some(Damage::Changed(*digest)),
            Err(error) if error.kind() == ErrorKind::NotFound => Some(Damage::Missing(*digest)),
            Err(error) => Some(Damage::Unreadable(*digest, error.to_string())),
        }
    }

    /// Removes what is coming, is not expected, and was not written to for so long. What is expected is asked for
    /// when it is known what is there: whatever comes is expected first.
    pub fn sweep_incoming(
        &self,
        age: Duration,
        expected: impl FnOnce() -> HashSet<Number>,
    ) -> io::Result<Removed> {
        let there = entries(&self.root.join(INCOMING))?;
        let expected: HashSet<String> = expected().iter().map(name_of).collect();
        let mut removed = Removed::default();
        for entry in there {
            let name = entry.file_name();
            let is_expected = name.to_str().is_some_and(|name| expected.contains(name));
            let Ok(about) = entry.metadata() else {
                continue;
            };
            let is_old = about
                .modified()
                .is_ok_and(|at| at.elapsed().unwrap_or_default() >= age);
            let goes = is_old && !is_expected && !about.is_dir();
            if goes && std::fs::remove_file(entry.path()).is_ok() {
                removed.files += 1;
                removed.bytes += about.len();
            }
        }
        Ok(removed)
    }
}

fn entries(place: &Path) -> io::Result<Vec<DirEntry>> {
    std::fs::read_dir(place)?.collect()
}

/// The digest that a file is named by.
fn digest_in(name: &std::ffi::OsStr) -> Option<Digest> {
    let name = name.to_str().filter(|name| name.len() == 64)?;
    let mut digest = [0; 32];
    for (byte, pair) in digest.iter_mut().zip(name.as_bytes().chunks(2)) {
        let pair = std::str::from_utf8(pair).ok()?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    let digest = Digest(digest);
    (digest.to_string() == name).then_some(digest)
}
