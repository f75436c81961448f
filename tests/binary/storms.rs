//! Storms of connections: more than the process can hold, and those that break off.

use crate::process::{DEADLINE, Home};
use socket2::SockRef;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

/// Runs a server that may have so many descriptors.
fn limited(home: &Home, descriptors: u32) -> Command {
    let chat = home.chat(&["serve", "0"]);
    let mut command = Command::new("sh");
    command
        .args([
            "-c",
            &format!("ulimit -n {descriptors}; exec \"$0\" serve 0"),
        ])
        .arg(chat.get_program())
        .env_clear()
        .envs(
            chat.get_envs()
                .filter_map(|(key, value)| Some((key, value?))),
        )
        .stdin(std::process::Stdio::null());
    command
}

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    stream.set_read_timeout(Some(DEADLINE)).expect("a socket");
    stream
}

/// Somebody who is let in, unless the server is full.
fn arrive(port: u16, nick: &str) -> Option<TcpStream> {
    let mut stream = connect(port);
    // A refused one may be reset before it has said anything.
    let _ = stream.write_all(format!("NICK {nick}\r\nUSER u 0 * :u\r\n").as_bytes());
    let mut said = [0; 64];
    let read = stream.read(&mut said).unwrap_or(0);
    let text = String::from_utf8_lossy(said.get(..read)?).into_owned();
    let is_in = text.contains(" 001 ");
    assert!(
        is_in || text.is_empty() || text.starts_with("ERROR :Server full"),
        "{text}"
    );
    is_in.then_some(stream)
}

#[test]
fn beyond_the_descriptors_the_server_is_full_and_the_operator_still_gets_in() {
    let home = Home::new();
    let served = Home::start(limited(&home, 100));
    let mut inside = Vec::new();
    let mut full = 0;
    for n in 0..100 {
        match arrive(served.port, &format!("n{n}")) {
            Some(stream) => inside.push(stream),
            None => full += 1,
        }
    }
    assert_eq!((inside.len(), full), (36, 64));
    assert_eq!(home.run(&["admin", "status"]).code, 0);
    let spent = processor_time(served.pid());
    let begin = Instant::now();
    assert_eq!(home.run(&["admin", "kick", "n0"]).code, 0);
    let used = processor_time(served.pid()) - spent;
    assert!(
        used <= begin.elapsed() / 2 + Duration::from_millis(50),
        "{used:?}"
    );
    drop(inside);
    // The server hears of it a moment later.
    let begin = Instant::now();
    while arrive(served.port, "late").is_none() {
        assert!(begin.elapsed() < DEADLINE, "there is no room again");
    }
}

/// What a process has used of the processor, user and system.
fn processor_time(pid: u32) -> Duration {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).expect("it runs");
    let after = text.rsplit(')').next().expect("fields");
    let ticks = |at: usize| {
        after
            .split_whitespace()
            .nth(at)
            .and_then(|n| n.parse::<u64>().ok())
    };
    Duration::from_millis((ticks(11).expect("utime") + ticks(12).expect("stime")) * 10)
}

#[test]
fn a_thousand_connections_that_break_off_leave_nothing_behind() {
    let home = Home::new();
    let served = home.serve(&[]);
    let descriptors = || {
        let path = format!("/proc/{}/fd", served.pid());
        fs::read_dir(path).expect("it runs").count()
    };
    let mut ann = served.client("ann");
    // The server may not have opened all of its own yet.
    let before = descriptors();
    for n in 0..1000 {
        let mut stream = connect(served.port);
        SockRef::from(&stream)
            .set_linger(Some(Duration::ZERO))
            .expect("a socket");
        let words = match n % 4 {
            0 => String::new(),
            1 => format!("NICK n{n}\r\nUS"),
            2 => format!("NICK n{n}\r\nUSER u 0 * :u\r\n"),
            _ => format!("NICK n{n}\r\nUSER u 0 * :u\r\nPRIVMSG #lobby :half"),
        };
        let _ = stream.write_all(words.as_bytes());
    }
    let begin = Instant::now();
    loop {
        ann.send("LUSERS\r\nPING counted");
        let seen = ann.until(":counted").join("\n");
        let is_alone = seen.contains("There are 1 users") && !seen.contains(" 253 ");
        if is_alone && descriptors() < before + 5 {
            return;
        }
        assert!(
            begin.elapsed() < DEADLINE,
            "{} descriptors: {seen}",
            descriptors()
        );
    }
}

#[test]
fn who_says_thousands_of_lines_at_once_waits_for_the_store_and_loses_none() {
    let home = Home::new();
    let config = home.path().join("chat.yaml");
    fs::write(&config, "flood: { enabled: false }\n").expect("a file");
    let served = home.serve(&["--config", &config.display().to_string()]);
    let (mut ann, mut bob) = (served.client("ann"), served.client("bob"));
    let mut lines: String = (0..4000)
        .map(|n| match n % 8 {
            7 => format!("PING p{n}\r\n"),
            _ => format!("PRIVMSG bob :line {n}\r\n"),
        })
        .collect();
    lines.push_str("PING end\r\nPRIVMSG bob :the end\r\n");
    ann.send_part(&lines);
    let heard = bob.until("the end");
    let said: Vec<&String> = heard
        .iter()
        .filter(|line| line.contains(":line "))
        .collect();
    let wanted = (0..4000).filter(|n| n % 8 != 7);
    assert!(
        said.iter()
            .zip(wanted)
            .all(|(line, n)| line.ends_with(&format!(":line {n}")))
    );
    assert_eq!(said.len(), 3500);
    let answers = ann.until(":end");
    assert_eq!(
        answers
            .iter()
            .filter(|line| line.contains(" PONG "))
            .count(),
        501
    );
    // She is listened to again, with and without something to store.
    ann.send("PING again");
    ann.until("again");
    ann.send("PRIVMSG bob :still here");
    bob.until("still here");
}

#[test]
fn who_has_said_just_as_much_as_may_wait_is_listened_to_again() {
    let home = Home::new();
    let config = home.path().join("chat.yaml");
    fs::write(&config, "flood: { enabled: false }\n").expect("a file");
    let served = home.serve(&["--config", &config.display().to_string()]);
    let (mut ann, mut bob) = (served.client("ann"), served.client("bob"));
    ann.send("JOIN #alone");
    let half = "PRIVMSG #alone :x\r\n".repeat(128);
    for n in 0..100 {
        // Some of them are read in two halves, the second while the first is on its way to the disk.
        ann.send_part(&half);
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_micros(n * 20) {}
        ann.send_part(&half);
        // When she is told something it is decided anew whether she is listened to.
        bob.send(&format!("PRIVMSG ann :hear{n}"));
        ann.until(&format!("hear{n}"));
        ann.send(&format!("PING still{n}"));
        ann.until(&format!("still{n}"));
    }
}
