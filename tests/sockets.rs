//! The server over real sockets: pieces, limits, bad bytes, slow readers and the end.

#[path = "support/irc.rs"]
mod irc;

use chat::config::Config;
use irc::{Client, Server};
use std::time::{Duration, Instant};

/// Two people in a room, alone with each other.
fn two(server: &Server) -> (Client, Client) {
    let (mut a, mut b) = (server.join_as("alice"), server.join_as("bob"));
    a.send("JOIN #r\r\n");
    a.sync();
    b.send("JOIN #r\r\n");
    b.sync();
    a.sync();
    (a, b)
}

fn without_lobby() -> Config {
    Config {
        lobby: None,
        ..Config::default()
    }
}

fn unhurried() -> Config {
    let mut config = without_lobby();
    config.flood.enabled = false;
    config
}

#[test]
fn two_people_talk() {
    let server = Server::start(Config::default());
    let (mut a, mut b) = two(&server);
    a.send("PRIVMSG #r :hello\r\nPRIVMSG bob :psst\r\n");
    assert_eq!(
        b.expect("hello"),
        ":alice!alice@127.0.0.1 PRIVMSG #r :hello"
    );
    assert!(b.expect("psst").ends_with(" PRIVMSG bob :psst"));
    b.send("pRiVmSg #r :back\n");
    assert!(a.expect("back").starts_with(":bob!"));
}

#[test]
fn every_split_point_gives_the_same_line() {
    let server = Server::start(unhurried());
    let (mut a, mut b) = two(&server);
    let line = "@t=1 PRIVMSG #r :é\r\n".as_bytes();
    for cut in 0..line.len() {
        let (head, tail) = line.split_at(cut);
        a.send_bytes(head);
        b.sync(); // The server has read the head by the time it answers this.
        a.send_bytes(tail);
        assert!(b.expect("PRIVMSG").ends_with(" PRIVMSG #r :é"), "cut {cut}");
    }
}

#[test]
fn a_thousand_pings_in_one_write_are_answered_in_order() {
    let server = Server::start(without_lobby());
    let mut a = server.join_as("alice");
    let pings: String = (0..1000).map(|n| format!("PING n{n}\r\n")).collect();
    a.send(&pings);
    for n in 0..1000 {
        let line = a.line().unwrap();
        assert!(line.ends_with(&format!("n{n}")), "{line}");
    }
}

#[test]
fn lines_beyond_the_pace_wait_and_are_refused_when_too_many_wait() {
    let mut config = without_lobby();
    (config.flood.burst, config.flood.per_second) = (1, 1); // Here: 20 at once, then 20 per second.
    let server = Server::start(config);
    let mut a = server.join_as("alice");
    a.send("CAP REQ :standard-replies\r\n");
    a.expect("ACK");
    let pings: String = (0..1400).map(|n| format!("PING n{n}.\r\n")).collect();
    a.send(&pings);
    let seen = a.until("n30.");
    assert!(
        seen.iter().any(|line| line.contains("RATE_LIMITED")),
        "{:?}",
        seen.last()
    );
    let pongs: Vec<_> = seen.iter().filter(|line| line.contains("PONG")).collect();
    assert_eq!(pongs.len(), 31);
}

#[test]
fn lines_that_wait_are_executed_though_the_sender_will_say_no_more() {
    let mut config = without_lobby();
    (config.flood.burst, config.flood.per_second) = (1, 5); // Here: 20 at once, then 100 per second.
    let server = Server::start(config);
    let (mut a, mut b) = two(&server);
    let speech: String = (0..60).map(|n| format!("PRIVMSG #r :n{n}.\r\n")).collect();
    a.send(&speech);
    a.finish();
    let seen = b.until(" QUIT ");
    assert_eq!(seen.len(), 61, "{seen:?}");
    assert!(seen[59].ends_with(":n59."));
    assert_eq!(a.line(), None);
}

#[test]
fn many_long_answers_do_not_cut_off_who_reads_them() {
    let mut config = unhurried();
    config.limits.send_queue = 16 * 1024;
    let server = Server::start(config);
    let mut a = server.join_as("alice");
    let others: Vec<Client> = (0..20).map(|n| server.join_as(&format!("u{n}"))).collect();
    a.send(&"WHO *\r\n".repeat(500));
    for _ in 0..500 {
        assert_eq!(a.until(" 315 ").len(), others.len() + 2);
    }
}

