//! HTTP on the floor: a connection that begins with a request leaves, and one that became a WebSocket comes back.

use crate::config::Config;
use crate::proto::websocket::End;
use crate::server::admission::{Neighbour, is_local};
use crate::server::floor::Floor;
use crate::server::socket::{Distance, Socket};
use crate::server::throttle::Throttle;
use crate::server::tls::keyring::Keyring;
use crate::server::tls::terms::Terms;
use crate::server::web::files::Files;
use crate::server::web::quic::{Current, Udp};
use crate::server::web::word::{Joined, Ticket, Word};
use crate::server::web::{self, Guest, House, Visitor};
use crate::server::world::event::{Event, SessionId, Why};
use async_channel::{Receiver, Sender};
use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

/// Most connections that speak HTTP at once.
const MOST: usize = 1000;
/// To who says something else where only WebSocket is spoken.
const ONLY_WEB: &[u8] = b"ERROR :Only WebSocket is spoken at this port\r\n";
/// To one more.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 45\r\nRetry-After: 5\r\nConnection: close\r\n\r\nToo many are asking. Try again in a moment.\r\n";

/// Those who speak HTTP, as far as the shard has to know of them.
#[derive(Debug)]
pub(in crate::server) struct Web {
    house: Arc<House>,
    words: Receiver<Word>,
    guests: HashMap<Ticket, Place>,
    last: u64,
    /// What answers those who come by UDP, and their doors.
    current: Current,
    udp: Udp,
    /// Closed when no request is taken any more.
    stay: Option<Sender<Infallible>>,
    /// Lines of one chunk of frames, and what is answered to it at once.
    lines: Vec<u8>,
    answers: Vec<u8>,
}

/// What is kept for one who may come back.
#[derive(Debug, Clone, Copy)]
struct Place {
    neighbour: Option<Neighbour>,
    distance: Distance,
}

impl Web {
    /// Nobody speaks HTTP yet.
    pub(in crate::server) fn new(config: &Arc<Config>, data: &Path) -> Self {
        let (words, heard) = async_channel::unbounded();
        let (stay, staying) = async_channel::bounded(1);
        let house = House {
            config: Arc::clone(config),
            names: Arc::default(),
            files: Files::open(config, data, &words),
            words,
            stay: staying,
        };
        let house = Arc::new(house);
        Self {
            current: Current::new(Arc::clone(&house)),
            udp: Udp::default(),
            house,
            words: heard,
            guests: HashMap::new(),
            last: 0,
            stay: Some(stay),
            lines: Vec::new(),
            answers: Vec::new(),
        }
    }

    /// The next word of a guest.
    pub(in crate::server) async fn word(&self) -> Option<Word> {
        self.words.recv().await.ok()
    }

    /// The next word of a guest, if it has come.
    pub(in crate::server) fn try_word(&self) -> Option<Word> {
        self.words.try_recv().ok()
    }

    /// Answers those who come from now on by this configuration.
    pub(super) fn adopt(&mut self, config: &Arc<Config>) {
        let mut house = House::clone(&self.house);
        house.config = Arc::clone(config);
        if let Some(files) = &house.files {
            files.adopt(config);
        }
        self.house = Arc::new(house);
        self.current.set(&self.house);
    }

    /// The server goes by these names.
    pub(super) fn adopt_names(&mut self, names: Vec<String>) {
        let mut house = House::clone(&self.house);
        house.names = names.into();
        self.house = Arc::new(house);
        self.current.set(&self.house);
    }

    /// Opens doors by UDP beside these, if files come that way.
    pub(in crate::server) fn open_udp(&mut self, doors: &[SocketAddr], keyring: &Keyring) {
        self.udp = Udp::open(doors, keyring, &self.current);
    }

    /// Secures those who come by UDP by these terms.
    pub(super) fn secure(&self, terms: &Terms) {
        self.udp.secure(terms);
    }

    /// Whoever has an eye on the bytes of files.
    pub(in crate::server) fn files(&self) -> Option<&Arc<Files>> {
        self.house.files.as_ref()
    }

    /// Whether HTTP is spoken.
    pub(super) fn is_open(&self) -> bool {
        self.house.config.web.enabled
    }

    /// Whether nobody speaks HTTP.
    pub(super) fn is_empty(&self) -> bool {
        self.guests.is_empty()
    }

    /// Takes no further request; what was begun is answered.
    pub(super) fn shut(&mut self) {
        self.stay = None;
    }

    /// Those who are counted and whose connections end with this process.
    pub(super) fn neighbours(&self) -> impl Iterator<Item = Option<Neighbour>> {
        self.guests.values().map(|place| place.neighbour)
    }
}

