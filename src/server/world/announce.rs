//! What changes about a user, told to those whom it concerns: people in the same rooms, and people
//! who watch the name. IRCv3 away-notify, account-notify, chghost, setname, extended-monitor.

use crate::proto::cap::Cap;
use crate::proto::mode::RANKS;
use crate::server::world::World;
use crate::server::world::deliver::{Filter, Longer, Outgoing};
use crate::server::world::event::{Effects, Now, SessionId};
use crate::server::world::room::RoomId;
use crate::server::world::user::{User, UserId};
use std::sync::Arc;

impl World {
    /// Whether two users are in a room together.
    pub fn share_a_room(&self, a: &User, b: &User) -> bool {
        a.rooms
            .iter()
            .any(|membership| b.membership(membership.room).is_some())
    }

    /// Everybody who shares a room with the user, each once, without the user.
    pub fn neighbours(&self, id: UserId) -> Vec<UserId> {
        let Some(user) = self.user(id) else {
            return Vec::new();
        };
        let rooms = user
            .rooms
            .iter()
            .filter_map(|membership| self.room(membership.room));
        let mut all: Vec<UserId> = rooms
            .flat_map(|room| room.members.iter().map(|member| member.user))
            .collect();
        all.sort_unstable();
        all.dedup();
        all.retain(|other| *other != id);
        all
    }

    /// Sends `line` to those with `cap`: the user's own sessions, who shares a room with them and,
    /// with extended-monitor, who watches their name; each once, `except` left out.
    pub fn announce(
        &self,
        out: &mut Effects,
        id: UserId,
        line: &Outgoing<'_>,
        cap: Cap,
        except: Option<SessionId>,
    ) {
        let neighbours = self.neighbours(id);
        let near = neighbours.iter().copied().chain([id]);
        self.deliver(out, line, near, except, Filter::With(cap));
        let Some(user) = self.user(id) else {
            return;
        };
        let is_far = |watcher: UserId| watcher != id && neighbours.binary_search(&watcher).is_err();
        let far = self
            .watchers
            .of(user.nick.as_str())
            .iter()
            .copied()
            .filter(|session| {
                self.session(*session).is_some_and(|device| {
                    device.caps.has(Cap::ExtendedMonitor) && device.user().is_some_and(is_far)
                })
            });
        self.deliver_to(out, line, far, Filter::With(cap));
    }

    /// Logs a user in to an account, or out, and tells (account-notify).
    pub fn set_account(
        &mut self,
        out: &mut Effects,
        id: UserId,
        account: Option<Arc<str>>,
        now: Now,
    ) {
        let time = self.stamps.time(now.unix_ms);
        let Some(user) = self.user_mut(id).filter(|user| user.account != account) else {
            return;
        };
        let source = user.source();
        user.account.clone_from(&account);
        let words = [account.as_deref().unwrap_or("*")];
        let line = Outgoing::new(&source, "ACCOUNT", &words, None, &time);
        self.announce(out, id, &line, Cap::AccountNotify, None);
    }

    /// Gives a user another user name and host, and tells (chghost); others see them leave and return.
    pub fn set_host(
        &mut self,
        out: &mut Effects,
        id: UserId,
        username: &str,
        host: &str,
        now: Now,
    ) {
        let time = self.stamps.time(now.unix_ms);
        let Some(user) = self.user_mut(id) else {
            return;
        };
        let old = user.source();
        user.change_host(username, host);
        let words = [username, host];
        let line = Outgoing::new(&old, "CHGHOST", &words, None, &time);
        self.announce(out, id, &line, Cap::ChgHost, None);
        let quit = Outgoing::new(&old, "QUIT", &[], Some("Changing host"), &time);
        let neighbours = self.neighbours(id).into_iter();
        self.deliver(out, &quit, neighbours, None, Filter::Without(Cap::ChgHost));
        let Some(user) = self.user(id) else {
            return;
        };
        for membership in &user.rooms {
            self.return_to(out, id, user, membership.room, &time);
        }
    }

    /// Lets those who saw a user leave for another host see them come back to a room.
    fn return_to(&self, out: &mut Effects, id: UserId, user: &User, at: RoomId, time: &str) {
        let (Some(room), Some(member)) = (self.room(at), self.member(id, at)) else {
            return;
        };
        let others = || {
            room.members
                .iter()
                .map(|member| member.user)
                .filter(|other| *other != id)
        };
        let filter = Filter::Without(Cap::ChgHost);
        let source = user.source();
        let words = [room.name.as_str(), user.account.as_deref().unwrap_or("*")];
        let [short @ .., _] = &words;
        let join = Outgoing::new(&source, "JOIN", short, None, time).or(Longer {
            cap: Cap::ExtendedJoin,
            words: &words,
            text: Some(&user.realname),
        });
        self.deliver(out, &join, others(), None, filter);
        let held = RANKS
            .iter()
            .filter(|(rank, ..)| member.ranks.has(*rank))
            .map(|(_, letter, _)| *letter);
        let letters: String = ['+'].into_iter().chain(held).collect();
        if letters.len() > 1 {
            let mut words = vec![room.name.as_str(), &letters];
            words.resize(letters.len() + 1, user.nick.as_str());
            let server = self.config.server.name.as_str();
            let mode = Outgoing::new(server, "MODE", &words, None, time);
            self.deliver(out, &mode, others(), None, filter);
        }
    }
}
