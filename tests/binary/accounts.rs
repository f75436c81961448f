//! `chat admin accounts …`, `inbox` and `verify` against a real server: what they do, their JSON, their exit codes.

use crate::accounts_json::BLOCKED;
use crate::process::{Client, Home, Ran, Served};
use crate::schema::{all_have, data};
use crate::terminal::Terminal;
use chat::proto::sasl::{encode, plain_message};
use std::fs;
use std::io::Write;
use std::process::Stdio;

/// A home whose servers hash as cheaply as can be.
pub(crate) fn home() -> Home {
    let home = Home::new();
    let directory = home.path().join(".config/chat");
    fs::create_dir_all(&directory).expect("a directory");
    let text = "accounts:\n  hash_cost: test\n  login_throttle: { failures: 2 }\n";
    fs::write(directory.join("chat.yaml"), text).expect("a file");
    home
}

fn accounts(home: &Home, words: &[&str]) -> Ran {
    home.run(&[&["admin", "accounts"], words].concat())
}

fn create(home: &Home, name: &str, password: &str) -> Ran {
    home.run_with(&["admin", "accounts", "create", name], password)
}

/// Somebody who logs in before they arrive; the outcome is the numeric.
pub(crate) fn log_in(server: &Served, nick: &str, password: &str) -> (Client, String) {
    let mut client = server.dial();
    client.send(&format!(
        "CAP REQ :sasl\r\nNICK {nick}\r\nUSER {nick} 0 * :{nick}"
    ));
    client.send("AUTHENTICATE PLAIN");
    client.until("AUTHENTICATE +");
    let message = encode(&plain_message(nick, password));
    client.send(&format!("AUTHENTICATE {message}"));
    let seen = client.until(" 90");
    let last = seen.last().expect("a line");
    let outcome = match last.contains(" 900 ") {
        true => "in".to_owned(),
        false => last.split(' ').nth(1).unwrap_or_default().to_owned(),
    };
    (client, outcome)
}

#[test]
fn an_account_is_made_with_a_password_from_standard_input() {
    let home = home();
    let server = home.serve(&[]);
    let ran = create(&home, "Ann", "correct horse\n");
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "Created Ann.\n"),
        "{ran:?}"
    );
    let list = accounts(&home, &["list"]);
    assert!(list.out.contains("\nAnn "), "{list:?}");
    assert_eq!(list.err, "1 account\n");
    let show = accounts(&home, &["show", "ANN"]);
    assert!(show.out.starts_with("Name        Ann\n"), "{show:?}");

    for (name, code, words) in [
        ("ann", 6, "There is an account \"Ann\" already"),
        ("NickServ", 2, "reserved"),
        ("4nn", 2, "no name for an account"),
        ("#ann", 2, "no name for an account"),
        ("Αnn", 2, "no name for an account"),
    ] {
        let ran = create(&home, name, "correct horse\n");
        assert_eq!(ran.code, code, "{ran:?}");
        assert!(ran.err.contains(words), "{ran:?}");
    }
    for (password, code) in [("", 2), ("\n", 2), ("short\n", 6), ("password\n", 6)] {
        let ran = create(&home, "eve", password);
        assert_eq!(ran.code, code, "{ran:?}");
    }
    assert_eq!(accounts(&home, &["show", "eve"]).code, 8);
    drop(server);
}

#[test]
fn a_password_is_in_no_argument_and_no_log() {
    let home = home();
    let directory = home.path().join(".config/chat/chat.yaml");
    let text = "accounts: { hash_cost: test }\nlog: { level: debug }\n";
    fs::write(directory, text).unwrap();
    let server = home.serve(&[]);
    let wrong = home.run(&["admin", "accounts", "create", "ann", "correct horse"]);
    assert_eq!(wrong.code, 2);
    assert_eq!(create(&home, "ann", "correct horse").code, 0);
    let ran = home.run_with(&["admin", "accounts", "passwd", "ann"], "battery staple\n");
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "ann has a new password.\n")
    );
    assert_eq!(home.run(&["admin", "stop"]).code, 0);
    let (_, said) = server.end();
    assert!(said.contains("accounts create ann"), "{said}");
    assert!(said.contains("accounts passwd ann"), "{said}");
    assert!(
        !said.contains("horse") && !said.contains("staple"),
        "{said}"
    );
}

#[test]
fn a_name_that_is_not_there_is_8_with_the_closest() {
    let home = home();
    let _server = home.serve(&[]);
    assert_eq!(create(&home, "annabel", "correct horse").code, 0);
    for verb in ["show", "enable", "disable", "sessions", "unblock"] {
        let ran = accounts(&home, &[verb, "anabel"]);
        assert_eq!(ran.code, 8, "{verb}: {ran:?}");
        let expected = "There is no account \"anabel\". Closest: annabel\n";
        assert_eq!(ran.err, expected, "{verb}");
    }
    assert_eq!(accounts(&home, &["delete", "bob", "--yes"]).code, 8);
    let ran = home.run_with(&["admin", "accounts", "passwd", "bob"], "correct horse");
    assert_eq!(ran.code, 8, "{ran:?}");
    assert_eq!(home.run(&["admin", "inbox", "bob"]).code, 8);
}

