//! The task that carries the sockets, and with one shard the hub too: nothing is sent between threads.
//!
//! It passes over the sockets as long as there is something to do, then waits for the sockets, the
//! time and the words from outside, whichever comes first.

mod give;

use crate::server::House;
use crate::server::clock::Clock;
use crate::server::control::Control;
use crate::server::error::Error;
use crate::server::floor::Floor;
use crate::server::log;
use crate::server::notify::{self, Pulse};
use crate::server::web::word::Word;
use crate::server::worker::Done;
use crate::server::world::event::Ask;
use crate::server::world::event::Asker;
use crate::store::threads::Report;
use async_channel::Receiver;
use async_io::Timer;
use futures_lite::future;
use std::io;
use std::time::Duration;

/// Between two ticks of the hub.
const TICK_MS: u64 = 1000;
/// A tick that is so late tells of a process that stood still.
const OVERSLEPT_MS: u64 = 3000;
/// Those who have read everything get this long to close when the server stops.
const FAREWELL_MS: u64 = 300;
/// Between two looks at lines that wait for a token.
const TOKEN_MS: u64 = 100;
/// Passes without a wait after which other tasks of the thread get their turn.
const PASSES: u32 = 16;

/// The task.
#[derive(Debug)]
pub(super) struct Shard {
    floor: Floor,
    clock: Clock,
    next_tick_ms: u64,
    /// When the server ends at the latest, once it stops.
    stop_at_ms: Option<u64>,
    /// When it ends if everybody has been told and only does not close.
    leave_at_ms: u64,
    /// Connections when it began to stop.
    to_close: usize,
    house: House,
    pulse: Pulse,
}

/// What ended a wait.
enum Woken {
    Ready,
    Told(Word),
    Asked(Option<Control>),
    Done(Box<Done>),
    Stored(Box<Report<Asker>>),
    Failed(io::Error),
}

impl Shard {
    /// A shard that serves this floor.
    pub(super) fn new(floor: Floor, clock: Clock, house: House) -> Self {
        Self {
            floor,
            clock,
            next_tick_ms: clock.now().uptime_ms.saturating_add(TICK_MS),
            stop_at_ms: None,
            leave_at_ms: 0,
            to_close: 0,
            house,
            pulse: Pulse::wanted(),
        }
    }

    /// Serves until it is stopped and everybody has left, or the grace is over.
    pub(super) async fn run(mut self, control: Receiver<Control>) -> Result<(), Error> {
        let failed = |why: &io::Error| Error::system("wait for connections", why);
        let (mut timer, mut armed_ms) = (Timer::never(), 0);
        let mut passes = 0;
        notify::ready(&self.floor.status());
        loop {
            self.floor.desk.now = self.clock.now();
            self.hear_others(&control);
            if let Some((by, heir)) = self.floor.heir.take()
                && self.hand_over(by, *heir, &control).await?
            {
                return Ok(());
            }
            self.on_time();
            let passed = self.floor.pass();
            let has_more = passed.map_err(|error| failed(&error.into()))?;
            self.pulse.beat(self.uptime_ms());
            if let Some(seconds) = self.floor.wants_stop {
                self.stop(seconds);
            }
            if self.is_done() {
                log::info(format_args!(
                    "Stopped: {} closed",
                    connections(self.to_close)
                ));
                return Ok(());
            }
            passes += 1;
            if has_more && passes < PASSES {
                continue;
            }
            passes = 0;
            if has_more {
                future::yield_now().await;
                continue;
            }
            let wake_at_ms = self.wake_at_ms();
            if armed_ms != wake_at_ms {
                armed_ms = wake_at_ms;
                timer.set_at(self.clock.at(wake_at_ms)); // Each call wakes the reactor.
            }
            let woken = self.wait(&control, &mut timer).await;
            self.floor.desk.now = self.clock.now();
            match woken {
                Woken::Ready => {}
                Woken::Told(word) => self.floor.hear_guest(word),
                Woken::Asked(Some(asked)) => self.on_control(asked),
                Woken::Done(done) => self.floor.on_done(*done),
                Woken::Stored(report) => self.floor.desk.stage.take(*report),
                Woken::Asked(None) => self.stop(self.grace_s()),
                Woken::Failed(error) => return Err(failed(&error)),
            }
        }
    }

