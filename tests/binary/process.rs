//! A server in a process of its own, its clients and its operator; each wait has a deadline.

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// No answer takes longer, even on a busy machine.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);

/// A home without configuration, in which a server finds nothing of ours.
pub(crate) struct Home {
    directory: TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        fs::create_dir(directory.path().join("run")).expect("a directory");
        Self { directory }
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Where sockets of servers go.
    pub(crate) fn sockets(&self) -> PathBuf {
        self.path().join("run/chat")
    }

    /// The binary, at home here.
    pub(crate) fn chat(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chat"));
        command
            .args(words)
            .env_clear()
            .env("HOME", self.path())
            .env("XDG_RUNTIME_DIR", self.path().join("run"))
            .env("TMPDIR", self.path())
            .stdin(Stdio::null());
        if words.first() == Some(&"admin") {
            // Else it would find a server that runs as a service of this machine.
            command.env("RUNTIME_DIRECTORY", self.path().join("service"));
        }
        command
    }

    /// A file that its owner alone may read.
    pub(crate) fn secret(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        let mut options = fs::OpenOptions::new();
        let file = options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = file.open(&path).expect("a file");
        file.write_all(text.as_bytes()).expect("a file");
        path
    }

    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        Ran::of(self.chat(words).output().expect("the binary starts"))
    }

    /// Runs it with this text on standard input.
    pub(crate) fn run_with(&self, words: &[&str], input: impl AsRef<[u8]>) -> Ran {
        let mut command = self.chat(words);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(input.as_ref()).expect("it reads");
        drop(stdin);
        Ran::of(child.wait_with_output().expect("it ends"))
    }

    /// Starts a server on a free port and waits until it is ready.
    pub(crate) fn serve(&self, words: &[&str]) -> Served {
        let mut command = self.chat(&["serve", "0"]);
        command.args(words);
        Self::start(command)
    }

    /// Starts a server by this command and waits until it is ready.
    pub(crate) fn start(mut command: Command) -> Served {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let said = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut served = Served {
            child,
            said,
            greeting: Vec::new(),
            port: 0,
        };
        while served.port == 0 {
            served.hear();
        }
        served
    }
}

/// How a run of the binary ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }

    /// Standard output as one JSON object.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.out.matches('\n').count(), 1, "{self:?}");
        serde_json::from_str(&self.out).expect("JSON")
    }
}

/// A running server; killed when dropped.
pub(crate) struct Served {
    child: Child,
    said: BufReader<ChildStdout>,
    /// What it said until it was ready.
    pub(crate) greeting: Vec<String>,
    pub(crate) port: u16,
}

impl Served {
    /// Takes one line of the greeting; the last one names the port.
    fn hear(&mut self) {
        let mut line = String::new();
        let read = self.said.read_line(&mut line).expect("text");
        assert!(read > 0, "the server ended: {:?}", self.greeting);
        let line = line.trim_end();
        if line.starts_with("Ready.") {
            let port = line.rsplit(' ').next().and_then(|port| port.parse().ok());
            self.port = port.expect("a port in the ready line");
        }
        self.greeting.push(line.to_owned());
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        kill_process(pid.expect("a pid"), signal).expect("it runs");
    }

    /// Waits for its end; what it said since then on both streams, and its status.
    pub(crate) fn end(mut self) -> (ExitStatus, String) {
        let begin = Instant::now();
        let mut text = String::new();
        self.said.read_to_string(&mut text).expect("text");
        let mut stderr = self.child.stderr.take().expect("a pipe");
        stderr.read_to_string(&mut text).expect("text");
        let status = self.child.wait().expect("it ends");
        assert!(begin.elapsed() < DEADLINE);
        (status, text)
    }

    /// Waits for the end of the process alone; another one may have its streams too.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.child.wait().expect("it ends")
    }

    /// Somebody who has said nothing yet.
    pub(crate) fn dial(&self) -> Client {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(DEADLINE)).expect("a socket");
        stream.set_nodelay(true).expect("a socket");
        Client {
            lines: BufReader::new(stream),
        }
    }

    pub(crate) fn client(&self, nick: &str) -> Client {
        let mut client = self.dial();
        client.send(&format!(
            "NICK {nick}\r\nUSER {nick} 0 * :{nick}\r\nPING hello"
        ));
        client.until("hello");
        client
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An IRC client that has arrived.
pub(crate) struct Client {
    lines: BufReader<TcpStream>,
}

impl Client {
    pub(crate) fn send(&mut self, line: &str) {
        let line = format!("{line}\r\n");
        self.lines
            .get_mut()
            .write_all(line.as_bytes())
            .expect("it reads");
    }

    /// Sends this and no end of line.
    pub(crate) fn send_part(&mut self, part: &str) {
        self.lines
            .get_mut()
            .write_all(part.as_bytes())
            .expect("it reads");
    }

    /// All lines up to the one that holds `part`.
    pub(crate) fn until(&mut self, part: &str) -> Vec<String> {
        let mut seen = Vec::new();
        loop {
            let mut line = String::new();
            let read = self.lines.read_line(&mut line).expect("a line in time");
            assert!(read > 0, "the connection ended before {part:?}: {seen:#?}");
            seen.push(line.trim_end().to_owned());
            if line.contains(part) {
                return seen;
            }
        }
    }

    /// Listens for so long, in which nothing may come.
    pub(crate) fn hears_nothing_for(&mut self, time: Duration) {
        let stream = self.lines.get_ref();
        stream.set_read_timeout(Some(time)).expect("a socket");
        let mut line = String::new();
        let heard = self.lines.read_line(&mut line);
        let kind = heard.expect_err(&line).kind();
        assert!(matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut));
        let stream = self.lines.get_ref();
        stream.set_read_timeout(Some(DEADLINE)).expect("a socket");
    }

    /// Everything until the connection ends.
    pub(crate) fn rest(&mut self) -> String {
        let mut text = String::new();
        let _ = self.lines.read_to_string(&mut text);
        text
    }
}
