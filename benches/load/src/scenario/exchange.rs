//! A closed loop: a sender has at most so many messages under way that not every receiver has yet.
//!
//! The last receiver's copy makes room for the next one. This needs no echo, and it bounds what the server
//! holds. Clients are in groups: client `i` is in group `i % groups`, and whoever sends, sends to the others there.

use crate::clock;
use crate::hist::Hist;
use crate::net::{Id, Net};
use crate::probe::Probe;
use crate::report::Usage;
use crate::run::{Phase, Run, Step, is_ping, patience};
use crate::wire::{self, text};

/// Who writes to whom, and how much.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub clients: usize,
    pub groups: usize,
    /// The first so many clients send.
    pub senders: usize,
    /// Messages of each of them.
    pub messages: u32,
    /// Messages of each of them under way.
    pub window: u32,
}

impl Plan {
    pub fn must_be_possible(&self) -> Result<(), String> {
        let has_receivers = self.groups > 0 && self.clients >= 2 * self.groups;
        let has_senders = (1..=self.clients.min(usize::from(u16::MAX))).contains(&self.senders);
        match has_receivers && has_senders {
            true => Ok(()),
            false => Err("too few clients, or too many senders".into()),
        }
    }
}

/// What has come of it.
#[derive(Debug, Default)]
pub struct Tally {
    pub due: u64,
    pub delivered: u64,
    skipped: u64,
    duplicates: u64,
    echoes: u64,
    strays: u64,
    closed: u64,
}

#[derive(Debug)]
pub struct Exchange {
    plan: Plan,
    /// Place of the first client of the plan.
    first: Id,
    payload: usize,
    stall: u64,
    /// What each sender's messages begin with.
    heads: Vec<Vec<u8>>,
    /// The next number of each sender.
    next: Vec<u32>,
    /// Receivers that lack a message, for each sender and place in its window.
    missing: Vec<u32>,
    /// The next number expected, for each receiver and sender of its group.
    expected: Vec<u32>,
    is_alive: Vec<bool>,
    alive_in: Vec<u32>,
    /// Messages that are still to be sent.
    left: u64,
    has_begun: bool,
    pub tally: Tally,
    pub why: Option<String>,
    pub latency: Hist,
    /// Until the last receiver had it.
    pub complete: Hist,
}

impl Exchange {
    /// `target` says whom a sender writes to.
    pub fn new(run: &Run, plan: Plan, target: impl Fn(usize) -> String) -> Self {
        let head = |sender| format!("PRIVMSG {} :", target(sender)).into_bytes();
        let in_group = |group: usize| (plan.clients - group).div_ceil(plan.groups) as u32;
        Self {
            plan,
            first: 0,
            payload: run.common.payload,
            stall: run.stall(),
            heads: (0..plan.senders).map(head).collect(),
            next: vec![0; plan.senders],
            missing: vec![0; plan.senders * plan.window.max(1) as usize],
            expected: vec![0; plan.clients * plan.senders.div_ceil(plan.groups)],
            is_alive: vec![true; plan.clients],
            alive_in: (0..plan.groups).map(in_group).collect(),
            left: plan.senders as u64 * u64::from(plan.messages),
            has_begun: false,
            tally: Tally::default(),
            why: None,
            latency: Hist::default(),
            complete: Hist::default(),
        }
    }

    /// The clients of the plan are those from this place on.
    pub fn from(mut self, first: Id) -> Self {
        self.first = first;
        self
    }

    #[inline]
    fn cell(&self, receiver: Id, sender: usize) -> usize {
        let columns = self.plan.senders.div_ceil(self.plan.groups);
        receiver * columns + sender / self.plan.groups
    }

    #[inline]
    fn place(&self, sender: usize, number: u32) -> usize {
        let window = self.plan.window.max(1);
        sender * window as usize + (number % window) as usize
    }

