//! Many sockets in one task: read all that is ready, hand it on, write all that is dirty, once per pass.
//!
//! With one shard the hub lives in the same task: nothing is sent between threads. A pass never
//! blocks and its work is bounded: one read and one turn for each ready socket, one write for each
//! that something was said to. Effects are carried out only after the store has let them pass.

use crate::admin::command::Answer;
use crate::config::Config;
use crate::proto::message::{LineLimits, Message};
use crate::server::clock::Clock;
use crate::server::control::Control;
use crate::server::doorway::{Doorway, Knock};
use crate::server::error::Error;
use crate::server::hub::Hub;
use crate::server::poll::{Poll, space};
use crate::server::socket::{Cut, Input, Socket};
use crate::server::sockets::{Sockets, broken, from_key};
use crate::server::world::event::{Effect, Effects, Event, Now, Peer, SessionId, Ticket, Why};
use crate::store::Stage;
use crate::store::memory::Memory;
use async_channel::{Receiver, Sender};
use async_io::Timer;
use futures_lite::future;
use rustix::event::epoll::EventFlags;
use rustix::io::Errno;
use std::collections::HashMap;
use std::io;

/// Read at once from one socket.
const SCRATCH: usize = 64 * 1024;
/// Read at once from a socket whose lines wait already: each line beyond what may wait is answered.
const SIP: usize = 4 * 1024;
/// Connections accepted at one door in one pass.
const ACCEPTS: usize = 64;
/// Bytes added to outboxes before they are written, even within a pass.
const FLUSH_BYTES: usize = 16 << 20;
/// Between two ticks of the hub.
const TICK_MS: u64 = 1000;
/// Between two looks at lines that wait for a token.
const TOKEN_MS: u64 = 100;
/// Passes without a wait after which other tasks of the thread get their turn.
const PASSES: u32 = 16;
/// What a browser gets.
const NOT_HTTP: &[u8] = b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 55\r\nConnection: close\r\n\r\nThis is an IRC server. Connect to it with a chat tool.\n";

/// The task that carries the sockets, and the hub with it.
#[derive(Debug)]
pub(super) struct Shard {
    hub: Hub,
    stage: Stage<Effects>,
    /// Batches done with, whose memory is used again.
    spent: Effects,
    sockets: Sockets,
    doorway: Doorway,
    poll: Poll,
    lines: LineLimits,
    /// Bytes without an end of line: before and after registration.
    unfinished: [usize; 2],
    /// Those whose lines wait.
    throttled: Vec<SessionId>,
    replies: HashMap<u64, Sender<Answer>>,
    tickets: u64,
    clock: Clock,
    now: Now,
    next_tick_ms: u64,
    /// When the server ends at the latest, once it stops.
    stop_at_ms: Option<u64>,
    grace_s: u64,
    scratch: Vec<u8>,
}

/// What ended a wait.
enum Woken {
    Ready,
    Asked(Option<Control>),
    Failed(io::Error),
}

impl Shard {
    /// A shard with its doors open.
    pub(super) fn new(
        config: &Config,
        hub: Hub,
        doorway: Doorway,
        poll: Poll,
        clock: Clock,
    ) -> Self {
        let limits = &config.limits;
        Self {
            hub,
            stage: Stage::new(Memory::default()),
            spent: Effects::default(),
            sockets: Sockets::new(limits.send_queue),
            doorway,
            poll,
            lines: LineLimits {
                line: limits.line,
                tags: limits.client_tags.saturating_add(2),
            },
            unfinished: [limits.read_buffer_unregistered, limits.read_buffer],
            throttled: Vec::new(),
            replies: HashMap::new(),
            tickets: 0,
            clock,
            now: clock.now(),
            next_tick_ms: TICK_MS,
            stop_at_ms: None,
            grace_s: config.server.shutdown_grace.as_secs(),
            scratch: vec![0; SCRATCH],
        }
    }

    /// Serves until it is stopped and everybody has left, or the grace is over.
    pub(super) async fn run(mut self, control: Receiver<Control>) -> Result<(), Error> {
        let failed = |why: &io::Error| Error::system("wait for connections", why);
        let mut timer = Timer::at(self.clock.at(self.next_tick_ms));
        let mut passes = 0;
        loop {
            self.now = self.clock.now();
            while let Ok(asked) = control.try_recv() {
                self.on_control(asked);
            }
            self.on_time();
            let had_work = self.pass().map_err(|error| failed(&error.into()))?;
            if self.is_done() {
                return Ok(());
            }
            passes = if had_work { passes + 1 } else { PASSES };
            if passes < PASSES {
                continue;
            }
            passes = 0;
            if had_work {
                future::yield_now().await;
                continue;
            }
            timer.set_at(self.clock.at(self.wake_at_ms()));
            match self.wait(&control, &mut timer).await {
                Woken::Ready => {}
                Woken::Asked(Some(asked)) => self.on_control(asked),
                Woken::Asked(None) => self.stop(self.grace_s),
                Woken::Failed(error) => return Err(failed(&error)),
            }
        }
    }

