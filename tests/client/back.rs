//! The connection is lost and made again: nothing is lost, nothing is shown twice, and the gap is told.

use crate::talk::Talk;
use chat::client::deed::Wanted;
use chat::exit::Exit;

const ID: &str = "0707070707070707";

/// At home, with a message of ann's seen, and the connection lost.
fn lost() -> Talk {
    let mut talk = Talk::at_home();
    talk.hear("@msgid=m1;time=2026-11-20T08:00:00Z :ann!u@h PRIVMSG #lobby :before");
    talk.clear();
    talk.lose();
    talk.sent(&["(hang up)"]);
    talk
}

/// The server's part of a return, up to the end of the arrival.
fn returned(talk: &mut Talk) -> &mut Talk {
    talk.come_back();
    talk.welcome(":s 900 me me!u@h me :You are now logged in as me")
}

fn last_label(talk: &Talk) -> String {
    talk.state
        .asked
        .iter()
        .last()
        .expect("a request")
        .label
        .clone()
}

#[test]
fn the_loss_is_told_once_and_tried_again_with_growing_pauses() {
    let mut talk = lost();
    talk.shown(&["✗ Connection lost (the server closed it). Trying again; you can keep typing,\n  messages wait here."]);
    assert_eq!(talk.state.wanted(), Wanted::Line);
    let mut pauses = Vec::new();
    for _ in 0..9 {
        let begun = talk.now;
        while !talk.all_sent().contains("(connect)") {
            talk.now = talk.state.deadline();
            let deeds = talk.state.tick(talk.now);
            talk.note(deeds);
        }
        pauses.push(talk.now.duration_since(begun).as_millis());
        let ending = chat::client::ending::Ending::new(Exit::Unreachable, "no");
        let deeds = talk.state.not_connected(ending, talk.now);
        talk.note(deeds);
    }
    talk.shown(&[]);
    for (pause, seconds) in pauses.iter().zip([1, 2, 4, 8, 15, 30, 60, 60, 60]) {
        let fifth = seconds * 200;
        let about = seconds * 1000 - fifth..=seconds * 1000 + fifth;
        assert!(about.contains(pause), "{seconds} s: {pauses:?}");
    }
}

#[test]
fn what_is_typed_waits_and_goes_out_in_order_under_its_name() {
    let mut talk = Talk::at_home();
    talk.hear("@msgid=m1;time=2026-11-20T08:00:00Z :ann!u@h PRIVMSG #lobby :before");
    talk.says("sent, but never acknowledged");
    let sent = talk.all_sent();
    assert!(sent.contains(&format!("{ID}-1 PRIVMSG")));
    talk.lose();
    talk.clear();
    talk.says("later")
        .shown(&["… waiting, to #lobby: \"later\" (2 unsent)"]);
    talk.says("/whois bob").sent(&[]);
    assert!(
        talk.all_shown()
            .contains("No connection, and /whois needs one.")
    );
    talk.says("/unsent");
    assert!(
        talk.all_shown()
            .contains("1  #lobby  sent, but never acknowledged")
    );
    talk.wait(43);
    talk.clear();
    returned(&mut talk);
    let talks = last_label(&talk);
    talk.clear();
    talk.answer(&talks, "draft/chathistory-targets", &[]);
    talk.answer(&last_label(&talk), "chathistory #lobby", &[]);
    let sent = talk.all_sent();
    let first = sent.find(&format!(
        "+chat/id={ID}-1 PRIVMSG #lobby :sent, but never acknowledged"
    ));
    let second = sent.find(&format!("+chat/id={ID}-2 PRIVMSG #lobby :later"));
    assert!(first.unwrap() < second.unwrap(), "{sent}");
    talk.clear();
    let labels: Vec<String> = talk
        .state
        .asked
        .iter()
        .map(|own| own.label.clone())
        .collect();
    talk.hear(&format!("@label={};msgid=m5;time=2026-11-20T08:00:01Z :me!u@h PRIVMSG #lobby :sent, but never acknowledged", labels[0]));
    talk.hear(&format!(
        "@label={};msgid=m6;time=2026-11-20T08:00:44Z :me!u@h PRIVMSG #lobby :later",
        labels[1]
    ));
    let shown = talk.all_shown();
    assert!(shown.contains("me │ later"), "{shown}");
    assert!(
        shown.ends_with("── back after 43 s · 2 unsent messages delivered ──"),
        "{shown}"
    );
    assert!(talk.state.back.is_none());
}

