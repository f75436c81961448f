//! Where admin sockets are: the path a server takes, and the servers that can be found.

use std::fmt;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

/// Longest path that the system takes for a socket.
pub const MAX_PATH: usize = 107;

/// The socket of a server under systemd.
const SYSTEM: &str = "/run/chat/admin.sock";

/// A port as it is typed.
pub fn port(text: &str) -> Result<u16, &'static str> {
    text.parse()
        .map_err(|_| "a port is a number from 0 to 65535")
}

/// The path for a server on this port.
pub fn path_for(port: u16) -> PathBuf {
    match directory("RUNTIME_DIRECTORY") {
        Some(directory) => directory.join("admin.sock"),
        None => own_directory().join(format!("{port}.sock")),
    }
}

/// The socket of a server that runs as a service.
fn system_socket() -> PathBuf {
    match directory("RUNTIME_DIRECTORY") {
        Some(directory) => directory.join("admin.sock"),
        None => PathBuf::from(SYSTEM),
    }
}

/// The directory for the sockets of this user's servers. After su or sudo the variable may name another user's.
fn own_directory() -> PathBuf {
    match directory("XDG_RUNTIME_DIR").filter(|path| is_ours(path)) {
        Some(directory) => directory.join("chat"),
        None => temporary_directory(),
    }
}

/// Where they are without a session of the desktop's kind.
fn temporary_directory() -> PathBuf {
    let uid = rustix::process::geteuid().as_raw();
    std::env::temp_dir().join(format!("chat-{uid}"))
}

/// An absolute path from the environment; the first, where there are several.
fn directory(variable: &str) -> Option<PathBuf> {
    let value = std::env::var(variable).ok()?;
    let first = value.split(':').next().map(PathBuf::from);
    first.filter(|path| path.is_absolute())
}

fn is_ours(path: &Path) -> bool {
    let own = rustix::process::geteuid().as_raw();
    std::fs::metadata(path).is_ok_and(|about| about.is_dir() && about.uid() == own)
}

/// Why no server is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFound {
    /// None runs; these places were looked at.
    None(Vec<PathBuf>),
    /// None runs on this port.
    Port(u16, Vec<PathBuf>),
    /// Several run.
    Several(Vec<PathBuf>),
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |paths: &[PathBuf], between: &str| {
            let shown: Vec<_> = paths.iter().map(|p| p.display().to_string()).collect();
            shown.join(between)
        };
        match self {
            Self::None(looked) => write!(
                f,
                "No running chat server found (looked for {}). Start one: chat serve 55555",
                list(looked, ", ")
            ),
            Self::Port(port, looked) => write!(
                f,
                "No running chat server found on port {port} (looked for {}). Start one: chat serve {port}",
                list(looked, ", ")
            ),
            Self::Several(paths) => write!(
                f,
                "Several chat servers run here; say which one with --socket PATH or --port PORT:\n  {}",
                list(paths, "\n  ")
            ),
        }
    }
}

/// The socket to ask: the one named, the one of the port, or the only one that answers.
pub fn find(socket: Option<&Path>, port: Option<u16>) -> Result<PathBuf, NotFound> {
    if let Some(path) = socket {
        return Ok(path.to_owned());
    }
    let places = places();
    let mut running = sockets(&places);
    if let Some(port) = port {
        let name = format!("{port}.sock");
        running.retain(|path| path.file_name().is_some_and(|file| *file == *name));
        let looked = places
            .into_iter()
            .map(|place| place.with_file_name(&name))
            .collect();
        return running
            .into_iter()
            .next()
            .ok_or(NotFound::Port(port, looked));
    }
    match running.len() {
        0 => Err(NotFound::None(places)),
        1 => Ok(running.remove(0)),
        _ => Err(NotFound::Several(running)),
    }
}

/// Where sockets may be, as patterns.
fn places() -> Vec<PathBuf> {
    let mut places = vec![
        system_socket(),
        own_directory().join("*.sock"),
        temporary_directory().join("*.sock"),
    ];
    places.dedup();
    places
}

/// The sockets in these places on which somebody answers.
fn sockets(places: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for place in places {
        if !place.ends_with("*.sock") {
            found.push(place.clone());
            continue;
        }
        let entries = place
            .parent()
            .and_then(|directory| std::fs::read_dir(directory).ok());
        let paths = entries
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path());
        found.extend(paths.filter(|path| path.extension().is_some_and(|e| e == "sock")));
    }
    found.sort();
    found.dedup();
    found.retain(|path| is_alive(path));
    found
}

/// Whether somebody listens there; a server that only refuses us counts.
fn is_alive(path: &Path) -> bool {
    match UnixStream::connect(path) {
        Ok(_) => true,
        Err(error) => {
            error.kind() == std::io::ErrorKind::PermissionDenied && *path == system_socket()
        }
    }
}
