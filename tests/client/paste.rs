//! What is pasted: said, shared as a file, or not; never a command.

use crate::talk::Talk;
use chat::client::deed::Wanted;
use chat::client::files::order::{Content, Job};

fn question(talk: &Talk) -> String {
    match talk.state.wanted() {
        Wanted::Answer(question) => question,
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_line_behaves_as_typed_whatever_follows_it() {
    let mut talk = Talk::arrived();
    talk.says("/away lunch\n").sent(&["@label=c2 AWAY :lunch"]);
    talk.says("hello\r\n")
        .sent(&["@label=c3 PRIVMSG #lobby :hello"]);
    talk.says("/away x\ny\n").sent(&[
        "@label=c4 PRIVMSG #lobby :/away x",
        "@label=c5 PRIVMSG #lobby :y",
    ]);
}

#[test]
fn many_lines_can_go_as_a_file() {
    let mut talk = Talk::arrived();
    talk.says("a\n\nb\nc\n").says("f").sent(&[]);
    let orders = std::mem::take(&mut talk.orders);
    let [order] = orders.as_slice() else {
        panic!("{orders:?}");
    };
    let Job::Upload(upload) = &order.job else {
        panic!("{order:?}");
    };
    let content = Content::Text {
        name: "paste-2026-11-20-080000.txt".to_owned(),
        text: "a\n\nb\nc\n".to_owned(),
    };
    assert_eq!((&upload.content, upload.to.as_str()), (&content, "#lobby"));
    assert_eq!(talk.state.wanted(), Wanted::Nothing, "the bar comes first");
}

#[test]
fn what_is_too_long_to_be_said_can_only_be_a_file() {
    let mut talk = Talk::arrived();
    let line = "x".repeat(999);
    let text = vec![line.as_str(); 66].join("\n");
    talk.says(&text).sent(&[]);
    let asked = question(&talk);
    let expected = "Paste of 66 lines, 65.9 kB → #lobby, too long to be said. [f]ile [e]dit [c]ancel, then Enter: ";
    assert_eq!(asked, expected);
    talk.says("s").sent(&[]);
    assert_eq!(question(&talk), expected);
    talk.says("f").sent(&[]);
    assert_eq!(talk.orders.len(), 1);
    talk.clear();
    talk.state
        .files
        .find_mut(1)
        .expect("it runs")
        .end(chat::client::files::transfer::Stage::Done, talk.now);
    talk.says(&"x".repeat(70_000)).sent(&[]);
    assert!(question(&talk).starts_with("Paste of 1 line, 70.0 kB → #lobby, too long"));
}

#[test]
fn without_files_none_is_offered() {
    let mut talk = Talk::arrived();
    talk.hear(":s 004 me s solanum-1 o o");
    talk.says("a\nb\nc\nd");
    assert!(!question(&talk).contains("[f]ile"));
    talk.says("f").sent(&[]);
    assert!(question(&talk).contains("[s]end"));
    talk.says("s");
    assert_eq!(talk.all_sent().lines().count(), 4);
}

#[test]
fn without_a_room_a_paste_goes_nowhere() {
    let mut talk = Talk::arrived();
    talk.hear(":me!u@h PART #lobby").clear();
    talk.says("a\nb\nc\nd").sent(&[]);
    assert_eq!(talk.state.wanted(), Wanted::Line);
    assert!(talk.all_shown().contains("No room yet"));
}
