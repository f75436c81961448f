//! A whole server in a test: events in by function call, lines out by session. No socket, no clock.

#![allow(dead_code, reason = "each user needs some of it")]

use chat::admin::command::{Answer, Command as Admin, Request, VERSION};
use chat::config::Config;
use chat::config::oper::Role;
use chat::config::password::HashCost;
use chat::config::password::hash;
use chat::proto::fingerprint::Fingerprint;
use chat::proto::message::{LineLimits, Message};
use chat::proto::{sasl, scram};
use chat::server::hub::Hub;
use chat::server::world::Identity;
use chat::server::world::deed::{Deed, DeedId};
use chat::server::world::effects::{Effect, Effects};
use chat::server::world::event::{
    Ask, Chore, Event, Found, Inquiry, Kept, Now, Officer, Origin, Peer, SessionId, Ticket, Why,
};
use chat::server::world::file::{FileAnswer, FileAsk, Proof};
use chat::server::world::load::Loads;
use chat::server::world::secured::{Certificate, Secured, Version};
use chat::store::memory::Memory;
use chat::store::record::account::{ScramKeys, Secret};
use chat::store::record::file::Digest;
use chat::store::{Read, Store};
use clap::{FromArgMatches, Subcommand};
use std::collections::{BTreeMap, VecDeque};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// 2026-11-20T08:00:00Z.
const START_MS: u64 = 1_795_161_600_000;

/// A hub, its sessions by name, and what each has been sent and not yet read.
pub(crate) struct Bench {
    pub(crate) hub: Hub,
    pub(crate) now: Now,
    names: BTreeMap<String, SessionId>,
    inboxes: BTreeMap<SessionId, VecDeque<String>>,
    /// Bytes of the most that was sent to anybody at once.
    pub(crate) biggest: usize,
    /// How often a long answer waited for others.
    pub(crate) turns: usize,
    spent: Effects,
    next: u32,
    /// Before each event the server is handed over to another process.
    pub(crate) is_restless: bool,
    answer: Option<Answer>,
    file_answer: Option<FileAnswer>,
    /// Bytes that nothing needs any more.
    pub(crate) unneeded: Vec<Digest>,
    /// What was said; shared by clones.
    pub(crate) store: Memory,
    /// What operators did.
    pub(crate) deeds: Vec<Deed>,
    /// What comes of recording it.
    pub(crate) record: Result<DeedId, String>,
}

impl Bench {
    pub(crate) fn new(mut config: Config) -> Self {
        config.accounts.hash_cost = HashCost::Test;
        let now = Now {
            unix_ms: START_MS,
            uptime_ms: 1000,
        };
        let identity = Identity {
            seed: [1, 2, 3, 4],
            port: 55555,
            ..Identity::default()
        };
        let certificates = certificates(&config);
        let mut hub = Hub::new(Arc::new(config), identity, now);
        hub.on(Event::Certificates(certificates), now);
        Self {
            hub,
            now,
            names: BTreeMap::new(),
            inboxes: BTreeMap::new(),
            biggest: 0,
            turns: 0,
            spent: Effects::default(),
            next: 0,
            is_restless: false,
            answer: None,
            file_answer: None,
            unneeded: Vec::new(),
            store: Memory::default(),
            deeds: Vec::new(),
            record: Ok(DeedId(1)),
        }
    }

    /// Opens a connection under `name`, in place of an earlier one of that name.
    pub(crate) fn connect(&mut self, name: &str) {
        self.connect_from(name, IpAddr::V4(Ipv4Addr::LOCALHOST));
    }

    /// The same from another machine.
    pub(crate) fn connect_from(&mut self, name: &str, ip: IpAddr) {
        let session = SessionId {
            index: self.next,
            generation: 1,
        };
        self.next += 1;
        let peer = Peer {
            host: "host".into(),
            address: format!("{ip}:{}", self.next),
            ip: Some(ip),
            via: None,
            secured: None,
            is_web: false,
        };
        self.names.insert(name.to_owned(), session);
        self.inboxes.insert(session, VecDeque::new());
        self.happen(Event::Opened(session, peer));
    }

