//! Text for the screen from any thread, without ever waiting for the screen.
//!
//! A thread of its own carries what is queued to the terminal, joined, through the editor if a line is being
//! typed. rustyline's printer blocks while nothing reads keys (in a history search), therefore only that
//! thread ever calls it.

use crate::terminal::mode;
use crate::terminal::queue::{Closed, Gate, Line, Queue, Sort, Work};
use rustyline::ExternalPrinter;
use std::io::{ErrorKind, Write, stderr, stdout};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Moves up and down again: the editor draws its prompt anew and no line is added.
const REDRAW: &str = "\x1b[A\n";
/// To the top left, and everything gone.
const CLEAR: &str = "\x1b[H\x1b[2J";
/// Time in which the editor hears of another width.
const SETTLE: Duration = Duration::from_millis(30);
/// Longest time that leaving waits for the screen.
const PATIENCE: Duration = Duration::from_millis(500);

/// A handle on the screen. Cheap to clone; no act of it blocks but [`close`](Self::close).
#[derive(Debug, Clone)]
pub struct Printer {
    queue: Arc<Queue>,
    prompt: Arc<Mutex<String>>,
    typed: Arc<Mutex<String>>,
    is_editing: bool,
}

impl Printer {
    /// A printer over what the editor lends, or over the standard streams if it lends nothing.
    pub(super) fn new(queue: Arc<Queue>, through: Option<Box<dyn ExternalPrinter + Send>>) -> Self {
        let of_thread = Arc::clone(&queue);
        let is_editing = through.is_some();
        thread::spawn(move || carry(&of_thread, through));
        Self {
            queue,
            prompt: Arc::default(),
            typed: Arc::default(),
            is_editing,
        }
    }

    /// Prints `text` (one or more lines, sanitised) above the line being typed, or on standard output.
    pub fn print(&self, text: impl AsRef<str>) {
        self.queue.push(Sort::Word, text.as_ref());
    }

    /// Like [`print`](Self::print); without an editor it goes to standard error.
    pub fn note(&self, text: impl AsRef<str>) {
        self.queue.push(Sort::Note, text.as_ref());
    }

    /// Changes the prompt, also of a line being typed (cut or filled up to the width it has).
    pub fn prompt(&self, prompt: &str) {
        let mut shown = self.prompt.lock().unwrap_or_else(PoisonError::into_inner);
        if *shown != prompt {
            prompt.clone_into(&mut shown);
            drop(shown);
            self.queue.redraw();
        }
    }

    /// Empties the screen, where there is one.
    pub fn clear(&self) {
        if self.is_editing {
            self.queue.push(Sort::Word, CLEAR);
        }
    }

    pub(super) fn shown_prompt(&self) -> Arc<Mutex<String>> {
        Arc::clone(&self.prompt)
    }

    /// The line as far as it is typed.
    pub(super) fn typed(&self) -> Arc<Mutex<String>> {
        Arc::clone(&self.typed)
    }

    /// A line begins with this, before and behind the cursor.
    pub(super) fn begun(&self, before: &str, behind: &str) {
        let mut typed = self.typed.lock().unwrap_or_else(PoisonError::into_inner);
        *typed = format!("{before}{behind}");
    }

    /// What was typed and not accepted.
    pub fn unfinished(&self) -> String {
        let typed = self.typed.lock().unwrap_or_else(PoisonError::into_inner);
        typed.clone()
    }

    /// Waits a moment until all is on the screen. Nothing can be printed after it, and no line read.
    pub fn close(&self) -> Closed {
        self.queue.close(PATIENCE)
    }
}

/// The printer's thread.
fn carry(queue: &Queue, mut through: Option<Box<dyn ExternalPrinter + Send>>) {
    let mut last = None;
    let mut columns = mode::columns();
    loop {
        let work = queue.next(last);
        // The editor has to know of another width first: else it erases rows that are not its own.
        if std::mem::replace(&mut columns, mode::columns()) != columns {
            thread::sleep(SETTLE);
        }
        match work {
            Work::Write(lines) => write(&lines),
            Work::Print(lines) => {
                let text: String = lines.iter().map(|(_, line)| format!("{line}\n")).collect();
                pass(&mut through, text);
            }
            Work::Redraw => pass(&mut through, REDRAW.to_owned()),
            Work::Close(gate) => {
                if gate == Gate::Live {
                    settle(queue, &mut through);
                }
                queue.over();
                return;
            }
        }
        queue.done();
        last = Some(Instant::now());
    }
}

/// Waits until the editor has shown all and stopped. Its channel holds one text: when a redraw got in, what
/// was before it is out, and stands on the screen when the prompt is drawn next.
fn settle(queue: &Queue, through: &mut Option<Box<dyn ExternalPrinter + Send>>) {
    pass(through, REDRAW.to_owned());
    queue.park();
}

fn pass(through: &mut Option<Box<dyn ExternalPrinter + Send>>, text: String) {
    if let Some(printer) = through {
        let _ = printer.print(text);
    }
}

/// Writes to the standard streams. A reader that went away ends the process, quietly and well.
fn write(lines: &[Line]) {
    let mut out = stdout().lock();
    for (sort, line) in lines {
        let written = match sort {
            Sort::Word => writeln!(out, "{line}"),
            Sort::Note => writeln!(stderr(), "{line}"),
        };
        if written.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe) {
            std::process::exit(0);
        }
    }
    if out
        .flush()
        .is_err_and(|error| error.kind() == ErrorKind::BrokenPipe)
    {
        std::process::exit(0);
    }
}
