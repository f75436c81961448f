//! What was said before: on entering a room, looked up, searched, and read on other devices.

use crate::talk::Talk;

#[test]
fn a_room_that_is_entered_shows_its_last_words_and_what_is_new() {
    let mut talk = Talk::begin_with(|_| {});
    talk.welcome(":s NOTICE * :x");
    assert!(talk.all_sent().contains("CHATHISTORY LATEST #lobby * 100"));
    let label = talk.state.asked.iter().last().unwrap().label.clone();
    talk.hear(":s MARKREAD #lobby timestamp=2026-11-19T18:20:00.000Z");
    talk.clear();
    let lines: Vec<String> = (0..41)
        .map(|n| {
            format!(
                "@msgid=h{n};time=2026-11-19T18:{:02}:00.000Z :ann!u@h PRIVMSG #lobby :line {n}",
                n + 19
            )
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    talk.answer(&label, "chathistory #lobby", &lines);
    let shown = talk.all_shown();
    assert!(
        !shown.contains("line 20\n") && shown.contains("line 21\n"),
        "{shown}"
    );
    assert!(
        shown.ends_with("── you were here until yesterday 18:20, 39 newer (/history 39) ──"),
        "{shown}"
    );
    assert_eq!(talk.state.rooms.unread().all, 0);
}

#[test]
fn a_room_that_cannot_be_read_is_named() {
    let mut talk = Talk::at_home();
    talk.says("/history #nowhere").clear();
    let label = talk.state.asked.iter().last().unwrap().label.clone();
    let fail = "FAIL CHATHISTORY INVALID_TARGET LATEST #nowhere :Messages could not be retrieved";
    talk.hear(&format!("@label={label} :s {fail}"))
        .shown(&["✗ You cannot read #nowhere: there is none, or you are not in it."]);
}

#[test]
fn what_is_new_and_already_shown_needs_no_looking_up() {
    let mut talk = Talk::begin_with(|_| {});
    talk.welcome(":s NOTICE * :x");
    let label = talk.state.asked.iter().last().unwrap().label.clone();
    talk.hear(":s MARKREAD #lobby timestamp=2026-11-19T18:20:00.000Z");
    talk.clear();
    let lines = [
        "@msgid=h1;time=2026-11-19T18:19:00.000Z :ann!u@h PRIVMSG #lobby :old",
        "@msgid=h2;time=2026-11-19T18:21:00.000Z :ann!u@h PRIVMSG #lobby :new",
    ];
    talk.answer(&label, "chathistory #lobby", &lines);
    let shown = talk.all_shown();
    let rule = "── you were here until yesterday 18:20, 1 newer above ──";
    assert!(shown.ends_with(rule), "{shown}");
}

#[test]
fn history_is_looked_up_by_number_by_time_and_by_date() {
    let mut talk = Talk::at_home();
    for (typed, sent) in [
        ("/history", "LATEST #lobby * 30"),
        ("/history 5", "LATEST #lobby * 5"),
        ("/history #dev 5", "LATEST #dev * 5"),
        ("/history bob", "LATEST bob * 30"),
        (
            "/history 30m",
            "AFTER #lobby timestamp=2026-11-20T07:30:00.000Z 100",
        ),
        (
            "/history bob 2d",
            "AFTER bob timestamp=2026-11-18T08:00:00.000Z 100",
        ),
        (
            "/history since 2026-11-19",
            "AFTER #lobby timestamp=2026-11-19T00:00:00.000Z 100",
        ),
        (
            "/history since 07:15",
            "AFTER #lobby timestamp=2026-11-20T07:15:00.000Z 100",
        ),
    ] {
        talk.says(typed);
        let all = talk.all_sent();
        assert!(
            all.ends_with(&format!("CHATHISTORY {sent}")),
            "{typed}: {all}"
        );
    }
    for wrong in ["/history 0", "/history since someday", "/history #dev many"] {
        talk.says(wrong).sent(&[]);
        let shown = talk.all_shown().replace("\n ", "");
        assert!(shown.contains("Usage: /history"), "{wrong}: {shown}");
    }
}

#[test]
fn more_than_a_page_is_fetched_page_by_page_in_order() {
    let mut talk = Talk::at_home();
    talk.says("/history 150").clear();
    let page = |from: usize, count: usize| -> Vec<String> {
        (from..from + count)
            .map(|n| {
                format!(
                    "@msgid=h{n};time=2026-11-20T07:00:00Z :ann!u@h PRIVMSG #lobby :me: line {n}."
                )
            })
            .collect()
    };
    let newer = page(50, 100);
    let newer: Vec<&str> = newer.iter().map(String::as_str).collect();
    talk.answer("c4", "chathistory #lobby", &newer);
    talk.sent(&["@label=c5 CHATHISTORY BEFORE #lobby msgid=h50 50"]);
    let older = page(0, 50);
    let older: Vec<&str> = older.iter().map(String::as_str).collect();
    talk.answer("c5", "chathistory #lobby", &older);
    let shown = talk.all_shown();
    let numbers: Vec<usize> = shown
        .lines()
        .filter_map(|line| {
            line.split("line ")
                .nth(1)?
                .trim_end_matches('.')
                .parse()
                .ok()
        })
        .collect();
    assert_eq!(numbers, (0..150).collect::<Vec<_>>());
    assert!(
        shown.ends_with("── 150 of #lobby above · now ──"),
        "{shown}"
    );
    assert!(!shown.contains('»'), "what was looked up calls nobody");
}

#[test]
fn words_are_searched_for_where_and_by_whom() {
    let mut talk = Talk::at_home();
    talk.says("/search green build in #dev from bob")
        .sent(&["@label=c4 SEARCH limit=100;text=green\\sbuild;in=#dev;from=bob"]);
    talk.answer(
        "c4",
        "soju.im/search",
        &["@msgid=s1;time=2026-11-20T07:00:00Z :bob!u@h PRIVMSG #dev :the build is green"],
    );
    talk.shown(&[
        "── 1 found for green build in #dev from bob ──",
        "07:00   #dev bob │ the build is green",
    ]);
    talk.says("/search nothing").clear();
    talk.answer("c5", "soju.im/search", &[]);
    talk.shown(&["✗ Nothing was found for nothing."]);
    talk.says("/mentions")
        .sent(&["@label=c6 SEARCH limit=100;text=me"]);
    talk.answer(
        "c6",
        "soju.im/search",
        &[
            "@msgid=s2;time=2026-11-20T07:00:00Z :bob!u@h PRIVMSG #dev :me: look",
            "@msgid=s3;time=2026-11-20T07:00:00Z :bob!u@h PRIVMSG #dev :not about me2",
        ],
    );
    let shown = talk.all_shown();
    assert!(
        shown.contains("me: look") && !shown.contains("me2"),
        "{shown}"
    );
}

#[test]
fn what_was_seen_is_told_to_the_other_devices_and_heard_from_them() {
    let mut talk = Talk::at_home();
    talk.hear("@msgid=m1;time=2026-11-20T08:00:05.250Z :ann!u@h PRIVMSG #lobby :hi");
    talk.hear("@msgid=m2;time=2026-11-20T08:00:06Z :bob!u@h PRIVMSG me :psst");
    talk.sent(&[]);
    talk.says("/unread");
    talk.sent(&["MARKREAD #lobby timestamp=2026-11-20T08:00:05.250Z"]);
    talk.says("/unread").sent(&[]);
    assert_eq!(talk.state.rooms.unread().urgent, 1);
    talk.hear(":s MARKREAD bob timestamp=2026-11-20T08:00:06.000Z");
    assert_eq!(talk.state.rooms.unread().urgent, 0);
    talk.hear("@msgid=m3;time=2026-11-20T08:00:07Z :bob!u@h PRIVMSG me :again")
        .says("/dm bob yes");
    let sent = talk.all_sent();
    assert!(
        sent.ends_with("MARKREAD bob timestamp=2026-11-20T08:00:07.000Z"),
        "{sent}"
    );
}

#[test]
fn a_message_is_shown_once() {
    let mut talk = Talk::at_home();
    for _ in 0..2 {
        talk.hear("@msgid=m1;time=2026-11-20T08:00:05Z :ann!u@h PRIVMSG #lobby :hi");
    }
    talk.shown(&["08:00        ann │ hi"]);
}

#[test]
fn a_server_that_keeps_nothing_says_so() {
    let mut talk = Talk::arrived();
    for word in ["/history", "inbox", "/search x", "/mentions"] {
        talk.says(word).sent(&[]);
        assert!(talk.all_shown().starts_with("✗ This server"), "{word}");
    }
}

#[test]
fn the_rule_stands_where_another_device_stopped_reading() {
    let mut talk = Talk::at_home();
    talk.hear(":me!u@h JOIN #dev")
        .hear(":s 353 me = #dev :me ann");
    talk.hear(":s 366 me #dev :End");
    talk.answer("c4", "chathistory #dev", &[]).clear();
    for second in 1..=5 {
        talk.hear(&format!(
            "@msgid=d{second};time=2026-11-20T08:00:0{second}Z :ann!u@h PRIVMSG #dev :line {second}"
        ));
    }
    assert_eq!(talk.state.rooms.unread().all, 5);
    talk.hear(":s MARKREAD #dev timestamp=2026-11-20T08:00:03.000Z")
        .clear();
    assert_eq!(talk.state.rooms.unread().all, 2);
    talk.says("/switch dev");
    let shown = talk.all_shown();
    let seen: Vec<&str> = shown
        .lines()
        .map(|line| line.rsplit_once("│ ").map_or(line, |(_, text)| text))
        .collect();
    assert_eq!(
        seen,
        [
            "── #dev ──",
            "line 1",
            "line 2",
            "line 3",
            "── 2 unread since 08:00 ──",
            "line 4",
            "line 5"
        ]
    );
}