#[test]
fn a_line_of_512_bytes_is_taken_whole_and_one_of_513_not_at_all() {
    let server = Server::start(unhurried());
    let (mut a, mut b) = two(&server);
    let line = |len: usize| format!("PRIVMSG #r :{}\r\n", "x".repeat(len - 14));
    assert_eq!(line(512).len(), 512);
    a.send(&line(513));
    assert!(a.expect(" 417 ").contains("alice"));
    a.send(&line(400));
    assert!(b.line().unwrap().ends_with(line(400).trim_end()));
}

#[test]
fn tags_of_4096_bytes_are_taken_and_of_4097_refused() {
    let server = Server::start(unhurried());
    let mut a = server.join_as("alice");
    for (len, answer) in [(4095, "PONG"), (4096, "PONG"), (4097, " 417 ")] {
        a.send(&format!("@{} PING it\r\n", "a".repeat(len - 2)));
        let line = a.line().unwrap();
        assert!(line.contains(answer), "{len}: {line}");
    }
}

#[test]
fn bytes_without_a_newline_end_the_connection() {
    let server = Server::start(unhurried());
    let mut stranger = server.connect();
    stranger.try_send(&[b'x'; 8 * 1024 + 1]);
    assert_eq!(stranger.rest(), ["ERROR :Line too long"]);
    let mut a = server.join_as("alice");
    a.send_bytes(&[b'x'; 16 * 1024 - 1]);
    a.send("\r\n");
    a.expect(" 417 ");
    a.try_send(&[b'x'; 20 * 1024]);
    assert_eq!(a.rest().last().unwrap(), "ERROR :Line too long");
}

#[test]
fn bad_bytes_are_refused_and_the_connection_stays() {
    let server = Server::start(unhurried());
    let (mut a, mut b) = two(&server);
    let cases: [(&[u8], &str); 4] = [
        (b"PRIVMSG #r :a\rPRIVMSG #r :b\r\n", "MALFORMED_LINE"),
        (b"PRIVMSG #r :a\0b\r\n", "MALFORMED_LINE"),
        (b"PRIVMSG #r :\xff\xfe\r\n", "INVALID_UTF8"),
        (b"PRIVMSG #r :\xed\xa0\x80\r\n", "INVALID_UTF8"),
    ];
    a.send("CAP REQ :standard-replies\r\n");
    a.expect("ACK");
    for (bytes, code) in cases {
        a.send_bytes(bytes);
        let line = a.line().unwrap();
        assert!(line.contains("FAIL") && line.contains(code), "{line}");
    }
    assert_eq!(b.sync(), [""; 0]);
    a.send("PRIVMSG #r :fine\r\n");
    b.expect("fine");
}

#[test]
fn ten_thousand_empty_lines_are_nothing() {
    let server = Server::start(without_lobby());
    let mut a = server.join_as("alice");
    a.send(&"\r\n".repeat(10_000));
    assert_eq!(a.sync(), [""; 0]);
}

#[test]
fn nothing_after_quit_is_executed() {
    let server = Server::start(unhurried());
    let (mut a, mut b) = two(&server);
    a.send("QUIT :bye\r\nPRIVMSG #r :ghost\r\nNICK ghost\r\n");
    assert!(a.rest().last().unwrap().starts_with("ERROR "));
    assert!(b.line().unwrap().contains(" QUIT "));
    assert_eq!(b.sync(), [""; 0]);
}

#[test]
fn one_who_just_leaves_is_seen_to_leave() {
    let server = Server::start(unhurried());
    let (mut a, mut b) = two(&server);
    a.finish();
    assert!(b.line().unwrap().contains(" QUIT "));
    assert_eq!(a.rest(), [""; 0]);
}

#[test]
fn a_browser_gets_an_answer_it_understands_and_no_session() {
    let server = Server::start(unhurried());
    for (request, status) in [
        (
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "421 Misdirected Request",
        ),
        (
            "POST / HTTP/1.1\r\n\r\nNICK x\r\nUSER x 0 * :x\r\n",
            "400 Bad Request",
        ),
    ] {
        let mut browser = server.connect();
        browser.send(request);
        let answer = browser.rest();
        assert_eq!(answer[0], format!("HTTP/1.1 {status}"));
        assert!(!answer.iter().any(|line| line.contains(" 001 ")));
    }
}

