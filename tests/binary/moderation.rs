//! Bans, mutes and filters by the operator of a real server: what is told, how it ends, and that it outlives a restart.

use crate::process::Home;
use crate::schema::{Form, all_have, data, must_have};
use serde_json::Value;

const SANCTION: Form = &[
    ("id", "text"),
    ("kind", "text"),
    ("target", "text"),
    ("about", "text"),
    ("room", "text|null"),
    ("seconds", "number|null"),
    ("by", "text"),
    ("since", "text"),
    ("until", "text|null"),
    ("left_s", "number|null"),
    ("duration_s", "number|null"),
    ("reason", "text|null"),
    ("hits", "number"),
];

#[test]
fn a_ban_is_told_listed_lifted_and_survives_a_restart() {
    let home = Home::new();
    let directory = home.path().join("data");
    let directory = directory.to_str().expect("UTF-8");
    let server = home.serve(&["--data", directory]);
    let ran = home.run(&[
        "admin",
        "ban",
        "192.0.2.0/24",
        "-d",
        "2h",
        "-r",
        "flood",
        "--kick",
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.out.starts_with("Ban B1 on 192.0.2.0/24 until ")
            && ran.out.ends_with(" (2h). 0 users disconnected.\n"),
        "{ran:?}"
    );
    drop(server);
    let _server = home.serve(&["--data", directory]);
    let bans = home.run(&["admin", "bans"]);
    assert!(
        bans.out.contains("B1") && bans.out.contains("flood"),
        "{bans:?}"
    );
    let list = data(&home.run(&["admin", "bans", "--json"]));
    all_have(&list, SANCTION);
    let ran = home.run(&["admin", "unban", "192.0.2.0/24"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.out
            .starts_with("Lifted ban B1 on 192.0.2.0/24, set by ")
    );
    let ran = home.run(&["admin", "unban", "192.0.2.0/24"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (8, "There is no ban on \"192.0.2.0/24\"\n")
    );
    let ran = home.run(&["admin", "bans"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, "No bans.\n"));
}

#[test]
fn who_is_banned_ends_with_6_and_is_told_why() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut bob = server.client("bob");
    let ran = home.run(&["admin", "ban", "bob", "-r", "spam", "--kick"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.err, "Matches 1 connected user: bob.\n");
    assert_eq!(
        ran.out,
        "Ban B1 on bob!*@*, until it is lifted. 1 user disconnected.\n"
    );
    let last = bob.rest();
    assert!(
        last.contains(" 465 bob :You are banned: spam (B1)")
            && last.contains("ERROR :Banned: spam"),
        "{last}"
    );
    let port = server.port.to_string();
    let ran = home.run(&["connect", "127.0.0.1", &port, "-n", "bob"]);
    assert_eq!(ran.code, 6, "{ran:?}");
    assert!(ran.err.contains("You are banned: spam (B1)"), "{ran:?}");
}

#[test]
fn nobody_locks_the_operator_or_many_out_by_mistake() {
    let home = Home::new();
    let server = home.serve(&[]);
    let _people = ["ann", "bob", "cat"].map(|name| server.client(name));
    for target in ["127.0.0.1", "0.0.0.0/0", "~*!*@*", "::/0"] {
        let ran = home.run(&["admin", "ban", target, "--kick"]);
        assert_eq!(ran.code, 2, "{target} {ran:?}");
        assert!(ran.err.contains("--yes"), "{ran:?}");
    }
    assert_eq!(home.run(&["admin", "bans"]).err, "No bans.\n");
    let told = data(&home.run(&["admin", "--json", "ban", "~*!*@127.*", "--dry-run"]));
    let matches = told
        .get("matches")
        .and_then(Value::as_array)
        .expect("a list");
    assert_eq!(matches.len(), 3);
    let ran = home.run(&["admin", "ban", "~*!*@127.*", "--kick", "--yes"]);
    assert!(ran.out.ends_with(" 3 users disconnected.\n"), "{ran:?}");
}

#[test]
fn every_verb_against_people_tells_json_of_its_form() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut bob = server.client("bob");
    bob.send("JOIN #x");
    bob.until("366 bob #x");
    let told = |words: &[&str]| data(&home.run(&[&["admin", "--json"], words].concat()));
    for words in [
        &["ban", "eve!*@*", "-d", "7d"][..],
        &["mute", "#x", "-d", "10m", "-r", "quiet\u{1b}[2J\r\nQUIT"],
        &["mute", "bob"],
        &["slow", "#x", "30"],
        &["filter", "add", "buy", "now", "--room", "#x"],
    ] {
        must_have(&told(words), SANCTION);
    }
    let mutes = home.run(&["admin", "mutes"]);
    assert!(!mutes.out.contains(['\u{1b}', '\r']), "{mutes:?}");
    all_have(&told(&["mutes"]), SANCTION);
    all_have(&told(&["filter", "list"]), SANCTION);
    const RULE: Form = &[
        ("name", "text"),
        ("room", "text"),
        ("what", "text"),
        ("may", "bool"),
        ("rule", "text"),
    ];
    for what in ["speak", "join", "see"] {
        must_have(&told(&["why", "bob", "#x", what]), RULE);
    }
    let why = home.run(&["admin", "why", "bob", "#x", "speak"]);
    assert_eq!(why.out, "bob may not speak in #x: You are muted (M3).\n");
    for words in [
        &["undo", "B1"][..],
        &["unmute", "#x"],
        &["unmute", "bob"],
        &["slow", "#x", "0"],
        &["filter", "rm", "buy", "now"],
    ] {
        let told = told(words);
        must_have(told.get("lifted").expect("what was lifted"), SANCTION);
    }
}

#[test]
fn a_kick_can_be_out_of_a_room_or_of_one_session() {
    let home = Home::new();
    let server = home.serve(&[]);
    let (mut ann, mut bob) = (server.client("ann"), server.client("bob"));
    for client in [&mut ann, &mut bob] {
        client.send("JOIN #x");
        client.until("366");
    }
    let ran = home.run(&["admin", "kick", "bob", "--room", "#x", "-r", "off topic"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "Put bob out of #x.\n"));
    ann.until("KICK #x bob :off topic");
    bob.until("KICK #x bob :off topic");
    let ran = home.run(&["admin", "kick", "bob", "--room", "#x"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (8, "bob is not in #x. Who is: chat admin list\n")
    );
    assert_eq!(home.run(&["admin", "kick", "bob", "--room", "#y"]).code, 8);
    let list = data(&home.run(&["admin", "list", "bob", "--json"]));
    let id = list
        .pointer("/0/id")
        .and_then(Value::as_str)
        .expect("an id");
    let ran = home.run(&["admin", "kick", &format!("#{id}")]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(bob.rest().contains("ERROR :"));
}

#[test]
fn a_broadcast_goes_to_a_room_or_to_some() {
    let home = Home::new();
    let server = home.serve(&[]);
    let (mut ann, mut bob) = (server.client("ann"), server.client("bob"));
    ann.send("JOIN #x");
    ann.until("366");
    let ran = home.run(&["admin", "broadcast", "only", "here", "--room", "#x"]);
    assert_eq!(ran.out, "Sent to 1 of 1 connected user.\n");
    ann.until("NOTICE ann :only here");
    let ran = home.run(&[
        "admin",
        "broadcast",
        "look",
        "--user",
        "bob,eve",
        "--urgent",
    ]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (9, "Sent to 1 of 2 connected users.\n")
    );
    assert!(
        ran.err.starts_with("No user \"eve\" is connected."),
        "{ran:?}"
    );
    let seen = bob.until("NOTICE bob :bob: look").join("\n");
    assert!(!seen.contains("only here"), "{seen}");
}
