//! BATCH: a message of several lines. IRCv3 client-batch and multiline.
//!
//! The lines wait in the session until the batch is closed; then they are said as one. What goes
//! wrong is told once, and what is still sent in the batch is passed over.

use crate::proto::cap::Cap;
use crate::server::command::files::post;
use crate::server::command::no_message;
use crate::server::command::people::message;
use crate::server::command::portion::finish;
use crate::server::command::reply::{Carried, Replies};
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::World;
use crate::server::world::batch::{Batch, Joint, Lines, OPEN_MS, Piece, State, Wrong};
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::refusal::{Fail, Refusal};

pub(crate) const BATCH: Spec = Spec {
    verb: "BATCH",
    min_params: 1,
    who: Who::User,
    usage: "+<reference> draft/multiline <target> | -<reference>",
    help: "Say something of several lines",
    run,
};

/// The only type of batch that is taken.
const TYPE: &str = "draft/multiline";
/// The tag of a line that goes on the same line.
const CONCAT: &str = "draft/multiline-concat";
/// Bytes of a reference.
const MAX_REFERENCE: usize = 64;

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    if !uses_it(cx) {
        return Err(invalid("Negotiate draft/multiline and batch first"));
    }
    if cx.msg.tags.raw("batch").is_some() {
        return Err(spoil(
            cx,
            Wrong::Other("A batch within a batch is not taken"),
        ));
    }
    let word = cx.need(0)?;
    match (word.strip_prefix('+'), word.strip_prefix('-')) {
        (Some(reference), _) => open(cx, reference),
        (_, Some(reference)) => close(cx, reference),
        _ => Err(invalid("A batch begins with + and ends with -")),
    }
}

fn open(cx: &mut Ctx<'_>, reference: &str) -> Result<(), Refusal> {
    let (kind, target) = (cx.need(1)?, cx.need(2)?);
    if is_open(cx) {
        return Err(spoil(cx, Wrong::Other("Another batch is still open")));
    }
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if reference.is_empty() || reference.len() > MAX_REFERENCE || !reference.chars().all(is_word) {
        return Err(invalid(
            "The reference of a batch is letters, digits and hyphens",
        ));
    }
    if kind != TYPE {
        return Err(invalid("Only batches of type draft/multiline are taken"));
    }
    let tags = cx.msg.tags.client_only().into_iter();
    let tags = tags
        .filter(|(key, _)| *key != post::TAG)
        .map(|(key, value)| (key.into(), value.into()))
        .collect();
    let label = cx.msg.tags.get("label").filter(|label| !label.is_empty());
    let batch = Batch {
        reference: reference.into(),
        opened_ms: cx.now.uptime_ms,
        label: label.map(Into::into),
        state: State::Open(Lines::new(target, tags)),
    };
    if let Some(me) = cx.world.session_mut(cx.session) {
        me.batch = Some(Box::new(batch));
    }
    cx.replies.carried = Carried::Held;
    Ok(())
}

fn close(cx: &mut Ctx<'_>, reference: &str) -> Result<(), Refusal> {
    let batch = cx
        .world
        .session_mut(cx.session)
        .and_then(|me| me.batch.take());
    let Some(batch) = batch else {
        return Err(invalid("No such batch is open"));
    };
    if *batch.reference != *reference {
        put_back(cx, batch);
        return Err(spoil(cx, Wrong::Other("Another batch is open")));
    }
    if let Some(label) = batch.label {
        cx.replies.carried = Carried::Earlier(label);
    }
    let State::Open(lines) = batch.state else {
        return Ok(());
    };
    lines.must_be_whole().map_err(|wrong| refusal(&wrong, ""))?;
    message::speak_lines(cx, &lines)
}

fn put_back(cx: &mut Ctx<'_>, batch: Box<Batch>) {
    if let Some(me) = cx.world.session_mut(cx.session) {
        me.batch = Some(batch);
    }
}

/// Whether the line is, or should have been, part of a batch; then it is dealt with.
pub(crate) fn takes(cx: &mut Ctx<'_>) -> Option<Result<(), Refusal>> {
    if cx.msg.is("BATCH") || cx.user_id().is_err() || !uses_it(cx) {
        return None;
    }
    match cx.msg.tags.get("batch") {
        Some(reference) => Some(add(cx, &reference)),
        None if is_open(cx) && is_message(cx) => {
            let why = "Until a batch is closed nothing is said beside it";
            Some(Err(spoil(cx, Wrong::Other(why))))
        }
        None => None,
    }
}

fn is_message(cx: &Ctx<'_>) -> bool {
    ["PRIVMSG", "NOTICE", "TAGMSG"]
        .iter()
        .any(|verb| cx.msg.is(verb))
}

