//! What waits to be printed: bounded, oldest lines dropped and counted, never blocking who adds.
//!
//! The gate says whether the printer may write. It is closed while an accepted line is on its way from the
//! editor's hands to the place where it is shown, so that erasing it can never hit somebody else's words.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Most lines that wait; past it the oldest go.
pub const MOST_LINES: usize = 10_000;
/// Most bytes that wait.
const MOST_BYTES: usize = 16 * 1024 * 1024;
/// Most lines in one print, so that a flood does not hold back what is typed.
const MOST_AT_ONCE: usize = 200;
/// Shortest time between two prints: what comes meanwhile is joined.
const PACE: Duration = Duration::from_millis(16);
/// Shortest time between a print and a mere redraw of the prompt.
const REDRAW_PACE: Duration = Duration::from_millis(200);
/// Longest wait of an Enter for a print that has begun.
const BEGUN: Duration = Duration::from_millis(5);
/// Longest wait for what is let out before a question.
const LET_OUT: Duration = Duration::from_secs(1);

/// Whether and how the printer may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Nobody reads a line: straight to the standard streams.
    Direct,
    /// A line is being read: through the editor, above it.
    Live,
    /// A line was accepted, or is about to be read: wait.
    Held,
}

/// Where a line goes when there is no editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// What was asked for: standard output.
    Word,
    /// How it went: standard error.
    Note,
}

/// Whether the editor is to stop where it draws its prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parking {
    No,
    Wanted,
    Done,
}

/// Whether everything was shown before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    AllShown,
    /// The editor takes nothing, as in a history search: what was printed last may not be seen.
    Cut,
}

/// A line with its way out.
pub type Line = (Sort, String);

/// What the printer's thread is to do next.
#[derive(Debug, PartialEq, Eq)]
pub enum Work {
    /// Write these to the standard streams.
    Write(Vec<Line>),
    /// Print these through the editor, joined.
    Print(Vec<Line>),
    /// Have the editor draw its prompt again.
    Redraw,
    /// All is printed and nothing more comes; through the editor if it is still reading.
    Close(Gate),
}

#[derive(Debug)]
struct Inner {
    lines: VecDeque<Line>,
    /// Bytes of all these.
    bytes: usize,
    skipped: usize,
    gate: Gate,
    /// Work was handed out and is not finished.
    is_busy: bool,
    /// The live prompt is to be drawn again.
    is_stale: bool,
    is_closed: bool,
    parking: Parking,
    /// The printer's thread has ended.
    is_over: bool,
}

/// Shared between the printer's handles, its thread and the editor.
#[derive(Debug)]
pub struct Queue {
    inner: Mutex<Inner>,
    changed: Condvar,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            inner: Mutex::new(Inner {
                lines: VecDeque::new(),
                bytes: 0,
                skipped: 0,
                gate: Gate::Direct,
                is_busy: false,
                is_stale: false,
                is_closed: false,
                parking: Parking::No,
                is_over: false,
            }),
            changed: Condvar::new(),
        }
    }
}

impl Queue {
    /// Adds the lines of `text`.
    pub fn push(&self, sort: Sort, text: &str) {
        let mut inner = self.lock();
        for line in text.lines() {
            inner.bytes += line.len();
            inner.lines.push_back((sort, line.to_owned()));
            inner.shorten();
        }
        self.changed.notify_all();
    }

    /// Asks for the prompt to be drawn again.
    pub fn redraw(&self) {
        self.lock().is_stale = true;
        self.changed.notify_all();
    }

    /// Opens the gate: somebody reads a line, or nobody does any more.
    pub fn open(&self, gate: Gate) {
        self.lock().gate = gate;
        self.changed.notify_all();
    }

    /// The editor draws its prompt: keys are being read, so the printer may go on. Once everything closes
    /// this never returns: what was printed stands on the screen, and no prompt is drawn below it.
    pub fn drawing(&self) {
        let mut inner = self.lock();
        if inner.parking == Parking::No {
            inner.gate = Gate::Live;
            self.changed.notify_all();
            return;
        }
        inner.parking = Parking::Done;
        self.changed.notify_all();
        drop(inner);
        loop {
            std::thread::park();
        }
    }

