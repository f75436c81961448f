//! Accounts, inbox and history with the real server: names kept, messages for the absent, all of it after a kill.

use crate::process::{Home, Served};
use crate::terminal::Terminal;
use rustix::process::Signal;
use std::fs;
use std::net::TcpListener;

const PASSWORD: &str = "horse-battery-9";

fn connect(home: &Home, server: &Served, nick: &str) -> Terminal {
    let port = server.port.to_string();
    Terminal::run_as(home, nick, &["connect", "127.0.0.1", &port, "--nick", nick])
}

/// Has ann keep her name, and leave.
fn ann_registers(home: &Home, server: &Served) {
    let port = server.port.to_string();
    let words = ["connect", "127.0.0.1", &port, "--nick", "ann"];
    let ann = Terminal::run_as(home, "ann-registers", &words);
    ann.wait_for("as guest ann.");
    ann.wait_for_last_line("      [#lobby]");
    ann.keys(&["/register", "Enter"]);
    ann.wait_for("Whoever runs this server can read");
    ann.wait_for_last_line("A password for ann:");
    ann.keys(&[PASSWORD, "Enter"]);
    ann.wait_for_last_line("The same once more:");
    ann.keys(&[PASSWORD, "Enter"]);
    ann.wait_for("ann is yours now");
    ann.wait_for_last_line("      [#lobby]");
    ann.keys(&["/quit", "Enter"]);
    ann.wait_for("ended with 0");
    assert!(!ann.everything().contains(PASSWORD));
}

#[test]
fn a_name_that_is_kept_has_an_inbox_that_outlives_a_kill() {
    let home = Home::new();
    let server = home.serve(&[]);
    let port = server.port.to_string();
    ann_registers(&home, &server);
    let bob = connect(&home, &server, "bob");
    bob.wait_for_last_line("      [#lobby]");
    bob.keys(&["/dm ann are you coming?", "Enter"]);
    bob.wait_for("stored in ann's inbox (offline since ");
    server.signal(Signal::KILL);
    server.end();
    bob.wait_for("Trying again");
    let server = Home::start(home.chat(&["serve", &port]));
    bob.wait_for("── back after ");
    let ann = connect(&home, &server, "ann");
    ann.wait_for_last_line("Password of ann:");
    ann.keys(&["wrong", "Enter"]);
    ann.wait_for("✗ Wrong password for ann. 2 tries left.");
    ann.wait_for_last_line("Password of ann:");
    ann.keys(&[PASSWORD, "Enter"]);
    ann.wait_for("1 message in your inbox: type inbox");
    ann.wait_for_last_line("      [#lobby]");
    ann.keys(&["inbox", "Enter"]);
    ann.wait_for("── inbox: 1 unread from 1 person ──");
    ann.wait_for("bob → you │ are you coming?");
    ann.wait_for("── all read now");
    ann.keys(&["inbox", "Enter"]);
    ann.wait_for("nothing is unread in your inbox");
    ann.keys(&["/r at noon", "Enter"]);
    bob.wait_for("ann → you │ at noon");
    assert!(!ann.everything().contains(PASSWORD));
    let history = home.path().join(".local/state/chat/history");
    let kept = fs::read_to_string(history).expect("a history");
    assert!(kept.contains("inbox") && !kept.contains(PASSWORD), "{kept}");
}

#[test]
fn a_password_is_in_no_argument_on_no_screen_in_no_history_and_no_log() {
    let home = Home::new();
    let server = home.serve(&[]);
    ann_registers(&home, &server);
    let port = server.port.to_string();
    let log = home.path().join("chat.log").display().to_string();
    let words = [
        "connect",
        "127.0.0.1",
        &port,
        "--nick",
        "ann",
        "--log",
        &log,
    ];
    let ann = Terminal::run_as(&home, "ann", &words);
    ann.wait_for_last_line("Password of ann:");
    ann.keys(&[PASSWORD, "Enter"]);
    ann.wait_for("as ann.");
    ann.keys(&["/login ann", "Enter"]);
    ann.wait_for_last_line("Password of ann:");
    ann.keys(&[PASSWORD, "Enter"]);
    ann.wait_for("you are logged in as ann");
    ann.keys(&["said aloud", "Enter"]);
    ann.wait_for("ann │ said aloud");
    let arguments = fs::read(format!("/proc/{}/cmdline", ann.program())).expect("it runs");
    ann.keys(&["Up", "Up"]);
    ann.keys(&["C-u"]);
    ann.keys(&["/quit", "Enter"]);
    ann.wait_for("ended with 0");
    let history = home.path().join(".local/state/chat/history");
    let history = fs::read_to_string(history).expect("the lines typed");
    assert!(
        history.contains("said aloud") && !history.contains("/login"),
        "{history}"
    );
    let log = fs::read_to_string(log).expect("a log");
    assert!(log.contains("said aloud"), "{log}");
    let arguments = String::from_utf8_lossy(&arguments).into_owned();
    for text in [arguments, ann.everything(), history, log] {
        assert!(!text.contains(PASSWORD), "{text}");
    }
}

