//! How somebody goes: their session is closed, and those who shared a room with them are told.

use crate::proto::write::LineWriter;
use crate::server::world::World;
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::history::Deed;
use crate::server::world::id::UserId;
use crate::server::world::source::Voice;
use crate::server::world::watchers::Presence;
use crate::store::record::said::Verb;

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
        let stage = user.map(|user| self.stage(user)).unwrap_or_default();
        let Some(gone) = self.close(session, now) else {
            return;
        };
        let (source, stamp) = (gone.source(), self.stamps.next(now.unix_ms));
        let line = Outgoing::new(&source, "QUIT", &[], Some(reason), &stamp.time);
        let line = line.stamped(&stamp, &[]);
        self.deliver(out, &line, neighbours.into_iter(), None, Filter::Everybody);
        let deed = Deed {
            source: &source,
            by: gone.party(),
            verb: Verb::Quit,
            words: &[],
            text: Some(reason),
            tags: &[],
        };
        self.keep_on_stage(out, stage, &stamp, &deed);
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
