//! INVITE: ask somebody into a room. Modern, "INVITE message". It opens +i, +k, +l and +b for one JOIN.

use crate::proto::cap::Cap;
use crate::proto::mode::{Flag, Rank};
use crate::proto::numeric::Numeric;
use crate::server::command::people::sanctioned;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::id::RoomId;
use crate::server::world::refusal::Refusal;

pub(crate) const INVITE: Spec = Spec {
    verb: "INVITE",
    min_params: 0,
    who: Who::User,
    usage: "[<nick> <room>]",
    help: "Ask somebody into a room; alone, list where you were asked",
    run,
};

/// Who may invite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Open,
    ByOperators,
}

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
    sanctioned::must_be_told(cx, "INVITE", None)?;
    let access = match cx.world.room(room) {
        Some(room) if room.flags.has(Flag::InviteOnly) => Access::ByOperators,
        _ => Access::Open,
    };
    if access == Access::ByOperators && !ranks.at_least(Rank::HalfOp) {
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
    let is_silenced = user.silences(&source);
    if !is_silenced {
        user.invite(room);
    }
    let (nick, away) = (user.nick.clone(), user.away.clone());
    let words = [nick.as_str(), &name];
    let line = Outgoing::new(&source, "INVITE", &words, None, &time);
    if !is_silenced {
        cx.to_user(guest, &line, Filter::Everybody);
    }
    tell_who_may_invite(cx, room, access, &line);
    cx.numeric_words(Numeric::RPL_INVITING, &words);
    if let Some(away) = away {
        cx.numeric(Numeric::RPL_AWAY, &[nick.as_str()], &away);
    }
    Ok(())
}

/// invite-notify: those who could have invited learn of it.
fn tell_who_may_invite(cx: &mut Ctx<'_>, room: RoomId, access: Access, line: &Outgoing<'_>) {
    let members = cx.world.room(room).map(|room| room.members.as_slice());
    let users = members
        .unwrap_or_default()
        .iter()
        .filter(|member| access == Access::Open || member.ranks.at_least(Rank::HalfOp))
        .map(|member| member.user);
    let filter = Filter::With(Cap::InviteNotify);
    cx.world
        .deliver(cx.out, line, users, Some(cx.session), filter);
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
