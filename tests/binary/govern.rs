//! `chat admin` reading what was said, changing rooms, and closing the server step by step.

use crate::accounts::log_in;
use crate::process::{Client, DEADLINE, Home, Served};
use crate::schema::{Form, all_have, data, must_have};
use serde_json::Value;
use std::time::Instant;

const SAID: Form = &[
    ("msgid", "text"),
    ("time", "text"),
    ("from", "text"),
    ("source", "text"),
    ("account", "text|null"),
    ("verb", "text"),
    ("target", "text"),
    ("text", "text"),
];
const LIMIT: Form = &[
    ("key", "text"),
    ("value", "number|null"),
    ("file", "number|null"),
    ("overridden", "bool"),
];
const DEFCON: Form = &[
    ("level", "number"),
    ("meaning", "text"),
    ("before", "number|null"),
];

fn json(home: &Home, words: &[&str]) -> Value {
    data(&home.run(&[&["admin", "--json"], words].concat()))
}

fn texts(list: &Value) -> Vec<&str> {
    let rows = list.as_array().expect("a list").iter();
    rows.map(|row| row["text"].as_str().expect("a text"))
        .collect()
}

/// Ann in #den, where she has said `count` things.
fn den(server: &Served, count: usize) -> Client {
    let mut ann = server.client("ann");
    ann.send("JOIN #den");
    for number in 1..=count {
        ann.send(&format!("PRIVMSG #den :word {number}"));
    }
    ann.send("PING said");
    ann.until("said");
    ann
}

#[test]
fn what_was_said_in_a_room_is_read_and_searched() {
    let home = Home::new();
    let server = home.serve(&[]);
    let _ann = den(&server, 5);
    let all = json(&home, &["history", "#DEN"]);
    all_have(&all, SAID);
    assert_eq!(
        texts(&all),
        ["word 1", "word 2", "word 3", "word 4", "word 5"]
    );
    assert_eq!(
        texts(&json(&home, &["history", "#den", "-n", "2"])),
        ["word 4", "word 5"]
    );
    assert_eq!(
        texts(&json(&home, &["history", "#den", "--since", "1h"])).len(),
        5
    );
    assert!(texts(&json(&home, &["history", "#den", "--until", "1h"])).is_empty());
    // The index of words follows a moment later.
    let begun = Instant::now();
    while texts(&json(&home, &["history", "#den", "--from", "ANN"])).len() < 5 {
        assert!(begun.elapsed() < DEADLINE, "they are not found");
    }
    let one = json(&home, &["history", "#den", "--search", "word 3"]);
    assert_eq!(texts(&one), ["word 3"]);
    assert!(texts(&json(&home, &["history", "#den", "--from", "bob"])).is_empty());
    let shown = home.run(&["admin", "history", "#den"]);
    assert!(
        shown.out.contains("word 5") && shown.err == "5 messages\n",
        "{shown:?}"
    );
    assert_eq!(home.run(&["admin", "history", "#dem"]).code, 8);
    assert_eq!(
        home.run(&["admin", "history", "#den", "--since", "x"]).code,
        2
    );
    assert_eq!(home.run(&["admin", "history", "#den", "-n", "0"]).code, 2);
}

#[test]
fn what_two_said_to_each_other_is_read_by_whoever_says_that_they_may() {
    let home = Home::new();
    let server = home.serve(&[]);
    for name in ["ann", "bob"] {
        let made = home.run_with(
            &["admin", "accounts", "create", name],
            "correct horse battery\n",
        );
        assert_eq!(made.code, 0, "{made:?}");
    }
    let (mut ann, _) = log_in(&server, "ann", "correct horse battery");
    ann.send("CAP END\r\nPING in");
    ann.until("PONG");
    ann.send("PRIVMSG bob :between us");
    ann.send("PING said");
    ann.until("said");
    let plain = home.run(&["admin", "history", "ann,bob"]);
    assert_eq!((plain.code, plain.out.as_str()), (4, ""));
    assert!(plain.err.contains("--i-am-authorised"), "{plain:?}");
    for target in ["ann,bob", "bob,ann"] {
        let said = json(&home, &["history", target, "--i-am-authorised"]);
        assert_eq!(texts(&said), ["between us"], "{target}");
    }
    let nobody = home.run(&["admin", "history", "ann,eve", "--i-am-authorised"]);
    assert_eq!(
        (nobody.code, nobody.err.as_str()),
        (0, "Nothing was said.\n")
    );
    assert_eq!(home.run(&["admin", "history", "ann"]).code, 2);
}

