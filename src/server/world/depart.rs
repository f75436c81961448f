//! How somebody goes: their session is closed, and those who shared a room with them are told.

use crate::proto::write::LineWriter;
use crate::server::world::World;
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::event::{Effects, Now, SessionId};
use crate::server::world::watchers::Presence;

impl World {
    /// Takes a session out; if its user goes with it, neighbours see `QUIT`.
    pub fn depart(&mut self, out: &mut Effects, session: SessionId, reason: &str, now: Now) {
        let user = self.session(session).and_then(|device| device.user());
        let neighbours = user.map(|user| self.neighbours(user)).unwrap_or_default();
        let Some(gone) = self.close(session, now) else {
            return;
        };
        let (source, time) = (gone.source(), self.stamps.time(now.unix_ms));
        let line = Outgoing::new(&source, "QUIT", &[], Some(reason), &time);
        self.deliver(out, &line, neighbours.into_iter(), None, Filter::Everybody);
        self.tell_watchers(out, Presence::Gone(gone.nick.as_str()), now);
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
