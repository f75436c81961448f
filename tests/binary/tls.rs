//! `chat connect` over TLS: whom it believes, what it says to others, and that those hear nothing from it.

use crate::accounts;
use crate::fake::{Fake, Offers};
use crate::process::{Home, Ran};
use crate::terminal::Terminal;
use crate::tls_front::{Authority, Front, Pair, Time, self_signed};
use chat::proto::fingerprint::Fingerprint;
use std::fs::{self, Permissions};
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::thread::{self, JoinHandle};

/// This machine, by an address that is not known to be this machine: TLS is the rule there.
const ELSEWHERE: &str = "0.0.0.0";

/// Says one thing to the server on this port of this host, in a pipe.
fn say(home: &Home, host: &str, port: u16, words: &[&str]) -> Ran {
    let port = port.to_string();
    let all = ["connect", host, &port, "--nick", "ann", "--send", "hi"];
    home.run(&[&all, words].concat())
}

fn pin(pair: &Pair) -> String {
    Fingerprint::of(&pair.certificate).to_string()
}

fn known_hosts(home: &Home) -> PathBuf {
    home.path().join(".local/state/chat/known_hosts")
}

/// A server of one connection that answers the first bytes with these, and what else it heard until the end.
fn answers(bytes: &'static [u8]) -> (u16, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let heard = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        let mut first = [0; 4096];
        let count = stream.read(&mut first).expect("a hello");
        assert_eq!(first[0], 0x16, "no TLS: {:?}", first.get(..count));
        stream.write_all(bytes).expect("it reads");
        if bytes.is_empty() {
            return Vec::new();
        }
        rest(&mut stream)
    });
    (port, heard)
}

fn rest(stream: &mut TcpStream) -> Vec<u8> {
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Err(error) if error.kind() != ErrorKind::ConnectionReset => panic!("{error}"),
        Ok(_) | Err(_) => rest,
    }
}

#[test]
fn a_certificate_of_a_known_authority_is_believed_and_told_once() {
    let (home, authority) = (Home::new(), Authority::new());
    let fake = Fake::start(Offers::Everything);
    let pair = authority.sign("localhost", Time::Now);
    let front = Front::start(&pair, fake.port);
    let ca = authority.file(&home);
    let words = ["--ca", ca.to_str().expect("a path")];
    let ran = say(&home, "localhost", front.port, &words);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("Connected (TLS 1.3) as ann."), "{ran:?}");
    let told = "Certificate of localhost is signed by a known authority, valid to 2100-02-01.";
    assert!(ran.err.contains(told), "{ran:?}");
    let row = format!("localhost:{} {} signed ", front.port, pin(&pair));
    let known = fs::read_to_string(known_hosts(&home)).expect("a file");
    assert!(known.starts_with(&row), "{known}");
    let mode = fs::metadata(known_hosts(&home))
        .expect("a file")
        .permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
    let ran = say(&home, "localhost", front.port, &words);
    assert!(ran.code == 0 && !ran.err.contains("Certificate"), "{ran:?}");
    assert!(fake.hear("PRIVMSG #lobby :hi").len() > 1);
}

