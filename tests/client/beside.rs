//! Pager, editor, and another server.

use crate::talk::Talk;
use chat::client::deed::Deed;
use chat::client::deed::Wanted;
use chat::client::ending::Then;

#[test]
fn a_long_answer_goes_to_the_pager_and_what_is_said_meanwhile_does_not() {
    let mut talk = Talk::arrived();
    talk.says("/page names").sent(&["@label=c2 NAMES #lobby"]);
    assert_eq!(talk.state.wanted(), Wanted::Nothing);
    talk.hear(":ann!u@h PRIVMSG #lobby :still here");
    talk.shown(&["08:00        ann │ still here"]);
    talk.hear("@label=c2 :s BATCH +n labeled-response");
    talk.hear("@batch=n :s 353 me = #lobby :me @ann bob");
    talk.hear("@batch=n :s 366 me #lobby :End");
    talk.hear(":s BATCH -n");
    let shown = talk.all_shown();
    assert!(
        shown.starts_with("(page)\n") && shown.contains("ann"),
        "{shown}"
    );
    assert_eq!(talk.state.wanted(), Wanted::Line);
}

#[test]
fn what_has_no_answer_is_not_paged_and_a_refusal_is_shown_at_once() {
    let mut talk = Talk::arrived();
    for (line, words) in [
        ("/page hello there", "is no command"),
        ("/page dm bob hi", "has no long answer"),
        ("/page", "Usage: /page COMMAND"),
    ] {
        talk.says(line).sent(&[]);
        let shown = talk.all_shown();
        assert!(
            shown.contains(words) && !shown.contains("(page)"),
            "{shown}"
        );
    }
    talk.says("/page help");
    assert!(talk.all_shown().starts_with("(page)\nA plain line"));
}

#[test]
fn a_server_that_does_not_answer_does_not_keep_the_keyboard() {
    let mut talk = Talk::arrived();
    talk.says("/page list").wait(11);
    assert_eq!(talk.state.wanted(), Wanted::Line);
    let shown = talk.all_shown();
    assert!(shown.contains("did not answer in 10 s"), "{shown}");
}

#[test]
fn what_an_editor_wrote_is_sent_after_a_yes_alone() {
    let mut talk = Talk::arrived();
    talk.says("/edit dear all");
    assert_eq!(talk.state.wanted(), Wanted::Draft("dear all".to_owned()));
    let deeds = talk.state.edited("dear all\n/quit is a word\n\n", talk.now);
    talk.note(deeds).sent(&[]);
    let question = "Paste of 2 lines, 24 B → #lobby. [s]end [f]ile [e]dit [c]ancel, then Enter: ";
    assert_eq!(talk.state.wanted(), Wanted::Answer(question.to_owned()));
    talk.says("e");
    let draft = "dear all\n/quit is a word".to_owned();
    assert_eq!(talk.state.wanted(), Wanted::Draft(draft));
    let deeds = talk.state.undone("vi did not work: no", talk.now);
    talk.note(deeds);
    talk.shown(&["✗ vi did not work: no. Nothing was sent."]);
    assert_eq!(talk.state.wanted(), Wanted::Answer(question.to_owned()));
    talk.says("s").sent(&[
        "@label=c2 PRIVMSG #lobby :dear all",
        "@label=c3 PRIVMSG #lobby :/quit is a word",
    ]);
}

#[test]
fn an_empty_text_is_nothing() {
    let mut talk = Talk::arrived();
    talk.says("/edit");
    let deeds = talk.state.edited("\n \n", talk.now);
    talk.note(deeds).sent(&[]);
    talk.shown(&["08:00          * │ nothing was written, and nothing was sent"]);
    assert_eq!(talk.state.wanted(), Wanted::Line);
}

#[test]
fn who_disconnects_stays_away_until_told_otherwise() {
    let mut talk = Talk::at_home();
    talk.says("/disconnect bye")
        .sent(&["QUIT :bye", "(part)", "(hang up)"]);
    talk.shown(&["⚠ Disconnected. What you say waits here; /reconnect comes back, /quit leaves."]);
    assert_eq!(talk.state.seconds_to_try(), Some(i64::MAX));
    talk.says("later").wait(3600).sent(&[]);
    talk.shown(&["… waiting, to #lobby: \"later\" (1 unsent)"]);
    talk.says("/disconnect").sent(&[]).clear();
    talk.says("/reconnect").sent(&["(connect)"]);
}

#[test]
fn another_server_is_called_and_told_no_password() {
    let mut talk = Talk::at_home();
    for (line, words) in [
        ("/connect", "Usage: /connect HOST [PORT]"),
        ("/connect h x", "\"x\" is no port. Usage:"),
        ("/connect a/b", "names no host"),
    ] {
        talk.says(line).sent(&[]);
        assert!(talk.all_shown().contains(words), "{line}");
    }
    talk.hear(":me!u@h NICK meg").clear();
    let deeds = talk.state.typed("/connect irc://other:7000/dev", talk.now);
    let last = deeds.last().cloned();
    // This one is left once the other is reached.
    talk.note(deeds).sent(&[]);
    let Some(Deed::Leave(ending)) = last else {
        panic!("{last:?}")
    };
    let Then::Call(address) = ending.then else {
        panic!("{ending:?}")
    };
    assert_eq!(
        (address.to_string().as_str(), address.room.as_deref()),
        ("other:7000", Some("#dev"))
    );
    // The name of now goes along; the conversation stays, to go on with.
    assert_eq!(talk.state.me, "meg");
    assert_eq!(talk.state.target.as_deref(), Some("#lobby"));
}
