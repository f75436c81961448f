//! The server as a service: what its manager hears from it, and doors that its manager has opened.

use crate::process::{DEADLINE, Home};
use rustix::process::Signal;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a service manager would listen on.
struct Manager(UnixDatagram);

impl Manager {
    fn new(home: &Home) -> Self {
        let socket = UnixDatagram::bind(home.path().join("notify")).expect("a socket");
        socket.set_read_timeout(Some(DEADLINE)).expect("a socket");
        Self(socket)
    }

    fn hears(&self) -> String {
        let mut word = [0; 4096];
        let count = self.0.recv(&mut word).expect("a word in time");
        let word = word.get(..count).expect("what came");
        String::from_utf8(word.to_vec()).expect("text")
    }

    fn hears_until(&self, part: &str) -> Vec<String> {
        let mut heard = Vec::new();
        while heard
            .last()
            .is_none_or(|last: &String| !last.contains(part))
        {
            heard.push(self.hears());
        }
        heard
    }
}

#[test]
fn the_manager_hears_when_the_server_is_ready_reads_again_and_stops() {
    let home = Home::new();
    let manager = Manager::new(&home);
    let mut command = home.chat(&["serve", "0"]);
    command.env("NOTIFY_SOCKET", home.path().join("notify"));
    let server = Home::start(command);
    let ready = manager.hears();
    let listening = format!("STATUS=Listening on 127.0.0.1:{}", server.port);
    assert!(ready.starts_with("READY=1\n") && ready.contains(&listening));
    server.signal(Signal::HUP);
    let reloading = manager.hears();
    assert!(reloading.starts_with("RELOADING=1\n"), "{reloading}");
    assert!(reloading.contains("MONOTONIC_USEC="), "{reloading}");
    assert!(manager.hears().starts_with("READY=1\n"));
    server.signal(Signal::TERM);
    assert!(manager.hears().starts_with("STOPPING=1\n"));
    assert!(server.end().0.success());
}

#[test]
fn a_watchdog_hears_signs_of_life_and_none_from_a_server_that_hangs() {
    let home = Home::new();
    let manager = Manager::new(&home);
    let mut command = home.chat(&["serve", "0"]);
    command
        .env("NOTIFY_SOCKET", home.path().join("notify"))
        .env("WATCHDOG_USEC", "400000");
    let server = Home::start(command);
    manager.hears_until("READY=1");
    for _ in 0..5 {
        let begin = Instant::now();
        manager.hears_until("WATCHDOG=1");
        assert!(begin.elapsed() < Duration::from_secs(10));
    }
    server.signal(Signal::STOP);
    let silence = Duration::from_secs(1);
    let mut last = [0; 64];
    manager.0.set_read_timeout(Some(silence)).expect("a socket");
    while manager.0.recv(&mut last).is_ok() {}
    server.signal(Signal::CONT);
    manager
        .0
        .set_read_timeout(Some(DEADLINE))
        .expect("a socket");
    manager.hears_until("WATCHDOG=1");
}

#[test]
fn without_anybody_who_hears_it_the_server_goes_on() {
    let home = Home::new();
    let mut command = home.chat(&["serve", "0"]);
    command.env("NOTIFY_SOCKET", home.path().join("nobody"));
    let server = Home::start(command);
    let mut ann = server.client("ann");
    ann.send("PING on");
    ann.until(":on");
}

/// Opens a door, passes it on as descriptor 3, and becomes the program.
const PARENT: &str = "import os, socket, sys
door = socket.create_server(('127.0.0.1', 0))
os.dup2(door.fileno(), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[1], sys.argv[1:])
";

fn python() -> Option<String> {
    let path = std::env::var_os("PATH")?;
    let mut places = std::env::split_paths(&path).map(|place| place.join("python3"));
    let found = places.find(|path| path.is_file())?;
    found.to_str().map(str::to_owned)
}

