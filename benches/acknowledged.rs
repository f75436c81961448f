//! How many messages a second are acknowledged, which is: stored, and how long an acknowledgement takes.
//!
//! Each sender is alone in a room and has so many lines on their way. The senders are in this process
//! too and take their part of the machine. `cargo bench --bench acknowledged`.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench prints, and fails by panicking"
)]

#[path = "../tests/support/irc.rs"]
mod irc;

use chat::config::{Config, StoreKind, Sync};
use irc::{Client, Server};
use std::time::{Duration, Instant};

const SECONDS: u64 = 3;
/// Lines of one sender that are on their way.
const WINDOW: usize = 16;
/// Threads that drive the senders.
const DRIVERS: usize = 4;

fn main() {
    println!("kind     senders  acknowledged/s");
    for (name, store) in stores() {
        for senders in [1, 16, 256] {
            println!(
                "{name:<8} {senders:>7}  {:>14.0}",
                throughput(store, senders)
            );
        }
    }
    println!("\nkind     at 500 msg/s: p50 ms  p99 ms  worst ms");
    for (name, store) in stores() {
        let waits = latency(store, 500);
        let at = |part: f64| {
            let place = (waits.len() as f64 * part) as usize;
            waits[place.min(waits.len() - 1)].as_secs_f64() * 1e3
        };
        let (half, most, worst) = (at(0.5), at(0.99), at(1.0));
        println!("{name:<8} {half:>20.2}  {most:>6.2}  {worst:>8.2}");
    }
}

fn stores() -> [(&'static str, (StoreKind, Sync)); 3] {
    [
        ("memory", (StoreKind::Memory, Sync::Full)),
        ("normal", (StoreKind::Sqlite, Sync::Normal)),
        ("full", (StoreKind::Sqlite, Sync::Full)),
    ]
}

fn server((kind, sync): (StoreKind, Sync), data: &tempfile::TempDir) -> Server {
    let mut config = Config {
        lobby: None,
        data: Some(data.path().to_owned()),
        ..Config::default()
    };
    config.store.kind = kind;
    config.store.sync = sync;
    config.flood.enabled = false;
    Server::start(config)
}

fn sender(server: &Server, number: usize) -> Client {
    let mut client = server.connect();
    client.send("CAP REQ :echo-message message-tags\r\n");
    client.send(&format!(
        "NICK s{number}\r\nUSER s 0 * :s\r\nCAP END\r\nJOIN #s{number}\r\n"
    ));
    client.sync();
    client
}

fn throughput(store: (StoreKind, Sync), senders: usize) -> f64 {
    let data = tempfile::tempdir().unwrap();
    let server = server(store, &data);
    let all: Vec<(usize, Client)> = (0..senders).map(|n| (n, sender(&server, n))).collect();
    let mut parts: Vec<Vec<(usize, Client)>> = (0..DRIVERS).map(|_| Vec::new()).collect();
    for (place, one) in all.into_iter().enumerate() {
        parts[place % DRIVERS].push(one);
    }
    let begin = Instant::now();
    let drivers: Vec<_> = parts
        .into_iter()
        .map(|part| std::thread::spawn(move || drive(part, begin)))
        .collect();
    let acknowledged: usize = drivers.into_iter().map(|it| it.join().unwrap()).sum();
    acknowledged as f64 / begin.elapsed().as_secs_f64()
}

fn drive(mut senders: Vec<(usize, Client)>, begin: Instant) -> usize {
    let mut acknowledged = 0;
    while !senders.is_empty() && begin.elapsed() < Duration::from_secs(SECONDS) {
        for (number, client) in &mut senders {
            let line = format!("PRIVMSG #s{number} :hello, how are you all this evening?\r\n");
            client.send(&line.repeat(WINDOW));
        }
        for (_, client) in &mut senders {
            for _ in 0..WINDOW {
                client.expect(" PRIVMSG ");
                acknowledged += 1;
            }
        }
    }
    acknowledged
}

/// Waits for acknowledgements of 16 senders who say so many lines a second together, sorted.
fn latency(store: (StoreKind, Sync), per_second: u32) -> Vec<Duration> {
    const SENDERS: u32 = 16;
    let data = tempfile::tempdir().unwrap();
    let server = server(store, &data);
    let pause = Duration::from_secs(1) * SENDERS / per_second;
    let begin = Instant::now();
    let drivers: Vec<_> = (0..SENDERS)
        .map(|number| {
            let mut client = sender(&server, number as usize);
            std::thread::spawn(move || {
                let mut waits = Vec::new();
                let mut due = begin + pause * number / SENDERS;
                while begin.elapsed() < Duration::from_secs(SECONDS) {
                    std::thread::sleep(due.saturating_duration_since(Instant::now()));
                    client.send(&format!("PRIVMSG #s{number} :hello\r\n"));
                    client.expect(" PRIVMSG ");
                    waits.push(due.elapsed());
                    due += pause;
                }
                waits
            })
        })
        .collect();
    let mut waits: Vec<Duration> = drivers
        .into_iter()
        .flat_map(|driver| driver.join().unwrap())
        .collect();
    waits.sort();
    waits
}
