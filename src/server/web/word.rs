//! What the tasks of the web tell the shard.

use crate::proto::websocket::Protocol;
use crate::server::tls::tunnel::Tunnel;
use crate::server::world::event::Peer;
use crate::server::world::file::{FileAnswer, FileAsk};
use async_channel::Sender;
use rustix::fd::OwnedFd;
use std::net::SocketAddr;

/// Names one guest until it leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::server) struct Ticket(pub(in crate::server) u64);

/// A word to the shard.
#[derive(Debug)]
pub(in crate::server) enum Word {
    /// A guest has become a WebSocket.
    Joined(Box<Joined>),
    /// A guest has gone.
    Left(Ticket),
    /// Somebody wants to come in by UDP; no answer: they may not.
    Knock {
        address: SocketAddr,
        reply: Sender<Ticket>,
    },
    /// A door for files asks.
    File {
        ask: FileAsk,
        reply: Sender<FileAnswer>,
    },
}

/// A connection that speaks WebSocket from now on.
#[derive(Debug)]
pub(in crate::server) struct Joined {
    pub(in crate::server) ticket: Ticket,
    pub(in crate::server) socket: OwnedFd,
    pub(in crate::server) tunnel: Option<Box<Tunnel>>,
    /// What it has said behind its request, deciphered.
    pub(in crate::server) said: Vec<u8>,
    pub(in crate::server) peer: Peer,
    pub(in crate::server) protocol: Protocol,
}
