//! The client without screen and socket: lines typed and heard go in, lines sent and shown come out.

use chat::client::item::Item;
use chat::client::state::{Deed, Manner, NAME, Settings, State, Wanted};
use chat::client::view::View;
use chat::client::view::look::{Charset, Colour, Layout, Look};
use chat::exit::Exit;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{Strategy, any, prop_oneof, proptest};

/// A client and what came out of it.
struct Talk {
    state: State,
    view: View,
    now: Timestamp,
    sent: Vec<String>,
    shown: Vec<String>,
    exit: Option<Exit>,
}

impl Talk {
    fn begin(manner: Manner) -> Self {
        let settings = Settings {
            nick: "me".to_owned(),
            joins: Vec::new(),
            to: None,
            password: None,
            manner,
            place: "h:1".to_owned(),
            safety: "",
            patience: SignedDuration::from_secs(10),
        };
        let look = Look {
            layout: Layout::Columns,
            colour: Colour::Off,
            charset: Charset::Utf8,
        };
        let now: Timestamp = "2026-11-20T08:00:00Z".parse().expect("a time");
        let mut talk = Self {
            state: State::new(settings, now),
            view: View::new(look, TimeZone::UTC),
            now,
            sent: Vec::new(),
            shown: Vec::new(),
            exit: None,
        };
        let deeds = talk.state.greet();
        talk.note(deeds);
        talk
    }

    /// In the lobby of a server that can do everything, with ann and bob.
    fn arrived() -> Self {
        let mut talk = Self::begin(Manner::Person);
        for line in [
            ":s CAP * LS :batch echo-message labeled-response message-tags server-time standard-replies",
            ":s CAP * ACK :batch echo-message labeled-response message-tags server-time standard-replies",
            ":s 001 me :Hello",
            ":s 004 me s chat-0.1.0 o o",
            ":s 005 me CHANTYPES=# CASEMAPPING=ascii PREFIX=(ov)@+ :are supported",
            ":s 422 me :No MOTD",
            ":me!u@h JOIN #lobby",
            ":s 353 me = #lobby :me @ann bob",
            ":s 366 me #lobby :End",
            ":s PONG s arrival",
        ] {
            talk.hear(line);
        }
        assert_eq!(talk.state.wanted(), Wanted::Line);
        talk.clear();
        talk
    }

    fn clear(&mut self) {
        self.sent.clear();
        self.shown.clear();
    }

    fn hear(&mut self, line: &str) -> &mut Self {
        let deeds = self.state.heard(line.as_bytes(), self.now);
        self.note(deeds)
    }

    fn says(&mut self, line: &str) -> &mut Self {
        let deeds = self.state.typed(line, self.now);
        self.note(deeds)
    }

    fn wait(&mut self, seconds: i64) -> &mut Self {
        self.now += SignedDuration::from_secs(seconds);
        let deeds = self.state.tick(self.now);
        self.note(deeds);
        let is_over = self.exit.is_some();
        assert!(
            is_over || self.state.deadline() > self.now,
            "it would never sleep"
        );
        self
    }

    fn note(&mut self, deeds: Vec<Deed>) -> &mut Self {
        for deed in deeds {
            match deed {
                Deed::Send(line) => {
                    let line = String::from_utf8(line).expect("text");
                    assert_eq!(line.matches('\n').count(), 1, "{line:?}");
                    self.sent.push(line.trim_end().to_owned());
                }
                Deed::Show(item) => {
                    let shown = self.view.render(&item, 80);
                    let is_bad = |c: char| c.is_control() && c != '\n';
                    assert!(!shown.contains(is_bad), "{shown:?}");
                    if !matches!(item, Item::Status(_)) {
                        self.shown.push(shown);
                    }
                }
                Deed::Clear => {}
                Deed::Leave(ending) => {
                    self.exit = Some(ending.exit);
                    self.shown.push(ending.words);
                }
            }
        }
        self
    }

    /// What was sent since the last look.
    #[track_caller]
    fn sent(&mut self, expected: &[&str]) -> &mut Self {
        assert_eq!(self.sent, expected);
        self.sent.clear();
        self
    }

    /// What was shown since the last look.
    #[track_caller]
    fn shown(&mut self, expected: &[&str]) -> &mut Self {
        assert_eq!(self.shown, expected);
        self.shown.clear();
        self
    }
}

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
        "                 │ bob is not online: not sent.",
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
    for wrong in ["wholast", "wholast 0", "wholast -5", "wholast abc"] {
        talk.says(wrong)
            .sent(&[])
            .shown(&["✗ Usage: wholast N   for example: wholast 60"]);
    }
    talk.says("wholast 2h").sent(&["@label=c2 WHOLAST 120"]);
    talk.hear("@label=c2 :s BATCH +w chat/wholast")
        .hear("@batch=w :s WHOLAST ann *");
    talk.hear("@batch=w :s WHOLAST dave 2026-11-20T07:18:00Z")
        .hear(":s BATCH -w");
    talk.shown(&["Seen in the last 120 minutes (2)\n  ann   now\n  dave  left 42 min ago"]);
    talk.says("wholast 99999999")
        .sent(&["@label=c3 WHOLAST 527040"]);
    assert!(talk.shown[0].starts_with("⚠ 527040 minutes"));
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
    talk.hear("@batch=1 :s 315 me * :End").hear(":s BATCH -1");
    talk.shown(&["2 others online\n  ann  #lobby\n  bob  #lobby  away"]);
}

