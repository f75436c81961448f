//! WALLOPS: say something to everybody who listens for operators (mode `w`). Modern, "WALLOPS message".

use crate::proto::message::MAX_LINE;
use crate::proto::user_mode::UserMode;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::refusal::Refusal;
use crate::server::world::right::Right;

pub(crate) const WALLOPS: Spec = Spec {
    verb: "WALLOPS",
    min_params: 1,
    who: Who::User,
    usage: "<text>",
    help: "Say something to those with mode w; for operators with the role moderator",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let text = cx.need(0)?;
    cx.must_have(Right::SpeakToAll)?;
    let (source, time) = (cx.source()?, cx.time());
    let line = Outgoing::new(&source, "WALLOPS", &[], Some(text), &time);
    if line.body_len() > MAX_LINE {
        return Err(Refusal::LineTooLong);
    }
    if cx.user()?.modes.has(UserMode::Wallops) {
        cx.echo(&line);
    }
    let listeners = cx.world.users().filter_map(|(id, user)| {
        let listens = user.modes.has(UserMode::Wallops);
        listens.then_some(id)
    });
    cx.world.deliver(
        cx.out,
        &line,
        listeners,
        Some(cx.session),
        Filter::Everybody,
    );
    Ok(())
}