fn add(cx: &mut Ctx<'_>, reference: &str) -> Result<(), Refusal> {
    let limits = cx.world.config.limits.multiline;
    let verb = ["PRIVMSG", "NOTICE"]
        .into_iter()
        .find(|verb| cx.msg.is(verb));
    let joint = match cx.msg.tags.raw(CONCAT) {
        Some(_) => Joint::Concat,
        None => Joint::Break,
    };
    let msg = cx.msg;
    let Some(batch) = cx
        .world
        .session_mut(cx.session)
        .and_then(|me| me.batch.as_mut())
    else {
        return Err(invalid("No such batch is open"));
    };
    let State::Open(lines) = &mut batch.state else {
        return Ok(());
    };
    let result = match (verb, msg.params()) {
        _ if *batch.reference != *reference => Err(Wrong::Other("Another batch is open")),
        (Some(verb), [target, text]) => {
            let text = (*text).into();
            lines.add(verb, target, Piece { text, joint }, limits)
        }
        _ => Err(Wrong::Other(
            "A batch holds PRIVMSG or NOTICE with a target and a text",
        )),
    };
    result.map_err(|wrong| spoil(cx, wrong))
}

/// A line was not executed: if it was part of a batch, or may have been, nothing becomes of the batch.
pub(crate) fn miss(cx: &mut Ctx<'_>) {
    let is_part = cx.msg.verb == "*" || cx.msg.is("BATCH") || cx.msg.tags.raw("batch").is_some();
    if !is_part || !uses_it(cx) {
        return;
    }
    if is_open(cx) {
        let refusal = spoil(cx, Wrong::Other("A line of it was not taken"));
        cx.refuse(&refusal);
    } else if let (true, Some(reference)) = (cx.msg.is("BATCH"), cx.msg.get(0)) {
        let reference = reference.get(..MAX_REFERENCE).unwrap_or(reference);
        let batch = Batch {
            reference: reference.trim_start_matches('+').into(),
            opened_ms: cx.now.uptime_ms,
            label: None,
            state: State::Refused,
        };
        put_back(cx, Box::new(batch));
    }
}

/// Tells those whose batch was open for too long, and forgets what was in it.
pub(crate) fn tick(world: &mut World, out: &mut Effects, replies: &mut Replies, now: Now) {
    let is_late = |batch: &Batch| {
        let age = now.uptime_ms.saturating_sub(batch.opened_ms);
        matches!(batch.state, State::Open(_)) && age >= OPEN_MS
    };
    let late: Vec<SessionId> = world
        .sessions()
        .filter(|(_, device)| device.batch.as_deref().is_some_and(is_late))
        .map(|(id, _)| id)
        .collect();
    for session in late {
        let nothing = no_message();
        let mut cx = Ctx {
            world: &mut *world,
            out: &mut *out,
            replies: &mut *replies,
            msg: &nothing,
            session,
            now,
        };
        time_out(&mut cx);
    }
}

fn time_out(cx: &mut Ctx<'_>) {
    let Some(me) = cx.world.session_mut(cx.session) else {
        return;
    };
    let (caps, Some(batch)) = (me.caps, me.batch.as_mut()) else {
        return;
    };
    batch.state = State::Refused;
    let (reference, label) = (batch.reference.to_string(), batch.label.take());
    let text = "It was open for too long; nothing of it was sent";
    cx.standard("FAIL", "BATCH", "TIMEOUT", &[&reference], text);
    finish(cx, label.as_deref(), caps);
}

fn uses_it(cx: &Ctx<'_>) -> bool {
    cx.me().is_some_and(|me| me.caps.uses(Cap::Multiline))
}

fn is_open(cx: &Ctx<'_>) -> bool {
    let batch = cx.me().and_then(|me| me.batch.as_ref());
    batch.is_some_and(|batch| matches!(batch.state, State::Open(_)))
}

/// Nothing becomes of the batch that is open, if one is; the answer carries its label.
fn spoil(cx: &mut Ctx<'_>, wrong: Wrong) -> Refusal {
    let Some(batch) = cx
        .world
        .session_mut(cx.session)
        .and_then(|me| me.batch.as_mut())
    else {
        return refusal(&wrong, "");
    };
    let state = std::mem::replace(&mut batch.state, State::Refused);
    let label = batch.label.take();
    if let Some(label) = label {
        cx.replies.carried = Carried::Earlier(label);
    }
    match state {
        State::Open(lines) => refusal(&wrong, &lines.target),
        State::Refused => refusal(&wrong, ""),
    }
}

fn invalid(why: &'static str) -> Refusal {
    refusal(&Wrong::Other(why), "")
}

fn refusal(wrong: &Wrong, target: &str) -> Refusal {
    let (code, context, text) = match wrong {
        Wrong::MaxBytes(most) => {
            let text = "The message is too long; nothing of it was sent";
            ("MULTILINE_MAX_BYTES", vec![most.to_string()], text)
        }
        Wrong::MaxLines(most) => {
            let text = "The message has too many lines; nothing of it was sent";
            ("MULTILINE_MAX_LINES", vec![most.to_string()], text)
        }
        Wrong::Target(given) => {
            let context = vec![target.to_owned(), given.clone()];
            let text = "All lines of a message are for the same target; nothing of it was sent";
            ("MULTILINE_INVALID_TARGET", context, text)
        }
        Wrong::Other(why) => ("MULTILINE_INVALID", Vec::new(), *why),
    };
    Refusal::Fail(Fail {
        verb: "BATCH".to_owned(),
        code,
        context,
        text: text.into(),
    })
}
