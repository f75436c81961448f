//! What the owner of the server should know: one line per thing that matters, with its time, on
//! standard error or in a file.
//!
//! Nothing is said before [`open`]. Any thread may log and none waits: a thread of its own writes, and
//! what it cannot write is counted and told later. Every line is cleaned here, so that nobody can forge
//! one or harm a terminal. Passwords never come here.

pub mod line;
mod pen;
pub mod ring;

use crate::config::log::{Level, Log};
use crate::proto::sanitise;
use crate::server::clock::unix_ms;
use crate::server::log::line::Line;
use crate::server::log::pen::{Pen, Target};
use crate::server::log::ring::Ring;
use std::fmt::Arguments;
use std::io;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// Lines that may wait to be written.
const WAITING: usize = 1024;
/// Longest wait for the last lines when the process ends.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// The highest level that is said, by its number; 0: none.
static MOST: AtomicU8 = AtomicU8::new(0);
/// Lines that could not be written since the process began.
static LOST: AtomicU64 = AtomicU64::new(0);
/// The last lines. Held for one of them.
static PAST: Mutex<Ring> = Mutex::new(Ring::new());
/// Where the pen writes from its next line on.
static NEXT: Mutex<Option<Target>> = Mutex::new(None);
/// The way to the thread that writes.
static PEN: OnceLock<SyncSender<Word>> = OnceLock::new();

/// What the thread that writes is told.
enum Word {
    Line(Arc<Line>),
    /// Answer when all that came before is written.
    Finish(SyncSender<()>),
}

/// Says lines from now on, up to this level and in this place; a file is opened anew, also if it is the same one.
pub fn open(log: &Log) -> io::Result<()> {
    let target = Target::open(log)?;
    *lock(&NEXT) = Some(target);
    if PEN.get().is_none() {
        let (tell, told) = sync_channel(WAITING);
        std::thread::Builder::new()
            .name("log".into())
            .spawn(move || write_down(&told))?;
        let _ = PEN.set(tell);
    }
    MOST.store(number(log.level), Ordering::Release);
    Ok(())
}

/// Waits until what was said is written, but not for long. For the end of the process.
pub fn finish() {
    let (tell, told) = sync_channel(1);
    let Some(pen) = PEN.get() else {
        return;
    };
    let deadline = Instant::now() + LAST_WORDS;
    let mut word = Word::Finish(tell);
    while let Err(TrySendError::Full(back)) = pen.try_send(word) {
        if Instant::now() > deadline {
            return;
        }
        word = back;
        std::thread::sleep(Duration::from_millis(5));
    }
    let _ = told.recv_timeout(deadline.saturating_duration_since(Instant::now()));
}

/// Lines that could not be written since the process began.
pub fn lost() -> u64 {
    LOST.load(Ordering::Relaxed)
}

/// The last lines, to be looked through or followed.
pub(super) fn past() -> MutexGuard<'static, Ring> {
    lock(&PAST)
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

fn lock<T>(mutex: &'static Mutex<T>) -> MutexGuard<'static, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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
    let line = Arc::new(Line {
        unix_ms: unix_ms(),
        level,
        text: sanitise::text(words.to_string().trim_end()).into(),
    });
    past().push(Arc::clone(&line));
    let is_taken = PEN
        .get()
        .is_some_and(|pen| pen.try_send(Word::Line(line)).is_ok());
    if !is_taken {
        LOST.fetch_add(1, Ordering::Relaxed);
    }
}

/// Writes lines down until nobody can say any more.
fn write_down(told: &Receiver<Word>) {
    let mut pen = Pen::default();
    while let Ok(word) = told.recv() {
        if let Some(target) = lock(&NEXT).take() {
            pen.turn_to(target);
        }
        match word {
            Word::Line(line) => {
                if pen.write(&line, lost()).is_err() {
                    LOST.fetch_add(1, Ordering::Relaxed);
                }
            }
            Word::Finish(done) => {
                let _ = done.try_send(());
            }
        }
    }
}
