//! WEBIRC and PROXY: a gateway tells for whom it speaks. None is trusted, so whoever tries is sent away.

use crate::server::command::session::quit;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;

pub(crate) const WEBIRC: Spec = Spec {
    verb: "WEBIRC",
    min_params: 0,
    who: Who::Newcomer,
    usage: "<password> <gateway> <host> <address>",
    help: "Speak for others; not permitted to anybody here",
    run,
};

pub(crate) const PROXY: Spec = Spec {
    verb: "PROXY",
    min_params: 0,
    who: Who::Newcomer,
    usage: "<protocol> <from> <to> <port> <port>",
    help: "Speak for others; not permitted to anybody here",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    quit::part_ways(cx, "You may not speak for others");
    Ok(())
}
