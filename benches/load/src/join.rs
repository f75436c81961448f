//! Clients enter rooms; it is over when each has been told so and the line is quiet.

use crate::clock::MS;
use crate::net::{Id, Net};
use crate::run::{Phase, Run, Step, is_ping};
use crate::wire::{self, text};

#[derive(Debug)]
pub struct Join<'a> {
    first: Id,
    /// What each of them joins, from the first on.
    rooms: &'a [String],
    has_joined: Vec<bool>,
    begun: usize,
    done: usize,
    ramp: usize,
    settle: u64,
    why: Option<String>,
}

impl Run {
    /// Client `first + i` joins `rooms[i]`, which may be several names with commas between.
    pub fn join(&mut self, first: Id, rooms: &[String]) -> Result<(), String> {
        let mut phase = Join {
            first,
            rooms,
            has_joined: vec![false; rooms.len()],
            begun: 0,
            done: 0,
            ramp: self.common.ramp.max(1),
            settle: self.common.settle * MS,
            why: None,
        };
        self.drive("join", &mut phase)
    }
}

impl Phase for Join<'_> {
    fn step(&mut self, net: &mut Net, now: u64) -> Step {
        if let Some(why) = &self.why {
            return Step::Fail(why.clone());
        }
        while self.begun < self.rooms.len() && self.begun - self.done < self.ramp {
            let line = format!("JOIN {}\r\n", self.rooms[self.begun]);
            net.queue(self.first + self.begun, line.as_bytes());
            self.begun += 1;
        }
        if self.done < self.rooms.len() {
            return Step::Wait(50 * MS);
        }
        let quiet = now.saturating_sub(net.heard_at);
        match self.settle.checked_sub(quiet) {
            None | Some(0) => Step::Done,
            Some(rest) => Step::Wait(rest),
        }
    }

    fn on_line(&mut self, net: &mut Net, id: Id, line: &[u8], _now: u64) {
        let words = wire::split(line);
        match words.numeric() {
            Some(366) => {
                let index = id.checked_sub(self.first);
                if let Some(has @ false) = index.and_then(|index| self.has_joined.get_mut(index)) {
                    *has = true;
                    self.done += 1;
                }
            }
            Some(263 | 403..=407 | 437 | 461 | 471..=477) => self.why = Some(text(line)),
            Some(_) => {}
            None if words.command == b"ERROR" => self.why = Some(text(line)),
            None => {
                is_ping(net, id, &words);
            }
        }
    }

    fn on_close(&mut self, _net: &mut Net, id: Id, why: &str) {
        self.why
            .get_or_insert_with(|| format!("client {id}: {why}"));
    }
}
