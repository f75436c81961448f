//! What kind of terminal stands at the other end, and giving it back as it was found.

use crate::terminal::queue::Queue;
use async_signal::{Signal, Signals};
use async_std::future::timeout;
use async_std::task::block_on;
use futures_lite::StreamExt;
use rustix::process::kill_current_process_group;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};
use std::io::{IsTerminal, Write, stdin, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Once, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

/// Columns assumed where the terminal does not tell.
const COLUMNS: usize = 80;

/// The terminal's settings from before anything changed them.
static FOUND: OnceLock<Termios> = OnceLock::new();
static HOOK: Once = Once::new();
/// The settings while a line is being edited.
static RAW: Mutex<Option<Termios>> = Mutex::new(None);
/// Longest time from asking to be stopped until that happens; not at all where nobody could wake us.
const STOPPING: Duration = Duration::from_millis(200);

/// Signals that ask for the end are answered by somebody else, in order.
static IS_MINDED: AtomicBool = AtomicBool::new(false);
/// The exit code of a program that a signal ended.
const INTERRUPTED: i32 = 130;

/// Who answers signals that ask for the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Minder {
    /// Nobody: the terminal is given back, and the program ends at once.
    Nobody,
    /// The one at the table, who has last words.
    Table,
}

/// Says who answers signals from now on.
pub fn minded_by(minder: Minder) {
    IS_MINDED.store(minder == Minder::Table, Ordering::SeqCst);
}

/// Whether somebody sits there who can be asked: standard input is a terminal.
pub fn is_interactive() -> bool {
    stdin().is_terminal()
}

/// Whether what is printed goes to a screen.
pub fn is_screen() -> bool {
    stdout().is_terminal()
}

/// Whether lines can be edited: both ends are a terminal that can move its cursor.
pub fn is_editable() -> bool {
    is_interactive() && is_screen() && !is_dumb()
}

/// Whether the terminal can do nothing but write.
pub fn is_dumb() -> bool {
    let term = std::env::var("TERM").unwrap_or_default();
    matches!(term.as_str(), "" | "dumb" | "cons25" | "emacs")
}

/// Whether the terminal is of a kind that has sixteen colours at most.
pub fn has_few_colours() -> bool {
    let term = std::env::var("TERM").unwrap_or_default();
    let has_many = std::env::var_os("COLORTERM").is_some_and(|value| !value.is_empty());
    !has_many && has_few(&term)
}

fn has_few(term: &str) -> bool {
    let few = ["linux", "ansi", "pcansi", "xterm-color", "sun"];
    let is_few = few.contains(&term) || term.starts_with("vt");
    is_few || term.ends_with("-16color") || term.ends_with("-8color")
}

/// Whether the locale says that text is UTF-8; if not, symbols are to be ASCII.
pub fn is_utf8() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|key| std::env::var(key).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_default()
        .to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// How wide the terminal is now.
pub fn columns() -> usize {
    tcgetwinsize(stdout())
        .ok()
        .map(|size| usize::from(size.ws_col))
        .filter(|columns| *columns > 0)
        .unwrap_or(COLUMNS)
}

/// Remembers the settings found, and gives them back on a panic too.
pub(super) fn remember() {
    if let Ok(found) = tcgetattr(stdin()) {
        let _ = FOUND.set(found);
    }
    HOOK.call_once(|| {
        let earlier = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            earlier(panic);
        }));
    });
}

/// Gives the terminal back: its settings, bracketed paste off, the line being typed erased.
/// To be called before the process ends while a line is being read; otherwise it does nothing.
pub fn restore() {
    let Some(found) = FOUND.get() else { return };
    if tcgetattr(stdin()).is_ok_and(|now| now.local_modes == found.local_modes) {
        return;
    }
    let mut out = stdout().lock();
    let _ = out.write_all(b"\x1b[?2026l\x1b[?2004l\r\x1b[J");
    let _ = out.flush();
    let _ = tcsetattr(stdin(), OptionalActions::Now, found);
}

/// A line is being edited: the settings for it are on.
pub(super) fn note_raw() {
    let mut raw = RAW.lock().unwrap_or_else(PoisonError::into_inner);
    if raw.is_none() {
        *raw = tcgetattr(stdin()).ok();
    }
}

/// No line is being edited.
pub(super) fn note_cooked() {
    *RAW.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// Gives the terminal back, stops the program until it is continued, and takes the terminal again.
pub(super) fn pause() {
    let Ok(mut signals) = Signals::new([Signal::Cont]) else {
        return;
    };
    if let Some(found) = FOUND.get() {
        put(b"\x1b[?2004l");
        let _ = tcsetattr(stdin(), OptionalActions::Now, found);
    }
    let _ = kill_current_process_group(rustix::process::Signal::TSTP);
    let _ = block_on(timeout(STOPPING, signals.next()));
    resume();
}

/// Gives the terminal back when a signal ends the program.
pub(super) fn guard() {
    let ends = [Signal::Term, Signal::Hup];
    let others = [Signal::Quit, Signal::Alarm, Signal::Usr1, Signal::Usr2];
    thread::spawn(move || {
        let Ok(mut signals) = Signals::new(ends.into_iter().chain(others)) else {
            return;
        };
        while let Some(Ok(signal)) = block_on(signals.next()) {
            if !ends.contains(&signal) || !IS_MINDED.load(Ordering::SeqCst) {
                restore();
                std::process::exit(INTERRUPTED);
            }
        }
    });
}

/// Has the terminal taken again whenever the program is continued: the shell changes its settings meanwhile.
pub(super) fn watch(queue: Arc<Queue>) {
    thread::spawn(move || {
        let Ok(mut signals) = Signals::new([Signal::Cont]) else {
            return;
        };
        while block_on(signals.next()).is_some() {
            resume();
            queue.redraw();
        }
    });
}

/// The settings for editing, if a line is being edited.
fn resume() {
    let raw = RAW.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(raw) = raw {
        let _ = tcsetattr(stdin(), OptionalActions::Now, &raw);
        put(b"\x1b[?2004h");
    }
}

pub(super) fn put(bytes: &[u8]) {
    let mut out = stdout().lock();
    let _ = out.write_all(bytes).and_then(|()| out.flush());
}