#[test]
fn a_door_that_was_passed_on_is_the_one_that_is_served() {
    let Some(python) = python() else {
        return eprintln!("skipped: no python3, which would pass a door on");
    };
    let home = Home::new();
    let own = home.chat(&["serve", "1"]);
    let mut command = Command::new(python);
    command.args(["-c", PARENT]).arg(own.get_program());
    command.args(own.get_args()).stdin(Stdio::null());
    for (name, value) in own.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    let server = Home::start(command);
    assert!(server.port > 1, "{:?}", server.greeting);
    let mut ann = server.client("ann");
    let address = format!("127.0.0.1:{}", server.port);
    let status = home.run(&["admin", "status"]);
    assert!(status.out.contains(&address), "{status:?}");
    server.signal(Signal::TERM);
    ann.rest();
    assert!(server.end().0.success());
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn the_first_knock_on_a_socket_of_the_manager_starts_the_server() {
    const ACTIVATE: &str = "/usr/bin/systemd-socket-activate";
    if !Path::new(ACTIVATE).exists() {
        return eprintln!("skipped: no {ACTIVATE}");
    }
    let home = Home::new();
    let (door, admin) = (home.path().join("irc"), home.path().join("run/a.sock"));
    let file = home.path().join("chat.yaml");
    fs::write(&file, format!("admin: {{ socket: {} }}\n", admin.display())).expect("a file");
    let data = home.path().join("data");
    let mut command = Command::new(ACTIVATE);
    command.arg("-l").arg(&door).arg(env!("CARGO_BIN_EXE_chat"));
    command.arg("serve").arg("--config").arg(&file);
    command.arg("--data").arg(&data).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("it starts");
    let begin = Instant::now();
    let knock = loop {
        match UnixStream::connect(&door) {
            Ok(stream) => break stream,
            Err(error) => assert!(begin.elapsed() < DEADLINE, "{error}"),
        }
    };
    knock.set_read_timeout(Some(DEADLINE)).expect("a socket");
    let mut client = BufReader::new(knock);
    let hello = "NICK ann\r\nUSER ann 0 * :ann\r\nQUIT\r\n";
    client
        .get_mut()
        .write_all(hello.as_bytes())
        .expect("it reads");
    let mut said = String::new();
    client.read_to_string(&mut said).expect("text");
    let socket = admin.to_str().expect("text");
    let stopped = home.run(&["admin", "--socket", socket, "stop"]);
    let mut greeting = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut last = String::new();
    while greeting.read_line(&mut last).expect("text") > 0 {}
    let status = child.wait().expect("it ends");
    assert!(said.contains(" 001 ann "), "{said}");
    assert!(stopped.code == 0 && status.success(), "{stopped:?}");
    assert!(
        last.contains("irc\n") && last.ends_with("\nReady.\n"),
        "{last}"
    );
    assert!(door.exists(), "the socket belongs to the manager");
}

/// A file of `contrib/`, with our binary in place of the installed one.
fn contributed(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("contrib")
        .join(name);
    let text = fs::read_to_string(path).expect("it is there");
    text.replace("/usr/local/bin/chat", env!("CARGO_BIN_EXE_chat"))
}

#[test]
fn the_units_for_the_manager_are_without_fault_and_leave_little_open() {
    const ANALYZE: &str = "/usr/bin/systemd-analyze";
    if !Path::new(ANALYZE).exists() {
        return eprintln!("skipped: no {ANALYZE}");
    }
    let home = Home::new();
    let unit = home.path().join("chat.service");
    fs::write(&unit, contributed("chat.service")).expect("a file");
    fs::write(home.path().join("chat.socket"), contributed("chat.socket")).expect("a file");
    let verify = Command::new(ANALYZE)
        .args(["verify", "--man=no", "chat.service", "chat.socket"])
        .current_dir(home.path())
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&verify.stderr);
    assert!(verify.status.success() && !said.contains("chat."), "{said}");
    let exposure = Command::new(ANALYZE)
        .args(["security", "--offline=true", "--threshold=20"])
        .arg(&unit)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&exposure.stdout);
    assert!(exposure.status.success(), "{said}");
}

#[test]
fn the_script_for_the_other_manager_is_one() {
    let home = Home::new();
    let script = home.path().join("chat");
    fs::write(&script, contributed("chat.openrc")).expect("a file");
    let read = Command::new("sh").arg("-n").arg(&script).output();
    let read = read.expect("there is a shell");
    assert!(read.status.success(), "{read:?}");
}
