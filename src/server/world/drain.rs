//! Emptying the server without stopping it: nobody new is let in, and those who are here leave one after
//! the other, spread over a time, so that they do not all come back elsewhere at once.

use crate::proto::cap::Cap;
use crate::proto::text::cut;
use crate::proto::write::LineWriter;
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, SessionId};
use serde::{Deserialize, Serialize};

/// What new connections are told while the server is drained.
pub const CLOSED: &str = "The server lets nobody in at the moment; try again later";

/// The server is being emptied, or is empty and stays so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drain {
    /// When everybody is gone.
    pub until_ms: u64,
    /// What they are told.
    pub message: String,
}

impl World {
    /// Begins to empty the server; those who are here are told. Returns how many there are.
    pub fn begin_drain(
        &mut self,
        out: &mut Effects,
        seconds: u64,
        message: Option<&str>,
        now: Now,
    ) -> usize {
        let message = message.unwrap_or("The server is drained");
        let message = cut(message, self.config.limits.kick).to_owned();
        let text = format!("{message}; connections close within {seconds} s");
        let all: Vec<SessionId> = self.sessions().map(|(id, _)| id).collect();
        for id in all {
            self.forewarn(out, id, "DRAINING", seconds, &text);
        }
        self.drain = Some(Drain {
            until_ms: now.uptime_ms.saturating_add(seconds.saturating_mul(1000)),
            message,
        });
        let count = self.session_count();
        self.drain_some(out, now);
        count
    }

    /// Lets people in again; tells whether nobody was.
    pub fn end_drain(&mut self) -> bool {
        self.drain.take().is_some()
    }

    /// Tells one who is let in that connections close soon: as a NOTE to those who know them, else as a NOTICE.
    pub(super) fn forewarn(
        &self,
        out: &mut Effects,
        id: SessionId,
        code: &str,
        seconds: u64,
        text: &str,
    ) {
        let server = &self.config.server.name;
        let Some(session) = self.session(id) else {
            return;
        };
        let Some(user) = session.user().and_then(|user| self.user(user)) else {
            return;
        };
        let is_standard = session.caps.has(Cap::StandardReplies);
        out.send(&[id], |bytes| {
            let line = LineWriter::new(bytes);
            let line = match is_standard {
                true => line
                    .verb(server, "NOTE")
                    .param("*")
                    .param(code)
                    .param(&seconds.to_string()),
                false => line.verb(server, "NOTICE").param(user.nick.as_str()),
            };
            line.trailing(text).finish();
        });
    }

    /// Once a second: sends so many away that the last goes in time.
    pub(super) fn drain_some(&mut self, out: &mut Effects, now: Now) {
        let Some(drain) = &self.drain else {
            return;
        };
        let left_ms = drain.until_ms.saturating_sub(now.uptime_ms);
        let rounds = usize::try_from(left_ms / 1000).unwrap_or(usize::MAX);
        let count = self.session_count().div_ceil(rounds.saturating_add(1));
        let message = drain.message.clone();
        let mut all: Vec<(u64, SessionId)> = self
            .sessions()
            .map(|(id, session)| (session.opened.uptime_ms, id))
            .collect();
        all.sort_unstable();
        for (_, id) in all.into_iter().take(count) {
            self.expel(out, id, &message, now);
        }
    }
}
