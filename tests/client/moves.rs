//! Coming and going.

use crate::talk::Talk;
use chat::client::deed::Wanted;

#[test]
fn arrivals_and_departures_are_told_and_folded() {
    let mut talk = Talk::arrived();
    talk.hear(":dave!u@h JOIN #lobby")
        .shown(&["08:00          * │ dave joined"]);
    talk.hear(":dave!u@h QUIT :bye")
        .hear(":erin!u@h JOIN #lobby")
        .shown(&[]);
    talk.wait(5)
        .shown(&["               * │ erin joined; dave left: bye"]);
}

#[test]
fn plain_lines_go_where_they_went_before_when_a_room_is_left() {
    let mut talk = Talk::arrived();
    talk.says("/join dev").sent(&["@label=c2 JOIN #dev"]);
    assert_eq!(talk.state.wanted(), Wanted::Nothing);
    talk.hear("@label=c2 :me!u@h JOIN #dev");
    assert_eq!(talk.state.target.as_deref(), Some("#dev"));
    talk.hear(":ann!u@h KICK #dev me :out");
    assert_eq!(talk.state.target.as_deref(), Some("#lobby"));
    talk.shown(&["08:00          * │ ann removed you from #dev: \"out\""]);
}

#[test]
fn what_is_not_told_comes_before_what_follows_it() {
    let mut talk = Talk::arrived();
    talk.hear(":x!u@h JOIN #lobby").clear();
    talk.hear(":dave!u@h JOIN #lobby")
        .hear(":dave!u@h PRIVMSG #lobby :hi");
    talk.shown(&["               * │ dave joined", "            dave │ hi"]);
    talk.hear(":erin!u@h JOIN #lobby")
        .hear(":erin!u@h NICK eve")
        .hear(":finn!u@h JOIN #lobby")
        .hear(":ann!u@h KICK #lobby finn :out");
    talk.shown(&[
        "               * │ erin joined",
        "               * │ erin is now called eve",
        "               * │ finn joined",
        "               * │ ann removed finn: \"out\"",
    ]);
    talk.hear(":gwen!u@h JOIN #lobby")
        .hear(":gwen!u@h PART #lobby :for lunch");
    talk.shown(&[
        "               * │ gwen joined",
        "               * │ gwen left: for lunch",
    ]);
}

#[test]
fn a_room_is_named_when_it_is_not_the_current_one_at_the_time() {
    let mut talk = Talk::arrived();
    talk.hear(":x!u@h JOIN #lobby")
        .hear(":dave!u@h JOIN #lobby")
        .says("/join #dev")
        .hear("@label=c2 :me!u@h JOIN #dev")
        .clear();
    talk.wait(5).shown(&["        #lobby * │ dave joined"]);
}

#[test]
fn what_is_not_told_comes_before_the_end() {
    let dave = "               * │ dave left: bye";
    for (end, shown) in [
        (
            "ERROR :Closing link",
            &[dave, "The server closed the connection: Closing link"][..],
        ),
        (
            ":server NOTICE me :The server is stopping",
            &[dave, "⚠ The server is stopping"],
        ),
    ] {
        let mut talk = Talk::arrived();
        talk.hear(":dave!u@h JOIN #lobby").clear();
        talk.hear(":dave!u@h QUIT :bye").shown(&[]);
        talk.hear(end).shown(shown);
    }
}