#[test]
fn what_is_taken_back_is_gone_and_those_who_know_redactions_are_told() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut ann = den(&server, 2);
    ann.send("CAP REQ :draft/message-redaction");
    ann.until("ACK");
    let said = json(&home, &["history", "#den"]);
    let msgid = said[0]["msgid"].as_str().expect("an id");
    let gone = json(&home, &["redact", msgid, "-r", "a secret"]);
    assert_eq!(
        (&gone["redacted"], &gone["text"]),
        (&Value::Bool(true), &Value::Null)
    );
    let told = ann.until("REDACT").pop().expect("a line");
    assert!(
        told.contains(&format!("REDACT #den {msgid} :a secret")),
        "{told}"
    );
    assert_eq!(texts(&json(&home, &["history", "#den"])), ["word 2"]);
    let again = home.run(&["admin", "redact", msgid]);
    assert_eq!((again.code, again.out.as_str()), (8, ""));
    assert_eq!(home.run(&["admin", "redact", "nonsense"]).code, 8);
}

#[test]
fn a_room_is_made_and_changed_as_its_people_would_do_it() {
    let home = Home::new();
    let server = home.serve(&[]);
    let made = home.run_with(
        &["admin", "accounts", "create", "zoe"],
        "correct horse battery\n",
    );
    assert_eq!(made.code, 0);
    let made = json(&home, &["room", "create", "#zoo", "--founder", "zoe"]);
    assert_eq!(
        (&made["room"], &made["founder"]),
        (&"#zoo".into(), &"zoe".into())
    );
    assert_eq!(
        home.run(&["admin", "room", "create", "#zoo", "--founder", "zoe"])
            .code,
        1
    );
    assert_eq!(
        home.run(&["admin", "room", "create", "#x", "--founder", "eve"])
            .code,
        8
    );
    assert_eq!(
        home.run(&["admin", "room", "create", "zoo", "--founder", "zoe"])
            .code,
        2
    );

    let mut ann = den(&server, 1);
    let topic = json(&home, &["room", "topic", "#den", "of", "lions"]);
    assert_eq!(topic["topic"], "of lions");
    ann.until("TOPIC #den :of lions");
    let mode = json(&home, &["room", "mode", "#den", "+b", "*!*@spam"]);
    assert!(mode["modes"].is_string());
    ann.until("MODE #den +b *!*@spam");
    assert_eq!(home.run(&["admin", "room", "mode", "#den", "+y"]).code, 2);
    assert_eq!(
        home.run(&["admin", "room", "mode", "#nowhere", "+m"]).code,
        8
    );
    json(&home, &["room", "archive", "#den"]);
    let line = ann.until("MODE #den +").pop().expect("a line");
    assert!(line.contains('m') && line.contains('s'), "{line}");
}

#[test]
fn a_registered_room_is_there_for_the_operator_while_nobody_is_in_it() {
    let home = Home::new();
    let server = home.serve(&[]);
    let made = home.run_with(
        &["admin", "accounts", "create", "zoe"],
        "correct horse battery\n",
    );
    assert_eq!(made.code, 0);
    json(&home, &["room", "create", "#zoo", "--founder", "zoe"]);
    let rooms = json(&home, &["rooms", "#z*"]);
    assert_eq!(
        (&rooms[0]["name"], &rooms[0]["members"]),
        (&"#zoo".into(), &0.into())
    );
    json(&home, &["room", "topic", "#ZOO", "of", "lions"]);
    json(&home, &["room", "mode", "#zoo", "+m"]);
    json(&home, &["room", "rename", "#zoo", "#den"]);
    let shown = json(&home, &["show", "room", "#den"]);
    assert_eq!(
        (&shown["founder"], &shown["topic"], &shown["members"]),
        (&"zoe".into(), &"of lions".into(), &0.into())
    );
    assert_eq!(home.run(&["admin", "show", "room", "#zoo"]).code, 8);
    let mut ann = server.client("ann");
    ann.send("JOIN #den");
    ann.until(" 332 ann #den :of lions");
    ann.send("MODE #den");
    assert!(ann.until(" 324 ").pop().expect("a line").contains('m'));
    ann.send("PART #den");
    ann.until("PART #den");
    json(&home, &["room", "delete", "#den", "--yes"]);
    assert_eq!(home.run(&["admin", "show", "room", "#den"]).code, 8);
    assert!(
        json(&home, &["rooms", "#den"])
            .as_array()
            .expect("a list")
            .is_empty()
    );
}

