//! TOPIC: what a room is about. Modern, "TOPIC message".

use crate::proto::mode::{Flag, Rank, Ranks};
use crate::proto::numeric::Numeric;
use crate::proto::text::cut;
use crate::server::command::doer::Doer;
use crate::server::command::people::sanctioned;
use crate::server::command::room::join;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::Outgoing;
use crate::server::world::history::Deed;
use crate::server::world::id::RoomId;
use crate::server::world::refusal::Refusal;
use crate::server::world::room::Topic;
use crate::store::record::said::Verb;

pub(crate) const TOPIC: Spec = Spec {
    verb: "TOPIC",
    min_params: 1,
    who: Who::User,
    usage: "<room> [<text>]",
    help: "Show or set what a room is about; an empty text clears it",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let name = cx.need(0)?;
    let room = cx.room(name)?;
    let ranks = cx
        .world
        .member(cx.user_id()?, room)
        .map(|member| member.ranks);
    let ranks = ranks.ok_or_else(|| Refusal::NotInRoom(name.to_owned()))?;
    let Some(text) = cx.msg.get(1) else {
        show(cx, room);
        return Ok(());
    };
    let is_locked = cx
        .world
        .room(room)
        .is_some_and(|room| room.flags.has(Flag::TopicLock));
    if is_locked && !ranks.at_least(Rank::HalfOp) {
        return Err(Refusal::NotOperator(name.to_owned()));
    }
    sanctioned::must_be_topic_of(cx, room, ranks, text)?;
    cx.must_be_kept(room)?;
    let doer = cx.doer()?;
    set(cx, room, text, &doer)
}

fn show(cx: &mut Ctx<'_>, room: RoomId) {
    if join::show_topic(cx, room).is_none()
        && let Some(name) = cx.world.room(room).map(|room| room.name.clone())
    {
        cx.numeric(Numeric::RPL_NOTOPIC, &[name.as_str()], "No topic is set");
    }
}

/// Sets what a room is about, and tells those who are in it.
pub(crate) fn set(cx: &mut Ctx<'_>, room: RoomId, text: &str, doer: &Doer) -> Result<(), Refusal> {
    let (source, stamp, at) = (&doer.source, cx.stamp(), cx.now.unix_ms / 1000);
    let kept = cut(text, cx.world.config.limits.topic);
    let Some(place) = cx.world.room_mut(room) else {
        return Ok(());
    };
    let name = place.name.clone();
    place.topic = (!kept.is_empty()).then(|| Topic {
        text: kept.into(),
        setter: source.as_ref().into(),
        at,
    });
    let words = [name.as_str()];
    let line = Outgoing::new(source, "TOPIC", &words, Some(kept), &stamp.time);
    cx.to_room(room, &line.stamped(&stamp, &[]));
    let deed = Deed {
        source,
        by: doer.by,
        verb: Verb::Topic,
        words: &words,
        text: Some(kept),
        tags: &[],
    };
    let everybody = Ranks::only(Rank::Op);
    cx.world.keep_deed(cx.out, room, everybody, stamp.id, &deed);
    cx.keep_room(room, &[])?;
    if kept.len() < text.len() {
        let told = format!("The topic was cut to {} bytes", kept.len());
        cx.standard("NOTE", "TOPIC", "TRUNCATED", &[name.as_str()], &told);
    }
    Ok(())
}
