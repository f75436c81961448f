//! How somebody goes: their session is closed, and those who shared a room with them are told.

use crate::proto::cap::Cap;
use crate::proto::user_mode::UserModes;
use crate::proto::write::LineWriter;
use crate::server::world::World;
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::history::Deed;
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::source::{Source, Voice};
use crate::server::world::user::User;
use crate::server::world::watchers::Presence;
use crate::store::record::said::{Place, Verb};

/// What is said of those who stay without a device.
pub const ABSENT: &str = "Not connected";

/// Those who see somebody go.
struct Witnesses {
    neighbours: Vec<UserId>,
    /// Where it is kept.
    scenes: Vec<Place>,
}

/// How a user is put out.
#[derive(Debug)]
pub struct Kill<'a> {
    /// Who does it, as the line's source.
    pub source: Voice<'a>,
    pub reason: &'a str,
    /// What the others see, and the last word.
    pub quit: &'a str,
}

impl World {
    /// Takes a session out; if its user goes with it, neighbours see `QUIT`.
    pub fn depart(&mut self, out: &mut Effects, session: SessionId, reason: &str, now: Now) {
        let user = self.session(session).and_then(|device| device.user());
        let neighbours = user.map(|user| self.neighbours(user)).unwrap_or_default();
        let scenes = user.map(|user| self.scenes(user)).unwrap_or_default();
        if let Some(gone) = self.close(session, now) {
            let seen_by = Witnesses { neighbours, scenes };
            self.tell_gone(out, &gone, seen_by, reason, now);
        } else if let Some(user) = user {
            self.seem_away(out, user, now);
        }
    }

    /// Whoever stays without a device is away.
    pub(super) fn seem_away(&mut self, out: &mut Effects, id: UserId, now: Now) {
        let Some(user) = self.user_mut(id).filter(|user| user.sessions.is_empty()) else {
            return;
        };
        user.absent_ms = Some(now.unix_ms);
        if user.away.is_none() {
            user.away = Some(ABSENT.into());
            self.tell_away(out, id, Some(ABSENT), now);
        }
    }

    /// Whoever has a device again is back, unless they left word of something else.
    pub fn come_back(&mut self, out: &mut Effects, id: UserId, now: Now) {
        let Some(user) = self.user_mut(id) else {
            return;
        };
        if user.absent_ms.take().is_some() && user.away.as_deref() == Some(ABSENT) {
            user.away = None;
            self.tell_away(out, id, None, now);
        }
    }

    fn tell_away(&mut self, out: &mut Effects, id: UserId, text: Option<&str>, now: Now) {
        let Some(source) = self.user(id).map(User::source) else {
            return;
        };
        let time = self.stamps.time(now.unix_ms);
        let line = Outgoing::new(&source, "AWAY", &[], text, &time);
        self.announce(out, id, &line, Cap::AwayNotify, None);
    }

    /// Takes out all who stayed without a device and may not any more.
    pub fn dismiss_absent(&mut self, out: &mut Effects, now: Now) {
        let all: Vec<UserId> = self
            .users()
            .filter(|(id, user)| user.sessions.is_empty() && !self.stays(*id))
            .map(|(id, _)| id)
            .collect();
        for id in all {
            self.dismiss(out, id, "They do not stay any more", now);
        }
    }

    /// Takes out somebody who stayed without a session; neighbours see `QUIT`.
    pub fn dismiss(&mut self, out: &mut Effects, id: UserId, reason: &str, now: Now) {
        if self.user(id).is_none_or(|user| !user.sessions.is_empty()) {
            return;
        }
        let seen_by = Witnesses {
            neighbours: self.neighbours(id),
            scenes: self.scenes(id),
        };
        if let Some(gone) = self.take_user(id, now) {
            self.tell_gone(out, &gone, seen_by, reason, now);
        }
    }

    fn tell_gone(
        &mut self,
        out: &mut Effects,
        gone: &User,
        seen_by: Witnesses,
        reason: &str,
        now: Now,
    ) {
        let (source, stamp) = (gone.source(), self.stamps.next(now.unix_ms));
        let line = Outgoing::new(&source, "QUIT", &[], Some(reason), &stamp.time);
        let line = line.stamped(&stamp, &[]);
        self.deliver(
            out,
            &line,
            seen_by.neighbours.into_iter(),
            None,
            Filter::Everybody,
        );
        let deed = Deed {
            source: &source,
            by: gone.party(),
            verb: Verb::Quit,
            words: &[],
            text: Some(reason),
            tags: &[],
        };
        self.keep_in_each(out, seen_by.scenes, &stamp, &deed);
        self.keep_seen(out, &gone.nick, now);
        self.tell_watchers(out, Presence::Gone(gone.nick.as_str()), now);
    }

    /// Ends every session of a user: `source` says KILL to them, the others see QUIT with `quit`.
    pub fn kill(&mut self, out: &mut Effects, id: UserId, kill: &Kill<'_>, now: Now) {
        let Some(user) = self.user(id) else {
            return;
        };
        let (nick, sessions) = (user.nick.clone(), user.sessions.clone());
        let (words, time) = ([nick.as_str()], self.stamps.time(now.unix_ms));
        let line = Outgoing {
            source: kill.source,
            ..Outgoing::new("", "KILL", &words, Some(kill.reason), &time)
        };
        self.deliver(out, &line, [id].into_iter(), None, Filter::Everybody);
        for session in sessions {
            self.expel(out, session, kill.quit, now);
        }
        self.dismiss(out, id, kill.quit, now);
    }

    /// Puts a user out of a room for an operator of the server; `None`: they are not in it.
    pub fn put_out_of(
        &mut self,
        out: &mut Effects,
        id: UserId,
        room: RoomId,
        reason: &str,
        now: Now,
    ) -> Option<()> {
        let ranks = self.member(id, room)?.ranks;
        let (user, place) = (self.user(id)?, self.room(room)?);
        let (nick, name, by) = (user.nick.clone(), place.name.clone(), user.party());
        let seen_by: Vec<UserId> = place.witnesses(ranks).collect();
        let is_hidden = !seen_by.contains(&id);
        let seen_by = seen_by.into_iter().chain(is_hidden.then_some(id));
        let stamp = self.stamps.next(now.unix_ms);
        let source = Source {
            text: self.config.server.name.as_str().into(),
            account: None,
            modes: UserModes::default(),
        };
        let words = [name.as_str(), nick.as_str()];
        let line = Outgoing::new(&source, "KICK", &words, Some(reason), &stamp.time);
        let line = line.stamped(&stamp, &[]);
        self.deliver(out, &line, seen_by, None, Filter::Everybody);
        let deed = Deed {
            source: &source,
            by,
            verb: Verb::Kick,
            words: &words,
            text: Some(reason),
            tags: &[],
        };
        self.keep_deed(out, room, ranks, stamp.id, &deed);
        self.belong_no_longer(out, id, room);
        self.leave(id, room).map(drop)
    }

    /// Ends a session from our side: a last word, then the close.
    pub fn expel(&mut self, out: &mut Effects, session: SessionId, reason: &str, now: Now) {
        out.send(&[session], |bytes| {
            LineWriter::new(bytes)
                .verb("", "ERROR")
                .trailing(reason)
                .finish();
        });
        self.depart(out, session, reason, now);
        out.close(session);
    }
}
