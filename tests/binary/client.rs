//! `chat connect` in a real terminal: what is typed is never disturbed, what is heard never harms.

use crate::fake::{Fake, Offers};
use crate::process::Home;
use crate::terminal::Terminal;
use rustix::process::{Pid, Signal, kill_process};

/// A client called alice in the lobby of a scripted server.
pub(crate) fn alice(home: &Home) -> (Fake, Terminal) {
    let fake = Fake::start(Offers::Everything);
    let terminal = connect(home, &fake, "alice");
    terminal.wait_for_last_line("      [#lobby]");
    (fake, terminal)
}

pub(crate) fn connect(home: &Home, fake: &Fake, nick: &str) -> Terminal {
    let port = fake.port.to_string();
    Terminal::run(home, &["connect", "127.0.0.1", &port, "--nick", nick])
}

#[test]
fn what_is_typed_while_fifty_messages_arrive_is_sent_as_typed() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    terminal.keys(&["-l", "hello wor"]);
    terminal.wait_for("[#lobby] hello wor");
    for number in 1..=50 {
        fake.send(format!(
            ":bob!u@h PRIVMSG #lobby :message {number} of many\r\n"
        ));
        if number % 5 == 0 {
            terminal.wait_for(&format!("message {number} of many"));
        }
        if number == 25 {
            terminal.keys(&["-l", "ld"]);
        }
    }
    terminal.wait_for("message 50 of many");
    terminal.wait_for_last_line("      [#lobby] hello world");
    terminal.keys(&["Enter"]);
    let heard = fake.hear("PRIVMSG");
    assert!(
        heard
            .last()
            .unwrap()
            .ends_with("PRIVMSG #lobby :hello world"),
        "{heard:?}"
    );
    terminal.wait_for("alice │ hello world");
    let all = terminal.everything();
    let numbers: Vec<usize> = all
        .lines()
        .filter_map(|line| {
            line.split("message ")
                .nth(1)?
                .split(' ')
                .next()?
                .parse()
                .ok()
        })
        .collect();
    assert_eq!(numbers, (1..=50).collect::<Vec<_>>(), "{all}");
    assert!(
        !all.contains("[#lobby] hello world"),
        "the raw line stayed:\n{all}"
    );
}

#[test]
fn three_lines_in_one_write_are_three_messages_in_order() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    terminal.keys(&["-l", "first\r/me second\rsend bob third\r"]);
    let heard = fake.hear("third");
    let said: Vec<_> = heard
        .iter()
        .filter(|line| line.contains("PRIVMSG"))
        .collect();
    assert_eq!(said.len(), 3, "{heard:?}");
    assert!(said[0].ends_with("PRIVMSG #lobby :first"));
    assert!(said[1].ends_with("PRIVMSG #lobby :\u{1}ACTION second\u{1}"));
    assert!(said[2].ends_with("PRIVMSG bob :third"));
    terminal.wait_for("you → bob │ third");
}

#[test]
fn nothing_remote_is_obeyed_by_the_terminal() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    let evil = "\u{1b}]2;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}x";
    fake.send(format!(":bob!u@h PRIVMSG #lobby :{evil} one\r\n"));
    fake.send(":b\u{1b}[2Jb!u@h PRIVMSG alice :two\r\n");
    fake.send(format!(":bob!u@h TOPIC #lobby :{evil} three\r\n"));
    fake.send(format!(":fake NOTICE alice :{evil} four\r\n"));
    fake.send(format!(":fake 404 alice {evil} :{evil} five\r\n"));
    fake.send(b":bob!u@h PRIVMSG #lobby :caf\xe9 \xff six\r\n");
    fake.send(format!(
        ":bob!u@h PRIVMSG #lobby :{} end\r\n",
        "e\u{301}".to_owned() + &"\u{301}".repeat(150)
    ));
    terminal.wait_for("end");
    let all = terminal.everything();
    assert!(all.contains("␛]2;owned␇␛[2J\u{fffd}31mx one"), "{all}");
    for word in ["two", "three", "four", "five", "six"] {
        assert!(all.contains(word), "{word}:\n{all}");
    }
    assert!(!terminal.title().contains("owned"));
    terminal.wait_for_last_line("   !1 [#lobby]");
}

#[test]
fn messages_that_arrive_in_a_history_search_come_after_it_and_the_server_never_waits() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    terminal.keys(&["something", "Enter"]);
    terminal.wait_for("alice │ something");
    terminal.keys(&["C-r"]);
    terminal.wait_for("reverse-i-search");
    for number in 0..20_000 {
        fake.send(format!(
            ":bob!u@h PRIVMSG #lobby :message {number} of many\r\n"
        ));
    }
    fake.send("PING still-there\r\n");
    fake.hear("PONG :still-there");
    terminal.keys(&["C-g"]);
    terminal.wait_for("message 19999 of many");
    terminal.wait_for_last_line("      [#lobby]");
}

