//! Logging in with SCRAM, as a client does it; and what does not show in a transcript: that nothing of a
//! password is ever kept, sent to others or logged.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "support/world.rs"]
mod world;

use chat::config::Config;
use chat::config::password::Password;
use chat::proto::message::Message;
use chat::proto::sasl;
use chat::proto::scram_client::ClientStart;
use chat::server::world::effects::{Effect, Effects};
use chat::server::world::event::{Ask, Culprit, Event, Found};
use chat::store::Snapshot;
use chat::store::record::Record;
use std::sync::Arc;
use world::Bench;

const PASSWORD: &str = "correct-horse";

fn bench_config() -> Config {
    let mut config = Config::default();
    config.server.name = "server".into();
    config
}

/// A server with the account ann, and nobody connected.
fn bench() -> Bench {
    let mut bench = Bench::new(bench_config());
    bench.login("ann", "");
    bench.say("ann", format!("REGISTER * * {PASSWORD}").as_bytes());
    bench.hang_up("ann");
    bench
}

/// What `name` is told, as one text.
fn told(bench: &mut Bench, name: &str) -> String {
    bench.read_all(name).join("\n")
}

fn send(bench: &mut Bench, name: &str, message: &str) -> String {
    for chunk in sasl::chunks_of(message.as_bytes()) {
        bench.say(name, format!("AUTHENTICATE {chunk}").as_bytes());
    }
    told(bench, name)
}

/// What the server said in an AUTHENTICATE line.
fn heard(told: &str) -> Vec<u8> {
    sasl::decode(told.strip_prefix("AUTHENTICATE ").unwrap()).unwrap()
}

/// Begins an exchange as `account`; gives what the server asks.
fn begin(bench: &mut Bench, device: &str, start: &ClientStart) -> Vec<u8> {
    bench.say(device, b"AUTHENTICATE SCRAM-SHA-256");
    assert_eq!(told(bench, device), "AUTHENTICATE +");
    heard(&send(bench, device, &start.message()))
}

fn connect(bench: &mut Bench, device: &str) {
    bench.connect(device);
    bench.say(device, b"CAP REQ :sasl");
    bench.read_all(device);
}

#[test]
fn scram_logs_in_and_proves_that_the_server_knew_the_password() {
    let mut bench = bench();
    connect(&mut bench, "phone");
    let start = ClientStart::new("ANN", "abc");
    let asked = begin(&mut bench, "phone", &start);
    let proof = start.prove(&asked, PASSWORD).unwrap();
    let answer = heard(&send(&mut bench, "phone", &proof.text));
    assert!(proof.is_answered_by(&answer));
    let told = send(&mut bench, "phone", "");
    assert!(told.contains(" 900 * *!*@host ann "), "{told}");
    assert!(told.contains(" 903 "), "{told}");
}

#[test]
fn whatever_is_wrong_with_a_proof_is_refused_alike() {
    let mut bench = bench();
    connect(&mut bench, "phone");
    let mut answers = Vec::new();
    for (account, password) in [("ann", "wrong"), ("nobody", PASSWORD)] {
        let start = ClientStart::new(account, "abc");
        let asked = begin(&mut bench, "phone", &start);
        let proof = start.prove(&asked, password).unwrap();
        answers.push(send(&mut bench, "phone", &proof.text));
    }
    // A nonce of another exchange, a binding to a channel that there is not, no proof at all, nonsense.
    for spoil in ["r=x", "c=eSws", "none", "nonsense"] {
        let start = ClientStart::new("ann", "abc");
        let asked = begin(&mut bench, "phone", &start);
        let proof = start.prove(&asked, PASSWORD).unwrap().text;
        let spoiled = match spoil {
            "r=x" => proof.replacen("r=abc", "r=xyz", 1),
            "c=eSws" => proof.replacen("c=biws", "c=eSws", 1),
            "none" => proof.split(",p=").next().unwrap().to_owned(),
            nonsense => nonsense.to_owned(),
        };
        answers.push(send(&mut bench, "phone", &spoiled));
        bench.wait(2000);
        connect(&mut bench, "phone");
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:#?}"
    );
    assert!(answers[0].contains(" 904 * "), "{answers:#?}");
}

