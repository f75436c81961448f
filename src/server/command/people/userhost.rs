//! USERHOST and ISON: short questions that older clients ask about names. RFC 2812 sections 4.8 and 4.9.

use crate::proto::numeric::Numeric;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;
use crate::server::world::user::User;

pub(crate) const USERHOST: Spec = Spec {
    verb: "USERHOST",
    min_params: 1,
    who: Who::User,
    usage: "<nick>…",
    help: "Tell the addresses of up to five people",
    run: |cx| answer(cx, Numeric::RPL_USERHOST, 5, describe),
};

pub(crate) const ISON: Spec = Spec {
    verb: "ISON",
    min_params: 1,
    who: Who::User,
    usage: "<nick>…",
    help: "Tell which of these are here",
    run: |cx| {
        answer(cx, Numeric::RPL_ISON, usize::MAX, |user| {
            user.nick.to_string()
        })
    },
};

fn answer(
    cx: &mut Ctx<'_>,
    numeric: Numeric,
    most: usize,
    tell: fn(&User) -> String,
) -> Result<(), Refusal> {
    let nicks = cx.msg.params().iter().flat_map(|param| param.split(' '));
    let found: Vec<String> = nicks
        .take(most)
        .filter_map(|nick| cx.world.user(cx.world.nick_owner(nick)?))
        .map(tell)
        .collect();
    cx.numeric(numeric, &[], &found.join(" "));
    Ok(())
}

/// `nick=+user@host`, with `-` for `+` when away and `*` before it for operators.
fn describe(user: &User) -> String {
    let operator = if user.is_operator() { "*" } else { "" };
    let presence = if user.away.is_some() { '-' } else { '+' };
    format!(
        "{}{operator}={presence}{}@{}",
        user.nick, user.username, user.host
    )
}
