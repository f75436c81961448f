//! `/admin`: an operator asks the server, and sees what it says.

use crate::talk::Talk;

#[test]
fn an_operator_sees_the_answer_as_it_comes() {
    let mut talk = Talk::at_home();
    talk.says("/admin kick bob -r \"be nice\"")
        .sent(&["@label=c4 ADMIN :kick bob -r \"be nice\""]);
    talk.hear("@label=c4 :s NOTICE me :Disconnected bob (192.0.2.1:5, 1 session).");
    let shown = talk.all_shown();
    assert!(
        shown.contains("Disconnected bob (192.0.2.1:5, 1 session)."),
        "{shown}"
    );
    talk.says("/admin").sent(&["@label=c5 ADMIN"]);
    talk.hear("@label=c5 :s 423 me s :No administrative info available");
    assert!(
        talk.all_shown()
            .contains("No administrative info available")
    );
    assert!(talk.state.asked.is_empty());
}

#[test]
fn a_guest_is_told_that_it_is_for_operators() {
    let mut talk = Talk::arrived();
    talk.says("/admin list").sent(&["@label=c2 ADMIN :list"]);
    talk.hear("@label=c2 :s 402 me list :No such server");
    talk.shown(&["✗ That is for operators. /admin alone tells who runs this server."]);
}
