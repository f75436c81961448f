//! AWAY: leave word that you are not there. Modern, "AWAY message".

use crate::proto::numeric::Numeric;
use crate::proto::text::cut;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;

pub(crate) const AWAY: Spec = Spec {
    verb: "AWAY",
    min_params: 0,
    who: Who::User,
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
    let me = cx.user_id()?;
    if let Some(user) = cx.world.user_mut(me) {
        user.away = text.map(Into::into);
    }
    match text {
        Some(_) => cx.numeric(Numeric::RPL_NOWAWAY, &[], "You are marked as away"),
        None => cx.numeric(Numeric::RPL_UNAWAY, &[], "You are no longer marked as away"),
    }
    Ok(())
}
