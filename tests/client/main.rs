//! The client without screen and socket: lines typed and heard go in, lines sent and shown come out.

mod account;
mod back;
mod beside;
mod delivery;
mod elsewhere;
mod files;
mod foreign;
mod hostile;
mod inbox;
mod jumps;
mod marks;
mod moderate;
mod moves;
mod operator;
mod past;
mod paste;
mod program;
mod questions;
mod talk;
mod taste;
mod tls;

use crate::talk::Talk;
use chat::client::deed::Wanted;
use chat::client::settings::Manner;
use chat::exit::Exit;
use proptest::prelude::{Strategy, any, prop_oneof, proptest};

#[test]
fn a_line_is_shown_as_said_only_when_the_server_has_it() {
    let mut talk = Talk::arrived();
    talk.says("hello")
        .sent(&["@label=c2 PRIVMSG #lobby :hello"])
        .shown(&[]);
    talk.wait(1).shown(&["… sending: \"hello\""]);
    talk.hear("@label=c2;time=2026-11-20T08:30:00Z :me!u@h PRIVMSG #lobby :hello");
    talk.shown(&["08:30         me │ hello"]);
}

#[test]
fn a_message_that_is_refused_is_told_with_the_name_that_was_meant() {
    let mut talk = Talk::arrived();
    talk.says("/dm bbo hi").sent(&["@label=c2 PRIVMSG bbo :hi"]);
    talk.hear("@label=c2 :s 401 me bbo :No such nick");
    talk.shown(&["✗ No user bbo. Did you mean bob? Nothing was sent; your line is on the ↑ key."]);
}

#[test]
fn an_answer_never_goes_to_somebody_who_wrote_just_now() {
    let mut talk = Talk::arrived();
    talk.hear(":ann!u@h PRIVMSG me :one")
        .says("/r first")
        .sent(&["@label=c2 PRIVMSG ann :first"]);
    talk.hear(":bob!u@h PRIVMSG me :two")
        .says("/r second")
        .sent(&[]);
    talk.wait(3)
        .says("/r third")
        .sent(&["@label=c3 PRIVMSG bob :third"]);
}

#[test]
fn a_broadcast_to_some_tells_who_was_not_there() {
    let mut talk = Talk::arrived();
    talk.says("broadcast user ann bob lunch at noon");
    talk.sent(&["@label=c2;+chat/online PRIVMSG ann,bob :lunch at noon"]);
    for line in [
        "@label=c2 :s BATCH +1 labeled-response",
        "@batch=1 :me!u@h PRIVMSG ann :lunch at noon",
        "@batch=1 :s NOTE PRIVMSG NOT_ONLINE bob :is not online",
        ":s BATCH -1",
    ] {
        talk.hear(line);
    }
    talk.shown(&[
        "08:00  you → ann │ lunch at noon",
        "                 │ bob is not online: not sent (send bob … tries an inbox).",
    ]);
}

#[test]
fn a_broadcast_to_all_tells_how_many_it_reached() {
    let mut talk = Talk::arrived();
    talk.says("/bm \"hi all\"")
        .sent(&["@label=c2 PRIVMSG $* :hi all"]);
    talk.hear("@label=c2 :s BATCH +1 labeled-response");
    talk.hear("@batch=1 :me!u@h PRIVMSG $* :hi all")
        .hear("@batch=1 :s NOTE PRIVMSG SENT $* 4 :Sent to 4");
    talk.shown(&[])
        .hear(":s BATCH -1")
        .shown(&["08:00 you → all (4) │ hi all"]);
}

