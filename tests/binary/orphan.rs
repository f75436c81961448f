//! A terminal that is closed takes its program with it: no client is left behind that waits, or turns in circles.

use crate::process::{DEADLINE, Home};
use crate::terminal::Terminal;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open};

/// How a program gets to know that its terminal is gone.
const WAYS: [(&str, &str); 2] = [
    ("by SIGHUP", ""),
    ("by reading, because the terminal is not its own", "setsid "),
];

/// Closes the terminal and waits until what ran in it has ended.
fn must_end_with(terminal: Terminal, what: &str) {
    let pid = i32::try_from(terminal.program()).ok();
    let pid = pid.and_then(Pid::from_raw).expect("a pid");
    let process = pidfd_open(pid, PidfdFlags::empty()).expect("it runs");
    let mut ended = [PollFd::new(&process, PollFlags::IN)];
    let at_once = Timespec::default();
    let before = poll(&mut ended, Some(&at_once)).expect("it can be waited for");
    assert_eq!(before, 0, "{what}: it ended before");
    drop(terminal);
    let deadline = Timespec::try_from(DEADLINE).expect("a time");
    if poll(&mut ended, Some(&deadline)).expect("it can be waited for") == 0 {
        let _ = kill_process(pid, Signal::KILL);
        panic!("{what}: it goes on without a terminal");
    }
}

fn connect(home: &Home, name: &str, prefix: &str, port: u16) -> Terminal {
    let program = env!("CARGO_BIN_EXE_chat");
    let command = format!("{prefix}'{program}' connect 127.0.0.1 {port} --nick {name}");
    Terminal::shell(home, &called(name, prefix), &command)
}

/// A name that no terminal of another way has: its server may not be gone yet.
fn called(name: &str, prefix: &str) -> String {
    format!("{name}{}", prefix.len())
}

#[test]
fn a_client_ends_with_its_terminal_whatever_it_does() {
    let home = Home::new();
    let server = home.serve(&[]);
    for (way, prefix) in WAYS {
        let terminal = connect(&home, "idle", prefix, server.port);
        terminal.wait_for_last_line("      [#lobby]");
        must_end_with(terminal, &format!("idle, {way}"));

        let terminal = connect(&home, "types", prefix, server.port);
        terminal.wait_for_last_line("      [#lobby]");
        terminal.keys(&["-l", "half a li"]);
        terminal.wait_for_last_line("      [#lobby] half a li");
        must_end_with(terminal, &format!("in the middle of a line, {way}"));

        let terminal = connect(&home, "asked", prefix, server.port);
        terminal.wait_for_last_line("      [#lobby]");
        terminal.keys(&["/register", "Enter"]);
        terminal.wait_for("A password for asked");
        must_end_with(terminal, &format!("at a secret question, {way}"));
    }
}

#[test]
fn a_client_that_looks_for_its_server_ends_with_its_terminal() {
    let home = Home::new();
    for (way, prefix) in WAYS {
        let server = home.serve(&[]);
        let terminal = connect(&home, "alice", prefix, server.port);
        terminal.wait_for_last_line("      [#lobby]");
        server.signal(Signal::KILL);
        server.end();
        terminal.wait_for("Trying again");
        terminal.keys(&["-l", "said to nobody\r"]);
        terminal.wait_for("(1 unsent)");
        must_end_with(terminal, &format!("coming back, {way}"));
    }
}

#[test]
fn a_console_ends_with_its_terminal() {
    let home = Home::new();
    let server = home.serve(&[]);
    for (way, prefix) in WAYS {
        let program = env!("CARGO_BIN_EXE_chat");
        let command = format!("{prefix}'{program}' admin --port {}", server.port);
        let terminal = Terminal::shell(&home, &called("console", prefix), &command);
        terminal.wait_for_last_line("chat-admin>");
        must_end_with(terminal, &format!("the console, {way}"));
    }
}
