//! One pass over the sockets: read all that is ready, hand it on, write all that is dirty.
//!
//! A pass never blocks and its work is bounded: one read and one turn for each ready socket, one
//! write for each that something was said to. Effects are carried out only after the store has let
//! them pass.

pub(super) mod give;
mod hear;
mod reload;
mod secure;
pub(super) mod web;
mod welcome;

use crate::config::{Config, Limits};
use crate::server::desk::Desk;
use crate::server::doorway::Doorway;
use crate::server::floor::secure::Secure;
use crate::server::floor::web::Web;
use crate::server::handover::heir::Heir;
use crate::server::log;
use crate::server::notify;
use crate::server::poll::{Poll, space};
use crate::server::socket::Input;
use crate::server::socket::frames::Leaving;
use crate::server::sockets::keys::from_key;
use crate::server::sockets::{Bounds, Sockets};
use crate::server::tls::terms::Terms;
use crate::server::worker::Done;
use crate::server::world::event::{Asker, Event, Found, SessionId, Why};
use crate::server::world::gauges::Gauges;
use rustix::event::epoll::EventFlags;
use rustix::io::Errno;
use std::net::IpAddr;
use std::sync::Arc;

/// Read at once from one socket.
const SCRATCH: usize = 64 * 1024;
/// Looks at what is ready in one pass. epoll keeps whoever was ready at the head of its queue until it is
/// asked again: without the second look, whoever writes as soon as they are answered would overtake others.
const LOOKS: usize = 2;

/// The sockets and everything that a pass over them needs.
#[derive(Debug)]
pub(super) struct Floor {
    pub(super) desk: Desk,
    sockets: Sockets,
    doorway: Doorway,
    pub(super) poll: Poll,
    /// Bytes without an end of line: before and after registration.
    unfinished: [usize; 2],
    /// Those whose lines wait.
    throttled: Vec<SessionId>,
    scratch: Vec<u8>,
    secure: Secure,
    pub(super) web: Web,
    gauges: Arc<Gauges>,
    /// The hub wants the server to stop within this many seconds.
    pub(super) wants_stop: Option<u64>,
    /// A process that can take over, and who wants that.
    pub(super) heir: Option<(Asker, Box<Heir>)>,
}

impl Floor {
    /// Nobody is here yet, and the doors are open.
    pub(super) fn new(
        config: &Config,
        mut desk: Desk,
        doorway: Doorway,
        poll: Poll,
        terms: Option<Terms>,
        web: Web,
        gauges: Arc<Gauges>,
    ) -> Self {
        let sockets = Sockets::new(Bounds::of(&config.limits), Arc::clone(&gauges));
        desk.files.keeper = web.files().map(|files| files.keeper());
        let mut floor = Self {
            desk,
            sockets,
            doorway,
            poll,
            unfinished: unfinished(&config.limits),
            throttled: Vec::new(),
            scratch: vec![0; SCRATCH],
            secure: Secure::default(),
            web,
            gauges,
            wants_stop: None,
            heir: None,
        };
        floor.adopt_terms(terms);
        floor
    }

    /// Goes on with what waited for this.
    pub(super) fn on_done(&mut self, done: Done) {
        let is_asked = !matches!(done, Done::Read { by: None, .. });
        self.desk.asked = self.desk.asked.saturating_sub(usize::from(is_asked));
        match done {
            Done::Found(by, found) => self.found_for(by, found),
            Done::Called { by, heir } => match heir {
                Ok(heir) => self.heir = Some((by, heir)),
                Err(why) => self.found_for(by, Found::Upgraded(Err(why))),
            },
            Done::Read {
                by,
                config,
                report,
                terms,
            } => {
                let before = Arc::clone(&self.desk.world().config);
                let lines = self.reload(*config, &report, terms);
                let is_done = !Arc::ptr_eq(&before, &self.desk.world().config);
                notify::ready(&self.status());
                match by {
                    Some(by) => self.found_for(by, Found::Reloaded(lines, is_done)),
                    None => self.settle(),
                }
            }
        }
    }

    /// Goes on with what the store has done.
    pub(super) fn hear_store(&mut self) {
        while let Some((by, found)) = self.desk.hear_store() {
            self.found_for(by, found);
        }
        self.settle();
    }

