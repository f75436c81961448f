//! Who does something in a room: one of its users, or the server for an operator.

use crate::proto::message::Message;
use crate::proto::user_mode::UserModes;
use crate::server::command::reply::Replies;
use crate::server::command::spec::Ctx;
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::refusal::Refusal;
use crate::server::world::source::Source;
use crate::store::record::account::Party;

/// The session that nobody has.
const NOBODY: SessionId = SessionId {
    index: u32::MAX,
    generation: 0,
};

/// As others are told, and as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Doer {
    pub(crate) source: Source,
    pub(crate) by: Party,
}

impl Doer {
    /// The server.
    pub(crate) fn server(world: &World) -> Self {
        Self {
            source: Source {
                text: world.config.server.name.as_str().into(),
                account: None,
                modes: UserModes::default(),
            },
            by: Party::Guest(0),
        }
    }
}

impl<'a> Ctx<'a> {
    /// The asker.
    pub(crate) fn doer(&self) -> Result<Doer, Refusal> {
        Ok(Doer {
            source: self.source()?,
            by: self.user()?.party(),
        })
    }

    /// What runs for no session, but for the server.
    pub(crate) fn for_server(
        world: &'a mut World,
        out: &'a mut Effects,
        replies: &'a mut Replies,
        msg: &'a Message<'a>,
        now: Now,
    ) -> Self {
        Self {
            world,
            out,
            replies,
            msg,
            session: NOBODY,
            now,
        }
    }
}
