//! `chat admin top` against a real server: its JSON, its view on a terminal, and that the terminal comes back.

use crate::process::{DEADLINE, Home};
use crate::schema::{Form, all_have, data, must_have};
use crate::terminal::Terminal;
use rustix::process::Signal;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Instant;

const TOP: Form = &[
    ("ts", "text"),
    ("version", "text"),
    ("pid", "number"),
    ("connections", "number"),
    ("users", "number"),
    ("slow", "number"),
    ("queued", "number"),
    ("span_ms", "number|null"),
    ("in_per_s", "float|null"),
    ("out_per_s", "float|null"),
    ("committed_p99_us", "number|null"),
    ("cpu_percent", "float|null"),
    ("rss_bytes", "number"),
    ("matching", "number"),
    ("rows", "list"),
];
const ROW: Form = &[
    ("name", "text"),
    ("account", "text|null"),
    ("address", "text"),
    ("in_per_s", "float"),
    ("out_per_s", "float"),
    ("queue", "number"),
    ("lag_ms", "number|null"),
    ("rooms", "number"),
    ("state", "text|null"),
];

#[test]
fn one_look_tells_rates_and_sorts_by_them() {
    let home = Home::new();
    let server = home.serve(&[]);
    let (_ann, mut bob, _carl) = (
        server.client("ann"),
        server.client("bob"),
        server.client("carl"),
    );
    let mut looking = home.chat(&["admin", "top", "--json", "-n", "2"]);
    let mut looking = looking
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut lines = BufReader::new(looking.stdout.take().expect("a pipe")).lines();
    let first = lines.next().expect("a line").expect("text");
    let first: serde_json::Value = serde_json::from_str(&first).expect("JSON");
    assert_eq!(first["data"]["span_ms"], serde_json::Value::Null, "{first}");
    for number in 0..5 {
        bob.send(&format!("PING {number}"));
        bob.until(&format!(":{number}"));
    }
    let second = lines.next().expect("a line").expect("text");
    let second: serde_json::Value = serde_json::from_str(&second).expect("JSON");
    let top = &second["data"];
    must_have(top, TOP);
    all_have(&top["rows"], ROW);
    assert_eq!(top["rows"].as_array().map(Vec::len), Some(2), "{top}");
    assert_eq!(
        (&top["matching"], &top["connections"]),
        (&3.into(), &3.into())
    );
    assert_eq!(top["rows"][0]["name"], "bob", "{top}");
    let span = top["span_ms"].as_f64().expect("a span");
    let said = top["rows"][0]["in_per_s"].as_f64().expect("a rate") * span / 1000.0;
    assert!((4.5..5.5).contains(&said), "{said} of 5: {top}");
    assert_eq!(top["rows"][1]["in_per_s"], 0.0, "{top}");
    drop(lines);
    let began = Instant::now();
    while looking.try_wait().expect("a child").is_none() {
        assert!(began.elapsed() < DEADLINE, "it goes on without a reader");
        std::thread::yield_now();
    }
}

#[test]
fn once_is_for_scripts() {
    let home = Home::new();
    let server = home.serve(&[]);
    let (_ann, _bob) = (server.client("ann"), server.client("bob"));
    let once = |words: &[&str]| home.run(&[&["admin", "top", "--once"], words].concat());
    let top = data(&once(&["--json", "--sort", "name", "b*"]));
    must_have(&top, TOP);
    assert!(top["span_ms"].as_u64() >= Some(900), "{top}");
    assert!(top["cpu_percent"].is_number(), "{top}");
    assert_eq!(
        (&top["matching"], &top["rows"][0]["name"]),
        (&1.into(), &"bob".into())
    );
    let shown = once(&["--sort", "name"]);
    let lines: Vec<&str> = shown.out.lines().collect();
    assert!(lines[0].contains(" · 2 conn · "), "{shown:?}");
    assert!(
        lines[2].starts_with("ann ") && lines[3].starts_with("bob "),
        "{shown:?}"
    );
    let shown = once(&["--tsv", "-n", "1", "--sort", "name"]);
    assert_eq!(shown.out.lines().count(), 2, "{shown:?}");
    assert!(
        shown
            .out
            .lines()
            .nth(1)
            .is_some_and(|line| line.starts_with("ann\t"))
    );
    let ran = home.run(&["admin", "top"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("--once"), "{ran:?}");
    for wrong in [
        &["-i", "0"][..],
        &["-i", "61"],
        &["--sort", "x"],
        &["-n", "x"],
    ] {
        assert_eq!(once(wrong).code, 2, "{wrong:?}");
    }
    drop(server);
    assert_eq!(once(&["--json"]).code, 3);
}

#[test]
fn on_a_terminal_keys_act_and_the_terminal_comes_back() {
    let home = Home::new();
    let server = home.serve(&[]);
    let (mut ann, _bob) = (server.client("ann"), server.client("bob"));
    let terminal = Terminal::run(&home, &["admin", "top", "--sort", "name"]);
    terminal.wait_for("[k]ick [m]ute [b]an [s]ort:name [f]ilter [p]ause [q]uit");
    terminal.wait_for("ann ");
    terminal.keys(&["k"]);
    terminal.wait_for("Disconnect: ann? [y/N]");
    terminal.keys(&["y"]);
    terminal.wait_for("Disconnected ann (127.0.0.1");
    ann.until("ERROR");
    terminal.wait_for(" 1 conn");
    terminal.keys(&["m"]);
    terminal.wait_for("Mute for 10 minutes: bob? [y/N]");
    terminal.keys(&["y"]);
    terminal.wait_for("M1 ");
    assert!(home.run(&["admin", "mutes"]).out.contains("bob"));
    terminal.keys(&["f"]);
    terminal.keys(&["-l", "x*\r"]);
    terminal.wait_for("only x*");
    terminal.keys(&["p"]);
    terminal.wait_for("PAUSED");
    terminal.keys(&["q"]);
    terminal.wait_for("ended with 0");
    assert_eq!(terminal.flags(), "0 1", "alternate screen, cursor");
}

#[test]
fn a_signal_gives_the_terminal_back_too() {
    for signal in [Signal::TERM, Signal::HUP] {
        let home = Home::new();
        let _server = home.serve(&[]);
        let terminal = Terminal::run(&home, &["admin", "top"]);
        terminal.wait_for("[q]uit");
        assert_eq!(terminal.flags(), "1 0", "alternate screen, cursor");
        let pid = i32::try_from(terminal.program()).expect("a pid");
        let pid = rustix::process::Pid::from_raw(pid).expect("a process");
        rustix::process::kill_process(pid, signal).expect("it runs");
        terminal.wait_for("ended with 130");
        assert_eq!(terminal.flags(), "0 1", "alternate screen, cursor");
        terminal.keys(&["-l", "echoed"]);
        terminal.wait_for("echoed");
    }
}