#[test]
fn tls_1_2_is_spoken_too() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let pair = self_signed("localhost");
    let front = Front::start_with(&pair, fake.port, &[&rustls::version::TLS12]);
    let ran = say(&home, "localhost", front.port, &["--pin", &pin(&pair)]);
    assert!(ran.err.contains("Connected (TLS 1.2) as ann."), "{ran:?}");
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn a_certificate_that_does_not_count_ends_it_before_anything_is_sent() {
    let (home, authority, other) = (Home::new(), Authority::new(), Authority::new());
    let ca = authority.file(&home);
    let ca = ca.to_str().expect("a path");
    let self_made = self_signed("localhost");
    let right = authority.sign("localhost", Time::Now);
    let wrong_pin = pin(&self_made);
    for (pair, words, told) in [
        (
            &authority.sign("localhost", Time::Past),
            ["--ca", ca],
            "expired on 2021-02-01. Not connecting.",
        ),
        (
            &authority.sign("localhost", Time::Future),
            ["--ca", ca],
            "counts from 2099-01-01 only. Not connecting.",
        ),
        (
            &authority.sign("www.example.org", Time::Now),
            ["--ca", ca],
            "localhost presents a certificate for www.example.org. Not connecting.",
        ),
        (
            &self_made,
            ["--ca", ca],
            "signed by no authority that is known here. Not connecting.",
        ),
        (
            &other.sign("localhost", Time::Now),
            ["--ca", ca],
            "signed by no authority that is known here. Not connecting.",
        ),
        (
            &other.sign("localhost", Time::Now),
            ["--timeout", "9"],
            "signed by no authority that is known here. Not connecting.",
        ),
        (
            &right,
            ["--pin", &wrong_pin],
            "is not the pinned one. Not connecting.",
        ),
    ] {
        let fake = Fake::start(Offers::Everything);
        let front = Front::start(pair, fake.port);
        let ran = say(
            &home,
            "localhost",
            front.port,
            &[&["--tls"][..], &words].concat(),
        );
        let place = format!("{told}: {ran:?}");
        assert_eq!(ran.code, 5, "{place}");
        assert!(ran.err.contains(told), "{place}");
        assert!(ran.err.contains(&pin(pair)), "{place}");
        assert_eq!(ran.out, "", "{place}");
        assert_eq!(front.shaken(), 0, "{place}");
        assert!(fake.heard_nothing(), "{place}");
    }
    assert!(!known_hosts(&home).exists());
}

#[test]
fn a_pin_is_enough_whatever_else_is_wrong() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let pair = Authority::new().sign("www.example.org", Time::Past);
    let front = Front::start(&pair, fake.port);
    let pin = pin(&pair).to_uppercase().replace("SHA256:", "");
    let ran = say(&home, ELSEWHERE, front.port, &["--pin", &pin]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn what_does_not_speak_tls_is_never_spoken_to_otherwise() {
    const OLD_HELLO: &[u8] = &[
        0x16, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 0, 0, 0x2f, 0,
    ];
    let not_tls = "does not speak TLS. To send everything readable: --no-tls";
    for (bytes, told) in [
        (&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], not_tls),
        (b":irc.example.org 421 * :Unknown command\r\n", not_tls),
        (
            b"",
            "closed the connection in the TLS handshake. Perhaps it",
        ),
        (
            &[0x15, 3, 1, 0, 2, 2, 70],
            "speaks no version of TLS that is safe",
        ),
        (OLD_HELLO, "speaks no version of TLS that is safe"),
    ] {
        let home = Home::new();
        let (port, heard) = answers(bytes);
        let ran = say(&home, ELSEWHERE, port, &[]);
        assert_eq!(ran.code, 5, "{told}: {ran:?}");
        assert!(ran.err.contains(told), "{told}: {ran:?}");
        let heard = heard.join().expect("it ended");
        let is_alert = heard.is_empty() || (heard[0] == 0x15 && heard.len() <= 7);
        assert!(is_alert, "{told}: {heard:?}");
    }
}

#[test]
fn a_server_that_never_answers_in_tls_is_waited_for_as_long_as_is_wished() {
    let home = Home::new();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let ran = say(&home, ELSEWHERE, port, &["--timeout", "1"]);
    assert_eq!(ran.code, 5, "{ran:?}");
    assert!(ran.err.contains("did not answer in TLS within"), "{ran:?}");
}

#[test]
fn without_tls_nothing_secret_is_sent_to_another_machine() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let ran = say(&home, ELSEWHERE, fake.port, &["--no-tls"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("(not encrypted) as"), "{ran:?}");
    fake.hear("QUIT");
    let secret = home.secret("secret", "sesame\n");
    let file = secret.to_str().expect("a path");
    let words = ["--no-tls", "--password-file", file];
    let ran = say(&home, ELSEWHERE, fake.port, &words);
    assert_eq!(ran.code, 5, "{ran:?}");
    assert!(ran.err.contains("was not sent"), "{ran:?}");
    let fake_heard = fake.all();
    let is_secret = |line: &String| {
        ["PASS", "AUTHENTICATE", "sesame"]
            .iter()
            .any(|word| line.contains(word))
    };
    assert!(!fake_heard.iter().any(is_secret), "{fake_heard:?}");
}

