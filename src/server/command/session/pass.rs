//! PASS: the server's password, before NICK and USER are complete. Modern, "PASS message".

use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;

pub(crate) const PASS: Spec = Spec {
    verb: "PASS",
    min_params: 1,
    who: Who::Newcomer,
    usage: "<password>",
    help: "Give the server's password",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let password = cx.need(0)?.to_owned();
    if let Some(registering) = cx
        .world
        .session_mut(cx.session)
        .and_then(|me| me.registering())
    {
        registering.password = Some(password);
    }
    Ok(())
}