    /// Hears all that was said meanwhile by others than clients.
    fn hear_others(&mut self, control: &Receiver<Control>) {
        while let Ok(asked) = control.try_recv() {
            self.on_control(asked);
        }
        while let Some(done) = self.floor.desk.worker.try_done() {
            self.floor.on_done(done);
        }
        while let Some(word) = self.floor.web.try_word() {
            self.floor.hear_guest(word);
        }
        self.floor.hear_store();
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
            match self.floor.poll.readable().await {
                Ok(()) => Woken::Ready,
                Err(error) => Woken::Failed(error),
            }
        };
        let done = async {
            match self.floor.desk.worker.done().await {
                Some(done) => Woken::Done(Box::new(done)),
                None => future::pending().await,
            }
        };
        let stored = async { Woken::Stored(Box::new(self.floor.desk.stage.report().await)) };
        let time = async {
            timer.await;
            Woken::Ready
        };
        let told = async {
            match self.floor.web.word().await {
                Some(word) => Woken::Told(word),
                None => future::pending().await,
            }
        };
        let rest = future::or(asked, future::or(done, time));
        let rest = future::or(told, rest);
        let rest = future::or(stored, rest);
        match self.floor.is_full() {
            true => rest.await,
            false => future::or(ready, rest).await,
        }
    }

    /// When something is to be done without being asked.
    fn wake_at_ms(&self) -> u64 {
        let tick = self
            .stop_at_ms
            .map_or(self.next_tick_ms, |stop| stop.min(self.next_tick_ms));
        let tick = self.pulse.next_ms().map_or(tick, |beat| beat.min(tick));
        if self.floor.is_throttling() || self.stop_at_ms.is_some() {
            tick.min((self.uptime_ms() / TOKEN_MS + 1) * TOKEN_MS)
        } else {
            tick
        }
    }

    /// Seconds that clients get to leave, if nobody says how many.
    fn grace_s(&self) -> u64 {
        self.floor.desk.config().server.shutdown_grace.as_secs()
    }

    fn uptime_ms(&self) -> u64 {
        self.floor.desk.now.uptime_ms
    }

    fn on_time(&mut self) {
        let Some(late_ms) = self.uptime_ms().checked_sub(self.next_tick_ms) else {
            return;
        };
        self.next_tick_ms = self.uptime_ms().saturating_add(TICK_MS);
        // After a standstill of the process, what others said meanwhile is heard before they are held late.
        if late_ms < OVERSLEPT_MS {
            self.floor.tick();
        }
    }

    fn on_control(&mut self, control: Control) {
        match control {
            Control::Stop if self.stop_at_ms.is_some() => self.stop_at_ms = Some(0),
            Control::Stop => self.stop(self.grace_s()),
            Control::Reload => {
                log::info(format_args!("SIGHUP: the configuration is read again"));
                notify::reloading();
                self.floor.desk.find_out(None, Ask::Reload);
            }
            Control::Admin { request, by, reply } => {
                self.floor.desk.ask(&request, &by, reply);
                self.floor.settle();
            }
            Control::File { ask, reply } => {
                self.floor.desk.ask_for_file(ask, reply);
                self.floor.settle();
            }
        }
    }

    /// Begins to stop, if it has not begun.
    fn stop(&mut self, seconds: u64) {
        if self.stop_at_ms.is_none() {
            let grace_ms = seconds.saturating_mul(1000);
            self.stop_at_ms = Some(self.uptime_ms().saturating_add(grace_ms));
            self.leave_at_ms = self.uptime_ms().saturating_add(FAREWELL_MS);
            self.to_close = self.floor.desk.connections();
            let told = connections(self.to_close);
            log::info(format_args!(
                "Stopping: {told} told, at most {seconds} s to leave"
            ));
            notify::stopping(Duration::from_secs(seconds));
            self.floor.stop(seconds);
        }
    }

    fn is_done(&self) -> bool {
        let now_ms = self.uptime_ms();
        let is_said = || now_ms >= self.leave_at_ms && self.floor.is_all_said();
        self.stop_at_ms
            .is_some_and(|at| self.floor.is_empty() || is_said() || now_ms >= at)
    }
}

fn connections(count: usize) -> String {
    match count {
        1 => "1 connection".into(),
        n => format!("{n} connections"),
    }
}
