//! Short sessions: connect, join, say one thing, quit. An observer in each room hears that it was said.

use crate::clock;
use crate::hist::Hist;
use crate::net::{Id, Net};
use crate::options::Common;
use crate::probe::Probe;
use crate::register::{has_arrived, hello};
use crate::run::{Phase, Run, Step, is_ping, patience};
use crate::socket::Receive;
use crate::wire::{self, nick, nicks, room, text};
use clap::Args;

#[derive(Args, Debug)]
pub struct Churn {
    /// Sessions at a time
    #[arg(short, long, default_value_t = 32)]
    pub concurrent: usize,
    /// Sessions in all
    #[arg(short, long, default_value_t = 5000)]
    pub sessions: usize,
    /// Rooms that they are spread over
    #[arg(short, long, default_value_t = 16)]
    pub rooms: usize,
}

impl Churn {
    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        let rooms = self.rooms.max(1);
        run.register(&nicks('o', rooms))?;
        run.join(0, &(0..rooms).map(room).collect::<Vec<_>>())?;
        let mut coming = Coming {
            common: run.common.clone(),
            rooms,
            first: rooms,
            sessions: Vec::with_capacity(self.sessions),
            total: self.sessions,
            concurrent: self.concurrent.max(1),
            finished: 0,
            broken: 0,
            heard: 0,
            stall: run.stall(),
            ready: Hist::default(),
            whole: Hist::default(),
            why: None,
        };
        let (result, used) = run.metered("churn", &mut coming);
        let figures = &mut run.figures;
        figures.set("sessions", self.sessions);
        figures.set("concurrent", self.concurrent);
        figures.set("finished", coming.finished);
        figures.set("heard", coming.heard);
        figures.set("broken", coming.broken);
        figures.number("sessions_per_s", coming.finished as f64 / used.wall_s);
        figures.number("cpu_us_per_session", used.us_per(coming.finished as u64));
        figures.percentiles("ready", &coming.ready);
        figures.percentiles("session", &coming.whole);
        figures.usage("", &used);
        result?;
        let is_whole = coming.finished == self.sessions && coming.heard >= self.sessions;
        match is_whole && coming.broken == 0 {
            true => Ok(()),
            false => Err(coming.why.unwrap_or_else(|| "not all was heard".into())),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Opening,
    Joining,
    Leaving,
}

#[derive(Debug)]
struct Session {
    stage: Stage,
    begun: u64,
}

#[derive(Debug)]
struct Coming {
    common: Common,
    rooms: usize,
    /// Place of the first session; below it are the observers.
    first: Id,
    sessions: Vec<Session>,
    total: usize,
    concurrent: usize,
    finished: usize,
    broken: usize,
    heard: usize,
    stall: u64,
    ready: Hist,
    whole: Hist,
    why: Option<String>,
}

impl Coming {
    fn broke(&mut self, why: impl FnOnce() -> String) {
        self.broken += 1;
        self.why.get_or_insert_with(why);
    }

    fn observe(&mut self, net: &mut Net, id: Id, line: &[u8]) {
        match Probe::read(line, self.common.payload) {
            Some(_) => self.heard += 1,
            None => {
                is_ping(net, id, &wire::split(line));
            }
        }
    }

    fn speak(&self, net: &mut Net, id: Id, index: usize, now: u64) {
        let probe = Probe {
            sender: 0,
            number: index as u32,
            stamp: now,
        };
        let head = format!("PRIVMSG {} :", room(index % self.rooms));
        net.queue_with(id, |out| {
            probe.push(out, head.as_bytes(), self.common.payload)
        });
        net.queue(id, b"QUIT :done\r\n");
    }
}

impl Phase for Coming {
    fn step(&mut self, net: &mut Net, now: u64) -> Step {
        while self.sessions.len() - self.finished < self.concurrent
            && self.sessions.len() < self.total
        {
            if let Err(error) = net.connect(Receive::Usual) {
                return Step::Fail(error.to_string());
            }
            self.sessions.push(Session {
                stage: Stage::Opening,
                begun: clock::now(),
            });
        }
        match self.finished == self.total && self.heard >= self.total {
            true => Step::Done,
            false => patience(net, now, self.stall),
        }
    }

    fn on_open(&mut self, net: &mut Net, id: Id) {
        let index = (id - self.first) as u64;
        net.queue(id, &hello(&self.common, &nick('c', index)));
    }

    fn on_line(&mut self, net: &mut Net, id: Id, line: &[u8], now: u64) {
        let Some(index) = id.checked_sub(self.first) else {
            return self.observe(net, id, line);
        };
        let words = wire::split(line);
        match (words.numeric(), self.sessions[index].stage) {
            (_, Stage::Opening) if has_arrived(&words) => {
                self.sessions[index].stage = Stage::Joining;
                self.ready.record(now - self.sessions[index].begun);
                let line = format!("JOIN {}\r\n", room(index % self.rooms));
                net.queue(id, line.as_bytes());
            }
            (Some(366), Stage::Joining) => {
                self.sessions[index].stage = Stage::Leaving;
                self.speak(net, id, index, now);
            }
            (Some(401..=421 | 423..=499), _) => self.broke(|| text(line)),
            (None, Stage::Opening | Stage::Joining) if words.command == b"ERROR" => {
                self.why.get_or_insert_with(|| text(line));
            }
            _ => {
                is_ping(net, id, &words);
            }
        }
    }

    fn on_close(&mut self, _net: &mut Net, id: Id, why: &str) {
        let Some(index) = id.checked_sub(self.first) else {
            return self.broke(|| format!("observer {id}: {why}"));
        };
        if self.sessions[index].stage != Stage::Leaving {
            self.broke(|| format!("session {index}: {why}"));
        }
        self.whole.record(clock::now() - self.sessions[index].begun);
        self.finished += 1;
    }
}
