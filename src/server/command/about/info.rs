//! INFO: what this program is. Modern, "INFO message".

use crate::proto::numeric::Numeric;
use crate::proto::time;
use crate::server::command::about::version::PROGRAM;
use crate::server::command::spec::{Spec, Who};

pub(crate) const INFO: Spec = Spec {
    verb: "INFO",
    min_params: 0,
    who: Who::User,
    usage: "[<server>]",
    help: "Tell about the program that runs here",
    run: |cx| {
        cx.must_mean_us(0)?;
        let started = time::to_text(cx.world.started.unix_ms);
        for line in [
            format!("{PROGRAM}: {}", env!("CARGO_PKG_DESCRIPTION")),
            format!("Licence: {}", env!("CARGO_PKG_LICENSE")),
            format!("On-line since {started}"),
        ] {
            cx.numeric(Numeric::RPL_INFO, &[], &line);
        }
        cx.numeric(Numeric::RPL_ENDOFINFO, &[], "End of INFO");
        Ok(())
    },
};
