//! People: saying something to them, and asking about them. One file per verb.

pub(crate) mod accept;
pub(crate) mod away;
pub(crate) mod batch;
pub(crate) mod broadcast;
pub(crate) mod direct;
pub(crate) mod lines;
pub(crate) mod message;
pub(crate) mod monitor;
pub(crate) mod relay;
pub(crate) mod sanctioned;
pub(crate) mod setname;
pub(crate) mod silence;
pub(crate) mod user_mode;
pub(crate) mod userhost;
pub(crate) mod who;
pub(crate) mod whois;
pub(crate) mod wholast;
pub(crate) mod whowas;
