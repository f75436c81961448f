//! `chat` and `chat serve`: usage, exit codes, configuration, what is said at start, signals.

use crate::process::{DEADLINE, Home};
use rustix::process::Signal;
use std::fs;
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::thread;
use std::time::Instant;

#[test]
fn an_unknown_verb_is_usage_and_the_near_one_is_named() {
    let home = Home::new();
    for (words, near) in [
        (&["srve"][..], "serve"),
        (&["admin", "lst"], "list"),
        (&["serve", "--chekc"], "--check"),
    ] {
        let ran = home.run(words);
        assert_eq!(ran.code, 2, "{words:?}");
        assert!(
            ran.err.contains(near) && ran.err.lines().count() < 10,
            "{}",
            ran.err
        );
        assert_eq!(ran.out, "");
    }
    for words in [
        &["serve", "65536"][..],
        &["serve", "x"],
        &["connect", "h", "x"],
        &["admin", "--port", "99999", "list"],
    ] {
        let ran = home.run(words);
        assert!(
            ran.code == 2 && ran.err.contains("a port is a number from "),
            "{ran:?}"
        );
    }
    for words in [
        &["admin", "kick"][..],
        &["admin", "--port", "1", "--socket", "x", "list"],
    ] {
        assert_eq!(home.run(words).code, 2, "{words:?}");
    }
}

