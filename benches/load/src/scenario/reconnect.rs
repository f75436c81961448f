//! The server is ended while all are there, and started again; they come back at once, as soon as it lets them.
//!
//! This scenario starts the server itself: it is told how.

use crate::clock::{self, MS};
use crate::hist::Hist;
use crate::net::{Id, Net};
use crate::options::Common;
use crate::register::{has_arrived, hello, is_refused};
use crate::run::{Phase, Run, Step, is_ping};
use crate::socket::Receive;
use crate::wire::{self, nicks, text};
use clap::Args;
use rustix::process::{Pid, Signal, kill_process};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

#[derive(Args, Debug)]
pub struct Reconnect {
    /// How many
    #[arg(short = 'n', long, default_value_t = 5000)]
    pub clients: usize,
    /// Words of the command that starts the server at --port, which must stay in the foreground
    #[arg(long, required = true, num_args = 1, value_delimiter = ' ')]
    start: Vec<String>,
}

const STARTS_WITHIN: Duration = Duration::from_secs(20);
/// Between two attempts while nobody listens.
const RETRY: u64 = 5 * MS;

impl Reconnect {
    pub fn act(&self, run: &mut Run) -> Result<(), String> {
        let mut server = Server::start(&self.start, &run.common)?;
        run.register(&nicks('u', self.clients))?;
        let mut back = Back::new(&run.common, self.clients);
        let ended = clock::now();
        server.end();
        let down = clock::seconds(clock::now() - ended);
        server = Server::start(&self.start, &run.common)?;
        run.common.pid = Some(server.0.id());
        let (result, used) = run.metered("reconnect", &mut back);
        let figures = &mut run.figures;
        figures.set("clients", self.clients);
        figures.set("back", back.back);
        figures.set("cut_while_returning", back.cut);
        figures.set("lost", self.clients - back.back + back.cut);
        figures.number("server_took_to_end_s", down);
        figures.percentiles("return", &back.latency);
        figures.number("returns_per_s", back.back as f64 / used.wall_s);
        figures.number("cpu_us_per_return", used.us_per(back.back as u64));
        figures.usage("", &used);
        drop(server);
        result?;
        match back.cut {
            0 => Ok(()),
            cut => Err(format!("{cut} cut; {}", back.why.unwrap_or_default())),
        }
    }
}

/// A server of our own, ended with this.
struct Server(Child);

impl Server {
    fn start(words: &[String], common: &Common) -> Result<Self, String> {
        let (program, arguments) = words.split_first().ok_or("no command to start")?;
        let child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{program}: {error}"))?;
        let mut server = Self(child);
        let begun = Instant::now();
        while TcpStream::connect((common.host, common.port)).is_err() {
            let has_ended = !matches!(server.0.try_wait(), Ok(None));
            if has_ended || begun.elapsed() > STARTS_WITHIN {
                return Err(format!("{program} does not listen at {}", common.port));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(server)
    }

    fn end(&mut self) {
        let pid = Pid::from_child(&self.0);
        // Whatever has ended already needs no signal.
        let _ = kill_process(pid, Signal::TERM);
        let begun = Instant::now();
        while matches!(self.0.try_wait(), Ok(None)) && begun.elapsed() < STARTS_WITHIN {
            std::thread::sleep(Duration::from_millis(1));
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// All come back; a connection that fails is tried again.
#[derive(Debug)]
struct Back {
    hello: Vec<Vec<u8>>,
    /// Who each connection is, and when it began to try; the first ones are those who were there before.
    who: Vec<(usize, u64)>,
    /// Who has no connection, and since when.
    away: Vec<(usize, u64)>,
    is_back: Vec<bool>,
    back: usize,
    cut: usize,
    latency: Hist,
    why: Option<String>,
}

impl Back {
    fn new(common: &Common, clients: usize) -> Self {
        let hello = |nick: &String| hello(common, nick);
        Self {
            hello: nicks('u', clients).iter().map(hello).collect(),
            who: (0..clients).map(|client| (client, 0)).collect(),
            away: Vec::new(),
            is_back: vec![false; clients],
            back: 0,
            cut: 0,
            latency: Hist::default(),
            why: None,
        }
    }
}

impl Phase for Back {
    fn step(&mut self, net: &mut Net, _now: u64) -> Step {
        if self.back == self.hello.len() {
            return Step::Done;
        }
        while let Some((client, since)) = self.away.pop() {
            if net.connect(Receive::Usual).is_err() {
                self.away.push((client, since));
                return Step::Wait(RETRY);
            }
            self.who.push((client, since));
        }
        Step::Wait(50 * MS)
    }

    fn on_open(&mut self, net: &mut Net, id: Id) {
        net.queue(id, &self.hello[self.who[id].0]);
    }

    fn on_line(&mut self, net: &mut Net, id: Id, line: &[u8], now: u64) {
        let words = wire::split(line);
        let (client, since) = self.who[id];
        let is_again = since > 0;
        if is_again && has_arrived(&words) && !self.is_back[client] {
            self.is_back[client] = true;
            self.back += 1;
            self.latency.record(now.saturating_sub(since));
        } else if is_again && is_refused(&words) {
            self.why.get_or_insert_with(|| text(line));
        } else {
            is_ping(net, id, &words);
        }
    }

    fn on_close(&mut self, _net: &mut Net, id: Id, why: &str) {
        let (client, since) = self.who[id];
        let begun = match since {
            0 => clock::now(),
            since => since,
        };
        if since > 0 {
            self.cut += 1;
            self.why
                .get_or_insert_with(|| format!("client {client}: {why}"));
            self.back -= usize::from(std::mem::take(&mut self.is_back[client]));
        }
        self.away.push((client, begun));
    }
}
