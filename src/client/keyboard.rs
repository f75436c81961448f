//! The keyboard's thread: reads a line when one is wanted, and not before.

use crate::client::input;
use crate::terminal::editor::{Editor, Read, Typed};
use async_channel::{Receiver, Sender, bounded};
use std::collections::VecDeque;
use std::thread::{self, JoinHandle};

/// What a line is read for.
#[derive(Debug)]
pub(super) enum Want {
    /// A line of the conversation, behind this prompt; kept in the history.
    Line(String),
    /// The answer to this question.
    Answer(String),
    /// The answer to this question, unseen.
    Secret(String),
    /// This text as the person's editor leaves it.
    Draft(String),
    /// A look at this text in the person's pager.
    Page(String),
}

/// Where lines come from.
pub(super) struct Keyboard {
    editor: Editor,
    /// To be read before (and instead of) anything typed.
    given: VecDeque<String>,
    is_given: bool,
}

impl Keyboard {
    /// A keyboard; if lines are given, they are all that is typed.
    pub(super) fn new(editor: Editor, given: Vec<String>) -> Self {
        Self {
            editor,
            is_given: !given.is_empty(),
            given: given
                .into_iter()
                .map(|text| format!("/say {text}"))
                .collect(),
        }
    }

    /// Starts the thread: wants go in, one read comes out for each. It ends when no more can be wanted.
    pub(super) fn start(self) -> (Sender<Want>, Receiver<Read>, JoinHandle<Editor>) {
        let (want, wants) = bounded(1);
        let (tell, reads) = bounded(1);
        let thread = thread::spawn(move || self.serve(&wants, &tell));
        (want, reads, thread)
    }

    fn serve(mut self, wants: &Receiver<Want>, tell: &Sender<Read>) -> Editor {
        while let Ok(want) = wants.recv_blocking() {
            let read = self.read(want);
            if tell.send_blocking(read).is_err() {
                break;
            }
        }
        self.editor
    }

    fn read(&mut self, want: Want) -> Read {
        if self.is_given {
            return self.given.pop_front().map_or(Read::Eof, Read::Line);
        }
        match want {
            Want::Answer(question) => self.editor.ask(&question),
            Want::Secret(question) => self.editor.ask_secret(&question),
            Want::Draft(text) => self.editor.edit(&text),
            Want::Page(text) => self.editor.page(&text),
            Want::Line(prompt) => {
                let read = self.editor.read_line(&prompt);
                if let Read::Line(line) | Read::Wiped(line) = &read
                    && !line.trim().is_empty()
                    && !input::is_secret(line)
                {
                    self.editor.remember(line);
                }
                read
            }
        }
    }
}

/// What is said is taken off the screen: it comes back formatted when the server has it.
pub(super) fn judge(line: &str) -> Typed {
    if input::is_said(line) {
        Typed::Goes
    } else {
        Typed::Stays
    }
}
