//! Random clients against a bare world: whatever they say, the invariants hold after each event,
//! no handler panics, and every line sent is one line within its limits that our own parser reads.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "support/world.rs"]
mod world;

use chat::config::Config;
use chat::proto::message::{LineLimits, MAX_LINE, Message};
use chat::server::world::event::{Event, SessionId, Why};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::{collection, proptest};
use std::collections::HashMap;
use world::Bench;

/// Something that may happen to one of a few clients.
#[derive(Debug, Clone)]
enum Act {
    Connect,
    Close,
    /// Comes anew, logged in to the account of the first client.
    Login,
    /// Changes a mode of their own.
    Become(&'static str),
    Say(String),
    /// Says several lines at once, or what is nearly that.
    SayLines(Vec<String>),
    Flood(String),
    Wait(u64),
}

const CLIENTS: [&str; 5] = ["one", "two", "three", "four", "five"];
const NICKS: [&str; 7] = ["ann", "ANN", "bob", "carl", "x", "9", "*"];
const ROOMS: [&str; 6] = ["#a", "#A", "#b", "#c", "bad", "#lobby"];
const CAPS: &str = "account-notify account-tag away-notify batch chghost draft/channel-rename \
    draft/extended-isupport draft/metadata-3 draft/multiline \
    echo-message extended-join extended-monitor invite-notify labeled-response message-tags \
    server-time setname standard-replies";

/// How a client comes that is logged in as the first one, or as nobody if that account is gone.
const LOGIN: [&str; 6] = [
    "CAP REQ :sasl draft/persistence",
    "AUTHENTICATE PLAIN",
    "AUTHENTICATE AG9uZQBjb3JyZWN0LWhvcnNl",
    "NICK carl",
    "USER u 0 * :u",
    "CAP END",
];

const VERBS: [&str; 39] = [
    "JOIN",
    "PART",
    "NICK",
    "QUIT",
    "PRIVMSG",
    "NOTICE",
    "TAGMSG",
    "MODE",
    "KICK",
    "INVITE",
    "TOPIC",
    "WHO",
    "WHOIS",
    "NAMES",
    "LIST",
    "LUSERS",
    "AWAY",
    "USER",
    "PASS",
    "CAP",
    "PING",
    "WHOLAST",
    "ISON",
    "NONSENSE",
    "ACCEPT",
    "ISUPPORT",
    "MONITOR",
    "SETNAME",
    "SILENCE",
    "WHOWAS",
    "AUTHENTICATE",
    "BATCH",
    "CHANSERV",
    "METADATA",
    "RENAME",
    "NICKSERV",
    "PERSISTENCE",
    "REGISTER",
    "VERIFY",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        select(&NICKS[..]).prop_map(str::to_owned),
        select(&ROOMS[..]).prop_map(str::to_owned),
        select(
            &[
                "+o",
                "-o",
                "+v",
                "+b",
                "-b",
                "+k",
                "-k",
                "+l",
                "+itnm-l",
                "+zb",
                "$*",
                "0",
                "-1",
                "5",
                "*!*@*",
                "SET",
                "ON",
                "OFF",
                "LOGOUT",
                "SESSIONS",
                "others",
                "END",
                "REGISTER #a",
                "DROP #a",
                "TRANSFER #b one",
                "CLEAR",
                "LIST",
                "SYNC",
                "key"
            ][..]
        )
        .prop_map(str::to_owned),
        "[ -~é😀]{0,20}",
    ]
}

fn line() -> impl Strategy<Value = String> {
    let verb = select(&VERBS[..]);
    let tags = prop_oneof![
        Just(""),
        Just("@label=x "),
        Just("@+typing=active;label=y "),
        Just("@+chat/online ")
    ];
    (tags, verb, collection::vec(word(), 0..4), any::<bool>()).prop_map(
        |(tags, verb, mut words, has_text)| {
            let text = if has_text {
                words.pop().map(|text| format!(" :{text}"))
            } else {
                None
            };
            format!(
                "{tags}{verb} {}{}",
                words.join(" "),
                text.unwrap_or_default()
            )
        },
    )
}

/// What changes rooms that are kept.
const KEPT: [&str; 14] = [
    "CS REGISTER #a",
    "CS REGISTER #b",
    "CS DROP #a",
    "CS TRANSFER #a one",
    "RENAME #a #b :why",
    "RENAME #b #a",
    "RENAME #c #A",
    "TOPIC #a :tea",
    "MODE #a +mk key",
    "MODE #a +b-k *!*@* key",
    "MODE #a +o carl",
    "METADATA #a SET key :value",
    "METADATA * SET key :value",
    "JOIN #a,#b,#c key",
];

/// A batch of lines, now and then with something wrong.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let piece = prop_oneof![
        8 => "[a-z ]{0,30}".prop_map(|text| format!("@batch=m PRIVMSG #a :{text}")),
        2 => "[a-z]{1,9}".prop_map(|text| format!("@batch=m;draft/multiline-concat PRIVMSG #a :{text}")),
        1 => line(),
    ];
    (collection::vec(piece, 0..6), any::<bool>()).prop_map(|(pieces, is_closed)| {
        let open = "@label=m BATCH +m draft/multiline #a".to_owned();
        let close = is_closed.then(|| "BATCH -m".to_owned());
        [open].into_iter().chain(pieces).chain(close).collect()
    })
}

