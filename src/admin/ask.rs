//! One request, one answer: a JSON object per line over the server's socket.

use crate::admin::command::{Answer, Code, Command, Request, VERSION};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::Timespec;
use rustix::net::sockopt::socket_peercred;
use rustix::process::{PidfdFlags, pidfd_open};
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::ops::ControlFlow;
use std::os::fd::OwnedFd;
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Longest answer that is read.
const MAX_ANSWER: u64 = 64 << 20;

/// Longest that everything that is stored is read.
const LONGEST_CHECK: Duration = Duration::from_secs(3600);

/// A server that can be asked.
#[derive(Debug, Clone)]
pub struct Server {
    path: PathBuf,
    timeout: Duration,
}

impl Server {
    /// The server behind this socket.
    pub fn new(path: PathBuf, timeout: Duration) -> Self {
        Self { path, timeout }
    }

    /// The same server, which may take long over an answer.
    pub fn patient(&self) -> Self {
        Self {
            path: self.path.clone(),
            timeout: self.timeout.max(LONGEST_CHECK),
        }
    }

    /// Where it is asked.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Asks for one thing; a failure to ask is an answer too.
    pub fn ask(&self, command: &Command) -> Answer {
        match self.connect() {
            Ok(stream) => self.exchange(stream, command),
            Err(answer) => answer,
        }
    }

    /// Asks the server to stop and waits until its process is gone.
    pub fn stop(&self, command: &Command) -> Answer {
        let stream = match self.connect() {
            Ok(stream) => stream,
            Err(answer) => return answer,
        };
        let process = process_of(&stream);
        let answer = self.exchange(stream, command);
        if !answer.ok {
            return answer;
        }
        let data = answer.data.as_ref();
        let within = data.and_then(|data| data.get("within_s")?.as_u64());
        let within = within.unwrap_or_default();
        let longest = Duration::from_secs(within).saturating_add(self.timeout);
        match process.is_none_or(|process| is_gone(&process, longest)) {
            true => answer,
            false => Answer::failed(
                Code::NoAnswer,
                format!(
                    "The server was told to stop, but still runs after {} s.",
                    longest.as_secs()
                ),
                Vec::new(),
            ),
        }
    }

    fn connect(&self) -> Result<UnixStream, Answer> {
        let stream = UnixStream::connect(&self.path).and_then(|stream| {
            stream.set_read_timeout(Some(self.timeout))?;
            stream.set_write_timeout(Some(self.timeout))?;
            Ok(stream)
        });
        stream.map_err(|error| self.no_connection(&error))
    }

    fn no_connection(&self, error: &std::io::Error) -> Answer {
        let path = self.path.display();
        let (code, text) = match error.kind() {
            ErrorKind::ConnectionRefused if !is_socket(&self.path) => (
                Code::NoServer,
                format!("{path} is no socket. Leave --socket out, or say --port PORT."),
            ),
            ErrorKind::NotFound | ErrorKind::ConnectionRefused => (
                Code::NoServer,
                format!("No chat server answers on {path}. Start one: chat serve 55555"),
            ),
            ErrorKind::PermissionDenied => (
                Code::NotAllowed,
                format!(
                    "Not allowed: {path} belongs to another user, and you are uid {}.",
                    rustix::process::geteuid().as_raw()
                ),
            ),
            _ => (
                Code::NoServer,
                format!("Cannot connect to {path}: {error}."),
            ),
        };
        Answer::failed(code, text, Vec::new())
    }

    /// Asks for something that is answered by one line after the other; each goes to `show`, which ends it by saying
    /// how.
    pub fn follow<T>(
        &self,
        command: &Command,
        mut show: impl FnMut(Answer) -> ControlFlow<T>,
    ) -> Option<T> {
        let mut stream = match self.connect() {
            Ok(stream) => stream,
            Err(answer) => return show(answer).break_value(),
        };
        send(&mut stream, command);
        let mut reader = BufReader::new(stream);
        let first = self.next(&mut reader);
        let is_done = !first.ok;
        if let ControlFlow::Break(how) = show(first) {
            return Some(how);
        }
        // What comes next may take any time.
        if is_done || reader.get_ref().set_read_timeout(None).is_err() {
            return None;
        }
        while !reader.fill_buf().ok()?.is_empty() {
            if let ControlFlow::Break(how) = show(self.next(&mut reader)) {
                return Some(how);
            }
        }
        None
    }

    fn exchange(&self, mut stream: UnixStream, command: &Command) -> Answer {
        send(&mut stream, command);
        self.next(&mut BufReader::new(stream))
    }

    /// The next line of the server.
    fn next(&self, reader: &mut BufReader<UnixStream>) -> Answer {
        let mut answer = Vec::new();
        let mut reader = reader.take(MAX_ANSWER);
        match reader.read_until(b'\n', &mut answer) {
            Ok(0) => self.no_answer("closed the connection without an answer"),
            Ok(_) => parsed(&answer),
            Err(error) if is_timeout(&error) => self.no_answer(&format!(
                "gave no answer within {} s",
                self.timeout.as_secs()
            )),
            Err(_) => self.no_answer("closed the connection without an answer"),
        }
    }

    fn no_answer(&self, what: &str) -> Answer {
        let path = self.path.display();
        let text = format!("The server on {path} {what}; whether it was done is unknown.");
        Answer::failed(Code::NoAnswer, text, Vec::new())
    }
}

fn send(stream: &mut UnixStream, command: &Command) {
    let request = Request {
        v: VERSION,
        request: command.clone(),
    };
    let line = serde_json::to_string(&request).expect("a request is plain data");
    // A server that has refused us already may not read any more; its answer still waits for us.
    let _ = stream.write_all(format!("{line}\n").as_bytes());
}

fn is_socket(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|about| about.file_type().is_socket())
}

fn is_timeout(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

/// The answer of a line; anything else is a peer of another kind or version.
fn parsed(line: &[u8]) -> Answer {
    match serde_json::from_slice::<Answer>(line) {
        Ok(answer) if answer.v == VERSION => answer,
        _ => Answer::failed(
            Code::OtherVersion,
            "The answer is not one that this version of chat understands. Are client and server of one version?",
            Vec::new(),
        ),
    }
}

/// A handle on the process that listens at the other end.
fn process_of(stream: &UnixStream) -> Option<OwnedFd> {
    let peer = socket_peercred(stream).ok()?;
    pidfd_open(peer.pid, PidfdFlags::empty()).ok()
}

/// The process that listens on a socket.
pub fn pid_behind(path: &Path) -> Option<i32> {
    let peer = socket_peercred(UnixStream::connect(path).ok()?).ok()?;
    Some(peer.pid.as_raw_nonzero().get())
}

/// Waits for the end of a process.
fn is_gone(process: &OwnedFd, longest: Duration) -> bool {
    let mut waiting = [PollFd::new(process, PollFlags::IN)];
    let limit = Timespec::try_from(longest).ok();
    loop {
        match poll(&mut waiting, limit.as_ref()) {
            Err(rustix::io::Errno::INTR) => {}
            Ok(ready) => return ready > 0,
            Err(_) => return false,
        }
    }
}
