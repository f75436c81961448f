//! The server over TLS: the same port, all that can go wrong before and after the handshake, and the end.

#[path = "support/irc.rs"]
mod irc;
#[path = "support/tls.rs"]
mod tls;

use chat::config::tls::Enabled;
use chat::config::{Config, Listener};
use irc::{Client, Server, dial};
use std::io::{Read, Write};
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
