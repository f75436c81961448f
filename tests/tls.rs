//! The server over TLS: the same port, all that can go wrong before and after the handshake, and the end.

#[path = "support/irc.rs"]
mod irc;
#[path = "support/tls.rs"]
mod tls;

use chat::config::tls::Enabled;
use chat::config::{Config, Listener};
use irc::{Client, Server, dial};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tls::{Manner, Own};

fn secure() -> Config {
    let mut config = Config {
        lobby: None,
        ..Config::default()
    };
    config.server.tls.enabled = Enabled::Yes;
    config.flood.enabled = false;
    config
}

#[test]
fn tls_and_plain_text_are_spoken_at_one_port() {
    let server = Server::start(secure());
    let mut ann = Manner::default().join_as(server.port(), "ann");
    let mut bob = server.join_as("bob");
    ann.send("JOIN #r\r\n");
    ann.sync();
    bob.send("JOIN #r\r\nPRIVMSG #r :to ann\r\n");
    assert!(ann.expect("to ann").starts_with(":bob!"));
    ann.send("PRIVMSG #r :to bob\r\n");
    assert!(bob.expect("to bob").starts_with(":ann!"));
}

#[test]
fn the_older_version_is_spoken_too() {
    let server = Server::start(secure());
    let manner = Manner {
        version: &rustls::version::TLS12,
        ..Manner::default()
    };
    let mut ann = manner.join_as(server.port(), "ann");
    ann.send("LUSERS\r\n");
    ann.expect(" 255 ann ");
}

#[test]
fn long_answers_come_whole() {
    let server = Server::start(secure());
    let mut ann = Manner::default().join_as(server.port(), "ann");
    let others: Vec<Client> = (0..20).map(|n| server.join_as(&format!("u{n}"))).collect();
    ann.send(&"WHO *\r\n".repeat(500));
    for _ in 0..500 {
        assert_eq!(ann.until(" 315 ").len(), others.len() + 2);
    }
}

#[test]
fn an_end_of_tls_is_answered_with_one() {
    let server = Server::start(secure());
    let mut ann = Manner::default().shake_hands(dial(server.port()));
    ann.write_all(b"NICK ann\r\nUSER ann 0 * :ann\r\nQUIT :bye\r\n")
        .unwrap();
    let mut text = String::new();
    ann.read_to_string(&mut text).expect("TLS ends in order");
    assert!(
        text.contains(" 001 ann ") && text.ends_with("ERROR :Quit: bye\r\n"),
        "{text}"
    );
    let mut bob = Manner::default().shake_hands(dial(server.port()));
    bob.write_all(b"NICK bob\r\nUSER bob 0 * :bob\r\n").unwrap();
    bob.conn.send_close_notify();
    bob.flush().unwrap();
    let mut text = String::new();
    bob.read_to_string(&mut text).expect("TLS ends in order");
    assert!(text.contains(" 001 bob "), "{text}");
}

#[test]
fn without_tls_who_asks_for_it_is_told_so() {
    let server = Server::start(Config::default());
    let mut conn = Manner::default().begin();
    let error = conn.complete_io(&mut dial(server.port())).unwrap_err();
    assert!(error.to_string().contains("HandshakeFailure"), "{error}");
}

#[test]
fn a_door_for_tls_takes_nothing_else() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let mut config = secure();
    config.listeners.push(Listener::Tls(address));
    let server = Server::start(config);
    let mut ann = Manner::default().join_as(address.port(), "ann");
    ann.send("PING x\r\n");
    ann.expect("PONG");
    let mut plain = dial(address.port());
    plain.write_all(b"NICK bob\r\n").unwrap();
    let mut text = String::new();
    plain.read_to_string(&mut text).unwrap();
    assert_eq!(text, "ERROR :Only TLS is spoken at this port\r\n");
    drop(server);
}

#[test]
fn each_name_has_its_certificate_and_anybody_else_gets_the_first() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = secure();
    let mut made = Vec::new();
    for names in [&["one.example"][..], &["two.example", "*.two.example"]] {
        let own = Own::new(names);
        let [cert, key] = ["cert", "key"].map(|kind| {
            let name = format!("{}.{kind}", made.len());
            directory.path().join(name)
        });
        own.write(&cert, &key);
        let pair = chat::config::tls::Pair { cert, key };
        config.server.tls.certificates.push(pair);
        made.push(own.cert.clone());
    }
    let server = Server::start(config);
    for (name, expected) in [
        ("one.example", 0),
        ("two.example", 1),
        ("TWO.example", 1),
        ("irc.two.example", 1),
        ("a.b.two.example", 0),
        ("three.example", 0),
    ] {
        let manner = Manner {
            name,
            ..Manner::default()
        };
        let shown = manner.certificate(server.port());
        assert!(shown == made[expected], "{name}");
    }
}

/// The first record of somebody who comes over TLS.
fn hello() -> Vec<u8> {
    let mut bytes = Vec::new();
    Manner::default()
        .begin()
        .write_tls(&mut bytes)
        .expect("it fits");
    bytes
}

/// A hello of old, for this version, with this one cipher.
fn old_hello(version: u8, cipher: u16) -> Vec<u8> {
    let [high, low] = cipher.to_be_bytes();
    let body = [&[3, version][..], &[7; 32], &[0, 0, 2, high, low, 1, 0]].concat();
    let length = u8::try_from(body.len()).expect("it fits");
    let head = [0x16, 3, 1, 0, length + 4, 1, 0, 0, length];
    [&head[..], &body].concat()
}

/// Everything that comes after these bytes.
fn answer(server: &Server, bytes: &[u8]) -> Vec<u8> {
    let mut stream = dial(server.port());
    stream.write_all(bytes).expect("it fits");
    let mut seen = Vec::new();
    let _ = stream.read_to_end(&mut seen);
    seen
}

