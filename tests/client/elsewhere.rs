//! Lines that go somewhere else than where one talks, and mistakes on the way.

use crate::talk::Talk;

fn in_dev() -> Talk {
    let mut talk = Talk::arrived();
    talk.hear(":me!u@h JOIN #dev")
        .hear(":s 353 me = #dev :me ann")
        .hear(":s 366 me #dev :End");
    talk.clear();
    talk
}

#[test]
fn a_room_and_a_colon_say_where_a_line_goes_and_nowhere_else() {
    let mut talk = in_dev();
    talk.says("#DEV: it works")
        .sent(&["@label=c2 PRIVMSG #dev :it works"]);
    assert_eq!(talk.state.target.as_deref(), Some("#lobby"));
    talk.says("#dve: the secret").sent(&[]).shown(&[
        "✗ You are not in #dve. Did you mean #dev? Nothing was sent; your line is on the\n  ↑ key.\n  \
         To say this in #lobby: /say #dve: …",
    ]);
    talk.says("/say #1: first point")
        .sent(&["@label=c3 PRIVMSG #lobby :#1: first point"]);
    talk.says("/to #dev done")
        .sent(&["@label=c4 PRIVMSG #dev :done"]);
}

#[test]
fn a_room_that_was_meant_is_told() {
    let mut talk = in_dev();
    talk.says("/switch dve");
    let shown = talk.all_shown();
    assert!(shown.contains("Did you mean #dev?"), "{shown}");
    talk.says("/part #dve")
        .hear("@label=c2 :s 403 me #dve :No such channel")
        .shown(&["✗ There is no room #dve. Did you mean #dev? /list shows the rooms."]);
    talk.says("/list")
        .hear("@label=c3 :s BATCH +1 labeled-response");
    talk.hear("@batch=1 :s 322 me #general 4 :talk")
        .hear("@batch=1 :s 323 me :End")
        .hear(":s BATCH -1")
        .clear();
    talk.says("/names #genral")
        .hear("@label=c4 :s 403 me #genral :No such channel");
    let shown = talk.all_shown();
    assert!(shown.contains("Did you mean #general?"), "{shown}");
}

#[test]
fn my_rooms_are_listed_with_what_waits_in_them() {
    let mut talk = in_dev();
    talk.hear(":ann!u@h PRIVMSG #dev :one")
        .hear(":ann!u@h PRIVMSG #dev :me: two")
        .clear();
    talk.says("/rooms");
    talk.shown(&[
        "You are in 2 rooms\n  #lobby  3 here\n  #dev    2 here  2 unread, 1 with your name",
    ]);
}

#[test]
fn a_short_name_is_not_taken_for_any_other() {
    let mut talk = Talk::arrived();
    talk.says("/dm jan hi")
        .hear("@label=c2 :s 401 me jan :No such nick");
    talk.shown(&["✗ No user jan. Nothing was sent; your line is on the ↑ key."]);
}

#[test]
fn a_guest_who_left_is_told_from_somebody_who_never_was() {
    let mut talk = Talk::arrived();
    talk.hear(":bob!u@h QUIT :bye").clear();
    talk.says("/dm bob hi")
        .hear("@label=c2 :s 401 me bob :No such nick");
    let shown = talk.all_shown().replace("\n ", "");
    assert!(
        shown.starts_with("✗ bob was a guest and has left; only registered names have an inbox"),
        "{shown}"
    );
    assert!(
        shown.ends_with("Nothing was sent; your line is on the ↑ key."),
        "{shown}"
    );
    talk.hear(":bob!u@h JOIN #lobby").clear();
    talk.says("/whois bob")
        .hear("@label=c3 :s 401 me bob :No such nick");
    talk.shown(&["✗ No user bob."]);
}

#[test]
fn who_is_away_is_told_below_what_was_said() {
    let mut talk = Talk::arrived();
    talk.says("broadcast user ann bob lunch at noon");
    for line in [
        "@label=c2 :s BATCH +1 labeled-response",
        "@batch=1 :s 301 me bob :at sea",
        "@batch=1 :me!u@h PRIVMSG ann :lunch at noon",
        ":s BATCH -1",
    ] {
        talk.hear(line);
    }
    talk.shown(&[
        "08:00 you → ann, bob │ lunch at noon",
        "                 │ bob is away: at sea",
    ]);
}

#[test]
fn leaving_by_a_key_is_asked_about_while_something_is_unsent() {
    let mut talk = Talk::at_home();
    talk.lose().says("later");
    let deeds = talk.state.input_ended(talk.now);
    talk.note(deeds);
    assert_eq!(talk.exit, None);
    let question = "1 message is unsent. Leave all the same? [y/N] ".to_owned();
    assert_eq!(
        talk.state.wanted(),
        chat::client::deed::Wanted::Answer(question)
    );
    talk.says("n");
    assert_eq!(talk.exit, None);
    for _ in 0..2 {
        let deeds = talk.state.input_ended(talk.now);
        talk.note(deeds);
    }
    assert_eq!(talk.exit, Some(chat::exit::Exit::Failed));
    assert!(talk.all_shown().contains("Never sent: later"));
}