    /// Lets the connection of `name` turn out to speak TLS, with the certificate of these bytes if there are any.
    pub(crate) fn secure(&mut self, name: &str, certificate: Option<&str>) {
        let session = self.session(name);
        let how = Secured {
            version: Version::Tls13,
            certificate: certificate.map(|bytes| Fingerprint::of(bytes.as_bytes())),
        };
        self.happen(Event::Secured(session, how));
    }

    /// Connects and registers, with these capabilities, and reads the burst away.
    pub(crate) fn login(&mut self, name: &str, caps: &str) {
        self.connect(name);
        for line in [
            format!("CAP REQ :{caps}"),
            format!("NICK {name}"),
            format!("USER {name} 0 * :{name}"),
            "CAP END".to_owned(),
        ] {
            self.say(name, line.as_bytes());
        }
        self.read_all(name);
    }

    /// Lets `name` send one line.
    pub(crate) fn say(&mut self, name: &str, line: &[u8]) {
        let session = self.session(name);
        self.happen(Event::Line(
            session,
            Message::parse(line, LineLimits::CLIENT),
        ));
    }

    /// Lets the operator at the admin socket ask something, as typed after `chat admin`.
    pub(crate) fn admin(&mut self, words: &str) -> Result<Answer, String> {
        let words = std::iter::once("admin").chain(words.split(' '));
        let matches = Admin::augment_subcommands(clap::Command::new("admin"))
            .try_get_matches_from(words)
            .map_err(|wrong| wrong.to_string())?;
        let request = Request {
            v: VERSION,
            request: Admin::from_arg_matches(&matches).map_err(|wrong| wrong.to_string())?,
        };
        let by = Officer {
            name: "root".into(),
            role: Role::Admin,
            from: Origin::Socket { uid: 0, pid: 1 },
        };
        self.answer = None;
        self.happen(Event::Admin(Ticket(1), &request, &by));
        while let Some((chore, found)) = wanted_in(&self.spent) {
            self.happen(Event::FoundFor(Ticket(1), chore, found, &by));
        }
        self.answer.take().ok_or_else(|| "no answer".to_owned())
    }

    /// Lets `name`'s connection end.
    pub(crate) fn hang_up(&mut self, name: &str) {
        let session = self.session(name);
        self.happen(Event::Closed(session, Why::Eof));
    }

    /// Ends the server, connections and all, and starts another with what was stored.
    pub(crate) fn restart(&mut self) {
        let config = Arc::clone(&self.hub.world().config);
        let identity = Identity {
            seed: [5, 6, 7, 8],
            ..Identity::default()
        };
        self.hub = Hub::new(config, identity, self.now);
        self.names.clear();
        self.inboxes.clear();
        let snapshot = self.store.load().expect("what is stored can be read");
        self.happen(Event::StoreWorks(&snapshot));
    }

