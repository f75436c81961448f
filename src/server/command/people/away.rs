//! AWAY: leave word that you are not there. Modern, "AWAY message"; IRCv3 away-notify and pre-away.

use crate::proto::cap::Cap;
use crate::proto::numeric::Numeric;
use crate::proto::text::cut;
use crate::server::command::people::sanctioned;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::Outgoing;
use crate::server::world::refusal::Refusal;

pub(crate) const AWAY: Spec = Spec {
    verb: "AWAY",
    min_params: 0,
    who: Who::Anyone,
    usage: "[<text>]",
    help: "Say that you are away; without a text, that you are back",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let limit = cx.world.config.limits.away;
    let text = cx
        .msg
        .get(0)
        .filter(|text| !text.is_empty())
        .map(|text| cut(text, limit));
    if let Some(text) = text {
        sanctioned::must_be_told(cx, "AWAY", Some(text))?;
    }
    let may_come_early = cx.has(Cap::PreAway);
    match cx
        .world
        .session_mut(cx.session)
        .and_then(|me| me.registering())
    {
        Some(registering) if may_come_early => registering.away = text.map(Into::into),
        Some(_) => return Err(Refusal::NotRegistered),
        None => set(cx, text)?,
    }
    match text {
        Some(_) => cx.numeric(Numeric::RPL_NOWAWAY, &[], "You are marked as away"),
        None => cx.numeric(Numeric::RPL_UNAWAY, &[], "You are no longer marked as away"),
    }
    Ok(())
}

/// Notes it and tells others, unless nothing changes. The asker learns it from the numeric.
fn set(cx: &mut Ctx<'_>, text: Option<&str>) -> Result<(), Refusal> {
    let (me, source, time) = (cx.user_id()?, cx.source()?, cx.time());
    let Some(user) = cx.world.user_mut(me) else {
        return Ok(());
    };
    if user.away.as_deref() == text {
        return Ok(());
    }
    user.away = text.map(Into::into);
    let line = Outgoing::new(&source, "AWAY", &[], text, &time);
    cx.world
        .announce(cx.out, me, &line, Cap::AwayNotify, Some(cx.session));
    Ok(())
}
