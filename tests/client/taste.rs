//! What a person likes: settings, aliases, rooms that are only counted.

use crate::talk::Talk;

#[test]
fn a_setting_counts_at_once_and_is_kept() {
    let mut talk = Talk::arrived();
    talk.says("/set time never");
    assert_eq!(talk.kept, ["ui.time=never"]);
    talk.clear();
    talk.hear(":ann!u@h PRIVMSG #lobby :hi")
        .shown(&["         ann │ hi"]);
    talk.says("/set time seconds").clear();
    talk.hear(":ann!u@h PRIVMSG #lobby :hi")
        .shown(&["08:00:00        ann │ hi"]);
    talk.says("/set nick_width 4").clear();
    talk.hear(":annabel!u@h PRIVMSG #lobby :hi")
        .shown(&["08:00:00 ann… │ hi"]);
}

#[test]
fn what_cannot_be_set_is_told() {
    let mut talk = Talk::arrived();
    for (typed, words) in [
        (
            "/set bel off",
            "✗ There is no setting bel. Did you mean bell? /set shows all.",
        ),
        ("/set bell loud", "✗ bell is off, dm or all, not \"loud\""),
        (
            "/only maybe",
            "✗ Usage: /only on|off   for example: /only on",
        ),
        (
            "/mute bbo",
            "✗ There is no bbo here. Did you mean bob? Nothing was muted.",
        ),
        ("/unmute #dev", "✗ #dev is not muted."),
        (
            "/alias join=/x",
            "✗ /join is a command already; take another name.",
        ),
        ("/alias gone=", "✗ There is no alias gone."),
    ] {
        talk.says(typed).sent(&[]).shown(&[words]);
    }
    assert!(talk.kept.is_empty());
}

#[test]
fn a_muted_room_is_counted_and_shown_when_one_goes_there() {
    let mut talk = Talk::arrived();
    talk.hear(":me!u@h JOIN #dev");
    talk.says("/mute #dev");
    assert_eq!(talk.kept, ["ui.muted=#dev"]);
    talk.clear();
    talk.hear(":ann!u@h PRIVMSG #dev :noise").shown(&[]);
    talk.hear(":ann!u@h PRIVMSG #dev :me: look")
        .shown(&["08:00»  #dev ann │ me: look"]);
    assert_eq!(talk.state.rooms.unread().all, 2);
    talk.says("/switch dev");
    let shown = talk.all_shown();
    assert!(shown.contains("│ noise"), "{shown}");
    talk.says("/s lobby").clear();
    talk.says("/unmute #dev").clear();
    talk.hear(":ann!u@h PRIVMSG #dev :back");
    assert!(talk.all_shown().contains("│ back"));
}

#[test]
fn only_the_current_room_is_shown_if_that_is_wanted() {
    let mut talk = Talk::arrived();
    talk.hear(":me!u@h JOIN #dev").says("/only on").clear();
    talk.hear(":ann!u@h PRIVMSG #dev :there").shown(&[]);
    talk.hear(":ann!u@h PRIVMSG me :to you");
    talk.hear(":ann!u@h PRIVMSG #lobby :here");
    let shown = talk.all_shown();
    assert!(
        shown.contains("to you") && shown.contains("here"),
        "{shown}"
    );
}

#[test]
fn an_alias_is_the_line_that_it_stands_for() {
    let mut talk = Talk::arrived();
    talk.says("/alias hi=/dm $1 hello, $1");
    assert_eq!(talk.kept, ["alias.hi=/dm $1 hello, $1"]);
    talk.says("/hi bob")
        .sent(&["@label=c2 PRIVMSG bob :hello, bob"]);
    talk.says("/alias loop=/loop").says("/loop").sent(&[]);
    talk.says("/alias hi=").clear();
    talk.says("/hi bob").sent(&[]);
}

#[test]
fn words_without_a_slash_are_text_if_that_is_wanted() {
    let mut talk = Talk::arrived();
    talk.says("/set bare_commands off").clear();
    talk.says("whoelse")
        .sent(&["@label=c2 PRIVMSG #lobby :whoelse"]);
    talk.says("send bob hi")
        .sent(&["@label=c3 PRIVMSG #lobby :send bob hi"]);
}

#[test]
fn other_words_call_me_too() {
    let mut talk = Talk::arrived();
    talk.says("/set mentions deploy,release").clear();
    talk.hear(":ann!u@h PRIVMSG #lobby :the Release is out")
        .shown(&["08:00»       ann │ the Release is out"]);
}

#[test]
fn a_person_is_muted_too_and_both_for_a_while() {
    let mut talk = Talk::arrived();
    talk.hear(":me!u@h JOIN #dev");
    talk.says("/mute ann 30m")
        .says("/mute #dev 2h")
        .says("/mute bob 2 years");
    let shown = talk.all_shown();
    assert!(shown.contains("ann is muted until 08:30"), "{shown}");
    assert!(shown.contains("\"2 years\" is no time"), "{shown}");
    assert!(talk.kept.is_empty(), "what ends is not kept");
    talk.hear(":ann!u@h PRIVMSG #lobby :me: noise")
        .hear(":bob!u@h PRIVMSG #dev :there")
        .hear(":ann!u@h PRIVMSG me :alone")
        .shown(&[]);
    let unread = talk.state.rooms.unread();
    assert_eq!((unread.all, unread.urgent), (2, 1));
    talk.says("/mute");
    talk.shown(&["Muted (/unmute NAME ends it)\n  ann   until 08:30\n  #dev  until 10:00"]);
    talk.says("/switch ann");
    assert!(talk.all_shown().contains("│ alone"), "it was kept");
    talk.says("/s lobby").says("/unmute #dev").clear();
    talk.hear(":bob!u@h PRIVMSG #dev :heard")
        .shown(&["        #dev bob │ heard"]);
    talk.now += jiff::SignedDuration::from_mins(31);
    talk.hear(":ann!u@h PRIVMSG #lobby :again")
        .shown(&["08:31        ann │ again"]);
}

#[test]
fn what_is_muted_is_told_in_words() {
    let mut talk = Talk::arrived();
    for (typed, words) in [
        (
            "/only on",
            "what is said in other rooms is only counted now; /only off shows it again",
        ),
        ("/only off", "what is said in other rooms is shown again"),
        (
            "/mute bob",
            "bob is muted: only counted from now on; /unmute bob ends it",
        ),
        ("/unmute bob", "bob is heard again"),
    ] {
        talk.says(typed).sent(&[]);
        let shown = talk.all_shown().replace("\n                 │", "");
        assert!(shown.ends_with(words), "{typed}: {shown}");
    }
    assert_eq!(talk.kept.last().map(String::as_str), Some("ui.muted=none"));
}
