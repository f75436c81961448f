//! What is kept of what happens here, and who may read it later: between the world and its records.

use crate::proto::mode::{Flag, Ranks};
use crate::proto::msgid::{Moment, MsgId};
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
use crate::store::record::account::{AccountId, Party};
use crate::store::record::said::{Heard, Place, Reader, Said, Verb};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Rooms that one account belongs to at most; the one it belongs to for the longest time gives way.
const MOST_BELONGINGS: usize = 1000;

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
            words: self.words.iter().map(|word| (*word).into()).collect(),
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
            name: fold(room.name.as_str()).into(),
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
    pub fn stage(&self, user: UserId) -> Vec<Place> {
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
    pub fn keep_on_stage(
        &mut self,
        out: &mut Effects,
        stage: Vec<Place>,
        stamp: &Stamp,
        deed: &Deed<'_>,
    ) {
        let mut id = stamp.id;
        for place in stage {
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

    /// Lets a user belong to a room that they are in: since `now`, or since their account did.
    pub fn belong(&mut self, out: &mut Effects, user: UserId, room: RoomId, now: Moment) {
        let account = self
            .user(user)
            .and_then(|user| Some(user.account.as_ref()?.id));
        let Some(name) = self.room(room).map(|room| fold(room.name.as_str())) else {
            return;
        };
        let holding = account.and_then(|id| self.accounts.get(id));
        let stored = holding.and_then(|holding| holding.rooms.get(name.as_str()).copied());
        let membership = self.user_mut(user).and_then(|user| {
            let mut rooms = user.rooms.iter_mut();
            rooms.find(|membership| membership.room == room)
        });
        if let Some(membership) = membership {
            membership.since = stored.unwrap_or(now);
        }
        if let (Some(account), None) = (account, stored) {
            self.make_room_for_belonging(out, account);
            let since = Some(now);
            let room = name.into();
            self.keep(
                out,
                Record::Member {
                    account,
                    room,
                    since,
                },
            );
        }
    }

    fn make_room_for_belonging(&mut self, out: &mut Effects, account: AccountId) {
        let Some(holding) = self.accounts.get(account) else {
            return;
        };
        if holding.rooms.len() < MOST_BELONGINGS {
            return;
        }
        let oldest = holding.rooms.iter().min_by_key(|(_, since)| **since);
        if let Some(room) = oldest.map(|(room, _)| room.clone()) {
            let since = None;
            self.keep(
                out,
                Record::Member {
                    account,
                    room,
                    since,
                },
            );
        }
    }

    /// Lets a user belong anew to every room that they are in, because they are somebody else now.
    pub fn belong_everywhere(&mut self, out: &mut Effects, user: UserId, now: Moment) {
        let rooms: Vec<RoomId> = self
            .user(user)
            .map(|user| user.rooms.iter().map(|membership| membership.room))
            .into_iter()
            .flatten()
            .collect();
        for room in rooms {
            self.belong(out, user, room, now);
        }
    }

    /// Ends a user's belonging to a room that they are about to leave for good.
    pub fn belong_no_longer(&mut self, out: &mut Effects, user: UserId, room: RoomId) {
        let account = self
            .user(user)
            .and_then(|user| Some(user.account.as_ref()?.id));
        let name = self.room(room).map(|room| fold(room.name.as_str()));
        if let (Some(account), Some(name)) = (account, name) {
            let (room, since) = (name.into(), None);
            self.keep(
                out,
                Record::Member {
                    account,
                    room,
                    since,
                },
            );
        }
    }

    /// Ends the belonging of all who are not in a room that is closed now, and have no rank in it: nobody asked them
    /// in, so what is said from now on is not for them, also when the room is open again.
    pub fn close_to_the_absent(&mut self, out: &mut Effects, id: RoomId) {
        let Some(room) = self.room(id) else {
            return;
        };
        let name: Box<str> = fold(room.name.as_str()).into();
        let members = room.members.iter();
        let inside: BTreeSet<AccountId> = members
            .filter_map(|member| Some(self.user(member.user)?.account.as_ref()?.id))
            .collect();
        let is_out = |account: &AccountId| {
            !inside.contains(account) && self.standing(&name, Some(*account)) == Ranks::default()
        };
        let belonging = self
            .accounts
            .iter()
            .filter(|holding| holding.rooms.contains_key(&name));
        let absent: Vec<AccountId> = belonging
            .map(|holding| holding.account.id)
            .filter(is_out)
            .collect();
        for account in absent {
            let (room, since) = (name.clone(), None);
            self.keep(
                out,
                Record::Member {
                    account,
                    room,
                    since,
                },
            );
        }
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
