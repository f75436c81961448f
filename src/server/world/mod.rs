//! Who is here and what is true. The hub owns it by value; there is no lock and no second copy.
//!
//! Kept true at every moment, and checked by [`World::check`]: every member of a room has the room
//! among theirs and knows their own place in it, no room is empty, and the index of nicks holds
//! exactly those who are here. Whatever changes both sides of such a pair does so here.

pub mod accounts;
pub mod address;
pub mod announce;
pub mod ban;
pub mod batch;
pub mod belonging;
pub mod bucket;
pub mod caller;
pub mod check;
pub mod cursor;
pub mod custody;
pub mod deed;
pub mod defcon;
pub mod deliver;
pub mod depart;
pub mod drain;
pub mod due;
pub mod durable;
pub mod effects;
pub mod event;
pub mod file;
pub mod files;
pub mod frozen;
pub mod gauges;
pub mod held;
pub mod history;
pub mod id;
pub mod listing;
pub mod load;
pub mod lockout;
pub mod login;
pub mod metadata;
pub mod naming;
pub mod overrides;
pub mod presence;
pub mod quotas;
pub mod raw;
pub mod refusal;
pub mod registered;
pub mod right;
pub mod room;
pub mod sanction;
pub mod secured;
pub mod seen;
pub mod seldom;
pub mod session;
pub mod slots;
pub mod source;
pub mod stamp;
pub mod tally;
pub mod task;
pub mod user;
pub mod watched;
pub mod watchers;
pub mod whowas;

use crate::config::Config;
use crate::proto::mode::Ranks;
use crate::proto::name::{Folded, Nick, RoomName};
use crate::server::world::accounts::Accounts;
use crate::server::world::defcon::Defcon;
use crate::server::world::drain::Drain;
use crate::server::world::durable::Registered;
use crate::server::world::event::{Now, Peer, SessionId};
use crate::server::world::files::Files;
use crate::server::world::gauges::{Counts, Gauges, Samples};
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::listing::Listing;
use crate::server::world::lockout::Lockouts;
use crate::server::world::login::Decoy;
use crate::server::world::overrides::Overrides;
use crate::server::world::quotas::Quotas;
use crate::server::world::room::{Member, Room};
use crate::server::world::sanction::Sanctions;
use crate::server::world::secured::Certificate;
use crate::server::world::seen::Seen;
use crate::server::world::session::Session;
use crate::server::world::slots::Slots;
use crate::server::world::stamp::Stamps;
use crate::server::world::tally::Tally;
use crate::server::world::user::{Membership, User};
use crate::server::world::watched::Watched;
use crate::server::world::watchers::Watchers;
use crate::server::world::whowas::Whowas;
use ahash::RandomState;
use hashbrown::HashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the world is told of the process it lives in.
#[derive(Debug, Clone, Default)]
pub struct Identity {
    pub pid: u32,
    /// The user whose process it is.
    pub uid: u32,
    /// Where clients can connect, as text for the operator.
    pub addresses: Vec<String>,
    /// The port of the first of them.
    pub port: u16,
    /// Most connections that the process can hold.
    pub max_connections: usize,
    /// Random numbers for hashing and msgids.
    pub seed: [u64; 4],
    /// What salts of names without an account are made of.
    pub decoy: Decoy,
    /// When the last backup was made; milliseconds since 1970-01-01 UTC.
    pub backed_up_ms: Option<u64>,
    /// What is measured; doors and sockets write there too.
    pub gauges: Arc<Gauges>,
}

