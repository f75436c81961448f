//! VERSION: what runs here. Modern, "VERSION message".

use crate::proto::numeric::Numeric;
use crate::server::command::session::register;
use crate::server::command::spec::{Spec, Who};

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
            &[register::VERSION, &server],
            "IRC with IRCv3, UTF-8 only",
        );
        Ok(())
    },
};
