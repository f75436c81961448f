//! What was acknowledged outlives the process: kill -9, a full disk, a disk that fails, a clean stop.
//!
//! `CHAT_ROUNDS` says how many times the server is killed; a few in the gate, hundreds by hand.

use crate::checker::{Account, Line, check, history, talk};
use crate::process::{Home, Served};
use rustix::process::Signal;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const ROOM: &str = "#load";
const TALKERS: usize = 50;

/// No limit hides a loss.
const CONFIG: &str = "flood: {enabled: false}\nconnections: {per_ip: null, new_per_minute: null}\nhistory: {replay_on_join: 0}\naccounts: {hash_cost: test}\n";

fn serve(home: &Home) -> Served {
    let config = home.path().join("chat.yaml");
    fs::write(&config, CONFIG).expect("a file");
    let data = home.path().join("data");
    home.serve(&[
        "--config",
        config.to_str().expect("a path"),
        "--data",
        data.to_str().expect("a path"),
    ])
}

fn talkers(port: u16, round: usize, stop: &Arc<AtomicBool>) -> Vec<JoinHandle<Account>> {
    (0..TALKERS)
        .map(|n| {
            let pause = Duration::from_millis(50);
            talk(port, format!("r{round}n{n}"), ROOM, pause, Arc::clone(stop))
        })
        .collect()
}

fn join(talkers: Vec<JoinHandle<Account>>) -> Vec<Account> {
    talkers
        .into_iter()
        .map(|talker| talker.join().expect("a talker ends"))
        .collect()
}

/// Waits until at least so many were acknowledged, by the history of nobody: talkers run at their own pace.
fn let_them_talk(served: &Served, milliseconds: u64) {
    let end = Instant::now() + Duration::from_millis(milliseconds);
    let mut line = crate::checker::Line::arrive(served.port, "watcher", ROOM);
    while Instant::now() < end {
        line.read().expect("somebody talks");
    }
}

#[test]
fn nothing_acknowledged_is_lost_by_kill_9() {
    let rounds = std::env::var("CHAT_ROUNDS").ok();
    let rounds: usize = rounds.and_then(|text| text.parse().ok()).unwrap_or(10);
    let home = Home::new();
    let mut accounts = Vec::new();
    let mut moment = 7_u64;
    for round in 0..rounds {
        let served = serve(&home);
        let stop = Arc::<AtomicBool>::default();
        let talking = talkers(served.port, round, &stop);
        // A moment that differs from round to round, and is the same in each run.
        moment = moment
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let_them_talk(&served, 100 + (moment >> 33) % 400);
        served.signal(Signal::KILL);
        stop.store(true, Ordering::Relaxed);
        accounts.extend(join(talking));
        served.end();
    }
    let acknowledged: usize = accounts.iter().map(Account::acknowledged).sum();
    assert!(acknowledged > rounds * 10, "{acknowledged}");
    let served = serve(&home);
    check(&accounts, &history(served.port, ROOM));
}

#[test]
fn a_stop_loses_nothing_and_says_goodbye() {
    let home = Home::new();
    let served = serve(&home);
    let stop = Arc::<AtomicBool>::default();
    let talking = talkers(served.port, 0, &stop);
    let_them_talk(&served, 500);
    let begin = Instant::now();
    served.signal(Signal::TERM);
    let accounts = join(talking);
    let (status, _) = served.end();
    assert!(begin.elapsed() < Duration::from_secs(10));
    assert!(status.success(), "{status}");
    let served = serve(&home);
    check(&accounts, &history(served.port, ROOM));
}

/// A process that stood still for longer than a ping may take has lost nobody: what they said meanwhile is heard first.
#[test]
fn a_server_that_stood_still_loses_nobody() {
    let home = Home::new();
    let config = home.path().join("chat.yaml");
    let text = format!(
        "{CONFIG}store: {{kind: memory}}\nserver: {{ping_interval: 2s, ping_timeout: 2s}}\n"
    );
    fs::write(&config, text).expect("a file");
    let served = home.serve(&["--config", config.to_str().expect("a path")]);
    let mut ann = served.client("ann");
    // Pinged, and stopped before the answer comes.
    ann.until("PING");
    served.signal(Signal::STOP);
    ann.send("PONG :here");
    ann.hears_nothing_for(Duration::from_secs(5));
    served.signal(Signal::CONT);
    ann.send("PING again");
    ann.until("again");
    let seen = ann.until("PING");
    assert!(!seen.iter().any(|line| line.contains("ERROR")), "{seen:?}");
}

