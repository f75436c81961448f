//! The look once a second at those that close, or take nothing.

use crate::server::sockets::Sockets;
use crate::server::world::event::{SessionId, Why};

impl Sockets {
    /// Has it looked at once a second.
    pub(super) fn watch(&mut self, id: SessionId) {
        if let Some(socket) = self.get_mut(id)
            && !socket.marks.is_watched
        {
            socket.marks.is_watched = true;
            self.watched.push(id);
        }
    }

    /// About once a second: gives up those that are overdue, and ends those that take nothing.
    pub(in crate::server) fn sweep(&mut self, uptime_ms: u64) {
        self.spare.shrink();
        let mut watched = std::mem::take(&mut self.watched);
        watched.retain(|id| self.look_at(*id, uptime_ms));
        watched.append(&mut self.watched);
        self.watched = watched;
        self.measure();
    }

    /// Whether it needs a look again.
    fn look_at(&mut self, id: SessionId, uptime_ms: u64) -> bool {
        let Some(socket) = self.get_mut(id) else {
            return false;
        };
        if socket.is_overdue(uptime_ms) {
            self.remove(id);
            return false;
        }
        if socket.is_stalled(uptime_ms) {
            socket.overflow();
            self.ended.push((id, Why::SendQueue));
            return true;
        }
        let needs_watch = socket.needs_watch();
        socket.marks.is_watched = needs_watch;
        needs_watch
    }
}
