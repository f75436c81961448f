//! PING and PONG: is the other end still there? Modern, "PING message". Answered before registration too.

use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;

pub(crate) const PING: Spec = Spec {
    verb: "PING",
    min_params: 0,
    who: Who::Anyone,
    usage: "<token>",
    help: "Ask for a PONG with the same token",
    run: ping,
};

pub(crate) const PONG: Spec = Spec {
    verb: "PONG",
    min_params: 0,
    who: Who::Anyone,
    usage: "[<token>]",
    help: "Answer a PING",
    run: |_| Ok(()),
};

fn ping(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let token = cx.msg.get(0).ok_or(Refusal::NoOrigin)?;
    let server = cx.world.config.server.name.clone();
    cx.reply("PONG", &[&server], Some(token));
    Ok(())
}
