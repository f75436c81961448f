//! Another process takes over: nobody who is connected notices, whether it works or not.

use crate::process::{Client, Home, Served};
use chat::server::handover::VERSION;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The process that serves now; killed when dropped.
pub(crate) struct Heir(pub(crate) u32);

impl Drop for Heir {
    fn drop(&mut self) {
        let _ = kill_process(pid(self.0), Signal::KILL);
    }
}

fn pid(number: u32) -> Pid {
    let raw = i32::try_from(number).expect("a pid");
    Pid::from_raw(raw).expect("a pid")
}

/// Whether the process is gone, or only waits for somebody to take note of its end.
fn has_ended(number: u32) -> bool {
    let state = fs::read_to_string(format!("/proc/{number}/stat"));
    state.map_or(true, |state| state.contains(") Z "))
}

/// Asks for an upgrade; how it ended and what was answered.
fn ask(home: &Home, port: u16, more: &[&str]) -> (i32, Value) {
    let port = port.to_string();
    let words = [&["admin", "--port", &port, "--json", "upgrade"], more].concat();
    let ran = home.run(&words);
    (ran.code, ran.json())
}

/// Has another process take over.
pub(crate) fn upgrade(home: &Home, port: u16) -> Heir {
    let (code, answer) = ask(home, port, &[]);
    assert_eq!(code, 0, "{answer}");
    let upgraded = answer.pointer("/data/upgraded");
    assert_eq!(upgraded, Some(&Value::Bool(true)), "{answer}");
    let pid = answer.pointer("/data/pid").and_then(Value::as_u64);
    Heir(pid.and_then(|pid| u32::try_from(pid).ok()).expect("a pid"))
}

/// Ann and bob, together in a room, who have read all that came so far.
fn two(served: &Served) -> (Client, Client) {
    let (mut ann, mut bob) = (served.client("ann"), served.client("bob"));
    ann.send("JOIN #x\r\nPING joined");
    ann.until("joined");
    bob.send("JOIN #x\r\nPING joined");
    bob.until("joined");
    ann.until("JOIN #x");
    (ann, bob)
}

/// Each hears the other, and nothing else.
fn talk(ann: &mut Client, bob: &mut Client, what: &str) {
    ann.send(&format!("PRIVMSG #x :{what} one"));
    let heard = bob.until(&format!("{what} one"));
    assert_eq!(heard.len(), 1, "{heard:?}");
    bob.send(&format!("PRIVMSG #x :{what} two"));
    let heard = ann.until(&format!("{what} two"));
    assert_eq!(heard.len(), 1, "{heard:?}");
}

#[test]
fn two_who_talk_go_on_talking_with_the_new_process() {
    let home = Home::new();
    let mut served = home.serve(&[]);
    let (mut ann, mut bob) = two(&served);
    talk(&mut ann, &mut bob, "before");
    let (code, answer) = ask(&home, served.port, &["--check"]);
    assert_eq!(
        (code, &answer["data"]["upgraded"]),
        (0, &Value::Bool(false))
    );
    talk(&mut ann, &mut bob, "asked");
    let heir = upgrade(&home, served.port);
    assert_ne!(heir.0, served.pid());
    talk(&mut ann, &mut bob, "after");
    assert!(served.wait().success());
    // What was said before is known to the new one, and whoever comes now is let in.
    let mut cid = served.client("cid");
    cid.send("JOIN #x\r\nPRIVMSG #x :and me\r\nWHOIS ann\r\nPING joined");
    cid.until("joined");
    bob.until("and me");
    let port = served.port.to_string();
    let status = home
        .run(&["admin", "--port", &port, "--json", "status"])
        .json();
    assert_eq!(status["data"]["pid"], heir.0, "{status}");
    assert_eq!(status["data"]["connections"]["current"], 3, "{status}");
    let stopped = home.run(&["admin", "--port", &port, "stop"]);
    assert_eq!(stopped.code, 0, "{stopped:?}");
    assert!(has_ended(heir.0), "it still runs");
}

#[test]
fn half_a_line_and_a_door_of_another_kind_are_handed_over_again_and_again() {
    let home = Home::new();
    let door = home.path().join("door");
    let config = format!("listeners: [unix: {}]\n", door.display());
    let file = home.path().join("chat.yaml");
    fs::write(&file, config).expect("a file");
    let served = home.serve(&["--config", &file.display().to_string()]);
    let (mut ann, mut bob) = two(&served);
    let mut heirs = Vec::new();
    for turn in 0..3 {
        ann.send_part("PRIVMSG #x :half ");
        bob.send("PING here");
        bob.until("here");
        heirs.push(upgrade(&home, served.port));
        assert!(door.exists());
        ann.send(&format!("a line {turn}"));
        bob.until(&format!("PRIVMSG #x :half a line {turn}"));
    }
}