#[test]
fn who_was_here_is_listed_and_wrong_numbers_are_not_sent() {
    let mut talk = Talk::arrived();
    let usage = "Usage: wholast N|90m|2h   for example: wholast 60";
    talk.says("wholast")
        .sent(&[])
        .shown(&[&format!("✗ {usage}")]);
    for wrong in ["0", "-5", "abc"] {
        talk.says(&format!("wholast {wrong}")).sent(&[]);
        let why = format!("\"{wrong}\" is no number of minutes above 0.");
        assert_eq!(
            talk.shown.concat().replace("\n ", ""),
            format!("✗ {why} {usage}")
        );
        talk.clear();
    }
    talk.says("wholast 2h").sent(&["@label=c2 WHOLAST 120"]);
    talk.hear("@label=c2 :s BATCH +w chat/wholast")
        .hear("@batch=w :s WHOLAST ann *");
    talk.hear("@batch=w :s WHOLAST dave 2026-11-20T07:18:00Z")
        .hear(":s BATCH -w");
    talk.shown(&["Seen in the last 120 minutes (2)\n  ann   now\n  dave  left 42 min ago"]);
    talk.clear();
    talk.says("wholast 1").sent(&["@label=c3 WHOLAST 1"]);
    talk.hear("@label=c3 :s BATCH +w chat/wholast")
        .hear(":s BATCH -w");
    talk.shown(&["Nobody was seen in the last minute"]);
    talk.clear();
    talk.says("wholast 99999999")
        .sent(&["@label=c4 WHOLAST 525600"]);
    assert!(talk.shown[0].starts_with("⚠ 525600 minutes"));
}

#[test]
fn who_else_is_online_is_listed_without_me() {
    let mut talk = Talk::arrived();
    talk.says("whoelse").sent(&["@label=c2 WHO *"]);
    talk.hear("@label=c2 :s BATCH +1 labeled-response");
    for line in [
        "#lobby u h s ann H :0 Ann",
        "#lobby u h s me H :0 Me",
        "#lobby u h s bob G :0 Bob",
    ] {
        talk.hear(&format!("@batch=1 :s 352 me {line}"));
    }
    talk.clear();
    talk.hear("@batch=1 :s 315 me * :End").hear(":s BATCH -1");
    talk.shown(&[]).sent(&["@label=c3 WHOIS bob"]);
    talk.hear("@label=c3 :s 401 me bob :No such nick");
    talk.shown(&["2 others online\n  ann  #lobby\n  bob  #lobby  away"]);
}

#[test]
fn who_else_is_online_is_told_with_what_else_is_known() {
    let mut talk = Talk::arrived();
    talk.hear(":s 005 me WHOX :are supported");
    talk.says("whoelse").sent(&["@label=c2 WHO * %tcnfla,7"]);
    talk.hear("@label=c2 :s BATCH +1 labeled-response");
    for line in [
        "7 #lobby bob G 240 0",
        "7 #dev ann H 12 ann",
        "7 * carol H 3600 0",
        "8 * dave H 1 0",
        "7 * me H 1 0",
    ] {
        talk.hear(&format!("@batch=1 :s 354 me {line}"));
    }
    talk.clear();
    talk.hear("@batch=1 :s 315 me * :End").hear(":s BATCH -1");
    talk.sent(&["@label=c3 WHOIS bob"]);
    talk.hear("@label=c3 :s BATCH +2 labeled-response");
    talk.hear("@batch=2 :s 311 me bob u h * :Bob");
    talk.hear("@batch=2 :s 301 me bob :lunch");
    talk.hear("@batch=2 :s 318 me bob :End").hear(":s BATCH -2");
    talk.shown(&["3 others online\n  ann    idle 12 s   #lobby\n  \
         bob    idle 4 min  #lobby  away: lunch, guest\n  carol  idle 1 h            guest"]);
    talk.says("whoelse")
        .hear("@label=c4 :s BATCH +3 labeled-response");
    talk.hear("@batch=3 :s 354 me 7 #lobby bob G 240 0");
    talk.hear("@batch=3 :s 315 me * :End").hear(":s BATCH -3");
    talk.clear();
    talk.wait(11);
    let shown = talk.all_shown();
    assert!(
        shown.contains("bob  idle 4 min  #lobby  away, guest"),
        "{shown}"
    );
}

