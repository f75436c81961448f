//! `chat admin` without a verb in a real terminal: what is typed, completed, remembered.

use crate::process::Home;
use crate::terminal::Terminal;
use std::fs;
use std::os::unix::fs::PermissionsExt;

#[test]
fn the_console_completes_carries_out_and_remembers() {
    let home = Home::new();
    let server = home.serve(&[]);
    let (_alice, mut user2) = (server.client("alice"), server.client("user2"));
    let terminal = Terminal::run(&home, &["admin"]);
    terminal.wait_for("help, Tab, Ctrl-D.");
    terminal.wait_for_last_line("chat-admin>");
    terminal.keys(&["lis", "Tab"]);
    terminal.wait_for("chat-admin> list");
    terminal.keys(&["Enter"]);
    terminal.wait_for("2 connected");
    terminal.wait_for_last_line("chat-admin>");
    terminal.keys(&["kick us", "Tab"]);
    terminal.wait_for("chat-admin> kick user2");
    terminal.keys(&["Enter"]);
    terminal.wait_for("Disconnected user2 (127.0.0.1:");
    terminal.wait_for_last_line("chat-admin>");
    assert!(user2.rest().contains("ERROR :"));
    terminal.keys(&["kick bob", "Enter"]);
    terminal.wait_for("No user \"bob\" is connected");
    terminal.wait_for_last_line("chat-admin>");
    terminal.keys(&["stop --now", "Enter"]);
    terminal.wait_for("[y/N]");
    terminal.keys(&["n", "Enter"]);
    terminal.wait_for("Nothing was done.");
    terminal.wait_for_last_line("chat-admin>");
    terminal.keys(&["Up", "Up"]);
    terminal.wait_for("chat-admin> kick bob");
    terminal.keys(&["C-u"]);
    terminal.wait_for_last_line("chat-admin>");
    terminal.keys(&["quit", "Enter"]);
    terminal.wait_for("ended with 0");
    let history = home.path().join(".local/state/chat/admin-history");
    assert!(
        fs::read_to_string(&history)
            .unwrap()
            .contains("kick user2\n")
    );
    assert_eq!(
        fs::metadata(&history).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn control_d_leaves_and_an_unknown_word_does_not() {
    let home = Home::new();
    let _server = home.serve(&[]);
    let terminal = Terminal::run(&home, &["admin"]);
    terminal.wait_for_last_line("chat-admin>");
    terminal.keys(&["lst", "Enter"]);
    terminal.wait_for("There is no lst here. Did you mean list?");
    terminal.keys(&["?", "Enter"]);
    terminal.wait_for("Leave the console");
    terminal.wait_for_last_line("chat-admin>");
    terminal.keys(&["C-d"]);
    terminal.wait_for("ended with 0");
}

#[test]
fn the_console_watches_until_a_key_is_pressed() {
    let home = Home::new();
    let server = home.serve(&[]);
    let _ann = server.client("ann");
    let terminal = Terminal::run(&home, &["admin"]);
    terminal.wait_for_last_line("chat-admin>");
    terminal.keys(&["watch 1 lis", "Tab"]);
    terminal.wait_for("chat-admin> watch 1 list");
    terminal.keys(&["Enter"]);
    terminal.wait_for("Every 1 s; any key ends it.");
    terminal.wait_for("1 connected");
    let _bob = server.client("bob");
    terminal.wait_for("2 connected");
    terminal.keys(&["q"]);
    terminal.wait_for_last_line("chat-admin>");
    terminal.keys(&["watch 1 stop", "Enter"]);
    terminal.wait_for("This cannot be watched");
    terminal.wait_for_last_line("chat-admin>");
    terminal.keys(&["quit", "Enter"]);
    terminal.wait_for("ended with 0");
    let ran = home.run_with(&["admin"], "watch 1 list\n");
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("watch needs a terminal"), "{ran:?}");
}
