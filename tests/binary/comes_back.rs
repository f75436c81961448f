//! `chat connect` when the connection goes away: what is typed waits, and all is as before when it is back.

use crate::client::alice;
use crate::fake::{Fake, Offers};
use crate::process::Home;
use crate::terminal::Terminal;
use rustix::process::Signal;
use std::net::TcpListener;

#[test]
fn what_is_typed_while_the_server_is_away_goes_out_when_it_is_back() {
    let home = Home::new();
    let server = home.serve(&[]);
    let port = server.port.to_string();
    let terminal = Terminal::run(&home, &["connect", "127.0.0.1", &port, "--nick", "alice"]);
    terminal.wait_for_last_line("      [#lobby]");
    terminal.keys(&["/join #dev", "Enter"]);
    terminal.wait_for_last_line("      [#dev]");
    terminal.keys(&["-l", "half a li"]);
    terminal.wait_for_last_line("      [#dev] half a li");
    server.signal(Signal::KILL);
    server.end();
    terminal.wait_for("Trying again; you can keep typing, messages wait here.");
    terminal.keys(&["-l", "ne\r"]);
    terminal.wait_for("… waiting, to #dev: \"half a line\" (1 unsent)");
    terminal.keys(&["/whois bob", "Enter"]);
    terminal.wait_for("No connection, and /whois needs one.");
    let server = Home::start(home.chat(&["serve", &port]));
    let mut bob = server.client("bob");
    bob.send("JOIN #dev");
    terminal.wait_for("1 unsent message delivered ──");
    terminal.wait_for("alice │ half a line");
    terminal.wait_for_last_line("      [#dev]");
    assert_eq!(terminal.screen().matches("half a line").count(), 2);
    terminal.keys(&["and on", "Enter"]);
    bob.until("PRIVMSG #dev :and on");
}

#[test]
fn a_server_that_breaks_off_is_called_again_and_the_prompt_counts() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let port = fake.port.to_string();
    let terminal = Terminal::run(&home, &["connect", "127.0.0.1", &port, "--nick", "alice"]);
    terminal.wait_for_last_line("      [#lobby]");
    fake.hear("PING");
    terminal.keys(&["/to #closed x", "Enter"]);
    terminal.wait_for("✗ Connection lost (the server ");
    terminal.wait_for("── back after ");
    terminal.wait_for_last_line("      [#lobby]");
    let heard = fake.hear("PING arrival").join("\n");
    assert!(heard.contains("NICK alice"), "{heard}");
}

#[test]
fn who_does_not_want_to_come_back_leaves() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let port = fake.port.to_string();
    let words = [
        "connect",
        "127.0.0.1",
        &port,
        "--nick",
        "alice",
        "--no-reconnect",
    ];
    let terminal = Terminal::run(&home, &words);
    terminal.wait_for_last_line("      [#lobby]");
    terminal.keys(&["/to #closed x", "Enter"]);
    terminal.wait_for("ended with 3");
}

#[test]
fn while_nobody_answers_one_can_leave() {
    let home = Home::new();
    let server = home.serve(&[]);
    let port = server.port.to_string();
    let terminal = Terminal::run(&home, &["connect", "127.0.0.1", &port, "--nick", "alice"]);
    terminal.wait_for_last_line("      [#lobby]");
    drop(server);
    terminal.wait_for("Trying again");
    terminal.wait_for_last_line_with("s [#lobby]");
    terminal.keys(&["never gone", "Enter"]);
    terminal.wait_for("(1 unsent)");
    terminal.keys(&["/quit", "Enter"]);
    terminal.wait_for("✗ Never sent: never gone");
    terminal.wait_for("ended with 1");
}

#[test]
fn where_another_server_cannot_be_reached_rooms_and_name_are_as_before() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    terminal.keys(&["/join #d", "Enter"]);
    terminal.wait_for_last_line("      [#d]");
    fake.send(":alice!u@h NICK alice2\r\n");
    terminal.wait_for("you are now called alice2");
    fake.hear("JOIN #d");
    let closed = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = closed.local_addr().expect("an address").port();
    drop(closed);
    terminal.keys(&[&format!("/connect 127.0.0.1 {port}"), "Enter"]);
    terminal.wait_for("You are still connected to 127.0.0.1");
    terminal.wait_for_last_line("      [#d]");
    terminal.keys(&["/rooms", "Enter"]);
    terminal.wait_for("You are in 2 rooms");
}
