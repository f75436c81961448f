//! SETNAME: change the real name. IRCv3 setname: who did not negotiate it is answered with silence.

use crate::proto::cap::Cap;
use crate::server::command::people::sanctioned;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::Outgoing;
use crate::server::world::refusal::Refusal;

pub(crate) const SETNAME: Spec = Spec {
    verb: "SETNAME",
    min_params: 1,
    who: Who::User,
    usage: "<real name>",
    help: "Change your real name",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let realname = cx.msg.get(0).unwrap_or_default();
    let limit = cx.world.config.limits.realname;
    if realname.trim().is_empty() || realname.len() > limit {
        let text = format!("A real name has 1 to {limit} bytes");
        return Err(Refusal::fail("SETNAME", "INVALID_REALNAME", text));
    }
    sanctioned::must_be_told(cx, "SETNAME", Some(realname))?;
    let (me, source, time) = (cx.user_id()?, cx.source()?, cx.time());
    if let Some(user) = cx.world.user_mut(me) {
        user.realname = realname.into();
    }
    let line = Outgoing::new(&source, "SETNAME", &[], Some(realname), &time);
    if cx.has(Cap::SetName) {
        cx.echo(&line);
    }
    cx.world
        .announce(cx.out, me, &line, Cap::SetName, Some(cx.session));
    Ok(())
}
