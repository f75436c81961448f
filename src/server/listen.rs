//! Doors: the listening sockets, from binding to handing over an accepted connection.
//!
//! Options that every connection shall have are set on the listener: Linux hands them down, so that
//! accepting costs one system call.

use crate::config::{Config, Listener};
use crate::server::admission::canonical;
use crate::server::error::Error;
use crate::server::metrics::Monitor;
use crate::server::passed::{self, Passed};
use crate::server::socket::speech::Speech;
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
    /// Where monitoring asks.
    pub(super) metrics: Option<Monitor>,
    port: u16,
}

/// One listening socket.
#[derive(Debug)]
pub(super) struct Door {
    pub(super) socket: OwnedFd,
    pub(super) speech: Speech,
    pub(super) place: Place,
    /// Whoever started us opened it.
    pub(super) is_passed: bool,
    /// Another process has it too: its file stays.
    is_given: bool,
}

/// Where a door is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    Tcp(SocketAddr),
    /// The file is removed with the door.
    Unix(PathBuf),
    /// A Unix socket of whoever started us.
    Passed(String),
}

/// A connection that came in; no address if it is from a Unix socket.
#[derive(Debug)]
pub(super) struct Arrival {
    pub(super) socket: OwnedFd,
    pub(super) address: Option<SocketAddr>,
    pub(super) speech: Speech,
}

/// Binds `server.bind` with `port` and every further listener; port 0 takes any free one. Doors that were passed
/// on to us take the place of the first.
pub fn open(config: &Config, port: u16) -> Result<Doors, Error> {
    let mut doors = passed_on(config)?;
    if doors.is_empty() {
        doors.push(tcp(SocketAddr::new(config.server.bind, port), Speech::Any)?);
    }
    let first = first_port(&doors);
    for listener in &config.listeners {
        let is_open = |door: &Door| door.is(listener);
        if doors.iter().any(is_open) {
            continue;
        }
        doors.push(bind(listener)?);
    }
    let metrics = config.metrics.map(Monitor::open).transpose()?;
    Ok(Doors {
        doors,
        metrics,
        port: first.unwrap_or(port),
    })
}

/// A door that was open before, in another process.
#[derive(Debug)]
pub struct Before {
    pub place: Place,
    pub is_passed: bool,
    pub socket: OwnedFd,
}

/// The same with those of these that are wanted: they were open before, in another process. The others close.
pub fn open_again(config: &Config, port: u16, before: Vec<Before>) -> Result<Doors, Error> {
    if before.is_empty() {
        return open(config, port);
    }
    let (mut doors, mut rest): (Vec<Door>, Vec<Door>) = before
        .into_iter()
        .map(Door::again)
        .partition(|door| door.is_passed);
    if doors.is_empty() {
        let is_first = |door: &Door| matches!(door.place, Place::Tcp(at) if at.ip() == config.server.bind && (port == 0 || at.port() == port));
        let known = rest.iter().position(is_first);
        doors.push(match known {
            Some(at) => rest.remove(at),
            None => tcp(SocketAddr::new(config.server.bind, port), Speech::Any)?,
        });
    }
    let first = first_port(&doors);
    for listener in &config.listeners {
        if doors.iter().any(|door| door.is(listener)) {
            continue;
        }
        let known = rest.iter().position(|door| door.is(listener));
        doors.push(match known {
            Some(at) => rest.remove(at),
            None => bind(listener)?,
        });
    }
    for door in &mut doors {
        door.speech = speech(config, &door.place);
    }
    Ok(Doors {
        doors,
        metrics: config.metrics.map(Monitor::Later),
        port: first.unwrap_or(port),
    })
}

fn first_port(doors: &[Door]) -> Option<u16> {
    doors.iter().find_map(|door| match &door.place {
        Place::Tcp(address) => Some(address.port()),
        Place::Unix(_) | Place::Passed(_) => None,
    })
}

fn bind(listener: &Listener) -> Result<Door, Error> {
    let (address, speech) = match listener {
        Listener::Tcp(address) => (address, Speech::Any),
        Listener::Tls(address) => (address, Speech::Tls),
        Listener::Web(address) => (address, Speech::Web),
        Listener::WebTls(address) => (address, Speech::WebTls),
        Listener::Unix(path) => return unix(path),
    };
    tcp(*address, speech)
}

