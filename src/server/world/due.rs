//! What time brings about: pings, those who do not answer them or do not register, and the end.

use crate::proto::msgid::Moment;
use crate::proto::write::LineWriter;
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::session::Session;

/// What has to be done about a session because of the time.
enum Due {
    Ping,
    Expel(String),
}

impl World {
    /// What time alone brings about.
    pub fn tick(&mut self, out: &mut Effects, now: Now) {
        self.publish(now);
        self.forget_unread(now);
        self.drain_some(out, now);
        self.tick_sanctions(out, now);
        self.tick_held(out, now);
        self.tick_files(out, now);
        let server = self.config.server.name.clone();
        let due: Vec<(SessionId, Due)> = self
            .sessions()
            .filter_map(|(id, session)| Some((id, what_is_due(self, session, now)?)))
            .collect();
        for (id, due) in due {
            match due {
                Due::Expel(reason) => self.expel(out, id, &reason, now),
                Due::Ping => {
                    if let Some(session) = self.session_mut(id) {
                        session.pinged_ms = Some(now.uptime_ms);
                    }
                    out.send(&[id], |bytes| {
                        LineWriter::new(bytes)
                            .verb("", "PING")
                            .trailing(&server)
                            .finish()
                    });
                }
            }
        }
    }

    /// Takes out of all inboxes what is too old to be kept.
    pub(super) fn forget_unread(&mut self, now: Now) {
        if let Some(age) = self.config.history.retention {
            let age_ms = u64::try_from(age.as_millis()).unwrap_or(u64::MAX);
            let oldest = Moment::first_of(now.unix_ms.saturating_sub(age_ms));
            self.accounts.forget_unread_before(oldest);
        }
    }

    /// Tells everybody and closes every session. Nobody sees the others leave: all do.
    pub fn send_away(&mut self, out: &mut Effects, seconds: u64, now: Now) {
        let all: Vec<SessionId> = self.sessions().map(|(id, _)| id).collect();
        let text = format!("The server is stopping; connections close within {seconds} s");
        for id in all {
            self.forewarn(out, id, "STOPPING", seconds, &text);
            out.send(&[id], |bytes| {
                LineWriter::new(bytes)
                    .verb("", "ERROR")
                    .trailing("The server is stopping")
                    .finish();
            });
            if let Some(gone) = self.close(id, now) {
                self.keep_seen(out, &gone.nick, now);
            }
            out.close(id);
        }
    }
}

fn what_is_due(world: &World, session: &Session, now: Now) -> Option<Due> {
    let server = &world.config.server;
    let has_passed = |since_ms: u64, limit: std::time::Duration| {
        u128::from(now.uptime_ms.saturating_sub(since_ms)) >= limit.as_millis()
    };
    if session.user().is_none() {
        let is_late = has_passed(session.opened.uptime_ms, server.registration_timeout);
        return is_late.then(|| Due::Expel("Registration timeout".into()));
    }
    match session.pinged_ms {
        Some(at) => has_passed(at, server.ping_timeout).then(|| {
            let silent = now.uptime_ms.saturating_sub(session.heard_ms) / 1000;
            Due::Expel(format!("Ping timeout: {silent} seconds"))
        }),
        None => has_passed(session.heard_ms, server.ping_interval).then_some(Due::Ping),
    }
}