    /// Lets time pass, second by second.
    pub(crate) fn wait(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.now.unix_ms += 1000;
            self.now.uptime_ms += 1000;
            self.happen(Event::Tick);
        }
    }

    /// The next line that `name` was sent; `CLOSED` when the connection was closed.
    pub(crate) fn read(&mut self, name: &str) -> Option<String> {
        let session = self.session(name);
        self.inboxes.get_mut(&session)?.pop_front()
    }

    /// Everything that `name` was sent and has not read.
    pub(crate) fn read_all(&mut self, name: &str) -> Vec<String> {
        let session = self.session(name);
        self.inboxes
            .get_mut(&session)
            .map(std::mem::take)
            .unwrap_or_default()
            .into()
    }

    /// Who has lines waiting.
    pub(crate) fn unread(&self) -> Vec<(String, String)> {
        let waiting = |session| self.inboxes.get(session).and_then(|inbox| inbox.front());
        self.names
            .iter()
            .filter_map(|(name, id)| Some((name.clone(), waiting(id)?.clone())))
            .collect()
    }

    pub(crate) fn session(&self, name: &str) -> SessionId {
        *self
            .names
            .get(name)
            .unwrap_or_else(|| panic!("{name} is not connected"))
    }

    /// Lets another process go on where this one stands.
    pub(crate) fn hand_over(&mut self) {
        let frozen = serde_json::to_vec(&self.hub.freeze()).expect("a world can be written");
        let config = Arc::clone(&self.hub.world().config);
        let identity = Identity {
            seed: [self.now.uptime_ms, 6, 7, 8],
            ..self.hub.world().identity.clone()
        };
        let snapshot = self.store.load().expect("what is stored can be read");
        let thawed = serde_json::from_slice(&frozen).expect("what was written can be read");
        let hub = Hub::thaw(thawed, config, identity, &snapshot, self.now).expect("it was read");
        assert!(hub.world().check() == self.hub.world().check());
        self.hub = hub;
    }

    /// Lets a door for files ask something.
    pub(crate) fn file(&mut self, ask: FileAsk) -> FileAnswer {
        self.file_answer = None;
        self.happen(Event::File(Ticket(7), ask));
        let asked = self.spent.iter().find_map(|effect| match effect {
            Effect::AskForFile(_, ask) => Some(ask.clone()),
            _ => None,
        });
        if let Some(ask) = asked {
            self.happen(Event::FoundForFile(Ticket(7), find_out(ask)));
        }
        self.file_answer.take().expect("a door is answered")
    }

    /// What `name` shows to a door for files; nothing else may wait for them.
    pub(crate) fn token(&mut self, name: &str) -> Proof {
        self.say(name, b"FILE TOKEN");
        let line = self.read(name).expect("an answer");
        let token = line.split(' ').nth(3).expect("a token");
        assert!(line.contains("FILE TOKEN"), "{line}");
        Proof::Token(Secret(token.into()))
    }

    /// Where `name` is.
    pub(crate) fn peer(&self, name: &str) -> Peer {
        let session = self.hub.world().session(self.session(name));
        session.expect("a session").peer.clone()
    }

    /// Lets `name` upload so many bytes, to somewhere or nowhere.
    pub(crate) fn upload(
        &mut self,
        name: &str,
        bytes: u64,
        file: &str,
        to: Option<&str>,
    ) -> FileAnswer {
        let (proof, peer) = (self.token(name), self.peer(name));
        let begun = self.file(FileAsk::Begin {
            proof,
            peer,
            name: file.into(),
            bytes,
            to: to.map(Into::into),
        });
        let FileAnswer::Begun { upload, .. } = begun else {
            return begun;
        };
        self.file(FileAsk::End {
            upload,
            digest: Digest([bytes as u8; 32]),
            bytes,
        })
    }

    /// What the hub answers to a session that asks as an operator.
    fn answer(&mut self, inquiry: &Inquiry) -> Found {
        let event = Event::Admin(Ticket(1), &inquiry.request, &inquiry.by);
        self.happen(event);
        while let Some((chore, found)) = wanted_in(&self.spent) {
            self.happen(Event::FoundFor(Ticket(1), chore, found, &inquiry.by));
        }
        answer_in(&self.spent).unwrap_or(Found::Busy)
    }

    pub(crate) fn happen(&mut self, event: Event<'_>) {
        if self.is_restless && self.hub.world().is_still() {
            self.hand_over();
        }
        self.hub.on(event, self.now);
        let mut effects = self.hub.take(std::mem::take(&mut self.spent));
        let records = effects.take_records();
        self.store.commit(&records).expect("records can be stored");
        for effect in effects.iter() {
            match effect {
                Effect::Send { line, to } => {
                    let text = std::str::from_utf8(line).expect("what is sent is UTF-8");
                    self.biggest = self.biggest.max(line.len());
                    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
                    for session in to {
                        let inbox = self.inboxes.entry(*session).or_default();
                        inbox.extend(lines.iter().map(|line| (*line).to_owned()));
                    }
                }
                Effect::Close(session) => {
                    self.inboxes
                        .entry(session)
                        .or_default()
                        .push_back("CLOSED".into());
                }
                Effect::Answer(_, answer) => self.answer = Some(answer.clone()),
                Effect::FileAnswer(_, answer) => self.file_answer = Some(answer.clone()),
                Effect::Unneeded(gone) => self.unneeded.push(gone.0),
                Effect::AskForFile(..)
                | Effect::Ask(..)
                | Effect::Outcome(..)
                | Effect::AskFor(..)
                | Effect::Log(_)
                | Effect::Stop { .. } => {}
            }
        }
        let asked: Vec<(SessionId, Ask)> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Ask(session, ask) => Some((session, ask.clone())),
                _ => None,
            })
            .collect();
        self.spent = effects;
        for (session, ask) in asked {
            let found = match &ask {
                Ask::Admin(inquiry) => self.answer(inquiry),
                Ask::Audit(deed) => {
                    self.deeds.push(deed.as_ref().clone());
                    Found::Recorded(self.record.clone())
                }
                Ask::Drain => {
                    self.turns += 1;
                    Found::Drained
                }
                Ask::Read(query) => Found::Read(self.store.answer(query).expect("an answer")),
                _ => find_out(ask),
            };
            self.happen(Event::Found(session, found));
        }
    }
}