fn act() -> impl Strategy<Value = (usize, Act)> {
    let act = prop_oneof![
        1 => Just(Act::Connect),
        1 => Just(Act::Close),
        2 => Just(Act::Login),
        1 => line().prop_map(Act::Flood),
        1 => (1u64..70).prop_map(Act::Wait),
        2 => select(&["+i", "-i", "+B", "+R", "+T"][..]).prop_map(Act::Become),
        2 => lines().prop_map(Act::SayLines),
        2 => select(&KEPT[..]).prop_map(|line| Act::Say(line.to_owned())),
        30 => line().prop_map(Act::Say),
    ];
    (0..CLIENTS.len(), act)
}

/// The name that a session has now, or what stands for it.
fn nick(bench: &Bench, session: SessionId) -> String {
    let world = bench.hub.world();
    let user = world.session(session).and_then(|device| device.user());
    let user = user.and_then(|user| world.user(user));
    user.map_or_else(|| "*".to_owned(), |user| user.nick.to_string())
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_world_stays_sound(acts in collection::vec(act(), 1..120)) {
        let mut bench = Bench::new(Config::default());
        let mut clients: HashMap<usize, SessionId> = HashMap::new();
        for (client, name) in CLIENTS.iter().enumerate() {
            bench.login(name, if client % 2 == 0 { CAPS } else { "" });
            clients.insert(client, bench.session(name));
        }
        bench.say(CLIENTS[0], b"REGISTER * * correct-horse");
        for (client, act) in acts {
            let session = clients[&client];
            match act {
                Act::Connect => {
                    bench.happen(Event::Closed(session, Why::Eof));
                    bench.connect(CLIENTS[client]);
                    clients.insert(client, bench.session(CLIENTS[client]));
                }
                Act::Login => {
                    bench.happen(Event::Closed(session, Why::Eof));
                    bench.connect(CLIENTS[client]);
                    clients.insert(client, bench.session(CLIENTS[client]));
                    for line in LOGIN {
                        bench.say(CLIENTS[client], line.as_bytes());
                    }
                }
                Act::Close => bench.happen(Event::Closed(session, Why::SendQueue)),
                Act::Wait(seconds) => bench.wait(seconds),
                Act::Become(modes) => {
                    let line = format!("MODE {} {modes}", nick(&bench, session));
                    bench.happen(Event::Line(session, Message::parse(line.as_bytes(), LineLimits::CLIENT)));
                }
                Act::SayLines(lines) => for line in lines {
                    bench.happen(Event::Line(session, Message::parse(line.as_bytes(), LineLimits::CLIENT)));
                },
                Act::Say(line) => bench.happen(Event::Line(session, Message::parse(line.as_bytes(), LineLimits::CLIENT))),
                Act::Flood(line) => {
                    bench.happen(Event::Flooded(session, Message::parse(line.as_bytes(), LineLimits::CLIENT)));
                }
            }
            bench.hub.world().check().unwrap();
            assert_eq!(bench.hub.world().counts.panics, 0);
            for name in CLIENTS {
                for line in bench.read_all(name) {
                    check_line(&line);
                }
            }
        }
    }
}

/// One line, within the limit, and readable by our own parser.
fn check_line(line: &str) {
    assert!(!line.contains(['\r', '\n', '\0']), "{line:?}");
    let body = line
        .strip_prefix('@')
        .map_or(line, |tagged| tagged.split_once(' ').unwrap().1);
    assert!(body.len() + 2 <= MAX_LINE, "{} bytes: {line}", body.len());
    assert!(Message::from_text(line).is_some(), "{line:?}");
}

#[test]
fn of_a_hundred_who_want_one_name_exactly_one_gets_it() {
    let mut bench = Bench::new(Config::default());
    for round in 0..100usize {
        let names: Vec<String> = (0..100).map(|n| format!("c{n}")).collect();
        names.iter().for_each(|name| bench.connect(name));
        // Each says NICK and USER in one of two orders, everybody's first line before anybody's second.
        for turn in 0..2 {
            for (at, name) in names.iter().enumerate() {
                let line = if (at + round + turn) % 2 == 0 {
                    "NICK same"
                } else {
                    "USER u 0 * :u"
                };
                bench.say(name, line.as_bytes());
            }
        }
        let (mut winners, mut refused) = (0, 0);
        for name in &names {
            let lines = bench.read_all(name);
            winners += lines
                .iter()
                .filter(|line| line.contains(" 001 same "))
                .count();
            refused += lines
                .iter()
                .filter(|line| line.contains(" 433 * same "))
                .count();
        }
        assert_eq!((winners, refused), (1, 99), "round {round}");
        names.iter().for_each(|name| bench.hang_up(name));
        assert!(bench.hub.world().nick_owner("same").is_none());
    }
}
