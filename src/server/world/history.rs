//! What is kept of what happens here, and who may read it later: between the world and its records.

use crate::proto::mode::{Flag, Ranks};
use crate::proto::msgid::MsgId;
use crate::proto::name::{Nick, fold};
use crate::proto::user_mode::UserMode;
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::Now;
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::room::{Audience, Room};
use crate::server::world::source::Source;
use crate::server::world::stamp::Stamp;
use crate::store::record::Record;
use crate::store::record::account::Party;
use crate::store::record::said::{Heard, Place, Reader, Said, Verb};
use std::sync::Arc;

/// Something that somebody says or does, as others are told of it.
#[derive(Debug, Clone, Copy)]
pub struct Deed<'a> {
    pub source: &'a Source,
    pub by: Party,
    pub verb: Verb,
    pub words: &'a [&'a str],
    pub text: Option<&'a str>,
    /// Client-only tags, as they stand on the wire.
    pub tags: &'a [(&'a str, &'a str)],
}

impl Deed<'_> {
    /// The row of it.
    pub fn said(&self, id: MsgId, place: Place) -> Said {
        let mut tags = String::new();
        for (key, value) in self.tags {
            if !tags.is_empty() {
                tags.push(';');
            }
            tags.push_str(key);
            if !value.is_empty() {
                tags.push('=');
                tags.push_str(value);
            }
        }
        Said {
            id,
            source: Arc::clone(&self.source.text),
            account: self.source.account.clone(),
            by: self.by,
            is_bot: self.source.modes.has(UserMode::Bot),
            verb: self.verb,
            words: self.words.into(),
            text: self.text.map(Into::into),
            tags: tags.into(),
            place,
        }
    }
}

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
            name: room.name.folded(),
            heard,
        }
    }

    /// Keeps what somebody with `ranks` does in a room, unless it was hidden from its members.
    pub fn keep_deed(
        &mut self,
        out: &mut Effects,
        room: RoomId,
        ranks: Ranks,
        id: MsgId,
        deed: &Deed<'_>,
    ) {
        let Some(place) = self.room(room) else {
            return;
        };
        if !self.config.history.enabled || !place.shows(ranks) {
            return;
        }
        let place = self.place(place, Audience::Everybody);
        self.keep(out, Record::Said(Arc::new(deed.said(id, place))));
    }

    /// Where something is known that a user does and that is told once to all their rooms.
    pub fn scenes(&self, user: UserId) -> Vec<Place> {
        let rooms = match self.user(user) {
            Some(user) if self.config.history.enabled => user.rooms.as_slice(),
            _ => &[],
        };
        let seen = rooms.iter().filter_map(|membership| {
            let room = self.room(membership.room)?;
            let ranks = room.members.get(membership.place)?.ranks;
            let is_shown = room.shows(ranks);
            is_shown.then(|| self.place(room, Audience::Everybody))
        });
        seen.collect()
    }

    /// Keeps it in each of these places. Only the first has the msgid that was told: no two rows share one.
    pub fn keep_in_each(
        &mut self,
        out: &mut Effects,
        scenes: Vec<Place>,
        stamp: &Stamp,
        deed: &Deed<'_>,
    ) {
        let mut id = stamp.id;
        for place in scenes {
            self.keep(out, Record::Said(Arc::new(deed.said(id, place))));
            id.moment = self.stamps.moment(stamp.id.moment.unix_ms());
        }
    }

    /// Keeps that somebody of this name was here until now.
    pub fn keep_seen(&mut self, out: &mut Effects, nick: &Nick, now: Now) {
        let nick = nick.as_str().into();
        let unix_ms = now.unix_ms;
        self.keep(out, Record::Seen { nick, unix_ms });
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

    /// Whoever is here as this party, called by this folded name.
    pub fn present(&self, who: Party, name: &str) -> Option<UserId> {
        let is_them = |id: &UserId| self.user(*id).is_some_and(|user| user.party() == who);
        let named = self.nick_owner(name).filter(is_them);
        named.or_else(|| match who {
            Party::Account(_) => self.users().map(|(id, _)| id).find(is_them),
            Party::Guest(_) => None,
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