/// Somebody who was online when the server died was here.
#[test]
fn who_was_here_when_the_server_died_is_remembered() {
    let home = Home::new();
    let served = serve(&home);
    let mut ann = Line::arrive(served.port, "ann", ROOM);
    ann.ask("PRIVMSG #load :ann says something");
    served.signal(Signal::KILL);
    served.end();
    let served = serve(&home);
    let mut bob = Line::arrive(served.port, "bob", ROOM);
    let told = bob.ask("WHOLAST 60");
    assert!(
        told.iter().any(|line| line.contains("WHOLAST ann 2")),
        "{told:?}"
    );
}

const OLD: &str = "correct horse battery";
const NEW: &str = "another horse battery";

/// What a person changes, one after the other; each is either done or not, whenever the server dies.
const CHANGES: &[&str] = &[
    "REGISTER * * :correct horse battery",
    "JOIN #own",
    "CHANSERV REGISTER #own",
    "TOPIC #own :kept",
    "SILENCE +rude!*@*",
    "MARKREAD #own timestamp=2026-01-01T00:00:00.000Z",
    "NICKSERV PASSWD :correct horse battery",
];

#[test]
fn what_was_changed_before_kill_9_is_changed_and_nothing_is_half_done() {
    for last in 0..CHANGES.len() {
        let home = Home::new();
        let served = serve(&home);
        let mut ann = Line::arrive(served.port, "ann", ROOM);
        for change in CHANGES.iter().take(last) {
            let answer = ann.ask(&words(change));
            assert!(
                !answer.iter().any(|line| line.contains(" FAIL ")),
                "{answer:?}"
            );
        }
        // One more is on its way when the server dies.
        let next = CHANGES.get(last).expect("a change");
        assert!(ann.write(&format!("{}\r\n", words(next))));
        served.signal(Signal::KILL);
        served.end();
        let served = serve(&home);
        must_hold(served.port, last);
    }
}

/// The line of a change; a password is changed to another one.
fn words(change: &str) -> String {
    match change.strip_prefix("NICKSERV PASSWD") {
        Some(_) => format!(
            "NICKSERV PASSWD {} {}",
            OLD.replace(' ', "-"),
            NEW.replace(' ', "-")
        ),
        None => change.replace(OLD, &OLD.replace(' ', "-")),
    }
}

/// The first `done` changes are there, the next one is there or not.
fn must_hold(port: u16, done: usize) {
    let (old, new) = (OLD.replace(' ', "-"), NEW.replace(' ', "-"));
    let [is_old, is_new] =
        [&old, &new].map(|password| Line::log_in(port, "ann", password).is_some());
    assert!(!is_old || !is_new, "both passwords count");
    match done {
        0 => {}
        7.. => assert!(is_new),
        _ => assert!(is_old || (done == 6 && is_new), "{done} done"),
    }
    let password = if is_new { &new } else { &old };
    let Some(mut ann) = Line::log_in(port, "ann", password) else {
        return;
    };
    let holds = |done_after: usize, is_there: bool| {
        assert!(
            is_there || done < done_after,
            "{done} done, {done_after} lost"
        );
        assert!(
            !is_there || done + 1 >= done_after,
            "{done} done, {done_after} there"
        );
    };
    let info = ann.ask("CHANSERV INFO #own");
    holds(
        3,
        info.iter().any(|line| line.contains("ROOM_INFO #own ann")),
    );
    let joined = ann.ask("JOIN #own");
    holds(4, joined.iter().any(|line| line.contains(" 332 ")));
    let silenced = ann.ask("SILENCE");
    holds(5, silenced.iter().any(|line| line.contains("rude!*@*")));
    let read = ann.ask("MARKREAD #own");
    holds(6, read.iter().any(|line| line.contains("2026-01-01")));
}
