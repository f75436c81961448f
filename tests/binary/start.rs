//! `chat connect` at its beginning: what it asks, on every kind of terminal.

use crate::fake::{Fake, Offers};
use crate::process::{Home, Served};
use crate::terminal::Terminal;
use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::thread;

/// A server that wants the password `sesame`.
fn guarded(home: &Home) -> Served {
    let file = home.path().join("chat.yaml");
    fs::write(&file, "server:\n  password: sesame\n").expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("a file");
    home.serve(&["--config", file.to_str().expect("text")])
}

#[test]
fn a_password_is_asked_for_unseen_and_the_connection_made_again() {
    let home = Home::new();
    let server = guarded(&home);
    let port = server.port.to_string();
    let terminal = Terminal::run(&home, &["connect", "127.0.0.1", &port, "--nick", "ann"]);
    terminal.wait_for_last_line("This server wants a password:");
    terminal.keys(&["sesame", "Enter"]);
    terminal.wait_for_last_line("      [#lobby]");
    assert!(!terminal.everything().contains("sesame"));
}

#[test]
fn a_wrong_password_ends_it() {
    let home = Home::new();
    let server = guarded(&home);
    let port = server.port.to_string();
    let terminal = Terminal::run(&home, &["connect", "127.0.0.1", &port, "--nick", "ann"]);
    terminal.wait_for_last_line("This server wants a password:");
    terminal.keys(&["wrong", "Enter"]);
    terminal.wait_for("✗ The server wants another password");
    terminal.wait_for("ended with 4");
}

#[test]
fn a_dumb_terminal_gets_ascii_and_its_questions_in_order() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let program = format!(
        "TERM=dumb '{}' connect 127.0.0.1 {}",
        env!("CARGO_BIN_EXE_chat"),
        fake.port
    );
    let terminal = Terminal::shell(&home, "chat", &program);
    terminal.wait_for_last_line("Your name:");
    terminal.keys(&["two words", "Enter"]);
    terminal.wait_for("! A name is one word, without spaces.\nYour name:");
    terminal.keys(&["alice", "Enter"]);
    terminal.wait_for("-- #lobby - 3 here: alice bob carol --");
    terminal.keys(&["send nobody hi", "Enter"]);
    terminal.wait_for("! No user nobody.");
    assert!(terminal.everything().is_ascii());
}

#[test]
fn the_question_for_a_name_says_what_is_wrong_and_can_be_left() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let port = fake.port.to_string();
    let terminal = Terminal::run(&home, &["connect", "127.0.0.1", &port]);
    terminal.wait_for_last_line("Your name:");
    terminal.keys(&["Enter"]);
    terminal.wait_for("✗ You need a name to talk");
    terminal.keys(&["taken", "Enter"]);
    terminal.wait_for("✗ The name taken is in use.");
    terminal.wait_for_last_line("Your name:");
    terminal.keys(&["half", "C-c"]);
    terminal.wait_for("ended with 130");
}

#[test]
fn who_comes_when_the_server_is_full_waits_and_may_give_up() {
    let home = Home::new();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener
        .local_addr()
        .expect("an address")
        .port()
        .to_string();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.write_all(b"ERROR :Server full\r\n");
        }
    });
    let words = ["connect", "127.0.0.1", &port, "--nick", "ann"];
    let terminal = Terminal::run(&home, &words);
    terminal.wait_for("The server closed the connection: Server full");
    terminal.wait_for("Trying again in 15 s; Ctrl-C gives up.");
    terminal.keys(&["C-c"]);
    terminal.wait_for("ended with 130");
    // A script is told at once.
    let ran = home.run_with(&words, "hi\n");
    assert_eq!(ran.code, 6, "{ran:?}");
}
