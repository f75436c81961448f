//! Files with the terminal client: shared, listed, fetched, followed, given up, gone on with.

use crate::fake::{Fake, Offers};
use crate::process::{DEADLINE, Home, Ran, Served};
use crate::terminal::Terminal;
use crate::valve::Valve;
use rustix::process::Signal;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::thread;
use std::time::Instant;

/// Bytes of a file that takes some pieces.
const LONG: usize = 3_000_000;

fn serve(home: &Home, more: &str) -> Served {
    let config = home.path().join("chat.yaml");
    fs::write(&config, more).expect("a file");
    let (config, data) = (shown(&config), shown(&home.path().join("data")));
    home.serve(&["--config", &config, "--data", &data])
}

fn shown(path: &std::path::Path) -> String {
    path.to_str().expect("text").to_owned()
}

/// A file that no other is like, in the home.
fn file(home: &Home, name: &str, bytes: usize) -> Vec<u8> {
    let mut seed = bytes as u32 | 1;
    let content: Vec<u8> = (0..bytes)
        .map(|_| {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            seed.to_le_bytes()[0]
        })
        .collect();
    fs::write(home.path().join(name), &content).expect("a file");
    content
}

/// What a client in the home does with these lines.
fn pipe(home: &Home, port: u16, lines: &str) -> Ran {
    let mut child = begin(home, port);
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(lines.as_bytes()).expect("it reads");
    drop(stdin);
    Ran::of(child.wait_with_output().expect("it ends"))
}

fn begin(home: &Home, port: u16) -> Child {
    let port = port.to_string();
    let mut command = home.chat(&["connect", "127.0.0.1", &port, "--nick", "ann"]);
    command
        .current_dir(home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().expect("the binary starts")
}

/// A client in a terminal, in the home.
fn sit(home: &Home, port: u16) -> Terminal {
    let program = format!(
        "sh -c \"cd '{}' && exec '{}' connect 127.0.0.1 {port} --nick bob\"",
        home.path().display(),
        env!("CARGO_BIN_EXE_chat")
    );
    let terminal = Terminal::shell(home, "bob", &program);
    terminal.wait_for_last_line("      [#lobby]");
    terminal
}

/// The part of a file that is being fetched.
fn part(home: &Home, name: &str) -> Option<PathBuf> {
    let entries = fs::read_dir(home.path()).expect("a directory");
    let mut paths = entries.map(|entry| entry.expect("an entry").path());
    paths.find(|path| {
        let own = path.file_name().and_then(|name| name.to_str());
        own.is_some_and(|own| own.starts_with(&format!(".{name}.")) && own.ends_with(".part"))
    })
}

/// Waits until this is so.
fn until(what: &str, is_so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < DEADLINE, "{what}");
        thread::yield_now();
    }
}

