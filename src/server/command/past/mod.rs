//! What was said: told from the store, one file per way to ask for it.

pub(crate) mod chathistory;
pub(crate) mod inbox;
pub(crate) mod marker;
pub(crate) mod redact;
pub(crate) mod replay;
pub(crate) mod search;
pub(crate) mod sent;
mod tell;

use crate::server::command::people::wholast;
use crate::server::command::portion::Progress;
use crate::server::command::spec::Ctx;
use crate::server::world::cursor::{Past, Telling};

/// Tells what the store has answered, or asks it.
pub(super) fn go_on(cx: &mut Ctx<'_>, past: &mut Past) -> Progress {
    if past.lines.is_some() {
        return tell::rest(cx, past);
    }
    let Some(answer) = past.answer.take() else {
        return Progress::Asks(Box::new(past.query.clone()));
    };
    match past.telling.clone() {
        Telling::Page { .. } => chathistory::page(cx, past, answer),
        Telling::Targets { newest } => chathistory::targets(cx, answer, newest),
        Telling::Found => search::found(cx, past, answer),
        Telling::Replay { room, until } => replay::replay(cx, past, answer, &room, until),
        Telling::Inbox { from } => inbox::replay(cx, past, answer, from),
        Telling::Redact {
            target,
            msgid,
            reason,
        } => redact::redact(cx, answer, &target, &msgid, reason.as_deref()),
        Telling::Say(speech) => sent::say(cx, answer, &speech),
        Telling::Seen { lines, batch } => wholast::seen(cx, answer, lines, batch),
    }
}
