//! TLS on the floor: who begins it, who waits to, what comes out of it, and how it ends.

use crate::server::floor::Floor;
use crate::server::log;
use crate::server::tls::handshakes::Handshakes;
use crate::server::tls::terms::Terms;
use crate::server::tls::tunnel::{End, FIRST, NOT_SPOKEN};
use crate::server::world::event::{Event, SessionId, Why};
use crate::server::world::gauges::Rejected;
use rustix::event::epoll::EventFlags;

/// To who says something else where only TLS is spoken.
const ONLY_TLS: &[u8] = b"ERROR :Only TLS is spoken at this port\r\n";

/// What TLS needs on the floor.
#[derive(Debug, Default)]
pub(super) struct Secure {
    /// For those who come from now on; `None`: TLS is not spoken.
    terms: Option<Terms>,
    handshakes: Handshakes,
    /// What was deciphered in one go.
    plain: Vec<u8>,
}

impl Floor {
    /// Secures those who come from now on by these terms; tells what that changes, in words.
    pub(super) fn adopt_terms(&mut self, terms: Option<Terms>) -> Vec<String> {
        let certificates = |terms: &Option<Terms>| {
            let known = terms.as_ref();
            known.map_or(Vec::new(), |terms| terms.certificates.clone())
        };
        let (old, new) = (certificates(&self.secure.terms), certificates(&terms));
        self.secure.terms = terms;
        let names = new.iter().flat_map(|certificate| certificate.names.clone());
        self.web.adopt_names(names.collect());
        if let Some(terms) = &self.secure.terms {
            self.web.secure(terms);
        }
        let now_s = self.desk.now.unix_ms / 1000;
        for certificate in &new {
            if u64::try_from(certificate.ends_s).is_ok_and(|ends_s| ends_s <= now_s) {
                log::warn(format_args!(
                    "TLS: clients refuse the {certificate}: its time is over"
                ));
            }
        }
        let fresh = new.iter().filter(|certificate| !old.contains(certificate));
        let lines = fresh.map(|certificate| format!("TLS from now on with the {certificate}"));
        let lines = lines.collect();
        self.desk.tell(Event::Certificates(new));
        lines
    }

    /// Whether it has to wait: it may want a handshake, and there are too many already.
    pub(super) fn must_wait(&mut self, id: SessionId, flags: EventFlags) -> bool {
        if !self.secure.handshakes.is_full() || self.secure.handshakes.has(id) {
            return false;
        }
        let Some(socket) = self.sockets.get_mut(id) else {
            return false;
        };
        if socket.marks.speech.is_known() || !socket.is_open() {
            return false;
        }
        if flags.intersects(EventFlags::HUP | EventFlags::ERR) {
            self.sockets.end(id, Why::Eof);
            return true;
        }
        if socket.peek() != Some(FIRST) {
            return false;
        }
        self.sockets.listen(id, &self.poll, EventFlags::empty());
        self.secure.handshakes.wait(id);
        true
    }

    /// Begins TLS with what was read, if it is spoken here.
    pub(super) fn begin_tls(&mut self, id: SessionId, read: usize) {
        let tunnel = self.secure.terms.as_ref().and_then(Terms::tunnel);
        let Some(socket) = self.sockets.get_mut(id) else {
            return;
        };
        match tunnel {
            Some(tunnel) => {
                socket.tunnel = Some(Box::new(tunnel));
                self.secure.handshakes.begin(id, self.desk.now.uptime_ms);
                self.decipher(id, read);
            }
            None => {
                self.sockets.push(id, NOT_SPOKEN);
                self.sockets.close(id, self.uptime_ms());
                self.part_with(id, Why::Tls("it is not spoken here"));
            }
        }
    }

    /// Says goodbye to who does not speak TLS at a door where nothing else is spoken.
    pub(super) fn say_only_tls(&mut self, id: SessionId) {
        self.sockets.push(id, ONLY_TLS);
        self.sockets.close(id, self.uptime_ms());
        self.part_with(id, Why::Tls("this was plain text"));
    }

    /// Deciphers what was read and takes it in.
    pub(super) fn decipher(&mut self, id: SessionId, read: usize) {
        let (Some(socket), Some(chunk)) = (self.sockets.get_mut(id), self.scratch.get(..read))
        else {
            return;
        };
        let Some(tunnel) = socket.tunnel.as_mut() else {
            return;
        };
        let mut plain = std::mem::take(&mut self.secure.plain);
        plain.clear();
        let taken = tunnel.take_in(chunk, &mut plain);
        if tunnel.has_output() {
            self.sockets.touch(id);
        }
        if let Some(secured) = taken.secured {
            self.secure.handshakes.end(id);
            self.desk.tell(Event::Secured(id, secured));
        }
        if !plain.is_empty() {
            self.hear(id, &plain);
        }
        self.secure.plain = plain;
        if taken.end.is_some() {
            self.secure.handshakes.end(id);
        }
        match taken.end {
            None => {}
            Some(End::Finished) => {
                // What was said last is answered before the connection ends.
                self.settle();
                self.finish(id);
            }
            Some(End::Broken(why)) => {
                log::debug(format_args!("{id}: TLS failed: {why}"));
                self.gauges.reject(Rejected::Tls);
                self.part_with(id, Why::Tls(why));
            }
        }
        self.call_next();
    }

    /// Gives up handshakes that take too long.
    pub(super) fn end_slow_handshakes(&mut self) {
        for id in self.secure.handshakes.overdue(self.uptime_ms()) {
            self.secure.handshakes.end(id);
            let sockets = &mut self.sockets;
            let socket = sockets.get_mut(id).filter(|socket| socket.is_open());
            let tunnel = socket.and_then(|socket| socket.tunnel.as_ref());
            if tunnel.is_none_or(|tunnel| tunnel.is_shaking_hands()) {
                self.gauges.reject(Rejected::Tls);
                self.sockets
                    .end(id, Why::Tls("the handshake took too long"));
            }
        }
        self.call_next();
    }

    /// Lets those who wait begin, as far as there are places.
    fn call_next(&mut self) {
        if !self.secure.handshakes.is_awaited() {
            return;
        }
        let (sockets, handshakes) = (&mut self.sockets, &mut self.secure.handshakes);
        handshakes.keep(|id| sockets.get_mut(id).is_some_and(|socket| socket.is_open()));
        while let Some(id) = handshakes.next() {
            if sockets.get_mut(id).is_some_and(|socket| socket.is_open()) {
                handshakes.begin(id, self.desk.now.uptime_ms);
                sockets.listen(id, &self.poll, EventFlags::IN);
            }
        }
    }
}
