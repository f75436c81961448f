//! What the client takes while much arrives: processor time for each message, memory, and how long a key takes to be
//! seen. The real program in a terminal of its own (`script`), fed by a server in this process.
//!
//! `cargo bench --bench client`; `CHAT_SECONDS` says how long for each rate, `CHAT_BINARY` whom to measure.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench prints, and fails by panicking"
)]

use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How often it is started.
const STARTS: usize = 20;

fn main() {
    let seconds = std::env::var("CHAT_SECONDS").ok();
    let seconds: u64 = seconds.and_then(|text| text.parse().ok()).unwrap_or(20);
    let home = tempfile::tempdir().unwrap();
    start(home.path());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut client = Client::start(listener.local_addr().unwrap().port(), home.path());
    let mut server = greet(listener.accept().unwrap().0);
    client.wait_for("[#lobby]", Duration::from_secs(10));
    println!("in a terminal:");
    println!("messages/s  cpu us/message  key to echo ms: p50   p99  worst  memory MiB");
    for rate in [0, 100, 1000, 5000] {
        let figures = run(&mut client, &mut server, rate, seconds);
        println!("{figures}");
    }
    println!("in a pipe:");
    println!("way    messages/s  cpu us/message  memory MiB");
    for way in [None, Some("--json")] {
        for rate in [1000, 50_000] {
            println!("{}", piped(home.path(), way, rate, seconds));
        }
    }
}

/// The program to be measured: this build's, or the one that `CHAT_BINARY` names (it has to be called `chat`).
fn binary() -> String {
    std::env::var("CHAT_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_chat").to_owned())
}

/// From the start of the process to its first byte at the server, and to the prompt on the screen.
fn start(home: &Path) {
    let mut serve = Command::new(binary());
    serve.args(["serve", "0"]).env("HOME", home);
    serve.env("XDG_RUNTIME_DIR", home).stdin(Stdio::null());
    let mut serve = serve.stdout(Stdio::piped()).spawn().unwrap();
    let ready = BufReader::new(serve.stdout.take().unwrap()).lines();
    let ready = ready.map_while(Result::ok);
    let mut ready = ready.filter(|line| line.starts_with("Ready."));
    let port = ready.next().unwrap();
    let port = port.rsplit(' ').next().unwrap().parse().unwrap();
    let mut to_prompt = Vec::new();
    for _ in 0..STARTS {
        let began = Instant::now();
        let client = Client::start(port, home);
        client.wait_for("[#lobby]", Duration::from_secs(10));
        to_prompt.push(began.elapsed());
    }
    serve.kill().unwrap();
    serve.wait().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let mut to_byte = Vec::new();
    for _ in 0..STARTS {
        let began = Instant::now();
        let mut client = pipe(home, &port, None);
        let mut byte = [0];
        listener.accept().unwrap().0.read_exact(&mut byte).unwrap();
        to_byte.push(began.elapsed());
        client.kill().unwrap();
        client.wait().unwrap();
    }
    for (what, times) in [("first byte sent", to_byte), ("prompt", to_prompt)] {
        let at = parts(times);
        println!(
            "start to {what}: p50 {:.1}, worst {:.1} ms",
            at(0.5),
            at(1.0)
        );
    }
}

/// A client in a pipe.
fn pipe(home: &Path, port: &str, way: Option<&str>) -> Child {
    let mut client = Command::new(binary());
    client.args(["connect", "127.0.0.1", port, "--nick", "me"]);
    client.args(way).env("HOME", home).env("LC_ALL", "C.UTF-8");
    client.stdin(Stdio::piped()).stdout(Stdio::piped());
    client.stderr(Stdio::null()).spawn().unwrap()
}

/// So many messages a second to a client in a pipe; each must come out of it.
fn piped(home: &Path, way: Option<&str>, rate: u64, seconds: u64) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let mut client = pipe(home, &port, way);
    let stream = greet(listener.accept().unwrap().0);
    let pid = i32::try_from(client.id()).unwrap();
    let out = BufReader::new(client.stdout.take().unwrap()).lines();
    let counted = thread::spawn(move || {
        let lines = out.map_while(Result::ok);
        let mut told =
            lines.filter(|line| line.contains("of very many") || line.contains("the end"));
        told.position(|line| line.contains("the end")).unwrap()
    });
    let before = cpu(pid);
    let sent = send(&stream, rate, Instant::now() + Duration::from_secs(seconds));
    (&stream)
        .write_all(b":bob!u@h PRIVMSG #lobby :the end\r\n")
        .unwrap();
    let told = counted.join().unwrap();
    let spent = cpu(pid) - before;
    let memory = memory(pid);
    assert_eq!(told as u64, sent, "all is told");
    client.kill().unwrap();
    client.wait().unwrap();
    let each = spent.as_secs_f64() * 1e6 / sent as f64;
    let way = way.unwrap_or("words");
    format!("{way:<7}{rate:>10}  {each:>14.1}  {memory:>10.1}")
}

/// Says so much a second until then; how much it was.
fn send(mut stream: &TcpStream, rate: u64, stop: Instant) -> u64 {
    let (begin, mut sent) = (Instant::now(), 0);
    while Instant::now() < stop && rate > 0 {
        let due = (begin.elapsed().as_secs_f64() * rate as f64) as u64;
        let line = |number| {
            format!(":bob!u@h PRIVMSG #lobby :message {number} of very many, as they come\r\n")
        };
        let lines: String = (sent..due).map(line).collect();
        stream.write_all(lines.as_bytes()).unwrap();
        sent = due;
        thread::sleep(Duration::from_millis(5));
    }
    sent
}