/// Everybody and everything that is here now.
#[derive(Debug)]
pub struct World {
    pub config: Arc<Config>,
    pub identity: Identity,
    pub started: Now,
    /// What the doors speak TLS with; none: they speak none.
    pub certificates: Vec<Certificate>,
    pub counts: Counts,
    /// What was measured before.
    pub samples: Samples,
    /// Who is let in.
    pub defcon: Defcon,
    /// Limits that count instead of the file's.
    pub overrides: Overrides,
    /// What was counted when somebody watched.
    pub watched: Watched,
    /// Long answers to operators on their way, by ticket.
    pub listings: std::collections::HashMap<u64, Listing>,
    pub tally: Tally,
    pub stamps: Stamps,
    pub seen: Seen,
    /// What survives a restart; changed by `apply` alone.
    pub accounts: Accounts,
    /// What survives a restart of rooms; changed by `apply` alone.
    pub registered: Registered,
    /// Nothing can be stored at the moment.
    pub is_read_only: bool,
    /// Nobody is let in, and those who are here leave.
    pub drain: Option<Drain>,
    /// Who may not try a password at the moment.
    pub lockouts: Lockouts,
    /// How many accounts were asked for.
    pub registrations: Quotas,
    /// Bans, mutes and the like; which there are is changed by `apply` alone.
    pub sanctions: Sanctions,
    /// What people share; which files there are is changed by `apply` alone.
    pub files: Files,
    pub whowas: Whowas,
    pub watchers: Watchers,
    /// Until which uptime people without a device are seen as present.
    held: BTreeMap<UserId, u64>,
    sessions: Slots<Session>,
    /// Sessions that have said something and are not let in yet.
    newcomers: usize,
    /// Sessions that are let in.
    settled: usize,
    users: Slots<User>,
    rooms: Slots<Room>,
    nicks: HashMap<Nick, UserId, RandomState>,
    room_names: HashMap<RoomName, RoomId, RandomState>,
    /// Names the next batch.
    batches: u64,
    /// Exchanges of SCRAM so far.
    exchanges: u64,
}

impl World {
    /// A world with nobody in it.
    pub fn new(config: Arc<Config>, identity: Identity, now: Now) -> Self {
        let [a, b, c, d] = identity.seed;
        let hasher = RandomState::with_seeds(a, b, c, d);
        Self {
            config,
            started: now,
            certificates: Vec::new(),
            counts: Counts::default(),
            samples: Samples::default(),
            defcon: Defcon::default(),
            overrides: Overrides::default(),
            watched: Watched::default(),
            listings: std::collections::HashMap::new(),
            tally: Tally::default(),
            stamps: Stamps::new(a ^ b ^ c ^ d),
            seen: Seen::new(hasher.clone()),
            accounts: Accounts::new(hasher.clone()),
            registered: Registered::with_hasher(hasher.clone()),
            is_read_only: false,
            drain: None,
            lockouts: Lockouts::new(hasher.clone()),
            registrations: Quotas::new(hasher.clone()),
            sanctions: Sanctions::new(&hasher, now),
            files: Files::new(hasher.clone()),
            whowas: Whowas::default(),
            watchers: Watchers::new(hasher.clone()),
            held: BTreeMap::new(),
            sessions: Slots::default(),
            newcomers: 0,
            settled: 0,
            users: Slots::default(),
            rooms: Slots::default(),
            nicks: HashMap::with_hasher(hasher.clone()),
            room_names: HashMap::with_hasher(hasher),
            batches: 0,
            exchanges: 0,
            identity,
        }
    }

    /// A connection was accepted.
    pub fn open(&mut self, id: SessionId, mut peer: Peer, now: Now) {
        peer.host = self.shown_host(peer.ip, &peer.host);
        self.sessions.insert_at(id, Session::new(peer, now));
        self.counts.accepted += 1;
        self.counts.peak_sessions = self.counts.peak_sessions.max(self.sessions.len());
    }

    /// A session that is open.
    pub fn session(&self, id: SessionId) -> Option<&Session> {
        self.sessions.get(id)
    }

    /// A session that is open, to change it.
    pub fn session_mut(&mut self, id: SessionId) -> Option<&mut Session> {
        self.sessions.get_mut(id)
    }

    /// Every open session.
    pub fn sessions(&self) -> impl Iterator<Item = (SessionId, &Session)> {
        self.sessions.iter()
    }

    /// Connections that have said something and are not let in yet.
    pub fn newcomers(&self) -> usize {
        self.newcomers
    }

    /// Connections that are not let in yet.
    pub fn unregistered(&self) -> usize {
        self.sessions.len().saturating_sub(self.settled)
    }

