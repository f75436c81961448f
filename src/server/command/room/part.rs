//! PART: leave rooms. Modern, "PART message".

use crate::proto::text::cut;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::refusal::Refusal;

pub(crate) const PART: Spec = Spec {
    verb: "PART",
    min_params: 1,
    who: Who::User,
    usage: "<room>[,<room>…] [<reason>]",
    help: "Leave rooms",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let reason = cx.msg.get(1).filter(|reason| !reason.is_empty());
    let reason = reason.map(|reason| cut(reason, cx.world.config.limits.kick));
    for name in cx.need(0)?.split(',').filter(|name| !name.is_empty()) {
        if let Err(refusal) = part(cx, name, reason) {
            cx.refuse(&refusal);
        }
    }
    Ok(())
}

fn part(cx: &mut Ctx<'_>, name: &str, reason: Option<&str>) -> Result<(), Refusal> {
    let room = cx.room(name)?;
    let (me, source, stamp) = (cx.user_id()?, cx.source()?, cx.stamp());
    let member = cx.world.member(me, room).and_then(|_| cx.world.room(room));
    let name = member
        .ok_or_else(|| Refusal::NotInRoom(name.to_owned()))?
        .name
        .clone();
    let words = [name.as_str()];
    let line = Outgoing::new(&source, "PART", &words, reason, &stamp.time).stamped(&stamp, &[]);
    cx.to_witnesses(room, me, &line, Filter::Everybody);
    cx.world.leave(me, room);
    Ok(())
}