#[test]
fn deleting_asks_back_and_the_name_is_free_again() {
    let home = home();
    let _server = home.serve(&[]);
    assert_eq!(create(&home, "ann", "correct horse").code, 0);
    let asked = accounts(&home, &["delete", "ann"]);
    assert_eq!(asked.code, 2);
    assert!(asked.err.contains("--yes"), "{asked:?}");
    let first = accounts(&home, &["--json", "show", "ann"]).json();
    let gone = accounts(&home, &["delete", "ann", "--yes"]);
    assert_eq!(gone.out, "Deleted ann; 0 sessions logged out.\n");
    assert_eq!(create(&home, "ann", "battery staple").code, 0);
    let second = accounts(&home, &["--json", "show", "ann"]).json();
    assert_ne!(
        first["data"]["id"], second["data"]["id"],
        "numbers are not used again"
    );
}

#[test]
fn a_disabled_account_lets_nobody_in_and_its_devices_go() {
    let home = home();
    let server = home.serve(&[]);
    assert_eq!(create(&home, "ann", "correct horse").code, 0);
    let (mut ann, outcome) = log_in(&server, "ann", "correct horse");
    assert_eq!(outcome, "in");
    ann.send("CAP END");
    ann.until(" 001 ");
    let sessions = accounts(&home, &["sessions", "ann"]);
    assert!(sessions.out.contains("127.0.0.1:"), "{sessions:?}");
    let online = accounts(&home, &["list", "--online"]);
    assert!(online.out.contains("\nann "), "{online:?}");
    assert_eq!(accounts(&home, &["list", "--offline"]).out, "");

    let ran = accounts(&home, &["disable", "ann", "-r", "lost \u{1b}[31mphone"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("1 session ended"), "{ran:?}");
    assert!(!ran.out.contains('\u{1b}'), "{ran:?}");
    let last = ann.rest();
    assert!(
        last.contains("disabled: lost") && !last.contains('\u{1b}'),
        "{last}"
    );
    assert_ne!(log_in(&server, "ann", "correct horse").1, "in");
    assert_eq!(
        accounts(&home, &["sessions", "ann"]).err,
        "No session of ann.\n"
    );

    let ran = accounts(&home, &["enable", "ann"]);
    assert!(
        ran.out.starts_with("Enabled ann; it was disabled: lost "),
        "{ran:?}"
    );
    assert_eq!(log_in(&server, "ann", "correct horse").1, "in");
    let again = accounts(&home, &["enable", "ann"]);
    assert_eq!(again.out, "ann was not disabled.\n");
}

#[test]
fn another_password_counts_at_once_and_the_old_one_no_more() {
    let home = home();
    let server = home.serve(&[]);
    assert_eq!(create(&home, "ann", "correct horse").code, 0);
    let ran = home.run_with(&["admin", "accounts", "passwd", "ann"], "battery staple");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_ne!(log_in(&server, "ann", "correct horse").1, "in");
    assert_eq!(log_in(&server, "ann", "battery staple").1, "in");
}

#[test]
fn who_is_paused_is_listed_and_let_in_again() {
    let home = home();
    let server = home.serve(&[]);
    assert_eq!(create(&home, "ann", "correct horse").code, 0);
    assert_eq!(accounts(&home, &["list", "--blocked"]).out, "");
    for _ in 0..3 {
        assert_ne!(log_in(&server, "ann", "wrong").1, "in");
    }
    let blocked = accounts(&home, &["list", "--blocked"]);
    assert!(blocked.out.contains("\nann "), "{blocked:?}");
    let shown = data(&accounts(&home, &["--json", "show", "ann"]));
    all_have(&shown["blocked"], BLOCKED);
    assert_ne!(log_in(&server, "ann", "correct horse").1, "in");
    let ran = accounts(&home, &["unblock", "ann"]);
    assert_eq!(
        ran.out,
        "Failed logins to ann from 1 network are forgotten.\n"
    );
    assert_eq!(log_in(&server, "ann", "correct horse").1, "in");
}

#[test]
fn the_devices_of_a_deleted_account_are_guests() {
    let home = home();
    let server = home.serve(&[]);
    assert_eq!(create(&home, "ann", "correct horse").code, 0);
    let (mut ann, outcome) = log_in(&server, "ann", "correct horse");
    assert_eq!(outcome, "in");
    ann.send("CAP REQ :account-notify\r\nCAP END");
    ann.until(" 001 ");
    let gone = accounts(&home, &["delete", "ann", "--yes"]);
    assert_eq!(gone.out, "Deleted ann; 1 session logged out.\n");
    ann.until(" ACCOUNT *");
    ann.send("WHOIS ann");
    let seen = ann.until(" 318 ").join("\n");
    assert!(!seen.contains(" 330 "), "{seen}");
}

#[test]
fn a_console_in_a_pipe_takes_no_password() {
    let home = home();
    let _server = home.serve(&[]);
    let ran = home.run_with(
        &["admin"],
        "accounts create ann\ncorrect horse\naccounts list\n",
    );
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("reads no password from a pipe"), "{ran:?}");
    assert!(ran.err.contains("No accounts."), "{ran:?}");
}

