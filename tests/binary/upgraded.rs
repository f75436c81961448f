//! What operators have set counts on when another process has taken over, and is told alike.

use crate::process::{Client, Home, Served};
use crate::schema::data;
use crate::upgrade::upgrade;
use serde_json::Value;

fn json(home: &Home, words: &[&str]) -> Value {
    data(&home.run(&[&["admin", "--json"], words].concat()))
}

/// Somebody in #x, who has read all that came so far.
fn guest(served: &Served, name: &str) -> Client {
    let mut client = served.client(name);
    client.send("JOIN #x\r\nPING joined");
    client.until("joined");
    client
}

/// The same without what passes by itself: when it ends, which the handover may put off by a moment.
fn lasting(mut list: Value) -> Value {
    for row in list.as_array_mut().expect("a list") {
        let row = row.as_object_mut().expect("a row");
        row.remove("left_s");
        row.remove("until");
    }
    list
}

/// Everything that operators have set, as it is listed.
fn set(home: &Home) -> [Value; 6] {
    [
        lasting(json(home, &["bans"])),
        lasting(json(home, &["mutes"])),
        json(home, &["filter", "list"]),
        json(home, &["defcon"]),
        json(home, &["limits"]),
        json(home, &["config", "diff"]),
    ]
}

#[test]
fn what_operators_forbid_is_forbidden_by_the_new_process_too() {
    let home = Home::new();
    let directory = home.path().join("data").display().to_string();
    let served = home.serve(&["--data", &directory]);
    let mut ann = guest(&served, "ann");
    let (mut bob, mut cat) = (guest(&served, "bob"), guest(&served, "cat"));
    for words in [
        &["ban", "~troll!*@*", "-d", "2h", "-r", "trolling"][..],
        &["ban", "192.0.2.0/24"],
        &["mute", "cat", "-d", "1h"],
        &["slow", "#x", "3600"],
        &["filter", "add", "casino", "-r", "ads"],
        &["defcon", "4"],
        &["limits", "limits.rooms_per_user", "3"],
    ] {
        json(&home, words);
    }
    bob.send("PRIVMSG #x :the one line");
    ann.until("the one line");
    let before = set(&home);
    assert_eq!(before[5][0]["overridden"], true, "{}", before[5]);
    let _first = upgrade(&home, served.port);
    let _second = upgrade(&home, served.port);
    assert_eq!(set(&home), before);
    bob.send("PRIVMSG #x :another");
    bob.until(" 404 bob #x :Slow mode: one line every 3600 s");
    ann.send("PRIVMSG bob :casino");
    ann.until("Words in it are not said here: ads (F5)");
    cat.send("PRIVMSG ann :psst");
    cat.until("You are muted until ");
    let mut troll = served.dial();
    troll.send("NICK troll\r\nUSER t 0 * :t");
    troll.until(" 465 * :You are banned until ");
    cat.send("JOIN #1,#2,#3,#4");
    cat.until(" 405 cat ");
    // Numbers go on where they were, and what was set can be taken back.
    assert_eq!(json(&home, &["ban", "~new!*@*"])["id"], "B6");
    assert_eq!(json(&home, &["undo", "B1"])["lifted"]["id"], "B1");
    let status = json(&home, &["status"]);
    assert!(
        status["storage"]["bytes"].as_u64() > Some(10_000),
        "{status}"
    );
    assert!(status["storage"]["free_bytes"].is_u64(), "{status}");
    json(&home, &["drain", "--within", "3600"]);
    let _third = upgrade(&home, served.port);
    let mut late = served.dial();
    late.until("ERROR :");
    assert_eq!(json(&home, &["undrain"])["was_draining"], true);
    let _welcome = served.client("late");
}
