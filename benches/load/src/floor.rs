//! The least possible server: what the system alone costs. It checks nothing and is for measuring only.
//!
//! It knows NICK, USER, JOIN, PRIVMSG, PING and QUIT just enough for the scenarios. Lines are written once to an arena
//! for all that is ready at a time; receivers hold ranges of it, and each is written to once.

mod peer;

use crate::socket;
use crate::wire;
use clap::Args;
use memchr::memchr;
use peer::{Flushed, Peer};
use rustix::buffer::spare_capacity;
use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};
use rustix::io::Errno;
use rustix::net::{RecvFlags, SocketFlags};
use std::collections::HashMap;
use std::io;
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub struct Floor {
    /// Most sockets handled before all are written to
    #[arg(long, default_value_t = 1024)]
    at_once: usize,
    /// Where it listens
    #[arg(long, default_value_t = 6667)]
    listen: u16,
}

const BACKLOG: i32 = 8192;
const LISTENER: u64 = u64::MAX;
/// An arena beyond this is given back.
const ARENA: usize = 16 << 20;

impl Floor {
    pub fn serve(&self) -> io::Result<ExitCode> {
        socket::raise_open_files();
        let listener = TcpListener::bind(("127.0.0.1", self.listen))?;
        listener.set_nonblocking(true)?;
        // Raises the backlog of what listens already.
        rustix::net::listen(&listener, BACKLOG)?;
        let mut server = Server::new()?;
        let key = EventData::new_u64(LISTENER);
        epoll::add(&server.epoll, &listener, key, EventFlags::IN)?;
        let mut events: Vec<Event> = Vec::with_capacity(self.at_once.max(1));
        let mut buffer = vec![0u8; 1 << 16];
        loop {
            events.clear();
            match epoll::wait(&server.epoll, spare_capacity(&mut events), None) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            for event in &events {
                let (flags, data) = (event.flags, event.data);
                match data.u64() {
                    LISTENER => server.accept(&listener),
                    id => server.ready(id as usize, flags, &mut buffer),
                }
            }
            server.flush_all();
        }
    }
}

struct Server {
    epoll: OwnedFd,
    peers: Vec<Option<Box<Peer>>>,
    free: Vec<usize>,
    nicks: HashMap<Vec<u8>, usize>,
    names: HashMap<Vec<u8>, usize>,
    /// Members of each room.
    rooms: Vec<Vec<usize>>,
    arena: Vec<u8>,
    dirty: Vec<usize>,
}

impl Server {
    fn new() -> io::Result<Self> {
        Ok(Self {
            epoll: epoll::create(CreateFlags::CLOEXEC)?,
            peers: Vec::new(),
            free: Vec::new(),
            nicks: HashMap::new(),
            names: HashMap::new(),
            rooms: Vec::new(),
            arena: Vec::new(),
            dirty: Vec::new(),
        })
    }

    fn accept(&mut self, listener: &TcpListener) {
        let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
        while let Ok(socket) = rustix::net::accept_with(listener, flags) {
            let id = self.free.pop().unwrap_or(self.peers.len());
            let key = EventData::new_u64(id as u64);
            let is_watched = rustix::net::sockopt::set_tcp_nodelay(&socket, true)
                .and_then(|()| epoll::add(&self.epoll, &socket, key, EventFlags::IN));
            if is_watched.is_err() {
                continue;
            }
            let peer = Some(Box::new(Peer::new(socket)));
            match self.peers.get_mut(id) {
                Some(place) => *place = peer,
                None => self.peers.push(peer),
            }
        }
    }

    fn ready(&mut self, id: usize, flags: EventFlags, buffer: &mut [u8]) {
        if flags.contains(EventFlags::OUT) {
            self.flush(id);
        }
        if !flags.intersects(EventFlags::IN | EventFlags::HUP | EventFlags::ERR) {
            return;
        }
        let Some(peer) = self.peers[id].as_deref_mut() else {
            return;
        };
        let count = match rustix::net::recv(&peer.socket, &mut *buffer, RecvFlags::empty()) {
            Ok((0, _)) => return self.end(id),
            Ok((count, _)) => count,
            Err(Errno::WOULDBLOCK) => return,
            Err(_) => return self.end(id),
        };
        let mut partial = std::mem::take(&mut peer.partial);
        partial.extend_from_slice(&buffer[..count]);
        let mut bytes = &partial[..];
        while let Some(end) = memchr(b'\n', bytes) {
            self.command(id, wire::chomp(&bytes[..end]));
            bytes = &bytes[end + 1..];
        }
        let done = partial.len() - bytes.len();
        partial.drain(..done);
        if let Some(peer) = self.peers[id]
            .as_deref_mut()
            .filter(|_| !partial.is_empty())
        {
            peer.partial = partial;
        }
    }