/// So many messages a second, and a key now and then.
fn run(client: &mut Client, server: &mut TcpStream, rate: u64, seconds: u64) -> String {
    let before = client.cpu();
    let stop = Instant::now() + Duration::from_secs(seconds);
    let stream = server.try_clone().unwrap();
    let sender = thread::spawn(move || send(&stream, rate, stop));
    let mut waits = Vec::new();
    let mut letters = ('a'..='z').cycle();
    while Instant::now() < stop {
        // A word that nobody else says: the client shows it where it is typed.
        let key = format!("q{}", letters.next().unwrap());
        let at = Instant::now();
        client.type_in(&key);
        client.wait_for(&key, Duration::from_secs(5));
        waits.push(at.elapsed());
        client.type_in("\x15");
        thread::sleep(Duration::from_millis(70));
    }
    let sent = sender.join().unwrap();
    let spent = client.cpu() - before;
    let at = parts(waits);
    let each = match sent {
        0 => 0.0,
        sent => spent.as_secs_f64() * 1e6 / sent as f64,
    };
    // What was sent last is on the screen, and so nothing waits any more.
    client.shown.lock().unwrap().clear();
    let end = format!("the end of {rate}");
    let line = format!(":bob!u@h PRIVMSG #lobby :{end}\r\n");
    server.write_all(line.as_bytes()).unwrap();
    client.wait_for(&end, Duration::from_secs(5));
    format!(
        "{rate:>10}  {each:>14.1}  {:>20.1}  {:>4.1}  {:>5.1}  {:>10.1}",
        at(0.5),
        at(0.99),
        at(1.0),
        client.memory()
    )
}

/// What part of these stays within which time, in milliseconds.
fn parts(mut times: Vec<Duration>) -> impl Fn(f64) -> f64 {
    times.sort();
    move |part| {
        let at = ((times.len() as f64 * part) as usize).min(times.len() - 1);
        times[at].as_secs_f64() * 1e3
    }
}

/// The least that a server says before one is in a room.
fn greet(stream: TcpStream) -> TcpStream {
    let mut out = stream.try_clone().unwrap();
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    while let Some(Ok(line)) = lines.next() {
        if line.starts_with("USER") {
            break;
        }
    }
    let welcome = ":s 001 me :Hello\r\n:s 422 me :No MOTD\r\n:me!u@h JOIN #lobby\r\n:s 353 me = #lobby :me bob\r\n:s 366 me #lobby :End\r\n";
    out.write_all(welcome.as_bytes()).unwrap();
    let mut pong = stream.try_clone().unwrap();
    thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if let Some(what) = line.strip_prefix("PING ") {
                let _ = pong.write_all(format!(":s PONG s {what}\r\n").as_bytes());
            }
        }
    });
    stream
}

/// The client in a terminal.
struct Client {
    script: Child,
    keys: ChildStdin,
    shown: Arc<Mutex<Vec<u8>>>,
    pid: i32,
}

impl Client {
    fn start(port: u16, home: &Path) -> Self {
        let line = format!(
            "stty cols 100 rows 30; exec {} connect 127.0.0.1 {port} --nick me",
            binary()
        );
        let mut script = Command::new("script")
            .args(["-qfc", &line, "/dev/null"])
            .env("HOME", home)
            .env("TERM", "xterm-256color")
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let keys = script.stdin.take().unwrap();
        let mut out = script.stdout.take().unwrap();
        let shown: Arc<Mutex<Vec<u8>>> = Arc::default();
        let of_thread = Arc::clone(&shown);
        thread::spawn(move || {
            let mut piece = [0; 65536];
            while let Ok(count @ 1..) = out.read(&mut piece) {
                of_thread.lock().unwrap().extend_from_slice(&piece[..count]);
            }
        });
        let pid = child_of(script.id());
        Self {
            script,
            keys,
            shown,
            pid,
        }
    }

    fn type_in(&mut self, keys: &str) {
        self.shown.lock().unwrap().clear();
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn wait_for(&self, text: &str, limit: Duration) {
        let begin = Instant::now();
        loop {
            {
                let shown = self.shown.lock().unwrap();
                let text = text.as_bytes();
                if shown.windows(text.len()).any(|part| part == text) {
                    return;
                }
            }
            assert!(begin.elapsed() < limit, "{text:?} is not shown");
            thread::sleep(Duration::from_micros(200));
        }
    }

    fn cpu(&self) -> Duration {
        cpu(self.pid)
    }

    fn memory(&self) -> f64 {
        memory(self.pid)
    }
}

/// Processor time so far; a tick is a hundredth of a second.
fn cpu(pid: i32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let (_, rest) = stat.rsplit_once(") ").unwrap();
    let fields: Vec<&str> = rest.split(' ').collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}

/// The most memory so far, in MiB.
fn memory(pid: i32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let mut lines = status.lines();
    let line = lines.find(|line| line.starts_with("VmHWM:")).unwrap();
    let kib = line.split_whitespace().nth(1).unwrap();
    kib.parse::<f64>().unwrap() / 1024.0
}

/// The process that `script` has started, as soon as it is the client.
fn child_of(script: u32) -> i32 {
    loop {
        let path = format!("/proc/{script}/task/{script}/children");
        let children = fs::read_to_string(path).unwrap_or_default();
        let child = children
            .split_whitespace()
            .next()
            .and_then(|pid| pid.parse().ok());
        let name = child.and_then(|pid: i32| fs::read_to_string(format!("/proc/{pid}/comm")).ok());
        if let (Some(pid), Some("chat")) = (child, name.as_deref().map(str::trim)) {
            return pid;
        }
        thread::sleep(Duration::from_millis(1));
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if let Some(pid) = Pid::from_raw(self.pid) {
            let _ = kill_process(pid, Signal::TERM);
        }
        let _ = self.script.wait();
    }
}
