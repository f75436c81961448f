//! The new process as the old one sees it: called, found fit, given everything, or ended.

use crate::server::handover::line::{Line, Word};
use crate::server::handover::{CALLED, PATIENCE, VERSION};
use crate::server::world::event::Successor;
use rustix::fd::{BorrowedFd, OwnedFd};
use serde::Serialize;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

/// What the environment says of the old process alone.
const OURS: [&str; 4] = ["WATCHDOG_PID", "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"];

/// Looks whether it has ended by itself, before it is killed.
const LOOKS: u32 = 20;
/// Longest that a new process may try whether it can read what is kept.
const REHEARSAL: Duration = Duration::from_secs(3600);
const BETWEEN: Duration = Duration::from_millis(25);

/// How the new process is called.
#[derive(Debug, Clone, Default)]
pub struct Caller {
    /// The binary of this process, as it was called when it started; another one may be there now.
    pub binary: Option<PathBuf>,
    /// What it is told.
    pub words: Vec<OsString>,
    /// Which store it must have.
    pub store: String,
    /// The port of the first door.
    pub port: u16,
}

/// A process that can take over; ended when this is dropped before it has.
#[derive(Debug)]
pub struct Heir {
    child: Child,
    line: Line,
    successor: Successor,
    is_on_its_own: bool,
}

impl Caller {
    /// Calls a process and hears whether it can take over; `Err` says why it cannot.
    pub fn call(&self, other: Option<&Path>) -> Result<Heir, String> {
        if std::process::id() == 1 {
            return Err(
                "this process is number 1 of its container, which ends with it: replace the container"
                    .into(),
            );
        }
        let binary = other.or(self.binary.as_deref());
        let binary = binary.ok_or("nobody knows which binary this is: name one with --binary")?;
        let shown = binary.display();
        let (ours, theirs) = UnixStream::pair().map_err(|why| why.to_string())?;
        let mut command = Command::new(binary);
        OURS.iter().for_each(|name| {
            command.env_remove(name);
        });
        let child = command
            .args(&self.words)
            .env(CALLED, self.port.to_string())
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .spawn()
            .map_err(|why| format!("{shown} cannot be started: {why}"))?;
        drop(command);
        let line = Line::new(ours, Some(PATIENCE)).map_err(|why| why.to_string())?;
        let successor = Successor {
            binary: shown.to_string(),
            version: String::new(),
            pid: child.id(),
        };
        let mut heir = Heir {
            child,
            line,
            successor,
            is_on_its_own: false,
        };
        let heard = heir.fitness();
        self.judge(&mut heir, heard)?;
        Ok(heir)
    }

    /// Whether what the new process says of itself is good enough.
    fn judge(&self, heir: &mut Heir, said: io::Result<Word>) -> Result<(), String> {
        let shown = heir.successor.binary.clone();
        match said {
            Ok(Word::Fit { handover, .. }) if handover != VERSION => Err(format!(
                "{shown} hands over by version {handover}, this server by {VERSION}: stop the server and start it again"
            )),
            Ok(Word::Fit { store, .. }) if store != self.store => Err(format!(
                "{shown} would keep things elsewhere ({store}, now {}): stop the server and start it again",
                self.store
            )),
            Ok(Word::Fit { version, .. }) => {
                heir.successor.version = version;
                Ok(())
            }
            Ok(Word::Unfit { why }) => Err(why),
            Ok(_) => Err(format!("{shown} does not know how to take over")),
            Err(why) => Err(heir.failed(&why)),
        }
    }
}

impl Heir {
    /// What it says of itself; it may ask for time to try first.
    fn fitness(&mut self) -> io::Result<Word> {
        match self.line.hear() {
            Ok(Word::Rehearsing) => {
                self.line.wait_for(REHEARSAL)?;
                let said = self.line.hear();
                self.line.wait_for(PATIENCE)?;
                said
            }
            said => said,
        }
    }

    /// Who it is.
    pub fn successor(&self) -> &Successor {
        &self.successor
    }

    /// Gives it everything and waits until it serves. `Err`: it does not and will not, and this says why.
    pub fn give(
        &mut self,
        descriptors: &[BorrowedFd<'_>],
        estate: &impl Serialize,
    ) -> Result<(), String> {
        let count = descriptors.len();
        let ready = self
            .line
            .say(&Word::Estate { descriptors: count })
            .and_then(|()| self.line.give(descriptors))
            .and_then(|()| self.line.say(estate))
            .and_then(|()| self.line.hear());
        match ready {
            Ok(Word::Ready) => {}
            Ok(Word::Unfit { why }) => return Err(why),
            Ok(_) => return Err("it said something that it should not say now".into()),
            Err(why) => return Err(self.failed(&why)),
        }
        self.line.say(&Word::Go).map_err(|why| self.failed(&why))?;
        match self.line.hear() {
            // From here on only its end tells that it does not serve: it has nothing to do before it says so.
            Err(why) if !is_late(&why) => return Err(self.failed(&why)),
            Ok(Word::Serving) | Ok(_) | Err(_) => {}
        }
        self.is_on_its_own = true;
        Ok(())
    }

    /// Ends it if it still runs; tells what became of it.
    fn failed(&mut self, why: &io::Error) -> String {
        let shown = self.successor.binary.clone();
        if is_late(why) {
            let seconds = PATIENCE.as_secs();
            return format!("{shown} says nothing for {seconds} s");
        }
        match self.end() {
            Some(status) => format!("{shown} ended before it could take over: {status}"),
            None => format!("{shown} could not take over: {why}"),
        }
    }

    /// Ends it, unless it is just about to end; gives how it ended by itself.
    pub fn end(&mut self) -> Option<ExitStatus> {
        for _ in 0..LOOKS {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                _ => std::thread::sleep(BETWEEN),
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        None
    }
}

impl Drop for Heir {
    fn drop(&mut self) {
        if !self.is_on_its_own {
            let _ = self.line.say(&Word::Enough);
            self.end();
        }
    }
}

fn is_late(why: &io::Error) -> bool {
    matches!(why.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
