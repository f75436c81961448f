//! Doors: the listening sockets, from binding to handing over an accepted connection.
//!
//! Options that every connection shall have are set on the listener: Linux hands them down, so that
//! accepting costs one system call.

use crate::config::{Config, Listener};
use crate::server::admission::canonical;
use crate::server::error::Error;
use rustix::fd::OwnedFd;
use rustix::io::Errno;
use rustix::net::{SocketAddrAny, SocketFlags};
use serde::{Deserialize, Serialize};
use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

/// Connections that the kernel holds until they are accepted.
const BACKLOG: i32 = 4096;
/// Bytes that the kernel holds unsent for one connection, so that a slow reader shows here early.
const UNSENT: u32 = 128 * 1024;

/// The listening sockets of a server, bound but not yet served.
#[derive(Debug)]
pub struct Doors {
    pub(super) doors: Vec<Door>,
    port: u16,
}

/// One listening socket.
#[derive(Debug)]
pub(super) struct Door {
    pub(super) socket: OwnedFd,
    pub(super) place: Place,
    /// Another process has it too: its file stays.
    is_given: bool,
}

/// Where a door is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    Tcp(SocketAddr),
    /// The file is removed with the door.
    Unix(PathBuf),
}

/// A connection that came in; no address if it is from a Unix socket.
#[derive(Debug)]
pub(super) struct Arrival {
    pub(super) socket: OwnedFd,
    pub(super) address: Option<SocketAddr>,
}

/// The same, with those of these that are wanted: they were open before, in another process. The others close.
pub fn open_again(
    config: &Config,
    port: u16,
    mut before: Vec<(Place, OwnedFd)>,
) -> Result<Doors, Error> {
    let first = before.iter().find_map(|(place, _)| match place {
        Place::Tcp(address) if address.ip() == config.server.bind => Some(address.port()),
        Place::Tcp(_) | Place::Unix(_) => None,
    });
    let port = match port {
        0 => first.unwrap_or(0),
        port => port,
    };
    let mut open = |place: Place| {
        let known = before.iter().position(|(known, _)| *known == place);
        match (known.map(|at| before.swap_remove(at)), place) {
            (Some((place, socket)), _) => Ok(Door::new(socket, place)),
            (None, Place::Tcp(address)) => tcp(address),
            (None, Place::Unix(path)) => unix(&path),
        }
    };
    let mut doors = vec![open(Place::Tcp(SocketAddr::new(config.server.bind, port)))?];
    for listener in &config.listeners {
        doors.push(open(match listener {
            Listener::Tcp(address) => Place::Tcp(*address),
            Listener::Unix(path) => Place::Unix(path.clone()),
        })?);
    }
    // What nobody wants any more is closed, and its file goes.
    for (place, socket) in before {
        drop(Door::new(socket, place));
    }
    Ok(Doors { doors, port })
}

/// Binds `server.bind` with `port` and every further listener; port 0 takes any free one.
pub fn open(config: &Config, port: u16) -> Result<Doors, Error> {
    let first = tcp(SocketAddr::new(config.server.bind, port))?;
    let port = match &first.place {
        Place::Tcp(address) => address.port(),
        Place::Unix(_) => port,
    };
    let mut doors = vec![first];
    for listener in &config.listeners {
        doors.push(match listener {
            Listener::Tcp(address) => tcp(*address)?,
            Listener::Unix(path) => unix(path)?,
        });
    }
    Ok(Doors { doors, port })
}

impl Doors {
    /// Where clients can connect, in the order of the configuration.
    pub fn addresses(&self) -> Vec<String> {
        self.doors.iter().map(Door::address).collect()
    }

    /// The port of the first door.
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Door {
    fn new(socket: OwnedFd, place: Place) -> Self {
        Self {
            socket,
            place,
            is_given: false,
        }
    }

    fn address(&self) -> String {
        match &self.place {
            Place::Tcp(address) => address.to_string(),
            Place::Unix(path) => path.display().to_string(),
        }
    }

    /// Leaves it to another process.
    pub(super) fn give(mut self) {
        self.is_given = true;
    }

    /// Takes one connection that waits; never blocks.
    pub(super) fn accept(&self) -> Result<Arrival, Errno> {
        let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
        let (socket, from) = rustix::net::acceptfrom_with(&self.socket, flags)?;
        let address = match self.place {
            Place::Tcp(_) => from.and_then(canonical_address),
            Place::Unix(_) => None,
        };
        Ok(Arrival { socket, address })
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        if let (Place::Unix(path), false) = (&self.place, self.is_given) {
            let _ = std::fs::remove_file(path);
        }
    }
}

fn canonical_address(from: SocketAddrAny) -> Option<SocketAddr> {
    let address = SocketAddr::try_from(from).ok()?;
    Some(SocketAddr::new(canonical(address.ip()), address.port()))
}

fn tcp(address: SocketAddr) -> Result<Door, Error> {
    bind_tcp(address).map_err(|why| Error::cannot_listen(&address.to_string(), &why))
}

fn bind_tcp(address: SocketAddr) -> io::Result<Door> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM.nonblocking().cloexec(),
        Some(Protocol::TCP),
    )?;
    socket.set_reuse_address(true)?;
    if let IpAddr::V6(v6) = address.ip() {
        socket.set_only_v6(!v6.is_unspecified())?;
    }
    socket.set_tcp_nodelay(true)?;
    socket.set_tcp_notsent_lowat(UNSENT)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    let bound = socket.local_addr()?.as_socket().unwrap_or(address);
    Ok(Door::new(socket.into(), Place::Tcp(bound)))
}

fn unix(path: &Path) -> Result<Door, Error> {
    bind_unix(path).map_err(|why| Error::cannot_listen(&path.display().to_string(), &why))
}

fn bind_unix(path: &Path) -> io::Result<Door> {
    remove_stale(path)?;
    let socket = Socket::new(
        Domain::UNIX,
        Type::STREAM.nonblocking().cloexec(),
        None::<Protocol>,
    )?;
    socket.bind(&SockAddr::unix(path)?)?;
    socket.listen(BACKLOG)?;
    Ok(Door::new(socket.into(), Place::Unix(path.to_owned())))
}

/// Removes a socket's file that a server left behind which is gone.
fn remove_stale(path: &Path) -> io::Result<()> {
    let is_socket = std::fs::symlink_metadata(path).is_ok_and(|m| m.file_type().is_socket());
    if is_socket
        && UnixStream::connect(path).is_err_and(|e| e.kind() == io::ErrorKind::ConnectionRefused)
    {
        std::fs::remove_file(path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::error::Kind;

    #[test]
    fn any_free_port_can_be_asked_for_and_is_then_known() {
        let doors = open(&Config::default(), 0).unwrap();
        assert_ne!(doors.port(), 0);
        assert_eq!(doors.addresses(), [format!("127.0.0.1:{}", doors.port())]);
    }

    #[test]
    fn a_taken_port_is_told_with_what_to_do() {
        let doors = open(&Config::default(), 0).unwrap();
        let error = open(&Config::default(), doors.port()).unwrap_err();
        assert_eq!(error.kind(), Kind::PortTaken);
        assert!(error.to_string().contains("choose another port"));
    }

    #[test]
    fn a_unix_door_replaces_a_dead_one_but_not_a_living_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("irc");
        drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
        let config = Config {
            listeners: vec![Listener::Unix(path.clone())],
            ..Config::default()
        };
        let doors = open(&config, 0).unwrap();
        assert_eq!(open(&config, 0).unwrap_err().kind(), Kind::PortTaken);
        drop(doors);
        assert!(!path.exists());
    }
}