    /// Has the editor stop for good the next time it draws, and waits for that.
    pub fn park(&self) {
        let mut inner = self.lock();
        inner.parking = Parking::Wanted;
        while inner.parking != Parking::Done {
            inner = self
                .changed
                .wait(inner)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Closes the gate. A direct print is waited for. A print through the editor that has begun gets its
    /// moment to reach the editor's channel; if it waits there longer it goes to the next reader, in order.
    pub fn hold(&self) {
        let mut inner = self.lock();
        let is_direct = inner.gate == Gate::Direct;
        inner.gate = Gate::Held;
        let limit = Instant::now() + BEGUN;
        while inner.is_busy {
            let left = limit.saturating_duration_since(Instant::now());
            if left.is_zero() && !is_direct {
                return;
            }
            inner = self.wait(inner, left.max(BEGUN));
        }
    }

    /// Lets out what waits, then closes the gate: what is asked past the editor comes after it.
    pub fn let_out(&self) {
        self.open(Gate::Direct);
        let limit = Instant::now() + LET_OUT;
        let mut inner = self.lock();
        while !inner.lines.is_empty() || inner.is_busy {
            let left = limit.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            inner = self.wait(inner, left);
        }
        drop(inner);
        self.hold();
    }

    /// Says that nothing more comes, and waits until all is printed or `patience` is over.
    pub fn close(&self, patience: Duration) -> Closed {
        let mut inner = self.lock();
        inner.is_closed = true;
        if inner.gate == Gate::Held {
            inner.gate = Gate::Direct;
        }
        self.changed.notify_all();
        let limit = Instant::now() + patience;
        while !inner.is_over {
            let left = limit.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Closed::Cut;
            }
            inner = self.wait(inner, left);
        }
        Closed::AllShown
    }

    /// For the printer's thread: waits for work. `last` is when the work before it ended; each work but
    /// [`Work::Close`] is to be answered by [`done`](Self::done), that one by [`over`](Self::over).
    pub fn next(&self, last: Option<Instant>) -> Work {
        let mut inner = self.lock();
        loop {
            let early =
                |pace: Duration| last.map_or(Duration::ZERO, |t| pace.saturating_sub(t.elapsed()));
            match inner.ready(early(PACE), early(REDRAW_PACE)) {
                Ok(work) => {
                    inner.is_busy = true;
                    return work;
                }
                Err(None) => {
                    inner = self
                        .changed
                        .wait(inner)
                        .unwrap_or_else(PoisonError::into_inner)
                }
                Err(Some(early)) => inner = self.wait(inner, early),
            }
        }
    }

    /// The work handed out is finished.
    pub fn done(&self) {
        self.lock().is_busy = false;
        self.changed.notify_all();
    }

    /// The printer's thread ends.
    pub fn over(&self) {
        let mut inner = self.lock();
        inner.is_busy = false;
        inner.is_over = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'q>(&self, inner: MutexGuard<'q, Inner>, most: Duration) -> MutexGuard<'q, Inner> {
        self.changed
            .wait_timeout(inner, most)
            .unwrap_or_else(PoisonError::into_inner)
            .0
    }
}

impl Inner {
    /// The next work, or how long to wait for it (`None`: until something changes).
    fn ready(&mut self, pace: Duration, redraw_pace: Duration) -> Result<Work, Option<Duration>> {
        match self.gate {
            Gate::Held => Err(None),
            Gate::Direct if !self.lines.is_empty() => Ok(Work::Write(self.take())),
            Gate::Live if !self.lines.is_empty() => {
                let is_due = pace.is_zero() || self.lines.len() >= MOST_AT_ONCE || self.is_closed;
                if !is_due {
                    return Err(Some(pace));
                }
                self.is_stale = false;
                Ok(Work::Print(self.take()))
            }
            Gate::Direct | Gate::Live if self.is_closed => Ok(Work::Close(self.gate)),
            Gate::Live if self.is_stale && redraw_pace.is_zero() => {
                self.is_stale = false;
                Ok(Work::Redraw)
            }
            Gate::Live if self.is_stale => Err(Some(redraw_pace)),
            Gate::Direct | Gate::Live => Err(None),
        }
    }

    /// Drops the oldest lines until the rest is within bounds.
    fn shorten(&mut self) {
        while self.lines.len() > MOST_LINES || self.bytes > MOST_BYTES {
            let Some((_, line)) = self.lines.pop_front() else {
                return;
            };
            self.bytes -= line.len();
            self.skipped += 1;
        }
    }

    fn take(&mut self) -> Vec<Line> {
        let mut taken = Vec::new();
        let skipped = std::mem::take(&mut self.skipped);
        if skipped > 0 {
            taken.push((Sort::Note, format!("... {skipped} lines skipped")));
        }
        let many = self.lines.len().min(MOST_AT_ONCE);
        for line in self.lines.drain(..many) {
            self.bytes -= line.1.len();
            taken.push(line);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(work: Work) -> Vec<String> {
        match work {
            Work::Write(lines) | Work::Print(lines) => lines.into_iter().map(|(_, l)| l).collect(),
            Work::Redraw | Work::Close(_) => panic!("no lines: {work:?}"),
        }
    }

    #[test]
    fn lines_that_wait_are_joined_in_order() {
        let queue = Queue::default();
        queue.push(Sort::Word, "a\nb");
        queue.push(Sort::Note, "c");
        assert_eq!(words(queue.next(None)), ["a", "b", "c"]);
    }

    #[test]
    fn past_the_bound_the_oldest_lines_go_and_are_counted() {
        let queue = Queue::default();
        for n in 0..MOST_LINES + 3 {
            queue.push(Sort::Word, &n.to_string());
        }
        assert_eq!(words(queue.next(None))[..2], ["... 3 lines skipped", "3"]);
    }

    #[test]
    fn a_held_gate_lets_nothing_through_until_it_opens() {
        let queue = Queue::default();
        queue.hold();
        queue.push(Sort::Word, "a");
        let mut inner = queue.lock();
        assert_eq!(inner.ready(Duration::ZERO, Duration::ZERO), Err(None));
        drop(inner);
        inner = {
            queue.open(Gate::Live);
            queue.lock()
        };
        assert!(matches!(
            inner.ready(Duration::ZERO, Duration::ZERO),
            Ok(Work::Print(_))
        ));
    }

    #[test]
    fn closing_a_held_gate_lets_the_rest_out() {
        let queue = Queue::default();
        queue.hold();
        queue.push(Sort::Word, "last words");
        queue.close(Duration::ZERO);
        assert_eq!(words(queue.next(None)), ["last words"]);
        queue.done();
        assert_eq!(queue.next(None), Work::Close(Gate::Direct));
    }

    #[test]
    fn a_print_draws_the_prompt_so_no_redraw_follows() {
        let queue = Queue::default();
        queue.open(Gate::Live);
        queue.redraw();
        queue.push(Sort::Word, "a");
        assert_eq!(words(queue.next(None)), ["a"]);
        queue.done();
        assert_eq!(
            queue.lock().ready(Duration::ZERO, Duration::ZERO),
            Err(None)
        );
        queue.redraw();
        assert_eq!(queue.next(None), Work::Redraw);
    }
}
