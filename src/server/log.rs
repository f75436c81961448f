//! What the owner of the server should know: one line per thing that matters, with its time, on
//! standard error or in a file.
//!
//! Nothing is said before [`open`]. Any thread may log; a line is written whole, and a reader that is
//! slow or gone is no failure. Every line is cleaned here, so that nobody can forge one or harm a
//! terminal. Passwords never come here.

use crate::config::choice::Choice;
use crate::config::{Level, Log};
use crate::proto::{sanitise, time};
use std::fmt::Arguments;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// The highest level that is said, by its number; 0: none.
static MOST: AtomicU8 = AtomicU8::new(0);
/// Where lines go; `None`: standard error. Held for one write.
static FILE: Mutex<Option<File>> = Mutex::new(None);

/// Says lines from now on, up to this level and in this place; a file is opened anew, also if it is the same one.
pub fn open(log: &Log) -> io::Result<()> {
    let file = match &log.target {
        Some(path) => Some(
            OpenOptions::new()
                .create(true)
                .append(true)
                .mode(0o600)
                .open(path)?,
        ),
        None => None,
    };
    *FILE.lock().unwrap_or_else(PoisonError::into_inner) = file;
    MOST.store(number(log.level), Ordering::Release);
    Ok(())
}

/// Something is wrong in the server itself.
pub fn error(words: Arguments<'_>) {
    say(Level::Error, words);
}

/// Something that the owner may have to mend.
pub(super) fn warn(words: Arguments<'_>) {
    say(Level::Warn, words);
}

/// What an operator did, and the stations of the server's life.
pub(super) fn info(words: Arguments<'_>) {
    say(Level::Info, words);
}

/// What happens all the time.
pub(super) fn debug(words: Arguments<'_>) {
    say(Level::Debug, words);
}

fn number(level: Level) -> u8 {
    match level {
        Level::Error => 1,
        Level::Warn => 2,
        Level::Info => 3,
        Level::Debug => 4,
    }
}

fn say(level: Level, words: Arguments<'_>) {
    if number(level) > MOST.load(Ordering::Acquire) {
        return;
    }
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let unix_ms = since.map_or(0, |since| since.as_millis());
    let line = line(u64::try_from(unix_ms).unwrap_or(u64::MAX), level, words);
    let mut file = FILE.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = match file.as_mut() {
        Some(file) => file.write_all(line.as_bytes()),
        None => io::stderr().lock().write_all(line.as_bytes()),
    };
}

fn line(unix_ms: u64, level: Level, words: Arguments<'_>) -> String {
    let (moment, words) = (time::to_text(unix_ms), words.to_string());
    format!(
        "{moment} {:<5} {}\n",
        level.word(),
        sanitise::text(words.trim_end())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_can_forge_a_line_or_reach_the_terminal() {
        let shown = line(
            0,
            Level::Info,
            format_args!("kick {}", "a\n1970 info stop\x1b[2J"),
        );
        assert_eq!(
            shown,
            "1970-01-01T00:00:00.000Z info  kick a↵1970 info stop␛[2J\n"
        );
    }
}
