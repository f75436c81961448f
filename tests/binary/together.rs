//! All three faces of the binary at once, as the README tells a newcomer: two talk, one is removed.

use crate::process::{DEADLINE, Home};
use crate::terminal::Terminal;
use std::thread;
use std::time::Instant;

#[test]
fn two_people_talk_and_the_operator_removes_one() {
    let home = Home::new();
    let server = home.serve(&[]);
    let connect = |name: &str| {
        let program = format!(
            "'{}' connect 127.0.0.1 {}",
            env!("CARGO_BIN_EXE_chat"),
            server.port
        );
        let terminal = Terminal::shell(&home, name, &program);
        terminal.wait_for("name:");
        terminal.keys(&[name, "Enter"]);
        terminal.wait_for_last_line_with("[#lobby]");
        terminal
    };
    let (one, two) = (connect("user1"), connect("user2"));
    one.wait_for("user2");
    one.keys(&["hello from one", "Enter"]);
    two.wait_for("user1 │ hello from one");
    two.keys(&["half a li"]);
    two.wait_for_last_line_with("half a li");
    one.keys(&["are you there?", "Enter"]);
    two.wait_for("are you there?");
    two.wait_for_last_line_with("half a li");
    two.keys(&["ne", "Enter"]);
    one.wait_for("user2 │ half a line");

    let said = home.run(&["admin", "broadcast", "back in a minute"]);
    assert_eq!(
        (said.code, said.out.as_str()),
        (0, "Sent to 2 of 2 connected users.\n")
    );
    two.wait_for("back in a minute");
    assert_eq!(
        home.run(&["admin", "kick", "user2", "-r", "please stop"])
            .code,
        0
    );
    two.wait_for("please stop");
    two.wait_for("ended with 6");
    one.wait_for("please stop");
    one.keys(&["/quit", "Enter"]);
    one.wait_for("ended with 0");
    assert_eq!(home.run(&["admin", "list"]).err, "No users.\n");
}

#[test]
fn a_server_ends_with_the_terminal_it_was_started_in() {
    let home = Home::new();
    let terminal = Terminal::run(&home, &["serve", "0"]);
    terminal.wait_for("Ready.");
    let socket = home.path().join("service/admin.sock");
    assert!(socket.exists());
    drop(terminal);
    let begin = Instant::now();
    while socket.exists() {
        assert!(begin.elapsed() < DEADLINE, "the server goes on");
        thread::yield_now();
    }
}
