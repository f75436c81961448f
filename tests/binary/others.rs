//! Other people's clients, as Debian ships them: they arrive, talk, and show nothing odd.

use crate::process::{Client, DEADLINE, Home};
use crate::terminal::Terminal;
use std::time::Instant;

/// Words by which clients show what they did not expect.
const ODD: &[&str] = &[
    "nknown",
    "rror",
    "421",
    "461",
    "nvalid",
    "ot enough",
    "BATCH",
    "@time",
    "@msgid",
];

fn must_be_plain(screen: &str) {
    for word in ODD {
        assert!(!screen.contains(word), "{word:?} on the screen:\n{screen}");
    }
}

#[test]
fn irssi_and_weechat_talk_in_the_lobby() {
    let home = Home::new();
    let server = home.serve(&[]);
    let port = server.port;
    let irssi = Terminal::shell(
        &home,
        "irssi",
        &format!("irssi -c 127.0.0.1 -p {port} -n ann"),
    );
    irssi.wait_for("There is no message of the day");
    must_be_plain(&irssi.screen());
    let orders = format!("/server add chat 127.0.0.1/{port} -nicks=wee;/connect chat");
    let weechat = Terminal::shell(&home, "weechat", &format!("weechat -r '{orders}'"));
    weechat.wait_for("Channel #lobby: 2 nicks");
    must_be_plain(&weechat.screen());

    irssi.keys(&["M-2"]);
    irssi.wait_for("wee");
    irssi.keys(&["hello from irssi", "Enter"]);
    weechat.wait_for("ann | hello from irssi");
    weechat.keys(&["hello from weechat", "Enter"]);
    irssi.wait_for("hello from weechat");
    must_be_plain(&irssi.screen());
    must_be_plain(&weechat.screen());

    assert_eq!(home.run(&["admin", "broadcast", "to all"]).code, 0);
    assert_eq!(home.run(&["admin", "kick", "wee", "-r", "enough"]).code, 0);
    irssi.wait_for("wee");
    irssi.wait_for("enough");
    irssi.keys(&["M-1"]);
    irssi.wait_for("to all");
    must_be_plain(&irssi.screen());
}

/// How a client is spoken to where they differ.
struct Way {
    /// Shown once it is in the room.
    joined: &'static str,
    topic: &'static str,
    kick: &'static str,
    /// Leaves and comes back; `None`: it cannot.
    reconnect: Option<&'static str>,
}

fn type_line(terminal: &Terminal, line: &str) {
    terminal.keys(&[line, "Enter"]);
}

/// Asks about `anna` until `is_so` holds of the answer.
fn ask_until(bob: &mut Client, is_so: impl Fn(&str) -> bool) {
    let begin = Instant::now();
    loop {
        bob.send("WHOIS anna\r\nPING asked");
        let seen = bob.until(":asked").join("\n");
        if is_so(&seen) {
            return;
        }
        assert!(begin.elapsed() < DEADLINE, "{seen}");
    }
}

/// All that people do: join, talk, speak in private, set a topic, take another name, be away, kick, leave, come back.
fn live_a_day(ann: &Terminal, bob: &mut Client, way: &Way) {
    type_line(ann, "/join #x");
    ann.wait_for(way.joined);
    bob.send("JOIN #x");
    bob.until(" 366 bob #x");
    ann.wait_for("bob");
    type_line(ann, "hello all");
    bob.until(":ann!");
    bob.send("PRIVMSG #x :hi there");
    ann.wait_for("hi there");
    type_line(ann, "/msg bob psst");
    bob.until("PRIVMSG bob :psst");
    type_line(ann, way.topic);
    bob.until("TOPIC #x :what it is");
    type_line(ann, "/nick anna");
    bob.until("NICK anna");
    type_line(ann, "/away gone");
    ask_until(bob, |about| about.contains(" 301 bob anna :gone"));
    type_line(ann, "/away");
    ask_until(bob, |about| !about.contains(" 301 "));
    bob.send("PRIVMSG anna :welcome back");
    type_line(ann, way.kick);
    bob.until("KICK #x bob :enough");
    type_line(ann, "/part #x");
    ask_until(bob, |about| !about.contains("#x"));
    if let Some(reconnect) = way.reconnect {
        type_line(ann, reconnect);
        bob.until(" QUIT ");
        bob.until(" JOIN #lobby");
    }
}

fn leave(ann: &Terminal, bob: &mut Client) {
    type_line(ann, "/quit bye");
    assert!(bob.until(" QUIT ").join("\n").contains("bye"));
    ann.wait_for("ended with 0");
}

#[test]
fn a_day_with_irssi() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut bob = server.client("bob");
    let program = format!("irssi -c 127.0.0.1 -p {} -n ann", server.port);
    let ann = Terminal::shell(&home, "irssi", &program);
    bob.until(" JOIN #lobby");
    let way = Way {
        joined: "has joined #x",
        topic: "/topic what it is",
        kick: "/kick bob enough",
        reconnect: Some("/reconnect"),
    };
    live_a_day(&ann, &mut bob, &way);
    must_be_plain(&ann.screen());
    leave(&ann, &mut bob);
}

#[test]
fn a_day_with_weechat() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut bob = server.client("bob");
    let address = format!("127.0.0.1/{}", server.port);
    let orders = format!("/server add chat {address} -nicks=ann,anna;/connect chat");
    let ann = Terminal::shell(&home, "weechat", &format!("weechat -r '{orders}'"));
    // It goes to the new room by itself; what is typed before that stays where it was.
    ann.wait_for("Channel #lobby: 2 nicks");
    bob.until(" JOIN #lobby");
    let way = Way {
        joined: "Channel #x: 1 nick",
        topic: "/topic what it is",
        kick: "/kick bob enough",
        reconnect: Some("/reconnect chat"),
    };
    live_a_day(&ann, &mut bob, &way);
    must_be_plain(&ann.screen());
    leave(&ann, &mut bob);
}

#[test]
fn a_day_with_tinyirc() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut bob = server.client("bob");
    let program = format!("tinyirc ann 127.0.0.1 {}", server.port);
    let ann = Terminal::shell(&home, "tinyirc", &program);
    bob.until(" JOIN #lobby");
    let way = Way {
        joined: "Now talking in #x",
        topic: "/topic #x what it is",
        kick: "/kick #x bob enough",
        reconnect: None,
    };
    live_a_day(&ann, &mut bob, &way);
    leave(&ann, &mut bob);
}