#[test]
fn a_proof_counts_once() {
    let mut bench = bench();
    connect(&mut bench, "phone");
    let start = ClientStart::new("ann", "abc");
    let asked = begin(&mut bench, "phone", &start);
    let proof = start.prove(&asked, PASSWORD).unwrap();
    send(&mut bench, "phone", &proof.text);
    send(&mut bench, "phone", "");
    let again = ClientStart::new("ann", "abc");
    let asked_anew = begin(&mut bench, "phone", &again);
    assert_ne!(asked, asked_anew);
    let told = send(&mut bench, "phone", &proof.text);
    assert!(told.contains(" 904 "), "{told}");
}

#[test]
fn a_name_without_an_account_is_asked_the_same_each_time() {
    let mut bench = bench();
    let mut asked = |name: &str| {
        connect(&mut bench, "phone");
        let asked = begin(&mut bench, "phone", &ClientStart::new(name, "abc"));
        let asked = String::from_utf8(asked).unwrap();
        asked.split_once(",s=").unwrap().1.to_owned()
    };
    let (known, unknown) = (asked("ann"), asked("nobody"));
    assert_eq!(unknown, asked("NoBody"));
    assert_ne!(unknown, asked("nobody2"));
    let shape = |asked: &str| asked.split(",i=").nth(1).map(str::to_owned);
    assert_eq!(shape(&known), shape(&unknown));
}

/// What it would cost to try a password, as the first part of the hash tells.
fn cost(ask: &Ask) -> String {
    let Ask::Password { password, .. } = ask else {
        panic!("{ask:?}");
    };
    let Password::Hash(hash) = password else {
        panic!("a password in clear");
    };
    hash.split('$').take(4).collect::<Vec<_>>().join("$")
}

