//! `chat connect` in a pipe: exit codes that scripts can rely on, and nothing but text.

use crate::fake::{Fake, Offers};
use crate::process::{Home, Ran};
use serde_json::Value;
use socket2::{Domain, SockAddr, Socket, Type};
use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::thread;

fn pipe(home: &Home, port: u16, more: &[&str], input: &str) -> Ran {
    let port = port.to_string();
    home.run_with(
        &[&["connect", "127.0.0.1", &port, "--nick", "alice"], more].concat(),
        input,
    )
}

/// A port that answers every connection with these bytes, and closes.
fn port_that_says(words: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.write_all(words);
        }
    });
    port
}

#[test]
fn what_the_server_acknowledged_is_a_success() {
    let home = Home::new();
    for offers in [Offers::Everything, Offers::Nothing] {
        let fake = Fake::start(offers);
        let ran = pipe(&home, fake.port, &[], "hello\n/dm bob hi\n");
        assert_eq!(ran.code, 0, "{ran:?}");
        let heard = fake.hear("QUIT");
        assert!(
            heard
                .iter()
                .any(|line| line.ends_with("PRIVMSG #lobby :hello")),
            "{heard:?}"
        );
        assert!(
            heard.iter().any(|line| line.ends_with("PRIVMSG bob :hi")),
            "{heard:?}"
        );
        assert!(ran.out.contains("alice: hello\n"), "{ran:?}");
        assert!(ran.err.starts_with("Connected to 127.0.0.1:"), "{ran:?}");
        assert!(
            !ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'),
            "{ran:?}"
        );
    }
}

#[test]
fn a_name_that_is_not_there_is_told_by_the_code() {
    let home = Home::new();
    for offers in [Offers::Everything, Offers::Nothing] {
        let fake = Fake::start(offers);
        let ran = pipe(&home, fake.port, &[], "/dm nobody hi\n");
        assert_eq!(ran.code, 8, "{ran:?}");
        assert!(ran.err.contains("No user nobody."), "{ran:?}");
    }
}

#[test]
fn without_acknowledgement_the_outcome_is_unknown() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let ran = pipe(&home, fake.port, &["--timeout", "1"], "/dm silent hi\n");
    assert_eq!(ran.code, 10, "{ran:?}");
}

#[test]
fn a_server_that_goes_away_is_told_by_the_code() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let ran = pipe(&home, fake.port, &["--to", "#closed"], "hello\n");
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("lost"), "{ran:?}");
}

#[test]
fn a_server_that_is_not_there_is_told_with_what_to_check() {
    let home = Home::new();
    let bound = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    let any = SockAddr::from(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
    bound.bind(&any).expect("a free port");
    let address = bound.local_addr().expect("an address");
    let port = address.as_socket().expect("an IP address").port();
    let ran = pipe(&home, port, &[], "");
    assert_eq!(ran.code, 3);
    assert_eq!(
        ran.err,
        format!(
            "! Cannot connect to 127.0.0.1 port {port}: connection refused.\n  Nothing listens there. \
             Check address and port, and that the server runs (chat serve {port}).\n"
        )
    );
}

#[test]
fn a_port_that_speaks_something_else_is_told_apart() {
    let home = Home::new();
    for words in [
        &b"HTTP/1.1 400 Bad Request\r\n\r\n"[..],
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"220 mail ESMTP\r\n",
        b"\x15\x03\x01\x00\x02\x02\x0a\n",
        b"",
    ] {
        let ran = pipe(&home, port_that_says(words), &[], "");
        assert_eq!(ran.code, 7, "{words:?} {ran:?}");
        assert!(ran.err.contains("the right port?"), "{ran:?}");
    }
}

#[test]
fn what_is_refused_has_its_code() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let port = fake.port.to_string();
    for (words, code, said) in [
        (
            vec!["--nick", "taken"],
            6,
            "The name taken is in use. Free: taken2, taken_, taken3.",
        ),
        (vec![], 2, "A name is needed"),
        (vec!["--nick", "a", "--password", "x"], 2, "--password-file"),
        (vec!["--nick", "'b d'"], 2, "A name is one word"),
    ] {
        let words = [vec!["connect", "127.0.0.1", &port], words].concat();
        let ran = home.run_with(&words, "");
        assert_eq!(ran.code, code, "{ran:?}");
        assert!(ran.err.contains(said), "{ran:?}");
    }
    for wrong in ["abc", "0", "99999"] {
        let ran = home.run(&["connect", "127.0.0.1", wrong]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(
            ran.err.contains("a port is a number from 1 to 65535"),
            "{ran:?}"
        );
    }
    let ran = home.run(&["connect"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let open = home.secret("open", "sesame\n");
    let all = fs::Permissions::from_mode(0o644);
    fs::set_permissions(&open, all).expect("it is ours");
    let open = open.to_str().expect("a path");
    let words = [
        "connect",
        "127.0.0.1",
        &port,
        "--nick",
        "a",
        "--password-file",
        open,
    ];
    let ran = home.run_with(&words, "");
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(
        ran.err.contains("open to every user of this host"),
        "{ran:?}"
    );
    assert!(ran.err.contains("chmod 600"), "{ran:?}");
    assert!(!ran.err.contains("sesame"), "{ran:?}");
}

#[test]
fn a_line_that_is_no_command_is_a_mistake() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let ran = pipe(&home, fake.port, &[], "/jion #a\nhello\n");
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("Did you mean /join?"), "{ran:?}");
}

#[test]
fn a_line_that_is_not_text_is_refused_by_its_number_and_the_others_are_sent() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let port = fake.port.to_string();
    let words = ["connect", "127.0.0.1", &port, "--nick", "alice"];
    let ran = home.run_with(&words, b"one\ncaf\xe9\nthree\n");
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(
        ran.err
            .contains("Line 2 is not UTF-8. Nothing of it was sent."),
        "{ran:?}"
    );
    let heard = fake.hear("QUIT");
    let said: Vec<_> = heard
        .iter()
        .filter(|line| line.contains("PRIVMSG"))
        .collect();
    assert_eq!(said.len(), 2, "{said:?}");
}

