//! For operators of the server. One file per verb.

pub(crate) mod kill;
pub(crate) mod kline;
pub(crate) mod oper;
pub(crate) mod pieces;
pub(crate) mod recorded;
pub(crate) mod rehash;
pub mod request;
pub(crate) mod stats;
pub(crate) mod wallops;
