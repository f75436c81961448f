//! Sockets of a run: one thread has thousands of them.

use rustix::io::Errno;
use rustix::net::{self, AddressFamily, SocketFlags, SocketType, sockopt};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::num::NonZeroU64;
use std::os::fd::OwnedFd;
use std::time::Duration;

/// Raises the number of open files as far as it goes, and tells it.
pub fn raise_open_files() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        ..limit
    };
    // What it is then is read again, whether or not this worked.
    let _ = setrlimit(Resource::Nofile, raised);
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}

/// Lets waiting end when it should, not 50 µs later.
pub fn wake_precisely() {
    // Without it the figures are a little worse, which they tell themselves (send_late).
    let _ = rustix::thread::set_current_timer_slack(NonZeroU64::new(1));
}

/// How much a socket keeps that nobody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receive {
    /// What the system thinks right.
    Usual,
    /// So many bytes.
    Bytes(usize),
}

/// Begins to connect, from a source address of one's choice.
pub fn connect(from: Ipv4Addr, to: SocketAddrV4, receive: Receive) -> io::Result<OwnedFd> {
    let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
    let socket = net::socket_with(AddressFamily::INET, SocketType::STREAM, flags, None)?;
    sockopt::set_tcp_nodelay(&socket, true)?;
    if let Receive::Bytes(bytes) = receive {
        sockopt::set_socket_recv_buffer_size(&socket, bytes)?;
    }
    if to.ip().is_loopback() && from != Ipv4Addr::LOCALHOST {
        net::bind(&socket, &SocketAddrV4::new(from, 0))?;
    }
    match net::connect(&socket, &to) {
        Ok(()) | Err(Errno::INPROGRESS) => Ok(socket),
        Err(error) => Err(error.into()),
    }
}

/// Makes closing send a reset, so that no port rests for a minute.
pub fn reset_on_close(socket: &OwnedFd) {
    // A port that rests costs nothing but itself.
    let _ = sockopt::set_socket_linger(socket, Some(Duration::ZERO));
}

/// How a connect that was begun has ended.
pub fn outcome(socket: &OwnedFd) -> io::Result<()> {
    Ok(sockopt::socket_error(socket)??)
}

/// A source address of the loopback network for a connection.
pub fn source(number: usize) -> Ipv4Addr {
    Ipv4Addr::new(127, 0, (number / 250) as u8, (number % 250) as u8 + 1)
}
