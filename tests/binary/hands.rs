//! A person's hands on a real terminal: keys that go elsewhere, pager and editor, a window that changes its size.

use crate::client::{alice, connect};
use crate::fake::{Fake, Offers};
use crate::process::Home;
use crate::terminal::Terminal;
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// Enters a room of a scripted server.
fn join(terminal: &Terminal, room: &str) {
    terminal.keys(&[&format!("/join {room}"), "Enter"]);
    terminal.wait_for_last_line(&format!("      [{room}]"));
}

#[test]
fn keys_go_to_other_places_and_the_line_goes_along() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    join(&terminal, "#dev");
    join(&terminal, "#ops");
    terminal.keys(&["-l", "half typd"]);
    terminal.keys(&["Left", "M-Left"]);
    terminal.wait_for_last_line("      [#dev] half typd");
    terminal.keys(&["F1"]);
    terminal.wait_for_last_line("      [#lobby] half typd");
    fake.send(":bob!u@h PRIVMSG #ops :alice: where are you?\r\n");
    terminal.wait_for_last_line("   !1 [#lobby] half typd");
    terminal.keys(&["M-a"]);
    terminal.wait_for_last_line("      [#ops] half typd");
    terminal.keys(&["M-Right"]);
    terminal.wait_for_last_line("      [#lobby] half typd");
    terminal.keys(&["e"]);
    terminal.wait_for_last_line("      [#lobby] half typed");
    terminal.keys(&["Enter"]);
    let heard = fake.hear("half typed");
    let said = heard.last().expect("a line");
    assert!(said.ends_with("PRIVMSG #lobby :half typed"), "{heard:?}");
}

#[test]
fn a_pager_shows_a_long_answer_and_gives_the_terminal_back() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let port = fake.port.to_string();
    let pager = home.path().join("pager");
    fs::write(
        &pager,
        "#!/bin/sh\necho pager begins\ncat\nread answer < /dev/tty\n",
    )
    .expect("a file");
    fs::set_permissions(&pager, fs::Permissions::from_mode(0o700)).expect("it is ours");
    let program = format!(
        "PAGER='{}' '{}' connect 127.0.0.1 {port} --nick alice",
        pager.display(),
        env!("CARGO_BIN_EXE_chat")
    );
    let terminal = Terminal::shell(&home, "paged", &program);
    terminal.wait_for_last_line("      [#lobby]");
    terminal.keys(&["/page help", "Enter"]);
    terminal.wait_for("pager begins");
    terminal.wait_for("/help keys tells the keys");
    // What arrives waits until the pager is gone, which no Ctrl-C of its own ends with the client.
    fake.send(":bob!u@h PRIVMSG #lobby :meanwhile\r\n");
    fake.send("PING there\r\n");
    fake.hear("PONG :there");
    assert!(!terminal.screen().contains("meanwhile"));
    terminal.keys(&["C-c"]);
    terminal.wait_for("bob │ meanwhile");
    terminal.wait_for_last_line("      [#lobby]");
    terminal.keys(&["still here", "Enter"]);
    fake.hear("PRIVMSG #lobby :still here");
}

#[test]
fn an_editor_writes_and_nothing_is_sent_without_a_yes() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let port = fake.port.to_string();
    let editor = home.path().join("editor");
    let script = "#!/bin/sh\nprintf '%s\\n' ', all' '/quit is no command here' >> \"$1\"\n";
    fs::write(&editor, script).expect("a file");
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o700)).expect("it is ours");
    let program = format!(
        "EDITOR='{}' '{}' connect 127.0.0.1 {port} --nick alice",
        editor.display(),
        env!("CARGO_BIN_EXE_chat")
    );
    let terminal = Terminal::shell(&home, "edited", &program);
    terminal.wait_for_last_line("      [#lobby]");
    terminal.keys(&["/edit hello", "Enter"]);
    terminal.wait_for("Paste of 2 lines, 35 B → #lobby. [s]end [e]dit [c]ancel, then Enter:");
    assert!(!fake.all().iter().any(|line| line.contains("PRIVMSG")));
    terminal.keys(&["s", "Enter"]);
    let heard = fake.hear("is no command here");
    assert!(
        heard.iter().any(|line| line.ends_with(":hello, all")),
        "{heard:?}"
    );
    terminal.wait_for("alice │ /quit is no command here");
    let left = fs::read_dir(home.path()).expect("a directory").flatten();
    let left: Vec<String> = left
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .collect();
    assert!(
        !left.iter().any(|name| name.starts_with("chat-")),
        "{left:?}"
    );
}

