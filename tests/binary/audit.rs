//! What operators do is recorded before it is done, with its outcome; who asks as a session is recorded, too.

use crate::process::{DEADLINE, Home};
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Instant;

#[test]
fn each_deed_stands_in_the_record_on_one_line_with_its_outcome() {
    let home = Home::new();
    let data = home.path().join("data");
    let server = home.serve(&["--data", data.to_str().unwrap()]);
    let _bob = server.client("bob");
    let reason = "rude\nkick all\u{1b}[2J";
    assert_eq!(home.run(&["admin", "kick", "bob", "-r", reason]).code, 0);
    assert_eq!(home.run(&["admin", "kick", "bob"]).code, 8);
    assert_eq!(home.run(&["admin", "list"]).code, 0);
    let shown = home.run(&["admin", "--json", "audit"]);
    assert_eq!(shown.code, 0, "{shown:?}");
    let deeds = shown.json()["data"].clone();
    let results: Vec<&str> = deeds
        .as_array()
        .unwrap()
        .iter()
        .map(|deed| deed["result"].as_str().unwrap_or("?"))
        .collect();
    assert_eq!(results, ["done", "no_such_user"], "no question is recorded");
    assert_eq!(deeds[0]["command"], "kick");
    assert_eq!(deeds[0]["arguments"]["reason"], reason);
    let text = fs::read_to_string(data.join("audit.log")).unwrap();
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(!text.contains('\u{1b}'));
    let table = home.run(&["admin", "audit", "--command", "kick", "-n", "1"]);
    assert!(table.out.contains("no_such_user"), "{table:?}");
    assert!(!table.out.contains('\u{1b}') && !table.out.contains(" done "));
}

#[test]
fn a_deed_that_cannot_be_recorded_is_not_done() {
    let home = Home::new();
    let data = home.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::create_dir(data.join("audit.log")).unwrap();
    let server = home.serve(&["--data", data.to_str().unwrap()]);
    let mut bob = server.client("bob");
    let ran = home.run(&["admin", "kick", "bob"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("audit"), "{ran:?}");
    bob.send("PING here");
    bob.until("here");
}

#[test]
fn whoever_follows_sees_what_is_done() {
    let home = Home::new();
    let _server = home.serve(&[]);
    let mut child = home
        .chat(&["admin", "--json", "audit", "--follow"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.next().unwrap().unwrap().contains("\"data\":[]"));
    let begin = Instant::now();
    assert_eq!(home.run(&["admin", "broadcast", "hello"]).code, 0);
    let line = lines.next().unwrap().unwrap();
    assert!(line.contains("\"broadcast\"") && line.contains("\"done\""));
    assert!(begin.elapsed() < DEADLINE);
    child.kill().unwrap();
    child.wait().unwrap();
}
