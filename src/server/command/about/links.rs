//! LINKS: the servers of the network, of which there is one. Modern, "LINKS message".

use crate::proto::numeric::Numeric;
use crate::server::command::spec::{Spec, Who};

pub(crate) const LINKS: Spec = Spec {
    verb: "LINKS",
    min_params: 0,
    who: Who::User,
    usage: "",
    help: "List the servers of the network",
    run: |cx| {
        let server = cx.world.config.server.clone();
        let about = format!("0 {}", server.description);
        cx.numeric(Numeric::RPL_LINKS, &[&server.name, &server.name], &about);
        cx.numeric(Numeric::RPL_ENDOFLINKS, &["*"], "End of LINKS");
        Ok(())
    },
};
