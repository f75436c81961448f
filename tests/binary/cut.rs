//! The way between client and server is cut, slow or silent, or the machine sleeps: nothing is lost, and nothing
//! is shown twice.

use crate::process::{Home, Served};
use crate::relay::Relay;
use crate::terminal::Terminal;
use rustix::process::{Pid, Signal, kill_process};
use std::fs;

fn connect(home: &Home, port: u16, nick: &str) -> Terminal {
    let port = port.to_string();
    let words = [
        "connect",
        "127.0.0.1",
        &port,
        "--nick",
        nick,
        "--history",
        "0",
    ];
    let terminal = Terminal::run_as(home, nick, &words);
    terminal.wait_for_last_line("      [#lobby]");
    terminal
}

fn serve(home: &Home, config: &str) -> Served {
    let file = home.path().join("chat.yaml");
    fs::write(&file, format!("flood: {{enabled: false}}\n{config}")).expect("a file");
    home.serve(&["--config", file.to_str().expect("a path")])
}

/// Each message is there once, and they are in order.
fn assert_whole(all: &str, most: usize) {
    let number = |line: &str| -> Option<usize> {
        let (_, rest) = line.split_once("│ message ")?;
        rest.split(' ').next()?.parse().ok()
    };
    let numbers: Vec<usize> = all.lines().filter_map(number).collect();
    assert_eq!(numbers, (1..=most).collect::<Vec<_>>(), "{all}");
}

#[test]
fn a_way_that_is_slow_and_cut_again_and_again_loses_nothing() {
    let home = Home::new();
    let server = serve(&home, "");
    let relay = Relay::to(server.port);
    let alice = connect(&home, relay.port, "alice");
    let mut bob = server.client("bob");
    let mut number = 0;
    for cut in 1..=3 {
        for _ in 0..20 {
            number += 1;
            bob.send(&format!("PRIVMSG #lobby :message {number} of many"));
        }
        relay.cut();
        for _ in 0..20 {
            number += 1;
            bob.send(&format!("PRIVMSG #lobby :message {number} of many"));
        }
        alice.keys(&["-l", &format!("typed at cut {cut}")]);
        alice.keys(&["Enter"]);
        bob.until(&format!(":typed at cut {cut}"));
        alice.wait_for(&format!("message {number} of many"));
        alice.wait_for_last_line("      [#lobby]");
    }
    assert_whole(&alice.everything(), number);
    let all = alice.everything();
    assert_eq!(all.matches("Trying again").count(), 3, "{all}");
    for cut in 1..=3 {
        let said = format!("alice │ typed at cut {cut}");
        assert_eq!(all.matches(&said).count(), 1, "{said}:\n{all}");
    }
}

#[test]
fn a_client_that_slept_shows_everything_once() {
    let home = Home::new();
    let server = serve(&home, "");
    let alice = connect(&home, server.port, "alice");
    let mut bob = server.client("bob");
    let pid = i32::try_from(alice.program())
        .ok()
        .and_then(Pid::from_raw)
        .expect("a pid");
    kill_process(pid, Signal::STOP).expect("it runs");
    for number in 1..=300 {
        bob.send(&format!("PRIVMSG #lobby :message {number} of many"));
    }
    bob.send("PING all-said");
    bob.until("all-said");
    kill_process(pid, Signal::CONT).expect("it stands");
    alice.wait_for("message 300 of many");
    assert_whole(&alice.everything(), 300);
    alice.keys(&["awake", "Enter"]);
    bob.until(":awake");
}

#[test]
fn who_slept_too_long_for_the_server_comes_back_by_itself() {
    let home = Home::new();
    let server = serve(&home, "server: {ping_interval: 1s, ping_timeout: 1s}\n");
    let alice = connect(&home, server.port, "alice");
    let mut bob = server.client("bob");
    let pid = i32::try_from(alice.program())
        .ok()
        .and_then(Pid::from_raw)
        .expect("a pid");
    kill_process(pid, Signal::STOP).expect("it runs");
    for number in 1..=50 {
        bob.send(&format!("PRIVMSG #lobby :message {number} of many"));
    }
    // The server gives her up, and not him, who goes on talking.
    loop {
        bob.send("PING still-here");
        let heard = bob.until("still-here");
        if heard.iter().any(|line| line.contains(" QUIT ")) {
            break;
        }
    }
    for number in 51..=100 {
        bob.send(&format!("PRIVMSG #lobby :message {number} of many"));
    }
    bob.send("PING all-said");
    bob.until("all-said");
    kill_process(pid, Signal::CONT).expect("it stands");
    alice.wait_for("── back after ");
    alice.wait_for("message 100 of many");
    assert_whole(&alice.everything(), 100);
    alice.wait_for_last_line("      [#lobby]");
}

#[test]
fn what_is_typed_while_the_server_stands_still_arrives_once() {
    let home = Home::new();
    let server = serve(&home, "");
    let alice = connect(&home, server.port, "alice");
    let mut bob = server.client("bob");
    server.signal(Signal::STOP);
    alice.keys(&["one", "Enter"]);
    alice.wait_for("… sending: \"one\"");
    alice.keys(&["two", "Enter"]);
    alice.wait_for("… sending: \"two\"");
    server.signal(Signal::CONT);
    let heard = bob.until(":two");
    assert_eq!(
        heard.iter().filter(|line| line.ends_with(":one")).count(),
        1,
        "{heard:?}"
    );
    alice.wait_for("alice │ two");
    let all = alice.everything();
    for word in ["one", "two"] {
        assert_eq!(all.matches(&format!("alice │ {word}")).count(), 1, "{all}");
    }
}
