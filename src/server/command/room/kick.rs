//! KICK: put people out of a room. Modern, "KICK message": one message per person, never a list.

use crate::proto::mode::Rank;
use crate::proto::text::cut;
use crate::server::command::people::sanctioned;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::history::Deed;
use crate::server::world::refusal::Refusal;
use crate::store::record::said::Verb;

pub(crate) const KICK: Spec = Spec {
    verb: "KICK",
    min_params: 2,
    who: Who::User,
    usage: "<room> <nick>[,<nick>…] [<reason>]",
    help: "Put people out of a room",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let rooms: Vec<&str> = cx
        .need(0)?
        .split(',')
        .filter(|name| !name.is_empty())
        .collect();
    let nicks: Vec<&str> = cx
        .need(1)?
        .split(',')
        .filter(|name| !name.is_empty())
        .collect();
    let pairs = match rooms.as_slice() {
        [room] => nicks.iter().map(|nick| (*room, *nick)).collect::<Vec<_>>(),
        rooms if rooms.len() == nicks.len() => rooms.iter().copied().zip(nicks).collect(),
        _ => return Err(Refusal::NeedMoreParams("KICK".into())),
    };
    for (room, nick) in pairs {
        if let Err(refusal) = kick(cx, room, nick) {
            cx.refuse(&refusal);
        }
    }
    Ok(())
}

fn kick(cx: &mut Ctx<'_>, name: &str, nick: &str) -> Result<(), Refusal> {
    let room = cx.room(name)?;
    let (me, source, stamp) = (cx.user_id()?, cx.source()?, cx.stamp());
    let ranks = cx.world.member(me, room).map(|member| member.ranks);
    let ranks = ranks.ok_or_else(|| Refusal::NotInRoom(name.to_owned()))?;
    if !ranks.at_least(Rank::HalfOp) {
        return Err(Refusal::NotOperator(name.to_owned()));
    }
    let victim = cx.who(nick)?;
    let (Some(member), Some(user), Some(place)) = (
        cx.world.member(victim, room),
        cx.world.user(victim),
        cx.world.room(room),
    ) else {
        return Err(Refusal::UserNotInRoom {
            nick: nick.to_owned(),
            room: name.to_owned(),
        });
    };
    if member.ranks.highest() > ranks.highest() {
        return Err(Refusal::NotOperator(name.to_owned()));
    }
    let (nick, name, mine) = (user.nick.clone(), place.name.clone(), cx.nick());
    let theirs = member.ranks;
    let reason = cx.msg.get(2).filter(|reason| !reason.is_empty());
    let reason = sanctioned::reason_of(cx, reason).unwrap_or(&mine);
    let reason = cut(reason, cx.world.config.limits.kick).to_owned();
    let words = [name.as_str(), nick.as_str()];
    let line =
        Outgoing::new(&source, "KICK", &words, Some(&reason), &stamp.time).stamped(&stamp, &[]);
    cx.to_witnesses(room, victim, &line, Filter::Everybody);
    let deed = Deed {
        source: &source,
        by: cx.user()?.party(),
        verb: Verb::Kick,
        words: &words,
        text: Some(&reason),
        tags: &[],
    };
    cx.world.keep_deed(cx.out, room, theirs, stamp.id, &deed);
    cx.world.belong_no_longer(cx.out, victim, room);
    cx.world.leave(victim, room);
    Ok(())
}
