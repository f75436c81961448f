//! `chat admin …`: its verbs against a server with people in it, its JSON, its exit codes, its console.

use crate::process::Home;
use crate::schema::{Form, all_have, data, must_have};
use serde_json::Value;
use std::process::Stdio;

#[test]
fn the_three_lines_of_every_operator_work() {
    let home = Home::new();
    let server = home.serve(&[]);
    let (mut one, mut two) = (server.client("user1"), server.client("user2"));

    let list = home.run(&["admin", "list"]);
    assert_eq!(list.code, 0);
    let rows: Vec<&str> = list.out.lines().collect();
    assert!(
        rows[0].starts_with("NAME ")
            && rows[1].starts_with("user1 ")
            && rows[2].starts_with("user2 "),
        "{}",
        list.out
    );
    assert_eq!(list.err, "2 connected, 2 guests, 2 without TLS\n");

    let said = home.run(&["admin", "broadcast", "Back", "in a minute"]);
    assert_eq!(
        (said.code, said.out.as_str()),
        (0, "Sent to 2 of 2 connected users.\n")
    );
    one.until("NOTICE user1 :Back in a minute");
    two.until("NOTICE user2 :Back in a minute");

    let kicked = home.run(&["admin", "kick", "user2", "--reason", "please stop"]);
    assert_eq!(kicked.code, 0);
    assert!(
        kicked.out.starts_with("Disconnected user2 (127.0.0.1:"),
        "{}",
        kicked.out
    );
    let last = two.rest();
    assert!(
        last.contains("KILL user2 :please stop") && last.contains("ERROR :"),
        "{last}"
    );
    one.until("QUIT");
}

#[test]
fn a_name_that_is_not_there_is_8_and_some_of_several_is_9() {
    let home = Home::new();
    let server = home.serve(&[]);
    let _two = server.client("user2");
    let ran = home.run(&["admin", "kick", "usr2"]);
    assert_eq!((ran.code, ran.out.as_str()), (8, ""));
    assert_eq!(ran.err, "No user \"usr2\" is connected. Closest: user2\n");
    let ran = home.run(&["admin", "kick", "USER2", "nobody"]);
    assert_eq!(ran.code, 9);
    assert!(
        ran.out.starts_with("Disconnected user2 ") && ran.err.contains("No user \"nobody\""),
        "{ran:?}"
    );
}

#[test]
fn a_broadcast_that_would_be_cut_is_refused_and_reaches_nobody() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut one = server.client("user1");
    let ran = home.run(&["admin", "broadcast", &"x".repeat(500)]);
    assert_ne!(ran.code, 0);
    assert!(ran.err.contains("500 bytes"), "{ran:?}");
    assert_eq!(home.run(&["admin", "broadcast", &"y".repeat(400)]).code, 0);
    let seen = one.until("yyy").join("\n");
    assert!(!seen.contains("xxx"), "{seen}");
}