/// The answer to a ticket among these effects.
fn answer_in(effects: &Effects) -> Option<Found> {
    effects.iter().find_map(|effect| match effect {
        Effect::Answer(_, answer) => Some(Found::Answered(Box::new(answer.clone()))),
        _ => None,
    })
}

/// What has to be found out before a ticket among these effects is answered, found out.
fn wanted_in(effects: &Effects) -> Option<(Chore, Found)> {
    effects.iter().find_map(|effect| match effect {
        Effect::AskFor(_, chore, ask) => Some((chore.clone(), find_out(ask.clone()))),
        _ => None,
    })
}

/// What the worker of a server finds out, at once.
fn find_out(ask: Ask) -> Found {
    match ask {
        Ask::Password { password, given } => Found::Password(password.admits(&given.0)),
        Ask::Hash { password, .. } => Found::Hashed(Box::new(kept(&password.0))),
        Ask::Drain => Found::Drained,
        Ask::Admit(_) => Found::Admitted(true),
        Ask::Loads => Found::Loads(Loads::default()),
        Ask::Turn | Ask::Overrule => Found::Turn,
        Ask::Raw { .. } => Found::Raw(Box::default()),
        Ask::Read(_)
        | Ask::Service(_)
        | Ask::Audit(_)
        | Ask::LookUp(_)
        | Ask::Admin(_)
        | Ask::Upgrade { .. } => Found::Busy,
        Ask::Verify => Found::Verified(Ok(Vec::new())),
        Ask::Reload => Found::Reloaded(vec!["Nothing has changed".into()], true),
    }
}

/// What is kept of a password, as cheap as can be.
fn kept(password: &str) -> Kept {
    let keys = scram::ScramKeys::derive(password, b"salt", HashCost::Test.rounds());
    let secret = |text: String| Secret(text.into());
    let hash = hash(password, b"saltsaltsaltsalt", HashCost::Test);
    Kept {
        password: secret(hash.expect("a hash")),
        scram: ScramKeys {
            salt: sasl::encode(&keys.salt).into(),
            iterations: keys.rounds,
            stored_key: secret(sasl::encode(&keys.stored_key)),
            server_key: secret(sasl::encode(&keys.server_key)),
        },
    }
}

/// A certificate of the server, if it speaks TLS.
fn certificates(config: &Config) -> Vec<Certificate> {
    let certificate = Certificate {
        names: vec!["server".into()],
        fingerprint: Fingerprint::of(b"server"),
        ends_s: 2_000_000_000,
        is_own: true,
    };
    config
        .speaks_tls()
        .then_some(certificate)
        .into_iter()
        .collect()
}