/// A script in place of a binary.
fn script(home: &Home, name: &str, text: &str) -> String {
    let path: PathBuf = home.path().join(name);
    fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("a file");
    fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).expect("a file");
    path.display().to_string()
}

/// Says something over the line between the processes, as a script.
fn says(word: &str) -> String {
    format!(
        "printf '\\0\\0\\0\\0\\0\\0\\{:03o}\\{:03o}%s' '{word}' >&0",
        word.len() / 256,
        word.len() % 256
    )
}

#[test]
fn whatever_is_wrong_with_the_new_binary_the_old_process_goes_on_and_tells_why() {
    let home = Home::new();
    let data = home.path().join("data");
    let file = home.path().join("chat.yaml");
    fs::write(&file, "limits: { nick: 30 }\n").expect("a file");
    let data_shown = data.display().to_string();
    let file_shown = file.display().to_string();
    let served = home.serve(&["--data", &data_shown, "--config", &file_shown]);
    let (mut ann, mut bob) = two(&served);
    let plain = home.path().join("plain");
    fs::write(&plain, "not a program").expect("a file");
    let store = format!(
        "Sqlite in {}",
        fs::canonicalize(&data).expect("a directory").display()
    );
    let fit = |version: u32, store: &str| {
        says(&format!(
            r#"{{"Fit":{{"handover":{version},"version":"9","store":"{store}"}}}}"#
        ))
    };
    let unfit = says(r#"{"Unfit":{"why":"the store is damaged"}}"#);
    let later = format!(
        "{}; dd bs=1 count=60 of=/dev/null 2>&1; {unfit}",
        fit(VERSION, &store)
    );
    for (binary, why) in [
        ("/no/such/binary".to_owned(), "cannot be started"),
        (plain.display().to_string(), "cannot be started"),
        ("/bin/false".to_owned(), "ended before it could take over"),
        (script(&home, "refuses", &unfit), "the store is damaged"),
        (script(&home, "newer", &fit(99, &store)), "by version 99"),
        (
            script(&home, "elsewhere", &fit(VERSION, "Memory in /")),
            "keep things elsewhere",
        ),
        (script(&home, "dies", &fit(VERSION, &store)), "ended before"),
        (script(&home, "later", &later), ""),
    ] {
        let (code, answer) = ask(&home, served.port, &["--binary", &binary]);
        let text = answer["error"]["text"].as_str().unwrap_or_default();
        assert_eq!(code, 1, "{binary}: {answer}");
        assert!(text.contains(why), "{binary}: {text}");
        talk(&mut ann, &mut bob, "still");
    }
    fs::write(&file, "limits: { nick: none of these }\n").expect("a file");
    let (code, answer) = ask(&home, served.port, &[]);
    let text = answer["error"]["text"].as_str().unwrap_or_default();
    assert!(code == 1 && text.contains("nick"), "{answer}");
    talk(&mut ann, &mut bob, "last");
    fs::write(&file, "limits: { nick: 31 }\n").expect("a file");
    let _heir = upgrade(&home, served.port);
    talk(&mut ann, &mut bob, "upgraded");
}

#[test]
fn a_new_process_that_hangs_is_ended_and_the_old_one_goes_on() {
    let home = Home::new();
    let data = home.path().join("data");
    let served = home.serve(&["--data", &data.display().to_string()]);
    let (mut ann, mut bob) = two(&served);
    let store = fs::canonicalize(&data).expect("a directory");
    let fit = says(&format!(
        r#"{{"Fit":{{"handover":{VERSION},"version":"9","store":"Sqlite in {}"}}}}"#,
        store.display()
    ));
    for text in [
        "exec sleep 600".to_owned(),
        format!("{fit}; exec sleep 600"),
    ] {
        let binary = script(&home, "hangs", &text);
        let begun = Instant::now();
        let (code, answer) = ask(&home, served.port, &["--binary", &binary]);
        assert_eq!(code, 1, "{answer}");
        assert!(begun.elapsed() < Duration::from_secs(30));
        talk(&mut ann, &mut bob, "on");
    }
}

#[test]
fn a_certificate_that_broke_since_the_start_costs_the_upgrade_and_nobody_their_connection() {
    let home = Home::new();
    let [data, file, cert, key] =
        ["data", "chat.yaml", "cert.pem", "key.pem"].map(|name| home.path().join(name));
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    fs::write(&cert, made.cert.pem()).expect("a file");
    fs::write(&key, made.signing_key.serialize_pem()).expect("a file");
    fs::set_permissions(&key, PermissionsExt::from_mode(0o600)).expect("a file");
    let [shown_cert, shown_key] = [&cert, &key].map(|path| path.display().to_string());
    let config = format!("server: {{ tls: {{ cert: {shown_cert}, key: {shown_key} }} }}\n");
    fs::write(&file, config).expect("a file");
    let served = home.serve(&[
        "--data",
        &data.display().to_string(),
        "--config",
        &file.display().to_string(),
    ]);
    let (mut ann, mut bob) = two(&served);
    fs::write(&cert, "no certificate").expect("a file");
    let (code, answer) = ask(&home, served.port, &[]);
    let text = answer["error"]["text"].as_str().unwrap_or_default();
    assert!(code == 1 && text.contains("cert.pem"), "{answer}");
    talk(&mut ann, &mut bob, "still");
    // Also one that gave everything away already goes on.
    let store = fs::canonicalize(&data).expect("a directory");
    let store = format!("Sqlite in {}", store.display());
    let fit = says(&format!(
        r#"{{"Fit":{{"handover":{VERSION},"version":"9","store":"{store}"}}}}"#
    ));
    let dies = script(
        &home,
        "later",
        &format!("{fit}; dd bs=1 count=60 of=/dev/null 2>&1"),
    );
    let (code, answer) = ask(&home, served.port, &["--binary", &dies]);
    assert_eq!(code, 1, "{answer}");
    talk(&mut ann, &mut bob, "on");
}

/// People in each room.
const PEOPLE: usize = 10;
const ROOMS: usize = 20;

#[test]
fn two_hundred_who_talk_lose_nothing_and_hear_nothing_twice() {
    let home = Home::new();
    let file = home.path().join("chat.yaml");
    fs::write(&file, "flood: { enabled: false }\n").expect("a file");
    let mut served = home.serve(&["--config", &file.display().to_string()]);
    let rooms: Vec<Vec<Client>> = (0..ROOMS).map(|room| people(&served, room)).collect();
    let is_over = AtomicBool::new(false);
    let mut heirs = Vec::new();
    let rounds: Vec<usize> = std::thread::scope(|scope| {
        let is_over = &is_over;
        let talking: Vec<_> = (0..)
            .zip(rooms)
            .map(|(room, people)| scope.spawn(move || chatter(room, people, is_over)))
            .collect();
        for _ in 0..3 {
            heirs.push(upgrade(&home, served.port));
        }
        is_over.store(true, Ordering::Release);
        talking
            .into_iter()
            .map(|one| one.join().expect("they talked"))
            .collect()
    });
    assert!(rounds.iter().all(|rounds| *rounds > 3), "{rounds:?}");
    assert!(served.wait().success());
    let mut pids: Vec<u32> = heirs.iter().map(|heir| heir.0).collect();
    pids.push(served.pid());
    pids.sort_unstable();
    pids.dedup();
    assert_eq!(pids.len(), 4, "each is another process");
}

fn people(served: &Served, room: usize) -> Vec<Client> {
    let mut all: Vec<Client> = (0..PEOPLE)
        .map(|at| served.client(&format!("r{room}p{at}")))
        .collect();
    for client in &mut all {
        client.send(&format!("PART #lobby\r\nJOIN #r{room}\r\nPING joined"));
        client.until("joined");
    }
    for client in &mut all {
        client.send("PING quiet");
        client.until("quiet");
    }
    all
}

/// Everybody says something in each round, and hears each of the others exactly once and in order, and nothing
/// else; tells how many rounds there were.
fn chatter(room: usize, mut people: Vec<Client>, is_over: &AtomicBool) -> usize {
    let mut round = 0;
    // One more after all is over: what came late would show.
    let mut rest = 2;
    while rest > 0 {
        rest -= usize::from(is_over.load(Ordering::Acquire));
        for (at, client) in people.iter_mut().enumerate() {
            client.send(&format!("PRIVMSG #r{room} :{round} of {at}"));
        }
        for (at, client) in people.iter_mut().enumerate() {
            let mut heard: Vec<String> = Vec::new();
            while heard.len() < PEOPLE - 1 {
                heard.append(&mut client.until(""));
            }
            let mut told: Vec<&str> = heard
                .iter()
                .filter_map(|line| line.rsplit(':').next())
                .collect();
            told.sort_unstable();
            let others = (0..PEOPLE).filter(|other| *other != at);
            let expected: Vec<String> = others.map(|other| format!("{round} of {other}")).collect();
            assert_eq!(told, expected, "room {room}, person {at}: {heard:?}");
        }
        round += 1;
    }
    round
}
