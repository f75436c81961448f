//! NICK: take a name. Modern, "NICK message".
//!
//! Before registration a name is only noted; whoever completes registration first has it, so nobody
//! can keep a name taken by half a connection.

use crate::proto::name::Nick;
use crate::server::command::session::register;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::history::Deed;
use crate::server::world::refusal::Refusal;
use crate::server::world::watchers::Presence;
use crate::store::record::said::Verb;

pub(crate) const NICK: Spec = Spec {
    verb: "NICK",
    min_params: 0,
    who: Who::Anyone,
    usage: "<name>",
    help: "Take a name or change it",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let wanted = cx
        .msg
        .get(0)
        .filter(|nick| !nick.is_empty())
        .ok_or(Refusal::NoNickGiven)?;
    let nick = cx.world.nick(wanted)?;
    let me = cx.user_id().ok();
    if cx
        .world
        .nick_owner(wanted)
        .is_some_and(|owner| Some(owner) != me)
    {
        return Err(cx.world.nick_in_use(wanted));
    }
    match me {
        Some(_) => change(cx, nick),
        None => {
            if let Some(registering) = cx
                .world
                .session_mut(cx.session)
                .and_then(|me| me.registering())
            {
                registering.nick = Some(nick);
            }
            register::try_complete(cx)
        }
    }
}

fn change(cx: &mut Ctx<'_>, nick: Nick) -> Result<(), Refusal> {
    let (me, source, stamp) = (cx.user_id()?, cx.source()?, cx.stamp());
    if cx.user()?.nick.as_str() == nick.as_str() {
        return Ok(());
    }
    let (stage, by) = (cx.world.stage(me), cx.user()?.party());
    let old = cx.world.rename(me, nick.clone(), cx.now);
    let words = [nick.as_str()];
    let line = Outgoing::new(&source, "NICK", &words, None, &stamp.time).stamped(&stamp, &[]);
    cx.to_neighbours(&line, Filter::Everybody)?;
    let deed = Deed {
        source: &source,
        by,
        verb: Verb::Nick,
        words: &words,
        text: None,
        tags: &[],
    };
    cx.world.keep_on_stage(cx.out, stage, &stamp, &deed);
    if let Some(old) = old.filter(|old| *old != nick) {
        let source = cx.source()?;
        for presence in [Presence::Gone(old.as_str()), Presence::Here(&source)] {
            cx.world.tell_watchers(cx.out, presence, cx.now);
        }
    }
    Ok(())
}
