//! Who asks: a session that shows its token, or whoever knows an account's password.

use crate::config::files::Uploads;
use crate::config::password::{Password, decoy};
use crate::server::command::account::login;
use crate::server::command::files::token;
use crate::server::command::files::{Scene, proof_of};
use crate::server::world::event::{Ask, Found, Peer, SessionId, Ticket};
use crate::server::world::file::{FileAsk, Proof, Refused, Waiting};
use crate::server::world::files::{Payer, Uploader};
use crate::server::world::lockout::Prefix;
use crate::server::world::login::Tried;
use crate::server::world::sanction::index::Person;
use crate::server::world::session::Session;
use crate::store::record::account::{AccountId, Party, Secret};
use crate::store::record::said::Reader;

/// Who has shown who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Session(SessionId),
    Account(AccountId),
}

/// What a proof comes to.
#[derive(Debug)]
pub(super) enum Evidence {
    /// It is they, or nobody who is known.
    Who(Option<Who>),
    /// A password is to be compared first.
    Compare(Box<Comparison>),
}

/// A password and what it is compared with.
#[derive(Debug)]
pub(super) struct Comparison {
    password: Password,
    given: Secret,
    tried: Tried,
    from: Prefix,
}

impl Scene<'_> {
    /// What the proof of a question comes to; questions that need none are not asked for it.
    pub(super) fn evidence(&self, ask: &FileAsk) -> Result<Evidence, Refused> {
        let Some((proof, peer)) = proof_of(ask).filter(|_| self.needs_proof(ask)) else {
            return Ok(Evidence::Who(None));
        };
        match proof {
            Proof::None => Err(Refused::WhoAreYou),
            Proof::Token(text) => {
                let session = token::read(self.world, &text.0, self.now);
                let session = session.ok_or(Refused::WhoAreYou)?;
                Ok(Evidence::Who(Some(Who::Session(session))))
            }
            Proof::Basic { account, password } => {
                let comparison = self.comparison(account, password, peer)?;
                Ok(Evidence::Compare(Box::new(comparison)))
            }
        }
    }

    fn comparison(&self, name: &str, given: &Secret, peer: &Peer) -> Result<Comparison, Refused> {
        let rules = &self.world.config.accounts;
        if !rules.enabled || given.0.len() > rules.max_password_bytes {
            return Err(Refused::WhoAreYou);
        }
        if !rules.clear_passwords && !peer.is_private() {
            let why = "Passwords are taken over TLS only";
            return Err(Refused::MayNot(why.into()));
        }
        let from = Prefix::of(peer.ip);
        let uptime_ms = self.now.uptime_ms;
        if let Some(left) = self.world.lockouts.pause(name, from, uptime_ms) {
            let seconds = left.as_secs() + 1;
            let why = format!("Too many failed logins; try again in {seconds} s");
            return Err(Refused::MayNot(why.into()));
        }
        if self.world.files.has_guessed(from, self.now) {
            let why = "Too many failed logins from your network; try again in a minute";
            return Err(Refused::MayNot(why.into()));
        }
        if self.world.files.is_comparing(from) {
            return Err(Refused::Busy);
        }
        let holding = self.world.accounts.named(name);
        let account = holding
            .and_then(|holding| Some((holding.account.id, holding.account.password.clone()?)));
        let password = match &account {
            Some((_, hash)) => Password::Hash(hash.0.to_string()),
            None => decoy(rules.hash_cost),
        };
        let name = name.to_owned();
        Ok(Comparison {
            password,
            given: given.clone(),
            tried: Tried { name, account },
            from,
        })
    }

    /// Has a password compared; then the question goes on.
    pub(super) fn compare(&mut self, ticket: Ticket, ask: FileAsk, comparison: Comparison) {
        let Comparison {
            password,
            given,
            tried,
            from,
        } = comparison;
        self.out
            .ask_for_file(ticket, Ask::Password { password, given });
        let waiting = Waiting { ask, tried, from };
        self.world.files.asks.insert(ticket.0, waiting);
    }

    /// Whose password was given.
    pub(super) fn verdict(&mut self, found: &Found, waiting: &Waiting) -> Result<Who, Refused> {
        let Found::Password(fits) = found else {
            return Err(Refused::Busy);
        };
        let tried = &waiting.tried;
        let account = tried.account.as_ref().filter(|(id, against)| {
            // It may have been changed meanwhile.
            let holding = self.world.accounts.get(*id);
            let password = holding.and_then(|holding| holding.account.password.as_ref());
            *fits && password == Some(against)
        });
        let account = account.map(|(id, _)| *id);
        let (world, out) = (&mut *self.world, &mut *self.out);
        login::note(world, out, &tried.name, waiting.from, account, self.now);
        let account = account.ok_or_else(|| {
            self.world.files.note_guess(waiting.from, self.now);
            Refused::WhoAreYou
        })?;
        let holding = self.world.accounts.get(account);
        match holding.and_then(|holding| holding.account.disabled.as_ref()) {
            Some(why) => {
                let why = format!("This account is disabled: {why}");
                Err(Refused::MayNot(why.into()))
            }
            None => Ok(Who::Account(account)),
        }
    }

    /// The connection with which they chat, if there is one.
    fn session_of(&self, who: Who) -> Option<SessionId> {
        match who {
            Who::Session(session) => Some(session),
            Who::Account(account) => {
                let sessions = self.world.sessions_of(account);
                let is_in = |id: &&SessionId| {
                    let session = self.world.session(**id);
                    session.is_some_and(|session| session.user().is_some())
                };
                sessions.iter().rev().find(is_in).copied()
            }
        }
    }

    /// Who it is, as an uploader.
    pub(super) fn uploader(&self, who: Who) -> Option<Uploader> {
        let session = self.session_of(who);
        let device = session.and_then(|session| self.world.session(session));
        let user = device
            .and_then(Session::user)
            .and_then(|id| self.world.user(id));
        match (who, device, user) {
            (_, Some(device), Some(user)) => {
                let network = || Prefix::of(device.peer.ip).to_string().into();
                let account = user.account.as_ref().map(|login| login.id);
                Some(Uploader {
                    session,
                    party: user.party(),
                    name: user.nick.as_str().into(),
                    payer: account.map_or_else(|| Payer::Network(network()), Payer::Account),
                })
            }
            (Who::Account(id), ..) => {
                let holding = self.world.accounts.get(id)?;
                Some(Uploader {
                    session: None,
                    party: Party::Account(id),
                    name: holding.account.name.clone(),
                    payer: Payer::Account(id),
                })
            }
            (Who::Session(_), ..) => None,
        }
    }

    /// What they may read.
    pub(super) fn reader(&self, who: Who) -> Option<Reader> {
        let session = match who {
            Who::Session(session) => self.world.session(session),
            Who::Account(_) => None,
        };
        if let Some(user) = session.and_then(Session::user) {
            return self.world.reader(user);
        }
        let Who::Account(id) = who else {
            return None;
        };
        if let Some(user) = self.world.presences_of(id).first() {
            return self.world.reader(*user);
        }
        let holding = self.world.accounts.get(id)?;
        let rooms = holding.rooms.iter();
        Some(Reader {
            who: Party::Account(id),
            rooms: rooms.map(|(name, since)| (name.clone(), *since)).collect(),
        })
    }

    /// Whether they may upload anything at all.
    pub(super) fn may_upload(&mut self, by: &Uploader, peer: &Peer) -> Result<(), Refused> {
        let refuse = |why: &str| Err(Refused::MayNot(why.into()));
        let device = by.session.and_then(|session| self.world.session(session));
        let is_operator = device.is_some_and(|device| self.world.is_exempt(device));
        let has_account = matches!(by.payer, Payer::Account(_));
        match self.world.config.files.uploads {
            Uploads::Everyone => {}
            Uploads::Registered if has_account || is_operator => {}
            Uploads::Registered => return refuse("Only people with an account may upload files"),
            Uploads::Operators if is_operator => {}
            Uploads::Operators => return refuse("Only operators of the server may upload files"),
            Uploads::Nobody => return refuse("Nobody may upload files here"),
        }
        let verdict = match by.session {
            Some(session) => self.world.ban_on(session, self.now),
            None => {
                let host = self.world.shown_host(peer.ip, &peer.host);
                let person = Person {
                    nick: &by.name,
                    username: "*",
                    host: &host,
                    ip: peer.ip,
                    account: match by.party {
                        Party::Account(id) => Some(id),
                        Party::Guest(_) => None,
                    },
                };
                self.world.ban_on_person(&person, self.now)
            }
        };
        let Some(verdict) = verdict else {
            return Ok(());
        };
        self.world.sanctions.count(verdict.id);
        refuse(&verdict.text)
    }
}
