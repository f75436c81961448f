//! PART: leave rooms. Modern, "PART message".

use crate::proto::text::cut;
use crate::server::command::people::sanctioned;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::history::Deed;
use crate::server::world::refusal::Refusal;
use crate::store::record::said::Verb;

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
    let reason = sanctioned::reason_of(cx, reason);
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
    let stranger = || Refusal::NotInRoom(name.to_owned());
    let ranks = cx.world.member(me, room).ok_or_else(stranger)?.ranks;
    let name = cx.world.room(room).ok_or_else(stranger)?.name.clone();
    let is_readable = |reason: &&str| sanctioned::is_readable_in(cx, name.as_str(), ranks, reason);
    let reason = reason.filter(is_readable);
    let words = [name.as_str()];
    let line = Outgoing::new(&source, "PART", &words, reason, &stamp.time).stamped(&stamp, &[]);
    cx.to_witnesses(room, me, &line, Filter::Everybody);
    let deed = Deed {
        source: &source,
        by: cx.user()?.party(),
        verb: Verb::Part,
        words: &words,
        text: reason,
        tags: &[],
    };
    cx.world.keep_deed(cx.out, room, ranks, stamp.id, &deed);
    cx.world.belong_no_longer(cx.out, me, room);
    cx.world.leave(me, room);
    Ok(())
}