    pub(super) fn found_for(&mut self, by: Asker, found: Found) {
        match by {
            Asker::Session(id) => self.found(id, found),
            Asker::Operator(ticket, chore) => {
                self.desk.found_for(ticket, chore, found);
                self.settle();
            }
            Asker::File(ticket) => {
                self.desk.tell(Event::FoundForFile(ticket, found));
                self.settle();
            }
        }
    }

    fn found(&mut self, id: SessionId, found: Found) {
        self.desk.tell(Event::Found(id, found));
        self.release(id);
        self.settle();
    }

    /// Lets the lines of a session go on, if it waits for nothing.
    fn release(&mut self, id: SessionId) {
        if let Some(socket) = self.sockets.get_mut(id)
            && !self.desk.is_asking(id)
        {
            socket.throttle.release();
        }
    }

    /// Goes on with long answers whose last portion is written, one portion for each.
    fn go_on(&mut self) {
        for id in self.sockets.take_drained() {
            self.found(id, Found::Drained);
        }
        for (id, address) in std::mem::take(&mut self.desk.moved) {
            self.count_anew(id, address);
        }
    }

    /// Counts one by another address than it was counted by, if one more may come in from there.
    fn count_anew(&mut self, id: SessionId, address: IpAddr) {
        let now_ms = self.uptime_ms();
        let Some(socket) = self.sockets.get_mut(id) else {
            return;
        };
        self.doorway.leave(socket.neighbour.take());
        let entered = self.doorway.enter(address, now_ms);
        socket.neighbour = entered.unwrap_or_default();
        self.found(id, Found::Admitted(entered.is_ok()));
    }

    fn uptime_ms(&self) -> u64 {
        self.desk.now.uptime_ms
    }

    /// Does all that can be done now; returns whether there is more.
    pub(super) fn pass(&mut self) -> Result<bool, Errno> {
        self.go_on();
        if std::mem::take(&mut self.desk.is_overruled) {
            self.overrule();
        }
        if let Some((by, found)) = self.desk.take_due() {
            self.found_for(by, found);
        }
        if !self.is_full() {
            self.run_throttled();
        }
        // While too much waits to be stored, nobody says more.
        let mut is_busy = !self.is_full();
        for _ in 0..LOOKS {
            is_busy = is_busy && self.look()?;
        }
        self.settle();
        let is_behind = !self.is_full() && self.is_behind();
        Ok(is_busy || is_behind || self.has_drained() || self.desk.has_news())
    }

    /// Whether somebody goes on who has waited for something near.
    fn has_drained(&self) -> bool {
        self.sockets.has_drained() || !self.desk.moved.is_empty()
    }

    /// Whether nothing more can be taken in before some of it is stored.
    pub(super) fn is_full(&self) -> bool {
        self.desk.stage.is_full()
    }

    /// Serves all that is ready; returns whether anything was.
    fn look(&mut self) -> Result<bool, Errno> {
        let mut space = space();
        let ready = self.poll.now(&mut space)?;
        for event in ready {
            let (key, flags) = (event.data.u64(), event.flags);
            match from_key(key) {
                Ok(id) => self.serve(id, flags),
                Err(door) => self.accept(door),
            }
            self.settle_if_much();
        }
        Ok(!ready.is_empty())
    }

    /// About once a second: what time alone brings about.
    pub(super) fn tick(&mut self) {
        self.doorway.tick(&self.poll, self.uptime_ms());
        self.sockets.sweep(self.uptime_ms());
        self.end_slow_handshakes();
        self.desk.recorder.sweep(self.desk.now);
        self.desk.tell(Event::Tick);
        self.settle();
    }

    /// Lets nobody in any more, and tells everybody that the server stops.
    pub(super) fn stop(&mut self, seconds: u64) {
        self.doorway.shut();
        self.web.shut();
        self.sockets.leaving = Leaving::Away;
        self.desk.tell(Event::Stop { seconds });
        self.settle();
    }

    /// Whether everybody has been told everything and only has to close.
    pub(super) fn is_all_said(&self) -> bool {
        self.sockets.are_all_lingering() && self.web.is_empty()
    }

