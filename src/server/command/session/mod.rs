//! Coming, naming oneself, negotiating, leaving. One file per verb.

pub(crate) mod cap;
pub(crate) mod gateway;
pub(crate) mod nick;
pub(crate) mod offer;
pub(crate) mod pass;
pub(crate) mod ping;
pub(crate) mod quit;
pub(crate) mod register;
pub(crate) mod user;