    /// A session said something: it is alive. Tells how many lines it has sent before being let in.
    pub fn hear(&mut self, id: SessionId, now: Now) -> Option<usize> {
        let session = self.sessions.get_mut(id)?;
        session.heard_ms = now.uptime_ms;
        session.pinged_ms = None;
        let Some(registering) = session.registering() else {
            return Some(0);
        };
        self.newcomers += usize::from(registering.lines == 0);
        registering.lines += 1;
        Some(registering.lines)
    }

    /// Open connections.
    pub fn session_count(&self) -> usize {
        self.sessions.len()
    }

    /// Somebody who is here.
    pub fn user(&self, id: UserId) -> Option<&User> {
        self.users.get(id)
    }

    /// Somebody who is here, to change what concerns only them.
    pub fn user_mut(&mut self, id: UserId) -> Option<&mut User> {
        self.users.get_mut(id)
    }

    /// Everybody who is here.
    pub fn users(&self) -> impl Iterator<Item = (UserId, &User)> {
        self.users.iter()
    }

    /// How many are here.
    pub fn user_count(&self) -> usize {
        self.users.len()
    }

    /// Who carries this name, in any spelling.
    pub fn nick_owner(&self, nick: &str) -> Option<UserId> {
        self.nicks.get(&Folded(nick)).copied()
    }

    /// A room.
    pub fn room(&self, id: RoomId) -> Option<&Room> {
        self.rooms.get(id)
    }

    /// A room, to change what concerns only it.
    pub fn room_mut(&mut self, id: RoomId) -> Option<&mut Room> {
        self.rooms.get_mut(id)
    }

    /// Every room.
    pub fn rooms(&self) -> impl Iterator<Item = (RoomId, &Room)> {
        self.rooms.iter()
    }

    /// How many rooms there are.
    pub fn room_count(&self) -> usize {
        self.rooms.len()
    }

    /// The room of this name, in any spelling.
    pub fn room_named(&self, name: &str) -> Option<RoomId> {
        self.room_names.get(&Folded(name)).copied()
    }

    /// Puts a user in a room, which is made if there is none of that name; they must not be in it.
    pub fn enter(
        &mut self,
        user: UserId,
        name: RoomName,
        ranks: Ranks,
        now: Now,
    ) -> Option<RoomId> {
        let id = match self.room_names.get(&name) {
            Some(id) => *id,
            None => self.make_room(name, now),
        };
        let since = self.stamps.moment(now.unix_ms);
        let room = self.rooms.get_mut(id)?;
        let who = self.users.get_mut(user)?;
        if who.rooms.is_empty() {
            // Most are in one room, and a list makes room for four.
            who.rooms.reserve_exact(1);
        }
        who.rooms.push(Membership {
            room: id,
            place: room.members.len(),
            since,
        });
        if let Some(invitations) = who.invitations.if_any() {
            invitations.retain(|invited| *invited != id);
        }
        room.members.push(Member { user, ranks });
        Some(id)
    }

    /// Takes a user out of a room; a room without members is gone.
    pub fn leave(&mut self, user: UserId, id: RoomId) -> Option<Member> {
        let who = self.users.get_mut(user)?;
        let at = who
            .rooms
            .iter()
            .position(|membership| membership.room == id)?;
        let place = who.rooms.swap_remove(at).place;
        let room = self.rooms.get_mut(id)?;
        let member = *room.members.get(place)?;
        room.members.swap_remove(place);
        if let Some(moved) = room.members.get(place)
            && let Some(who) = self.users.get_mut(moved.user)
            && let Some(membership) = who
                .rooms
                .iter_mut()
                .find(|membership| membership.room == id)
        {
            membership.place = place;
        }
        self.end_if_empty(id);
        Some(member)
    }

    /// What a user is in a room, if they are in it.
    pub fn member(&self, user: UserId, room: RoomId) -> Option<&Member> {
        let place = self.user(user)?.membership(room)?.place;
        self.room(room)?.members.get(place)
    }

    /// What a user is in a room, to change it.
    pub fn member_mut(&mut self, user: UserId, room: RoomId) -> Option<&mut Member> {
        let place = self.user(user)?.membership(room)?.place;
        self.room_mut(room)?.members.get_mut(place)
    }
}