    /// One line about the server, for its manager.
    pub(super) fn status(&self) -> String {
        let doors = &self.desk.world().identity.addresses;
        format!("Listening on {}", doors.join(", "))
    }

    /// Whether nobody is connected.
    pub(super) fn is_empty(&self) -> bool {
        self.sockets.is_empty() && self.web.is_empty()
    }

    /// Whether lines of somebody wait for their time.
    pub(super) fn is_throttling(&self) -> bool {
        !self.throttled.is_empty()
    }

    fn serve(&mut self, id: SessionId, flags: EventFlags) {
        if flags.contains(EventFlags::OUT) {
            self.sockets.write(id, self.uptime_ms(), &self.poll);
        }
        if flags.intersects(EventFlags::IN | EventFlags::HUP | EventFlags::ERR) {
            self.read(id, flags);
        }
    }

    /// Executes waiting lines whose turn it is.
    fn run_throttled(&mut self) {
        let mut throttled = std::mem::take(&mut self.throttled);
        throttled.retain(|id| {
            let is_waiting = self.run_waiting(*id);
            self.settle_if_much();
            is_waiting
        });
        throttled.append(&mut self.throttled);
        self.throttled = throttled;
    }

    /// Executes the waiting lines of one whose turn it is; returns whether some still wait.
    fn run_waiting(&mut self, id: SessionId) -> bool {
        let soft = self.sockets.soft_limit();
        let Some(socket) = self.sockets.get_mut(id) else {
            return false;
        };
        let desk = &mut self.desk;
        let (was_full, progress) = (socket.throttle.is_full(), desk.stage.progress());
        socket.throttle.begin_turn(desk.now.uptime_ms, progress);
        let listens_again = was_full && !socket.throttle.is_full();
        let may_go_on = socket.may_go_on(soft);
        if may_go_on {
            socket
                .throttle
                .run_waiting(|line| desk.line(id, Input::Run(line)));
        }
        let is_waiting = socket.throttle.is_waiting();
        let stays = is_waiting || socket.throttle.is_full();
        socket.marks.is_throttled = stays;
        let is_done = may_go_on && socket.marks.is_finished && !is_waiting;
        self.carry_out();
        if is_done {
            self.sockets.end(id, Why::Eof);
        } else if listens_again {
            self.sockets.write(id, self.uptime_ms(), &self.poll);
        }
        stays
    }

    /// Whether lines wait that could be executed at once.
    fn is_behind(&mut self) -> bool {
        let soft = self.sockets.soft_limit();
        let sockets = &mut self.sockets;
        self.throttled.iter().any(|id| {
            sockets
                .get_mut(*id)
                .is_some_and(|socket| socket.may_go_on(soft))
        })
    }

    fn settle_if_much(&mut self) {
        if self.sockets.should_flush() {
            self.settle();
        }
    }

    /// Carries out and writes until nothing follows from it any more.
    pub(super) fn settle(&mut self) {
        loop {
            self.carry_out();
            self.sockets.flush(self.uptime_ms(), &self.poll);
            if !self.tell_ended() {
                break;
            }
        }
        self.desk.stage.send();
        for neighbour in self.sockets.release_gone() {
            self.doorway.leave(neighbour);
        }
    }

    /// Tells the hub who came to an end.
    fn tell_ended(&mut self) -> bool {
        let ended = self.sockets.take_ended();
        for (id, why) in &ended {
            log::debug(format_args!("{id} has gone: {why}"));
            if *why == Why::SendQueue
                && let Some(socket) = self.sockets.get_mut(*id)
            {
                socket.make_room();
            }
            self.desk.tell(Event::Closed(*id, why.clone()));
            if *why == Why::SendQueue {
                self.carry_out();
                self.sockets.close(*id, self.uptime_ms());
            }
        }
        !ended.is_empty()
    }

    fn carry_out(&mut self) {
        let stop = self.desk.carry_out(&mut self.sockets);
        self.wants_stop = self.wants_stop.or(stop);
        for id in self.desk.take_freed() {
            self.release(id);
        }
    }
}

/// Bytes that may come without an end of line, before and after registration.
fn unfinished(limits: &Limits) -> [usize; 2] {
    [limits.read_buffer_unregistered, limits.read_buffer]
}
