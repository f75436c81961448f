//! The world as bytes and back, for another process that takes over.
//!
//! What survives a restart anyway is not in it: it comes from the store. Indexes are made anew. A field
//! that is added to the world does not compile until it is said here what becomes of it.

use crate::config::Config;
use crate::server::world::accounts::Accounts;
use crate::server::world::defcon::Defcon;
use crate::server::world::drain::Drain;
use crate::server::world::durable::Registered;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::files::{Coming, Files};
use crate::server::world::gauges::{Counts, Samples};
use crate::server::world::id::UserId;
use crate::server::world::lockout::{Failed, Lockouts};
use crate::server::world::overrides::Overrides;
use crate::server::world::quotas::{Quotas, Used};
use crate::server::world::room::Room;
use crate::server::world::sanction::slow::Slow;
use crate::server::world::sanction::{self, Sanctions};
use crate::server::world::secured::Certificate;
use crate::server::world::seen::{Left, Seen};
use crate::server::world::session::{Goal, Session};
use crate::server::world::slots::Slots;
use crate::server::world::stamp::Stamps;
use crate::server::world::tally::Tally;
use crate::server::world::user::User;
use crate::server::world::watched::Watched;
use crate::server::world::watchers::Watchers;
use crate::server::world::whowas::Whowas;
use crate::server::world::{Identity, World};
use crate::store::Snapshot;
use crate::store::record::Record;
use ahash::RandomState;
use hashbrown::HashMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// A world that stands still.
#[derive(Debug, Serialize, Deserialize)]
pub struct Frozen<'a> {
    started: Now,
    counts: Counts,
    is_read_only: bool,
    certificates: Loan<'a, Vec<Certificate>>,
    tally: Loan<'a, Tally>,
    stamps: Loan<'a, Stamps>,
    seen: Left,
    lockouts: Failed,
    registrations: Used,
    sanctions: sanction::frozen::Frozen,
    #[serde(default)]
    files: Coming,
    whowas: Loan<'a, Whowas>,
    held: Vec<(UserId, u64)>,
    drain: Option<Drain>,
    defcon: Defcon,
    overrides: Vec<(String, u64)>,
    sessions: Loan<'a, Slots<Session>>,
    users: Loan<'a, Slots<User>>,
    rooms: Loan<'a, Slots<Room>>,
    newcomers: usize,
    settled: usize,
    batches: u64,
    exchanges: u64,
}

/// Borrowed where it is written, owned where it is read.
#[derive(Debug)]
pub enum Loan<'a, T> {
    Lent(&'a T),
    Owned(T),
}

impl<T: Serialize> Serialize for Loan<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Lent(value) => value.serialize(to),
            Self::Owned(value) => value.serialize(to),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Loan<'_, T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(from).map(Self::Owned)
    }
}

impl<T> Loan<'_, T> {
    /// What was read; `None`: it is still somebody else's.
    pub fn owned(self) -> Option<T> {
        match self {
            Self::Lent(_) => None,
            Self::Owned(value) => Some(value),
        }
    }
}

impl World {
    /// Whether nobody waits for anything but that they read what they asked for: the rest cannot be handed over.
    pub fn is_still(&self) -> bool {
        let is_still = |session: &Session| {
            let asking = session.asking.as_deref();
            asking.is_none_or(|asking| matches!(asking.goal, Goal::More(_)))
        };
        self.files.asks.is_empty() && self.sessions().all(|(_, session)| is_still(session))
    }

    /// What another process has to know to go on where this one stands.
    pub fn freeze(&self) -> Frozen<'_> {
        // Of the process: config, identity. From the store: accounts, registered. Made anew: the indexes.
        let Self {
            config: _,
            identity: _,
            accounts: _,
            registered: _,
            watchers: _,
            nicks: _,
            room_names: _,
            // Of the process too: what it measured. Nobody waits for a listing.
            certificates,
            samples: _,
            listings: _,
            watched: _,
            files,
            sanctions,
            started,
            counts,
            tally,
            stamps,
            seen,
            is_read_only,
            lockouts,
            registrations,
            whowas,
            held,
            drain,
            defcon,
            overrides,
            sessions,
            newcomers,
            settled,
            users,
            rooms,
            batches,
            exchanges,
        } = self;
        Frozen {
            started: *started,
            counts: *counts,
            is_read_only: *is_read_only,
            defcon: *defcon,
            overrides: overrides.freeze(),
            certificates: Loan::Lent(certificates),
            tally: Loan::Lent(tally),
            stamps: Loan::Lent(stamps),
            seen: seen.freeze(),
            lockouts: lockouts.freeze(),
            registrations: registrations.freeze(),
            sanctions: sanctions.freeze(),
            files: files.freeze(),
            whowas: Loan::Lent(whowas),
            drain: drain.clone(),
            settled: *settled,
            held: held.iter().map(|(id, until)| (*id, *until)).collect(),
            sessions: Loan::Lent(sessions),
            users: Loan::Lent(users),
            rooms: Loan::Lent(rooms),
            newcomers: *newcomers,
            batches: *batches,
            exchanges: *exchanges,
        }
    }
}

