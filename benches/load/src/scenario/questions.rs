//! One client asks for long lists where many are online: what an answer costs and how long it takes.

use crate::clock;
use crate::hist::Hist;
use crate::net::{Id, Net};
use crate::run::{Phase, Run, Step, is_ping, patience};
use crate::wire::{self, nicks, room, text};
use clap::Args;

#[derive(Args, Debug)]
pub struct Questions {
    /// Clients online
    #[arg(short = 'n', long, default_value_t = 10_000)]
    pub clients: usize,
    /// How many of them are in one room, about which is asked
    #[arg(short, long, default_value_t = 2000)]
    pub big: usize,
    /// Members of each other room
    #[arg(short, long, default_value_t = 10)]
    pub room_size: usize,
    /// How often each question is asked
    #[arg(short, long, default_value_t = 20)]
    pub times: u32,
}

/// What is asked, under which name it is told, a line of the answer, its end.
const QUESTIONS: [(&str, &str, u16, u16); 4] = [
    ("NAMES #big", "names", 353, 366),
    ("WHO #big", "who_room", 352, 315),
    ("WHO *", "who_all", 352, 315),
    ("LIST", "list", 322, 323),
];

impl Questions {
    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        let big = self.big.clamp(1, self.clients);
        run.register(&nicks('u', self.clients))?;
        let asker = self.clients;
        run.register(&["asker".to_owned()])?;
        run.join(0, &vec!["#big".to_owned(); big])?;
        let small: Vec<String> = (0..self.clients - big)
            .map(|index| room(index / self.room_size.max(1)))
            .collect();
        run.join(big, &small)?;
        run.join(asker, &["#big".to_owned()])?;
        run.figures.set("clients", self.clients);
        run.figures.set("in_the_big_room", big);
        for (line, name, item, end) in QUESTIONS {
            let mut asking = Asking {
                asker,
                line,
                item,
                end,
                left: self.times,
                asked_at: 0,
                lines: 0,
                latency: Hist::default(),
                stall: run.stall(),
                why: None,
            };
            let (result, used) = run.metered(name, &mut asking);
            let answers = asking.latency.len();
            let figures = &mut run.figures;
            let lines = asking.lines as f64 / answers.max(1) as f64;
            figures.number(&format!("{name}_lines"), lines);
            figures.number(&format!("{name}_cpu_us_per_answer"), used.us_per(answers));
            figures.number(
                &format!("{name}_cpu_us_per_line"),
                used.us_per(asking.lines),
            );
            figures.percentiles(&format!("{name}_answer"), &asking.latency);
            result?;
            if let Some(why) = asking.why.or((asking.left > 0).then(|| "no answer".into())) {
                return Err(format!("{line}: {why}"));
            }
        }
        Ok(())
    }
}

#[derive(Debug)]
struct Asking {
    asker: Id,
    line: &'static str,
    item: u16,
    end: u16,
    left: u32,
    /// 0 when no answer is awaited.
    asked_at: u64,
    lines: u64,
    latency: Hist,
    stall: u64,
    why: Option<String>,
}

impl Phase for Asking {
    fn step(&mut self, net: &mut Net, now: u64) -> Step {
        if self.left == 0 || self.why.is_some() {
            return Step::Done;
        }
        if self.asked_at == 0 {
            self.asked_at = clock::now();
            net.heard_at = now;
            net.queue(self.asker, format!("{}\r\n", self.line).as_bytes());
        }
        patience(net, now, self.stall)
    }

    fn on_line(&mut self, net: &mut Net, id: Id, line: &[u8], now: u64) {
        let words = wire::split(line);
        match words.numeric() {
            Some(number) if number == self.item => self.lines += 1,
            Some(number) if number == self.end => {
                self.latency.record(now.saturating_sub(self.asked_at));
                self.asked_at = 0;
                self.left = self.left.saturating_sub(1);
            }
            Some(263 | 400..=499) => self.why = Some(text(line)),
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