#[test]
fn a_room_that_is_renamed_keeps_what_was_said_and_a_deleted_one_does_not() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut ann = den(&server, 1);
    let mut bob = server.client("bob");
    bob.send("JOIN #zoo");
    bob.until("366");
    assert_eq!(
        home.run(&["admin", "room", "rename", "#den", "#zoo"]).code,
        1
    );
    let renamed = json(&home, &["room", "rename", "#den", "#lair", "-r", "better"]);
    assert_eq!(
        (&renamed["room"], &renamed["before"]),
        (&"#lair".into(), &"#den".into())
    );
    ann.until("JOIN #lair");
    assert_eq!(texts(&json(&home, &["history", "#lair"])), ["word 1"]);

    assert_eq!(home.run(&["admin", "room", "delete", "#lair"]).code, 2);
    let gone = json(&home, &["--yes", "room", "delete", "#lair"]);
    assert_eq!(
        (&gone["deleted"], &gone["members"]),
        (&"#lair".into(), &1.into())
    );
    ann.until("KICK #lair ann");
    ann.send("JOIN #lair");
    ann.until("366");
    assert!(texts(&json(&home, &["history", "#lair"])).is_empty());
    json(&home, &["--yes", "room", "delete", "#zoo"]);
    assert_eq!(
        home.run(&["admin", "--yes", "room", "delete", "#zoo"]).code,
        8
    );
}

#[test]
fn levels_close_the_server_step_by_step() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut ann = server.client("ann");
    must_have(&json(&home, &["defcon"]), DEFCON);
    assert_eq!(json(&home, &["defcon", "2"])["before"], 5);
    ann.send("JOIN #new");
    ann.until("403");
    let mut guest = server.dial();
    guest.send("NICK eve\r\nUSER eve 0 * :eve");
    guest.until("ACCOUNT_REQUIRED");
    let shown = home.run(&["admin", "status"]);
    assert!(shown.out.contains("level 2"), "{}", shown.out);
    assert_eq!(home.run(&["admin", "reload"]).code, 0);
    assert_eq!(json(&home, &["defcon"])["level"], 2);
    let open = home.run(&["admin", "defcon", "5"]);
    assert_eq!(open.out, "Level 5 (before: 2): everybody is let in.\n");
    ann.send("JOIN #new");
    ann.until("366");
    assert_eq!(home.run(&["admin", "defcon", "6"]).code, 2);
}

#[test]
fn a_limit_counts_at_once_and_until_it_is_given_back() {
    let home = Home::new();
    let server = home.serve(&[]);
    let _ann = server.client("ann");
    all_have(&json(&home, &["limits"]), LIMIT);
    let set = json(&home, &["limits", "connections.max", "1"]);
    must_have(&set[0], LIMIT);
    assert_eq!(
        (&set[0]["value"], &set[0]["overridden"]),
        (&1.into(), &true.into())
    );
    let mut bob = server.dial();
    bob.until("ERROR :Server full");
    let stats = json(&home, &["stats"]);
    assert_eq!(stats["refused"]["full"], 1);
    assert_eq!(home.run(&["admin", "reload"]).code, 0);
    assert_eq!(json(&home, &["limits", "connections.max"])[0]["value"], 1);
    let back = json(&home, &["limits", "connections.max", "default"]);
    assert_eq!(back[0]["overridden"], false);
    let _carol = server.client("carol");
    assert_eq!(
        home.run(&["admin", "limits", "connections.max", "x"]).code,
        2
    );
    let wrong = home.run(&["admin", "limits", "connections.maxx", "5"]);
    assert!(
        wrong.code == 2 && wrong.err.contains("connections.max"),
        "{wrong:?}"
    );
}

#[test]
fn lines_of_a_client_are_recorded_from_when_they_are_asked_for_without_secrets() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut ann = server.client("ann");
    ann.send("PING before");
    ann.until("before");
    let first = json(&home, &["dump", "client", "ann"]);
    assert_eq!(
        (&first["since"], &first["lines"]),
        (&Value::Null, &Value::Array(Vec::new()))
    );
    ann.send("NS IDENTIFY hush-hush");
    ann.send("PING after");
    ann.until("after");
    let dumped = json(&home, &["dump", "client", "ANN"]);
    let line: Form = &[("time", "text"), ("way", "text"), ("line", "text")];
    all_have(&dumped["lines"], line);
    let text = dumped.to_string();
    assert!(text.contains("NS ***") && text.contains("PONG"), "{text}");
    assert!(
        !text.contains("hush-hush") && !text.contains("before"),
        "{text}"
    );
    let last = json(&home, &["dump", "client", "ann", "-n", "1"]);
    assert_eq!(last["lines"].as_array().map(Vec::len), Some(1));
    let shown = home.run(&["admin", "dump", "client", "ann"]);
    assert!(shown.out.contains(" < NS ***\n"), "{}", shown.out);
    let stopped = home.run(&["admin", "dump", "client", "ann", "--stop"]);
    assert_eq!(stopped.out, "ann is recorded no more.\n");
    let anew = json(&home, &["dump", "client", "ann"]);
    assert!(anew["since"].is_null());
    assert_eq!(home.run(&["admin", "dump", "client", "eve"]).code, 8);
}
