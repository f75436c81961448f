//! What a line did that must be stored before anybody hears of it, and what its sender is told if it cannot be.

use crate::admin::command::{Answer, Code};
use crate::server::command::no_message;
use crate::server::command::portion::finish;
use crate::server::command::reply::Replies;
use crate::server::command::spec::Ctx;
use crate::server::world::World;
use crate::server::world::effects::{Effects, Mark};
use crate::server::world::event::{Culprit, Now, SessionId};
use crate::server::world::file::{FileAnswer, Refused};
use crate::server::world::refusal::Refusal;

/// Lets nobody hear of what must be stored before it is.
pub(super) fn tie(
    world: &World,
    out: &mut Effects,
    mark: Mark,
    session: SessionId,
    (verb, label): (&'static str, Option<&str>),
) {
    if out.has_promised(mark) {
        let me = world.session(session);
        let by = Culprit::Line {
            session,
            verb,
            label: label.map(Into::into),
            asks: me.is_some_and(|me| me.asking.is_some()),
        };
        out.tie(mark, by);
    }
}

/// Tells a session that what it wanted could not be stored.
pub fn unstored(
    world: &mut World,
    out: &mut Effects,
    replies: &mut Replies,
    by: &Culprit,
    now: Now,
) {
    let (session, verb, label, asks) = match by {
        Culprit::Operator(ticket) => {
            let text = "the store failed, so nothing was changed; see the server's log";
            return out.answer(*ticket, Answer::failed(Code::Failed, text, Vec::new()));
        }
        Culprit::File(ticket) => {
            return out.answer_file(*ticket, FileAnswer::Refused(Refused::Busy));
        }
        Culprit::Nobody => return,
        Culprit::Line {
            session,
            verb,
            label,
            asks,
        } => (*session, *verb, label.as_deref(), *asks),
    };
    let Some(me) = world.session_mut(session) else {
        return;
    };
    if asks {
        // Its question was dropped with it. That of a later line will be answered.
        me.asking = None;
    }
    let caps = me.caps;
    let nothing = no_message();
    let mut cx = Ctx {
        world,
        out,
        replies,
        msg: &nothing,
        session,
        now,
    };
    cx.refuse(&Refusal::storage(verb));
    finish(&mut cx, label, caps);
}
