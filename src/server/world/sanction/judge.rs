//! What sanctions mean for somebody: may they come in, may they speak, and the words in which they are told.

use crate::proto::name::fold;
use crate::proto::time;
use crate::server::world::World;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::id::UserId;
use crate::server::world::sanction::Held;
use crate::server::world::sanction::index::Person;
use crate::server::world::sanction::slow::Speaker;
use crate::server::world::session::{Session, Stage};
use crate::server::world::user::User;
use crate::store::record::account::AccountId;
use crate::store::record::sanction::{SanctionId, What};

/// Why something is not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub id: SanctionId,
    /// A sentence without its full stop.
    pub text: String,
}

impl Verdict {
    fn new(held: &Held, act: &str, now: Now) -> Self {
        let (until, why) = (held.until(now), held.why());
        Self {
            id: held.sanction.id,
            text: format!("{act}{until}{why} ({})", held.sanction.name()),
        }
    }
}

impl Held {
    /// Its id, who set it, its end and its reason.
    pub fn about(&self, now: Now) -> String {
        let (name, by) = (self.sanction.name(), &self.sanction.by);
        format!("{name} by {by}{}{}", self.until(now), self.why())
    }

    fn until(&self, now: Now) -> String {
        let left = self.left_ms(now);
        let end = left.map(|left| minute(now.unix_ms.saturating_add(left)));
        end.map_or_else(String::new, |end| format!(" until {end}"))
    }

    fn why(&self) -> String {
        let reason = self.sanction.reason.as_ref();
        reason.map_or_else(String::new, |reason| format!(": {reason}"))
    }
}

/// A moment as it is told: `2026-11-20 10:52 UTC`.
pub fn minute(unix_ms: u64) -> String {
    let text = time::to_text(unix_ms).replace('T', " ");
    format!("{} UTC", text.get(..16).unwrap_or(&text))
}

impl World {
    /// Who is at the other end of a connection, as sanctions see them.
    pub fn person<'a>(&'a self, device: &'a Session) -> Person<'a> {
        match &device.stage {
            Stage::Registering(said) => Person {
                nick: said.nick.as_ref().map_or("*", |nick| nick.as_str()),
                username: said.user.as_ref().map_or("*", |(user, _)| user),
                host: &device.peer.host,
                ip: device.peer.ip,
                account: said.login.as_ref().map(|login| login.id),
            },
            Stage::Ready(id) => Person {
                ip: device.peer.ip,
                ..self.person_of(*id)
            },
        }
    }

    /// What people call a sanction: B17.
    pub fn sanction_name(&self, id: SanctionId) -> String {
        let held = self.sanctions.get(id);
        held.map_or_else(String::new, |held| held.sanction.name())
    }

    /// A user as slow mode sees them, with the device that they speak with.
    pub fn speaker(&self, id: UserId, device: Option<SessionId>) -> Option<Speaker> {
        let user = self.user(id)?;
        let device = device.and_then(|device| self.session(device));
        Some(Speaker {
            user: id,
            account: user.account.as_ref().map(|login| login.id),
            ip: device.and_then(|device| device.peer.ip),
            since_ms: user.signed_on_ms,
        })
    }

    /// A user as sanctions see them, wherever they come from.
    pub fn person_of(&self, id: UserId) -> Person<'_> {
        self.user(id).map_or(Person::default(), |user| Person {
            nick: user.nick.as_str(),
            username: &user.username,
            host: &user.host,
            ip: None,
            account: user.account.as_ref().map(|login| login.id),
        })
    }

    /// Operators of the server are not kept from anything, nor are those who are by their account: they cannot
    /// lock themselves out.
    pub fn is_exempt(&self, device: &Session) -> bool {
        let user = device.user().and_then(|user| self.user(user));
        user.is_some_and(|user| user.is_operator()) || self.operator_by_account(device).is_some()
    }

    /// The same of a user, with any of their devices.
    pub fn is_exempt_with_any(&self, user: &User) -> bool {
        let mut devices = user.sessions.iter().filter_map(|id| self.session(*id));
        user.is_operator() || devices.any(|device| self.is_exempt(device))
    }

    /// Why somebody may not be here.
    pub fn ban_on(&self, session: SessionId, now: Now) -> Option<Verdict> {
        let device = self.session(session)?;
        if self.is_exempt(device) {
            return None;
        }
        let held = self.sanctions.ban_on(&self.person(device), now)?;
        Some(Verdict::new(held, "You are banned", now))
    }

    /// The same of somebody who has no connection to chat over.
    pub fn ban_on_person(&self, person: &Person<'_>, now: Now) -> Option<Verdict> {
        let held = self.sanctions.ban_on(person, now)?;
        Some(Verdict::new(held, "You are banned", now))
    }

    /// Why they may not speak, as long as they are still here.
    pub fn silence_on(&self, session: SessionId, now: Now) -> Option<Verdict> {
        let mute = self.mute_on(session, now);
        mute.or_else(|| self.ban_on(session, now))
    }

    /// Why they may not be here under another name, or with another account.
    pub fn ban_on_another(
        &self,
        session: SessionId,
        nick: Option<&str>,
        account: Option<AccountId>,
        now: Now,
    ) -> Option<Verdict> {
        let device = self.session(session)?;
        if self.is_exempt(device) {
            return None;
        }
        let person = self.person(device);
        let another = Person {
            nick: nick.unwrap_or(person.nick),
            account: account.or(person.account),
            ..person
        };
        let held = self.sanctions.ban_on(&another, now)?;
        Some(Verdict::new(held, "Banned", now))
    }

    /// Why they may not speak anywhere.
    pub fn mute_on(&self, session: SessionId, now: Now) -> Option<Verdict> {
        let device = self.session(session)?;
        if self.is_exempt(device) {
            return None;
        }
        let held = self.sanctions.mute_on(&self.person(device), now)?;
        Some(Verdict::new(held, "You are muted", now))
    }

    /// Why nobody without a rank may speak in a room.
    pub fn hush_on(&self, room: &str, now: Now) -> Option<Verdict> {
        let held = self.sanctions.hush_on(&fold(room), now)?;
        Some(Verdict::new(held, "This room is muted", now))
    }

    /// Why a text may not be said in a room, or to a person.
    pub fn filter_on(&self, text: &str, room: Option<&str>, now: Now) -> Option<Verdict> {
        let room = room.map(fold);
        let held = self.sanctions.filter_on(text, room.as_deref(), now)?;
        let what = match &held.sanction.what {
            What::Filter { room: Some(_), .. } => "Words in it are not said in this room",
            _ => "Words in it are not said here",
        };
        Some(Verdict::new(held, what, now))
    }
}
