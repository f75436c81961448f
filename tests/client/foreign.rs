//! A server of another kind: it neither labels nor echoes, and knows less.

use crate::talk::Talk;
use chat::client::settings::Manner;

fn arrived() -> Talk {
    let mut talk = Talk::begin(Manner::Person);
    for line in [
        ":s CAP * LS :server-time",
        ":s CAP * ACK :server-time",
        ":s 001 me :Hello",
        ":s 004 me s other-4 o o",
        ":s 005 me CHANTYPES=# CASEMAPPING=ascii PREFIX=(ov)@+ :are supported",
        ":s 422 me :No MOTD",
        ":me!u@h JOIN #lobby",
        ":s 353 me = #lobby :me @ann bob",
        ":s 366 me #lobby :End",
        ":s PONG s arrival",
    ] {
        talk.hear(line);
    }
    talk.clear();
    talk
}

#[test]
fn a_broadcast_that_is_refused_waits_no_longer() {
    let mut talk = arrived();
    talk.says("/bm hi").sent(&["PRIVMSG $* :hi", "PING said"]);
    talk.hear(":s 481 me :Permission Denied - You do not have the required operator privileges");
    talk.shown(&[
        "✗ This server does not let you speak to everybody. Nothing was sent; your line\n  is on the ↑ key.",
    ]);
    talk.hear(":s PONG s said").wait(2).wait(9).shown(&[]);
    assert!(talk.state.asked.is_empty());
}

#[test]
fn what_is_said_to_one_person_is_shown_once_the_server_took_it() {
    let mut talk = arrived();
    talk.says("/dm nosuch x")
        .sent(&["PRIVMSG nosuch :x", "PING said"])
        .shown(&[]);
    talk.hear(":s 401 me nosuch :No such nick")
        .hear(":s PONG s said");
    talk.shown(&["✗ No user nosuch. Nothing was sent; your line is on the ↑ key."]);
    talk.says("/dm bob x").shown(&[]);
    talk.hear(":s 301 me bob :at sea").hear(":s PONG s said");
    talk.shown(&[
        "08:00  you → bob │ x",
        "                 │ bob is away: at sea",
    ]);
    talk.says("hello").shown(&["              me │ hello"]);
    assert!(talk.state.asked.is_empty());
}

#[test]
fn what_it_does_not_know_is_told_with_what_helps() {
    let mut talk = arrived();
    for (typed, words) in [
        ("/block bob", "/mute bob hides here what bob says."),
        ("/unblock bob", "/mute bob hides here what bob says."),
        ("/blocked", "/mute lists whom you have muted here."),
    ] {
        talk.says(typed).hear(":s 421 me SILENCE :Unknown command");
        let shown = talk.all_shown();
        assert!(
            shown.starts_with("✗ This server cannot block anybody.") && shown.ends_with(words),
            "{shown}"
        );
    }
    talk.says("/search x")
        .shown(&["✗ This server cannot search, and keeps nothing that was said."]);
    assert!(talk.state.asked.is_empty());
}

#[test]
fn what_is_asked_on_the_wire_is_shown_as_it_comes() {
    let mut talk = arrived();
    talk.says("/raw NAMES #dev")
        .sent(&["NAMES #dev", "PING said"]);
    talk.hear(":s 353 me = #dev :@carol dave")
        .hear(":s 366 me #dev :End of /NAMES list.")
        .hear(":s PONG s said");
    talk.shown(&[
        "08:00          * │ = #dev @carol dave",
        "               * │ #dev End of /NAMES list.",
    ]);
    talk.says("/admin");
    talk.hear(":s 256 me s :Administrative info")
        .hear(":s 259 me :root@example.org")
        .hear(":s PONG s said");
    let shown = talk.all_shown();
    assert!(shown.contains("root@example.org"), "{shown}");
    assert!(talk.state.asked.is_empty());
    talk.hear(":s 353 me = #lobby :@carol dave").shown(&[]);
}