/// What is spoken at a door that was open before.
fn speech(config: &Config, place: &Place) -> Speech {
    let Place::Tcp(at) = place else {
        return Speech::Any;
    };
    let spoken = |listener: &Listener| match listener {
        Listener::Tls(wanted) if wanted == at => Some(Speech::Tls),
        Listener::Web(wanted) if wanted == at => Some(Speech::Web),
        Listener::WebTls(wanted) if wanted == at => Some(Speech::WebTls),
        _ => None,
    };
    config.listeners.iter().find_map(spoken).unwrap_or_default()
}

/// The doors that whoever started us has opened.
fn passed_on(config: &Config) -> Result<Vec<Door>, Error> {
    let wrong = |why: &io::Error| Error::cannot_listen("a passed descriptor ($LISTEN_FDS)", why);
    let passed = passed::take().map_err(|why| wrong(&why))?;
    let doors = passed.into_iter().map(|passed| match passed {
        Passed::Tcp(socket, address) => {
            let socket = Socket::from(socket);
            set_options(&socket)?;
            let mut door = Door::passed(socket.into(), Place::Tcp(address));
            door.speech = speech(config, &door.place);
            Ok(door)
        }
        Passed::Unix(socket, path) => Ok(Door::passed(socket, Place::Passed(path))),
    });
    doors
        .collect::<io::Result<_>>()
        .map_err(|why: io::Error| wrong(&why))
}

impl Doors {
    /// Where clients can connect, in the order of the configuration.
    pub fn addresses(&self) -> Vec<String> {
        self.doors.iter().map(Door::address).collect()
    }

    /// The addresses of the doors that have one.
    pub(super) fn by_tcp(&self) -> Vec<SocketAddr> {
        let places = self.doors.iter().map(|door| &door.place);
        let addresses = places.filter_map(|place| match place {
            Place::Tcp(address) => Some(*address),
            Place::Unix(_) | Place::Passed(_) => None,
        });
        addresses.collect()
    }

    /// The port of the first door; the one asked for, if no door has any.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether people on other hosts, or on this one, can connect to [`port`](Self::port).
    pub fn has_port(&self) -> bool {
        let mut places = self.doors.iter().map(|door| &door.place);
        places.any(|place| matches!(place, Place::Tcp(_)))
    }
}

impl Door {
    fn new(socket: OwnedFd, speech: Speech, place: Place) -> Self {
        Self {
            socket,
            speech,
            place,
            is_passed: false,
            is_given: false,
        }
    }

    fn passed(socket: OwnedFd, place: Place) -> Self {
        let mut door = Self::new(socket, Speech::Any, place);
        door.is_passed = true;
        door
    }

    fn again(before: Before) -> Self {
        match before.is_passed {
            true => Self::passed(before.socket, before.place),
            false => Self::new(before.socket, Speech::Any, before.place),
        }
    }

    fn address(&self) -> String {
        match &self.place {
            Place::Tcp(address) => address.to_string(),
            Place::Unix(path) => path.display().to_string(),
            Place::Passed(path) => path.clone(),
        }
    }

    /// Whether it is the door that this listener wants.
    fn is(&self, listener: &Listener) -> bool {
        match (&self.place, listener) {
            (
                Place::Tcp(at),
                Listener::Tcp(wanted)
                | Listener::Tls(wanted)
                | Listener::Web(wanted)
                | Listener::WebTls(wanted),
            ) => at == wanted,
            (Place::Unix(at), Listener::Unix(wanted)) => at == wanted,
            (Place::Passed(at), Listener::Unix(wanted)) => Path::new(at) == wanted,
            _ => false,
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
            Place::Unix(_) | Place::Passed(_) => None,
        };
        Ok(Arrival {
            socket,
            address,
            speech: self.speech,
        })
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

fn tcp(address: SocketAddr, speech: Speech) -> Result<Door, Error> {
    bind_tcp(address, speech).map_err(|why| Error::cannot_listen(&address.to_string(), &why))
}

fn bind_tcp(address: SocketAddr, speech: Speech) -> io::Result<Door> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM.nonblocking().cloexec(),
        Some(Protocol::TCP),
    )?;
    socket.set_reuse_address(true)?;
    if let IpAddr::V6(v6) = address.ip() {
        socket.set_only_v6(!v6.is_unspecified())?;
    }
    set_options(&socket)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    let bound = socket.local_addr()?.as_socket().unwrap_or(address);
    Ok(Door::new(socket.into(), speech, Place::Tcp(bound)))
}

/// What every connection of this door shall have.
fn set_options(socket: &Socket) -> io::Result<()> {
    socket.set_tcp_nodelay(true)?;
    socket.set_tcp_notsent_lowat(UNSENT)
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
    Ok(Door::new(
        socket.into(),
        Speech::Any,
        Place::Unix(path.to_owned()),
    ))
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