#[test]
fn arrivals_and_departures_are_told_and_folded() {
    let mut talk = Talk::arrived();
    talk.hear(":dave!u@h JOIN #lobby")
        .shown(&["08:00          * │ dave joined"]);
    talk.hear(":dave!u@h QUIT :bye")
        .hear(":erin!u@h JOIN #lobby")
        .shown(&[]);
    talk.wait(5).shown(&["               * │ −dave +erin"]);
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
    talk.wait(10);
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
fn a_name_that_is_taken_is_asked_for_again() {
    let mut talk = Talk::begin(Manner::Person);
    talk.hear(":s 433 * me :Nickname is already in use. Free: me2, me_, me3");
    assert_eq!(talk.state.wanted(), Wanted::Answer(NAME.to_owned()));
    talk.shown(&["✗ The name me is in use. Free: me2, me_, me3."]);
    talk.clear();
    talk.says("hi ann").sent(&[]);
    talk.shown(&["✗ A name is one word, without spaces."]);
    talk.says("me2").sent(&["NICK me2"]);
    let mut pipe = Talk::begin(Manner::Pipe);
    pipe.hear(":s 433 * me :Nickname is already in use");
    assert_eq!(pipe.exit, Some(Exit::Refused));
}

#[test]
fn at_the_question_for_a_name_one_can_leave() {
    for (act, exit) in [("/quit", Exit::Done), ("QUIT", Exit::Done)] {
        let mut talk = Talk::begin(Manner::Person);
        talk.hear(":s 433 * me :Nickname is already in use")
            .says(act);
        assert_eq!(talk.exit, Some(exit));
    }
    let mut talk = Talk::begin(Manner::Person);
    talk.hear(":s 433 * me :Nickname is already in use");
    let deeds = talk.state.interrupted(talk.now);
    talk.note(deeds);
    assert_eq!(talk.exit, Some(Exit::Interrupted));
}

#[test]
fn a_name_that_cannot_be_is_refused_in_the_words_of_the_server() {
    let mut talk = Talk::begin(Manner::Person);
    talk.hear(":s 432 * operator :This name is reserved")
        .shown(&["✗ operator cannot be your name: This name is reserved."]);
}

#[test]
fn a_paste_is_sent_or_not_by_a_clear_answer() {
    let mut talk = Talk::arrived();
    talk.says("a\nb\n\n/c\nd\n").sent(&[]).shown(&[]);
    let question = "Paste of 5 lines (1 empty, to be left out), 5 bytes for #lobby. [s]end or [c]ancel, then Enter: ";
    assert_eq!(talk.state.wanted(), Wanted::Answer(question.to_owned()));
    talk.says("what?").sent(&[]);
    assert_eq!(talk.state.wanted(), Wanted::Answer(question.to_owned()));
    talk.clear();
    let deeds = talk.state.interrupted(talk.now);
    talk.note(deeds)
        .shown(&["08:00          * │ not sent; the paste is on the ↑ key"]);
    assert_eq!(talk.state.wanted(), Wanted::Line);
    talk.says("a\n\nb");
    talk.sent(&["@label=c2 PRIVMSG #lobby :a", "@label=c3 PRIVMSG #lobby :b"]);
    talk.shown(&["                 │ 1 empty line was left out"]);
}

#[test]
fn that_nothing_was_sent_is_said_once() {
    let mut talk = Talk::arrived();
    talk.says("/bm hi");
    talk.hear("@label=c2 :s FAIL PRIVMSG RATE_LIMITED $* :Wait a little. Nothing was sent");
    talk.shown(&["✗ Wait a little. Nothing was sent; your line is on the ↑ key."]);
}

#[test]
fn who_is_removed_without_a_reason_is_told_once() {
    let mut talk = Talk::arrived();
    talk.hear(":s KILL me :Removed by an operator")
        .hear("ERROR :Killed");
    talk.shown(&["Removed from the server by an operator. You may connect again."]);
}

#[test]
fn words_whose_feature_is_not_there_say_so_and_send_nothing() {
    let mut talk = Talk::arrived();
    for line in [
        "inbox",
        "show files",
        "/upload x",
        "download a.txt",
        "/search x",
        "/register",
        "/login",
        "/block bob",
        "/history",
    ] {
        talk.says(line).sent(&[]);
        assert!(
            talk.shown
                .pop()
                .unwrap()
                .contains("is not there yet. Nothing was sent."),
            "{line}"
        );
    }
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
    ];
    let source = prop_oneof![":me!u@h ", ":ann!u@h ", ":s ", ""];
    let tags = prop_oneof!["@label=c[0-9] ", "@batch=[a-c];time=x ", ""];
    let param = prop_oneof![
        "me|ann|#lobby|#b|[+-][a-c]|LS|ACK|DEL|arrival|said|c2",
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
    fn any_bytes_from_the_start_are_survived(lines in proptest::collection::vec(any::<Vec<u8>>(), 0..20)) {
        let mut talk = Talk::begin(Manner::Person);
        for line in &lines {
            let deeds = talk.state.heard(line, talk.now);
            talk.note(deeds);
        }
    }
}
