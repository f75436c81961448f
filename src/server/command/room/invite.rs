//! INVITE: ask somebody into a room. Modern, "INVITE message". It opens +i, +k, +l and +b for one JOIN.

use crate::proto::mode::{Flag, Rank};
use crate::proto::numeric::Numeric;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::refusal::Refusal;

pub(crate) const INVITE: Spec = Spec {
    verb: "INVITE",
    min_params: 0,
    who: Who::User,
    usage: "[<nick> <room>]",
    help: "Ask somebody into a room; alone, list where you were asked",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    if cx.msg.params().is_empty() {
        return list(cx);
    }
    let (nick, name) = (cx.need(0)?, cx.need(1)?);
    let (me, source, time) = (cx.user_id()?, cx.source()?, cx.time());
    let guest = cx.who(nick)?;
    let room = cx.room(name)?;
    let ranks = cx.world.member(me, room).map(|member| member.ranks);
    let ranks = ranks.ok_or_else(|| Refusal::NotInRoom(name.to_owned()))?;
    if cx.world.member(guest, room).is_some() {
        return Err(Refusal::AlreadyInRoom {
            nick: nick.to_owned(),
            room: name.to_owned(),
        });
    }
    let is_closed = cx
        .world
        .room(room)
        .is_some_and(|room| room.flags.has(Flag::InviteOnly));
    if is_closed && !ranks.at_least(Rank::HalfOp) {
        return Err(Refusal::NotOperator(name.to_owned()));
    }
    let name = cx
        .world
        .room(room)
        .map(|room| room.name.to_string())
        .unwrap_or_default();
    let Some(user) = cx.world.user_mut(guest) else {
        return Ok(());
    };
    user.invite(room);
    let (nick, away) = (user.nick.clone(), user.away.clone());
    let words = [nick.as_str(), &name];
    let line = Outgoing::new(&source, "INVITE", &words, None, &time);
    cx.to_user(guest, &line, Filter::Everybody);
    cx.numeric_words(Numeric::RPL_INVITING, &words);
    if let Some(away) = away {
        cx.numeric(Numeric::RPL_AWAY, &[nick.as_str()], &away);
    }
    Ok(())
}

fn list(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let invitations = cx.user()?.invitations.clone();
    for room in invitations {
        if let Some(name) = cx.world.room(room).map(|room| room.name.clone()) {
            cx.numeric_words(Numeric::RPL_INVITELIST, &[name.as_str()]);
        }
    }
    cx.numeric(Numeric::RPL_ENDOFINVITELIST, &[], "End of invitations");
    Ok(())
}
