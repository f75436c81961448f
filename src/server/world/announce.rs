//! What changes about a user, told to those whom it concerns: people in the same rooms, and people
//! who watch the name. IRCv3 away-notify, account-notify, chghost, setname, extended-monitor.

use crate::proto::cap::Cap;
use crate::proto::mode::RANKS;
use crate::server::world::World;
use crate::server::world::deliver::{Filter, Longer, Outgoing};
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::user::{Login, User};

impl World {
    /// Whether somebody who looks around comes across a user whom they do not name: of the invisible
    /// only those in a room with them, and themselves.
    pub fn comes_across(&self, viewer: UserId, id: UserId, user: &User) -> bool {
        let is_near = |viewer: &User| viewer.shares_a_room_with(user);
        viewer == id || !user.is_invisible() || self.user(viewer).is_some_and(is_near)
    }

    /// Everybody who shares a room with the user and sees them there, each once, without the user.
    pub fn neighbours(&self, id: UserId) -> Vec<UserId> {
        let mut all: Vec<UserId> = Vec::new();
        for membership in self
            .user(id)
            .map(|user| user.rooms.as_slice())
            .unwrap_or_default()
        {
            let Some(room) = self.room(membership.room) else {
                continue;
            };
            let ranks = room
                .members
                .get(membership.place)
                .map(|member| member.ranks);
            all.extend(room.witnesses(ranks.unwrap_or_default()));
        }
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
    pub fn set_account(&mut self, out: &mut Effects, id: UserId, account: Option<Login>, now: Now) {
        let time = self.stamps.time(now.unix_ms);
        let Some(user) = self.user_mut(id).filter(|user| user.account != account) else {
            return;
        };
        let source = user.source();
        user.account.clone_from(&account);
        let words = [account.as_ref().map_or("*", |login| &*login.name)];
        let line = Outgoing::new(&source, "ACCOUNT", &words, None, &time);
        self.announce(out, id, &line, Cap::AccountNotify, None);
        let since = self.stamps.moment(now.unix_ms);
        self.belong_everywhere(out, id, since);
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
        let others = || room.witnesses(member.ranks).filter(|other| *other != id);
        let filter = Filter::Without(Cap::ChgHost);
        let source = user.source();
        let words = [room.name.as_str(), user.account_name().unwrap_or("*")];
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::proto::cap::CapSet;
    use crate::proto::mode::{Rank, Ranks, Sign};
    use crate::proto::name::{Nick, RoomName};
    use crate::proto::user_mode::UserMode;
    use crate::server::world::Identity;
    use crate::server::world::effects::Effect;
    use crate::server::world::event::Peer;
    use crate::server::world::user::Arrival;
    use crate::store::record::account::AccountId;
    use std::sync::Arc;

    const NOW: Now = Now {
        unix_ms: 0,
        uptime_ms: 0,
    };

    fn login() -> Login {
        Login {
            id: AccountId(1),
            name: "ann".into(),
        }
    }

    fn session(index: u32) -> SessionId {
        SessionId {
            index,
            generation: 1,
        }
    }

    /// A world with people of these capabilities, called `u0`, `u1` and so on; the first is operator of `#x`.
    fn world(people: &[&[Cap]]) -> (World, Vec<UserId>) {
        let mut config = Config::default();
        config.server.name = "server".into();
        let mut world = World::new(Arc::new(config), Identity::default(), NOW);
        let mut users = Vec::new();
        for (index, caps) in (0..).zip(people) {
            let peer = Peer {
                host: "h".into(),
                address: "h:1".into(),
                ip: None,
                via: None,
                secured: None,
                is_web: false,
            };
            world.open(session(index), peer, NOW);
            world.session_mut(session(index)).unwrap().caps = CapSet::of(caps);
            let arrival = Arrival {
                nick: Nick::new(&format!("u{index}"), 30).unwrap(),
                username: "u".into(),
                host: "h".into(),
                realname: "Real Name".into(),
                away: None,
                account: None,
            };
            let user = world.let_in(session(index), arrival, NOW).unwrap();
            users.push(user);
        }
        (world, users)
    }

    fn enter(world: &mut World, users: &[UserId]) {
        for (place, user) in users.iter().enumerate() {
            let ranks = match place {
                0 => Ranks::only(Rank::Op),
                _ => Ranks::default(),
            };
            let name = RoomName::new("#x", 64).unwrap();
            world.enter(*user, name, ranks, NOW).unwrap();
        }
    }

    /// What each got, as `index line`.
    fn told(out: &Effects) -> Vec<String> {
        let mut told = Vec::new();
        for effect in out.iter() {
            let Effect::Send { line, to } = effect else {
                continue;
            };
            let line = String::from_utf8_lossy(line);
            told.extend(
                to.iter()
                    .map(|session| format!("{} {}", session.index, line.trim_end())),
            );
        }
        told.sort();
        told
    }

    /// account-notify: "clients on common channels with them, including themselves"; account-tag: the
    /// account of the moment before; extended-monitor: watchers elsewhere, with both capabilities.
    #[test]
    fn a_login_is_told_to_whom_it_concerns() {
        const NOTIFY: Cap = Cap::AccountNotify;
        let (mut world, users) = world(&[
            &[NOTIFY, Cap::AccountTag],
            &[NOTIFY],
            &[],
            &[NOTIFY, Cap::ExtendedMonitor],
            &[NOTIFY],
        ]);
        enter(&mut world, &users[..3]);
        for watcher in [3, 4] {
            world.watch(session(watcher), Nick::new("U0", 30).unwrap());
        }
        let mut out = Effects::default();
        world.set_account(&mut out, users[0], Some(login()), NOW);
        assert_eq!(
            told(&out),
            [
                "0 :u0!u@h ACCOUNT ann",
                "1 :u0!u@h ACCOUNT ann",
                "3 :u0!u@h ACCOUNT ann",
            ]
        );
        let mut out = Effects::default();
        world.set_account(&mut out, users[0], Some(login()), NOW);
        assert!(told(&out).is_empty());
        world.set_account(&mut out, users[0], None, NOW);
        assert_eq!(
            told(&out),
            [
                "0 @account=ann :u0!u@h ACCOUNT *",
                "1 :u0!u@h ACCOUNT *",
                "3 :u0!u@h ACCOUNT *",
            ]
        );
    }

    /// chghost: "MUST send the CHGHOST message to other clients who share channels", "SHOULD also send" it
    /// to the user, and others "SHOULD" see QUIT, JOIN and MODE.
    #[test]
    fn a_new_host_is_told_or_played() {
        let (mut world, users) = world(&[
            &[Cap::ChgHost],
            &[Cap::ChgHost],
            &[],
            &[Cap::ExtendedJoin],
            &[],
        ]);
        enter(&mut world, &users[..4]);
        let mut out = Effects::default();
        world.set_host(&mut out, users[0], "new", "cloak", NOW);
        assert_eq!(
            told(&out),
            [
                "0 :u0!u@h CHGHOST new cloak",
                "1 :u0!u@h CHGHOST new cloak",
                "2 :server MODE #x +o u0",
                "2 :u0!new@cloak JOIN #x",
                "2 :u0!u@h QUIT :Changing host",
                "3 :server MODE #x +o u0",
                "3 :u0!new@cloak JOIN #x * :Real Name",
                "3 :u0!u@h QUIT :Changing host",
            ]
        );
    }

    /// oper-tag: "MUST be added to all commands sent by a user" who is an operator, for those who asked.
    #[test]
    fn an_operator_is_marked_for_those_who_asked() {
        let (mut world, users) = world(&[&[], &[Cap::OperTag], &[Cap::MessageTags]]);
        enter(&mut world, &users);
        world.set_user_mode(users[0], 'o', Sign::Add);
        assert!(world.user(users[0]).unwrap().modes.has(UserMode::Operator));
        let mut out = Effects::default();
        world.depart(&mut out, session(0), "bye", NOW);
        assert_eq!(
            told(&out),
            [
                "1 @draft/oper :u0!u@h QUIT :bye",
                "2 @msgid=000000000000060000 :u0!u@h QUIT :bye"
            ]
        );
    }
}
