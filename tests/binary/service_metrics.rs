//! The door for monitoring of a running server: what it tells, and what it does not let be done to it.

use crate::process::{DEADLINE, Home, Served};
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

/// A server with a door for monitoring, and the address of that.
fn serve(home: &Home) -> (Served, String) {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = free.local_addr().expect("an address").to_string();
    drop(free);
    let file = home.path().join("chat.yaml");
    let yaml = format!("metrics: {{ address: \"{address}\" }}\n");
    fs::write(&file, yaml).expect("a file");
    let served = home.serve(&["--config", file.to_str().expect("text")]);
    (served, address)
}

/// Sends these bytes; all that comes back.
fn say(address: &str, bytes: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(DEADLINE)).expect("a socket");
    let _ = stream.write_all(bytes.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(address: &str, path: &str) -> String {
    say(address, &format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"))
}

/// Asks until the answer holds this.
fn get_until(address: &str, path: &str, part: &str) -> String {
    let begin = Instant::now();
    loop {
        let answer = get(address, path);
        if answer.contains(part) {
            return answer;
        }
        assert!(begin.elapsed() < DEADLINE, "no {part:?} in {answer}");
    }
}

#[test]
fn monitoring_reads_the_numbers_that_the_operator_sees() {
    let home = Home::new();
    let (server, address) = serve(&home);
    let mut ann = server.client("ann");
    ann.send("JOIN #x\r\nPRIVMSG #x :one\r\nPRIVMSG #x :two\r\nPING done");
    ann.until(":done");
    let answer = get_until(&address, "/metrics", "\nchat_messages_total 2\n");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    for part in [
        "\nchat_connections 1\n",
        "\nchat_users 1\n",
        "\nchat_panics_total 0\n",
        "chat_commit_seconds_bucket{le=\"+Inf\"}",
        "chat_acknowledge_seconds_count",
        "\nchat_queue_bytes ",
        "\nchat_lines_refused_total 0\n",
        "\nchat_store_failing 0\n",
        "# EOF\n",
    ] {
        assert!(answer.contains(part), "{part}: {answer}");
    }
    let memory = answer
        .lines()
        .find_map(|line| line.strip_prefix("process_resident_memory_bytes "));
    assert!(
        memory.and_then(|n| n.parse::<u64>().ok()) > Some(1 << 20),
        "{answer}"
    );
    assert!(!answer.contains("ann"), "nobody is named: {answer}");
}

#[test]
fn health_is_told_in_a_word_and_a_number() {
    let home = Home::new();
    let (_server, address) = serve(&home);
    let well = get(&address, "/healthz");
    assert!(
        well.starts_with("HTTP/1.1 200 ") && well.ends_with("\r\n\r\nok\n"),
        "{well}"
    );
    assert_eq!(home.run(&["admin", "drain", "--within", "0"]).code, 0);
    let closed = get_until(&address, "/healthz", "draining");
    assert!(closed.starts_with("HTTP/1.1 503 "), "{closed}");
    assert_eq!(home.run(&["admin", "undrain"]).code, 0);
    get_until(&address, "/healthz", "\r\n\r\nok\n");
}

#[test]
fn what_is_no_question_is_refused_and_the_server_goes_on() {
    let home = Home::new();
    let (server, address) = serve(&home);
    assert!(get(&address, "/else").starts_with("HTTP/1.1 404 "));
    let post = "POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
    assert!(say(&address, post).starts_with("HTTP/1.1 405 "));
    let long = format!(
        "GET /metrics HTTP/1.1\r\nX: {}\r\n\r\n",
        "x".repeat(100_000)
    );
    assert!(!say(&address, &long).contains("chat_connections"));
    let many = format!("GET /metrics HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(100));
    assert!(!say(&address, &many).contains("chat_connections"));
    assert!(!say(&address, "NICK ann\r\nUSER ann 0 * :ann\r\n").contains(" 001 "));
    let head = say(&address, "HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    assert!(
        head.starts_with("HTTP/1.1 200 ") && head.ends_with("\r\n\r\n"),
        "{head}"
    );
    assert!(get(&address, "/healthz").contains("200 OK"));
    let mut ann = server.client("ann");
    ann.send("PING on");
    ann.until(":on");
}

#[test]
fn those_who_say_nothing_are_few_and_do_not_stay() {
    let home = Home::new();
    let (_server, address) = serve(&home);
    let begin = Instant::now();
    let silent: Vec<TcpStream> = (0..40)
        .map(|_| TcpStream::connect(&address).expect("it listens"))
        .collect();
    // They keep nobody out who asks. Beyond sixteen the oldest are closed at once, the others after a while.
    assert!(get(&address, "/healthz").contains("200"));
    assert!(begin.elapsed() < Duration::from_secs(5));
    for stream in &silent {
        stream.set_read_timeout(Some(DEADLINE)).expect("a socket");
    }
    let ends: Vec<Duration> = silent
        .iter()
        .map(|mut stream| {
            let _ = stream.read(&mut [0; 256]);
            begin.elapsed()
        })
        .collect();
    let at_once = ends
        .iter()
        .filter(|end| **end < Duration::from_secs(5))
        .count();
    assert_eq!(at_once, 25, "{ends:?}");
    assert!(
        ends.iter().max() < Some(&Duration::from_secs(40)),
        "{ends:?}"
    );
    assert!(get_until(&address, "/healthz", "ok").contains("200"));
}

#[test]
fn an_address_that_is_taken_is_a_sentence() {
    let home = Home::new();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let file = home.path().join("chat.yaml");
    fs::write(&file, format!("metrics: {{ address: \"{address}\" }}\n")).expect("a file");
    let ran = home.run(&["serve", "0", "--config", file.to_str().expect("text")]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(
        ran.err.contains("taken") || ran.err.contains(&address),
        "{ran:?}"
    );
}
