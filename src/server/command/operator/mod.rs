//! For operators of the server. One file per verb.

pub(crate) mod kill;
pub(crate) mod oper;
pub(crate) mod rehash;
pub(crate) mod stats;
pub(crate) mod wallops;