#[test]
fn a_window_that_changes_its_size_leaves_one_prompt_and_every_line() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    let typed = "a line long enough to be wrapped when the window gets narrow, typed before that";
    terminal.keys(&["-l", typed]);
    terminal.wait_for("typed before that");
    let mut number = 0;
    for columns in [60, 45, 100, 52, 130, 100] {
        terminal.resize(columns);
        for _ in 0..3 {
            number += 1;
            fake.send(format!(
                ":bob!u@h PRIVMSG #lobby :message {number} of many\r\n"
            ));
        }
        terminal.wait_for(&format!("message {number} of many"));
    }
    terminal.keys(&["-l", "!"]);
    terminal.wait_for("typed before that!");
    terminal.keys(&["Enter"]);
    let heard = fake.hear("PRIVMSG");
    let said = heard.last().expect("a line");
    assert!(said.ends_with(&format!(":{typed}!")), "{heard:?}");
    terminal.wait_for("alice │ a line long enough");
    terminal.wait_for_last_line("      [#lobby]");
    let all = terminal.everything();
    let part = "a line long enough";
    // What was said stands there in its place; of what was typed nothing else is left.
    assert_eq!(all.matches(part).count(), 1, "{all}");
    for number in 1..=number {
        let part = format!("message {number} of many");
        assert_eq!(all.matches(&part).count(), 1, "{part}:\n{all}");
    }
}

#[test]
fn many_candidates_are_counted_and_not_all_shown() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    let names: Vec<String> = (0..300).map(|number| format!("zoe{number}")).collect();
    fake.send(format!(":fake 353 alice = #lobby :{}\r\n", names.join(" ")));
    fake.send(":fake 366 alice #lobby :End\r\nPING there\r\n");
    fake.hear("PONG :there");
    terminal.keys(&["-l", "/dm z"]);
    terminal.wait_for_last_line("      [#lobby] /dm z");
    // The names are looked at twice a second.
    terminal.keys_until(&["Tab"], "      [#lobby] /dm zoe");
    terminal.keys(&["Tab", "Tab"]);
    terminal.wait_for("… 240 more");
    terminal.wait_for_last_line("      [#lobby] /dm zoe");
}

#[test]
fn what_others_write_in_bold_is_bold_and_plain_without_colour() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let terminal = connect(&home, &fake, "alice");
    terminal.wait_for_last_line("      [#lobby]");
    fake.send(":bob!u@h PRIVMSG #lobby :a \u{2}bold\u{2} \u{3}04,01red\u{3} word\r\n");
    terminal.wait_for("bob │ a bold red word");
    let painted = terminal.painted();
    assert!(painted.contains("\u{1b}[1mbold\u{1b}[0m"), "{painted:?}");
    assert!(painted.contains("\u{1b}[38;5;160mred"), "{painted:?}");
    let program = format!(
        "NO_COLOR=1 '{}' connect 127.0.0.1 {} --nick carl",
        env!("CARGO_BIN_EXE_chat"),
        fake.port
    );
    let terminal = Terminal::shell(&home, "colourless", &program);
    terminal.wait_for_last_line("      [#lobby]");
    fake.send(":bob!u@h PRIVMSG #lobby :a \u{2}bold\u{2} \u{3}04red\u{3} word\r\n");
    terminal.wait_for("bob │ a bold red word");
    assert!(
        !terminal.painted().contains("\u{1b}["),
        "{:?}",
        terminal.painted()
    );
}

#[test]
fn a_log_keeps_what_is_shown_for_its_owner_alone() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let port = fake.port.to_string();
    let log = home.path().join("chat.log");
    let path = log.to_str().expect("a path");
    let words = [
        "connect",
        "127.0.0.1",
        &port,
        "--nick",
        "alice",
        "--log",
        path,
    ];
    let terminal = Terminal::run(&home, &words);
    terminal.wait_for_last_line("      [#lobby]");
    fake.send(":bob!u@h PRIVMSG #lobby :\u{1b}]2;owned\u{7}one\r\n:bob!u@h PRIVMSG alice :two\r\n");
    terminal.wait_for("bob → you │ two");
    terminal.keys(&["three", "Enter"]);
    terminal.wait_for("alice │ three");
    terminal.keys(&["/quit", "Enter"]);
    terminal.wait_for("ended with 0");
    let kept = fs::read_to_string(&log).expect("a log");
    for line in [
        "#lobby bob: ␛]2;owned␇one",
        "bob -> you: two",
        "#lobby alice: three",
    ] {
        assert!(
            kept.lines().any(|own| own.ends_with(line)),
            "{line}:\n{kept}"
        );
    }
    assert!(
        !kept.contains(|c: char| c.is_control() && c != '\n'),
        "{kept:?}"
    );
    let mode = fs::metadata(&log).expect("a log").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let ran = home.run(&[
        "connect",
        "127.0.0.1",
        &port,
        "--nick",
        "a",
        "--log",
        "/nowhere/x",
    ]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(
        ran.err.contains("cannot write the log /nowhere/x"),
        "{ran:?}"
    );
}