#[test]
fn one_shot_messages_are_said_and_acknowledged() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let ran = pipe(
        &home,
        fake.port,
        &["--to", "bob", "--send", "/one", "--send", "two"],
        "not read\n",
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    let heard = fake.hear("QUIT");
    let said: Vec<_> = heard
        .iter()
        .filter(|line| line.contains("PRIVMSG"))
        .collect();
    assert!(
        said[0].ends_with("PRIVMSG bob :/one") && said[1].ends_with("PRIVMSG bob :two"),
        "{said:?}"
    );
    assert_eq!(said.len(), 2);
}

#[test]
fn the_words_of_our_own_server_are_understood() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut bob = server.client("bob");
    let ran = pipe(
        &home,
        server.port,
        &[],
        "whoelse\nwholast 60\n/bm to all\nbroadcast user bob,dave to some\n/dm bob \"to one\"\n",
    );
    assert_eq!(ran.code, 9, "{ran:?}");
    for words in [
        "1 other online\n  bob",
        "Seen in the last 60 minutes (2)",
        "you -> all (1): to all",
        "you -> bob: to some",
        "you -> bob: to one",
    ] {
        assert!(ran.out.contains(words), "{words}: {ran:?}");
    }
    assert!(ran.err.contains("dave is not online: not sent"), "{ran:?}");
    for words in [":to all", ":to some", ":to one"] {
        bob.until(words);
    }
}

/// The objects that a program is told, of a kind.
fn objects(ran: &Ran, kind: &str) -> Vec<Value> {
    let lines = ran.out.lines();
    let all = lines.map(|line| serde_json::from_str::<Value>(line).expect("an object"));
    all.filter(|object| object["t"] == kind).collect()
}

#[test]
fn a_program_is_told_in_objects_what_became_of_its_words() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut bob = server.client("bob");
    let asked = [
        r##"{"op":"say","text":"to all in the room","id":"a"}"##,
        r#"{"op":"dm","to":"bob","text":"to you\nin two lines","id":"b"}"#,
        r#"{"op":"dm","to":"bobb","text":"to nobody","id":"c"}"#,
        r#"{"op":"broadcast","text":"to everybody","id":"d"}"#,
        r##"{"op":"join","room":"#dev","id":"e"}"##,
        "whoelse",
    ];
    let ran = pipe(&home, server.port, &["--json"], &asked.join("\n"));
    assert_eq!(ran.code, 8, "{ran:?}");
    assert_eq!(ran.err, "");
    bob.until("to all in the room");
    bob.until("to you");
    bob.until("to everybody");
    let mut acks = objects(&ran, "ack");
    acks.retain(|ack| ack["stored"] == true);
    let ids: Vec<&str> = acks.iter().filter_map(|ack| ack["id"].as_str()).collect();
    assert!(
        ["a", "b", "d", "e"].iter().all(|id| ids.contains(id)),
        "{ran:?}"
    );
    let of_b = acks.iter().find(|ack| ack["id"] == "b").expect("an ack");
    assert!(
        of_b["msgid"].is_string() && of_b["delivered"] == 1,
        "{of_b}"
    );
    let errors = objects(&ran, "error");
    assert_eq!(errors.len(), 1, "{ran:?}");
    assert_eq!(
        (&errors[0]["id"], &errors[0]["code"]),
        (&"c".into(), &"not_found".into())
    );
    assert_eq!(errors[0]["hint"][0], "bob");
    assert_eq!(objects(&ran, "hello").len(), 1);
    assert_eq!(objects(&ran, "list")[0]["rows"][0][0], "bob");
    let last = ran.out.lines().last().expect("a line");
    let last: Value = serde_json::from_str(last).expect("an object");
    assert_eq!((&last["t"], &last["exit"]), (&"bye".into(), &8.into()));
}