#[test]
fn who_runs_the_server_is_heard() {
    let mut talk = Talk::arrived();
    talk.hear(":s NOTICE me :Back in a minute")
        .shown(&["08:00 operator → all │ Back in a minute"]);
    let mut other = Talk::begin(Manner::Person);
    for line in [
        ":s 001 me :Hello",
        ":s 004 me s else-1 o o",
        ":s 422 me :No",
        ":s PONG s arrival",
    ] {
        other.hear(line);
    }
    other.clear();
    other
        .hear(":irc.example.org NOTICE me :Back in a minute")
        .shown(&["08:00 irc.example.org → you │ Back in a minute"]);
}

#[test]
fn every_command_has_help_with_an_example() {
    let mut talk = Talk::arrived();
    for row in chat::client::input::TABLE {
        talk.says(&format!("/help {}", row.name)).sent(&[]);
        let shown = talk.all_shown();
        let example = row.example.split(' ').next().expect("a word");
        assert!(
            shown.contains("for example: ")
                && shown.contains(example)
                && shown.contains("see also: "),
            "{shown}"
        );
    }
    talk.says("/help jion");
    talk.shown(&["✗ There is no command jion. Did you mean join? /help shows all."]);
}

#[test]
fn half_a_command_is_not_said_in_the_room() {
    let mut talk = Talk::arrived();
    for (typed, part) in [
        ("send", "Usage: send NAME TEXT"),
        ("send bob", "Usage: send NAME TEXT"),
        ("broadcast", "Usage: broadcast"),
        ("show", "Usage: show online"),
        (
            "broadcast user bob",
            "There is nothing to say to bob. Usage: broadcast",
        ),
        (
            "/nick two words",
            "A name is one word, without spaces. Usage: /nick",
        ),
    ] {
        talk.says(typed).sent(&[]);
        assert!(talk.shown.concat().contains(part), "{:?}", talk.shown);
        talk.clear();
    }
    for typed in [
        "send nobody",
        "download",
        "show fils",
        "inbox al",
        "whoelse now",
    ] {
        talk.says(typed).sent(&[]);
        let shown = talk.all_shown().replace("\n ", "");
        assert!(shown.starts_with("✗ Nothing was sent. Usage: "), "{shown}");
        assert!(
            shown.ends_with(&format!("To say it: /say {typed}")),
            "{shown}"
        );
    }
    talk.says("/say send help")
        .sent(&["@label=c2 PRIVMSG #lobby :send help"]);
}

#[test]
fn what_succeeds_is_said() {
    let mut talk = Talk::arrived();
    for (typed, shown) in [
        (
            "/join #lobby",
            "08:00          * │ plain lines go to #lobby already",
        ),
        ("/nick me", "               * │ you are called me already"),
        (
            "/raw on",
            "               * │ every line that comes is shown; /raw off ends it",
        ),
        (
            "/raw off",
            "               * │ lines are no longer shown as they come",
        ),
        ("/dm bob", "── bob · plain lines go to this person now ──"),
        ("/join lobby", "── #lobby ──"),
    ] {
        talk.says(typed).sent(&[]).shown(&[shown]);
    }
}

#[test]
fn going_somewhere_shows_what_was_said_there() {
    let mut talk = Talk::arrived();
    for number in 1..=5 {
        talk.hear(&format!(":bob!u@h PRIVMSG me :line {number}"));
    }
    talk.says("/s bob").clear();
    talk.says("/s lobby")
        .hear(":bob!u@h PRIVMSG me :line 6")
        .hear(":bob!u@h PRIVMSG me :line 7")
        .clear();
    talk.says("/switch").shown(&[
        "── bob · plain lines go to this person now ──",
        "       bob → you │ line 3",
        "       bob → you │ line 4",
        "       bob → you │ line 5",
        "── 2 unread since 08:00 ──",
        "       bob → you │ line 6",
        "       bob → you │ line 7",
    ]);
    talk.says("/dm ann").hear(":bob!u@h PRIVMSG #lobby :hello");
    talk.clear();
    talk.says("/switch").shown(&[
        "── #lobby ──",
        "── 1 unread since 08:00 ──",
        "             bob │ hello",
    ]);
}