impl Frozen<'_> {
    /// The world, in another process, with what is kept. `None`: it was never read.
    pub fn thaw(
        self,
        config: Arc<Config>,
        identity: Identity,
        kept: &Snapshot,
        now: Now,
    ) -> Option<World> {
        let (mut world, sanctions) = self.world(config, identity, now)?;
        world.accounts.reserve(kept.last_account);
        world.sanctions.reserve(kept.last_sanction);
        // Who was here last is known already, and who is here again too.
        let is_news = |record: &&Record| !matches!(record, Record::Seen { .. });
        for record in kept.records.iter().filter(is_news) {
            world.apply(record);
        }
        let [a, b, c, d] = world.identity.seed;
        let slow = Slow::new(&RandomState::with_seeds(a, b, c, d));
        world.sanctions.thaw(sanctions, slow);
        world.forget_unread(now);
        Some(world)
    }

    fn world(
        self,
        config: Arc<Config>,
        identity: Identity,
        now: Now,
    ) -> Option<(World, sanction::frozen::Frozen)> {
        let [a, b, c, d] = identity.seed;
        let hasher = RandomState::with_seeds(a, b, c, d);
        let (sessions, users) = (self.sessions.owned()?, self.users.owned()?);
        let rooms = self.rooms.owned()?;
        let watched = sessions.iter::<SessionId>();
        let watched = watched.map(|(id, session)| (id, session.watched.as_slice()));
        let mut nicks = HashMap::with_hasher(hasher.clone());
        nicks.extend(users.iter().map(|(id, user)| (user.nick.clone(), id)));
        let mut room_names = HashMap::with_hasher(hasher.clone());
        room_names.extend(rooms.iter().map(|(id, room)| (room.name.clone(), id)));
        let sanctions = self.sanctions;
        let overrides = Overrides::thaw(&self.overrides, &config);
        let world = World {
            config,
            identity,
            started: self.started,
            counts: self.counts,
            tally: self.tally.owned()?,
            stamps: self.stamps.owned()?,
            seen: Seen::thaw(self.seen, hasher.clone()),
            accounts: Accounts::new(hasher.clone()),
            registered: Registered::with_hasher(hasher.clone()),
            is_read_only: self.is_read_only,
            lockouts: Lockouts::thaw(self.lockouts, hasher.clone()),
            registrations: Quotas::thaw(self.registrations, hasher.clone()),
            whowas: self.whowas.owned()?,
            held: self.held.into_iter().collect(),
            drain: self.drain,
            defcon: self.defcon,
            overrides,
            settled: self.settled,
            watchers: Watchers::of_all(watched, hasher.clone()),
            certificates: self.certificates.owned()?,
            samples: Samples::default(),
            listings: std::collections::HashMap::new(),
            watched: Watched::default(),
            sanctions: Sanctions::new(&hasher, now),
            files: Files::thaw(self.files, hasher),
            sessions,
            newcomers: self.newcomers,
            users,
            rooms,
            nicks,
            room_names,
            batches: self.batches,
            exchanges: self.exchanges,
        };
        Some((world, sanctions))
    }
}

/// What is left of something that is told one after the other.
pub mod left {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::vec::IntoIter;

    /// Writes what is left.
    pub fn serialize<T: Serialize, S: Serializer>(
        left: &IntoIter<T>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        left.as_slice().serialize(to)
    }

    /// Reads it.
    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<IntoIter<T>, D::Error> {
        Vec::deserialize(from).map(Vec::into_iter)
    }
}

/// Verbs that are told apart by where they stand in the program. Nothing that waits for an answer is handed
/// over but what is said, so any other verb is as good as none.
pub mod verb {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::borrow::Cow;

    /// A verb of the program; for serde no reference that it would want to borrow.
    pub type Name = &'static str;

    const SAID: [&str; 2] = ["PRIVMSG", "NOTICE"];

    fn known(verb: &str) -> &'static str {
        SAID.into_iter().find(|said| *said == verb).unwrap_or("*")
    }

    /// Writes its name.
    pub fn serialize<V: Serialize, S: Serializer>(verb: &V, to: S) -> Result<S::Ok, S::Error> {
        verb.serialize(to)
    }

    /// Finds it by its name.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Name, D::Error> {
        Cow::<str>::deserialize(from).map(|verb| known(&verb))
    }

    /// Finds it by its name, if there is one.
    pub fn maybe<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Name>, D::Error> {
        let verb = Option::<Cow<'_, str>>::deserialize(from)?;
        Ok(verb.map(|verb| known(&verb)))
    }
}
