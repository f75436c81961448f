//! About the server itself. One file per verb.

pub(crate) mod isupport;
pub(crate) mod lusers;
pub(crate) mod motd;
pub(crate) mod version;
