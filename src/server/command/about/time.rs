//! TIME: what the server's clock says. Modern, "TIME message".

use crate::proto::numeric::Numeric;
use crate::server::command::spec::{Spec, Who};
use jiff::Timestamp;

pub(crate) const TIME: Spec = Spec {
    verb: "TIME",
    min_params: 0,
    who: Who::User,
    usage: "[<server>]",
    help: "Tell the server's time",
    run: |cx| {
        cx.must_mean_us(0)?;
        let server = cx.world.config.server.name.clone();
        let seconds = i64::try_from(cx.now.unix_ms / 1000).unwrap_or_default();
        let moment = Timestamp::from_second(seconds).unwrap_or_default();
        let text = moment
            .strftime("%A %B %-d %Y -- %H:%M:%S +00:00")
            .to_string();
        cx.numeric(Numeric::RPL_TIME, &[&server, &seconds.to_string()], &text);
        Ok(())
    },
};
