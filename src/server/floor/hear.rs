//! What comes from one socket: read, deciphered if it is TLS, and executed line by line.

use crate::server::floor::{Floor, SCRATCH};
use crate::server::socket::Cut;
use crate::server::socket::speech::{First, Speech};
use crate::server::sockets::broken;
use crate::server::tls::tunnel::FIRST;
use crate::server::world::event::{Event, SessionId, Why};
use rustix::event::epoll::EventFlags;
use rustix::io::Errno;

/// Read at once from a socket whose lines wait already: each line beyond what may wait is answered.
const SIP: usize = 4 * 1024;
/// What a browser gets.
const NOT_HTTP: &[u8] = b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 55\r\nConnection: close\r\n\r\nThis is an IRC server. Connect to it with a chat tool.\n";

impl Floor {
    pub(super) fn read(&mut self, id: SessionId, flags: EventFlags) {
        let soft = self.sockets.soft_limit();
        if self.must_wait(id, flags) {
            return;
        }
        let Some(socket) = self.sockets.get_mut(id) else {
            return;
        };
        if socket.is_open() && (socket.is_pressed(soft) || socket.throttle.is_full()) {
            if socket.throttle.is_full() && !socket.marks.is_throttled {
                socket.marks.is_throttled = true;
                self.throttled.push(id);
            }
            return self.sockets.write(id, self.uptime_ms(), &self.poll);
        }
        if socket.throttle.is_behind() {
            return;
        }
        let most = if socket.throttle.is_waiting() {
            SIP
        } else {
            SCRATCH
        };
        let scratch = self.scratch.get_mut(..most).unwrap_or_default();
        match socket.read(scratch) {
            Ok(0) => self.finish(id),
            Ok(read) if socket.is_open() => self.take_in(id, read),
            Ok(_) | Err(Errno::AGAIN | Errno::INTR) => {}
            Err(error) => self.sockets.end(id, broken(error)),
        }
    }

    /// The other end will say no more: it is done when its waiting lines are.
    pub(super) fn finish(&mut self, id: SessionId) {
        match self.sockets.get_mut(id) {
            Some(socket) if socket.throttle.is_waiting() && !socket.marks.is_finished => {
                self.sockets.finish(id, &self.poll);
            }
            Some(_) => self.sockets.end(id, Why::Eof),
            None => {}
        }
    }

    /// Takes in what was read, as what it is.
    fn take_in(&mut self, id: SessionId, read: usize) {
        let (Some(socket), Some(chunk)) = (self.sockets.get_mut(id), self.scratch.get(..read))
        else {
            return;
        };
        self.gauges.bytes_in.add(read as u64);
        let before = socket.marks.speech;
        socket.marks.speech = before.heard();
        let is_tls = chunk.first() == Some(&FIRST);
        match before {
            known if known.is_known() && socket.tunnel.is_some() => self.decipher(id, read),
            fresh if !fresh.is_known() && is_tls => self.begin_tls(id, read),
            Speech::Tls | Speech::WebTls => self.say_only_tls(id),
            Speech::Any | Speech::Known | Speech::Web | Speech::OnlyWeb => {
                let scratch = std::mem::take(&mut self.scratch);
                self.hear(id, scratch.get(..read).unwrap_or_default());
                self.scratch = scratch;
            }
        }
    }

    /// Takes in what was said, as what it is.
    pub(super) fn hear(&mut self, id: SessionId, chunk: &[u8]) {
        let Some(socket) = self.sockets.get_mut(id) else {
            return;
        };
        if socket.frames.is_some() {
            return self.hear_frames(id, chunk);
        }
        let is_web_only = socket.marks.speech.is_for_web_only();
        match socket.first(chunk) {
            First::Http if self.web.is_open() => {
                let said = socket.said(chunk);
                self.show_out(id, said);
            }
            First::Lines if is_web_only => self.say_only_web(id),
            First::Http | First::Lines | First::Unsure => self.hear_lines(id, chunk),
        }
    }

    /// Executes the lines of what was said.
    pub(super) fn hear_lines(&mut self, id: SessionId, chunk: &[u8]) {
        let Some(socket) = self.sockets.get_mut(id) else {
            return;
        };
        let [before, after] = self.unfinished;
        if !socket.marks.is_registered {
            socket.marks.is_registered = self.desk.is_registered(id);
        }
        let is_registered = socket.marks.is_registered;
        let limit = if is_registered { after } else { before };
        let desk = &mut self.desk;
        let progress = desk.stage.progress();
        socket.throttle.begin_turn(desk.now.uptime_ms, progress);
        let fed = socket.feed(chunk, limit, |input| desk.line(id, input));
        let is_held = socket.throttle.is_waiting() || socket.throttle.is_full();
        if is_held && !socket.marks.is_throttled {
            socket.marks.is_throttled = true;
            self.throttled.push(id);
        }
        if let Err(cut) = fed {
            self.cut(id, cut);
        }
        self.carry_out();
    }

    /// Ends a connection whose input is none.
    fn cut(&mut self, id: SessionId, cut: Cut) {
        match cut {
            Cut::TooLong => self.part_with(id, Why::LineTooLong),
            Cut::Http => {
                self.sockets.push(id, NOT_HTTP);
                self.sockets.close(id, self.uptime_ms());
                self.part_with(id, Why::Http);
            }
        }
    }

    /// Ends a connection in order, with what the hub has to say to it.
    pub(super) fn part_with(&mut self, id: SessionId, why: Why) {
        self.desk.tell(Event::Closed(id, why));
        self.carry_out();
        self.sockets.close(id, self.uptime_ms());
    }
}
