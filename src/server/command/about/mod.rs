//! About the server itself. One file per verb.

pub(crate) mod admin;
pub(crate) mod help;
pub(crate) mod info;
pub(crate) mod isupport;
pub(crate) mod links;
pub(crate) mod lusers;
pub(crate) mod metadata;
pub(crate) mod motd;
pub(crate) mod relics;
pub(crate) mod time;
pub(crate) mod version;
