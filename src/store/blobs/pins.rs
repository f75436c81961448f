//! What must stay while it is on its way into a list: removing asks first who refers to it, and that takes a
//! moment in which the same bytes may come again.

use crate::store::blobs::Blobs;
use crate::store::record::file::Digest;
use std::collections::{HashMap, HashSet};
use std::io::ErrorKind;
use std::sync::{Arc, MutexGuard, PoisonError};

/// Digests that are held, and those that are about to go.
#[derive(Debug, Default)]
pub struct Pins {
    held: HashMap<Digest, usize>,
    condemned: HashSet<Digest>,
}

/// Holds one digest until it is dropped.
#[derive(Debug)]
pub struct Pin {
    blobs: Arc<Blobs>,
    digest: Digest,
}

impl Pin {
    pub(super) fn new(blobs: &Arc<Blobs>, digest: Digest) -> Self {
        let mut pins = blobs.pins();
        *pins.held.entry(digest).or_default() += 1;
        pins.condemned.remove(&digest);
        drop(pins);
        Self {
            blobs: Arc::clone(blobs),
            digest,
        }
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        let mut pins = self.blobs.pins();
        if let Some(count) = pins.held.get_mut(&self.digest) {
            *count -= 1;
            if *count == 0 {
                pins.held.remove(&self.digest);
            }
        }
    }
}

/// What was removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removed {
    pub files: u64,
    pub bytes: u64,
}

impl Blobs {
    fn pins(&self) -> MutexGuard<'_, Pins> {
        // Each change of it is one step, so a panic in between leaves nothing half done.
        self.pins.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Removes those of these that nothing refers to. `needed` finds out what is referred to, after they are
    /// condemned: what comes again meanwhile is spared. `None`: that is not known, and all stay.
    pub fn remove_unneeded(
        &self,
        candidates: &[Digest],
        needed: impl FnOnce() -> Option<HashSet<Digest>>,
    ) -> Removed {
        let mut pins = self.pins();
        let free: Vec<Digest> = candidates
            .iter()
            .filter(|digest| !pins.held.contains_key(*digest))
            .copied()
            .collect();
        pins.condemned.extend(&free);
        drop(pins);
        let needed = needed();
        let mut removed = Removed::default();
        for digest in free {
            let mut pins = self.pins();
            let is_condemned = pins.condemned.remove(&digest);
            let is_needed = needed.as_ref().is_none_or(|all| all.contains(&digest));
            if is_condemned
                && !is_needed
                && let Some(bytes) = self.remove(&digest)
            {
                removed.files += 1;
                removed.bytes += bytes;
            }
        }
        removed
    }

    /// Removes one; how long it was, if it was there.
    fn remove(&self, digest: &Digest) -> Option<u64> {
        let path = self.object(digest);
        let bytes = std::fs::symlink_metadata(&path).ok()?.len();
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => None,
            _ => Some(bytes),
        }
    }
}
