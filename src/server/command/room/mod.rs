//! Rooms: who is in them, what they are, who may what. One file per verb.

pub(crate) mod change;
pub(crate) mod chanserv;
pub(crate) mod invite;
pub(crate) mod join;
pub(crate) mod kept;
pub(crate) mod kick;
pub(crate) mod list;
pub(crate) mod mode;
pub(crate) mod names;
pub(crate) mod part;
pub(crate) mod rename;
pub(crate) mod topic;
