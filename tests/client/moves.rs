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
    talk.shown(&[
        "08:00          * │ ann removed you from #dev: \"out\"",
        "── #lobby · plain lines go here now ──",
    ]);
}

#[test]
fn a_line_for_a_room_that_was_lost_meanwhile_is_said_nowhere() {
    for line in ["secret for dev", "/me waves", "/topic x", "one\ntwo"] {
        let mut talk = Talk::arrived();
        talk.says("/join dev").hear("@label=c2 :me!u@h JOIN #dev");
        talk.hear(":ann!u@h KICK #dev me :out").clear();
        talk.says(line).sent(&[]).shown(&[
            "✗ #dev is left; plain lines go to #lobby now. Nothing was sent; your line is on\n  the ↑ key.",
        ]);
        talk.says("for all")
            .sent(&["@label=c3 PRIVMSG #lobby :for all"]);
    }
}

#[test]
fn what_names_its_place_goes_there_though_another_was_lost() {
    for (line, sent) in [
        ("#lobby: hello", "@label=c3 PRIVMSG #lobby :hello"),
        ("/dm bob hello", "@label=c3 PRIVMSG bob :hello"),
    ] {
        let mut talk = Talk::arrived();
        talk.says("/join dev").hear("@label=c2 :me!u@h JOIN #dev");
        talk.hear(":ann!u@h KICK #dev me :out").clear();
        talk.says(line).sent(&[sent]);
    }
}

#[test]
fn who_leaves_a_room_is_told_where_lines_go_and_may_go_on() {
    let mut talk = Talk::arrived();
    talk.says("/join dev").hear("@label=c2 :me!u@h JOIN #dev");
    talk.says("/part").clear();
    talk.hear("@label=c3 :me!u@h PART #dev").shown(&[
        "08:00          * │ you left #dev",
        "── #lobby · plain lines go here now ──",
    ]);
    talk.says("hello")
        .sent(&["@label=c4 PRIVMSG #lobby :hello"]);
}

#[test]
fn several_rooms_are_entered_at_once_and_the_last_is_where_lines_go() {
    let mut talk = Talk::arrived();
    talk.says("/join #a,b key")
        .sent(&["@label=c2 JOIN #a key", "@label=c3 JOIN #b"]);
    talk.hear("@label=c2 :me!u@h JOIN #a")
        .hear("@label=c3 :me!u@h JOIN #b");
    assert_eq!(talk.state.target.as_deref(), Some("#b"));
    talk.clear();
    let many = vec!["#x"; 21].join(",");
    talk.says(&format!("/join {many}"))
        .sent(&[])
        .shown(&["✗ At most 20 rooms at a time. Nothing was entered."]);
}

#[test]
fn a_talk_with_a_person_can_be_closed() {
    for close in ["/part", "/close", "/close bye then", "/close bob"] {
        let mut talk = Talk::arrived();
        talk.says("/dm bob").clear();
        talk.says(close).sent(&[]).shown(&[
            "08:00          * │ the talk with bob is closed",
            "── #lobby · plain lines go here now ──",
        ]);
        talk.says("/switch bob").sent(&[]);
        assert_eq!(talk.state.target.as_deref(), Some("#lobby"), "{close}");
    }
    let mut talk = Talk::arrived();
    talk.says("/dm bob").says("/switch #lobby").clear();
    talk.says("/part BOB")
        .sent(&[])
        .shown(&["08:00          * │ the talk with bob is closed"]);
    talk.says("/part so long")
        .sent(&["@label=c2 PART #lobby :so long"]);
    talk.says("/dm bob")
        .says("/part #lobby bye")
        .sent(&["@label=c3 PART #lobby :bye"]);
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