    fn command(&mut self, id: usize, line: &[u8]) {
        let Some(peer) = self.peers[id].as_deref_mut() else {
            return;
        };
        let words = wire::split(line);
        match words.command {
            b"PRIVMSG" => self.speak(id, words.rest),
            b"JOIN" => words
                .rest
                .split(|b| *b == b',')
                .for_each(|room| self.join(id, room)),
            b"NICK" => {
                peer.name(words.rest);
                self.nicks.insert(words.rest.to_vec(), id);
            }
            b"USER" => {
                let nick = peer.nick.clone();
                let parts = [
                    &b":floor 001 "[..],
                    &nick,
                    b" :Welcome\r\n:floor 422 ",
                    &nick,
                    b" :-",
                ];
                self.tell(id, &parts);
            }
            b"PING" => self.tell(id, &[b":floor PONG floor ", words.rest]),
            b"QUIT" => {
                peer.is_leaving = true;
                self.tell(id, &[b"ERROR :bye"]);
            }
            _ => {}
        }
    }

    fn speak(&mut self, id: usize, rest: &[u8]) {
        let Some(peer) = self.peers[id].as_deref_mut() else {
            return;
        };
        let prefix = std::mem::take(&mut peer.prefix);
        let target = wire::word(rest).0;
        let parts = [&prefix[..], b"PRIVMSG ", rest];
        if let Some(&room) = self.names.get(target) {
            self.tell_room(room, Some(id), &parts);
        } else if let Some(&to) = self.nicks.get(target) {
            self.tell(to, &parts);
        }
        if let Some(peer) = self.peers[id].as_deref_mut() {
            peer.prefix = prefix;
        }
    }

    fn join(&mut self, id: usize, name: &[u8]) {
        let fresh = self.rooms.len();
        let room = *self.names.entry(name.to_vec()).or_insert(fresh);
        if room == fresh {
            self.rooms.push(Vec::new());
        }
        let Some(peer) = self.peers[id].as_deref_mut() else {
            return;
        };
        peer.rooms.push(room);
        let (nick, prefix) = (peer.nick.clone(), peer.prefix.clone());
        self.rooms[room].push(id);
        self.tell_room(room, None, &[&prefix, b"JOIN ", name]);
        let head = [b":floor 353 ", &nick[..], b" = ", name, b" :"].concat();
        let mut list = Vec::new();
        let mut line = 0;
        for member in self.rooms[room]
            .iter()
            .filter_map(|id| self.peers[*id].as_deref())
        {
            if list.is_empty() || line > 400 {
                list.extend_from_slice(if list.is_empty() { b"" } else { b"\r\n" });
                list.extend_from_slice(&head);
                line = head.len();
            }
            list.extend_from_slice(&member.nick);
            list.push(b' ');
            line += member.nick.len() + 1;
        }
        self.tell(
            id,
            &[&list, b"\r\n:floor 366 ", &nick, b" ", name, b" :End"],
        );
    }

    /// Puts a line into the arena; the range is good until all have been written to.
    fn line(&mut self, parts: &[&[u8]]) -> (usize, usize) {
        let start = self.arena.len();
        parts
            .iter()
            .for_each(|part| self.arena.extend_from_slice(part));
        self.arena.extend_from_slice(b"\r\n");
        (start, self.arena.len())
    }

    fn tell(&mut self, id: usize, parts: &[&[u8]]) {
        let range = self.line(parts);
        self.give(id, range);
    }

    fn tell_room(&mut self, room: usize, except: Option<usize>, parts: &[&[u8]]) {
        let range = self.line(parts);
        let members = std::mem::take(&mut self.rooms[room]);
        for &id in members.iter().filter(|id| Some(**id) != except) {
            self.give(id, range);
        }
        self.rooms[room] = members;
    }

    #[inline]
    fn give(&mut self, id: usize, range: (usize, usize)) {
        let Some(peer) = self.peers[id].as_deref_mut() else {
            return;
        };
        if peer.give(range) {
            self.dirty.push(id);
        }
    }

    fn flush_all(&mut self) {
        while let Some(id) = self.dirty.pop() {
            self.flush(id);
        }
        self.arena.clear();
        if self.arena.capacity() > ARENA {
            self.arena = Vec::new();
        }
    }

    fn flush(&mut self, id: usize) {
        let Some(peer) = self.peers[id].as_deref_mut() else {
            return;
        };
        let flags = match peer.flush(&self.arena) {
            Flushed::AsBefore => return,
            Flushed::All => EventFlags::IN,
            Flushed::Waits => EventFlags::IN | EventFlags::OUT,
            Flushed::Over => return self.end(id),
        };
        if epoll::modify(
            &self.epoll,
            &peer.socket,
            EventData::new_u64(id as u64),
            flags,
        )
        .is_err()
        {
            self.end(id);
        }
    }

    fn end(&mut self, id: usize) {
        let Some(peer) = self.peers[id].take() else {
            return;
        };
        self.free.push(id);
        self.nicks.remove(&peer.nick);
        for &room in &peer.rooms {
            self.rooms[room].retain(|member| *member != id);
            self.tell_room(room, None, &[&peer.prefix, b"QUIT :gone"]);
        }
    }
}
