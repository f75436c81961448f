//! Going to a room or person: plain lines go there, and what was not looked at is shown.

use crate::client::deed::Deed;
use crate::client::item::{Age, Item, Said, Way};
use crate::client::state::State;
use crate::client::when::when;

/// Messages shown before those that were not looked at.
const BEFORE: usize = 3;
/// Most messages shown.
const MOST: usize = 30;
/// Most places remembered as used before.
const MOST_EARLIER: usize = 100;

impl State {
    /// Has plain lines go to `target`.
    pub fn switch(&mut self, target: &str) {
        self.rooms.read(&self.server, target);
        self.strayed = None;
        if let Some(before) = self.target.replace(target.to_owned()) {
            self.earlier
                .retain(|name| !name.eq_ignore_ascii_case(&before));
            self.earlier.push(before);
        }
        self.earlier
            .retain(|name| !name.eq_ignore_ascii_case(target));
        let over = self.earlier.len().saturating_sub(MOST_EARLIER);
        self.earlier.drain(..over);
    }

    /// A room or person is left: plain lines go where they went before. Whether they went there until now.
    pub fn fall_back(&mut self, room: &str) -> bool {
        self.earlier.retain(|name| !name.eq_ignore_ascii_case(room));
        let is_current = self
            .target
            .as_deref()
            .is_some_and(|own| self.server.same(own, room));
        if is_current {
            let is_there = |name: &String| {
                !self.server.is_room(name) || self.rooms.find(&self.server, name).is_some()
            };
            self.earlier.retain(is_there);
            let first = self.rooms.iter().next().map(|room| room.name.clone());
            self.target = self.earlier.pop().or(first);
        }
        is_current
    }

    /// Whether a line that is being typed might now go where it is not meant for.
    pub fn may_be_misled(&self) -> bool {
        !self.is_pipe() && self.target.is_some()
    }

    /// Says where plain lines go, after another place than this was left.
    pub fn tell_target(&mut self) {
        let Some(target) = self.target.clone() else {
            return;
        };
        self.rooms.read(&self.server, &target);
        self.show(Item::Rule(vec![
            target,
            "plain lines go here now".to_owned(),
        ]));
    }

    /// Goes to a room or person, and says so.
    pub fn go(&mut self, target: &str) {
        let is_there = self
            .target
            .as_deref()
            .is_some_and(|own| self.server.same(own, target));
        let unread = match self.rooms.find(&self.server, target) {
            Some(room) => room.unread.all,
            None => self.rooms.unread_from(&self.server, target),
        };
        if is_there && unread == 0 {
            return self.event(format!("plain lines go to {target} already"));
        }
        self.switch(target);
        self.show(Item::Rule(self.about(target)));
        if unread > 0 {
            self.show_again(target, unread);
        }
    }

    fn about(&self, target: &str) -> Vec<String> {
        let mut parts = vec![target.to_owned()];
        if let Some(room) = self.rooms.find(&self.server, target) {
            parts.extend(Some(room.topic.clone()).filter(|topic| !topic.is_empty()));
        } else if !self.server.is_room(target) {
            parts.push("plain lines go to this person now".to_owned());
            if self.rooms.knows(&self.server, target).is_none() {
                parts.push("in none of your rooms".to_owned());
            }
        }
        parts
    }

    /// Shows the last messages of a place, with a line before those that were not looked at.
    fn show_again(&mut self, target: &str, unread: usize) {
        let place = self.server.fold(target);
        let last = self.recent.last(&place, (unread + BEFORE).min(MOST));
        let seen = last.len().saturating_sub(unread);
        for (at, mut said) in last.into_iter().enumerate() {
            if at == seen {
                let since = when(said.at, self.now, &self.settings.zone);
                self.show(Item::Rule(vec![format!("{unread} unread since {since}")]));
            }
            if matches!(said.way, Way::There(_)) {
                said.way = Way::Here;
            }
            if !self.is_json() {
                self.deeds.push(Deed::Show(Item::Said(said)));
            }
        }
    }

    /// Keeps a message that is shown, for when the person goes to where it was said.
    pub fn keep(&mut self, said: &Said) {
        if said.age == Age::Past {
            return;
        }
        let place = match &said.way {
            Way::Here => self.target.as_deref(),
            Way::There(room) => Some(room.as_str()),
            Way::ToMe => Some(said.from.as_str()),
            Way::To(names) => Some(names.as_str()).filter(|names| !names.contains(',')),
            Way::ToAll | Way::ToAllOf(_) => None,
        };
        if let Some(place) = place {
            let place = self.server.fold(place);
            self.recent.keep(place, said.clone());
        }
    }
}
