//! Who is here, and with which devices: users come with their first session, further ones join them, and
//! they go with the last one, unless their account stays.

use crate::config::accounts::AlwaysOn;
use crate::proto::mode::{Rank, Ranks};
use crate::proto::msgid::Moment;
use crate::proto::name::{Nick, RoomName, same};
use crate::proto::text::cut;
use crate::server::world::World;
use crate::server::world::depart::ABSENT;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::session::Stage;
use crate::server::world::user::{Arrival, User};
use crate::store::record::account::AccountId;
use std::collections::BTreeMap;

impl World {
    /// Lets a session in as a new user. The nick must be free.
    pub fn let_in(&mut self, session: SessionId, arrival: Arrival, now: Now) -> Option<UserId> {
        let device = self.sessions.get_mut(session)?;
        self.newcomers -= usize::from(device.is_newcomer());
        let id = self.settle(arrival, now);
        self.sessions.get_mut(session)?.stage = Stage::Ready(id);
        self.settled += 1;
        self.users.get_mut(id)?.sessions.push(session);
        Some(id)
    }

    /// Makes a user who has no session yet.
    pub(super) fn settle(&mut self, arrival: Arrival, now: Now) -> UserId {
        let nick = arrival.nick.clone();
        let guest = self.stamps.moment(now.unix_ms);
        let id: UserId = self.users.insert(User::new(arrival, guest, now));
        self.seen.arrived(&nick);
        self.nicks.insert(nick, id);
        self.counts.peak_users = self.counts.peak_users.max(self.users.len());
        id
    }

    /// Lets a session in as one more device of somebody who is here.
    pub fn attach(&mut self, session: SessionId, id: UserId) -> Option<()> {
        let user = self.users.get_mut(id)?;
        let device = self.sessions.get_mut(session)?;
        self.newcomers -= usize::from(device.is_newcomer());
        device.stage = Stage::Ready(id);
        self.settled += 1;
        user.sessions.push(session);
        self.held.remove(&id);
        Some(())
    }

    /// Takes a session out, and its user if it was the last one and their account does not stay. The user is
    /// given back.
    pub fn close(&mut self, session: SessionId, now: Now) -> Option<User> {
        let device = self.sessions.take(session)?;
        self.forget_watched(session, &device.watched);
        self.newcomers -= usize::from(device.is_newcomer());
        let id = device.user()?;
        self.settled -= 1;
        let user = self.users.get_mut(id)?;
        user.sessions.retain(|device| *device != session);
        if !user.sessions.is_empty() || self.stays(id) {
            return None;
        }
        self.take_user(id, now)
    }

    /// Takes a user out of all rooms and of the world; they must have no session.
    pub(super) fn take_user(&mut self, id: UserId, now: Now) -> Option<User> {
        let user = self.users.get(id)?;
        let rooms: Vec<RoomId> = user
            .rooms
            .iter()
            .map(|membership| membership.room)
            .collect();
        for room in rooms {
            self.leave(id, room);
        }
        let user = self.users.remove(id)?;
        self.nicks.remove(&user.nick);
        self.seen.left(user.nick.clone(), now.unix_ms);
        self.whowas
            .left(&user, now.unix_ms, self.config.limits.whowas);
        self.counts.invisible -= usize::from(user.is_invisible());
        self.counts.operators -= usize::from(user.is_operator());
        Some(user)
    }

    /// Whether somebody stays present without a session.
    pub fn stays(&self, id: UserId) -> bool {
        let account = self.user(id).and_then(|user| user.account.as_ref());
        let holding = account.and_then(|login| self.accounts.get(login.id));
        let is_wanted = holding.is_some_and(|holding| {
            let is_free = !self.is_banned(holding.account.id);
            is_free
                && holding.account.disabled.is_none()
                && self.is_always_on(holding.account.always_on)
        });
        is_wanted || self.is_held(id)
    }

    /// Whether nobody may come in with this account.
    fn is_banned(&self, account: AccountId) -> bool {
        self.sanctions.is_account_banned(account)
    }

