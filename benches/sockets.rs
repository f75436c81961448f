//! One room over real sockets: sixteen lines said in one go, until everybody has read them all.
//!
//! The readers are in this process too and cost more than the server; for the server alone measure
//! CPU time from outside.

#[path = "../tests/support/irc.rs"]
mod irc;

use chat::config::Config;
use divan::Bencher;
use divan::counter::ItemsCount;
use irc::{Client, Server};

const LINES: usize = 16;

fn main() {
    divan::main();
}

fn room(server: &Server, count: usize) -> Vec<Client> {
    let mut clients: Vec<Client> = (0..count)
        .map(|n| server.join_as(&format!("u{n}")))
        .collect();
    for client in &mut clients {
        client.send("JOIN #room\r\n");
        client.sync();
    }
    for client in &mut clients {
        client.sync();
    }
    clients
}

#[divan::bench(args = [1, 10, 100, 1000], max_time = 3)]
fn fan_out(bencher: Bencher<'_, '_>, receivers: usize) {
    let mut config = Config {
        lobby: None,
        ..Config::default()
    };
    config.flood.enabled = false;
    let server = Server::start(config);
    let mut speaker = server.join_as("speaker");
    speaker.send("JOIN #room\r\n");
    speaker.sync();
    let mut listeners = room(&server, receivers);
    speaker.sync();
    let speech = "PRIVMSG #room :hello, how are you all this evening?\r\n".repeat(LINES);
    bencher
        .counter(ItemsCount::new(receivers * LINES))
        .bench_local(|| {
            speaker.send(&speech);
            for listener in &mut listeners {
                for _ in 0..LINES {
                    listener.line();
                }
            }
        });
}