#[test]
fn what_was_missed_is_shown_in_order_once_and_counted() {
    let mut talk = lost();
    talk.wait(43).clear();
    returned(&mut talk);
    let sent = talk.all_sent();
    assert!(
        sent.contains("CHATHISTORY TARGETS timestamp=2026-11-20T08:00:00.000Z timestamp=9999-"),
        "{sent}"
    );
    talk.clear();
    // Said while the past is fetched: it comes behind it.
    talk.hear("@msgid=m4;time=2026-11-20T08:00:50Z :bob!u@h PRIVMSG #lobby :live")
        .shown(&[]);
    talk.answer(
        &last_label(&talk),
        "draft/chathistory-targets",
        &[
            ":s CHATHISTORY TARGETS carl 2026-11-20T08:00:30.000Z",
            ":s CHATHISTORY TARGETS #lobby 2026-11-20T08:00:30.000Z",
        ],
    );
    assert!(
        talk.all_sent()
            .ends_with("CHATHISTORY AFTER #lobby msgid=m1 100")
    );
    talk.answer(
        &last_label(&talk),
        "chathistory #lobby",
        &[
            "@msgid=m2;time=2026-11-20T08:00:10Z :ann!u@h PRIVMSG #lobby :missed one",
            "@msgid=m3;time=2026-11-20T08:00:20Z :ann!u@h PRIVMSG #lobby :me: missed two",
            "@msgid=m4;time=2026-11-20T08:00:50Z :bob!u@h PRIVMSG #lobby :live",
        ],
    );
    assert!(
        talk.all_sent()
            .ends_with("CHATHISTORY AFTER carl timestamp=2026-11-20T08:00:00.000Z 100")
    );
    talk.answer(
        &last_label(&talk),
        "chathistory carl",
        &["@msgid=m9;time=2026-11-20T08:00:30Z :carl!u@h PRIVMSG me :psst"],
    );
    talk.shown(&[
        "             ann │ missed one",
        "»            ann │ me: missed two",
        "             bob │ live",
        "      carl → you │ psst",
        "── back after 43 s · 3 new in #lobby, 1 private message · 1 calls you ──",
    ]);
    assert_eq!(talk.state.rooms.unread().urgent, 1);
}

#[test]
fn many_missed_messages_come_in_pages_and_too_many_are_left_to_history() {
    let mut talk = lost();
    returned(&mut talk);
    talk.answer(&last_label(&talk), "draft/chathistory-targets", &[]);
    talk.clear();
    let mut next = 100;
    let mut page = |talk: &mut Talk, count: usize| {
        let lines: Vec<String> = (next..next + count)
            .map(|n| {
                format!("@msgid=x{n};time=2026-11-20T08:00:10Z :ann!u@h PRIVMSG #lobby :line {n}")
            })
            .collect();
        next += count;
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        talk.answer(&last_label(talk), "chathistory #lobby", &lines);
    };
    for number in 1..5 {
        page(&mut talk, 100);
        let last = format!("AFTER #lobby msgid=x{} 100", 99 + number * 100);
        assert!(talk.all_sent().ends_with(&last));
    }
    page(&mut talk, 100);
    assert!(talk.all_sent().ends_with("CHATHISTORY LATEST #lobby * 100"));
    page(&mut talk, 100);
    let shown = talk.all_shown();
    assert!(shown.contains("over 500 new in #lobby"), "{shown}");
    assert!(shown.contains("/history since 2026-11-20 08:00"), "{shown}");
    assert!(
        shown.contains("line 699") && !shown.contains("line 599"),
        "{shown}"
    );
}

