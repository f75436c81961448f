//! Listening sockets that whoever started us has opened already (`LISTEN_FDS`, `sd_listen_fds(3)`).

use listenfd::ListenFd;
use rustix::fd::OwnedFd;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::net::UnixListener;

/// One that was passed on.
#[derive(Debug)]
pub(super) enum Passed {
    Tcp(OwnedFd, SocketAddr),
    Unix(OwnedFd, String),
}

/// Takes all that were passed on, in their order. Once: they are ours then.
pub(super) fn take() -> io::Result<Vec<Passed>> {
    let mut given = ListenFd::from_env();
    (0..given.len())
        .filter_map(|at| one(&mut given, at).transpose())
        .collect()
}

fn one(given: &mut ListenFd, at: usize) -> io::Result<Option<Passed>> {
    match given.take_unix_listener(at) {
        Ok(Some(listener)) => return unix(listener).map(Some),
        Ok(None) => return Ok(None),
        Err(_) => {}
    }
    given.take_tcp_listener(at)?.map(tcp).transpose()
}

fn tcp(listener: TcpListener) -> io::Result<Passed> {
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    Ok(Passed::Tcp(listener.into(), address))
}

fn unix(listener: UnixListener) -> io::Result<Passed> {
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let path = address.as_pathname().map(|path| path.display().to_string());
    let path = path.unwrap_or_else(|| "a Unix socket".to_owned());
    Ok(Passed::Unix(listener.into(), path))
}