#[test]
fn a_file_is_shared_listed_and_fetched_and_nothing_is_overwritten() {
    let home = Home::new();
    let server = serve(&home, "");
    let content = file(&home, "my notes.txt", 5000);
    let mut bob = server.client("bob");
    let ran = pipe(&home, server.port, "/upload \"my notes.txt\"\nshow files\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    let said = ran
        .err
        .contains("my notes.txt  5.0 kB to #lobby in less than 1 s, SHA-256 agrees");
    assert!(said, "{ran:?}");
    assert!(
        ran.out.contains("1 file\n  my notes.txt  5.0 kB  ann  "),
        "{ran:?}"
    );
    bob.until("PRIVMSG #lobby :my notes.txt (");
    let ran = pipe(&home, server.port, "download \"my notes.txt\" copy.txt\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        fs::read(home.path().join("copy.txt")).expect("a file"),
        content
    );
    fs::write(home.path().join("copy.txt"), "mine").expect("a file");
    let ran = pipe(&home, server.port, "download \"my notes.txt\" copy.txt\n");
    assert_eq!(ran.code, 6, "{ran:?}");
    let words = "copy.txt exists here already. Use: download \"my notes.txt\" NEWNAME";
    assert!(ran.err.contains(words), "{ran:?}");
    assert_eq!(
        fs::read(home.path().join("copy.txt")).expect("a file"),
        b"mine"
    );
    for (line, code, words) in [
        (
            "download ../../etc/passwd\n",
            8,
            "There is no file named \"../../etc/passwd\".",
        ),
        (
            "download \"my notes.txt\" none/x\n",
            8,
            "There is no directory none.",
        ),
        ("/upload none.txt\n", 8, "There is no file none.txt here."),
        ("/upload run\n", 2, "run is a directory"),
        ("/upload \"my notes.txt\" #none\n", 8, "#none"),
    ] {
        let ran = pipe(&home, server.port, line);
        assert_eq!(ran.code, code, "{line}: {ran:?}");
        assert!(ran.err.contains(words), "{line}: {ran:?}");
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_sent() {
    let home = Home::new();
    let server = serve(&home, "files: { max_bytes: 1 KiB }");
    file(&home, "large.bin", 5000);
    let ran = pipe(&home, server.port, "/upload large.bin\n");
    assert_eq!(ran.code, 6, "{ran:?}");
    assert!(ran.err.contains("large.bin is too large"), "{ran:?}");
}

#[test]
fn a_bar_is_seen_while_messages_arrive_and_typing_goes_on() {
    let home = Home::new();
    let server = serve(&home, "");
    let content = file(&home, "long.bin", LONG);
    pipe(&home, server.port, "/upload long.bin\n");
    let valve = Valve::before(server.port, 1_500_000);
    let terminal = sit(&home, valve.port);
    terminal.keys(&["download long.bin copy.bin", "Enter"]);
    terminal.wait_for(" ↓49% █████████▌░░░░░░░░░░");
    terminal.keys(&["-l", "half a li"]);
    terminal.wait_for_last_line_with("[#lobby] half a li");
    let mut carol = server.client("carol");
    for number in 1..=20 {
        carol.send(&format!("PRIVMSG #lobby :message {number}"));
    }
    terminal.wait_for("message 20");
    terminal.keys(&["-l", "ne"]);
    terminal.wait_for_last_line_with("[#lobby] half a line");
    valve.open();
    terminal.wait_for("✓ copy.bin  3.0 MB in ");
    terminal.wait_for("SHA-256 agrees");
    terminal.keys(&["Enter"]);
    carol.until("PRIVMSG #lobby :half a line");
    terminal.wait_for_last_line("      [#lobby]");
    assert!(fs::read(home.path().join("copy.bin")).expect("a file") == content);
    let all = terminal.everything();
    assert_eq!(all.matches("carol │ message").count(), 20, "{all}");
}

#[test]
fn a_long_paste_can_go_as_a_file_of_that_text() {
    let home = Home::new();
    let server = serve(&home, "");
    let mut carol = server.client("carol");
    let terminal = sit(&home, server.port);
    terminal.paste("one\n\ntwo\nthree\nfour\n");
    terminal.keys(&["Enter"]);
    terminal.wait_for("Paste of 5 lines, 19 B → #lobby. [s]end [f]ile [e]dit [c]ancel");
    terminal.keys(&["f", "Enter"]);
    terminal.wait_for("✓ paste-");
    terminal.wait_for("20 B to #lobby");
    let told = carol.until("PRIVMSG #lobby :paste-");
    let told = told.last().expect("a line");
    assert!(told.contains(".txt (20 B) http://"), "{told}");
    terminal.wait_for_last_line("      [#lobby]");
    terminal.keys(&["show files", "Enter"]);
    terminal.wait_for("  paste-");
    let name = told.split_whitespace().find(|word| word.contains("paste-"));
    let name = name.expect("a name").trim_start_matches(':');
    pipe(
        &home,
        server.port,
        &format!("/download {name} pasted.txt\n"),
    );
    let text = fs::read_to_string(home.path().join("pasted.txt")).expect("a file");
    assert_eq!(text, "one\n\ntwo\nthree\nfour\n");
}

#[test]
fn a_transfer_is_given_up_after_a_question_and_leaves_nothing() {
    let home = Home::new();
    let server = serve(&home, "");
    file(&home, "long.bin", LONG);
    pipe(&home, server.port, "/upload long.bin\n");
    let valve = Valve::before(server.port, 1_500_000);
    let terminal = sit(&home, valve.port);
    terminal.keys(&["download long.bin copy.bin", "Enter"]);
    terminal.wait_for("↓49%");
    assert!(part(&home, "copy.bin").is_some());
    terminal.keys(&["/quit", "Enter"]);
    terminal.wait_for("copy.bin (49 %) is on its way. Leave all the same? [y/N]");
    terminal.keys(&["n", "Enter"]);
    terminal.wait_for("it goes on");
    terminal.wait_for_last_line_with("[#lobby]");
    terminal.keys(&["C-c"]);
    terminal.wait_for("Cancel copy.bin (49 %)? [y/N]");
    terminal.keys(&["y", "Enter"]);
    terminal.wait_for("copy.bin was cancelled at 49 %");
    until("the part is gone", || part(&home, "copy.bin").is_none());
    assert!(!home.path().join("copy.bin").exists());
    terminal.keys(&["/transfers", "Enter"]);
    terminal.wait_for("No transfer runs");
}

#[test]
fn an_upload_that_is_cancelled_is_no_file() {
    let home = Home::new();
    let server = serve(&home, "");
    file(&home, "long.bin", 30_000_000);
    let valve = Valve::before(server.port, 2_000_000);
    let terminal = sit(&home, valve.port);
    terminal.keys(&["/upload long.bin", "Enter"]);
    terminal.wait_for(" ↑");
    terminal.wait_for("█");
    terminal.keys(&["/cancel", "Enter"]);
    terminal.wait_for("long.bin was cancelled at ");
    valve.open();
    terminal.keys(&["show files", "Enter"]);
    terminal.wait_for("No files here yet.");
    terminal.keys(&["/upload long.bin", "Enter"]);
    terminal.wait_for("✓ long.bin  30.0 MB to #lobby");
}

#[test]
fn transfers_go_on_when_the_server_was_killed_and_is_back() {
    let home = Home::new();
    let server = serve(&home, "");
    let content = file(&home, "long.bin", LONG);
    let other = file(&home, "other.bin", LONG + 1);
    pipe(&home, server.port, "/upload long.bin\n");
    let valve = Valve::before(server.port, 1_500_000);
    let terminal = sit(&home, valve.port);
    terminal.keys(&["download long.bin copy.bin", "Enter"]);
    terminal.wait_for("↓49%");
    terminal.keys(&["/upload other.bin", "Enter"]);
    terminal.keys(&["/transfers", "Enter"]);
    terminal.wait_for("2 transfers run");
    let port = server.port.to_string();
    server.signal(Signal::KILL);
    server.end();
    valve.open();
    terminal.wait_for("copy.bin: the connection was lost; trying again");
    let words = ["serve", &port, "--data", &shown(&home.path().join("data"))];
    let server = Home::start(home.chat(&words));
    terminal.wait_for("✓ copy.bin  3.0 MB in ");
    terminal.wait_for("✓ other.bin  3.0 MB to #lobby in ");
    assert!(fs::read(home.path().join("copy.bin")).expect("a file") == content);
    // Nothing that had come came again.
    let most = (2 * LONG + LONG / 2) as u64;
    assert!(valve.passed() < most, "{}", valve.passed());
    let ran = pipe(&home, server.port, "download other.bin again.bin\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(fs::read(home.path().join("again.bin")).expect("a file") == other);
}

#[test]
fn a_client_that_is_killed_leaves_a_part_with_which_the_next_goes_on() {
    let home = Home::new();
    let server = serve(&home, "");
    let content = file(&home, "long.bin", LONG);
    pipe(&home, server.port, "/upload long.bin\n");
    let valve = Valve::before(server.port, 1_500_000);
    let mut child = begin(&home, valve.port);
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin
        .write_all(b"download long.bin copy.bin\n")
        .expect("it reads");
    let length = || part(&home, "copy.bin").and_then(|path| fs::metadata(path).ok());
    until("half of it is here", || {
        length().is_some_and(|meta| meta.len() > 1_000_000)
    });
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    assert!(!home.path().join("copy.bin").exists());
    let rest = Valve::before(server.port, u64::MAX);
    let ran = pipe(&home, rest.port, "download long.bin copy.bin\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(fs::read(home.path().join("copy.bin")).expect("a file") == content);
    assert!(part(&home, "copy.bin").is_none());
    assert!(rest.passed() < 2_100_000, "{}", rest.passed());
}

#[test]
fn files_come_by_udp_too_and_by_tcp_where_that_is_blocked() {
    let home = Home::new();
    let server = serve(&home, "files: { udp: true }");
    let content = file(&home, "long.bin", LONG);
    let input = "/upload long.bin\ndownload long.bin copy.bin --udp\n";
    let ran = pipe(&home, server.port, input);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("copy.bin  3.0 MB in "), "{ran:?}");
    assert!(
        ran.err.contains("SHA-256 agrees") && !ran.err.contains("UDP"),
        "{ran:?}"
    );
    assert!(fs::read(home.path().join("copy.bin")).expect("a file") == content);
    // The valve has no UDP.
    let valve = Valve::before(server.port, u64::MAX);
    let ran = pipe(&home, valve.port, "download long.bin other.bin --udp\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("does not answer within 4 s"), "{ran:?}");
    assert!(fs::read(home.path().join("other.bin")).expect("a file") == content);
}

#[test]
fn who_comes_by_udp_shows_first_that_the_address_is_its_own() {
    let home = Home::new();
    let server = serve(&home, "files: { udp: true }");
    let _ = file(&home, "long.bin", LONG);
    assert_eq!(pipe(&home, server.port, "/upload long.bin\n").code, 0);
    let valve = Valve::before(server.port, u64::MAX);
    let here = Ipv4Addr::LOCALHOST;
    let overheard = UdpSocket::bind((here, valve.port)).expect("the number is free");
    overheard.set_read_timeout(Some(DEADLINE)).expect("it can");
    let (asked, answered) = thread::scope(|scope| {
        scope.spawn(|| pipe(&home, valve.port, "download long.bin other.bin --udp\n"));
        let mut first = [0; 2048];
        let asked = overheard.recv(&mut first).expect("it asks by UDP");
        let forger = UdpSocket::bind((here, 0)).expect("a port");
        forger.set_read_timeout(Some(DEADLINE)).expect("it can");
        let sent = forger.send_to(&first[..asked], (here, server.port));
        assert_eq!(sent.expect("it goes"), asked);
        let mut answer = [0; 2048];
        let came = forger.recv(&mut answer).expect("it is answered");
        (asked, answer[..came].to_vec())
    });
    // A Retry (RFC 9000, section 17.2.5): nothing is begun for whoever asked, and it costs less than asking.
    assert_eq!(answered.first().map(|byte| byte & 0xf0), Some(0xf0));
    assert!(answered.len() < asked, "{} of {asked}", answered.len());
}

#[test]
fn files_over_tls_come_from_whom_the_conversation_believes_alone() {
    let home = Home::new();
    let config = home.path().join("chat.yaml");
    fs::write(&config, "files: { udp: true }").expect("a file");
    let (config, data) = (shown(&config), shown(&home.path().join("data")));
    let server = home.serve(&["--tls", "--config", &config, "--data", &data]);
    let told = server.greeting.join("\n");
    let pin = told.split("sha256:").nth(1).and_then(|rest| rest.get(..64));
    let pin = format!("sha256:{}", pin.expect("its fingerprint"));
    let content = file(&home, "long.bin", LONG);
    let port = server.port.to_string();
    let run = |words: &[&str], input: &str| {
        let all = [&["connect"], words, &["--nick", "ann"]].concat();
        let mut command = home.chat(&all);
        command.current_dir(home.path()).stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(input.as_bytes()).expect("it reads");
        drop(stdin);
        Ran::of(child.wait_with_output().expect("it ends"))
    };
    // By an address that is not known to be this machine, so that TLS is the rule.
    let input = "/upload long.bin\ndownload long.bin a.bin\ndownload long.bin b.bin --udp\n";
    let ran = run(&["0.0.0.0", &port, "--pin", &pin], input);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.err.contains("Connected (TLS 1.3)") && !ran.err.contains("UDP"),
        "{ran:?}"
    );
    for name in ["a.bin", "b.bin"] {
        assert!(fs::read(home.path().join(name)).expect("a file") == content);
    }
    // In plain text nobody is asked, but whoever was believed before must be the same.
    let known = home.path().join(".local/state/chat/known_hosts");
    fs::create_dir_all(known.parent().expect("a directory")).expect("a directory");
    let row = format!(
        "127.0.0.1:{port} sha256:{} trusted 2026-11-20\n",
        "0".repeat(64)
    );
    fs::write(&known, row).expect("a file");
    fs::set_permissions(&known, fs::Permissions::from_mode(0o600)).expect("a file");
    let ran = run(&["127.0.0.1", &port], "download long.bin c.bin --udp\n");
    assert_eq!(ran.code, 5, "{ran:?}");
    assert!(!home.path().join("c.bin").exists());
}

#[test]
fn names_of_files_are_completed_here_and_there() {
    let home = Home::new();
    let server = serve(&home, "");
    file(&home, "a report.txt", 10);
    let terminal = sit(&home, server.port);
    terminal.keys(&["/upload a", "Tab"]);
    terminal.wait_for_last_line("      [#lobby] /upload \"a report.txt\"");
    terminal.keys(&["Enter"]);
    terminal.wait_for("✓ a report.txt  10 B to #lobby");
    terminal.wait_for("bob │ a report.txt (10 B) · download \"a report.txt\"");
    terminal.wait_for_last_line_with("[#lobby]");
    terminal.keys(&["C-u"]);
    terminal.keys_until(
        &["C-u", "download a", "Tab"],
        "      [#lobby] download \"a report.txt\"",
    );
}

#[test]
fn on_another_network_a_file_goes_where_that_wants_it() {
    let home = Home::new();
    let content = file(&home, "a b.txt", 5000);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let host = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("somebody comes");
        let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            reader.read_line(&mut head).expect("a line");
        }
        let mut body = vec![0; 5000];
        reader.read_exact(&mut body).expect("a body");
        let answer =
            "HTTP/1.1 201 Created\r\nLocation: /f/1/a%20b.txt\r\nContent-Length: 0\r\n\r\n";
        stream.write_all(answer.as_bytes()).expect("it reads");
        (head, body)
    });
    let fake = Fake::start(Offers::Everything);
    let terminal = sit(&home, fake.port);
    fake.send(":s 004 bob s other-1 o o\r\n");
    fake.send(format!(
        ":s 005 bob soju.im/FILEHOST=http://127.0.0.1:{port}/up :are supported\r\n"
    ));
    fake.send(":ann!u@h PRIVMSG #lobby :now\r\n");
    terminal.wait_for("now");
    terminal.keys(&["/upload \"a b.txt\"", "Enter"]);
    terminal.wait_for("✓ a b.txt  5.0 kB to #lobby");
    let (head, body) = host.join().expect("no panic");
    let head = head.to_lowercase();
    assert!(head.starts_with("post /up http/1.1\r\n"), "{head}");
    assert!(head.contains("filename*=utf-8''a%20b.txt"), "{head}");
    assert!(!head.contains("authorization"), "{head}");
    assert!(body == content);
    let heard = fake.hear("/f/1/").join("\n");
    let link = format!("PRIVMSG #lobby :http://127.0.0.1:{port}/f/1/a%20b.txt");
    assert!(heard.contains(&link), "{heard}");
}
