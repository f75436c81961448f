//! Keys that go somewhere else.

use crate::talk::Talk;
use chat::terminal::jump::Jump;

fn jump(talk: &mut Talk, jump: Jump) -> String {
    let deeds = talk.state.jumped(jump, talk.now);
    talk.note(deeds);
    talk.state.target.clone().unwrap_or_default()
}

fn in_three_rooms() -> Talk {
    let mut talk = Talk::arrived();
    for room in ["#dev", "#ops"] {
        talk.hear(&format!(":me!u@h JOIN {room}"));
        talk.hear(&format!(":s 366 me {room} :End"));
    }
    talk.says("/switch #lobby").clear();
    talk
}

#[test]
fn the_places_stand_in_a_ring_whose_order_stays() {
    let mut talk = in_three_rooms();
    talk.says("/dm bob").hear(":s 318 me bob :End");
    talk.says("/switch #lobby");
    for (key, place) in [
        (Jump::Next, "#dev"),
        (Jump::Next, "#ops"),
        (Jump::Next, "bob"),
        (Jump::Next, "#lobby"),
        (Jump::Previous, "bob"),
        (Jump::Previous, "#ops"),
        (Jump::Number(1), "#lobby"),
        (Jump::Number(4), "bob"),
    ] {
        assert_eq!(jump(&mut talk, key), place, "{key:?}");
    }
    talk.clear();
    assert_eq!(jump(&mut talk, Jump::Number(5)), "bob");
    talk.shown(&["✗ There is no place 5; the last is 4. /rooms shows your rooms."]);
}

#[test]
fn one_key_goes_where_something_is_unread_what_is_for_me_first() {
    let mut talk = in_three_rooms();
    assert_eq!(jump(&mut talk, Jump::Unread), "#lobby");
    talk.shown(&["✗ Nothing is unread elsewhere."]);
    talk.hear(":ann!u@h PRIVMSG #dev :one");
    talk.hear(":ann!u@h PRIVMSG #ops :me: two");
    talk.hear(":bob!u@h PRIVMSG me :three");
    for place in ["bob", "#ops", "#dev"] {
        assert_eq!(jump(&mut talk, Jump::Unread), place);
    }
}

#[test]
fn where_there_is_one_place_keys_go_nowhere() {
    let mut talk = Talk::arrived();
    assert_eq!(jump(&mut talk, Jump::Next), "#lobby");
    talk.shown(&["✗ There is no other room or person. /join ROOM or /dm NAME goes to one."]);
}

#[test]
fn the_prompt_says_who_is_away_and_that_rooms_are_only_counted() {
    let mut talk = Talk::arrived();
    assert_eq!(talk.state.marks(), "");
    talk.says("/away lunch").says("/only on");
    assert_eq!(talk.state.marks(), "z=");
    talk.says("/back");
    assert_eq!(talk.state.marks(), "=");
}

#[test]
fn a_name_that_looks_like_somebody_elses_is_marked() {
    let mut talk = Talk::arrived();
    talk.hear(":ann!u@h PRIVMSG #lobby :it is I");
    talk.shown(&["08:00        ann │ it is I"]);
    // The first letter is Cyrillic.
    talk.hear(":аnn!u@h JOIN #lobby").clear();
    talk.hear(":аnn!u@h PRIVMSG #lobby :no, it is I");
    talk.hear("@account=mallory :аnn!u@h PRIVMSG me :psst");
    talk.hear("@account=ann :ann!u@h PRIVMSG #lobby :no");
    talk.hear(":ann!u@h PRIVMSG #lobby :no");
    talk.shown(&[
        "            аnn? │ no, it is I",
        "      аnn(mallory) → you │ psst",
        "             ann │ no",
        "            ann? │ no",
    ]);
    talk.hear(":аnn!u@h QUIT :bye").clear();
    talk.hear(":ann!u@h PRIVMSG #lobby :alone again");
    talk.shown(&["             ann │ alone again"]);
}
