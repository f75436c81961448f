//! What the editor asks us while a line is being typed: completions, and the prompt as it is now.

use crate::terminal::editor::Complete;
use crate::terminal::queue::Queue;
use rustyline::completion::Completer;
use rustyline::highlight::Highlighter;
use rustyline::{Cmd, ConditionalEventHandler, Context, Event, EventContext, Helper, Hinter};
use rustyline::{Movement, RepeatCount, Validator};
use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The editor's helper.
#[derive(Helper, Hinter, Validator)]
pub(super) struct Ours {
    pub(super) complete: Complete,
    pub(super) prompt: Arc<Mutex<String>>,
    pub(super) queue: Arc<Queue>,
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
        self.queue.drawing();
        if !is_default {
            return Cow::Borrowed(prompt);
        }
        let now = self.prompt.lock().unwrap_or_else(PoisonError::into_inner);
        Cow::Owned(fit(&now, prompt.width()))
    }
}

/// `text` in exactly `width` columns: filled up or cut before the last one, which stays as it is.
fn fit(text: &str, width: usize) -> String {
    let mut fitted = String::new();
    let mut used = 0;
    for piece in text.graphemes(true) {
        if used + piece.width() > width {
            break;
        }
        used += piece.width();
        fitted.push_str(piece);
    }
    fitted.extend(std::iter::repeat_n(' ', width - used));
    fitted
}

/// Bound to the keys that accept a line: closes the gate before the editor lets go of the terminal.
pub(super) struct Accept(pub(super) Arc<Queue>);

impl ConditionalEventHandler for Accept {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, _: &EventContext) -> Option<Cmd> {
        self.0.hold();
        Some(Cmd::AcceptLine)
    }
}

/// Bound to Ctrl-C: takes the text away; on an empty line it interrupts.
pub(super) struct Wipe;

impl ConditionalEventHandler for Wipe {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, ctx: &EventContext) -> Option<Cmd> {
        let is_empty = ctx.line().is_empty();
        Some(if is_empty {
            Cmd::Interrupt
        } else {
            Cmd::Kill(Movement::WholeBuffer)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_live_prompt_keeps_the_width_it_began_with() {
        for (text, width, fitted) in [
            ("  3 [#a] ", 9, "  3 [#a] "),
            ("[#a] ", 8, "[#a]    "),
            ("[#longer] ", 5, "[#lon"),
            ("世界", 3, "世 "),
        ] {
            assert_eq!(fit(text, width), fitted);
        }
    }
}
