//! What operators do on IRC is recorded before it is done, like their requests over the admin socket.

use crate::proto::message::Message;
use crate::server::command::find;
use crate::server::command::spec::{Ctx, Spec};
use crate::server::world::deed::{Deed, DeedId, Outcome};
use crate::server::world::event::{Ask, Found};
use crate::server::world::refusal::Refusal;
use crate::server::world::session::Goal;
use serde_json::{Value, json};

/// Commands that are recorded when an operator uses them.
fn is_recorded(verb: &str) -> bool {
    matches!(verb, "KILL" | "REHASH" | "WALLOPS")
}

/// Has a line recorded, if it is such a one; it is executed in [`resume`].
pub(crate) fn comes_first(cx: &mut Ctx<'_>, spec: &Spec) -> bool {
    let is_operator = cx.user().is_ok_and(|user| user.operator.is_some());
    if !is_recorded(spec.verb) || !is_operator {
        return false;
    }
    let deed = deed(cx, spec.verb, json!({"words": cx.msg.params()}));
    cx.ask(Ask::Audit(Box::new(deed)), Goal::Recorded(line(cx.msg)));
    true
}

/// Executes a line that is recorded now.
pub(crate) fn resume(cx: &mut Ctx<'_>, found: &Found, line: &str) -> Result<(), Refusal> {
    let msg = Message::from_text(line).expect("it was a message before");
    let spec = find(msg.verb).expect("its row was found before");
    let id = recorded(found, spec.verb)?;
    let mut cx = Ctx {
        world: cx.world,
        out: cx.out,
        replies: cx.replies,
        msg: &msg,
        session: cx.session,
        now: cx.now,
    };
    let result = (spec.run)(&mut cx);
    cx.out.conclude(id, outcome(&result));
    result
}

/// Under which number a deed is recorded; what cannot be recorded is not done.
pub(crate) fn recorded(found: &Found, verb: &str) -> Result<DeedId, Refusal> {
    match found {
        Found::Recorded(Ok(id)) => Ok(*id),
        Found::Recorded(Err(_)) => Err(Refusal::storage(verb)),
        _ => Err(Refusal::busy(verb)),
    }
}

/// What this session does.
pub(crate) fn deed(cx: &Ctx<'_>, command: &str, arguments: Value) -> Deed {
    let name = cx.user().ok().and_then(|user| user.operator.as_ref());
    let name = name.map_or("*", |operator| &operator.name);
    deed_of(cx, name, command, arguments)
}

/// What this session does as the operator of this name.
pub(crate) fn deed_of(cx: &Ctx<'_>, by: &str, command: &str, arguments: Value) -> Deed {
    let address = cx.me().map(|me| me.peer.address.clone());
    Deed {
        by: by.into(),
        uid: None,
        pid: None,
        from: Some(format!("{} {}", cx.nick(), address.unwrap_or_default()).into()),
        command: command.into(),
        arguments,
    }
}

/// What came of a line.
pub(crate) fn outcome(result: &Result<(), Refusal>) -> Outcome {
    match result {
        Ok(()) => Outcome::done(),
        Err(Refusal::NoPrivilege | Refusal::NeedsRole(_)) => {
            Outcome::failed("not_allowed", "another role is needed")
        }
        Err(refusal) => Outcome::failed("refused", &format!("{refusal:?}")),
    }
}

/// A message as a line, without its tags.
fn line(msg: &Message<'_>) -> Box<str> {
    let mut line = msg.verb.to_owned();
    if let Some((last, before)) = msg.params().split_last() {
        for word in before {
            line.push_str(&format!(" {word}"));
        }
        line.push_str(&format!(" :{last}"));
    }
    line.into()
}
