//! Clients come: from `connect()` to the end of the message of the day.

use crate::clock::{self, MS};
use crate::hist::Hist;
use crate::net::{Id, Net};
use crate::options::Common;
use crate::run::{Phase, Run, Step, is_ping};
use crate::socket::Receive;
use crate::wire::{self, Line, text};

/// What becomes of a run when one of those who come is refused or cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Losses {
    EndTheRun,
    AreCounted,
}

/// What a client says first.
pub fn hello(common: &Common, nick: &str) -> Vec<u8> {
    let mut hello = String::new();
    if let Some(pass) = &common.pass {
        hello.push_str(&format!("PASS {pass}\r\n"));
    }
    if let Some(caps) = &common.cap {
        hello.push_str(&format!("CAP REQ :{}\r\n", caps.replace(',', " ")));
    }
    hello.push_str(&format!("NICK {nick}\r\nUSER {nick} 0 * :load\r\n"));
    if common.cap.is_some() {
        hello.push_str("CAP END\r\n");
    }
    hello.into_bytes()
}

/// Whether a line says that the client has arrived.
pub fn has_arrived(line: &Line<'_>) -> bool {
    matches!(line.numeric(), Some(376 | 422))
}

/// Whether a line says that the client is refused.
pub fn is_refused(line: &Line<'_>) -> bool {
    line.command == b"ERROR" || matches!(line.numeric(), Some(431..=437 | 451 | 461..=465))
}

#[derive(Debug)]
pub struct Register {
    hello: Vec<Vec<u8>>,
    begun: Vec<u64>,
    arrived: Vec<bool>,
    /// From `connect()` to the end.
    pub latency: Hist,
    first: Option<Id>,
    receive: Option<(usize, Receive)>,
    ramp: usize,
    pub ready: usize,
    pub lost: usize,
    losses: Losses,
    pub caps_refused: usize,
    /// Why the first of those who were lost was.
    pub why: Option<String>,
}

impl Run {
    /// Registers all of these; their places follow on those that exist.
    pub fn register(&mut self, nicks: &[String]) -> Result<Register, String> {
        let mut phase = Register::new(&self.common, nicks, Losses::EndTheRun);
        self.drive("register", &mut phase)?;
        self.figures.set("caps_refused", phase.caps_refused);
        Ok(phase)
    }
}

impl Register {
    pub fn new(common: &Common, nicks: &[String], losses: Losses) -> Self {
        Self {
            hello: nicks.iter().map(|nick| hello(common, nick)).collect(),
            begun: Vec::with_capacity(nicks.len()),
            arrived: vec![false; nicks.len()],
            latency: Hist::default(),
            first: None,
            receive: None,
            ramp: common.ramp.max(1),
            ready: 0,
            lost: 0,
            losses,
            caps_refused: 0,
            why: None,
        }
    }

    /// All at once.
    pub fn without_ramp(mut self) -> Self {
        self.ramp = usize::MAX;
        self
    }

    /// One of them keeps less than usual of what it does not read.
    pub fn with_receive(mut self, index: usize, receive: Receive) -> Self {
        self.receive = Some((index, receive));
        self
    }

    fn index(&self, id: Id) -> Option<usize> {
        id.checked_sub(self.first?)
    }
}

impl Phase for Register {
    fn step(&mut self, net: &mut Net, _now: u64) -> Step {
        if let Some(why) = self
            .why
            .as_ref()
            .filter(|_| self.losses == Losses::EndTheRun)
        {
            return Step::Fail(why.clone());
        }
        let gone = self.ready + self.lost;
        if gone == self.hello.len() {
            return Step::Done;
        }
        while self.begun.len() < self.hello.len() && self.begun.len() - gone < self.ramp {
            let receive = match self.receive {
                Some((index, receive)) if index == self.begun.len() => receive,
                _ => Receive::Usual,
            };
            match net.connect(receive) {
                Ok(id) => {
                    self.first.get_or_insert(id);
                    self.begun.push(clock::now());
                }
                Err(error) => return Step::Fail(error.to_string()),
            }
        }
        Step::Wait(50 * MS)
    }

    fn on_open(&mut self, net: &mut Net, id: Id) {
        if let Some(index) = self.index(id) {
            net.queue(id, &std::mem::take(&mut self.hello[index]));
        }
    }

    fn on_line(&mut self, net: &mut Net, id: Id, line: &[u8], now: u64) {
        let Some(index) = self.index(id) else {
            return;
        };
        let words = wire::split(line);
        if has_arrived(&words) && !self.arrived[index] {
            self.arrived[index] = true;
            self.ready += 1;
            self.latency.record(now.saturating_sub(self.begun[index]));
        } else if is_refused(&words) {
            self.why.get_or_insert_with(|| text(line));
        } else if words.command == b"CAP" && words.rest.windows(5).any(|part| part == b" NAK ") {
            self.caps_refused += 1;
        } else {
            is_ping(net, id, &words);
        }
    }

    fn on_close(&mut self, _net: &mut Net, id: Id, why: &str) {
        self.lost += 1;
        if let Some(index) = self.index(id) {
            self.ready -= usize::from(self.arrived[index]);
        }
        self.why
            .get_or_insert_with(|| format!("client {id}: {why}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Cli;
    use clap::Parser;

    fn common(words: &[&str]) -> Common {
        Cli::parse_from([&["load", "connect"], words].concat()).common
    }

    #[test]
    fn a_client_says_what_was_asked_for() {
        assert_eq!(hello(&common(&[]), "a"), b"NICK a\r\nUSER a 0 * :load\r\n");
        let common = common(&["--pass", "p", "--cap", "x,y"]);
        let expected = "PASS p\r\nCAP REQ :x y\r\nNICK a\r\nUSER a 0 * :load\r\nCAP END\r\n";
        assert_eq!(String::from_utf8(hello(&common, "a")).unwrap(), expected);
    }

    #[test]
    fn arrival_and_refusal_are_told_apart() {
        let told = |line: &str| {
            let line = wire::split(line.as_bytes());
            (has_arrived(&line), is_refused(&line))
        };
        assert_eq!(told(":s 376 a :End of MOTD"), (true, false));
        assert_eq!(told(":s 422 a :No MOTD"), (true, false));
        assert_eq!(told(":s 433 * a :Taken"), (false, true));
        assert_eq!(told("ERROR :Too many"), (false, true));
        assert_eq!(told(":s 001 a :Welcome"), (false, false));
    }
}