#[test]
fn of_two_kicks_at_once_one_finds_nobody() {
    let home = Home::new();
    let server = home.serve(&[]);
    let _two = server.client("user2");
    let mut codes = [(); 2]
        .map(|()| {
            home.chat(&["admin", "kick", "user2"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap()
        })
        .map(|mut child| child.wait().unwrap().code());
    codes.sort();
    assert_eq!(codes, [Some(0), Some(8)]);
}

#[test]
fn a_reason_cannot_smuggle_a_second_line() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut one = server.client("user1");
    let mut two = server.client("user2");
    let reason = format!("bad\r\nQUIT :x\u{1b}[2J{}", "y".repeat(10_000));
    let ran = home.run(&["admin", "kick", "user2", "-r", &reason]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let seen: Vec<String> = two.rest().lines().map(str::to_owned).collect();
    assert!(
        seen.iter()
            .all(|line| !line.starts_with("QUIT") && line.len() < 512),
        "{seen:#?}"
    );
    let ran = home.run(&["admin", "broadcast", "one\r\nQUIT :two"]);
    assert_eq!(ran.code, 0);
    one.send("PING end");
    let seen = one.until("end");
    assert!(
        seen.iter().all(|line| !line.starts_with("QUIT")),
        "{seen:#?}"
    );
}

const USER: Form = &[
    ("name", "text"),
    ("id", "text"),
    ("account", "text|null"),
    ("address", "text"),
    ("tls", "text|null"),
    ("rooms", "list"),
    ("idle_s", "number"),
    ("connected_s", "number"),
    ("since", "text"),
    ("away", "text|null"),
];
const ROOM: Form = &[
    ("name", "text"),
    ("members", "number"),
    ("topic", "text|null"),
    ("modes", "text"),
    ("created", "text"),
    ("messages", "number"),
];
const STATUS: Form = &[
    ("version", "text"),
    ("pid", "number"),
    ("name", "text"),
    ("uptime_s", "number"),
    ("addresses", "list"),
    ("connections", "object"),
    ("users", "number"),
    ("rooms", "number"),
    ("messages", "object"),
    ("accounts", "number"),
    ("unread", "number"),
    ("storage", "object"),
    ("health", "text"),
];
const STORAGE: Form = &[
    ("kind", "text"),
    ("sync", "text|null"),
    ("window_ms", "number|null"),
    ("health", "text"),
];
const CONNECTIONS: Form = &[
    ("current", "number"),
    ("peak", "number"),
    ("accepted", "number"),
    ("limit", "number|null"),
];
const KICKED: Form = &[
    ("name", "text"),
    ("address", "text"),
    ("sessions", "number"),
];
const MISSING: Form = &[("name", "text"), ("hint", "list")];
const STOP: Form = &[
    ("stopping", "bool"),
    ("within_s", "number"),
    ("pid", "number"),
];

#[test]
fn each_verb_answers_in_json_of_a_fixed_form() {
    let home = Home::new();
    let server = home.serve(&[]);
    let json = |words: &[&str]| home.run(&[&["admin", "--json"], words].concat());
    assert_eq!(data(&json(&["list"])), Value::Array(Vec::new()));
    let _people = [server.client("user1"), server.client("user2")];
    all_have(&data(&json(&["list"])), USER);
    all_have(&data(&json(&["rooms"])), ROOM);
    let status = data(&json(&["status"]));
    must_have(&status, STATUS);
    must_have(&status["connections"], CONNECTIONS);
    must_have(&status["storage"], STORAGE);
    assert_eq!(status["pid"], server.pid());
    must_have(
        &data(&json(&["broadcast", "x"])),
        &[("recipients", "number")],
    );
    let kicked = json(&["kick", "user1", "nobody"]);
    assert_eq!(kicked.json()["error"]["code"], "partly");
    let kicked = data(&kicked);
    all_have(&kicked["kicked"], KICKED);
    all_have(&kicked["missing"], MISSING);
    let missing = json(&["kick", "nobody"]);
    data(&missing);
    assert_eq!(missing.json()["error"]["code"], "no_such_user");
    must_have(&data(&json(&["stop"])), STOP);
    let gone = json(&["list"]);
    data(&gone);
    assert_eq!(
        (gone.code, gone.json()["error"]["code"].as_str()),
        (3, Some("no_server"))
    );
}

#[test]
fn without_a_server_the_places_that_were_looked_at_are_named() {
    let home = Home::new();
    let ran = home.run(&["admin", "list"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert!(
        ran.err
            .starts_with("No running chat server found (looked for /")
            && ran.err.contains("/run/chat/*.sock"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.ends_with("Start one: chat serve 55555\n"),
        "{}",
        ran.err
    );
    let ran = home.run(&["admin", "list", "--socket", "/does/not/exist"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("/does/not/exist"), "{}", ran.err);
}

#[test]
fn with_two_servers_it_asks_which() {
    let home = Home::new();
    let (one, two) = (home.serve(&[]), home.serve(&[]));
    let ran = home.run(&["admin", "status"]);
    assert_eq!(ran.code, 2);
    for server in [&one, &two] {
        assert!(
            ran.err.contains(&format!("/{}.sock", server.port)),
            "{}",
            ran.err
        );
    }
    let ran = home.run(&["admin", "status", "--port", &two.port.to_string()]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out.contains(&format!("pid {} ", two.pid())),
        "{}",
        ran.out
    );
    assert_eq!(home.run(&["admin", "status", "--port", "1"]).code, 3);
}

#[test]
fn a_file_that_is_no_socket_is_told_as_what_it_is() {
    let ran = Home::new().run(&["admin", "list", "--socket", "/etc/passwd"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.err.starts_with("/etc/passwd is no socket."),
        "{}",
        ran.err
    );
}

#[test]
fn after_a_stop_the_console_says_that_there_is_no_server() {
    let home = Home::new();
    let _server = home.serve(&[]);
    let ran = home.run_with(&["admin"], "stop\nlist\n");
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(
        ran.err.starts_with("The console has no server now"),
        "{}",
        ran.err
    );
}

#[test]
fn stop_returns_when_the_process_is_gone() {
    let home = Home::new();
    let server = home.serve(&[]);
    assert_eq!(
        home.run(&["admin", "stop", "--now"]).code,
        2,
        "it asks back"
    );
    for words in [
        &["stop", "--now", "--within", "5"][..],
        &["list", "--json", "--tsv"],
    ] {
        assert_eq!(home.run(&[&["admin"], words].concat()).code, 2, "{words:?}");
    }
    let ran = home.run(&["admin", "stop", "--now", "--yes"]);
    assert_eq!(
        (ran.code, ran.out),
        (
            0,
            format!("The server (pid {}) has stopped.\n", server.pid())
        )
    );
    assert!(std::fs::read_dir(home.sockets()).unwrap().next().is_none());
    assert_eq!(server.end().0.code(), Some(0));
}

#[test]
fn a_reader_that_went_away_is_no_failure_here_either() {
    let home = Home::new();
    let server = home.serve(&[]);
    let _one = server.client("user1");
    let mut child = home
        .chat(&["admin", "list"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_pipe_carries_out_line_by_line_and_ends_with_the_first_failure() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut one = server.client("user1");
    let ran = home.run_with(
        &["admin"],
        "list --no-header\n\nkick nobody\nfoo\nbroadcast don't panic\nquit\nstop\n",
    );
    assert_eq!(ran.code, 8, "{ran:?}");
    assert!(
        ran.out.starts_with("user1 ") && ran.out.ends_with("Sent to 1 of 1 connected user.\n"),
        "{}",
        ran.out
    );
    assert!(
        !ran.out.contains("chat-admin>") && ran.err.contains("There is no foo here."),
        "{ran:?}"
    );
    one.until("don't panic");
    let ran = home.run_with(&["admin", "broadcast", "-"], "from a\npipe\n");
    assert_eq!(ran.code, 0);
    one.until("NOTICE user1 :from a pipe");
    assert_eq!(home.run_with(&["admin", "broadcast", "-"], "\n").code, 2);
}
