//! ADMIN: who runs the server, and the verbs of `chat admin` for operators. Modern, "ADMIN message".

use crate::proto::numeric::Numeric;
use crate::server::command::operator::request;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;

pub(crate) const ADMIN: Spec = Spec {
    verb: "ADMIN",
    min_params: 0,
    who: Who::User,
    usage: "[<server>]",
    help: "Tell who runs the server; for operators, with words: do what chat admin does",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    if let Some(line) = request::line_of(cx)? {
        return request::run(cx, &line);
    }
    cx.must_mean_us(0)?;
    let server = cx.world.config.server.clone();
    if server.contact.is_empty() {
        return Err(Refusal::NoAdminInfo(server.name));
    }
    let about = format!("Who runs {}", server.name);
    cx.numeric(Numeric::RPL_ADMINME, &[&server.name], &about);
    let numerics = [
        Numeric::RPL_ADMINLOC1,
        Numeric::RPL_ADMINLOC2,
        Numeric::RPL_ADMINEMAIL,
    ];
    for (numeric, line) in numerics.into_iter().zip(&server.contact) {
        cx.numeric(numeric, &[], line);
    }
    Ok(())
}