#[test]
fn help_lists_the_exit_codes_and_an_example() {
    let home = Home::new();
    let ran = home.run(&["--help"]);
    assert_eq!(ran.code, 0);
    for part in [
        "chat connect 127.0.0.1 55555",
        "130",
        "interrupted",
        "no such user, room or account",
    ] {
        assert!(ran.out.contains(part), "{}", ran.out);
    }
    for verb in ["list", "kick", "broadcast", "rooms", "status", "stop"] {
        let ran = home.run(&["admin", verb, "--help"]);
        assert!(ran.code == 0 && ran.out.contains("--json"), "{}", ran.out);
    }
    assert_eq!(
        home.run(&["--version"]).out,
        format!("chat {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn a_reader_that_went_away_is_no_failure() {
    let home = Home::new();
    let mut child = home
        .chat(&["--help"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(matches!(child.wait().unwrap().code(), Some(0)));
}

#[test]
fn a_server_says_where_it_is_and_the_ready_line_last() {
    let home = Home::new();
    let server = home.serve(&[]);
    let port = server.port;
    let data = home.path().join(format!(".local/share/chat/{port}"));
    let socket = home.sockets().join(format!("{port}.sock"));
    let expected = [
        format!("chat {}", env!("CARGO_PKG_VERSION")),
        format!("Data          {}", data.display()),
        "Messages      in the data directory".into(),
        format!("Listening on  127.0.0.1:{port}"),
        format!("Admin socket  {}", socket.display()),
        format!("Ready. Connect with: chat connect 127.0.0.1 {port}"),
    ];
    assert_eq!(server.greeting, expected);
    assert_eq!(
        fs::metadata(&data).unwrap().permissions().mode() & 0o777,
        0o700
    );
    assert_eq!(
        fs::metadata(home.sockets()).unwrap().permissions().mode() & 0o777,
        0o700
    );
    assert_eq!(
        fs::metadata(&socket).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn a_taken_port_is_a_sentence_that_names_who_has_it() {
    let home = Home::new();
    let server = home.serve(&[]);
    let ran = home.run(&["serve", &server.port.to_string()]);
    let expected = format!(
        "Port {} is taken by pid {} (chat serve). Stop it with chat admin stop, or choose another port.\n",
        server.port,
        server.pid()
    );
    assert_eq!((ran.code, ran.err), (3, expected));

    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let ran = home.run(&["serve", &port.to_string()]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.err
            .starts_with(&format!("Port {port} is taken by another program.")),
        "{}",
        ran.err
    );
}

#[test]
fn a_door_on_every_address_names_one_that_others_can_use() {
    let home = Home::new();
    let server = home.serve(&["--bind", "0.0.0.0"]);
    let ready = server.greeting.last().unwrap();
    let address = ready.split(' ').rev().nth(1).unwrap();
    assert!(
        TcpStream::connect((address, server.port)).is_ok(),
        "{ready}"
    );
    assert_ne!(address, "0.0.0.0");
}

#[test]
fn a_taken_port_of_a_named_address_keeps_the_address_in_the_advice() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let ran = Home::new().run(&["serve", &port.to_string(), "--bind", "127.0.0.1"]);
    assert!(ran.err.ends_with(" --bind 127.0.0.1\n"), "{}", ran.err);
}

#[test]
fn the_log_tells_what_matters_where_the_file_says() {
    let home = Home::new();
    let (file, log) = (home.path().join("chat.yaml"), home.path().join("chat.log"));
    let yaml = format!("log: {{ level: debug, target: '{}' }}\n", log.display());
    fs::write(&file, yaml).unwrap();
    let server = home.serve(&["--config", file.to_str().unwrap()]);
    let mut ann = server.client("ann");
    let reason = "rude\n1970-01-01T00:00:00.000Z info  admin: forged\u{1b}[2J";
    assert_eq!(home.run(&["admin", "kick", "ann", "-r", reason]).code, 0);
    ann.rest();
    drop(ann);
    assert_eq!(home.run(&["admin", "stop"]).code, 0);
    assert_eq!(server.end().1, "", "nothing on the terminal");
    let text = fs::read_to_string(&log).unwrap();
    let mode = fs::metadata(&log).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    for part in [
        " debug 0.1 came from 127.0.0.1:",
        " info  admin: uid ",
        "): kick ann, reason \"rude↵1970",
        "): stop: done\n",
        " info  Stopping: ",
        " info  Stopped: ",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(
        !text.contains("\n1970") && !text.contains('\u{1b}'),
        "{text}"
    );

    fs::write(&file, "log: { target: /does/not/exist/chat.log }\n").unwrap();
    let ran = home.run(&["serve", "0", "--config", file.to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("log.target"), "{}", ran.err);
}

#[test]
fn who_is_turned_away_is_told_to_the_owner() {
    let home = Home::new();
    let (file, log) = (home.path().join("chat.yaml"), home.path().join("chat.log"));
    let yaml = format!(
        "log: {{ target: '{}' }}\nconnections: {{ per_ip: 1, exempt: [] }}\n",
        log.display()
    );
    fs::write(&file, yaml).unwrap();
    let server = home.serve(&["--config", file.to_str().unwrap()]);
    let _one = server.client("ann");
    let mut refused = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let mut said = String::new();
    refused.read_to_string(&mut said).unwrap();
    assert_eq!(said, "ERROR :Too many connections from your address\r\n");
    let begin = Instant::now();
    let told = " warn  Turned away: 1, the last from 127.0.0.1: too many from this address\n";
    while !fs::read_to_string(&log).unwrap().contains(told) {
        assert!(begin.elapsed() < DEADLINE, "it is not told");
        thread::yield_now();
    }
}

#[test]
fn an_address_of_another_host_is_a_sentence_too() {
    let ran = Home::new().run(&["serve", "0", "--bind", "192.0.2.1"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("192.0.2.1") && ran.err.lines().count() == 1,
        "{}",
        ran.err
    );
}

#[test]
fn check_tells_all_faults_and_starts_nothing() {
    let home = Home::new();
    let file = home.path().join("chat.yaml");
    let path = file.to_str().unwrap();
    fs::write(
        &file,
        "server:\n  bnd: x\nconnections:\n  max: 0\naccounts: { guest_inbox: true }\n",
    )
    .unwrap();
    let ran = home.run(&["serve", "--check", "--config", path]);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(ran.code, 2);
    assert_eq!(
        lines[0],
        format!("{path}:2:3  error    unknown key \"server.bnd\" (did you mean \"server.bind\"?)")
    );
    assert!(lines[1].starts_with(&format!("{path}:4:3  error    connections.max must be")));
    assert!(lines[2].starts_with(&format!(
        "{path}:5:13  warning  accounts.guest_inbox is not built yet"
    )));
    assert_eq!(lines[3..], ["2 errors, 1 warning"]);
    assert_eq!(home.run(&["serve", "0", "--config", path]).code, 2);

    fs::write(&file, "lobby: '#hall'\n").unwrap();
    let ran = home.run(&["serve", "--check", "--config", path]);
    assert_eq!(
        (ran.code, ran.out),
        (0, format!("{path}: 0 errors, 0 warnings\n"))
    );
    assert!(!home.sockets().exists());
}

#[test]
fn the_file_in_the_home_counts_and_options_go_before_it() {
    let home = Home::new();
    let directory = home.path().join(".config/chat");
    fs::create_dir_all(&directory).unwrap();
    fs::write(
        directory.join("chat.yaml"),
        "lobby: '#hall'\nserver: { bind: 192.0.2.1 }\n",
    )
    .unwrap();
    let data = home.path().join("data");
    let server = home.serve(&["--bind", "127.0.0.1", "--data", data.to_str().unwrap()]);
    let mut client = server.client("ann");
    client.send("NAMES #hall");
    assert!(
        client
            .until(" 366 ")
            .iter()
            .any(|line| line.contains(" 353 ann = #hall :"))
    );
    assert!(data.is_dir());
}

#[test]
fn term_and_int_tell_the_clients_and_end_with_0() {
    for signal in [Signal::TERM, Signal::INT] {
        let home = Home::new();
        let server = home.serve(&[]);
        let mut client = server.client("ann");
        let socket = home.sockets().join(format!("{}.sock", server.port));
        server.signal(signal);
        let last = client.rest();
        assert!(
            last.contains("stopping") && last.contains("ERROR :"),
            "{last}"
        );
        drop(client);
        let (status, text) = server.end();
        assert_eq!(status.code(), Some(0));
        let said: Vec<&str> = text
            .lines()
            .filter_map(|line| Some(line.split_once(" info  ")?.1))
            .collect();
        assert_eq!(
            said,
            [
                "Stopping: 1 connection told, at most 10 s to leave",
                "Stopped: 1 connection closed"
            ],
            "{text}"
        );
        assert!(!socket.exists(), "the admin socket is left");
    }
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut client = server.client("ann");
    let socket = home.sockets().join(format!("{}.sock", server.port));
    server.signal(Signal::INT);
    client.until("ERROR :");
    server.signal(Signal::INT);
    assert_eq!(server.end().0.code(), Some(130));
    assert!(!socket.exists());
}

#[test]
fn hup_without_a_file_changes_nothing() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut client = server.client("ann");
    server.signal(Signal::HUP);
    client.send("PING still-here");
    client.until("still-here");
    server.signal(Signal::TERM);
    client.rest();
    drop(client);
    assert_eq!(server.end().0.code(), Some(0));
}
