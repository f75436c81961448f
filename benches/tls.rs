//! What TLS costs the server beside plain text: processor time of a handshake and of a delivery, memory of a connection.
//!
//! The server is a process of its own and what the system says about it is what is told, so that its clients,
//! which cost as much, do not count.

#[path = "../tests/support/irc.rs"]
mod irc;
#[path = "../tests/support/tls.rs"]
mod tls;

use irc::{Client, dial, join_as};
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use tls::Manner;

const HANDSHAKES: u32 = 1000;
const LISTENERS: u32 = 100;
const LINES: u32 = 16;
const ROUNDS: u32 = 100;
const IDLE: u32 = 1000;

fn main() {
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    for (name, way) in [("plain", Way::Plain), ("TLS", Way::Tls)] {
        let server = Served::start();
        let before = server.cpu_ns();
        for _ in 0..HANDSHAKES {
            way.touch(server.port);
        }
        let per = (server.cpu_ns() - before) / u64::from(HANDSHAKES);
        println!(
            "{name:5}  connection  {:>8.1} us of the server's time",
            us(per)
        );
        for (lines, kind) in [(LINES, "16 lines at once"), (1, "one line at a time")] {
            let per = server.deliver(way, lines);
            println!("{name:5}  delivery    {:>8.2} us, {kind}", us(per));
        }
        drop(server);
        let server = Served::start();
        let _first = way.join_as(server.port, "first");
        let before = server.rss();
        let idle: Vec<Client> = (0..IDLE)
            .map(|n| way.join_as(server.port, &format!("i{n}")))
            .collect();
        let per = (server.rss() - before) / u64::from(IDLE);
        println!("{name:5}  memory      {per:>8} bytes per idle client");
        drop(idle);
    }
}

fn us(ns: u64) -> f64 {
    ns as f64 / 1000.0
}

#[derive(Clone, Copy)]
enum Way {
    Plain,
    Tls,
}

impl Way {
    fn touch(self, port: u16) {
        match self {
            Self::Plain => drop(Client::over(dial(port))),
            Self::Tls => drop(Manner::default().connect(port)),
        }
    }

    fn join_as(self, port: u16, nick: &str) -> Client {
        match self {
            Self::Plain => join_as(port, nick),
            Self::Tls => Manner::default().join_as(port, nick),
        }
    }
}

/// A server in a process of its own.
struct Served {
    child: Child,
    port: u16,
    _home: tempfile::TempDir,
}

impl Served {
    fn start() -> Self {
        let home = tempfile::tempdir().expect("a server of ours");
        let config = home.path().join("chat.yaml");
        fs::write(
            &config,
            "lobby: null\nflood: { enabled: false }\nstore: { kind: memory }\n",
        )
        .expect("a server of ours");
        let mut child = Command::new(env!("CARGO_BIN_EXE_chat"))
            .args(["serve", "0", "--tls", "--config"])
            .arg(&config)
            .env_clear()
            .env("HOME", home.path())
            .env("XDG_RUNTIME_DIR", home.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a server of ours");
        let said = BufReader::new(child.stdout.take().expect("a server of ours")).lines();
        let ready = said
            .map_while(Result::ok)
            .find(|line| line.starts_with("Ready."));
        let port = ready.and_then(|line| line.rsplit(' ').next()?.parse().ok());
        Self {
            child,
            port: port.expect("a server of ours"),
            _home: home,
        }
    }

    /// Time that all its threads have had.
    fn cpu_ns(&self) -> u64 {
        let tasks =
            fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("a server of ours");
        let time = |task: fs::DirEntry| {
            let text = fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
            text.split(' ').next().and_then(|ns| ns.parse::<u64>().ok())
        };
        tasks
            .filter_map(|task| time(task.expect("a server of ours")))
            .sum()
    }

    /// Bytes of memory that it holds.
    fn rss(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .expect("a server of ours");
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .expect("a server of ours");
        let kib = line.split_whitespace().nth(1).expect("a server of ours");
        kib.parse::<u64>().expect("a server of ours") * 1024
    }

    /// Nanoseconds for each line that reaches somebody, if so many are said at once.
    fn deliver(&self, way: Way, lines: u32) -> u64 {
        let mut listeners: Vec<Client> = (0..LISTENERS)
            .map(|n| way.join_as(self.port, &format!("u{lines}x{n}")))
            .collect();
        let mut speaker = way.join_as(self.port, &format!("speaker{lines}"));
        let room = format!("#r{lines}");
        for client in listeners.iter_mut().chain([&mut speaker]) {
            client.send(&format!("JOIN {room}\r\n"));
            client.sync();
        }
        listeners.iter_mut().for_each(|client| drop(client.sync()));
        let speech = format!("PRIVMSG {room} :hello, how are you all this evening?\r\n");
        let speech = speech.repeat(lines as usize);
        let before = self.cpu_ns();
        for _ in 0..ROUNDS {
            speaker.send(&speech);
            for listener in &mut listeners {
                for _ in 0..lines {
                    listener.line();
                }
            }
        }
        (self.cpu_ns() - before) / u64::from(LISTENERS * LINES.min(lines) * ROUNDS)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
