//! Getting up from the seat: how it ended, and what stays of a conversation that may go on.

use crate::client::Talk;
use crate::client::complete::Known;
use crate::client::ending::Ending;
use crate::client::habits::Habits;
use crate::client::line::Line;
use crate::client::seat::Seat;
use crate::client::state::State;
use crate::client::transfer::Porter;
use crate::client::view::View;
use crate::terminal::editor::Editor;
use crate::terminal::printer::Printer;
use std::sync::{Arc, Mutex};

/// What stays of a conversation that may go on.
pub(crate) struct Left {
    pub(crate) state: State,
    pub(crate) habits: Habits,
    pub(super) line: Line,
    pub(super) porter: Porter,
}

impl Left {
    /// The conversation does not go on.
    pub(crate) async fn say_goodbye(self) {
        let _ = self.line.say(b"QUIT\r\n".to_vec());
        self.line.finish().await;
    }
}

/// How it ended; the editor, if nothing is being typed; the conversation, if another server is wanted.
pub(crate) struct Sat {
    pub(crate) ending: Ending,
    pub(crate) editor: Option<Editor>,
    pub(crate) left: Option<Left>,
}

impl Sat {
    pub(crate) fn never(ending: Ending) -> Self {
        Self {
            ending,
            editor: None,
            left: None,
        }
    }
}

impl<'v> Seat<'v> {
    /// Goes on with a conversation.
    pub(crate) fn again(
        left: Left,
        view: &'v mut View,
        printer: Printer,
        known: Arc<Mutex<Known>>,
        talk: Talk,
    ) -> Self {
        Self {
            habits: left.habits,
            porter: left.porter,
            is_again: true,
            ..Self::new(left.state, view, printer, known, talk, left.line)
        }
    }
}
