//! An open loop: messages fall due at a fixed rate, whatever becomes of them.
//!
//! The time in each is when it *should* have been sent, so that a server, or this program, that falls behind
//! shows it as latency. Client `i` is in room `i % rooms`.

use crate::clock;
use crate::hist::Hist;
use crate::net::{Id, Net};
use crate::probe::Probe;
use crate::report::Usage;
use crate::run::{Phase, Run, Step, is_ping, patience};
use crate::wire::{self, room, text};

#[derive(Debug)]
pub struct Offered {
    payload: usize,
    rooms: usize,
    clients: usize,
    /// A member that neither sends nor is expected to receive, and its name.
    deaf: Option<(Id, String)>,
    heads: Vec<Vec<u8>>,
    interval: f64,
    total: u64,
    sent: u64,
    due: u64,
    begun: u64,
    stall: u64,
    delivered: u64,
    strays: u64,
    late: Hist,
    pub latency: Hist,
    why: Option<String>,
    pub deaf_gone_at: Option<u64>,
}

impl Offered {
    pub fn new(run: &Run, clients: usize, rooms: usize, rate: f64, seconds: u64) -> Self {
        let head = |number| format!("PRIVMSG {} :", room(number)).into_bytes();
        Self {
            payload: run.common.payload,
            rooms,
            clients,
            deaf: None,
            heads: (0..rooms).map(head).collect(),
            interval: clock::SECOND as f64 / rate,
            total: (rate * seconds as f64) as u64,
            sent: 0,
            due: 0,
            begun: 0,
            stall: run.stall(),
            delivered: 0,
            strays: 0,
            late: Hist::default(),
            latency: Hist::default(),
            why: None,
            deaf_gone_at: None,
        }
    }

    pub fn with_deaf(mut self, id: Id, nick: &str) -> Self {
        self.deaf = Some((id, nick.to_owned()));
        self
    }

    pub fn begun_at(&self) -> u64 {
        self.begun
    }

    pub fn sent(&self) -> u64 {
        self.sent
    }

    fn room_size(&self, room: usize) -> usize {
        (self.clients - room).div_ceil(self.rooms)
    }

    fn is_deaf(&self, id: Id) -> bool {
        self.deaf.as_ref().is_some_and(|(deaf, _)| *deaf == id)
    }

    /// A fixed, well mixed order of those who send.
    fn sender(&self, number: u64) -> Id {
        let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
        let sender = mixed as usize % self.clients;
        match self.is_deaf(sender) {
            true => (sender + self.rooms) % self.clients,
            false => sender,
        }
    }

    fn intended(&self, number: u64) -> u64 {
        self.begun + (number as f64 * self.interval) as u64
    }

    fn send_next(&mut self, net: &mut Net, now: u64) {
        let (sender, stamp) = (self.sender(self.sent), self.intended(self.sent));
        self.late.record(now - stamp);
        let room = sender % self.rooms;
        let probe = Probe {
            sender: sender as u16,
            number: self.sent as u32,
            stamp,
        };
        let (head, payload) = (&self.heads[room], self.payload);
        net.queue_with(sender, |out| probe.push(out, head, payload));
        self.due += (self.room_size(room) - 1) as u64 - u64::from(self.deaf.is_some());
        self.sent += 1;
    }

    fn lost(&self) -> u64 {
        self.due.saturating_sub(self.delivered)
    }

    /// Runs it, and adds what came of it; a loss is a fault.
    pub fn measure(&mut self, run: &mut Run, prefix: &str) -> Result<Usage, String> {
        run.rss_most_kib = 0;
        let (result, used) = run.metered("offered load", self);
        let most = run.rss_most_kib;
        let figures = &mut run.figures;
        let mut set = |name: &str, value: f64| figures.number(&format!("{prefix}{name}"), value);
        set("sent", self.sent as f64);
        set("delivered", self.delivered as f64);
        set("lost", self.lost() as f64);
        set("strays", self.strays as f64);
        set("deliveries_per_s", self.delivered as f64 / used.wall_s);
        set("cpu_us_per_delivery", used.us_per(self.delivered));
        set("cpu_us_per_message", used.us_per(self.sent));
        set("send_late_us_p99", self.late.percentile(0.99) as f64 / 1e3);
        set("rss_most_kib", most as f64);
        figures.percentiles(&format!("{prefix}latency"), &self.latency);
        figures.usage(prefix, &used);
        result?;
        match (self.lost(), &self.why) {
            (0, None) => Ok(used),
            (lost, why) => Err(format!(
                "{prefix}{lost} lost; {}",
                why.as_deref().unwrap_or("")
            )),
        }
    }
}

impl Phase for Offered {
    fn step(&mut self, net: &mut Net, now: u64) -> Step {
        if self.begun == 0 {
            self.begun = now;
            net.heard_at = now;
        }
        while self.sent < self.total && self.intended(self.sent) <= now {
            self.send_next(net, now);
        }
        if self.sent < self.total {
            return Step::Wait(self.intended(self.sent).saturating_sub(now));
        }
        match self.delivered >= self.due {
            true => Step::Done,
            false => patience(net, now, self.stall),
        }
    }

    #[inline]
    fn on_line(&mut self, net: &mut Net, id: Id, line: &[u8], now: u64) {
        if let Some(probe) = Probe::read(line, self.payload) {
            if usize::from(probe.sender) == id {
                return;
            }
            if probe.stamp < self.begun {
                self.strays += 1;
                return;
            }
            self.delivered += 1;
            self.latency.record(now.saturating_sub(probe.stamp));
            return;
        }
        let words = wire::split(line);
        let is_deaf = |(_, nick): &(Id, String)| words.nick() == nick.as_bytes();
        if words.command == b"QUIT" && self.deaf.as_ref().is_some_and(is_deaf) {
            self.deaf_gone_at.get_or_insert(now);
        }
        let is_refusal = matches!(words.numeric(), Some(400..=499)) || words.command == b"ERROR";
        if !is_ping(net, id, &words) && is_refusal {
            self.why.get_or_insert_with(|| text(line));
        }
    }

    fn on_close(&mut self, _net: &mut Net, id: Id, why: &str) {
        if self.is_deaf(id) {
            self.deaf_gone_at.get_or_insert(clock::now());
        } else {
            self.why
                .get_or_insert_with(|| format!("client {id}: {why}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Cli;
    use clap::Parser;

    fn offered(clients: usize, rooms: usize) -> Offered {
        let common = Cli::parse_from(["load", "rooms"]).common;
        Offered::new(&Run::new(&common, 2).unwrap(), clients, rooms, 1000.0, 2)
    }

    #[test]
    fn the_rooms_hold_everybody() {
        let offered = offered(103, 10);
        let sizes = (0..10).map(|room| offered.room_size(room));
        assert_eq!(sizes.sum::<usize>(), 103);
        assert_eq!(offered.total, 2000);
    }

    #[test]
    fn the_deaf_member_never_sends() {
        let offered = offered(10, 1).with_deaf(9, "u9");
        let mut sent = [0; 10];
        (0..10_000).for_each(|number| sent[offered.sender(number)] += 1);
        assert_eq!(sent[9], 0);
        assert!(sent[1..9].iter().all(|&count| count > 500), "{sent:?}");
    }

    #[test]
    fn the_rate_is_kept() {
        let offered = offered(10, 1);
        assert_eq!(offered.intended(1000) - offered.intended(0), clock::SECOND);
    }
}
