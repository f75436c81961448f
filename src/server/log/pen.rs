//! The hand that writes the log: where it writes, and what it does when that fails.

use crate::config::log::{Level, Log, LogFormat};
use crate::server::clock::unix_ms;
use crate::server::log::line::Line;
use rustix::fs::OFlags;
use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;

/// A place to write to, and how.
pub(super) struct Target {
    out: Box<dyn Write + Send>,
    format: LogFormat,
}

impl Target {
    /// Standard error, or a file. A pipe with a name never makes anybody wait: what it does not take is lost.
    pub(super) fn open(log: &Log) -> io::Result<Self> {
        let out: Box<dyn Write + Send> = match &log.target {
            None => Box::new(io::stderr()),
            Some(path) => Box::new(
                OpenOptions::new()
                    .create(true)
                    .append(true)
                    .mode(0o600)
                    .custom_flags(OFlags::NONBLOCK.bits().cast_signed())
                    .open(path)?,
            ),
        };
        Ok(Self {
            out,
            format: log.format,
        })
    }
}

/// Writes lines, and knows which of them did not get through.
#[derive(Default)]
pub(super) struct Pen {
    target: Option<Target>,
    /// The last line ends in the middle.
    is_torn: bool,
    /// Lost lines of which was told.
    told: u64,
}

impl Pen {
    /// Writes there from now on.
    pub(super) fn turn_to(&mut self, target: Target) {
        self.target = Some(target);
        self.is_torn = false;
    }

    /// Writes a line, after a word about those that were lost before it.
    pub(super) fn write(&mut self, line: &Line, lost: u64) -> io::Result<()> {
        let Some(target) = &mut self.target else {
            return Err(ErrorKind::NotConnected.into());
        };
        let untold = lost.saturating_sub(self.told);
        let mut bytes = String::new();
        if self.is_torn {
            bytes.push('\n');
        }
        if untold > 0 {
            bytes.push_str(&gap(untold).written(target.format));
        }
        bytes.push_str(&line.written(target.format));
        let mut rest = bytes.as_bytes();
        while !rest.is_empty() {
            match target.out.write(rest) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(count) => rest = rest.get(count..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.is_torn |= rest.len() < bytes.len();
                    return Err(error);
                }
            }
        }
        self.is_torn = false;
        self.told = lost;
        Ok(())
    }
}

/// What stands where lines are missing.
fn gap(count: u64) -> Line {
    let text = match count {
        1 => "1 line of the log could not be written here".to_owned(),
        n => format!("{n} lines of the log could not be written here"),
    };
    Line {
        unix_ms: unix_ms(),
        level: Level::Warn,
        text: text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    /// A disk with so much room.
    #[derive(Clone, Default)]
    struct Disk(Arc<Mutex<(usize, Vec<u8>)>>);

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let (room, held) = &mut *self.0.lock().unwrap();
            let count = bytes.len().min(*room);
            if count == 0 {
                return Err(ErrorKind::StorageFull.into());
            }
            *room -= count;
            held.extend_from_slice(&bytes[..count]);
            Ok(count)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn line(text: &str) -> Line {
        Line {
            unix_ms: 0,
            level: Level::Info,
            text: text.into(),
        }
    }

    #[test]
    fn lines_that_found_no_room_are_told_of_where_they_are_missing() {
        let disk = Disk::default();
        let mut pen = Pen::default();
        pen.turn_to(Target {
            out: Box::new(disk.clone()),
            format: LogFormat::Text,
        });
        disk.0.lock().unwrap().0 = 45;
        pen.write(&line("one"), 0).unwrap();
        pen.write(&line("torn"), 0).unwrap_err();
        pen.write(&line("gone"), 1).unwrap_err();
        disk.0.lock().unwrap().0 = 1000;
        pen.write(&line("two"), 2).unwrap();
        pen.write(&line("three"), 2).unwrap();
        let text = String::from_utf8(disk.0.lock().unwrap().1.clone()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 5, "{text}");
        assert!(lines[0].ends_with(" info  one") && !lines[1].contains("torn"));
        assert!(lines[2].ends_with("warn  2 lines of the log could not be written here"));
        assert!(lines[3].ends_with(" two") && lines[4].ends_with(" three"));
    }
}