impl Floor {
    /// Lets a connection go that has begun with a request; `said` is all that it has said.
    pub(super) fn show_out(&mut self, id: SessionId, said: Vec<u8>) {
        let session = self.desk.world().session(id);
        let Some(peer) = session.map(|session| session.peer.clone()) else {
            return;
        };
        if self.web.guests.len() >= MOST || self.web.stay.is_none() {
            self.sockets.push(id, FULL);
            self.sockets.close(id, self.uptime_ms());
            return self.part_with(id, Why::Http);
        }
        let Some(socket) = self.sockets.take(id, &self.poll) else {
            return;
        };
        // Its place among the sessions is free; at the doors it counts on.
        self.doorway.stay();
        self.desk.tell(Event::Closed(id, Why::Http));
        self.carry_out();
        let is_vouched_for = peer.via.as_ref().is_some_and(|via| via.is_secure);
        let visitor = Visitor {
            is_tls: socket.tunnel.is_some() || is_vouched_for,
            is_for_chat_only: socket.marks.speech.is_for_web_only(),
            peer,
        };
        let web = &mut self.web;
        web.last += 1;
        let ticket = Ticket(web.last);
        let place = Place {
            neighbour: socket.neighbour,
            distance: socket.distance,
        };
        web.guests.insert(ticket, place);
        self.gauges.guests.set(web.guests.len() as u64);
        let guest = Guest {
            ticket,
            socket: socket.fd,
            tunnel: socket.tunnel,
            said,
            visitor,
        };
        web::receive(guest, Arc::clone(&web.house));
    }

    /// Lets somebody in by UDP, or not: they count like everybody.
    fn let_in(&mut self, address: SocketAddr, reply: &Sender<Ticket>) {
        let is_open = self.web.stay.is_some() && self.desk.world().drain.is_none();
        if !is_open || self.web.guests.len() >= MOST {
            return;
        }
        let ip = address.ip().to_canonical();
        let Ok(neighbour) = self.doorway.enter(ip, self.uptime_ms()) else {
            return self.doorway.leave(None);
        };
        let distance = if is_local(Some(ip)) {
            Distance::Near
        } else {
            Distance::Far
        };
        self.web.last += 1;
        let ticket = Ticket(self.web.last);
        let place = Place {
            neighbour,
            distance,
        };
        self.web.guests.insert(ticket, place);
        if reply.try_send(ticket).is_err() {
            self.web.guests.remove(&ticket);
            self.doorway.leave(neighbour);
        }
    }

    /// Hears what a guest has to tell.
    pub(in crate::server) fn hear_guest(&mut self, word: Word) {
        match word {
            Word::Joined(joined) => self.come_back(*joined),
            Word::Knock { address, reply } => self.let_in(address, &reply),
            Word::File { ask, reply } => self.desk.ask_for_file(ask, reply),
            Word::Left(ticket) => {
                if let Some(place) = self.web.guests.remove(&ticket) {
                    self.doorway.leave(place.neighbour);
                }
            }
        }
        let guests = self.web.guests.len() as u64;
        self.gauges.guests.set(guests);
        self.settle();
    }

    /// Takes a connection in that speaks WebSocket from now on.
    fn come_back(&mut self, joined: Joined) {
        let Some(place) = self.web.guests.remove(&joined.ticket) else {
            return;
        };
        if self.web.stay.is_none() || self.desk.world().drain.is_some() {
            return self.doorway.leave(place.neighbour);
        }
        let throttle = Throttle::new(self.doorway.pace(place.distance), self.uptime_ms());
        let mut socket = Socket::new(joined.socket, throttle, place.neighbour, place.distance);
        socket.tunnel = joined.tunnel;
        socket.begin_frames(joined.protocol);
        let mut peer = joined.peer;
        peer.is_web = true;
        if let Some(id) = self.welcome(socket, peer)
            && !joined.said.is_empty()
        {
            self.hear(id, &joined.said);
        }
    }

    /// Takes in frames, and executes the lines in them.
    pub(super) fn hear_frames(&mut self, id: SessionId, chunk: &[u8]) {
        let web = &mut self.web;
        let (mut lines, mut answers) = (
            std::mem::take(&mut web.lines),
            std::mem::take(&mut web.answers),
        );
        lines.clear();
        answers.clear();
        let socket = self.sockets.get_mut(id);
        let frames = socket.and_then(|socket| socket.frames.as_mut());
        let end = frames.and_then(|frames| frames.take_in(chunk, &mut lines, &mut answers));
        if !lines.is_empty() {
            self.hear_lines(id, &lines);
        }
        if !answers.is_empty() {
            self.sockets.push_raw(id, &answers);
        }
        (self.web.lines, self.web.answers) = (lines, answers);
        match end {
            None => {}
            Some(End::Finished) => {
                // What was said last is answered before the connection ends.
                self.settle();
                self.finish(id);
            }
            Some(End::TooLong) => self.part_with(id, Why::LineTooLong),
            Some(End::Broken(why)) => self.part_with(id, Why::Frames(why)),
        }
    }

    /// Says goodbye to who does not speak HTTP at a door where nothing else is spoken.
    pub(super) fn say_only_web(&mut self, id: SessionId) {
        self.sockets.push(id, ONLY_WEB);
        self.sockets.close(id, self.uptime_ms());
        self.part_with(id, Why::Http);
    }
}
