//! VERSION: what runs here. Modern, "VERSION message".

use crate::proto::numeric::Numeric;
use crate::server::command::spec::{Spec, Who};

/// Program and version, as told in 002, 004 and VERSION.
pub(crate) const PROGRAM: &str = concat!("chat-", env!("CARGO_PKG_VERSION"));

pub(crate) const VERSION: Spec = Spec {
    verb: "VERSION",
    min_params: 0,
    who: Who::User,
    usage: "[<server>]",
    help: "Tell the server's version",
    run: |cx| {
        cx.must_mean_us(0)?;
        let server = cx.world.config.server.name.clone();
        cx.numeric(
            Numeric::RPL_VERSION,
            &[PROGRAM, &server],
            "IRC with IRCv3, UTF-8 only",
        );
        Ok(())
    },
};