#[test]
fn what_cannot_be_agreed_on_is_refused_at_once_and_harms_nobody() {
    const RC4: u16 = 5;
    const ECDHE_AES: u16 = 0xc02b;
    let server = Server::start(secure());
    let mut bob = server.join_as("bob");
    for (bytes, alert) in [
        (old_hello(1, ECDHE_AES), Some(40)),
        (old_hello(2, ECDHE_AES), Some(40)),
        (old_hello(3, RC4), Some(40)),
        ([0x16, 3, 1, 0x40, 1].repeat(20), None),
        ([&[0x16, 3, 1, 2, 0][..], &[0xff; 600]].concat(), None),
    ] {
        let seen = answer(&server, &bytes);
        // What is no TLS at all may be left without a word.
        let is_alert =
            seen.starts_with(&[0x15, 3]) && (alert.is_none() || seen.last().copied() == alert);
        assert!(
            is_alert || (alert.is_none() && seen.is_empty()),
            "{bytes:x?}: {seen:x?}"
        );
    }
    for after in [
        &[0xff; 5000][..],
        &[0x15, 3, 3, 0, 2, 1, 0],
        b"NICK ann\r\n",
    ] {
        let seen = answer(&server, &[&hello(), after].concat());
        assert!(
            seen.is_empty() || seen[0] == 0x16 || seen[0] == 0x15,
            "{seen:x?}"
        );
    }
    bob.send("PING still\r\n");
    bob.expect("still");
    Manner::default().join_as(server.port(), "ann");
}

#[test]
fn a_hello_in_records_of_one_byte_is_understood() {
    let server = Server::start(secure());
    let hello = hello();
    let pieces: Vec<u8> = hello[5..]
        .iter()
        .flat_map(|byte| [0x16, 3, 1, 0, 1, *byte])
        .collect();
    let mut stream = dial(server.port());
    stream.write_all(&pieces).unwrap();
    let mut first = [0; 6];
    stream.read_exact(&mut first).unwrap();
    assert_eq!((first[0], first[5]), (0x16, 2), "a server's hello");
}

#[test]
fn a_handshake_byte_by_byte_is_one_too() {
    let server = Server::start(secure());
    let mut conn = Manner::default().begin();
    let mut stream = dial(server.port());
    let mut hello = Vec::new();
    conn.write_tls(&mut hello).unwrap();
    for byte in hello {
        stream.write_all(&[byte]).unwrap();
    }
    while conn.is_handshaking() {
        conn.complete_io(&mut stream).unwrap();
    }
}

#[test]
fn a_handshake_that_does_not_go_on_is_given_up() {
    let server = Server::start(secure());
    let begin = Instant::now();
    let seen = answer(&server, &hello()[..50]);
    assert!(seen.is_empty(), "{seen:x?}");
    let took = begin.elapsed();
    assert!(
        took > Duration::from_secs(9) && took < Duration::from_secs(15),
        "{took:?}"
    );
}

#[test]
fn beyond_so_many_handshakes_at_once_others_wait_and_plain_text_does_not() {
    let server = Server::start(secure());
    let slow: Vec<TcpStream> = (0..64)
        .map(|_| {
            let mut stream = dial(server.port());
            stream.write_all(&hello()[..50]).unwrap();
            stream
        })
        .collect();
    let mut bob = server.join_as("bob"); // Whatever came before him was read by now.
    let mut stream = dial(server.port());
    stream.write_all(&hello()).unwrap();
    for _ in 0..3 {
        bob.sync();
    }
    stream.set_nonblocking(true).unwrap();
    let early = stream.read(&mut [0; 1]).unwrap_err();
    assert_eq!(early.kind(), ErrorKind::WouldBlock);
    stream.set_nonblocking(false).unwrap();
    drop(slow);
    let mut first = [0];
    stream.read_exact(&mut first).unwrap();
    assert_eq!(first, [0x16]);
    Manner::default().join_as(server.port(), "ann");
}

#[test]
fn who_reads_too_slowly_is_ended_and_what_waits_stays_bounded() {
    let mut config = secure();
    config.limits.send_queue = 64 * 1024;
    let server = Server::start(config);
    let mut bob = server.join_as("bob");
    let mut ann = Manner::default().join_as(server.port(), "ann");
    for client in [&mut ann, &mut bob] {
        client.send("JOIN #r\r\n");
        client.sync();
    }
    let speech = format!("PRIVMSG #r :{}\r\n", "x".repeat(400)).repeat(200);
    let gone = (0..1000).any(|_| {
        bob.send(&speech);
        bob.sync()
            .iter()
            .any(|line| line.contains("ann!ann@127.0.0.1 QUIT :SendQ exceeded"))
    });
    assert!(gone);
    let rest = ann.rest();
    assert_eq!(
        rest.last().map(String::as_str),
        Some("ERROR :SendQ exceeded")
    );
}

#[test]
fn bytes_that_were_changed_on_their_way_end_it() {
    let server = Server::start(secure());
    let mut bob = server.join_as("bob");
    bob.send("MONITOR + ann\r\n");
    let mut ann = Manner::default().shake_hands(dial(server.port()));
    ann.write_all(b"NICK ann\r\nUSER ann 0 * :ann\r\nJOIN #r\r\n")
        .unwrap();
    bob.expect(" 730 bob ");
    ann.sock
        .write_all(&[[0x17, 3, 3, 0, 100].as_slice(), &[1; 100]].concat())
        .unwrap();
    bob.expect(" 731 bob ");
    let mut text = Vec::new();
    assert!(ann.read_to_end(&mut text).is_err());
}