#[test]
fn contradictions_and_bad_files_are_wrong_usage() {
    let home = Home::new();
    let none = home.path().join("none");
    let none = none.to_str().expect("a path");
    for words in [
        &["localhost", "--tls", "--no-tls"][..],
        &["ircs://localhost", "--no-tls"],
        &["localhost", "--no-tls", "--pin", "sha256:00"],
        &["localhost", "--pin", "sha256:00"],
        &["localhost", "--ca", none],
        &["localhost", "--client-cert", none],
    ] {
        let ran = home.run(&[&["connect", "--nick", "ann"], words].concat());
        assert_eq!(ran.code, 2, "{ran:?}");
    }
}

#[test]
fn a_saved_server_keeps_its_pin() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let pair = self_signed("localhost");
    let front = Front::start(&pair, fake.port);
    let directory = home.path().join(".config/chat");
    fs::create_dir_all(&directory).expect("a directory");
    let save = |rest: &str| {
        let text = format!(
            "servers:\n  work: {{ host: localhost, port: {}, nick: ann, {rest} }}\n",
            front.port
        );
        fs::write(directory.join("client.yaml"), text).expect("a file");
        home.run(&["connect", "work", "--send", "hi"])
    };
    let ran = save(&format!("pin: \"{}\"", pin(&pair)));
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("Connected (TLS 1.3)"), "{ran:?}");
    let ran = save(&format!("pin: \"{}\"", pin(&self_signed("localhost"))));
    assert_eq!(ran.code, 5, "{ran:?}");
    for rest in [
        "pin: \"sha256:12\"".to_owned(),
        format!("tls: false, pin: \"{}\"", pin(&pair)),
    ] {
        let ran = save(&rest);
        assert_eq!(ran.code, 2, "{ran:?}");
    }
}

#[test]
fn a_stranger_is_asked_about_once_and_a_change_is_not_accepted() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let pair = self_signed("localhost");
    let front = Front::start(&pair, fake.port);
    let port = front.port.to_string();
    let words = ["connect", ELSEWHERE, &port, "--nick", "ann"];
    let terminal = Terminal::run_as(&home, "no", &words);
    terminal.wait_for("Believe it from now on? [y/N]");
    terminal.keys(&["Enter"]);
    terminal.wait_for("ended with 5");
    let terminal = Terminal::run_as(&home, "yes", &words);
    terminal.wait_for("Believe it from now on? [y/N]");
    terminal.wait_for(&pin(&pair));
    assert!(!known_hosts(&home).exists() && fake.heard_nothing());
    terminal.keys(&["-l", "yes\r"]);
    terminal.wait_for("Connected (TLS 1.3) as ann.");
    terminal.wait_for_last_line("      [#lobby]");
    assert_eq!(say(&home, ELSEWHERE, front.port, &[]).code, 0);
    front.show(&self_signed("localhost"));
    let ran = say(&home, ELSEWHERE, front.port, &[]);
    assert_eq!(ran.code, 5, "{ran:?}");
    assert!(ran.err.contains("is not the one of 20"), "{ran:?}");
    assert!(ran.err.contains("known_hosts"), "{ran:?}");
    front.drop_all();
    terminal.wait_for("ended with 5");
}

#[test]
fn a_connection_that_is_lost_comes_back_by_tls() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let pair = self_signed("localhost");
    let front = Front::start(&pair, fake.port);
    let port = front.port.to_string();
    let pin = pin(&pair);
    let words = [
        "connect",
        "localhost",
        &port,
        "--nick",
        "ann",
        "--pin",
        &pin,
    ];
    let terminal = Terminal::run(&home, &words);
    terminal.wait_for_last_line("      [#lobby]");
    front.drop_all();
    terminal.wait_for("back after");
    assert_eq!(front.shaken(), 2);
    terminal.keys(&["-l", "still here\r"]);
    terminal.wait_for("ann │ still here");
}

/// A certificate of a person's own, with its key in the same file.
fn own_certificate(home: &Home) -> String {
    let own = rcgen::generate_simple_self_signed(["ann".to_owned()]).expect("a certificate");
    let path = home.path().join("own.pem");
    fs::write(&path, own.cert.pem() + &own.signing_key.serialize_pem()).expect("a file");
    fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("a file");
    path.to_str().expect("a path").to_owned()
}

