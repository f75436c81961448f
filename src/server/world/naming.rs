//! Which names may be carried, and which are free.

use crate::config::accounts::Reservation;
use crate::proto::confusable::{is_reserved, skeleton};
use crate::proto::name::{Nick, same};
use crate::proto::text::cut;
use crate::server::world::World;
use crate::server::world::id::UserId;
use crate::server::world::refusal::Refusal;
use crate::store::record::account::AccountId;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Names that would be taken for the server's own voice.
const RESERVED: &[&str] = &[
    "admin",
    "administrator",
    "chanserv",
    "chat",
    "global",
    "lobby",
    "nickserv",
    "operator",
    "root",
    "server",
    "services",
    "system",
];

/// What all names share that look like one of these: who is told a password must be who they seem to be.
static LOOKS_OURS: LazyLock<Vec<String>> =
    LazyLock::new(|| RESERVED.iter().map(|name| skeleton(name)).collect());

/// Names that are proposed in place of a taken one.
const PROPOSALS: usize = 3;

/// A name that may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    Free,
    /// Its owner may have it; whoever has it now is given another.
    From(UserId),
}

impl World {
    /// The name as a nick: 432 if it cannot be one.
    pub fn nick(&self, wanted: &str) -> Result<Nick, Refusal> {
        let limit = self.config.limits.nick;
        let refuse = |why: Cow<'static, str>| Refusal::BadNick {
            nick: wanted.to_owned(),
            why,
        };
        if wanted.len() > limit {
            return Err(refuse(format!("A name has at most {limit} bytes").into()));
        }
        let nick = Nick::new(wanted, limit).ok_or_else(|| {
            refuse(
                "A name has letters, digits and -_[]\\{}|^`, and begins with no digit or hyphen"
                    .into(),
            )
        })?;
        let is_ours = LOOKS_OURS.contains(&skeleton(wanted));
        if is_ours || same(&self.config.server.name, wanted) {
            return Err(refuse("That name is reserved for the server".into()));
        }
        Ok(nick)
    }

    /// Whether no account may be called this, because it looks like the server or a part of it.
    pub fn is_unownable(&self, name: &str) -> bool {
        self.nick(name).is_err() || is_reserved(name)
    }

    /// The name must be free for `me`, or theirs: 433. `account` is the one that they are logged in to.
    pub fn claim(
        &self,
        nick: &Nick,
        me: Option<UserId>,
        account: Option<AccountId>,
    ) -> Result<Claim, Refusal> {
        let owner = self.owner(nick.as_str());
        let holder = self.nick_owner(nick.as_str()).filter(|id| Some(*id) != me);
        if owner.is_some() && owner != account {
            return Err(self.nick_reserved(nick.as_str()));
        }
        let Some(holder) = holder else {
            return Ok(Claim::Free);
        };
        let held_by = self.user(holder).and_then(|user| user.account.as_ref());
        if owner.is_some() && held_by.map(|login| login.id) != owner {
            return Ok(Claim::From(holder));
        }
        Err(self.nick_in_use(nick.as_str()))
    }

    /// The account that a name is kept for: whose name it is, or looks like.
    fn owner(&self, nick: &str) -> Option<AccountId> {
        match self.config.accounts.nick_reservation {
            Reservation::Strict => self.accounts.resembling(nick),
            Reservation::Optional | Reservation::None => None,
        }
    }

    /// 433, with names that are free.
    pub fn nick_in_use(&self, wanted: &str) -> Refusal {
        Refusal::NickInUse {
            nick: wanted.to_owned(),
            free: self.free_names(wanted).join(", "),
        }
    }

    fn nick_reserved(&self, wanted: &str) -> Refusal {
        Refusal::NickReserved {
            nick: wanted.to_owned(),
            free: self.free_names(wanted).join(", "),
        }
    }

    /// Some names like this one that anybody may have.
    pub fn free_names(&self, wanted: &str) -> Vec<String> {
        let limit = self.config.limits.nick.saturating_sub(3);
        let stem = cut(wanted, limit);
        let numbered = (2..100).map(|n| format!("{stem}{n}"));
        let candidates = [format!("{stem}_")].into_iter().chain(numbered);
        let is_free = |name: &String| {
            self.nick(name).is_ok() && self.nick_owner(name).is_none() && self.owner(name).is_none()
        };
        candidates.filter(is_free).take(PROPOSALS).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::server::world::Identity;
    use crate::server::world::event::Now;
    use crate::store::record::Record;
    use crate::store::record::account::Account;
    use std::sync::Arc;

    fn world(reservation: Reservation) -> World {
        let mut config = Config::default();
        config.accounts.nick_reservation = reservation;
        let mut world = World::new(Arc::new(config), Identity::default(), Now::default());
        world.apply(&Record::Account(Box::new(Account {
            id: AccountId(1),
            name: "alice".into(),
            created_ms: 0,
            password: None,
            scram: None,
            email: None,
            certificates: Vec::new(),
            disabled: None,
            always_on: None,
            silenced: Vec::new(),
            metadata: std::collections::BTreeMap::new(),
        })));
        world
    }

    fn may(world: &World, name: &str, account: Option<u64>) -> bool {
        let nick = Nick::new(name, 30).unwrap();
        world.claim(&nick, None, account.map(AccountId)).is_ok()
    }

    #[test]
    fn a_registered_name_and_what_looks_like_it_are_kept_for_the_owner() {
        let mut world = world(Reservation::Strict);
        for name in ["alice", "ALICE", "a1ice", "aIice"] {
            assert!(!may(&world, name, None), "{name}");
            assert!(!may(&world, name, Some(2)), "{name}");
            assert!(may(&world, name, Some(1)), "{name}");
        }
        assert!(may(&world, "alice_", None));
        world.apply(&Record::AccountGone(AccountId(1)));
        assert!(may(&world, "alice", None) && may(&world, "a1ice", None));
    }

    #[test]
    fn without_strict_reservation_anybody_may_have_it() {
        for reservation in [Reservation::Optional, Reservation::None] {
            assert!(may(&world(reservation), "alice", None));
        }
    }

    #[test]
    fn no_account_looks_like_the_server() {
        let world = world(Reservation::Strict);
        for name in ["NickServ", "adrnin", "root", "not a nick"] {
            assert!(world.is_unownable(name), "{name}");
        }
        assert!(!world.is_unownable("bob"));
    }
}
