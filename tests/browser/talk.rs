//! People talk: at the page, in a terminal, with other programs.

use crate::person::Person;
use crate::process::Home;
use crate::terminal::Terminal;

#[test]
fn two_browsers_and_a_terminal_talk() {
    let home = Home::new();
    let server = home.serve(&[]);
    let program = format!(
        "'{}' connect 127.0.0.1 {} --nick carol",
        env!("CARGO_BIN_EXE_chat"),
        server.port
    );
    let carol = Terminal::shell(&home, "carol", &program);
    carol.wait_for_last_line_with("[#lobby]");
    let alice = Person::at(&server, "127.0.0.1", "alice");
    let bob = Person::at(&server, "localhost", "bob");
    carol.wait_for("bob");

    alice.say("hello from a browser");
    bob.sees("hello from a browser");
    carol.wait_for("alice │ hello from a browser");
    carol.keys(&["hello from a terminal", "Enter"]);
    alice.sees("hello from a terminal");
    bob.sees("hello from a terminal");
    bob.say("hello from another");
    carol.wait_for("bob │ hello from another");
    alice.sees("hello from another");
    alice.picture("talk");
    alice.is_clean();
    bob.is_clean();
}
