//! One run of a scenario: phases driven to their end, and what is known at the end.

use crate::clock::{self, MS, SECOND};
use crate::net::{Id, Net};
use crate::options::Common;
use crate::process::Sample;
use crate::report::{Figures, Meter, Usage};
use crate::wire::Line;
use std::io;

/// What a phase wants next.
#[derive(Debug)]
pub enum Step {
    /// To wait for at most so many nanoseconds.
    Wait(u64),
    Done,
    Fail(String),
}

/// One act of a scenario: hears what happens on the connections, and is asked before every wait.
pub trait Phase {
    fn step(&mut self, net: &mut Net, now: u64) -> Step;

    /// The connection stands.
    fn on_open(&mut self, _net: &mut Net, _id: Id) {}

    /// A line without its end, other than PING; `now` is when its bytes were read.
    fn on_line(&mut self, net: &mut Net, id: Id, line: &[u8], now: u64);

    /// The connection has ended, from the other side or by a fault.
    fn on_close(&mut self, net: &mut Net, id: Id, why: &str);
}

/// Time between two looks at the memory of the server.
const LOOK_EVERY: u64 = 100 * MS;

pub struct Run {
    pub common: Common,
    pub net: Net,
    pub figures: Figures,
    deadline: u64,
    looked_at: u64,
    /// The most memory seen since it was last set to zero.
    pub rss_most_kib: u64,
}

impl Run {
    /// With about so many connections.
    pub fn new(common: &Common, connections: usize) -> io::Result<Self> {
        Ok(Self {
            net: Net::new(common, connections)?,
            common: common.clone(),
            figures: Figures::default(),
            deadline: clock::now() + common.limit * SECOND,
            looked_at: 0,
            rss_most_kib: 0,
        })
    }

    /// Runs a phase to its end; a fault names it.
    pub fn drive(&mut self, name: &str, phase: &mut impl Phase) -> Result<(), String> {
        loop {
            let now = clock::now();
            if now >= self.deadline {
                return Err(format!("{name}: out of time"));
            }
            self.look(now);
            let wait = match phase.step(&mut self.net, now) {
                Step::Wait(wait) => wait.min(LOOK_EVERY).min(self.deadline - now),
                Step::Done => return Ok(()),
                Step::Fail(why) => return Err(format!("{name}: {why}")),
            };
            let polled = self.net.poll(wait, phase);
            polled.map_err(|error| format!("{name}: {error}"))?;
        }
    }

    /// The same, and what it has cost.
    pub fn metered(&mut self, name: &str, phase: &mut impl Phase) -> (Result<(), String>, Usage) {
        let meter = self.meter();
        let result = self.drive(name, phase);
        (result, meter.stop(&self.net.stats))
    }

    pub fn meter(&self) -> Meter {
        Meter::start(self.common.pid, &self.net.stats)
    }

    /// What the server holds now.
    pub fn sample(&self) -> Option<Sample> {
        self.common.pid.and_then(Sample::of)
    }

    /// When a phase gives up, as nanoseconds of silence.
    pub fn stall(&self) -> u64 {
        self.common.stall * SECOND
    }

    fn look(&mut self, now: u64) {
        if now - self.looked_at >= LOOK_EVERY {
            self.looked_at = now;
            if let Some(sample) = self.sample() {
                self.rss_most_kib = self.rss_most_kib.max(sample.rss_kib);
            }
        }
    }
}

/// Waits on in silence, or is done when there was too much of it.
pub fn patience(net: &Net, now: u64, stall: u64) -> Step {
    match stall.checked_sub(now.saturating_sub(net.heard_at)) {
        None | Some(0) => Step::Done,
        Some(rest) => Step::Wait(rest),
    }
}

/// Answers a PING with a prefix, which the engine has not; `true` if it was one.
pub fn is_ping(net: &mut Net, id: Id, line: &Line<'_>) -> bool {
    let is = line.command == b"PING";
    if is {
        net.pong(id, line.rest);
    }
    is
}

/// Does nothing for a while.
#[derive(Debug)]
pub struct Silence {
    pub until: u64,
    pub closed: usize,
}

impl Silence {
    pub fn of_seconds(seconds: u64) -> Self {
        Self {
            until: clock::now() + seconds * SECOND,
            closed: 0,
        }
    }
}

impl Phase for Silence {
    fn step(&mut self, _net: &mut Net, now: u64) -> Step {
        match self.until.checked_sub(now) {
            None | Some(0) => Step::Done,
            Some(rest) => Step::Wait(rest),
        }
    }

    fn on_line(&mut self, net: &mut Net, id: Id, line: &[u8], _now: u64) {
        is_ping(net, id, &crate::wire::split(line));
    }

    fn on_close(&mut self, _net: &mut Net, _id: Id, _why: &str) {
        self.closed += 1;
    }
}