    /// Sends as much as there is room for.
    fn pump(&mut self, net: &mut Net, sender: usize) {
        while self.next[sender] < self.plan.messages && self.is_alive[sender] {
            let number = self.next[sender];
            let place = self.place(sender, number);
            let receivers = self.alive_in[sender % self.plan.groups] - 1;
            if self.missing[place] > 0 || receivers == 0 {
                return;
            }
            self.missing[place] = receivers;
            self.tally.due += u64::from(receivers);
            self.next[sender] += 1;
            self.left -= 1;
            let probe = Probe {
                sender: sender as u16,
                number,
                stamp: clock::now(),
            };
            let (head, payload) = (&self.heads[sender], self.payload);
            net.queue_with(self.first + sender, |out| probe.push(out, head, payload));
        }
    }

    /// One receiver less lacks this message; `true` when none does.
    #[inline]
    fn settle(&mut self, sender: usize, number: u32) -> bool {
        let place = self.place(sender, number);
        self.missing[place] = self.missing[place].saturating_sub(1);
        self.missing[place] == 0
    }

    fn aside(&mut self, net: &mut Net, id: Id, line: &[u8]) {
        let words = wire::split(line);
        let is_refusal = matches!(words.numeric(), Some(400..=499)) || words.command == b"ERROR";
        if !is_ping(net, id, &words) && is_refusal {
            self.why.get_or_insert_with(|| text(line));
        }
    }

    /// Copies that have not come.
    pub fn lost(&self) -> u64 {
        self.tally.due - self.tally.delivered
    }

    /// Adds what came of it; a loss is a fault.
    pub fn tell(&self, run: &mut Run, used: &Usage) -> Result<(), String> {
        let figures = &mut run.figures;
        figures.set("clients", self.plan.clients);
        figures.set("senders", self.plan.senders);
        figures.set("payload", self.payload);
        figures.set("window", self.plan.window);
        figures.set("delivered", self.tally.delivered);
        figures.set("lost", self.lost());
        figures.set("duplicates", self.tally.duplicates);
        figures.set("echoes", self.tally.echoes);
        figures.set("strays", self.tally.strays);
        figures.set("closed", self.tally.closed);
        figures.number(
            "deliveries_per_s",
            self.tally.delivered as f64 / used.wall_s,
        );
        figures.number("cpu_us_per_delivery", used.us_per(self.tally.delivered));
        figures.set("rss_most_kib", run.rss_most_kib);
        run.figures.percentiles("latency", &self.latency);
        run.figures.percentiles("last_receiver", &self.complete);
        run.figures.usage("", used);
        self.must_be_whole()
    }

    pub fn must_be_whole(&self) -> Result<(), String> {
        match (self.lost(), &self.why) {
            (0, None) => Ok(()),
            (lost, why) => Err(format!("{lost} lost; {}", why.as_deref().unwrap_or(""))),
        }
    }
}

impl Phase for Exchange {
    fn step(&mut self, net: &mut Net, now: u64) -> Step {
        if !self.has_begun {
            self.has_begun = true;
            net.heard_at = now;
            (0..self.plan.senders).for_each(|sender| self.pump(net, sender));
        }
        if self.left == 0 && self.tally.delivered + self.tally.skipped >= self.tally.due {
            return Step::Done;
        }
        patience(net, now, self.stall)
    }

    #[inline]
    fn on_line(&mut self, net: &mut Net, id: Id, line: &[u8], now: u64) {
        let Some(probe) = Probe::read(line, self.payload) else {
            return self.aside(net, id, line);
        };
        let sender = usize::from(probe.sender);
        let Some(id) = id.checked_sub(self.first) else {
            self.tally.strays += 1;
            return;
        };
        if sender == id {
            self.tally.echoes += 1;
            return;
        }
        let is_ours = sender < self.plan.senders && probe.number < self.next[sender];
        let groups = self.plan.groups;
        if !is_ours || id >= self.plan.clients || sender % groups != id % groups {
            self.tally.strays += 1;
            return;
        }
        let cell = self.cell(id, sender);
        if probe.number < self.expected[cell] {
            self.tally.duplicates += 1;
            return;
        }
        let mut has_room = false;
        for skipped in self.expected[cell]..probe.number {
            self.tally.skipped += 1;
            has_room |= self.settle(sender, skipped);
        }
        self.expected[cell] = probe.number + 1;
        self.tally.delivered += 1;
        let took = now.saturating_sub(probe.stamp);
        self.latency.record(took);
        if self.settle(sender, probe.number) {
            has_room = true;
            self.complete.record(took);
        }
        if has_room {
            self.pump(net, sender);
        }
    }

