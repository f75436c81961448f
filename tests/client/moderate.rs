//! Modes, operators and bans of rooms; and words of other clients.

use crate::talk::Talk;

#[test]
fn who_may_do_what_in_a_room_is_changed_by_words() {
    let mut talk = Talk::arrived();
    for (typed, sent) in [
        ("/op bob", "MODE #lobby +o bob"),
        ("/deop bob", "MODE #lobby -o bob"),
        ("/voice #dev bob", "MODE #dev +v bob"),
        ("/devoice bob", "MODE #lobby -v bob"),
        ("/ban bob", "MODE #lobby +b bob!*@*"),
        ("/ban *!*@192.0.2.7", "MODE #lobby +b *!*@192.0.2.7"),
        ("/unban bob", "MODE #lobby -b bob!*@*"),
        ("/mode +m", "MODE #lobby +m"),
        ("/mode #dev +k key", "MODE #dev +k key"),
        ("/mode me +i", "MODE me +i"),
        ("/notice bob done", "NOTICE bob :done"),
    ] {
        talk.says(typed);
        let all = talk.all_sent();
        assert!(all.ends_with(sent), "{typed}: {all}");
    }
    talk.says("/op bob ann");
    let all = talk.all_sent();
    assert!(
        all.contains("MODE #lobby +o bob") && all.contains("MODE #lobby +o ann"),
        "{all}"
    );
}

#[test]
fn a_mode_that_is_wrong_is_refused_before_it_is_sent() {
    let mut talk = Talk::arrived();
    for (typed, part) in [
        ("/mode m", "Modes begin with + or -"),
        ("/op", "Usage: /op NAME"),
        ("/unban", "Usage: /unban NAME|MASK"),
        ("/notice bob", "Usage: /notice NAME TEXT"),
        ("/notice a,b hi", "One name at a time"),
    ] {
        talk.says(typed).sent(&[]);
        let shown = talk.all_shown();
        assert!(shown.contains(part), "{typed}: {shown}");
    }
}

#[test]
fn what_became_of_a_mode_is_told() {
    let mut talk = Talk::arrived();
    talk.says("/op bob").sent(&["@label=c2 MODE #lobby +o bob"]);
    talk.hear("@label=c2 :me!u@h MODE #lobby +o bob")
        .shown(&["08:00          * │ me set mode +o bob"]);
    talk.says("/mode +n").hear("@label=c3 :s ACK");
    talk.shown(&["               * │ nothing changed: it was so already"]);
    talk.says("/mode")
        .hear("@label=c4 :s BATCH +1 labeled-response")
        .hear("@batch=1 :s 324 me #lobby +nt")
        .hear("@batch=1 :s 329 me #lobby 1700000000")
        .hear(":s BATCH -1");
    talk.shown(&["               * │ #lobby has modes +nt"]);
    talk.says("/ban bob")
        .hear("@label=c5 :s 482 me #lobby :You're not channel operator");
    talk.shown(&["✗ Only operators of #lobby may do that."]);
    assert!(talk.state.asked.is_empty());
}

#[test]
fn who_is_banned_is_listed() {
    let mut talk = Talk::arrived();
    talk.says("/ban").sent(&["@label=c2 MODE #lobby b"]);
    talk.hear("@label=c2 :s BATCH +1 labeled-response")
        .hear("@batch=1 :s 367 me #lobby bob!*@* ann!u@h 1795593600")
        .hear("@batch=1 :s 368 me #lobby :End")
        .hear(":s BATCH -1");
    let shown = talk.all_shown();
    assert!(
        shown.starts_with("Banned from #lobby (/unban MASK ends it)\n  bob!*@*  by ann"),
        "{shown}"
    );
    talk.says("/ban")
        .hear("@label=c3 :s 368 me #lobby :End")
        .shown(&["Nobody is banned from #lobby. /ban NAME keeps somebody out."]);
    assert!(talk.state.asked.is_empty());
}

#[test]
fn words_of_other_clients_are_pointed_to_what_does_it_here() {
    let mut talk = Talk::arrived();
    for (typed, does) in [
        ("/ignore bob", "/block NAME"),
        ("/lastlog x", "/search WORDS"),
        ("/server h", "/connect HOST"),
        ("/who", "/names"),
        ("/n", "/names"),
        ("/t hi", "/topic"),
        ("/wc", "/part"),
        ("/window 3", "F1 to F9"),
        ("/bye", "/quit"),
        ("/help unignore", "/unblock NAME"),
    ] {
        talk.says(typed).sent(&[]);
        let shown = talk.all_shown();
        assert!(
            shown.starts_with("✗ There is no /") && shown.contains(does),
            "{typed}: {shown}"
        );
    }
}
