//! MOTD: the message of the day. Modern, "MOTD message".

use crate::proto::numeric::Numeric;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;

pub(crate) const MOTD: Spec = Spec {
    verb: "MOTD",
    min_params: 0,
    who: Who::User,
    usage: "[<server>]",
    help: "Show the message of the day",
    run: |cx| {
        cx.must_mean_us(0)?;
        tell(cx);
        Ok(())
    },
};

/// 375, 372 for each line, 376; or 422.
pub(crate) fn tell(cx: &mut Ctx<'_>) {
    let config = cx.world.config.clone();
    if config.server.motd.is_empty() {
        cx.refuse(&Refusal::NoMotd);
        return;
    }
    cx.numeric(
        Numeric::RPL_MOTDSTART,
        &[],
        &format!("- {} Message of the day -", config.server.name),
    );
    for line in &config.server.motd {
        cx.numeric(Numeric::RPL_MOTD, &[], &format!("- {line}"));
    }
    cx.numeric(Numeric::RPL_ENDOFMOTD, &[], "End of the message of the day");
}
