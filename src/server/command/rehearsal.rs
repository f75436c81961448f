//! For tests of commands: a world, people in it who may be logged in, and what each of them is told.

use crate::config::Config;
use crate::proto::cap::{Cap, CapSet};
use crate::proto::message::{LineLimits, Message};
use crate::server::command::reply::Replies;
use crate::server::command::{self, Mood};
use crate::server::world::effects::{Effect, Effects};
use crate::server::world::event::{Ask, Found, Now, Peer, SessionId};
use crate::server::world::user::Login;
use crate::server::world::{Identity, World};
use crate::store::query::Answer;
use crate::store::record::Record;
use crate::store::record::account::{Account, AccountId};
use std::sync::Arc;

/// A world in a test.
pub(crate) struct Rehearsal {
    pub(crate) world: World,
    pub(crate) now: Now,
    /// What was to be stored, since the beginning.
    pub(crate) records: Vec<Record>,
    names: Vec<String>,
}

impl Rehearsal {
    /// An empty world without a lobby.
    pub(crate) fn new() -> Self {
        let mut config = Config::default();
        config.server.name = "server".into();
        config.lobby = None;
        // Nobody answers what is asked of the store here.
        config.history.replay_on_join = 0;
        let now = Now {
            unix_ms: 1_795_161_600_000,
            uptime_ms: 1000,
        };
        Self {
            world: World::new(Arc::new(config), Identity::default(), now),
            now,
            records: Vec::new(),
            names: Vec::new(),
        }
    }

    /// Somebody comes, logged in to an account of their name if it has a number.
    pub(crate) fn login(&mut self, name: &str, caps: &[Cap], account: Option<u64>) {
        let session = self.connect(name);
        self.say(name, &format!("NICK {name}"));
        self.say(name, &format!("USER {name} 0 * :{name}"));
        if let Some(device) = self.world.session_mut(session) {
            device.caps = CapSet::of(caps);
        }
        if let Some(id) = account {
            self.log_in(name, id);
        }
    }

    /// A connection is opened.
    pub(crate) fn connect(&mut self, name: &str) -> SessionId {
        self.names.retain(|known| known != name);
        self.names.push(name.to_owned());
        let session = SessionId {
            index: u32::try_from(self.world.counts.accepted).unwrap(),
            generation: 1,
        };
        let peer = Peer {
            host: "h".into(),
            address: format!("{name}:1"),
            ip: None,
            via: None,
            secured: None,
            is_web: false,
        };
        self.world.open(session, peer, self.now);
        session
    }

    /// The account of this number and name is there, and somebody logs in to it.
    pub(crate) fn log_in(&mut self, name: &str, id: u64) {
        let id = AccountId(id);
        if self.world.accounts.get(id).is_none() {
            self.world.apply(&Record::Account(Box::new(Account {
                id,
                name: name.into(),
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
        }
        let login = Login {
            id,
            name: name.into(),
        };
        let user = self.world.nick_owner(name).unwrap();
        let mut out = Effects::default();
        self.world
            .set_account(&mut out, user, Some(login), self.now);
    }

    /// Somebody says a line: what everybody is told, as `name line`, without tags but those of a batch.
    pub(crate) fn say(&mut self, name: &str, line: &str) -> Vec<String> {
        self.say_in(Mood::Execute, name, line)
    }

    /// The same when it may be a line too many.
    pub(crate) fn say_in(&mut self, mood: Mood, name: &str, line: &str) -> Vec<String> {
        let session = self.session(name);
        let mut out = Effects::default();
        let message = Message::parse(line.as_bytes(), LineLimits::CLIENT);
        command::dispatch(
            &mut self.world,
            &mut out,
            &mut Replies::default(),
            session,
            &message,
            self.now,
            mood,
        );
        self.world.check().unwrap();
        let asked = |effect| match effect {
            Effect::Ask(session, ask) => Some((session, ask.clone())),
            _ => None,
        };
        let asked: Vec<(SessionId, Ask)> = out.iter().filter_map(asked).collect();
        for (session, ask) in asked {
            let found = match ask {
                Ask::Drain => Found::Drained,
                _ => Found::Read(Answer::Said(Vec::new())),
            };
            let replies = &mut Replies::default();
            command::resume(&mut self.world, &mut out, replies, session, found, self.now);
        }
        self.told(out)
    }

    /// What everybody is told.
    pub(crate) fn told(&mut self, mut out: Effects) -> Vec<String> {
        let mut told = Vec::new();
        for effect in out.iter() {
            let Effect::Send { line, to } = effect else {
                continue;
            };
            let text = std::str::from_utf8(line).unwrap();
            for session in to {
                let name = self.name_of(*session);
                told.extend(text.lines().map(|line| format!("{name} {line}")));
            }
        }
        self.records.extend(out.take_records());
        told
    }

    pub(crate) fn session(&self, name: &str) -> SessionId {
        let mut sessions = self.world.sessions();
        let address = format!("{name}:1");
        let is_theirs = |found: &(SessionId, &_)| self.name_of(found.0) == name;
        sessions.find(is_theirs).expect(&address).0
    }

    fn name_of(&self, session: SessionId) -> String {
        let peer = self.world.session(session).map(|device| &device.peer);
        let address = peer.map(|peer| peer.address.clone()).unwrap_or_default();
        address.trim_end_matches(":1").to_owned()
    }
}
