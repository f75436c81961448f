//! Questions to the person, and what ends them.

use crate::talk::Talk;
use chat::client::deed::{Deed, Wanted};
use chat::client::ending::Then;
use chat::client::settings::Manner;
use chat::client::state::NAME;
use chat::exit::Exit;

#[test]
fn a_name_that_is_taken_is_asked_for_again() {
    let mut talk = Talk::begin(Manner::Person);
    talk.hear(":s 433 * me :Nickname is already in use. Free: me2, me_, me3");
    assert_eq!(talk.state.wanted(), Wanted::Answer(NAME.to_owned()));
    talk.shown(&["✗ The name me is in use. Free: me2, me_, me3."]);
    talk.clear();
    talk.says("hi ann").sent(&[]);
    talk.shown(&["✗ A name is one word, without spaces."]);
    talk.says("me2").sent(&["NICK me2"]);
    let mut pipe = Talk::begin(Manner::Pipe);
    pipe.hear(":s 433 * me :Nickname is already in use");
    assert_eq!(pipe.exit, Some(Exit::Refused));
}

#[test]
fn at_the_question_for_a_name_one_can_leave() {
    for (act, exit) in [("/quit", Exit::Done), ("QUIT", Exit::Done)] {
        let mut talk = Talk::begin(Manner::Person);
        talk.hear(":s 433 * me :Nickname is already in use")
            .says(act);
        assert_eq!(talk.exit, Some(exit));
    }
    let mut talk = Talk::begin(Manner::Person);
    talk.hear(":s 433 * me :Nickname is already in use");
    let deeds = talk.state.interrupted(talk.now);
    talk.note(deeds);
    assert_eq!(talk.exit, Some(Exit::Interrupted));
}

#[test]
fn a_name_that_cannot_be_is_refused_in_the_words_of_the_server() {
    let mut talk = Talk::begin(Manner::Person);
    talk.hear(":s 432 * operator :This name is reserved")
        .shown(&["✗ operator cannot be your name: this name is reserved."]);
}

#[test]
fn a_paste_is_sent_or_not_by_a_clear_answer() {
    let mut talk = Talk::arrived();
    talk.says("a\nb\n\n/c\nd\n").sent(&[]).shown(&[]);
    let question = "Paste of 5 lines (1 empty, to be left out), 9 B → #lobby. [s]end [f]ile [e]dit [c]ancel, then Enter: ";
    assert_eq!(talk.state.wanted(), Wanted::Answer(question.to_owned()));
    talk.says("what?").sent(&[]);
    assert_eq!(talk.state.wanted(), Wanted::Answer(question.to_owned()));
    talk.clear();
    let deeds = talk.state.interrupted(talk.now);
    talk.note(deeds)
        .shown(&["08:00          * │ not sent; the paste is on the ↑ key"]);
    assert_eq!(talk.state.wanted(), Wanted::Line);
    talk.says("a\n\nb");
    talk.sent(&["@label=c2 PRIVMSG #lobby :a", "@label=c3 PRIVMSG #lobby :b"]);
    talk.shown(&["                 │ 1 empty line was left out"]);
}

#[test]
fn that_nothing_was_sent_is_said_once() {
    let mut talk = Talk::arrived();
    talk.says("/bm hi");
    talk.hear("@label=c2 :s FAIL PRIVMSG RATE_LIMITED $* :Wait a little. Nothing was sent");
    talk.shown(&["✗ Wait a little. Nothing was sent; your line is on the ↑ key."]);
}

#[test]
fn who_is_removed_without_a_reason_is_told_once() {
    let mut talk = Talk::arrived();
    talk.hear(":s KILL me :Removed by an operator")
        .hear("ERROR :Killed");
    talk.shown(&["Removed from the server by an operator. You may connect again."]);
}

#[test]
fn a_password_is_asked_for_where_none_was_given() {
    let mut talk = Talk::begin(Manner::Person);
    talk.hear(":s 464 * :Password incorrect");
    let deeds = talk.state.heard(b"ERROR :Bad password", talk.now);
    let [Deed::Leave(ending)] = deeds.as_slice() else {
        panic!("{deeds:?}");
    };
    assert_eq!(ending.then, Then::AskPassword);
}