    fn on_close(&mut self, net: &mut Net, id: Id, why: &str) {
        self.why
            .get_or_insert_with(|| format!("client {id}: {why}"));
        let Some(id) = id.checked_sub(self.first) else {
            return;
        };
        let Some(is_alive) = self.is_alive.get_mut(id) else {
            return;
        };
        *is_alive = false;
        self.tally.closed += 1;
        let group = id % self.plan.groups;
        self.alive_in[group] -= 1;
        if let Some(next) = self.next.get(id) {
            self.left -= u64::from(self.plan.messages - next);
        }
        for sender in (group..self.plan.senders).step_by(self.plan.groups) {
            if sender == id {
                continue;
            }
            for number in self.expected[self.cell(id, sender)]..self.next[sender] {
                self.tally.skipped += 1;
                self.settle(sender, number);
            }
            self.pump(net, sender);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Cli;
    use clap::Parser;

    const PLAN: Plan = Plan {
        clients: 4,
        groups: 2,
        senders: 2,
        messages: 3,
        window: 1,
    };

    fn begun() -> (Run, Exchange) {
        let common = Cli::parse_from(["load", "fanout"]).common;
        let run = Run::new(&common, 4).unwrap();
        let mut exchange = Exchange::new(&run, PLAN, |sender| format!("#{sender}"));
        // Nobody is connected, so that only the counts move.
        exchange.next = vec![1, 1];
        exchange.missing = vec![1, 1];
        exchange.tally.due = 2;
        exchange.left = 4;
        (run, exchange)
    }

    fn line(sender: u16, number: u32) -> Vec<u8> {
        let mut line = Vec::new();
        let stamp = 0;
        Probe {
            sender,
            number,
            stamp,
        }
        .push(&mut line, b":x PRIVMSG #0 :", 64);
        line.truncate(line.len() - 2);
        line
    }

    #[test]
    fn a_copy_counts_once_and_only_where_it_belongs() {
        let (mut run, mut exchange) = begun();
        exchange.next = vec![3, 3];
        for (id, sender, number) in [(2, 0, 0), (2, 0, 0), (3, 0, 0), (0, 0, 0), (2, 9, 0)] {
            exchange.on_line(&mut run.net, id, &line(sender, number), 5);
        }
        let tally = &exchange.tally;
        assert_eq!((tally.delivered, tally.duplicates), (1, 1));
        assert_eq!((tally.echoes, tally.strays), (1, 2));
    }

    #[test]
    fn what_was_skipped_is_lost() {
        let (mut run, mut exchange) = begun();
        exchange.next = vec![3, 3];
        exchange.on_line(&mut run.net, 2, &line(0, 2), 5);
        assert_eq!((exchange.tally.delivered, exchange.tally.skipped), (1, 2));
        exchange.tally.due = 3;
        assert!(exchange.must_be_whole().is_err());
    }

    #[test]
    fn a_plan_needs_receivers_and_senders() {
        assert!(PLAN.must_be_possible().is_ok());
        assert!(Plan { groups: 3, ..PLAN }.must_be_possible().is_err());
        assert!(Plan { groups: 0, ..PLAN }.must_be_possible().is_err());
        assert!(Plan { senders: 0, ..PLAN }.must_be_possible().is_err());
        assert!(Plan { senders: 5, ..PLAN }.must_be_possible().is_err());
    }
}