#[test]
fn a_name_without_an_account_costs_as_much_as_one_with() {
    let mut bench = bench();
    let mut costs = Vec::new();
    let mut answers = Vec::new();
    for name in ["ann", "nobody"] {
        connect(&mut bench, name);
        bench.say(name, b"AUTHENTICATE PLAIN");
        bench.read_all(name);
        let message = sasl::encode(&sasl::plain_message(name, "wrong-horse"));
        let line = format!("AUTHENTICATE {message}");
        let (session, line) = (bench.session(name), Message::from_text(&line).unwrap());
        bench.hub.on(Event::Line(session, Ok(line)), bench.now);
        let effects = bench.hub.take(Effects::default());
        costs.extend(effects.iter().filter_map(|effect| match effect {
            Effect::Ask(_, ask) => Some(cost(ask)),
            _ => None,
        }));
        bench.happen(Event::Found(session, Found::Password(false)));
        answers.push(told(&mut bench, name));
    }
    assert_eq!(costs, ["$argon2id$v=19$m=8,t=1,p=1"; 2]);
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn a_disabled_account_is_refused_with_words_after_the_password() {
    let mut bench = bench();
    let world = bench.hub.world();
    let mut row = world.accounts.named("ann").unwrap().account.clone();
    row.disabled = Some("spam".into());
    let snapshot = Snapshot {
        records: vec![Record::Account(Box::new(row))],
        last_account: 1,
        last_sanction: 0,
        ..Snapshot::default()
    };
    bench.happen(Event::StoreFailed(Some(&snapshot)));
    bench.happen(Event::StoreWorks(&snapshot));
    connect(&mut bench, "phone");
    for (password, answer) in [("wrong-horse", " 904 "), (PASSWORD, " 902 ")] {
        bench.say("phone", b"AUTHENTICATE PLAIN");
        bench.read_all("phone");
        let message = sasl::encode(&sasl::plain_message("ann", password));
        bench.say("phone", format!("AUTHENTICATE {message}").as_bytes());
        let told = told(&mut bench, "phone");
        assert!(told.contains(answer), "{told}");
        assert_eq!(told.contains("spam"), answer == " 902 ", "{told}");
    }
}

#[test]
fn who_was_logged_in_to_what_the_store_lost_is_a_guest() {
    let mut bench = bench();
    bench.login("ann2", "");
    bench.say("ann2", b"NS IDENTIFY ann correct-horse");
    bench.happen(Event::StoreFailed(Some(&Snapshot::default())));
    bench.read_all("ann2");
    bench.say("ann2", b"WHOIS ann2");
    let told = told(&mut bench, "ann2");
    assert!(!told.contains(" 330 "), "{told}");
    bench.say("ann2", b"REGISTER * * correct-horse");
    let told = bench.read_all("ann2").join("\n");
    assert!(told.contains("cannot store"), "{told}");
    assert_eq!(bench.hub.world().accounts.count(), 0);
}

#[test]
fn devices_are_told_when_logging_in_is_possible_or_not() {
    let mut bench = bench();
    bench.connect("phone");
    bench.say("phone", b"CAP LS 302");
    bench.say("phone", b"CAP REQ :sasl");
    bench.read_all("phone");
    let config = |enabled| {
        let mut config = bench_config();
        config.accounts.enabled = enabled;
        Arc::new(config)
    };
    bench.happen(Event::Reload(config(false)));
    let gone = "draft/account-registration draft/persistence sasl";
    assert_eq!(
        told(&mut bench, "phone"),
        format!(":server CAP * DEL :{gone}")
    );
    bench.say("phone", b"CAP LIST");
    assert_eq!(told(&mut bench, "phone"), ":server CAP * LIST :cap-notify");
    bench.happen(Event::Reload(config(true)));
    let new =
        "draft/account-registration=before-connect draft/persistence sasl=PLAIN,SCRAM-SHA-256";
    assert_eq!(
        told(&mut bench, "phone"),
        format!(":server CAP * NEW :{new}")
    );
}

#[test]
fn a_hundred_accounts_a_minute_from_one_network_are_too_many() {
    let mut bench = Bench::new(Config::default());
    let mut registered = 0;
    for n in 0..100 {
        let name = format!("someone{n}");
        bench.login(&name, "");
        bench.say(&name, b"REGISTER * * correct-horse");
        let told = told(&mut bench, &name);
        registered += usize::from(told.contains("REGISTER SUCCESS"));
        assert!(
            told.contains("SUCCESS") || told.contains("TEMPORARILY_UNAVAILABLE"),
            "{told}"
        );
    }
    assert_eq!(registered, 20);
    assert_eq!(bench.hub.world().accounts.count(), 20);
}

#[test]
fn a_password_longer_than_may_be_is_refused() {
    let mut config = Config::default();
    config.accounts.max_password_bytes = 20;
    let mut bench = Bench::new(config);
    bench.login("ann", "");
    for (length, answer) in [(21, "UNACCEPTABLE_PASSWORD"), (20, "SUCCESS")] {
        let password = "p1".repeat(11);
        bench.say(
            "ann",
            format!("REGISTER * * {}", &password[..length]).as_bytes(),
        );
        let told = told(&mut bench, "ann");
        assert!(told.contains(answer), "{told}");
    }
}

#[test]
fn a_password_is_nowhere_but_in_the_question_about_it() {
    let mut config = Config::default();
    config.server.name = "server".into();
    let mut bench = Bench::new(config);
    bench.login("ann", "echo-message message-tags");
    let secret = "swordfish-1234";
    let lines = [
        format!("REGISTER * * {secret}"),
        format!("PRIVMSG NickServ :IDENTIFY ann {secret}"),
        format!("@+chat/id=1 PRIVMSG NickServ :IDENTIFY ann {secret}"),
        format!("NICKSERV PASSWD {secret} {secret}5"),
    ];
    for line in &lines {
        let session = bench.session("ann");
        let message = Message::from_text(line).unwrap();
        bench.hub.on(Event::Line(session, Ok(message)), bench.now);
        let effects = bench.hub.take(Effects::default());
        let shown = format!(
            "{:?} {:?}",
            effects.records(),
            effects.iter().collect::<Vec<_>>()
        );
        assert!(!shown.contains(secret), "{line}\n{shown}");
        let is_sent = |effect: Effect<'_>| match effect {
            Effect::Send { line, .. } => String::from_utf8_lossy(line).contains(secret),
            _ => false,
        };
        assert!(!effects.iter().any(is_sent), "{line}");
        bench.happen(Event::Found(session, Found::Busy));
        bench.read_all("ann");
    }
}

