//! SUMMON and USERS: about people at the host's own terminals, which no server has any more. RFC 2812, section 4.

use crate::server::command::spec::{Spec, Who};
use crate::server::world::refusal::Refusal;

pub(crate) const SUMMON: Spec = Spec {
    verb: "SUMMON",
    min_params: 0,
    who: Who::User,
    usage: "",
    help: "Not available; INVITE asks people into a room",
    run: |_| Err(Refusal::SummonDisabled),
};

pub(crate) const USERS: Spec = Spec {
    verb: "USERS",
    min_params: 0,
    who: Who::User,
    usage: "",
    help: "Not available; WHO * lists who is online",
    run: |_| Err(Refusal::UsersDisabled),
};
