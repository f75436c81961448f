//! What was said: told from the store.

use crate::server::command::portion::Progress;
use crate::server::command::spec::Ctx;
use crate::server::world::cursor::{Past, Telling};

/// Tells what the store has answered, or asks it.
pub(super) fn go_on(cx: &mut Ctx<'_>, past: &mut Past) -> Progress {
    let Some(answer) = past.answer.take() else {
        return Progress::Asks(Box::new(past.query.clone()));
    };
    match &past.telling {
        Telling::Page { target } => {
            let _ = (answer, target, cx);
            Progress::Done
        }
    }
}
