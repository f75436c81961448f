//! Senders who hear of their own messages, which is when `chat` has stored them: how many a second, and how soon.
//!
//! Each is alone in a room. First as fast as they are heard, then at a fixed rate. The server must know echo-message.

use crate::clock;
use crate::hist::Hist;
use crate::net::{Id, Net};
use crate::probe::Probe;
use crate::run::{Phase, Run, Step, is_ping, patience};
use crate::wire::{self, nicks, room, text};
use clap::Args;

#[derive(Args, Debug)]
pub struct Acks {
    /// How many
    #[arg(short = 'n', long, default_value_t = 256)]
    pub senders: usize,
    /// Messages of each of them under way
    #[arg(short, long, default_value_t = 16)]
    pub window: u32,
    /// Messages in the first part
    #[arg(short, long, default_value_t = 100_000)]
    pub messages: u64,
    /// Messages per second in the second part
    #[arg(long, default_value_t = 500.0)]
    pub rate: f64,
    /// How long the second part is
    #[arg(short, long, default_value_t = 6)]
    pub seconds: u64,
}

impl Acks {
    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        let caps = run.common.cap.take();
        let caps: Vec<&str> = caps
            .as_deref()
            .into_iter()
            .chain(["echo-message"])
            .collect();
        run.common.cap = Some(caps.join(","));
        if run.register(&nicks('u', self.senders))?.caps_refused > 0 {
            return Err("the server does not know echo-message".into());
        }
        run.join(0, &(0..self.senders).map(room).collect::<Vec<_>>())?;
        run.figures.set("senders", self.senders);
        run.figures.set("window", self.window);

        let mut said = Said::new(run, self.senders, self.messages);
        said.window = u64::from(self.window.max(1)) * self.senders as u64;
        let (result, used) = run.metered("as fast as heard", &mut said);
        run.figures
            .number("acks_per_s", said.heard as f64 / used.wall_s);
        run.figures
            .number("cpu_us_per_ack", used.us_per(said.heard));
        run.figures.percentiles("full_ack", &said.latency);
        run.figures.usage("full_", &used);
        result.and(said.must_be_whole())?;

        let mut said = Said::new(run, self.senders, (self.rate * self.seconds as f64) as u64);
        said.interval = clock::SECOND as f64 / self.rate;
        let (result, used) = run.metered("at a rate", &mut said);
        run.figures.percentiles("ack", &said.latency);
        run.figures.usage("", &used);
        result.and(said.must_be_whole())
    }
}

#[derive(Debug)]
struct Said {
    senders: usize,
    payload: usize,
    total: u64,
    /// Messages under way, of all together.
    window: u64,
    /// Time between two messages; 0 when only the window counts.
    interval: f64,
    begun: u64,
    sent: u64,
    heard: u64,
    latency: Hist,
    stall: u64,
    why: Option<String>,
}

impl Said {
    fn new(run: &Run, senders: usize, total: u64) -> Self {
        Self {
            senders,
            payload: run.common.payload,
            total,
            window: u64::MAX,
            interval: 0.0,
            begun: 0,
            sent: 0,
            heard: 0,
            latency: Hist::default(),
            stall: run.stall(),
            why: None,
        }
    }

    fn say_next(&mut self, net: &mut Net, stamp: u64) {
        let sender = self.sent as usize % self.senders;
        let probe = Probe {
            sender: 0,
            number: self.sent as u32,
            stamp,
        };
        let head = format!("PRIVMSG {} :", room(sender));
        net.queue_with(sender, |out| probe.push(out, head.as_bytes(), self.payload));
        self.sent += 1;
    }

    fn must_be_whole(self) -> Result<(), String> {
        match (self.heard == self.total, self.why) {
            (true, None) => Ok(()),
            (_, why) => Err(format!(
                "{} of {} acknowledged; {}",
                self.heard,
                self.total,
                why.unwrap_or_default()
            )),
        }
    }
}

impl Phase for Said {
    fn step(&mut self, net: &mut Net, now: u64) -> Step {
        if self.begun == 0 {
            self.begun = now;
            net.heard_at = now;
        }
        while self.sent < self.total && self.sent - self.heard < self.window {
            let due = self.begun + (self.sent as f64 * self.interval) as u64;
            if self.interval > 0.0 && due > now {
                return Step::Wait(due - now);
            }
            let stamp = if self.interval > 0.0 {
                due
            } else {
                clock::now()
            };
            self.say_next(net, stamp);
        }
        match self.heard >= self.total || self.why.is_some() {
            true => Step::Done,
            false => patience(net, now, self.stall),
        }
    }

    fn on_line(&mut self, net: &mut Net, id: Id, line: &[u8], now: u64) {
        if let Some(probe) = Probe::read(line, self.payload) {
            self.heard += 1;
            return self.latency.record(now.saturating_sub(probe.stamp));
        }
        let words = wire::split(line);
        let is_refusal = matches!(words.numeric(), Some(400..=499)) || words.command == b"FAIL";
        if !is_ping(net, id, &words) && is_refusal {
            self.why.get_or_insert_with(|| text(line));
        }
    }

    fn on_close(&mut self, _net: &mut Net, id: Id, why: &str) {
        self.why
            .get_or_insert_with(|| format!("client {id}: {why}"));
    }
}
