//! The operator's folder: what lies in it and does not change any more is offered to everybody, under its name, as long
//! as it lies there. Links and what is no file are passed over, and so is what is hidden.

use crate::proto::file_name;
use crate::server::log;
use crate::server::web::files::Files;
use crate::server::world::file::{FileAnswer, FileAsk, Origin, Refused};
use crate::store::blobs::incoming::Incoming;
use rustix::fs::OFlags;
use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

/// Bytes that are copied at once.
const PIECE: usize = 256 << 10;
/// Most files that are looked at.
const MOST: usize = 100_000;

/// What tells whether a file has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    bytes: u64,
    modified: (i64, i64),
    inode: u64,
}

impl Look {
    fn of(about: &Metadata) -> Self {
        Self {
            bytes: about.len(),
            modified: (about.mtime(), about.mtime_nsec()),
            inode: about.ino(),
        }
    }
}

/// What is known of it.
#[derive(Debug, Default)]
pub(super) struct Folder {
    seen: HashMap<OsString, Look>,
    /// As they are offered, or were refused.
    settled: HashMap<OsString, Look>,
    /// Names that were compared last with what is offered; `None`: not yet.
    offered: Option<HashSet<String>>,
    /// Why it could not be read last, so that it is said once.
    trouble: Option<String>,
}

/// Names of the files of a directory.
pub(super) fn names(place: &Path) -> io::Result<Vec<OsString>> {
    let looks = looks(place)?;
    let mut names: Vec<OsString> = looks.into_keys().collect();
    names.sort_unstable();
    Ok(names)
}

fn looks(place: &Path) -> io::Result<HashMap<OsString, Look>> {
    let mut found = HashMap::new();
    for entry in std::fs::read_dir(place)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_hidden = name.as_encoded_bytes().starts_with(b".");
        // This is about the entry itself, not about what a link leads to.
        let about = entry.metadata();
        if let Some(about) = about.ok().filter(|about| about.is_file() && !is_hidden)
            && found.len() < MOST
        {
            found.insert(name, Look::of(&about));
        }
    }
    Ok(found)
}

impl Folder {
    /// Looks into it; `None`: there is none. It waits for disk and world.
    pub(super) fn look(&mut self, files: &Files, place: Option<&Path>) {
        let now = match place.map(looks).transpose() {
            Ok(now) => now.unwrap_or_default(),
            Err(why) => {
                let why = why.to_string();
                if self.trouble.as_ref() != Some(&why) {
                    log::warn(format_args!("files.drop_dir cannot be read: {why}"));
                    self.trouble = Some(why);
                }
                return;
            }
        };
        self.trouble = None;
        if let Some(place) = place {
            for (name, look) in &now {
                let is_at_rest = self.seen.get(name) == Some(look);
                if is_at_rest && self.settled.get(name) != Some(look) {
                    self.offer(files, place, name, *look);
                }
            }
        }
        self.settled.retain(|name, _| now.contains_key(name));
        self.withdraw(files, &now);
        self.seen = now;
    }

    fn offer(&mut self, files: &Files, place: &Path, name: &OsString, look: Look) {
        let shown = name.to_string_lossy();
        match files.take_in(&place.join(name), &shown, Origin::Folder) {
            Ok(_) => {
                self.settled.insert(name.clone(), look);
            }
            // It is tried again with the next look.
            Err(why) if why.kind() == ErrorKind::ResourceBusy => {}
            Err(why) => {
                log::warn(format_args!(
                    "{shown:?} of files.drop_dir is not offered: {why}"
                ));
                self.settled.insert(name.clone(), look);
            }
        }
    }

    /// Takes back what does not lie there any more, though an earlier process may have offered it.
    fn withdraw(&mut self, files: &Files, now: &HashMap<OsString, Look>) {
        let safe = |name: &OsString| file_name::safe(&name.to_string_lossy());
        let names: HashSet<String> = now.keys().filter_map(safe).collect();
        if self.offered.as_ref() == Some(&names) {
            return;
        }
        let FileAnswer::Dropped(offered) = files.ask_and_wait(FileAsk::Dropped) else {
            return;
        };
        for row in offered {
            if !names.contains(&*row.name) {
                let name = row.name.into_string();
                files.ask_and_wait(FileAsk::Withdraw { name });
            }
        }
        self.offered = Some(names);
    }
}

impl Files {
    /// Copies a file and offers it to everybody; how long it is.
    pub(super) fn take_in(&self, path: &Path, name: &str, origin: Origin) -> io::Result<u64> {
        let mut source = OpenOptions::new()
            .read(true)
            .custom_flags(
                i32::try_from((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits()).unwrap_or_default(),
            )
            .open(path)?;
        let about = source.metadata()?;
        if !about.is_file() {
            return Err(io::Error::other("it is no file"));
        }
        let mut number = [0; 16];
        getrandom::fill(&mut number).map_err(io::Error::other)?;
        let mut incoming = self.blobs.begin(&number)?;
        let copied = copy(&mut source, &mut incoming).and_then(|()| {
            match Look::of(&source.metadata()?) == Look::of(&about) {
                true => self.blobs.keep(incoming),
                false => Err(ErrorKind::ResourceBusy.into()),
            }
        });
        let stored = match copied {
            Ok(stored) => stored,
            Err(why) => {
                let _ = self.blobs.discard(&number);
                return Err(why);
            }
        };
        let answer = self.ask_and_wait(FileAsk::Publish {
            name: name.to_owned(),
            bytes: stored.bytes,
            digest: stored.digest,
            origin,
        });
        let refused = match answer {
            FileAnswer::Listed(_) => return Ok(stored.bytes),
            FileAnswer::Refused(refused) => refused,
            _ => Refused::Busy,
        };
        let digest = stored.digest;
        drop(stored);
        self.let_go(digest);
        Err(why_not(&refused))
    }
}

fn copy(source: &mut File, incoming: &mut Incoming) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    loop {
        match source.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(read) => incoming.append(piece.get(..read).unwrap_or_default())?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn why_not(refused: &Refused) -> io::Error {
    match refused {
        Refused::Busy => ErrorKind::ResourceBusy.into(),
        Refused::BadName => io::Error::other("a file cannot have this name"),
        Refused::NoSpace { .. } => io::Error::other("there are as many files as there may be"),
        Refused::WhoAreYou | Refused::MayNot(_) | Refused::NoSuch(_) | Refused::TooLarge { .. } => {
            io::Error::other("it may not be offered")
        }
    }
}
