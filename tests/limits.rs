//! Limits over real sockets: floods, silence, bytes without end; each at, below and above.

#[path = "support/irc.rs"]
mod irc;

use chat::config::Config;
use irc::Server;
use std::time::{Duration, Instant};

fn config() -> Config {
    let mut config = Config {
        lobby: None,
        ..Config::default()
    };
    config.flood.enabled = false;
    config
}

#[test]
fn of_ten_thousand_lines_at_once_each_is_said_or_refused_and_others_do_not_wait() {
    let mut config = config();
    config.flood.enabled = true;
    (config.flood.burst, config.flood.per_second) = (1, 50); // Here: 20 at once, then 1000 per second.
    let server = Server::start(config);
    let (mut mallory, mut bob, mut ann) = (
        server.join_as("mallory"),
        server.join_as("bob"),
        server.join_as("ann"),
    );
    mallory.send("CAP REQ :standard-replies\r\n");
    mallory.expect("ACK");
    let mut flood: String = (0..10_000)
        .map(|n| format!("PRIVMSG bob :{n}. {}\r\n", "x".repeat(400)))
        .collect();
    flood.push_str("PING end\r\n");
    let sender = std::thread::spawn(move || {
        mallory.send(&flood);
        let seen = mallory.until("end");
        (mallory, seen)
    });
    let mut slowest = Duration::ZERO;
    while !sender.is_finished() {
        let begin = Instant::now();
        ann.sync();
        slowest = slowest.max(begin.elapsed());
    }
    let (mut mallory, mut seen) = sender.join().unwrap();
    seen.extend(mallory.sync());
    let refused = seen
        .iter()
        .filter(|line| line.contains("FAIL PRIVMSG RATE_LIMITED"));
    let said = bob.sync();
    let said: Vec<&String> = said
        .iter()
        .filter(|line| line.contains("PRIVMSG"))
        .collect();
    assert_eq!(refused.count() + said.len(), 10_000);
    assert!(said.len() > 100, "{}", said.len());
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
}

#[test]
fn one_who_answers_no_ping_goes_and_one_who_does_stays() {
    let mut config = config();
    config.server.ping_interval = Duration::from_millis(100);
    config.server.ping_timeout = Duration::from_secs(2);
    let server = Server::start(config);
    let (mut silent, mut ann) = (server.join_as("silent"), server.join_as("ann"));
    for client in [&mut silent, &mut ann] {
        client.send("JOIN #r\r\n");
    }
    loop {
        let line = ann.line().unwrap();
        if line.starts_with("PING") {
            ann.send("PONG x\r\n");
        }
        if line.contains(" QUIT ") {
            assert!(
                line.starts_with(":silent!") && line.contains("Ping timeout"),
                "{line}"
            );
            break;
        }
    }
    assert!(
        silent
            .rest()
            .last()
            .unwrap()
            .starts_with("ERROR :Ping timeout")
    );
}

#[test]
fn one_who_never_says_who_they_are_goes_and_a_fast_one_stays() {
    let mut config = config();
    config.server.registration_timeout = Duration::from_secs(1);
    let server = Server::start(config);
    let (mut half, mut silent) = (server.connect(), server.connect());
    half.send("NICK half\r\n");
    let mut ann = server.join_as("ann");
    for client in [&mut half, &mut silent] {
        assert_eq!(client.rest(), ["ERROR :Registration timeout"]);
    }
    assert_eq!(ann.sync(), [""; 0]);
    // The name is free again.
    assert!(server.connect().hello("half").contains(" 001 "));
}

#[test]
fn as_many_bytes_as_may_come_without_an_end_are_no_reason_to_go() {
    let server = Server::start(config());
    for (is_registered, most) in [(false, 8 * 1024), (true, 16 * 1024)] {
        for (bytes, stays) in [(most - 2, true), (most - 1, true), (most + 1, false)] {
            let mut client = match is_registered {
                true => server.join_as("ann"),
                false => server.connect(),
            };
            client.try_send(&vec![b'x'; bytes]);
            if stays {
                client.send("\r\n"); // The CR counts.
                client.expect(" 417 ");
                client.send("QUIT\r\n");
                client.rest();
            } else {
                assert_eq!(client.rest(), ["ERROR :Line too long"], "{bytes}");
            }
        }
    }
}

#[test]
fn as_many_lines_as_may_come_before_registration_are_no_reason_to_go() {
    let server = Server::start(config());
    let mut patient = server.connect();
    patient.send(&"PING x\r\n".repeat(62));
    patient.send("NICK patient\r\nUSER p 0 * :p\r\n");
    patient.expect(" 001 ");
    let mut chatty = server.connect();
    chatty.send(&"PING x\r\n".repeat(65));
    assert_eq!(chatty.rest().last().unwrap(), "ERROR :Registration flood");
}

#[test]
fn so_many_connections_from_one_address_in_a_minute_and_no_more() {
    let mut config = config();
    config.connections.exempt.clear();
    config.connections.per_ip = None;
    config.connections.new_per_minute = Some(3);
    let server = Server::start(config);
    for nick in ["a", "b", "c"] {
        let mut client = server.join_as(nick);
        client.send("QUIT\r\n");
        client.rest();
    }
    let refusal = "ERROR :Too many connections from your address";
    assert_eq!(server.connect().rest(), [refusal]);
}