#[test]
fn rooms_are_entered_again_and_those_that_cannot_be_are_told() {
    let mut talk = Talk::at_home();
    talk.hear(":me!u@h JOIN #dev")
        .hear(":s 353 me = #dev :me")
        .hear(":s 366 me #dev :End");
    talk.lose();
    talk.clear();
    talk.come_back();
    for line in [
        ":s CAP * LS :",
        ":s 001 me :Hello",
        ":me!u@h JOIN #lobby",
        ":s 353 me = #lobby :me ann",
        ":s 366 me #lobby :End",
        ":s 422 me :No MOTD",
    ] {
        talk.hear(line);
    }
    let sent = talk.all_sent();
    assert!(
        sent.contains("JOIN #dev") && !sent.contains("JOIN #lobby"),
        "{sent}"
    );
    talk.hear(":s 474 me #dev :Cannot join channel")
        .hear(":s PONG s arrival");
    let shown = talk.all_shown();
    assert!(shown.contains("You are banned from #dev."), "{shown}");
    assert!(shown.contains("you are no longer in #dev"), "{shown}");
    assert!(shown.contains("── back after 0 s ──"), "{shown}");
}

#[test]
fn a_name_still_held_by_the_lost_connection_does_not_keep_one_out() {
    let mut talk = lost();
    talk.clear();
    talk.come_back().clear();
    talk.hear(":s 433 * me :Nickname is already in use. Free: me_, me2")
        .sent(&["NICK me_"]);
    assert!(
        talk.all_shown()
            .contains("me is in use, by your lost connection perhaps")
    );
}

#[test]
fn without_names_for_messages_nobody_claims_to_know() {
    let mut talk = Talk::arrived();
    talk.state.settings.loyalty = chat::client::settings::Loyalty::ComesBack;
    talk.says("hello");
    talk.lose();
    assert!(
        talk.all_shown()
            .contains("It is not known whether this arrived: hello")
    );
    assert!(talk.state.outbox.is_empty());
}

#[test]
fn of_a_guest_only_what_did_not_arrive_is_sent_again() {
    let mut talk = lost();
    talk.state.account = None;
    let mut talk = {
        talk.come_back();
        talk.welcome(":s NOTICE * :x");
        talk.answer(&last_label(&talk), "draft/chathistory-targets", &[]);
        talk.answer(&last_label(&talk), "chathistory #lobby", &[]);
        talk
    };
    assert!(talk.state.back.is_none());
    talk.says("one").says("two").says("/dm bob three");
    talk.lose();
    talk.clear();
    talk.come_back();
    talk.welcome(":s NOTICE * :x");
    talk.answer(&last_label(&talk), "draft/chathistory-targets", &[]);
    talk.clear();
    let page = ["@msgid=m7;time=2026-11-20T08:00:02Z :me!u@h PRIVMSG #lobby :one"];
    talk.answer(&last_label(&talk), "chathistory #lobby", &page);
    let (shown, sent) = (talk.all_shown(), talk.all_sent());
    assert!(shown.contains("me │ one"), "{shown}");
    assert!(
        shown.contains("It is not known whether this arrived: three"),
        "{shown}"
    );
    assert!(sent.contains("PRIVMSG #lobby :two"), "{sent}");
    assert!(!sent.contains(":one") && !sent.contains(":three"), "{sent}");
}

#[test]
fn who_was_away_is_away_again() {
    let mut talk = Talk::at_home();
    talk.says("/away lunch");
    talk.hear("@label=c4 :s 306 me :You have been marked as being away");
    talk.lose();
    talk.clear();
    returned(&mut talk);
    assert!(talk.all_sent().contains("AWAY :lunch"));
}

#[test]
fn silence_is_a_loss_too() {
    let mut talk = Talk::at_home();
    talk.wait(30).wait(10);
    assert!(
        talk.all_shown()
            .contains("Connection lost (no answer for 40 s). Trying again")
    );
    assert_eq!(talk.exit, None);
}

#[test]
fn who_is_removed_does_not_come_back() {
    let mut talk = Talk::at_home();
    talk.hear(":s KILL me :please stop").hear("ERROR :Killed");
    assert_eq!(talk.exit, Some(Exit::Refused));
    let mut talk = Talk::at_home();
    talk.hear("ERROR :The server is stopping");
    assert_eq!(talk.exit, None);
    assert!(talk.state.back.is_some());
}

#[test]
fn what_waited_in_vain_is_told_at_the_end() {
    let mut talk = lost();
    talk.says("never gone").clear();
    talk.says("/quit");
    assert_eq!(talk.exit, Some(Exit::Failed));
    talk.shown(&["Never sent: never gone"]);
}