#[test]
fn a_slow_reader_is_cut_off_while_the_others_go_on() {
    let mut config = unhurried();
    config.limits.send_queue = 64 * 1024;
    let server = Server::start(config);
    let (mut a, mut b) = two(&server);
    let mut slow = server.join_as("slow");
    slow.send("JOIN #r\r\n");
    slow.sync();
    let line = format!("PRIVMSG #r :{}\r\n", "x".repeat(400)).repeat(20);
    let mut rounds = 0;
    let quit = loop {
        a.send(&line);
        let seen = b.sync();
        if let Some(quit) = seen.iter().find(|line| line.contains(" QUIT ")) {
            break quit.clone();
        }
        a.sync();
        rounds += 1;
        assert!(rounds < 5000, "the slow one is never cut off");
    };
    assert!(quit.starts_with(":slow!") && quit.contains("SendQ exceeded"));
    assert_eq!(slow.rest().last().unwrap(), "ERROR :SendQ exceeded");
    a.send("PRIVMSG #r :still here\r\n");
    b.expect("still here");
}

#[test]
fn one_address_may_connect_only_so_often() {
    let mut config = unhurried();
    config.connections.exempt.clear();
    config.connections.per_ip = Some(2);
    let server = Server::start(config);
    let (mut a, _b) = (server.join_as("alice"), server.join_as("bob"));
    let refusal = "ERROR :Too many connections from your address";
    assert_eq!(server.connect().rest(), [refusal]);
    a.send("QUIT\r\n");
    a.rest();
    drop(a);
    // The server hears of the end a moment later.
    let deadline = Instant::now() + Duration::from_secs(20);
    while server.connect().hello("carol").contains("ERROR") {
        assert!(Instant::now() < deadline, "there is no room again");
    }
}

#[test]
fn a_full_server_says_so() {
    let mut config = unhurried();
    config.connections.max = Some(1);
    let server = Server::start(config);
    let mut a = server.join_as("alice");
    assert_eq!(server.connect().rest(), ["ERROR :Server full"]);
    assert_eq!(a.sync(), [""; 0]);
}

#[test]
fn stopping_tells_everybody_and_is_done_when_all_have_left() {
    let mut config = unhurried();
    config.server.shutdown_grace = Duration::from_secs(60);
    let mut server = Server::start(config);
    let (mut a, mut b) = two(&server);
    server.ask_to_stop();
    for client in [&mut a, &mut b] {
        let seen = client.rest();
        assert!(seen.last().unwrap().starts_with("ERROR "), "{seen:?}");
    }
    drop((a, b));
    server.join().unwrap();
    assert!(std::net::TcpStream::connect(("127.0.0.1", server.port())).is_err());
}

#[test]
fn a_unix_door_serves_like_the_others() {
    use std::io::{BufRead, BufReader, Write};
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("irc");
    let mut config = unhurried();
    config.listeners = vec![chat::config::Listener::Unix(path.clone())];
    let _server = Server::start(config);
    let mut stream = std::os::unix::net::UnixStream::connect(&path).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream.write_all(b"NICK a\r\nUSER a 0 * :a\r\n").unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    assert!(line.contains(" 001 a "), "{line}");
}

#[test]
fn a_long_answer_comes_whole_and_before_what_was_asked_after_it() {
    let mut config = unhurried();
    config.limits.send_queue = 16 * 1024;
    let server = Server::start(config);
    let mut crowd: Vec<Client> = (0..300)
        .map(|n| server.join_as(&format!("user{n}")))
        .collect();
    let mut a = server.join_as("alice");
    a.send("WHO *\r\nPING after\r\n");
    let mut people = 0;
    loop {
        let line = a.line().unwrap();
        if line.contains(" PONG ") {
            break;
        }
        people += usize::from(line.contains(" 352 "));
    }
    assert_eq!(people, 301);
    // Nobody else had to wait for it, and lines go on afterwards.
    crowd[0].send("PRIVMSG alice :still here?\r\n");
    assert!(a.expect("PRIVMSG").ends_with(":still here?"));
}
