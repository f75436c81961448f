//! The inbox: counted at the arrival, shown by person, read only when it was shown.

use crate::talk::Talk;
use chat::client::settings::Loyalty;

const TALKS: &[&str] = &[
    ":s CHATHISTORY TARGETS carol 2026-11-20T07:02:00.000Z",
    ":s CHATHISTORY TARGETS bob 2026-11-19T18:42:00.000Z",
    ":s CHATHISTORY TARGETS ann 2026-11-18T10:00:00.000Z",
    ":s CHATHISTORY TARGETS #lobby 2026-11-20T07:02:00.000Z",
];

/// Answers the questions about the inbox: bob wrote twice, carol once, ann's words are read.
fn fill(talk: &mut Talk) {
    let label = |talk: &Talk| {
        talk.state
            .asked
            .iter()
            .last()
            .expect("a request")
            .label
            .clone()
    };
    let first = label(talk);
    talk.answer(&first, "draft/chathistory-targets", TALKS);
    for (name, marker) in [
        ("carol", "*"),
        ("bob", "timestamp=2026-11-19T17:00:00.000Z"),
        ("ann", "timestamp=2026-11-18T10:00:00.000Z"),
    ] {
        let asked = talk.all_sent();
        if asked.contains("MARKREAD") {
            assert!(asked.ends_with(&format!("MARKREAD {name}")), "{asked}");
            let now = label(talk);
            talk.hear(&format!("@label={now} :s MARKREAD {name} {marker}"));
        }
        let page: &[&str] = match name {
            "carol" => {
                &["@msgid=i3;time=2026-11-20T07:02:00.000Z :carol!u@h PRIVMSG me :see report.pdf"]
            }
            "bob" => &[
                "@msgid=i1;time=2026-11-19T18:41:00.000Z :bob!u@h PRIVMSG me :coming tomorrow?",
                "@msgid=i0;time=2026-11-19T18:41:30.000Z :me!u@h PRIVMSG bob :maybe",
                "@msgid=i2;time=2026-11-19T18:42:00.000Z :bob!u@h PRIVMSG me :room 4 at ten",
            ],
            _ => continue,
        };
        let now = label(talk);
        talk.answer(&now, &format!("chathistory {name}"), page);
    }
}

#[test]
fn at_the_arrival_it_is_counted() {
    let mut talk = Talk::begin_with(|settings| settings.loyalty = Loyalty::ComesBack);
    talk.welcome(":s 900 me me!u@h me :You are now logged in as me");
    assert!(
        talk.all_sent()
            .contains("CHATHISTORY TARGETS timestamp=9999-")
    );
    talk.clear();
    fill(&mut talk);
    talk.shown(&["Last here yesterday 17:00. 3 messages in your inbox: type inbox"]);
    assert!(!talk.all_sent().contains("MARKREAD bob timestamp"));
}

#[test]
fn with_nothing_in_it_only_a_long_absence_is_told() {
    for (read, words) in [
        ("2026-11-19T18:20:00.000Z", "Last here yesterday 18:20."),
        ("2026-11-20T07:30:00.000Z", ""),
    ] {
        let mut talk = Talk::begin_with(|settings| settings.loyalty = Loyalty::ComesBack);
        talk.welcome(":s 900 me me!u@h me :You are now logged in as me");
        talk.hear(&format!(":s MARKREAD #lobby timestamp={read}"));
        talk.answer("c2", "chathistory #lobby", &[]).clear();
        talk.answer("c3", "draft/chathistory-targets", &[]);
        assert_eq!(talk.all_shown(), words);
    }
}

#[test]
fn what_a_guest_read_is_told_again_once_the_name_is_kept() {
    let mut talk = Talk::begin_with(|settings| settings.loyalty = Loyalty::ComesBack);
    talk.welcome(":s NOTICE * :a guest").clear();
    talk.hear("@msgid=m1;time=2026-11-20T08:00:05Z :ann!u@h PRIVMSG #lobby :hi");
    talk.says("/unread");
    assert!(talk.all_sent().contains("MARKREAD #lobby"));
    talk.says("/unread").sent(&[]);
    talk.hear(":s 900 me me!u@h me :You are now logged in as me")
        .clear();
    talk.says("/unread");
    assert!(talk.all_sent().contains("MARKREAD #lobby"));
}

#[test]
fn it_is_shown_by_person_and_then_read() {
    let mut talk = Talk::at_home();
    talk.says("inbox");
    fill(&mut talk);
    talk.shown(
        &[
            "── inbox: 3 unread from 2 people ──",
            "18:41  bob → you │ coming tomorrow?",
            "18:42  bob → you │ room 4 at ten",
            "──────── Fri 20 Nov 2026 ────────\n07:02 carol → you │ see report.pdf",
            "── all read now · inbox all = whole history · /r answers carol ──",
        ]
        .map(|line| line.replace("──────── Fri 20 Nov 2026 ────────", "── Fri 20 Nov 2026 ──"))
        .each_ref()
        .map(String::as_str),
    );
    talk.sent(&[
        "MARKREAD bob timestamp=2026-11-19T18:42:00.000Z",
        "MARKREAD carol timestamp=2026-11-20T07:02:00.000Z",
    ]);
    talk.says("/r thanks");
    assert!(talk.all_sent().ends_with("PRIVMSG carol :thanks"));
}

#[test]
fn it_is_kept_unread_or_cleared_unseen() {
    let mut talk = Talk::at_home();
    talk.says("inbox keep");
    fill(&mut talk);
    let shown = talk.all_shown();
    assert!(
        shown.contains("room 4 at ten") && shown.contains("all still unread"),
        "{shown}"
    );
    talk.sent(&[]);
    talk.says("inbox clear").clear();
    let label = talk
        .state
        .asked
        .iter()
        .last()
        .expect("a request")
        .label
        .clone();
    talk.answer(&label, "draft/chathistory-targets", &TALKS[1..2]);
    talk.sent(&["@label=c11 CHATHISTORY AFTER bob timestamp=2026-11-19T17:00:00.000Z 100"]);
    talk.answer(
        "c11",
        "chathistory bob",
        &["@msgid=i1;time=2026-11-19T18:41:00.000Z :bob!u@h PRIVMSG me :coming tomorrow?"],
    );
    talk.shown(&["08:00          * │ 1 message marked as read; inbox all still has them"]);
    talk.sent(&["MARKREAD bob timestamp=2026-11-19T18:41:00.000Z"]);
}

#[test]
fn what_fails_half_way_ends_in_peace() {
    let mut talk = Talk::at_home();
    talk.says("inbox").clear();
    talk.hear(
        "@label=c4 :s FAIL CHATHISTORY MESSAGE_ERROR TARGETS :Messages could not be retrieved",
    );
    assert!(talk.state.inbox.is_none());
    assert!(talk.all_shown().contains("nothing is unread"));
}

#[test]
fn guests_have_none() {
    let mut talk = Talk::begin_with(|_| {});
    talk.welcome(":s NOTICE * :x").clear();
    talk.says("inbox").sent(&[]);
    assert!(
        talk.all_shown()
            .contains("An inbox belongs to a name that is yours")
    );
}