    async fn wait(&self, control: &Receiver<Control>, timer: &mut Timer) -> Woken {
        let is_stopping = self.stop_at_ms.is_some();
        let asked = async {
            match control.recv().await {
                Ok(asked) => Woken::Asked(Some(asked)),
                Err(_) if is_stopping => future::pending().await,
                Err(_) => Woken::Asked(None),
            }
        };
        let ready = async {
            match self.poll.readable().await {
                Ok(()) => Woken::Ready,
                Err(error) => Woken::Failed(error),
            }
        };
        let time = async {
            timer.await;
            Woken::Ready
        };
        future::or(ready, future::or(asked, time)).await
    }

    /// When something is to be done without being asked.
    fn wake_at_ms(&self) -> u64 {
        let tick = self
            .stop_at_ms
            .map_or(self.next_tick_ms, |stop| stop.min(self.next_tick_ms));
        if self.throttled.is_empty() {
            return tick;
        }
        // On a grid, so that the timer is seldom set anew.
        tick.min((self.now.uptime_ms / TOKEN_MS + 1) * TOKEN_MS)
    }

    fn on_time(&mut self) {
        if self.now.uptime_ms < self.next_tick_ms {
            return;
        }
        self.next_tick_ms = self.now.uptime_ms.saturating_add(TICK_MS);
        self.doorway.tick(&self.poll, self.now.uptime_ms);
        self.sockets.sweep(self.now.uptime_ms);
        self.hub.on(Event::Tick, self.now);
        self.settle();
    }

    fn on_control(&mut self, control: Control) {
        match control {
            Control::Stop if self.stop_at_ms.is_some() => self.stop_at_ms = Some(0),
            Control::Stop => self.stop(self.grace_s),
            Control::Admin { request, reply } => {
                self.tickets += 1;
                self.replies.insert(self.tickets, reply);
                self.hub
                    .on(Event::Admin(Ticket(self.tickets), &request), self.now);
                self.settle();
            }
        }
    }

    /// Begins to stop: nobody comes in any more, everybody is told.
    fn stop(&mut self, seconds: u64) {
        if self.stop_at_ms.is_some() {
            return;
        }
        let until = self
            .now
            .uptime_ms
            .saturating_add(seconds.saturating_mul(1000));
        self.stop_at_ms = Some(until);
        self.doorway.shut();
        self.hub.on(Event::Stop { seconds }, self.now);
        self.settle();
    }

    fn is_done(&self) -> bool {
        self.stop_at_ms
            .is_some_and(|at| self.sockets.is_empty() || self.now.uptime_ms >= at)
    }

    /// Does all that can be done now; returns whether there was anything.
    fn pass(&mut self) -> Result<bool, Errno> {
        let is_behind = self.run_throttled();
        let mut space = space();
        let ready = self.poll.now(&mut space)?;
        for event in ready {
            let (key, flags) = (event.data.u64(), event.flags);
            match from_key(key) {
                Ok(id) => self.serve(id, flags),
                Err(door) => self.accept(door),
            }
            if self.sockets.queued() > FLUSH_BYTES {
                self.settle();
            }
        }
        self.settle();
        Ok(is_behind || !ready.is_empty())
    }

    fn accept(&mut self, door: usize) {
        for _ in 0..ACCEPTS {
            match self.doorway.accept(door, &self.poll, self.now.uptime_ms) {
                Knock::In(socket, peer) => self.welcome(*socket, peer),
                Knock::Away => {}
                Knock::Nobody => return,
            }
        }
    }

    fn welcome(&mut self, socket: Socket, peer: Peer) {
        let neighbour = socket.neighbour;
        match self.sockets.insert(socket, &self.poll) {
            Ok(id) => {
                self.hub.on(Event::Opened(id, peer), self.now);
                self.carry_out();
            }
            Err(_) => self.doorway.leave(neighbour),
        }
    }

    fn serve(&mut self, id: SessionId, flags: EventFlags) {
        if flags.contains(EventFlags::OUT) {
            self.sockets.write(id, self.now.uptime_ms, &self.poll);
        }
        if flags.intersects(EventFlags::IN | EventFlags::HUP | EventFlags::ERR) {
            self.read(id);
        }
    }

