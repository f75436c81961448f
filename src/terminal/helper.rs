//! What the editor asks us while a line is being typed: completions, and the prompt as it is now.

use crate::terminal::editor::Complete;
use crate::terminal::jump::Jump;
use crate::terminal::mode;
use crate::terminal::queue::Queue;
use crate::terminal::resize::Drawn;
use rustyline::completion::Completer;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::{Cmd, ConditionalEventHandler, Context, Event, EventContext, Helper, Hinter};
use rustyline::{RepeatCount, Validator};
use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The editor's helper.
#[derive(Helper, Hinter, Validator)]
pub(super) struct Ours {
    pub(super) complete: Complete,
    pub(super) prompt: Arc<Mutex<String>>,
    /// The line as it stands now.
    pub(super) typed: Arc<Mutex<String>>,
    pub(super) queue: Arc<Queue>,
    pub(super) drawn: Arc<Mutex<Drawn>>,
}

impl Completer for Ours {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        pos: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        Ok((self.complete)(line, pos))
    }
}

impl Highlighter for Ours {
    /// Called at each drawing, the first time when keys are already read: then the printer may go on.
    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(
        &'s self,
        prompt: &'p str,
        is_default: bool,
    ) -> Cow<'b, str> {
        mode::note_raw();
        self.queue.drawing();
        if !is_default {
            return Cow::Borrowed(prompt);
        }
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mending) = drawn.mend(mode::columns()) {
            mode::put(mending.as_bytes());
        }
        let now = self.prompt.lock().unwrap_or_else(PoisonError::into_inner);
        Cow::Owned(fit(&now, prompt.width()))
    }

    /// Called at each change of the line.
    fn highlight_char(&self, line: &str, pos: usize, _: CmdKind) -> bool {
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        drawn.change(line, pos, mode::columns());
        let mut typed = self.typed.lock().unwrap_or_else(PoisonError::into_inner);
        line.clone_into(&mut typed);
        false
    }
}

/// A prompt in exactly `width` columns, because the cursor behind it must not move: blanks before it come and
/// go; if there are none left, what stands before the target goes, and at last the target's end.
fn fit(text: &str, width: usize) -> String {
    let bare = text.trim_start_matches(' ');
    let target = bare.find('[').and_then(|at| bare.get(at..)).unwrap_or(bare);
    let fitting = [text, bare, target]
        .into_iter()
        .find(|t| t.width() <= width);
    let fitted = match fitting {
        Some(fitting) => fitting.to_owned(),
        None => cut(target, width),
    };
    " ".repeat(width.saturating_sub(fitted.width())) + &fitted
}

/// The beginning of a prompt and its end, in at most `width` columns.
fn cut(text: &str, width: usize) -> String {
    let end = if text.ends_with("] ") { "~] " } else { "~ " };
    let room = width.saturating_sub(end.width());
    let mut kept = String::new();
    let mut used = 0;
    for piece in text.graphemes(true) {
        used += piece.width();
        if used > room {
            break;
        }
        kept.push_str(piece);
    }
    if room == 0 { kept } else { kept + end }
}

/// Bound to the keys that accept a line: closes the gate before the editor lets go of the terminal.
pub(super) struct Accept(pub(super) Arc<Queue>);

impl ConditionalEventHandler for Accept {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, _: &EventContext) -> Option<Cmd> {
        self.0.hold();
        Some(Cmd::AcceptLine)
    }
}

/// Bound to Ctrl-C: takes the text away, to be found in the history; on an empty line, and at a question,
/// it interrupts.
pub(super) struct Wipe {
    pub(super) is_asking: Arc<AtomicBool>,
    pub(super) wiped: Arc<Mutex<Option<String>>>,
    pub(super) queue: Arc<Queue>,
}

impl ConditionalEventHandler for Wipe {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, ctx: &EventContext) -> Option<Cmd> {
        let is_text = !ctx.line().is_empty() && !self.is_asking.load(Ordering::SeqCst);
        let wiped = is_text.then(|| ctx.line().to_owned());
        *self.wiped.lock().unwrap_or_else(PoisonError::into_inner) = wiped;
        self.queue.hold();
        Some(Cmd::Interrupt)
    }
}

/// Bound to the keys that bring earlier lines: an earlier line is no answer to a question.
pub(super) struct Back(pub(super) Arc<AtomicBool>);

impl ConditionalEventHandler for Back {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, _: &EventContext) -> Option<Cmd> {
        self.0.load(Ordering::SeqCst).then_some(Cmd::Noop)
    }
}

/// Where a key wants to go, with what stands before and behind the cursor.
pub(super) type Left = Arc<Mutex<Option<(Jump, String, String)>>>;

/// Bound to the keys that go somewhere else: the line is left, to be typed on there. Not at a question.
pub(super) struct Go {
    pub(super) jump: Jump,
    pub(super) left: Left,
    pub(super) is_asking: Arc<AtomicBool>,
    pub(super) queue: Arc<Queue>,
}

impl ConditionalEventHandler for Go {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, ctx: &EventContext) -> Option<Cmd> {
        if self.is_asking.load(Ordering::SeqCst) {
            return Some(Cmd::Noop);
        }
        let (before, behind) = ctx.line().split_at_checked(ctx.pos())?;
        let left = (self.jump, before.to_owned(), behind.to_owned());
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) = Some(left);
        self.queue.hold();
        Some(Cmd::Interrupt)
    }
}

/// Bound to Ctrl-Z: stops the program, and takes the terminal again when it goes on.
pub(super) struct Pause;

impl ConditionalEventHandler for Pause {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, _: &EventContext) -> Option<Cmd> {
        mode::pause();
        Some(Cmd::Repaint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_live_prompt_keeps_the_width_it_began_with() {
        for (text, width, fitted) in [
            ("  3 [#a] ", 9, "  3 [#a] "),
            ("      [#a] ", 13, "        [#a] "),
            ("      [#lobby] ", 13, "    [#lobby] "),
            ("   !2 [#longer] ", 13, "!2 [#longer] "),
            ("   !2 [#longer] ", 10, "[#longer] "),
            ("      [#longer] ", 8, "[#lon~] "),
            ("[世界世] ", 7, " [世~] "),
            ("[→ bob] ", 0, ""),
            ("", 3, "   "),
        ] {
            assert_eq!(fit(text, width), fitted);
        }
    }
}
