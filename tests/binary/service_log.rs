//! The log of a running server: how it is written, and that nobody waits for it.

use crate::process::{Home, Served};
use rustix::process::Signal;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// A server with this section `log`.
fn serve(home: &Home, log: &str) -> Served {
    let file = home.path().join("chat.yaml");
    fs::write(&file, format!("log: {log}\n")).expect("a file");
    home.serve(&["--config", file.to_str().expect("text")])
}

#[test]
fn every_line_of_a_log_for_programs_is_an_object() {
    let home = Home::new();
    let path = home.path().join("log");
    let server = serve(
        &home,
        &format!("{{ format: json, target: {} }}", path.display()),
    );
    let _bob = server.client("bob");
    let ran = home.run(&["admin", "kick", "bob", "-r", "be \"nice\"\u{1b}[2J"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    server.signal(Signal::TERM);
    assert!(server.end().0.success());
    let text = fs::read_to_string(path).expect("a log");
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect(line))
        .collect();
    assert!(lines.len() >= 3, "{text}");
    for line in &lines {
        let keys: Vec<&str> = line.as_object().unwrap().keys().map(|k| &**k).collect();
        assert_eq!(keys, ["level", "text", "time"]);
    }
    let kick = lines
        .iter()
        .find(|line| line["text"].as_str().unwrap().contains("kick bob"));
    let kick = kick.expect("the kick")["text"].as_str().unwrap().to_owned();
    assert!(
        kick.contains("be \"nice\"") && !kick.contains('\u{1b}'),
        "{kick}"
    );
    let last = lines.last().unwrap()["text"].as_str().unwrap();
    assert!(last.starts_with("Stopped"), "{last}");
}

#[test]
fn a_log_that_nobody_reads_makes_nobody_wait() {
    let home = Home::new();
    // The harness holds the other end of standard error, and does not read it before the end.
    let server = serve(&home, "{ level: debug }");
    for _ in 0..1500 {
        drop(server.dial());
    }
    let mut ann = server.client("ann");
    ann.send("PING on");
    ann.until(":on");
    assert_eq!(home.run(&["admin", "list"]).code, 0);
}

#[test]
fn a_server_whose_outputs_are_closed_goes_on() {
    let home = Home::new();
    let file = home.path().join("chat.yaml");
    fs::write(&file, "log: { level: debug }\n").expect("a file");
    let mut command = home.chat(&["serve", "0", "--config", file.to_str().expect("text")]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop((child.stdout.take(), child.stderr.take()));
    let begin = std::time::Instant::now();
    while home.run(&["admin", "kick", "nobody"]).code != 8 {
        assert!(begin.elapsed() < crate::process::DEADLINE);
    }
    let stopped = home.run(&["admin", "stop"]);
    assert_eq!(stopped.code, 0, "{stopped:?}");
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_log_on_a_full_disk_is_no_reason_to_stop() {
    let home = Home::new();
    let server = serve(&home, "{ level: debug, target: /dev/full }");
    let mut ann = server.client("ann");
    ann.send("PING on");
    ann.until(":on");
    server.signal(Signal::TERM);
    assert!(server.end().0.success());
}

#[test]
fn whoever_follows_the_log_sees_what_is_said_once_and_only_what_is_wanted() {
    let home = Home::new();
    let server = home.serve(&[]);
    let (_ann, _bob) = (server.client("ann"), server.client("bob"));
    assert_eq!(home.run(&["admin", "kick", "nobody"]).code, 8);
    let follow = |words: &[&str]| {
        let words = [&["admin", "log", "-f"], words].concat();
        let mut child = home.chat(&words).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        (child, lines)
    };
    let (mut all, mut lines) = follow(&["-n", "1"]);
    let first = lines.next().unwrap().unwrap();
    assert!(first.contains("kick nobody"), "{first}");
    let (mut anns, mut only) = follow(&["--json", "--user", "ann", "--level", "info"]);
    assert!(only.next().unwrap().unwrap().contains("\"data\":[]"));
    for name in ["bob", "ann"] {
        assert_eq!(home.run(&["admin", "kick", name]).code, 0);
    }
    for name in ["bob", "ann"] {
        let line = lines.next().unwrap().unwrap();
        assert!(line.contains(&format!("kick {name}")), "{line}");
    }
    let line = only.next().unwrap().unwrap();
    assert!(
        line.contains("kick ann") && line.contains("\"v\":1"),
        "{line}"
    );
    drop(server);
    assert!(
        lines.next().is_none() && only.next().is_none(),
        "it ends with the server"
    );
    for child in [&mut all, &mut anns] {
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}
