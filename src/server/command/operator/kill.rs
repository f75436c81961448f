//! KILL: disconnect somebody. Modern, "KILL message".

use crate::proto::text::cut;
use crate::server::command::session::quit;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::depart::Kill;
use crate::server::world::refusal::Refusal;
use crate::server::world::right::Right;
use crate::server::world::source::Voice;

pub(crate) const KILL: Spec = Spec {
    verb: "KILL",
    min_params: 1,
    who: Who::User,
    usage: "<nick> [<reason>]",
    help: "Disconnect somebody; for operators with the role moderator",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let nick = cx.need(0)?;
    cx.must_have(Right::Kill)?;
    let (victim, source) = (cx.who(nick)?, cx.source()?);
    let reason = cx.msg.get(1).filter(|reason| !reason.is_empty());
    let reason = cut(
        reason.unwrap_or("No reason given"),
        cx.world.config.limits.kick,
    );
    cx.log(&format!("KILL {nick}, reason \"{reason}\""));
    let quit = format!("Killed ({} ({reason}))", cx.nick());
    if Ok(victim) == cx.user_id() {
        cx.reply_as(&source, "KILL", &[nick], Some(reason));
        quit::part_ways(cx, &quit);
        return Ok(());
    }
    let kill = Kill {
        source: Voice::from(&source),
        reason,
        quit: &quit,
    };
    cx.world.kill(cx.out, victim, &kill, cx.now);
    Ok(())
}