#[test]
fn who_is_gone_is_gone_to_last() {
    let mut talk = Talk::arrived();
    for line in [
        ":bob!u@h PRIVMSG me :a",
        ":bob!u@h QUIT :bye",
        ":ann!u@h PRIVMSG me :b",
    ] {
        talk.hear(line);
    }
    talk.says("/switch");
    assert_eq!(talk.state.target.as_deref(), Some("ann"));
    talk.clear();
    talk.says("/switch");
    assert_eq!(talk.state.target.as_deref(), Some("bob"));
    assert!(
        talk.shown[0].ends_with("in none of your rooms ──"),
        "{:?}",
        talk.shown
    );
}

#[test]
fn what_is_known_of_a_person_has_its_labels() {
    let mut talk = Talk::arrived();
    talk.says("/whois me")
        .hear("@label=c2 :s BATCH +1 labeled-response");
    for line in [
        "312 me me irc.local :Our server",
        "338 me me 127.0.0.1 :is connecting from",
        "379 me me :is using modes +",
        "318 me me :End of WHOIS",
    ] {
        talk.hear(&format!("@batch=1 :s {line}"));
    }
    talk.hear(":s BATCH -1");
    talk.shown(&["me\n  server   irc.local (Our server)\n  address  127.0.0.1"]);
    talk.says("/names #nope")
        .hear("@label=c3 :s 366 me #nope :End");
    talk.shown(&["✗ There is no room #nope, or you may not look into it."]);
}

#[test]
fn without_a_room_nothing_is_sent() {
    let mut talk = Talk::arrived();
    talk.hear(":me!u@h PART #lobby").clear();
    talk.says("hello").sent(&[]);
    talk.shown(&["✗ No room yet: nothing was sent. /join #lobby or /dm NAME TEXT"]);
}

#[test]
fn a_server_that_never_answers_does_not_take_the_keyboard_away() {
    let mut talk = Talk::arrived();
    for number in 0..40 {
        talk.says(&format!("line {number}"));
    }
    assert_eq!(talk.state.wanted(), Wanted::Nothing);
    talk.wait(5);
    assert!(talk.all_sent().ends_with("PING alive"));
    // It is there and has passed over the messages.
    talk.hear(":s PONG s alive").wait(5);
    assert_eq!(talk.state.wanted(), Wanted::Line);
    assert!(
        talk.shown
            .iter()
            .any(|line| line.starts_with("⚠ No acknowledgement in 10 s"))
    );
}

#[test]
fn silence_is_probed_and_then_the_connection_is_given_up() {
    let mut talk = Talk::arrived();
    talk.wait(30).sent(&["PING alive"]);
    talk.hear(":s PONG s alive").wait(30).sent(&["PING alive"]);
    talk.wait(10);
    assert_eq!(talk.exit, Some(Exit::Unreachable));
}

#[test]
fn a_program_is_never_answered_and_never_obeyed() {
    let mut talk = Talk::arrived();
    talk.hear(":bob!u@h PRIVMSG me :\u{1}VERSION\u{1}")
        .hear(":bob!u@h PRIVMSG me :\u{1}DCC SEND ../x 1 2 3\u{1}");
    talk.sent(&[]).shown(&[
        "08:00          * │ bob asks your client for VERSION (not answered)",
        "               * │ bob asks your client for DCC SEND ../x 1 2 3 (not answered)",
    ]);
}

#[test]
fn every_numeric_with_too_few_parameters_is_survived() {
    for number in 0..=999 {
        for params in ["", " me", " me x", " me x y"] {
            let mut talk = Talk::arrived();
            talk.hear(&format!(":s {number:03}{params}"));
            talk.says("/whois x")
                .hear(&format!("@label=c2 :s {number:03}{params}"))
                .wait(1);
        }
    }
}

