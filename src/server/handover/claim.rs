//! The side of the new process: it says that it is fit, takes everything, and serves when it is told to.

use crate::server::error::Error;
use crate::server::handover::estate::Estate;
use crate::server::handover::line::{Line, Word};
use crate::server::handover::{CALLED, VERSION};
use crate::server::listen::Before;
use rustix::fd::OwnedFd;
use rustix::fs::{Mode, OFlags};
use rustix::stdio::{dup2_stdin, stdin};
use std::io::{self, ErrorKind};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::vec::IntoIter;

/// A process that was called to take over.
#[derive(Debug)]
pub struct Claim {
    line: Line,
    port: u16,
}

/// What it was given.
#[derive(Debug)]
pub struct Inheritance {
    pub(in crate::server) line: Line,
    pub(in crate::server) estate: Estate<'static>,
    pub(in crate::server) connections: IntoIter<OwnedFd>,
    doors: Vec<Before>,
    admin: Option<(PathBuf, OwnedFd)>,
}

impl Claim {
    /// The claim, if this process was called; standard input is empty from then on.
    pub fn of_this_process() -> io::Result<Option<Self>> {
        let Some(port) = std::env::var_os(CALLED) else {
            return Ok(None);
        };
        let port = port.to_str().and_then(|port| port.parse().ok());
        let port = port.ok_or(ErrorKind::InvalidInput)?;
        let stream = UnixStream::from(rustix::io::dup(stdin())?);
        let null = rustix::fs::open("/dev/null", OFlags::RDONLY, Mode::empty())?;
        dup2_stdin(&null)?;
        rustix::io::fcntl_setfd(&stream, rustix::io::FdFlags::CLOEXEC)?;
        let line = Line::new(stream, None)?;
        Ok(Some(Self { line, port }))
    }

    /// The port of the first door.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Says why it cannot take over.
    pub fn decline(mut self, why: &str) {
        let why = why.trim_end().to_owned();
        let _ = self.line.say(&Word::Unfit { why });
    }

    /// Asks for time to try whether it can read what is kept.
    pub fn rehearse(&mut self) -> io::Result<()> {
        self.line.say(&Word::Rehearsing)
    }

    /// Says that it could take over, and takes what it is given. `None`: it is not needed.
    pub fn take(mut self, store: String) -> io::Result<Option<Inheritance>> {
        self.line.say(&Word::Fit {
            handover: VERSION,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            store,
        })?;
        let count = match self.line.hear() {
            Ok(Word::Estate { descriptors }) => descriptors,
            Ok(_) => return Ok(None),
            Err(why) if why.kind() == ErrorKind::UnexpectedEof => return Ok(None),
            Err(why) => return Err(why),
        };
        let mut descriptors = self.line.take(count)?.into_iter();
        let estate: Estate<'static> = match self.line.hear() {
            Ok(estate) => estate,
            Err(why) => {
                self.decline(&format!("it does not understand what it is given: {why}"));
                return Err(why);
            }
        };
        let mut next = || descriptors.next().ok_or(ErrorKind::InvalidData);
        let admin = match &estate.admin {
            Some(path) => Some((path.clone(), next()?)),
            None => None,
        };
        let mut doors = Vec::new();
        for (place, is_passed) in &estate.doors {
            doors.push(Before {
                place: place.clone(),
                is_passed: *is_passed,
                socket: next()?,
            });
        }
        Ok(Some(Inheritance {
            line: self.line,
            connections: descriptors,
            doors,
            admin,
            estate,
        }))
    }
}

impl Inheritance {
    /// The doors, each with where it is; once.
    pub fn take_doors(&mut self) -> Vec<Before> {
        std::mem::take(&mut self.doors)
    }

    /// The operator's door; once.
    pub fn take_admin(&mut self) -> Option<(PathBuf, OwnedFd)> {
        self.admin.take()
    }

    /// What nobody else knows.
    pub fn secret(&self) -> [u8; 32] {
        self.estate.secret
    }

    /// Says why it cannot take over after all.
    pub fn decline(mut self, why: &str) {
        let why = why.trim_end().to_owned();
        let _ = self.line.say(&Word::Unfit { why });
    }
}

/// Says that all is ready, and waits until the old process does nothing any more: it has said so, or is gone.
pub(in crate::server) fn begin(mut line: Line) -> Result<(), Error> {
    let _ = line.say(&Word::Ready);
    match line.hear() {
        Ok(Word::Go) => {}
        Err(why) if is_gone(why.kind()) => return Ok(()),
        Ok(_) => return Err(lost(line)),
        Err(why) => return Err(Error::system("take over", &why)),
    }
    let _ = line.say(&Word::Serving);
    Ok(())
}

/// What was handed over cannot be taken; the old process is told.
pub(in crate::server) fn lost(mut line: Line) -> Error {
    let why = "what was handed over cannot be taken";
    let _ = line.say(&Word::Unfit { why: why.into() });
    Error::system("take over", &io::Error::other(why))
}

fn is_gone(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset)
}