#[test]
fn the_end_is_told_even_in_a_history_search() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    terminal.keys(&["something", "Enter"]);
    terminal.wait_for("alice │ something");
    terminal.keys(&["C-r"]);
    terminal.wait_for("reverse-i-search");
    fake.send("ERROR :Too bad\r\n");
    terminal.wait_for("✗ The server closed the connection: Too bad");
    terminal.wait_for("ended with 6");
}

#[test]
fn a_taken_name_is_refused_with_free_ones_and_another_is_asked_for() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let terminal = connect(&home, &fake, "taken");
    terminal.wait_for("✗ The name taken is in use. Free: taken2, taken_, taken3.\nYour name:");
    terminal.keys(&["taken2", "Enter"]);
    terminal.wait_for("as taken2.");
    terminal.wait_for_last_line("      [#lobby]");
}

#[test]
fn the_name_is_asked_for_and_the_prompt_tells_what_waits() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let port = fake.port.to_string();
    let terminal = Terminal::run(&home, &["connect", "127.0.0.1", &port]);
    terminal.wait_for_last_line("Your name:");
    terminal.keys(&["user2", "Enter"]);
    terminal.wait_for("── #lobby · 3 here: bob carol user2 ──");
    terminal.keys(&["-l", "half"]);
    fake.send(":bob!u@h PRIVMSG user2 :psst\r\n");
    terminal.wait_for("bob → you │ psst");
    terminal.wait_for_last_line("   !1 [#lobby] half");
    terminal.keys(&["C-c"]);
    terminal.wait_for_last_line("   !1 [#lobby]");
    terminal.keys(&["/s bob", "Enter"]);
    terminal.wait_for_last_line("      [→ bob]");
    terminal.keys(&["/s lob", "Enter"]);
    terminal.wait_for_last_line("      [#lobby]");
    terminal.keys(&["Up", "Up", "Up"]);
    terminal.wait_for_last_line("      [#lobby] half");
    terminal.keys(&["C-u", "C-c"]);
    terminal.wait_for("Ctrl-D or /quit to leave");
    terminal.keys(&["C-d"]);
    terminal.wait_for("ended with 0");
}

#[test]
fn what_was_mistyped_is_not_sent() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    for (typed, shown) in [
        ("/jion #dev", "Unknown command /jion. Did you mean /join?"),
        ("quit", "Leave? /quit or QUIT. To say it: /say quit"),
        ("inbox", "This server keeps nothing that was said."),
        ("wholast 0", "Usage: wholast N"),
        ("broadcast user nobody1 hi", "No user nobody1."),
    ] {
        terminal.keys(&["-l", typed]);
        terminal.keys(&["Enter"]);
        terminal.wait_for(shown);
    }
    terminal.keys(&["-l", "send nobody my secret"]);
    terminal.keys(&["Enter"]);
    terminal.wait_for("No user nobody. Nothing was sent; your line is on the ↑ key.");
    terminal.wait_for("To say this in #lobby: /say send …");
    terminal.keys(&["Up"]);
    terminal.wait_for_last_line("      [#lobby] send nobody my secret");
    terminal.keys(&["C-u", "Enter", "the end", "Enter"]);
    let heard = fake.hear("the end");
    let said: Vec<_> = heard
        .iter()
        .filter(|line| line.contains("PRIVMSG"))
        .collect();
    assert_eq!(said.len(), 2, "{said:?}");
}

#[test]
fn a_long_paste_waits_for_a_yes() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    let pasted: Vec<String> = (1..=10).map(|n| format!("/line {n}")).collect();
    terminal.paste(&pasted.join("\n"));
    terminal.wait_for("[#lobby] /line 1");
    terminal.keys(&["Enter"]);
    terminal.wait_for_last_line(
        "Paste of 10 lines, 80 B → #lobby. [s]end [e]dit [c]ancel, then Enter:",
    );
    terminal.keys(&["Up"]);
    terminal.keys(&["C-c"]);
    terminal.wait_for("not sent");
    terminal.wait_for_last_line("      [#lobby]");
    terminal.keys(&["after", "Enter"]);
    let heard = fake.hear("after");
    assert_eq!(
        heard.iter().filter(|line| line.contains("PRIVMSG")).count(),
        1,
        "{heard:?}"
    );
}

#[test]
fn the_terminal_is_given_back_when_the_client_is_ended() {
    let home = Home::new();
    let (_fake, terminal) = alice(&home);
    terminal.keys(&["-l", "half a li"]);
    terminal.wait_for_last_line("      [#lobby] half a li");
    terminal.end_program();
    terminal.wait_for_last_line("ended with 130");
    terminal.keys(&["echoed", "Enter"]);
    terminal.wait_for("echoed\nechoed");
}

