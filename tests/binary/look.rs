//! `chat admin` looking: who is here in every order, everything about one, and what is measured.

use crate::process::Home;
use crate::schema::{Form, all_have, data, must_have};
use serde_json::Value;

const DEVICE: Form = &[
    ("id", "text"),
    ("address", "text"),
    ("tls", "text|null"),
    ("connected_s", "number"),
    ("heard_s", "number"),
    ("capabilities", "list"),
    ("queue", "number"),
    ("sent", "number"),
    ("received", "number"),
    ("lag_ms", "number|null"),
];
const USER: Form = &[
    ("user", "text"),
    ("host", "text"),
    ("realname", "text"),
    ("modes", "text"),
    ("operator", "object|null"),
    ("memberships", "list"),
    ("devices", "list"),
    ("silenced", "number"),
    ("metadata", "object"),
    ("queue", "number"),
    ("sent", "number"),
    ("received", "number"),
    ("lag_ms", "number|null"),
];
const ROOM: Form = &[
    ("topic_by", "text|null"),
    ("topic_at", "text|null"),
    ("has_key", "bool"),
    ("limit", "number|null"),
    ("forward", "text|null"),
    ("registered", "text|null"),
    ("founder", "text|null"),
    ("bans", "list"),
    ("exceptions", "list"),
    ("invitations", "list"),
    ("who", "list"),
    ("metadata", "object"),
];
const STATS: Form = &[
    ("span_s", "number"),
    ("since_start", "bool"),
    ("connections", "object"),
    ("messages", "object"),
    ("lines", "object"),
    ("bytes", "object"),
    ("acknowledged", "object"),
    ("committed", "object"),
    ("store", "object"),
    ("panics", "number"),
    ("refused", "object"),
    ("commands", "object"),
];
const LATENCY: Form = &[
    ("count", "number"),
    ("mean_us", "number|null"),
    ("p50_us", "number|null"),
    ("p90_us", "number|null"),
    ("p99_us", "number|null"),
];

fn names(list: &Value) -> Vec<&str> {
    let rows = list.as_array().expect("a list").iter();
    rows.map(|row| row["name"].as_str().expect("a name"))
        .collect()
}

#[test]
fn a_list_is_sorted_filtered_and_cut_as_is_asked() {
    let home = Home::new();
    let server = home.serve(&[]);
    let (_quiet, mut loud) = (server.client("ann"), server.client("bob"));
    for _ in 0..20 {
        loud.send("PING x");
    }
    loud.send("PING end");
    loud.until("end");
    let json = |words: &[&str]| home.run(&[&["admin", "--json", "list"], words].concat());
    assert_eq!(names(&data(&json(&[]))), ["ann", "bob"]);
    for order in ["sent", "recv"] {
        let listed = data(&json(&["--sort", order]));
        assert_eq!(names(&listed), ["bob", "ann"], "{order}");
        assert!(listed[0]["sent"].as_u64() > Some(20), "{listed}");
    }
    for order in ["idle", "since", "queue", "name"] {
        assert_eq!(names(&data(&json(&["--sort", order]))).len(), 2);
    }
    assert_eq!(names(&data(&json(&["--guest"]))).len(), 2);
    assert_eq!(data(&json(&["--account"])), Value::Array(Vec::new()));
    assert_eq!(data(&json(&["--tls"])), Value::Array(Vec::new()));
    assert_eq!(names(&data(&json(&["--plain", "b*"]))), ["bob"]);
    let cut = json(&["--limit", "1"]);
    assert_eq!(cut.json()["truncated"], true);
    assert_eq!(names(&data(&cut)), ["ann"]);
    assert_eq!(json(&["--limit", "2"]).json()["truncated"], false);
    let table = home.run(&["admin", "list", "--columns", "sent,name"]);
    assert!(table.out.starts_with("SENT  NAME\n"), "{}", table.out);
    let wrong = home.run(&["admin", "list", "--sort", "nothing"]);
    assert_eq!(wrong.code, 2);
}

#[test]
fn everything_about_one_is_told_in_a_fixed_form() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut ann = server.client("ann");
    ann.send("JOIN #den");
    ann.send("TOPIC #den :of lions");
    ann.send("MODE #den +b *!*@spam");
    ann.until("MODE #den");
    let json = |words: &[&str]| home.run(&[&["admin", "--json", "show"], words].concat());
    let user = data(&json(&["user", "ANN"]));
    must_have(&user, USER);
    all_have(&user["devices"], DEVICE);
    let room = data(&json(&["room", "#DEN"]));
    must_have(&room, ROOM);
    all_have(&room["who"], &[("name", "text"), ("ranks", "text")]);
    let ban: Form = &[("mask", "text"), ("by", "text"), ("at", "text")];
    all_have(&room["bans"], ban);
    let shown = home.run(&["admin", "show", "room", "#den"]);
    for part in ["of lions", "*!*@spam", "MEMBER", "ann"] {
        assert!(shown.out.contains(part), "{part}: {}", shown.out);
    }
    let shown = home.run(&["admin", "show", "user", "ann"]);
    assert!(shown.out.contains("#den (o)"), "{}", shown.out);
    assert!(shown.out.contains("127.0.0.1:"), "{}", shown.out);
}

#[test]
fn who_and_what_is_not_there_is_8() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut ann = server.client("ann");
    ann.send("JOIN #den");
    ann.until("366");
    let ran = home.run(&["admin", "show", "user", "an"]);
    assert_eq!((ran.code, ran.out.as_str()), (8, ""));
    assert_eq!(ran.err, "No user \"an\" is connected. Closest: ann\n");
    let ran = home.run(&["admin", "show", "room", "#dem"]);
    assert_eq!((ran.code, ran.out.as_str()), (8, ""));
    assert_eq!(ran.err, "There is no room \"#dem\". Closest: #den\n");
}

#[test]
fn what_happened_is_counted_and_its_time_taken() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut ann = server.client("ann");
    ann.send("JOIN #den");
    for number in 0..5 {
        ann.send(&format!("PRIVMSG #den :{number}"));
    }
    ann.send("PING end");
    ann.until("end");
    let stats = data(&home.run(&["admin", "--json", "stats"]));
    must_have(&stats, STATS);
    must_have(&stats["acknowledged"], LATENCY);
    must_have(&stats["committed"], LATENCY);
    assert_eq!(stats["messages"]["received"], 5);
    assert_eq!(stats["connections"]["accepted"], 1);
    assert_eq!(stats["commands"]["PRIVMSG"], 5);
    assert!(stats["lines"]["in"].as_u64() >= Some(8), "{stats}");
    assert!(stats["bytes"]["out"].as_u64() > Some(100), "{stats}");
    assert!(
        stats["acknowledged"]["count"].as_u64() >= Some(1),
        "{stats}"
    );
    let lately = data(&home.run(&["admin", "--json", "stats", "--since", "5m"]));
    assert_eq!(lately["since_start"], false);
    let shown = home.run(&["admin", "stats"]);
    assert!(shown.out.contains("Acknowledged"), "{}", shown.out);
    assert_eq!(home.run(&["admin", "stats", "--since", "x"]).code, 2);
    let status = data(&home.run(&["admin", "--json", "status"]));
    must_have(&status["acknowledged"], LATENCY);
    must_have(
        &status["connections"],
        &[("refused", "number"), ("slow", "number")],
    );
}