#[test]
fn a_script_logs_in_with_a_file_and_a_wrong_password_has_its_code() {
    let home = Home::new();
    let server = home.serve(&[]);
    let port = server.port.to_string();
    ann_registers(&home, &server);
    let words = |more: &[&'static str]| {
        let words = ["connect", "127.0.0.1", &port, "--account", "ann"];
        let words: Vec<String> = words
            .iter()
            .chain(more)
            .map(|word| (*word).to_owned())
            .collect();
        words
    };
    let run = |words: Vec<String>, input: &str| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        home.run_with(&words, input)
    };
    let file = home.secret("password", &format!("{PASSWORD}\nnot this\n"));
    let mut from_file = words(&["--send", "by ann", "--password-file"]);
    from_file.push(file.display().to_string());
    let ran = run(from_file.clone(), "");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("ann: by ann"), "{ran:?}");
    let ran = run(
        words(&["--send", "x", "--password-command", "echo horse-battery-9"]),
        "",
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = run(
        words(&["--send", "x", "--password-stdin"]),
        "horse-battery-9\n",
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    fs::write(&file, "wrong\n").expect("a file");
    let ran = run(from_file, "");
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.err.contains("Wrong password for ann."), "{ran:?}");
    let ran = run(words(&["--send", "x"]), "");
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("--password-command"), "{ran:?}");
    let ran = run(words(&["--password", "x"]), "");
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn two_devices_share_what_was_read() {
    let home = Home::new();
    let server = home.serve(&[]);
    ann_registers(&home, &server);
    let port = server.port.to_string();
    let file = home.secret("password", PASSWORD).display().to_string();
    let device = |name| {
        let words = [
            "connect",
            "127.0.0.1",
            &port,
            "--account",
            "ann",
            "--password-file",
            &file,
        ];
        let device = Terminal::run_as(&home, name, &words);
        device.wait_for_last_line("      [#lobby]");
        device
    };
    let (one, two) = (device("one"), device("two"));
    let mut bob = server.client("bob");
    bob.send("PRIVMSG ann :psst");
    one.wait_for_last_line("   !1 [#lobby]");
    two.wait_for_last_line("   !1 [#lobby]");
    one.keys(&["/dm bob what?", "Enter"]);
    bob.until("PRIVMSG bob :what?");
    two.wait_for("you → bob │ what?");
    two.wait_for_last_line("      [#lobby]");
    one.keys(&["/sessions", "Enter"]);
    one.wait_for("You are here with 2 devices");
    one.keys(&["/sessions end others", "Enter"]);
    two.wait_for("ended with 6");
    one.keys(&["still here", "Enter"]);
    bob.until("PRIVMSG #lobby :still here");
}

#[test]
fn what_was_said_is_found_again_after_a_kill() {
    let home = Home::new();
    let server = home.serve(&[]);
    let port = server.port.to_string();
    let ann = connect(&home, &server, "ann");
    ann.wait_for_last_line("      [#lobby]");
    for (typed, shown) in [
        ("the build is green", "ann │ the build is green"),
        ("a slip", "ann │ a slip"),
        ("/redact", "you removed a message: \"a slip\""),
    ] {
        ann.keys(&["-l", typed]);
        ann.keys(&["Enter"]);
        ann.wait_for(shown);
    }
    server.signal(Signal::KILL);
    server.end();
    let _server = Home::start(home.chat(&["serve", &port]));
    ann.wait_for("── back after ");
    ann.keys(&["clear", "Enter"]);
    ann.wait_for_last_line("      [#lobby]");
    ann.keys(&["/search green build", "Enter"]);
    ann.wait_for("── 1 found for green build ──");
    ann.wait_for("ann │ the build is green");
    ann.keys(&["clear", "Enter"]);
    ann.keys(&["/history 5", "Enter"]);
    ann.wait_for("── 1 of #lobby above · now ──");
    assert!(!ann.screen().contains("slip"));
}

#[test]
fn what_is_typed_around_a_kill_is_said_once_and_in_order() {
    let home = Home::new();
    let server = home.serve(&[]);
    ann_registers(&home, &server);
    let ann = connect(&home, &server, "ann");
    ann.wait_for_last_line("Password of ann:");
    ann.keys(&[PASSWORD, "Enter"]);
    talk_around_a_kill(&home, server, &ann);
}

#[test]
fn what_a_guest_types_around_a_kill_is_said_once_and_in_order() {
    let home = Home::new();
    let server = home.serve(&[]);
    let ann = connect(&home, &server, "ann");
    talk_around_a_kill(&home, server, &ann);
}

