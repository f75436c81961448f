//! Clients that are there already join one room all at once; each must hear of all who come after it.

use crate::net::{Id, Net};
use crate::run::{Phase, Run, Step, is_ping, patience};
use crate::wire::{self, nicks, room, text};
use clap::Args;

#[derive(Args, Debug)]
pub struct Joinstorm {
    /// How many
    #[arg(short = 'n', long, default_value_t = 1000)]
    pub clients: usize,
}

impl Joinstorm {
    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        run.register(&nicks('u', self.clients))?;
        let mut entering = Entering {
            clients: self.clients,
            has_begun: false,
            heard: 0,
            listed: 0,
            stall: run.stall(),
            why: None,
        };
        let (result, used) = run.metered("join", &mut entering);
        let figures = &mut run.figures;
        figures.set("clients", self.clients);
        figures.set("joins_heard", entering.heard);
        figures.set("joins_due", entering.due());
        figures.number("cpu_us_per_join_heard", used.us_per(entering.heard));
        figures.usage("", &used);
        result?;
        match (entering.is_whole(), entering.why) {
            (true, None) => Ok(()),
            (_, why) => Err(why.unwrap_or_else(|| "not every join was heard".into())),
        }
    }
}

#[derive(Debug)]
struct Entering {
    clients: usize,
    has_begun: bool,
    /// Lines that told somebody of a join.
    heard: u64,
    /// Clients who have the list of members.
    listed: usize,
    stall: u64,
    why: Option<String>,
}

impl Entering {
    /// Whoever enters is told of it, and so are those who are there.
    fn due(&self) -> u64 {
        let clients = self.clients as u64;
        clients * (clients + 1) / 2
    }

    fn is_whole(&self) -> bool {
        self.heard >= self.due() && self.listed >= self.clients
    }
}

impl Phase for Entering {
    fn step(&mut self, net: &mut Net, now: u64) -> Step {
        if !self.has_begun {
            self.has_begun = true;
            net.heard_at = now;
            let line = format!("JOIN {}\r\n", room(0));
            (0..self.clients).for_each(|id| net.queue(id, line.as_bytes()));
        }
        match self.is_whole() {
            true => Step::Done,
            false => patience(net, now, self.stall),
        }
    }

    fn on_line(&mut self, net: &mut Net, id: Id, line: &[u8], _now: u64) {
        let words = wire::split(line);
        match words.numeric() {
            None if words.command == b"JOIN" => self.heard += 1,
            Some(366) => self.listed += 1,
            Some(400..=499) => {
                self.why.get_or_insert_with(|| text(line));
            }
            _ => {
                is_ping(net, id, &words);
            }
        }
    }

    fn on_close(&mut self, _net: &mut Net, id: Id, why: &str) {
        self.why
            .get_or_insert_with(|| format!("client {id}: {why}"));
    }
}
