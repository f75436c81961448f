//! Binding the operator's socket: in a directory that nobody else can write to, in place of a dead one only.

use crate::admin::socket::MAX_PATH;
use crate::server::admin::people;
use rustix::fd::OwnedFd;
use rustix::fs::Mode;
use rustix::net::listen;
use rustix::process::{geteuid, umask};
use std::fmt;
use std::fs::{DirBuilder, Permissions, remove_file, set_permissions, symlink_metadata};
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, PermissionsExt, lchown};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Connections that the kernel holds until they are accepted.
const BACKLOG: i32 = 128;

/// Why there is no admin socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The path or its directory is not fit: a matter of configuration.
    Unfit(String),
    /// Another server answers there.
    Taken(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Unfit(text) | Self::Taken(text)) = self;
        f.write_str(text)
    }
}

impl std::error::Error for Error {}

/// A bound socket; its file goes when this goes.
#[derive(Debug)]
pub struct Door {
    pub(super) listener: UnixListener,
    path: PathBuf,
    /// Device and inode of our file: nobody else's is removed.
    identity: Option<(u64, u64)>,
    /// The group that may come in, beside us.
    pub(super) gid: Option<u32>,
    /// Another process has it too: the file stays.
    is_given: Arc<AtomicBool>,
}

/// The door as the server sees it when another process takes over.
#[derive(Debug)]
pub struct Share {
    pub(in crate::server) listener: OwnedFd,
    pub(in crate::server) path: PathBuf,
    is_given: Arc<AtomicBool>,
}

impl Share {
    /// Leaves the door to another process.
    pub(in crate::server) fn give(&self) {
        self.is_given.store(true, Ordering::Release);
    }
}

impl Door {
    /// The same door for the server, to be handed over; `None` if no descriptor is left.
    pub fn share(&self) -> Option<Share> {
        Some(Share {
            listener: self.listener.try_clone().ok()?.into(),
            path: self.path.clone(),
            is_given: Arc::clone(&self.is_given),
        })
    }

    /// A door that was open before, in another process.
    fn again(path: &Path, listener: OwnedFd, gid: Option<u32>) -> Result<Self, Error> {
        // Whoever connects from now on is told that it is this process that listens.
        let listening = listen(&listener, BACKLOG);
        listening.map_err(|error| unfit(path, &error.to_string()))?;
        Ok(Self {
            listener: listener.into(),
            path: path.to_owned(),
            identity: identity(path),
            gid,
            is_given: Arc::default(),
        })
    }
}

/// Binds the socket, unless it is this one, which another process had bound and which goes on.
pub fn open_again(
    path: &Path,
    group: Option<&str>,
    before: Option<(PathBuf, OwnedFd)>,
) -> Result<Door, Error> {
    match before {
        Some((known, listener)) if known == path => {
            let gid = group.map(gid_of).transpose()?;
            Door::again(path, listener, gid)
        }
        Some((known, listener)) => {
            drop(Door::again(&known, listener, None));
            bind(path, group)
        }
        None => bind(path, group),
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        let is_given = self.is_given.load(Ordering::Acquire);
        if !is_given && self.identity.is_some() && identity(&self.path) == self.identity {
            let _ = remove_file(&self.path);
        }
    }
}

fn identity(path: &Path) -> Option<(u64, u64)> {
    symlink_metadata(path)
        .ok()
        .map(|about| (about.dev(), about.ino()))
}

/// Binds the socket in a directory that is ours alone, or of a group that may come in. Call before threads make
/// files: the umask is the process's.
pub fn bind(path: &Path, group: Option<&str>) -> Result<Door, Error> {
    let group = group.map(|name| Ok((name, gid_of(name)?)));
    let group = group.transpose()?;
    if path.as_os_str().as_bytes().len() > MAX_PATH {
        let shown = path.display();
        return Err(Error::Unfit(format!(
            "the path of the admin socket, {shown}, has more than {MAX_PATH} bytes; set a shorter admin.socket"
        )));
    }
    prepare_directory(path)?;
    clear_stale(path)?;
    let before = umask(Mode::from_raw_mode(0o177));
    let bound = UnixListener::bind(path);
    umask(before);
    let listener = bound.map_err(|error| unfit(path, &error.to_string()))?;
    let door = Door {
        listener,
        path: path.to_owned(),
        identity: identity(path),
        gid: group.map(|(_, gid)| gid),
        is_given: Arc::default(),
    };
    if let Some((name, gid)) = group {
        let opened = open_to(path, gid);
        opened.map_err(|why| unfit(path, &format!("it cannot be given to group {name}: {why}")))?;
    }
    Ok(door)
}

/// The number of a group of the system.
fn gid_of(name: &str) -> Result<u32, Error> {
    let text = "make it (groupadd), or set another admin.group";
    let why = || Error::Unfit(format!("there is no group {name} on this host; {text}"));
    people::gid(name).ok_or_else(why)
}

/// Lets a group in: the socket first, and the directory, which nobody else can enter, last.
fn open_to(path: &Path, gid: u32) -> std::io::Result<()> {
    let directory = directory_of(path).unwrap_or(Path::new("."));
    for (place, mode) in [(path, 0o660), (directory, 0o750)] {
        lchown(place, None, Some(gid))?;
        set_permissions(place, Permissions::from_mode(mode))?;
    }
    Ok(())
}

/// The directory that a socket is in.
fn directory_of(path: &Path) -> Option<&Path> {
    let parent = path.parent()?;
    Some(match parent.as_os_str().is_empty() {
        true => Path::new("."),
        false => parent,
    })
}

fn unfit(path: &Path, why: &str) -> Error {
    let shown = path.display();
    Error::Unfit(format!(
        "the admin socket {shown} cannot be made: {why}; set another admin.socket"
    ))
}

/// Makes the directory if it is missing, and refuses one in which others could put things.
fn prepare_directory(path: &Path) -> Result<(), Error> {
    let directory = directory_of(path).ok_or_else(|| unfit(path, "it has no directory"))?;
    match DirBuilder::new().mode(0o700).create(directory) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(unfit(path, &format!("{}: {error}", directory.display()))),
    }
    let about = symlink_metadata(directory).map_err(|error| unfit(path, &error.to_string()))?;
    let shown = directory.display();
    if !about.is_dir() {
        return Err(unfit(path, &format!("{shown} is a link or no directory")));
    }
    if about.uid() != geteuid().as_raw() {
        return Err(unfit(
            path,
            &format!("{shown} belongs to uid {}", about.uid()),
        ));
    }
    if about.mode() & 0o022 != 0 {
        return Err(unfit(
            path,
            &format!("others may write to {shown} (chmod 700 mends it)"),
        ));
    }
    Ok(())
}

/// Removes a socket that a dead server of ours left; nothing else.
fn clear_stale(path: &Path) -> Result<(), Error> {
    let about = match symlink_metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unfit(path, &error.to_string())),
    };
    if !about.file_type().is_socket() {
        return Err(unfit(path, "something that is no socket stands there"));
    }
    if about.uid() != geteuid().as_raw() {
        return Err(unfit(
            path,
            &format!("a socket of uid {} stands there", about.uid()),
        ));
    }
    match UnixStream::connect(path) {
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
            remove_file(path).map_err(|error| unfit(path, &error.to_string()))
        }
        _ => Err(Error::Taken(format!(
            "another chat server answers on the admin socket {}; stop it with chat admin stop, or set another admin.socket",
            path.display()
        ))),
    }
}
