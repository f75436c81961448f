//! Whoever lost their last device because another process took over, to which it could not be handed: they are
//! seen as present for a while, so that nobody notices if they connect again.

use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::id::UserId;

/// How long they are seen as present.
const HELD_MS: u64 = 60_000;
/// What is said of those who do not come back.
const LOST: &str = "Did not come back after an upgrade of the server";

impl World {
    /// A session is gone through no fault of its own. Who has an account can come back to it.
    pub fn hold(&mut self, out: &mut Effects, session: SessionId, reason: &str, now: Now) {
        let user = self.session(session).and_then(|device| device.user());
        let user = user.filter(|id| self.user(*id).is_some_and(|user| user.account.is_some()));
        let Some(user) = user else {
            return self.depart(out, session, reason, now);
        };
        self.held
            .insert(user, now.uptime_ms.saturating_add(HELD_MS));
        self.close(session, now);
    }

    /// Whether somebody is seen as present who has no device.
    pub(super) fn is_held(&self, id: UserId) -> bool {
        self.held.contains_key(&id)
    }

    /// Lets those go who did not come back in time.
    pub(super) fn tick_held(&mut self, out: &mut Effects, now: Now) {
        if self.held.is_empty() {
            return;
        }
        let over = self.held.extract_if(.., |_, until| *until <= now.uptime_ms);
        let over: Vec<UserId> = over.map(|(id, _)| id).collect();
        for id in over {
            match self.stays(id) {
                true => self.seem_away(out, id, now),
                false => self.dismiss(out, id, LOST, now),
            }
        }
    }
}