    fn read(&mut self, id: SessionId) {
        let Some(socket) = self.sockets.get_mut(id) else {
            return;
        };
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
            Ok(0) => self.sockets.end(id, Why::Eof),
            Ok(read) if socket.is_open() => self.take_in(id, read),
            Ok(_) | Err(Errno::AGAIN | Errno::INTR) => {}
            Err(error) => self.sockets.end(id, broken(error)),
        }
    }

    fn take_in(&mut self, id: SessionId, read: usize) {
        let (Some(socket), Some(chunk)) = (self.sockets.get_mut(id), self.scratch.get(..read))
        else {
            return;
        };
        let [before, after] = self.unfinished;
        let marks = &mut socket.marks;
        if !marks.is_registered {
            marks.is_registered = self.hub.is_registered(id);
        }
        let limit = if marks.is_registered { after } else { before };
        let (hub, lines, now) = (&mut self.hub, self.lines, self.now);
        socket.throttle.begin_turn(now.uptime_ms);
        let fed = socket.feed(chunk, limit, |input| {
            hub.on(
                match input {
                    Input::Run(line) => Event::Line(id, Message::parse(line, lines)),
                    Input::Refuse(line) => Event::Flooded(id, Message::parse(line, lines)),
                },
                now,
            );
        });
        if socket.throttle.is_waiting() && !socket.marks.is_throttled {
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
        let why = match cut {
            Cut::TooLong => Why::LineTooLong,
            Cut::Http => {
                self.sockets.push(id, NOT_HTTP);
                self.sockets.close(id, self.now.uptime_ms);
                Why::Http
            }
        };
        self.hub.on(Event::Closed(id, why), self.now);
        self.carry_out();
        self.sockets.close(id, self.now.uptime_ms);
    }

    /// Executes waiting lines whose turn it is; returns whether some could go on at once.
    fn run_throttled(&mut self) -> bool {
        let mut is_behind = false;
        let mut throttled = std::mem::take(&mut self.throttled);
        throttled.retain(|id| {
            let Some(socket) = self.sockets.get_mut(*id) else {
                return false;
            };
            let (hub, lines, now) = (&mut self.hub, self.lines, self.now);
            socket.throttle.begin_turn(now.uptime_ms);
            if !socket.throttle.is_behind() {
                return socket.throttle.is_waiting();
            }
            let still = socket
                .throttle
                .run_waiting(|line| hub.on(Event::Line(*id, Message::parse(line, lines)), now));
            socket.marks.is_throttled = still;
            is_behind |= socket.throttle.is_behind();
            self.carry_out();
            still
        });
        throttled.append(&mut self.throttled);
        self.throttled = throttled;
        is_behind
    }

    /// Carries out and writes until nothing follows from it any more.
    fn settle(&mut self) {
        loop {
            self.carry_out();
            self.sockets.flush(self.now.uptime_ms, &self.poll);
            for neighbour in self.sockets.take_gone() {
                self.doorway.leave(neighbour);
            }
            if !self.tell_ended() {
                return;
            }
        }
    }

    /// Tells the hub who came to an end.
    fn tell_ended(&mut self) -> bool {
        let ended = self.sockets.take_ended();
        for (id, why) in &ended {
            if *why == Why::SendQueue
                && let Some(socket) = self.sockets.get_mut(*id)
            {
                socket.make_room();
            }
            self.hub.on(Event::Closed(*id, why.clone()), self.now);
            if *why == Why::SendQueue {
                self.carry_out();
                self.sockets.close(*id, self.now.uptime_ms);
            }
        }
        !ended.is_empty()
    }

    /// Lets what the hub wants pass the store, and carries it out.
    fn carry_out(&mut self) {
        let batch = self.hub.take(std::mem::take(&mut self.spent));
        self.stage.submit(Effects::records, batch);
        while let Some(batch) = self.stage.release() {
            let mut stop = None;
            for effect in batch.iter() {
                match effect {
                    Effect::Send { line, to } => {
                        to.iter().for_each(|id| self.sockets.push(*id, line));
                    }
                    Effect::Close(id) => self.sockets.close(id, self.now.uptime_ms),
                    Effect::Answer(ticket, answer) => {
                        if let Some(reply) = self.replies.remove(&ticket.0) {
                            let _ = reply.try_send(answer.clone());
                        }
                    }
                    Effect::Stop { seconds } => stop = Some(seconds),
                }
            }
            self.spent = batch;
            if let Some(seconds) = stop {
                self.stop(seconds);
            }
        }
    }
}