#[test]
fn our_own_server_is_met_by_its_fingerprint_and_logs_in_by_a_certificate() {
    let home = accounts::home();
    let server = home.serve(&["--tls"]);
    let told = server.greeting.join("\n");
    let pin = told.split("sha256:").nth(1).and_then(|rest| rest.get(..64));
    let pin = pin.expect("its fingerprint");
    let (port, own) = (server.port.to_string(), own_certificate(&home));
    let secret = home.secret("secret", "correct horse battery\n");
    let made = home.run_with(
        &["admin", "accounts", "create", "ann"],
        "correct horse battery\n",
    );
    assert_eq!(made.code, 0, "{made:?}");
    let words = [
        "connect",
        ELSEWHERE,
        &port,
        "--pin",
        pin,
        "--account",
        "ann",
        "--client-cert",
        &own,
    ];
    let ran = home.run_with(&words, "");
    assert_eq!(ran.code, 4, "nobody has this certificate yet: {ran:?}");
    assert!(ran.err.contains("does not log you in"), "{ran:?}");
    let file = secret.to_str().expect("a path");
    let with_password = [&words[..], &["--password-file", file]].concat();
    let ran = home.run_with(&with_password, "/raw NICKSERV CERT ADD\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = home.run_with(&words, "hello\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("Connected (TLS 1.3) as ann."), "{ran:?}");
    assert!(ran.out.contains("ann: hello"), "{ran:?}");
}

#[test]
fn known_hosts_that_others_may_change_are_not_relied_on() {
    let home = Home::new();
    let fake = Fake::start(Offers::Everything);
    let front = Front::start(&self_signed("localhost"), fake.port);
    fs::create_dir_all(known_hosts(&home).parent().expect("a directory")).expect("a directory");
    fs::write(known_hosts(&home), "").expect("a file");
    fs::set_permissions(known_hosts(&home), Permissions::from_mode(0o666)).expect("a file");
    let ran = say(&home, ELSEWHERE, front.port, &[]);
    assert_eq!(ran.code, 5, "{ran:?}");
    assert!(ran.err.contains("chmod 600"), "{ran:?}");
}

#[test]
fn a_server_that_asks_for_tls_gets_it_at_once_and_from_then_on() {
    let (home, authority) = (Home::new(), Authority::new());
    let ca = authority.file(&home);
    let ca = ca.to_str().expect("a path");
    let strict = Fake::start(Offers::Strict(1000));
    let front = Front::start(&authority.sign(ELSEWHERE, Time::Now), strict.port);
    let plain = Fake::start(Offers::Everything);
    let calls = Fake::start(Offers::Calls(front.port));
    let ran = say(&home, ELSEWHERE, calls.port, &["--no-tls"]);
    assert_eq!(ran.code, 5, "no authority is known: {ran:?}");
    // The authority cannot be named together with --no-tls, so the system's are told to be it.
    let in_clear = |port: u16| {
        let port = port.to_string();
        let words = [
            "connect", ELSEWHERE, &port, "--nick", "ann", "--send", "hi", "--no-tls",
        ];
        let output = home.chat(&words).env("SSL_CERT_FILE", ca).output();
        Ran::of(output.expect("the binary starts"))
    };
    let ran = in_clear(calls.port);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("Connected (TLS 1.3) as ann."), "{ran:?}");
    strict.hear("PRIVMSG #lobby :hi");
    let first: Vec<String> = calls.all();
    assert!(
        !first.iter().any(|line| line.contains("PRIVMSG")),
        "{first:?}"
    );
    let ran = in_clear(plain.port);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("--no-tls is not followed"), "{ran:?}");
    assert!(plain.heard_nothing());
    strict.hear("PRIVMSG #lobby :hi");
    let (port, _) = answers(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    let ran = say(&home, ELSEWHERE, port, &[]);
    assert_eq!(ran.code, 5, "{ran:?}");
    assert!(!ran.err.contains("--no-tls"), "{ran:?}");
}

#[test]
fn a_promise_of_no_time_takes_it_back() {
    let home = Home::new();
    let sts = home.path().join(".local/state/chat/sts");
    let pair = self_signed("localhost");
    let believed = pin(&pair);
    for (seconds, is_kept) in [(1000, true), (0, false)] {
        let fake = Fake::start(Offers::Strict(seconds));
        let front = Front::start(&pair, fake.port);
        let ran = say(&home, ELSEWHERE, front.port, &["--pin", &believed]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let row = fs::read_to_string(&sts).expect("a file");
        let begin = format!("{ELSEWHERE} {} 20", front.port);
        assert_eq!(row.starts_with(&begin), is_kept, "{row}");
    }
}
