//! What becomes of a message: its name, its receipt, its refusal; and messages of several lines.

use crate::talk::Talk;

const ID: &str = "0707070707070707";

#[test]
fn each_message_has_a_name_of_its_own() {
    let mut talk = Talk::at_home();
    talk.says("one").says("two").sent(&[
        &format!("@label=c4;+chat/id={ID}-1 PRIVMSG #lobby :one"),
        &format!("@label=c5;+chat/id={ID}-2 PRIVMSG #lobby :two"),
    ]);
    talk.shown(&[]);
    talk.hear("@label=c4;msgid=m1;time=2026-11-20T08:00:01Z :me!u@h PRIVMSG #lobby :one")
        .shown(&["08:00         me │ one"]);
}

#[test]
fn what_waits_in_an_inbox_says_so_below_the_message() {
    let mut talk = Talk::at_home();
    for order in [[0, 1], [1, 0]] {
        talk.says("/dm carl hi").clear();
        let label = talk.state.asked.iter().last().unwrap().label.clone();
        talk.hear(&format!("@label={label} :s BATCH +1 labeled-response"));
        let lines = [
            "@batch=1;time=2026-11-20T08:00:01Z :me!u@h PRIVMSG carl :hi",
            "@batch=1 :s NOTE PRIVMSG STORED carl 2026-11-20T07:02:00.000Z :Stored",
        ];
        for at in order {
            talk.hear(lines[at]);
        }
        talk.hear(":s BATCH -1");
        let shown = talk.all_shown();
        let (said, receipt) = shown.split_once('\n').expect("two lines");
        assert!(said.ends_with("you → carl │ hi"), "{shown}");
        assert!(
            receipt.ends_with("│ stored in carl's inbox (offline since 07:02)"),
            "{shown}"
        );
    }
}

#[test]
fn what_is_not_stored_is_not_said() {
    let mut talk = Talk::at_home();
    for (fail, words) in [
        (
            "STORAGE #lobby :no space is left",
            "✗ The server cannot store messages at the moment. Nothing was sent;",
        ),
        (
            "INBOX_FULL bob :Inbox is full",
            "✗ bob is away, and bob's inbox is full.",
        ),
        (
            "ID_CONFLICT x :x",
            "✗ The server holds another message under the same name; this one was not taken.",
        ),
    ] {
        talk.says("hello").clear();
        let label = talk.state.asked.iter().last().unwrap().label.clone();
        talk.hear(&format!("@label={label} :s FAIL PRIVMSG {fail}"));
        let shown = talk.all_shown().replace("\n ", "");
        assert!(shown.starts_with(words), "{shown}");
        assert!(shown.ends_with("your line is on the ↑ key."), "{shown}");
    }
}

#[test]
fn several_lines_are_one_message_where_the_server_knows_such() {
    let mut talk = Talk::at_home();
    talk.says("one\n\n/two").sent(&[
        &format!("@label=c4;+chat/id={ID}-1 BATCH +m1 draft/multiline #lobby"),
        "@batch=m1 PRIVMSG #lobby :one",
        "@batch=m1 PRIVMSG #lobby :",
        "@batch=m1 PRIVMSG #lobby :/two",
        "BATCH -m1",
    ]);
    talk.hear(
        "@label=c4;msgid=m1;time=2026-11-20T08:00:01Z :me!u@h BATCH +x draft/multiline #lobby",
    );
    for line in ["one", "", "/two"] {
        talk.hear(&format!("@batch=x :me!u@h PRIVMSG #lobby :{line}"));
    }
    talk.shown(&[]);
    talk.hear(":me!u@h BATCH -x");
    talk.shown(&["08:00         me │ one\n                 │\n                 │ /two"]);
    assert!(talk.state.asked.is_empty());
}

#[test]
fn what_is_too_long_for_a_line_is_joined_again() {
    let mut talk = Talk::at_home();
    let long = "word ".repeat(150);
    talk.says(long.trim());
    let sent = talk.all_sent();
    assert!(sent.contains("BATCH +m1 draft/multiline #lobby"), "{sent}");
    assert!(
        sent.contains("@batch=m1;draft/multiline-concat PRIVMSG"),
        "{sent}"
    );
    let too_long = "word ".repeat(900);
    talk.says(too_long.trim());
    let sent = talk.all_sent();
    assert!(!sent.contains("BATCH"), "{sent}");
    assert!(sent.contains(&format!("+chat/id={ID}-2 PRIVMSG")), "{sent}");
    assert!(
        sent.contains(&format!("+chat/id={ID}-2.1 PRIVMSG")),
        "{sent}"
    );
}

#[test]
fn a_message_of_several_lines_from_another_is_one_message() {
    let mut talk = Talk::at_home();
    talk.hear("@msgid=m9;time=2026-11-20T08:01:00Z :ann!u@h BATCH +x draft/multiline #lobby")
        .hear("@batch=x :ann!u@h PRIVMSG #lobby :hello")
        .hear("@batch=x :ann!u@h PRIVMSG #lobby :how are ")
        .hear("@batch=x;draft/multiline-concat :ann!u@h PRIVMSG #lobby :you, me?")
        .shown(&[]);
    talk.hear(":ann!u@h BATCH -x");
    talk.shown(&["08:01»       ann │ hello\n                 │ how are you, me?"]);
}
