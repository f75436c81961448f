//! More arrives than anybody reads: what is typed stays as it is typed, and what waits for the screen is bounded.

use crate::client::alice;
use crate::hostile::memory;
use crate::process::Home;

/// Most memory that the client may ever have had, in KiB.
const MOST: usize = 60 * 1024;

/// So many messages, counted on from `from`.
fn messages(from: usize, many: usize) -> String {
    let line = |number| format!(":bob!u@h PRIVMSG #lobby :message {number} of very many\r\n");
    (from..from + many).map(line).collect()
}

#[test]
fn a_line_typed_key_by_key_in_a_flood_is_shown_and_sent_as_typed() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    let line = "Each of these keys comes between a hundred messages; none is lost.";
    let mut typed = String::new();
    let mut sent = 0;
    for key in line.chars() {
        fake.send(messages(sent, 100));
        sent += 100;
        typed.push(key);
        let key = if key == ';' {
            "\\;".to_owned()
        } else {
            key.to_string()
        };
        terminal.keys(&["-l", &key]);
        // The prompt and all that was typed, in one row, whatever has been printed above it.
        terminal.wait_for_last_line(format!("      [#lobby] {typed}").trim_end());
    }
    terminal.wait_for(&format!("message {} of very many", sent - 1));
    terminal.keys(&["Enter"]);
    let heard = fake.hear("PRIVMSG");
    let said = heard.last().expect("a line");
    assert!(said.ends_with(&format!("PRIVMSG #lobby :{line}")), "{said}");
    let all = terminal.everything();
    for number in 0..sent {
        let row = format!("bob │ message {number} of very many");
        assert_eq!(all.matches(&row).count(), 1, "{row}");
    }
    assert!(memory(&terminal) < MOST, "{} KiB", memory(&terminal));
}

#[test]
fn what_the_screen_does_not_take_is_skipped_and_counted() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    terminal.keys(&["something", "Enter"]);
    terminal.wait_for("alice │ something");
    // Nothing is printed during a search in the history.
    terminal.keys(&["C-r"]);
    terminal.wait_for("reverse-i-search");
    for batch in 0..300 {
        fake.send(messages(batch * 1000, 1000));
    }
    fake.send("PING still-there\r\n");
    fake.hear("PONG :still-there");
    assert!(memory(&terminal) < MOST, "{} KiB", memory(&terminal));
    terminal.keys(&["C-g"]);
    terminal.wait_for("message 299999 of very many");
    terminal.wait_for_last_line("      [#lobby]");
    let all = terminal.everything();
    let skipped = all.lines().find_map(|line| {
        let (before, _) = line.split_once(" lines skipped")?;
        before.rsplit(' ').next()?.parse::<usize>().ok()
    });
    let shown = all.matches("of very many").count();
    assert_eq!(skipped.map(|skipped| skipped + shown), Some(300_000));
    assert!(memory(&terminal) < MOST, "{} KiB", memory(&terminal));
}
