//! What is kept of what happens here, and who may read it later: between the world and its records.

use crate::proto::mode::Flag;
use crate::proto::name::fold;
use crate::server::world::World;
use crate::server::world::id::UserId;
use crate::server::world::room::{Audience, Room};
use crate::store::record::said::{Heard, Place, Reader};

impl World {
    /// Where something is said that `audience` of a room hears.
    pub fn place(&self, room: &Room, audience: Audience) -> Place {
        let heard = match audience {
            Audience::Everybody if room.is_closed() => Heard::Members,
            Audience::Everybody => Heard::Open,
            Audience::AtLeast(_) => Heard::Only(
                room.members
                    .iter()
                    .filter(|member| audience.admits(member.ranks))
                    .filter_map(|member| Some(self.user(member.user)?.account.as_ref()?.id))
                    .collect(),
            ),
        };
        Place::Room {
            name: fold(room.name.as_str()).into(),
            heard,
        }
    }

    /// What a user may read.
    pub fn reader(&self, id: UserId) -> Option<Reader> {
        let user = self.user(id)?;
        let rooms = user.rooms.iter().filter_map(|membership| {
            let room = self.room(membership.room)?;
            let name = fold(room.name.as_str());
            Some((name.into(), membership.since))
        });
        Some(Reader {
            who: user.party(),
            rooms: rooms.collect(),
        })
    }
}

impl Room {
    /// Whether not everybody may come in.
    pub fn is_closed(&self) -> bool {
        self.key.is_some()
            || self.flags.has(Flag::InviteOnly)
            || self.flags.has(Flag::RegisteredJoin)
    }
}
