//! Going to a room or person: plain lines go there, and what was not looked at is shown.

use crate::client::item::Item;
use crate::client::state::State;

impl State {
    /// Goes to a room or person, and says so.
    pub fn go(&mut self, target: &str) {
        let is_there = self
            .target
            .as_deref()
            .is_some_and(|own| self.server.same(own, target));
        let room = self.rooms.find(&self.server, target);
        let unread = match room {
            Some(room) => room.unread.all,
            None => self.rooms.unread_from(&self.server, target),
        };
        let topic = room.map(|room| room.topic.clone());
        if is_there && unread == 0 {
            return self.event(format!("plain lines go to {target} already"));
        }
        let mut parts = vec![target.to_owned()];
        parts.extend(topic.filter(|topic| !topic.is_empty()));
        if !self.server.is_room(target) {
            parts.push("plain lines go to this person now".to_owned());
        }
        if unread > 0 {
            parts.push(format!("{unread} unread"));
        }
        self.switch(target);
        self.show(Item::Rule(parts));
    }
}
