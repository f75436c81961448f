//! Who looks after the bytes: removes what nothing needs any more and what will never be whole, offers what lies in
//! the operator's folder, and tells operators what is there.

use crate::server::log;
use crate::server::web::files::Files;
use crate::server::web::files::folder::{self, Folder};
use crate::server::web::files::uploads::KEPT;
use crate::server::world::file::{FileAnswer, FileAsk, Origin, Unneeded};
use crate::store::blobs::pins::Removed;
use crate::store::blobs::tidy::Damage;
use crate::store::record::file::Digest;
use async_io::Timer;
use async_std::task::spawn_blocking;
use futures_lite::future::or;
use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Between two looks into the operator's folder.
const LOOK: Duration = Duration::from_secs(2);
/// Looks after which what was left behind is swept.
const LOOKS: u32 = 300;

/// Whether uploads of another process may go on in this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Past {
    /// It took over from it.
    Inherited,
    Over,
}

/// Begins to look after the files, as long as the server runs.
pub(in crate::server) fn start(files: Arc<Files>, past: Past) {
    async_std::task::spawn(keep(files, past));
}

async fn keep(files: Arc<Files>, past: Past) {
    let age = match past {
        Past::Inherited => KEPT,
        Past::Over => Duration::ZERO,
    };
    sweep(&files, age).await;
    tell_of_strays(&files).await;
    let mut folder = Folder::default();
    for look in 1_u32.. {
        folder = look_into(&files, folder).await;
        if look % LOOKS == 0 {
            sweep(&files, KEPT).await;
        }
        let until = Instant::now() + LOOK;
        while let Some(unneeded) = next(&files, until).await {
            remove(&files, unneeded).await;
        }
        if files.words.is_closed() {
            return;
        }
        forget_old(&files).await;
    }
}

/// What is to be looked at, until then.
async fn next(files: &Files, until: Instant) -> Option<Unneeded> {
    let told = async { files.to_look_at.recv().await.ok() };
    let time = async {
        Timer::at(until).await;
        None
    };
    let closed = async {
        files.words.closed().await;
        None
    };
    or(told, or(time, closed)).await
}

/// Removes bytes that nothing needs.
async fn remove(files: &Arc<Files>, Unneeded(digest): Unneeded) {
    let files = Arc::clone(files);
    spawn_blocking(move || {
        files.blobs.remove_unneeded(&[digest], || {
            match files.ask_and_wait(FileAsk::IsNeeded(digest)) {
                FileAnswer::Needed(true) => Some(HashSet::from([digest])),
                FileAnswer::Needed(false) => Some(HashSet::new()),
                _ => None,
            }
        })
    })
    .await;
}

/// Removes what is coming and will not come any more.
async fn sweep(files: &Arc<Files>, age: Duration) {
    let files = Arc::clone(files);
    let swept = spawn_blocking(move || files.blobs.sweep_incoming(age, || files.uploads.numbers()));
    match swept.await {
        Ok(removed) if removed.files > 0 => log::info(format_args!(
            "{} of uploads that nobody goes on with are removed",
            bytes(removed)
        )),
        Ok(_) => {}
        Err(why) => log::warn(format_args!("Unfinished uploads cannot be removed: {why}")),
    }
}

/// Gives uploads up to which nobody has written for too long.
async fn forget_old(files: &Arc<Files>) {
    for id in files.uploads.take_old(Instant::now()) {
        files.give_up(id).await;
    }
}

/// Bytes that nothing refers to are left by a crash, or by a store that was restored from a backup. Only an operator
/// can tell, so they stay until one has them removed.
async fn tell_of_strays(files: &Arc<Files>) {
    let files = Arc::clone(files);
    if let Ok(strays) = spawn_blocking(move || files.collect(Collect::Count)).await
        && strays.files > 0
    {
        log::info(format_args!(
            "Nothing refers to {} of shared files; `chat admin files gc` removes them",
            bytes(strays)
        ));
    }
}

fn bytes(removed: Removed) -> String {
    format!("{} bytes in {} files", removed.bytes, removed.files)
}

/// Looks into the operator's folder.
async fn look_into(files: &Arc<Files>, folder: Folder) -> Folder {
    let files = Arc::clone(files);
    spawn_blocking(move || {
        let mut folder = folder;
        let config = files.config();
        folder.look(&files, config.files.drop_dir.as_deref());
        folder
    })
    .await
}

/// Whether what is found is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collect {
    Count,
    Remove,
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Imported {
    /// Names of what is offered now, and how long it is.
    pub(super) done: Vec<(String, u64)>,
    /// Names of what is not, and why.
    pub(super) refused: Vec<(String, String)>,
}

/// What came of reading everything again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Verified {
    pub(super) checked: Removed,
    pub(super) damaged: Vec<Damage>,
}

impl Files {
    /// Removes, or counts, whole files that nothing refers to. It waits for disk and world.
    pub(super) fn collect(&self, how: Collect) -> io::Result<Removed> {
        let all = self.blobs.all()?;
        let needed = self.needed().ok_or(io::ErrorKind::ResourceBusy)?;
        let strays: Vec<Digest> = all
            .into_iter()
            .filter(|one| !needed.contains(one))
            .collect();
        Ok(match how {
            Collect::Count => self.blobs.weigh(&strays),
            Collect::Remove => self.blobs.remove_unneeded(&strays, || self.needed()),
        })
    }

    /// Reads all bytes again that files refer to. It waits for disk and world.
    pub(super) fn verify(&self) -> io::Result<Verified> {
        let needed = self.needed().ok_or(io::ErrorKind::ResourceBusy)?;
        let mut digests: Vec<Digest> = needed.into_iter().collect();
        digests.sort_unstable();
        let damaged: Vec<Damage> = digests
            .iter()
            .filter_map(|digest| self.blobs.examine(digest))
            .collect();
        // What was deleted while it was read is not damaged.
        let needed = self.needed().ok_or(io::ErrorKind::ResourceBusy)?;
        Ok(Verified {
            checked: self.blobs.weigh(&digests),
            damaged: damaged
                .into_iter()
                .filter(|one| needed.contains(one.digest()))
                .collect(),
        })
    }

    /// Offers each file of a directory to everybody. It waits for disk and world.
    pub(super) fn import(&self, from: &Path) -> io::Result<Imported> {
        let mut imported = Imported::default();
        for name in folder::names(from)? {
            let shown = name.to_string_lossy().into_owned();
            match self.take_in(&from.join(&name), &shown, Origin::Import) {
                Ok(bytes) => imported.done.push((shown, bytes)),
                Err(why) => imported.refused.push((shown, why.to_string())),
            }
        }
        Ok(imported)
    }

    /// What files refer to.
    fn needed(&self) -> Option<HashSet<Digest>> {
        match self.ask_and_wait(FileAsk::Digests) {
            FileAnswer::Digests(all) => Some(all.into_iter().collect()),
            _ => None,
        }
    }
}