/// Has ann type before, while and after the server is away.
fn talk_around_a_kill(home: &Home, server: Served, ann: &Terminal) {
    let port = server.port.to_string();
    ann.wait_for_last_line("      [#lobby]");
    let say = |numbers: std::ops::Range<usize>| {
        let lines: String = numbers.map(|n| format!("line {n}.\r")).collect();
        ann.keys(&["-l", &lines]);
    };
    say(0..12);
    ann.wait_for("ann │ line 3.");
    server.signal(Signal::KILL);
    server.end();
    ann.wait_for("Trying again");
    say(12..20);
    let _server = Home::start(home.chat(&["serve", &port]));
    ann.wait_for("── back after ");
    say(20..25);
    ann.wait_for("ann │ line 24.");
    ann.keys(&["clear", "Enter"]);
    ann.keys(&["/history 100", "Enter"]);
    ann.wait_for("── 25 of #lobby above · now ──");
    let screen = ann.screen();
    let said: Vec<&str> = screen
        .lines()
        .filter_map(|line| line.split("ann │ ").nth(1))
        .collect();
    let expected: Vec<String> = (0..25).map(|n| format!("line {n}.")).collect();
    assert_eq!(said, expected, "{screen}");
}

#[test]
fn several_lines_are_one_message_now_and_later() {
    let home = Home::new();
    let server = home.serve(&[]);
    let ann = connect(&home, &server, "ann");
    let bob = connect(&home, &server, "bob");
    ann.wait_for_last_line("      [#lobby]");
    bob.wait_for_last_line("      [#lobby]");
    ann.paste("first line\n/second line");
    ann.keys(&["Enter"]);
    let whole = "ann │ first line\n                 │ /second line";
    ann.wait_for(whole);
    bob.wait_for(whole);
    bob.keys(&["/reply ann yes", "Enter"]);
    ann.wait_for("bob │ ↩ ann: yes");
    bob.keys(&["/react ann +1", "Enter"]);
    ann.wait_for("* │ bob reacted +1 to \"first line…\"");
    let carl = connect(&home, &server, "carl");
    carl.wait_for(whole);
    carl.wait_for("bob │ ↩ ann: yes");
}

#[test]
fn who_cannot_reach_another_server_stays_as_they_are_and_takes_their_name_along() {
    let home = Home::new();
    let (server, other) = (home.serve(&[]), home.serve(&[]));
    let ann = connect(&home, &server, "ann");
    ann.wait_for_last_line("      [#lobby]");
    ann.keys(&["/join #dev", "Enter"]);
    ann.wait_for_last_line("      [#dev]");
    ann.keys(&["/nick anna", "Enter"]);
    ann.wait_for("you are now");
    ann.keys(&["/connect 127.0.0.1 1", "Enter"]);
    ann.wait_for("You are still connected to 127.0.0.1:");
    ann.wait_for_last_line("      [#dev]");
    ann.keys(&["still here", "Enter"]);
    ann.wait_for("anna │ still here");
    let call = format!("/connect 127.0.0.1 {}", other.port);
    ann.keys(&[&call, "Enter"]);
    ann.wait_for("as guest anna.");
    ann.wait_for_last_line("      [#lobby]");
}

#[test]
fn a_refused_password_is_asked_for_again_and_a_failed_way_elsewhere_leaves_nobody_logged_out() {
    let home = Home::new();
    let server = home.serve(&[]);
    let ann = connect(&home, &server, "ann");
    ann.wait_for_last_line("      [#lobby]");
    ann.keys(&["/register", "Enter"]);
    for password in ["123456", PASSWORD] {
        ann.wait_for_last_line("A password for ann:");
        ann.keys(&[password, "Enter"]);
        ann.wait_for_last_line("The same once more:");
        ann.keys(&[password, "Enter"]);
    }
    ann.wait_for("guessed first. Once more; an empty answer ends it.");
    ann.wait_for("ann is yours now");
    ann.wait_for_last_line("      [#lobby]");
    ann.keys(&["/join #a,#b", "Enter"]);
    ann.wait_for_last_line("      [#b]");
    let closed = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = closed.local_addr().expect("an address").port();
    drop(closed);
    ann.keys(&[&format!("/connect 127.0.0.1 {port}"), "Enter"]);
    ann.wait_for("You are still connected to 127.0.0.1");
    ann.wait_for_last_line("      [#b]");
    ann.keys(&["/rooms", "Enter"]);
    ann.wait_for("You are in 3 rooms");
    ann.keys(&["/sessions", "Enter"]);
    ann.wait_for("You are here with this device alone");
    assert!(!ann.everything().contains(PASSWORD));
}
