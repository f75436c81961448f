//! Terminals with less: no colours, few colours, no UTF-8, little room, nothing drawn anew.

use crate::fake::{Fake, Offers};
use crate::process::Home;
use crate::terminal::Terminal;

/// The client as `nick` with this before it in the shell, and these words behind it.
fn sit(home: &Home, fake: &Fake, nick: &str, before: &str, words: &str) -> Terminal {
    let program = format!(
        "{before} '{}' connect 127.0.0.1 {} --nick {nick} {words}",
        env!("CARGO_BIN_EXE_chat"),
        fake.port
    );
    Terminal::shell(home, nick, &program)
}

const EVIL: &str =
    ":b\u{1b}[2Jb!u@h PRIVMSG #lobby :\u{1b}]2;x\u{7}\u{9b}31m \u{3}04,01red\u{3} \u{202e}x\r\n";

#[test]
fn plain_and_without_colour_nothing_is_painted() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let terminal = sit(&home, &fake, "alice", "NO_COLOR=1", "--plain");
    terminal.wait_for_last_line(">");
    let title = terminal.title();
    fake.send(EVIL);
    fake.send(":bob!u@h PRIVMSG #lobby :alice: hello\r\n:bob!u@h PRIVMSG #dev :\u{1}ACTION waves\u{1}\r\n");
    terminal.wait_for("> bob: alice: hello");
    terminal.keys(&["mine", "Enter"]);
    terminal.wait_for("alice: mine");
    terminal.keys(&["/jion", "Enter"]);
    terminal.wait_for("! Unknown command /jion. Did you mean /join?");
    terminal.wait_for_last_line(">");
    assert!(
        !terminal.painted().contains('\u{1b}'),
        "{:?}",
        terminal.painted()
    );
    assert_eq!(terminal.title(), title);
}

#[test]
fn a_dumb_terminal_gets_no_escape_at_all() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let typescript = home.path().join("typescript");
    let program = format!(
        "TERM=dumb LC_ALL=C script -qec \"'{}' connect 127.0.0.1 {} --nick alice\" '{}'",
        env!("CARGO_BIN_EXE_chat"),
        fake.port,
        typescript.display()
    );
    let terminal = Terminal::shell(&home, "dumb", &program);
    terminal.wait_for("-- #lobby - 3 here: alice bob carol --");
    fake.send(EVIL);
    fake.send(":bob!u@h PRIVMSG #lobby :alice: h\u{e9}llo \u{2192}\r\n");
    terminal.wait_for("> bob: alice: h?llo ->");
    terminal.keys(&["/jion", "Enter"]);
    terminal.wait_for("Unknown command /jion");
    terminal.keys(&["/quit", "Enter"]);
    terminal.wait_for("ended with 0");
    let all = std::fs::read(&typescript).expect("what was printed");
    assert!(
        all.len() > 100 && all.is_ascii(),
        "{}",
        String::from_utf8_lossy(&all)
    );
    let printed = all.iter().filter(|byte| byte.is_ascii_control());
    let others: Vec<&u8> = printed.filter(|byte| !b"\r\n\x07".contains(byte)).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn without_utf8_signs_have_ascii_twins() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let terminal = sit(&home, &fake, "alice", "LC_ALL=C LANG=C", "");
    terminal.wait_for_last_line("      [#lobby]");
    fake.send(":bob!u@h PRIVMSG #lobby :alice: hello\r\n:bob!u@h PRIVMSG alice :alone\r\n");
    terminal.wait_for("bob -> you | alone");
    terminal.wait_for(">       bob | alice: hello");
    terminal.keys(&["/dm bob", "Enter"]);
    terminal.wait_for("-- bob - plain lines go to this person now --");
    terminal.wait_for_last_line("      [-> bob]");
    terminal.keys(&["/dm", "Space", "nobody", "Space", "x", "Enter"]);
    terminal.wait_for("! No user nobody.");
    assert!(
        terminal.everything().is_ascii(),
        "{}",
        terminal.everything()
    );
}

#[test]
fn sixteen_colours_are_enough() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let terminal = sit(&home, &fake, "alice", "TERM=linux", "");
    terminal.wait_for_last_line("      [#lobby]");
    fake.send(":bob!u@h PRIVMSG #lobby :hello \u{3}04red\u{3} word\r\n");
    terminal.wait_for("bob │ hello red word");
    let painted = terminal.painted();
    assert!(painted.contains("\u{1b}[31mred"), "{painted:?}");
    assert!(!painted.contains("38;5;"), "{painted:?}");
}

#[test]
fn where_there_is_little_room_columns_shrink_and_go() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let terminal = sit(&home, &fake, "alice", "", "");
    terminal.wait_for_last_line("      [#lobby]");
    for (columns, shown, prompt) in [
        (55, "archib… │ one", "      [#lobby]"),
        (45, "archib… │ two", "[#lobby]"),
        (38, "archibald: three", "[#lobby]"),
    ] {
        terminal.resize(columns);
        let word = shown.rsplit(' ').next().expect("a word");
        // A prompt of the new width comes with the next line.
        terminal.keys(&["/version", "Enter"]);
        terminal.wait_for_last_line(prompt);
        let shown = shown.replacen("archib…", "archi…", 1);
        fake.send(format!(":archibald!u@h PRIVMSG #lobby :{word}\r\n"));
        terminal.wait_for(&shown);
    }
}