#[test]
fn the_terminal_is_given_back_whatever_signal_ends_the_client_and_whatever_it_does() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let port = fake.port.to_string();
    for (words, shown) in [
        (vec!["connect", "127.0.0.1", &port], "Your name: half"),
        (
            vec!["connect", "127.0.0.1", &port, "--nick", "alice"],
            "      [#lobby] half",
        ),
    ] {
        for signal in [Signal::TERM, Signal::HUP, Signal::QUIT, Signal::USR1] {
            let name = format!("{}{}", words.len(), signal.as_raw());
            let terminal = Terminal::run_as(&home, &name, &words);
            terminal.wait_for(shown.trim_end_matches("half").trim_end());
            terminal.keys(&["-l", "half"]);
            terminal.wait_for_last_line(shown);
            let pid = i32::try_from(terminal.program())
                .ok()
                .and_then(Pid::from_raw);
            kill_process(pid.expect("a pid"), signal).expect("it runs");
            terminal.wait_for_last_line("ended with 130");
            terminal.keys(&["echoed", "Enter"]);
            terminal.wait_for("echoed\nechoed");
        }
    }
}

#[test]
fn who_is_removed_is_told_why() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    fake.send(":fake KILL alice :please stop\r\nERROR :Killed\r\n");
    terminal.wait_for(
        "✗ Removed from the server by an operator: \"please stop\". You may connect again.",
    );
    terminal.wait_for("ended with 6");
}

#[test]
fn tab_completes_commands_and_names() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    terminal.keys(&["/sw", "Tab"]);
    terminal.wait_for_last_line("      [#lobby] /switch");
    terminal.keys(&["C-u"]);
    terminal.wait_for_last_line("      [#lobby]");
    fake.send(":anton!u@h JOIN #lobby\r\n");
    terminal.wait_for("anton joined");
    terminal.keys_until(&["C-u", "an", "Tab"], "      [#lobby] anton:");
}

#[test]
fn without_colour_everything_is_shown_at_once() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let program = format!(
        "NO_COLOR=1 '{}' connect 127.0.0.1 {} --nick alice",
        env!("CARGO_BIN_EXE_chat"),
        fake.port
    );
    let terminal = Terminal::shell(&home, "chat", &program);
    terminal.wait_for_last_line("      [#lobby]");
    fake.send(":bob!u@h PRIVMSG #lobby :hello\r\n");
    terminal.wait_for("bob │ hello");
    terminal.keys(&["mine", "Enter"]);
    terminal.wait_for("alice │ mine");
    terminal.wait_for_last_line("      [#lobby]");
}

#[test]
fn a_prompt_that_changes_under_a_typed_line_stays_whole() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    terminal.keys(&["/join #d", "Enter"]);
    terminal.wait_for_last_line("      [#d]");
    terminal.keys(&["-l", "half"]);
    terminal.wait_for_last_line("      [#d] half");
    fake.send(":bob!u@h KICK #d alice :out\r\n");
    terminal.wait_for("bob removed you from #d: \"out\"");
    terminal.wait_for_last_line("  [#lobby] half");
    terminal.keys(&["Enter"]);
    terminal.wait_for("✗ #d is left; plain lines go to #lobby now. Nothing was sent;");
    terminal.wait_for_last_line("      [#lobby]");
    terminal.keys(&["Up"]);
    terminal.wait_for_last_line("      [#lobby] half");
    assert!(!fake.all().iter().any(|line| line.contains("half")));
    terminal.keys(&["C-c"]);
    terminal.wait_for_last_line("      [#lobby]");
}

#[test]
fn after_a_stop_the_line_is_edited_as_before() {
    let home = Home::new();
    let (_fake, terminal) = {
        let fake = Fake::start(Offers::Everything);
        let terminal = Terminal::shell(&home, "chat", "PS1='$ ' bash --norc --noprofile");
        terminal.wait_for_last_line("$");
        let line = format!(
            "{} connect 127.0.0.1 {} --nick alice",
            env!("CARGO_BIN_EXE_chat"),
            fake.port
        );
        terminal.keys(&["-l", &line]);
        terminal.keys(&["Enter"]);
        (fake, terminal)
    };
    terminal.wait_for_last_line("      [#lobby]");
    terminal.keys(&["-l", "half"]);
    terminal.wait_for_last_line("      [#lobby] half");
    terminal.keys(&["C-z"]);
    terminal.wait_for("Stopped");
    terminal.keys(&["fg", "Enter"]);
    terminal.wait_for_last_line("      [#lobby] half");
    terminal.keys(&["Left", "Left", "X"]);
    terminal.wait_for_last_line("      [#lobby] haXlf");
}

#[test]
fn what_was_half_typed_at_the_end_is_printed() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    terminal.keys(&["-l", "half a line"]);
    terminal.wait_for_last_line("      [#lobby] half a line");
    fake.send("ERROR :Too bad\r\n");
    terminal.wait_for("ended with 6");
    terminal.wait_for("Not sent: half a line");
}
