//! Every command in every situation, against the table `tests/matrix.txt`: what is not listed there fails.
//!
//! A row is a command, a column a situation; a cell lists the replies that the asker gets, in order
//! (`-` for none). A new command needs a form below and a row in the table, read by a person.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "support/world.rs"]
mod world;

use chat::config::Config;
use chat::config::oper::{Oper, Role};
use chat::config::password::Password;
use chat::proto::message::Message;
use chat::server::command::TABLE;
use std::fmt::Write;
use world::Bench;

/// How a command is spelled about a room and a person.
const FORMS: &[(&str, &str)] = &[
    ("ACCEPT", "NICK"),
    ("ADMIN", ""),
    ("AUTHENTICATE", "PLAIN"),
    ("AWAY", ":gone"),
    ("BATCH", "+1 draft/multiline ROOM"),
    ("CAP", "REQ :batch"),
    ("CHANSERV", "REGISTER ROOM"),
    ("CS", "INFO ROOM"),
    ("CHATHISTORY", "LATEST ROOM * 5"),
    ("FILE", "LIST ROOM"),
    ("HELP", "privmsg"),
    ("HELPOP", "privmsg"),
    ("INFO", ""),
    ("INVITE", "NICK ROOM"),
    ("ISON", "NICK"),
    ("ISUPPORT", ""),
    ("JOIN", "ROOM"),
    ("KICK", "ROOM NICK :why"),
    ("KILL", "NICK :why"),
    ("KLINE", "60 NICK :why"),
    ("LINKS", ""),
    ("LIST", "ROOM"),
    ("LUSERS", ""),
    ("MARKREAD", "ROOM"),
    ("METADATA", "ROOM LIST"),
    ("MODE", "ROOM +v NICK"),
    ("MONITOR", "+ NICK"),
    ("MOTD", ""),
    ("NAMES", "ROOM"),
    ("NICK", "NICK"),
    ("NICKSERV", "INFO NICK"),
    ("NS", "HELP"),
    ("NOTICE", "ROOM,NICK :text"),
    ("OPER", "boss horse"),
    ("PART", "ROOM :why"),
    ("PASS", "secret"),
    ("PERSISTENCE", "GET"),
    ("PING", "token"),
    ("PONG", "token"),
    ("PRIVMSG", "ROOM,NICK :text"),
    ("PROXY", "TCP4 1 2 3 4"),
    ("QUIT", ":why"),
    ("REDACT", "ROOM 000000000000000000 :why"),
    ("REGISTER", "* * horse-battery"),
    ("REHASH", ""),
    ("RENAME", "ROOM #other :why"),
    ("SEARCH", "in=ROOM;text=word"),
    ("STATS", "u"),
    ("SUMMON", "NICK"),
    ("SETNAME", ":New Name"),
    ("SILENCE", "NICK"),
    ("TAGMSG", "ROOM,NICK"),
    ("TIME", ""),
    ("TOPIC", "ROOM :text"),
    ("UNKLINE", "NICK"),
    ("USER", "u 0 * :name"),
    ("USERHOST", "NICK"),
    ("USERS", ""),
    ("VERIFY", "NICK 1234"),
    ("VERSION", ""),
    ("WALLOPS", ":text"),
    ("WEBIRC", "p g h i"),
    ("WHO", "ROOM"),
    ("WHOIS", "NICK"),
    ("WHOLAST", "5"),
    ("WHOWAS", "NICK"),
];

/// Who asks, about which room and person.
const SITUATIONS: &[(&str, &str, &str, &str)] = &[
    ("unregistered", "newcomer", "#home", "member"),
    ("no parameter", "member", "", ""),
    ("empty", "member", "", ""),
    ("absent", "member", "#absent", "absent"),
    ("outside", "outsider", "#home", "member"),
    ("stranger", "op", "#home", "outsider"),
    ("oneself", "member", "#home", "member"),
    ("member", "member", "#home", "op"),
    ("operator", "op", "#home", "member"),
    ("of the server", "boss", "#home", "member"),
];

#[test]
fn every_command_answers_in_every_situation_as_the_table_says() {
    let mut table = String::new();
    for spec in TABLE {
        let form = FORMS.iter().find(|(verb, _)| *verb == spec.verb);
        let (_, form) =
            form.unwrap_or_else(|| panic!("{} has no form in tests/matrix.rs", spec.verb));
        writeln!(table, "{}", spec.verb).unwrap();
        for (situation, asker, room, nick) in SITUATIONS {
            let line = match *situation {
                "no parameter" => spec.verb.to_owned(),
                "empty" => format!("{} :", spec.verb),
                _ => format!(
                    "{} {}",
                    spec.verb,
                    form.replace("ROOM", room).replace("NICK", nick)
                ),
            };
            writeln!(table, "  {situation}: {}", answers(asker, line.trim_end())).unwrap();
        }
    }
    let known = include_str!("matrix.txt");
    let changed: Vec<&str> = table
        .lines()
        .filter(|line| !known.lines().any(|k| k == *line))
        .collect();
    assert!(
        table == known,
        "differs in {changed:#?}; the whole table is now\n{table}"
    );
}

/// The replies to one line in a fresh world, numerics and verbs in order, repeated ones once.
fn answers(asker: &str, line: &str) -> String {
    let mut config = Config::default();
    config.server.name = "server".into();
    config.lobby = None;
    config.opers = vec![Oper {
        name: "boss".into(),
        password: Some(Password::new("horse").unwrap()),
        account: None,
        hosts: Vec::new(),
        role: Role::Admin,
    }];
    let mut bench = Bench::new(config);
    for name in ["op", "member", "outsider"] {
        bench.login(name, "");
    }
    for name in ["op", "member"] {
        bench.say(name, b"JOIN #home");
    }
    bench.connect("newcomer");
    if asker == "boss" {
        bench.login("boss", "");
        bench.say("boss", b"OPER boss horse");
    }
    bench.read_all("op");
    bench.read_all(asker);
    bench.say(asker, line.as_bytes());
    assert_eq!(bench.hub.world().counts.panics, 0, "{line}");
    bench.hub.world().check().unwrap();
    let mut verbs: Vec<String> = Vec::new();
    for line in bench.read_all(asker) {
        let verb = Message::from_text(&line).unwrap().verb.to_owned();
        if verbs.last() != Some(&verb) {
            verbs.push(verb);
        }
    }
    if verbs.is_empty() {
        "-".to_owned()
    } else {
        verbs.join(" ")
    }
}
