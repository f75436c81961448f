//! Who watches which name (IRCv3 monitor): each session's list, and the index from name to sessions.
//!
//! Both sides change here only, so that they agree. A name is watched whether somebody has it or not.

use crate::proto::cap::Cap;
use crate::proto::name::{Folded, Nick, same};
use crate::proto::numeric::Numeric;
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, SessionId};
use ahash::RandomState;
use hashbrown::HashMap;

/// Sessions by the name that they watch.
#[derive(Debug)]
pub struct Watchers {
    by_name: HashMap<Nick, Vec<SessionId>, RandomState>,
}

impl Watchers {
    /// Nobody watches anybody.
    pub fn new(hasher: RandomState) -> Self {
        Self {
            by_name: HashMap::with_hasher(hasher),
        }
    }

    /// The index of what these sessions watch.
    pub fn of_all<'a>(
        watched: impl Iterator<Item = (SessionId, &'a [Nick])>,
        hasher: RandomState,
    ) -> Self {
        let mut watchers = Self::new(hasher);
        for (session, nicks) in watched {
            for nick in nicks {
                let sessions = watchers.by_name.entry(nick.clone()).or_default();
                sessions.push(session);
            }
        }
        watchers
    }

    /// Who watches `nick`, in any spelling.
    pub fn of(&self, nick: &str) -> &[SessionId] {
        self.by_name
            .get(&Folded(nick))
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// How many pairs of name and session there are.
    pub fn len(&self) -> usize {
        self.by_name.values().map(Vec::len).sum()
    }

    /// Whether nobody watches anybody.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    fn remove(&mut self, nick: &str, session: SessionId) {
        if let Some(sessions) = self.by_name.get_mut(&Folded(nick)) {
            sessions.retain(|watcher| *watcher != session);
            if sessions.is_empty() {
                self.by_name.remove(&Folded(nick));
            }
        }
    }
}

/// What has become of a name.
#[derive(Debug, Clone, Copy)]
pub enum Presence<'a> {
    /// Somebody has it now: `nick!user@host`.
    Here(&'a str),
    /// Nobody has it any more.
    Gone(&'a str),
}

impl World {
    /// Lets a session watch a name; `false` if it does already.
    pub fn watch(&mut self, session: SessionId, nick: Nick) -> bool {
        let Some(device) = self.sessions.get_mut(session) else {
            return false;
        };
        if device.watched.contains(&nick) {
            return false;
        }
        device.watched.push(nick.clone());
        self.watchers.by_name.entry(nick).or_default().push(session);
        true
    }

    /// Ends that.
    pub fn unwatch(&mut self, session: SessionId, nick: &str) {
        let device = self.sessions.get_mut(session);
        if let Some(watched) = device.and_then(|device| device.watched.if_any()) {
            watched.retain(|watched| !same(watched.as_str(), nick));
        }
        self.watchers.remove(nick, session);
    }

    /// Ends all watching of a session.
    pub fn unwatch_all(&mut self, session: SessionId) {
        let watched = self
            .sessions
            .get_mut(session)
            .map(|device| std::mem::take(&mut device.watched));
        self.forget_watched(session, &watched.unwrap_or_default());
    }

    /// Takes a session that watched these names out of the index.
    pub(super) fn forget_watched(&mut self, session: SessionId, watched: &[Nick]) {
        for nick in watched {
            self.watchers.remove(nick.as_str(), session);
        }
    }

    /// Tells who watches a name what has become of it.
    pub fn tell_watchers(&mut self, out: &mut Effects, presence: Presence<'_>, now: Now) {
        let (numeric, text) = match presence {
            Presence::Here(source) => (Numeric::RPL_MONONLINE, source),
            Presence::Gone(nick) => (Numeric::RPL_MONOFFLINE, nick),
        };
        let nick = text.split('!').next().unwrap_or(text);
        if self.watchers.of(nick).is_empty() {
            return;
        }
        let time = self.stamps.time(now.unix_ms);
        for session in self.watchers.of(nick) {
            self.numeric_to(out, *session, numeric, &[], text, &time);
            let device = self.session(*session);
            let is_aware = device.is_some_and(|device| device.caps.uses(Cap::Metadata));
            if is_aware && matches!(presence, Presence::Here(_)) {
                let (later, why) = (Numeric::ERR_METADATASYNCLATER, "Synchronize later");
                self.numeric_to(out, *session, later, &[nick, "0"], why, &time);
            }
        }
    }
}
