//! Answers, reactions, removals; and people who are not heard.

use crate::talk::Talk;

fn with_words() -> Talk {
    let mut talk = Talk::at_home();
    for (id, nick, text) in [
        ("m1", "bob", "lunch?"),
        ("m2", "ann", "noon"),
        ("m3", "me", "fine"),
    ] {
        talk.hear(&format!(
            "@msgid={id};time=2026-11-20T08:00:00Z :{nick}!u@h PRIVMSG #lobby :{text}"
        ));
    }
    talk.clear();
    talk
}

#[test]
fn an_answer_points_at_what_it_answers() {
    let mut talk = with_words();
    talk.says("/reply bob yes");
    assert!(
        talk.all_sent()
            .ends_with(";+draft/reply=m1 PRIVMSG #lobby :yes")
    );
    talk.says("/reply at noon");
    assert!(
        talk.all_sent()
            .ends_with(";+draft/reply=m2 PRIVMSG #lobby :at noon")
    );
    talk.says("/reply 3 which?");
    assert!(
        talk.all_sent()
            .ends_with(";+draft/reply=m1 PRIVMSG #lobby :which?")
    );
    talk.says("/reply").sent(&[]);
    talk.clear();
    talk.hear("@msgid=m4;+draft/reply=m1;time=2026-11-20T08:00:00Z :ann!u@h PRIVMSG #lobby :yes");
    talk.hear("@msgid=m5;+draft/reply=old;time=2026-11-20T08:00:00Z :ann!u@h PRIVMSG #lobby :no");
    talk.shown(&["             ann │ ↩ bob: yes", "             ann │ ↩ no"]);
}

#[test]
fn a_reaction_is_sent_shown_and_taken_back() {
    let mut talk = with_words();
    talk.says("/react 👍");
    let sent = talk.all_sent();
    assert!(
        sent.ends_with(";+draft/reply=m2;+draft/react=👍 TAGMSG #lobby"),
        "{sent}"
    );
    talk.hear("@label=c4;+draft/reply=m2;+draft/react=👍 :me!u@h TAGMSG #lobby")
        .shown(&["               * │ you reacted 👍 to \"noon\""]);
    talk.hear("@+draft/reply=m1;+draft/react=:) :ann!u@h TAGMSG #lobby")
        .hear("@+draft/reply=m1;+draft/unreact=:) :ann!u@h TAGMSG #lobby")
        .hear("@+typing=active :ann!u@h TAGMSG #lobby");
    talk.shown(&[
        "               * │ ann reacted :) to \"lunch?\"",
        "               * │ ann took back :) on \"lunch?\"",
    ]);
    talk.says("/unreact bob 👍");
    assert!(
        talk.all_sent()
            .ends_with(";+draft/reply=m1;+draft/unreact=👍 TAGMSG #lobby")
    );
    talk.says("/react two many words").sent(&[]);
}

#[test]
fn my_own_message_is_removed_and_gone_from_what_is_shown_again() {
    let mut talk = with_words();
    talk.says("/redact");
    assert!(talk.all_sent().ends_with("@label=c4 REDACT #lobby m3"));
    talk.hear("@label=c4 :me!u@h REDACT #lobby m3")
        .shown(&["               * │ you removed a message: \"fine\""]);
    assert!(talk.state.recent.by_id("m3").is_none());
    talk.hear(":ann!u@h REDACT #lobby m2 :typo")
        .hear(":op!u@h REDACT #lobby m1")
        .hear(":op!u@h REDACT #lobby unknown");
    talk.shown(&[
        "               * │ ann removed a message (typo)",
        "               * │ op removed a message of bob",
    ]);
    talk.says("/redact").sent(&[]);
    assert!(
        talk.all_shown()
            .contains("You have said nothing in #lobby lately")
    );
}

#[test]
fn who_is_blocked_is_listed() {
    let mut talk = Talk::at_home();
    talk.says("/block bob").sent(&["@label=c4 SILENCE +bob"]);
    talk.hear("@label=c4 :me!u@h SILENCE +bob!*@*");
    assert!(
        talk.all_shown()
            .contains("no private messages from bob any more, and bob is not told")
    );
    talk.says("/blocked").sent(&["@label=c5 SILENCE"]);
    talk.hear("@label=c5 :s BATCH +1 labeled-response")
        .hear("@batch=1 :s 271 me bob!*@*")
        .hear("@batch=1 :s 272 me :End of SILENCE list")
        .hear(":s BATCH -1");
    talk.shown(&["You hear nothing from (/unblock NAME ends it)\n  bob"]);
    talk.says("/unblock bob").sent(&["@label=c6 SILENCE -bob"]);
    talk.hear("@label=c6 :me!u@h SILENCE -bob!*@*");
    assert!(talk.all_shown().contains("you hear bob again"));
    talk.says("/block me").sent(&[]).clear();
    talk.says("/unblock bob")
        .hear("@label=c7 :s ACK")
        .shown(&["✗ bob is not blocked. /blocked lists who is."]);
    talk.says("/block bbo")
        .sent(&["@label=c7 SILENCE -bob"])
        .shown(&["✗ There is no bbo here. Did you mean bob? Nobody was blocked."]);
    talk.says("/block stranger")
        .hear("@label=c8 :me!u@h SILENCE +stranger!*@*");
    let shown = talk.all_shown();
    assert!(shown.contains("there is no"), "{shown}");
}

#[test]
fn an_answer_to_a_mistyped_name_goes_to_nobody_else() {
    let mut talk = with_words();
    talk.says("/reply bbo yes");
    assert!(!talk.all_sent().contains("PRIVMSG"));
    let shown = talk.all_shown().replace("\n ", "");
    assert_eq!(
        shown,
        "✗ bbo has said nothing here that can be answered. Did you mean bob? Nothing was sent; \
         your line is on the ↑ key. If that is the answer to ann: /reply ann bbo yes"
    );
    for line in [":carl!u@h JOIN #lobby", ":carl!u@h QUIT :bye"] {
        talk.hear(line).says("/reply carl yes");
        assert!(!talk.all_sent().contains("PRIVMSG"), "{line}");
    }
    talk.says("/reply yes please");
    assert!(talk.all_sent().ends_with(" PRIVMSG #lobby :yes please"));
}