/// Lets `name` say this, and leaves what it asks unanswered; gives how many questions that were.
fn say_and_ask(bench: &mut Bench, name: &str, line: &str) -> usize {
    let session = bench.session(name);
    let message = Message::from_text(line).unwrap();
    bench.hub.on(Event::Line(session, Ok(message)), bench.now);
    let effects = bench.hub.take(Effects::default());
    let asked = |effect: &Effect<'_>| matches!(effect, Effect::Ask(..));
    effects.iter().filter(asked).count()
}

#[test]
fn one_line_asks_for_one_password_at_most() {
    let mut bench = bench();
    bench.login("eve", "");
    let line = "PRIVMSG NickServ,NickServ@a,nickserv@b :IDENTIFY ann wrong-horse";
    assert_eq!(say_and_ask(&mut bench, "eve", line), 0);
    let line = "PRIVMSG NickServ :IDENTIFY ann wrong-horse";
    assert_eq!(say_and_ask(&mut bench, "eve", line), 1);
    assert_eq!(say_and_ask(&mut bench, "eve", line), 0, "it waits already");
}

#[test]
fn what_is_said_beside_a_password_goes_to_nobody_else() {
    let mut bench = bench();
    bench.login("eve", "echo-message");
    bench.login("bob", "");
    bench.read_all("bob");
    bench.say(
        "eve",
        b"PRIVMSG nobody,eve,bob,NickServ :IDENTIFY ann correct-horse",
    );
    let told = told(&mut bench, "eve");
    assert!(
        told.contains(" 407 ") && !told.contains("correct"),
        "{told}"
    );
    bench.say("bob", b"PING x");
    let told = bench.read_all("bob");
    assert_eq!(told, [":server PONG server :x"]);
}

#[test]
fn who_proved_the_old_password_comes_too_late_when_it_was_changed() {
    for is_changed in [false, true] {
        let mut bench = bench();
        connect(&mut bench, "phone");
        let start = ClientStart::new("ann", "abc");
        let asked = begin(&mut bench, "phone", &start);
        let proof = start.prove(&asked, PASSWORD).unwrap();
        let answer = heard(&send(&mut bench, "phone", &proof.text));
        assert!(proof.is_answered_by(&answer));
        if is_changed {
            bench.login("guest", "");
            bench.say("guest", format!("NS IDENTIFY ann {PASSWORD}").as_bytes());
            bench.say(
                "guest",
                format!("NS PASSWD {PASSWORD} another-horse").as_bytes(),
            );
            let told = told(&mut bench, "guest");
            assert!(told.contains("password is changed"), "{told}");
        }
        let told = send(&mut bench, "phone", "");
        assert_eq!(told.contains(" 904 "), is_changed, "{told}");
        assert_eq!(told.contains(" 900 "), !is_changed, "{told}");
    }
}

#[test]
fn an_earlier_line_that_is_not_stored_does_not_end_the_wait_for_a_password() {
    for asks in [false, true] {
        let mut bench = bench();
        bench.login("eve", "");
        let line = "PRIVMSG NickServ :IDENTIFY ann correct-horse";
        assert_eq!(say_and_ask(&mut bench, "eve", line), 1);
        let session = bench.session("eve");
        let culprit = Culprit::Line {
            session,
            verb: "PRIVMSG",
            label: None,
            asks,
        };
        bench.happen(Event::Unstored(&culprit));
        assert_eq!(bench.hub.is_asking(session), !asks);
        bench.happen(Event::Found(session, Found::Password(true)));
        let told = told(&mut bench, "eve");
        assert_eq!(told.contains(" 900 "), !asks, "{told}");
    }
}
