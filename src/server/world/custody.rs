//! What happens to those who are here when their account is taken from them: by themselves, or by who runs the
//! server. Whoever calls sees to it that something can be stored.

use crate::proto::numeric::Numeric;
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::id::UserId;
use crate::server::world::user::User;
use crate::store::record::Record;
use crate::store::record::account::AccountId;

/// The text of 901.
pub const LOGGED_OUT: &str = "You are now logged out";

impl World {
    /// Logs a user out, and tells their devices but `except`: 901.
    pub fn leave_account(
        &mut self,
        out: &mut Effects,
        id: UserId,
        except: Option<SessionId>,
        now: Now,
    ) {
        let Some((mask, sessions)) = self
            .user(id)
            .map(|user| (User::source(user).to_string(), user.sessions.clone()))
        else {
            return;
        };
        let (numeric, time) = (Numeric::RPL_LOGGEDOUT, self.stamps.time(now.unix_ms));
        for session in sessions.iter().filter(|session| Some(**session) != except) {
            self.numeric_to(out, *session, numeric, &[&mask], LOGGED_OUT, &time);
        }
        self.set_account(out, id, None, now);
    }

    /// Lets an account be gone: whoever is logged in to it is a guest from now on, and who only stayed goes.
    pub fn drop_account(&mut self, out: &mut Effects, account: AccountId, now: Now) {
        for session in self.sessions_of(account) {
            let device = self.session_mut(session);
            if let Some(said) = device.and_then(|device| device.registering()) {
                said.login = None;
            }
        }
        for user in self.presences_of(account) {
            self.leave_account(out, user, None, now);
            self.dismiss(out, user, "Their account is gone", now);
        }
        self.keep(out, Record::AccountGone(account));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::proto::mode::Rank;
    use crate::proto::msgid::Moment;
    use crate::server::world::Identity;
    use crate::store::Snapshot;
    use crate::store::record::account::Account;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    const NOW: Now = Now {
        unix_ms: 1,
        uptime_ms: 1,
    };

    /// A server that has just started and finds ann, who stays, and bob, who does not.
    fn world() -> World {
        let account = |id, name: &str, always_on| {
            Record::Account(Box::new(Account {
                id: AccountId(id),
                name: name.into(),
                created_ms: 0,
                password: None,
                scram: None,
                email: None,
                certificates: Vec::new(),
                disabled: None,
                always_on,
                silenced: vec!["eve!*@*".into()],
                metadata: BTreeMap::new(),
            }))
        };
        let member = |account, room: &str, since| Record::Member {
            account: AccountId(account),
            room: room.into(),
            since: Some(Moment(since)),
        };
        let snapshot = Snapshot {
            records: vec![
                account(1, "ann", Some(true)),
                account(2, "bob", None),
                account(3, "carl", Some(true)),
                member(1, "#x", 5),
                member(1, "#y", 5),
                member(1, "#lobby", 5),
                member(2, "#x", 4),
                member(3, "#x", 6),
                member(3, "#y", 3),
            ],
            last_account: 3,
            last_sanction: 0,
            ..Snapshot::default()
        };
        let config = Arc::new(Config::default());
        let mut world = World::new(config, Identity::default(), NOW);
        world.restore(&snapshot);
        world.check().unwrap();
        world
    }

    #[test]
    fn who_stays_is_there_again_after_a_restart() {
        let world = world();
        assert!(world.nick_owner("bob").is_none());
        let ann = world.user(world.nick_owner("ann").unwrap()).unwrap();
        assert_eq!(ann.account_name(), Some("ann"));
        assert_eq!(ann.absent_ms, Some(1));
        assert_eq!(ann.rooms.len(), 3);
        assert!(ann.rooms.iter().all(|place| place.since.0 == 5));
        assert!(ann.silences("eve!e@h"));
        assert!(world.room_named("#y").is_some());
    }

    #[test]
    fn who_belongs_to_a_room_for_longest_comes_first_and_runs_it() {
        let world = world();
        let runs = |name: &str, room: &str| {
            let (user, room) = (world.nick_owner(name), world.room_named(room));
            let member = world.member(user.unwrap(), room.unwrap()).unwrap();
            member.ranks.has(Rank::Op)
        };
        assert!(runs("ann", "#x") && !runs("carl", "#x"));
        assert!(runs("carl", "#y") && !runs("ann", "#y"));
        assert!(!runs("ann", "#lobby"));
    }

    #[test]
    fn who_loses_the_account_does_not_stay() {
        let (mut world, mut out) = (world(), Effects::default());
        world.drop_account(&mut out, AccountId(1), NOW);
        world.check().unwrap();
        assert!(world.nick_owner("ann").is_none());
        assert!(world.accounts.get(AccountId(1)).is_none());
    }
}