#[test]
fn of_two_who_make_the_same_account_one_is_refused() {
    let home = home();
    let _server = home.serve(&[]);
    let mut children = [(); 2].map(|()| {
        let mut child = home
            .chat(&["admin", "accounts", "create", "ann"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(b"correct horse\n").unwrap();
        child
    });
    let mut codes = [0, 1].map(|at| children[at].wait().unwrap().code());
    codes.sort_unstable();
    assert_eq!(codes, [Some(0), Some(6)]);
}

#[test]
fn verifying_tells_what_is_not_as_it_was_stored() {
    let home = home();
    let server = home.serve(&[]);
    assert_eq!(create(&home, "ann", "correct horse").code, 0);
    let ran = home.run(&["admin", "verify"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "Everything is as it was stored.\n"),
        "{ran:?}"
    );
    let file = format!(".local/share/chat/{}/chat.db", server.port);
    let db = rusqlite::Connection::open(home.path().join(file)).unwrap();
    let changed = db
        .execute("UPDATE account SET body = replace(body, 'ann', 'eve')", [])
        .unwrap();
    assert_eq!(changed, 1);
    drop(db);
    let ran = home.run(&["admin", "verify"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("\naccount "), "{ran:?}");
    assert!(
        ran.err.starts_with("1 row is not as it was stored"),
        "{ran:?}"
    );
    let json = home.run(&["admin", "--json", "verify"]);
    assert_eq!(json.json()["error"]["code"], "damaged");
    let damaged = &data(&json)["damaged"];
    all_have(
        damaged,
        &[("table", "text"), ("row", "text"), ("what", "text")],
    );
}

#[test]
fn an_account_outlives_the_server_and_status_says_how_it_is_kept() {
    let home = home();
    let keep = home.path().join("data");
    let words = ["--data", keep.to_str().unwrap()];
    let server = home.serve(&words);
    assert_eq!(create(&home, "ann", "correct horse").code, 0);
    assert_eq!(accounts(&home, &["disable", "ann", "-r", "lost"]).code, 0);
    drop(server);
    let server = home.serve(&words);
    let status = home.run(&["admin", "status"]);
    let lines: Vec<&str> = status.out.lines().collect();
    assert!(lines[0].ends_with(" healthy"), "{status:?}");
    for expected in [
        "Accounts      1   0 messages unread",
        "sqlite, sync full   commits gather for 2 ms",
    ] {
        assert!(
            lines.iter().any(|line| line.contains(expected)),
            "{status:?}"
        );
    }
    let shown = data(&accounts(&home, &["--json", "show", "ann"]));
    assert_eq!(shown["disabled"], "lost");
    drop(server);
    let path = home.path().join(".config/chat/chat.yaml");
    fs::write(path, "store: { sync: normal }\n").unwrap();
    let server = home.serve(&words);
    let says = |text: &str| text.contains("sync normal") && text.contains("a power cut may lose");
    assert!(says(&server.greeting.join("\n")), "{:?}", server.greeting);
    assert!(says(&home.run(&["admin", "status"]).out));
}

#[test]
fn on_a_terminal_a_password_is_asked_for_twice_and_not_shown() {
    let home = home();
    let _server = home.serve(&[]);
    let terminal = Terminal::run(&home, &["admin", "accounts", "create", "ann"]);
    terminal.wait_for_last_line("New password of ann:");
    terminal.keys(&["correct horse", "Enter"]);
    terminal.wait_for_last_line("The same again:");
    terminal.keys(&["battery staple", "Enter"]);
    terminal.wait_for("ended with 2");
    let seen = terminal.everything();
    assert!(seen.contains("The two are not the same."), "{seen}");
    assert!(!seen.contains("horse"), "{seen}");
    assert_eq!(accounts(&home, &["show", "ann"]).code, 8);

    // A console asks in the same way, and goes on.
    let console = format!("'{}' admin", env!("CARGO_BIN_EXE_chat"));
    let terminal = Terminal::shell(&home, "console", &console);
    terminal.wait_for_last_line("chat-admin>");
    terminal.keys(&["accounts create ann", "Enter"]);
    terminal.wait_for_last_line("New password of ann:");
    terminal.keys(&["correct horse", "Enter"]);
    terminal.wait_for_last_line("The same again:");
    terminal.keys(&["correct horse", "Enter"]);
    terminal.wait_for("Created ann.");
    terminal.wait_for_last_line("chat-admin>");
    terminal.keys(&["accounts delete ann", "Enter"]);
    terminal.wait_for_last_line_with("[y/N]");
    terminal.keys(&["y", "Enter"]);
    terminal.wait_for("Deleted ann");
    terminal.keys(&["quit", "Enter"]);
    terminal.wait_for("ended with 0");
    let seen = terminal.everything();
    assert!(!seen.contains("horse"), "{seen}");
}