/// Something that a server might say, or should not.
fn server_line() -> impl Strategy<Value = String> {
    let verb = prop_oneof![
        "[0-9]{3}",
        "PRIVMSG|NOTICE|JOIN|PART|QUIT|NICK|KICK|KILL|TOPIC|MODE|INVITE|BATCH|CAP|FAIL|WARN|NOTE|WHOLAST|PONG|PING|AWAY",
        "AUTHENTICATE|MARKREAD|TAGMSG|REDACT|REGISTER|SILENCE|CHATHISTORY|BATCH|ERROR",
    ];
    let source = prop_oneof![":me!u@h ", ":ann!u@h ", ":s ", ""];
    let tags = prop_oneof![
        "@label=c[0-9] ",
        "@batch=[a-c];time=x ",
        "@batch=[a-c];msgid=[a-c];time=2026-11-20T08:00:0[0-9]Z ",
        "@msgid=[a-c];[+]draft/(reply|react)=[a-c];time=2026-11-20T08:00:0[0-9]Z ",
        "",
    ];
    let param = prop_oneof![
        "me|ann|#lobby|#b|[+-][a-c]|LS|ACK|DEL|arrival|said|c2",
        "chathistory|draft/(multiline|chathistory-targets)|timestamp=2026-11-20T08:00:01Z|[*]|SUCCESS|NICKSERV|SESSIONS?",
        "[ -~]{0,8}",
        any::<String>()
    ];
    (tags, source, verb, proptest::collection::vec(param, 0..7)).prop_map(
        |(tags, source, verb, params)| format!("{tags}{source}{verb} {}", params.join(" ")),
    )
}

/// Something that a person might type.
fn typed_line() -> impl Strategy<Value = String> {
    prop_oneof![
        "/(dm|r|bm|send|broadcast|me|to|join|part|switch|list|topic|names|whois|nick|away|help|raw) [ -~]{0,20}",
        "/(reply|react|unreact|redact|history|search|mentions|unread|block|blocked|unblock|unsent) [a-z0-9 ]{0,12}",
        "/(register|login|logout|passwd|sessions|sessions end|forget|reconnect)",
        "inbox( all| keep| clear)?",
        "one\ntwo",
        "(send|broadcast user|wholast|whoelse|show) ?[a-z0-9, ]{0,12}",
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn nothing_heard_or_typed_can_break_the_client(
        lines in proptest::collection::vec((any::<bool>(), server_line(), typed_line()), 0..40),
    ) {
        let mut talk = Talk::arrived();
        for (is_heard, heard, typed) in &lines {
            match talk.state.wanted() {
                Wanted::Line | Wanted::Answer(_) if !is_heard => talk.says(typed),
                _ => talk.hear(heard),
            };
            talk.wait(1);
        }
    }

    #[test]
    fn no_loss_at_any_moment_can_break_the_client(
        acts in proptest::collection::vec((0u8..6, server_line(), typed_line()), 0..40),
    ) {
        let mut talk = Talk::at_home();
        for (act, heard, typed) in &acts {
            match (act, talk.state.wanted()) {
                (0, _) => talk.lose(),
                (1, _) => talk.come_back(),
                (2, _) => talk.welcome(":s 903 me :ok"),
                (3 | 4, Wanted::Line | Wanted::Answer(_) | Wanted::Secret(_)) => talk.says(typed),
                _ => talk.hear(heard),
            };
            if talk.exit.is_some() {
                break;
            }
            talk.wait(1);
        }
    }

    #[test]
    fn any_bytes_from_the_start_are_survived(lines in proptest::collection::vec(any::<Vec<u8>>(), 0..20)) {
        let mut talk = Talk::begin(Manner::Person);
        for line in &lines {
            let deeds = talk.state.heard(line, talk.now);
            talk.note(deeds);
        }
    }
}

#[test]
fn a_room_where_plain_lines_are_to_go_is_entered() {
    for (to, joins, sent) in [
        ("#ops", vec![], "JOIN #ops\nPING arrival"),
        ("#ops", vec!["#OPS"], "JOIN #OPS\nPING arrival"),
        ("bob", vec!["#dev"], "JOIN #dev\nPING arrival"),
    ] {
        let mut talk = Talk::begin_with(|settings| {
            settings.to = Some(to.to_owned());
            settings.joins = joins.into_iter().map(str::to_owned).collect();
        });
        talk.hear(":s 001 me :Hello")
            .hear(":s 005 me CHANTYPES=# :ok");
        talk.clear();
        talk.hear(":s 422 me :No MOTD");
        assert_eq!(talk.all_sent(), sent);
    }
}