    /// What comes of an account's wish to stay present, with what the configuration says.
    pub fn is_always_on(&self, wish: Option<bool>) -> bool {
        match self.config.accounts.always_on {
            AlwaysOn::Disabled => false,
            AlwaysOn::OptIn => wish == Some(true),
            AlwaysOn::OptOut => wish != Some(false),
            AlwaysOn::Mandatory => true,
        }
    }

    /// When the server starts: brings back those who stay without a device, where they were.
    pub(super) fn revive(&mut self) {
        let names: Vec<(AccountId, Box<str>)> = self
            .accounts
            .iter()
            .filter(|holding| {
                let is_free = !self.is_banned(holding.account.id);
                is_free
                    && holding.account.disabled.is_none()
                    && self.is_always_on(holding.account.always_on)
            })
            .map(|holding| (holding.account.id, holding.account.name.clone()))
            .collect();
        let eldest = self.eldest(&names);
        for (account, name) in names {
            self.revive_one(account, &name, &eldest);
        }
    }

    /// Of each room that nobody registered, who of these belongs to it for longest: they come first, and so run it.
    fn eldest(&self, these: &[(AccountId, Box<str>)]) -> BTreeMap<Box<str>, (Moment, AccountId)> {
        let mut eldest = BTreeMap::new();
        let lobby = self.config.lobby.as_ref();
        let holdings = these
            .iter()
            .filter_map(|(account, _)| self.accounts.get(*account));
        for holding in holdings {
            let rooms = holding.rooms.iter().filter(|(name, _)| {
                let is_lobby = lobby.is_some_and(|lobby| same(lobby.as_str(), name));
                !is_lobby && self.row_named(name).is_none()
            });
            for (name, since) in rooms {
                let mine = (*since, holding.account.id);
                let first = eldest.entry(name.clone()).or_insert(mine);
                *first = (*first).min(mine);
            }
        }
        eldest
    }

    fn revive_one(
        &mut self,
        account: AccountId,
        name: &str,
        eldest: &BTreeMap<Box<str>, (Moment, AccountId)>,
    ) -> Option<()> {
        let nick = self.nick(name).ok()?;
        let (now, login) = (self.started, self.login(account)?);
        if self.nick_owner(name).is_some() {
            return None;
        }
        let arrival = Arrival {
            nick,
            username: cut(name, self.config.limits.user).to_owned(),
            host: self.config.server.name.clone(),
            realname: name.to_owned(),
            away: Some(ABSENT.into()),
            account: Some(login),
        };
        let id = self.settle(arrival, now);
        let user = self.users.get_mut(id)?;
        user.absent_ms = Some(now.unix_ms);
        let holding = self.accounts.get(account)?;
        user.silenced.clone_from(&holding.account.silenced);
        let rooms: Vec<(RoomName, Moment)> = holding
            .rooms
            .iter()
            .filter_map(|(name, since)| Some((RoomName::new(name, name.len())?, *since)))
            .collect();
        for (name, since) in rooms {
            let is_eldest = eldest.get(name.as_str()) == Some(&(since, account));
            let ranks = match is_eldest {
                true => Ranks::only(Rank::Op),
                false => self.standing(name.as_str(), Some(account)),
            };
            let room = self.enter(id, name, ranks, now);
            let user = self.users.get_mut(id)?;
            let mut memberships = user.rooms.iter_mut();
            if let Some(place) = memberships.find(|place| Some(place.room) == room) {
                place.since = since;
            }
        }
        Some(())
    }

    /// Gives a user another name, which must be free or their own. Returns the old one.
    pub fn rename(&mut self, id: UserId, nick: Nick, now: Now) -> Option<Nick> {
        let user = self.users.get_mut(id)?;
        if user.nick != nick {
            self.whowas
                .left(user, now.unix_ms, self.config.limits.whowas);
        }
        let old = user.rename(nick.clone());
        self.nicks.remove(&old);
        self.nicks.insert(nick.clone(), id);
        if old != nick {
            // Of each who is here one earlier name is remembered, so that nobody can push out the others.
            if let Some(earlier) = user.earlier.replace(old.clone()) {
                self.seen.arrived(&earlier);
            }
            self.seen.left(old.clone(), now.unix_ms);
            self.seen.arrived(&nick);
        }
        Some(old)
    }
}