#[test]
fn reconnect_tries_at_once() {
    let mut talk = lost();
    talk.says("/reconnect").sent(&["(connect)"]);
    let mut talk = Talk::at_home();
    talk.says("/reconnect").sent(&["(hang up)", "(connect)"]);
}

#[test]
fn an_upgrade_of_the_server_is_a_loss_and_nobodys_will() {
    let mut talk = Talk::at_home();
    talk.hear("ERROR :The server was upgraded; connect again");
    assert_eq!(talk.exit, None);
    assert!(talk.all_shown().contains("Trying again"));
    assert_eq!(talk.all_sent(), "(hang up)");
}

#[test]
fn what_was_said_on_a_dead_line_waits_for_the_next_one() {
    let mut talk = Talk::at_home();
    talk.says("hello").wait(1);
    talk.clear();
    // Nothing is heard any more: the server is asked whether it is there, and the message is not given up.
    talk.wait(4).sent(&["PING alive"]);
    talk.wait(5).shown(&[]).wait(5);
    let shown = talk.all_shown();
    assert!(
        shown.contains("Connection lost (no answer for 15 s). Trying again"),
        "{shown}"
    );
    assert!(!shown.contains("known"), "{shown}");
    talk.sent(&["(hang up)"]);
    let waiting: Vec<&str> = talk
        .state
        .outbox
        .iter()
        .map(|own| own.text.as_str())
        .collect();
    assert_eq!(waiting, ["hello"]);
}

#[test]
fn who_slept_asks_first_whether_the_server_is_there() {
    let mut talk = Talk::at_home();
    talk.wait(30).sent(&["PING alive"]);
    // The lid is closed for an hour before the answer comes.
    talk.wait(3600).sent(&["PING alive"]).shown(&[]);
    talk.hear(":s PONG s alive").wait(9).shown(&[]);
    assert!(talk.state.back.is_none());
}

#[test]
fn a_server_that_is_full_when_one_comes_back_is_tried_again_and_says_so_once() {
    let mut talk = lost();
    talk.clear();
    for _ in 0..3 {
        talk.come_back().hear("ERROR :Server full");
        assert_eq!(talk.exit, None);
    }
    let shown = talk.all_shown();
    assert_eq!(shown, "⚠ The server is there, but: Server full.");
    talk.come_back().hear("ERROR :You are banned");
    assert_eq!(talk.exit, Some(Exit::Refused));
}

#[test]
fn a_server_that_stops_is_told_in_one_line() {
    let mut talk = Talk::at_home();
    talk.hear(":s NOTE * STOPPING 0 :The server is stopping")
        .hear("ERROR :The server is stopping");
    talk.shown(&[
        "⚠ The server h:1 was stopped. Trying again; you can keep typing, messages wait\n  here.",
    ]);
}

#[test]
fn my_own_message_among_many_that_are_not_shown_does_not_go_out_again() {
    let mut talk = Talk::at_home();
    talk.hear("@msgid=m1;time=2026-11-20T08:00:00Z :ann!u@h PRIVMSG #lobby :before");
    talk.state.account = None;
    talk.says("mine").lose();
    talk.clear();
    talk.come_back();
    talk.welcome(":s NOTICE * :x");
    talk.answer(&last_label(&talk), "draft/chathistory-targets", &[]);
    for page in 0..6 {
        let line = |number| match (page, number) {
            (0, 0) => {
                "@msgid=own;time=2026-11-20T08:00:01Z :me!u@h PRIVMSG #lobby :mine".to_owned()
            }
            _ => format!(
                "@msgid=p{page}x{number};time=2026-11-20T08:00:10Z :ann!u@h PRIVMSG #lobby :x"
            ),
        };
        let lines: Vec<String> = (0..100).map(line).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        talk.answer(&last_label(&talk), "chathistory #lobby", &lines);
    }
    assert!(talk.state.back.is_none());
    let (shown, sent) = (talk.all_shown(), talk.all_sent());
    assert!(shown.contains("over 500 new in #lobby"), "{shown}");
    assert!(!sent.contains("PRIVMSG"), "{sent}");
    assert!(!shown.contains("known"), "{shown}");
}
