//! Keys that go to another place: the one before, the next, one by its number, or where something is unread.

use crate::client::act::room;
use crate::client::deed::Deed;
use crate::client::item::Item;
use crate::client::state::{Phase, State};
use crate::terminal::jump::Jump;
use jiff::Timestamp;

impl State {
    /// A key was pressed that goes somewhere; what was typed is typed on there.
    pub fn jumped(&mut self, jump: Jump, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        if let Some(target) = self.target.clone().filter(|_| self.phase == Phase::Here) {
            self.mark_read(&target);
        }
        match self.place_at(jump) {
            Ok(place) => self.go(&place),
            Err(words) => self.show(Item::Refused(words)),
        }
        std::mem::take(&mut self.deeds)
    }

    /// Where a key goes, or why nowhere.
    fn place_at(&self, jump: Jump) -> Result<String, String> {
        let ring = self.ring();
        let step = |by: isize| {
            let target = self.target.as_deref().unwrap_or_default();
            let here = ring.iter().position(|own| self.server.same(own, target));
            let count = isize::try_from(ring.len())
                .ok()
                .filter(|count| *count > 1)?;
            let here = here.map_or(0, |here| isize::try_from(here).unwrap_or_default() + by);
            let there = usize::try_from(here.rem_euclid(count)).ok()?;
            ring.get(there).cloned()
        };
        let nowhere =
            || "There is no other room or person. /join ROOM or /dm NAME goes to one.".to_owned();
        match jump {
            Jump::Previous => step(-1).ok_or_else(nowhere),
            Jump::Next => step(1).ok_or_else(nowhere),
            Jump::Unread => {
                room::next_unread(self).ok_or_else(|| "Nothing is unread elsewhere.".to_owned())
            }
            Jump::Number(number) => {
                let place = ring.get(number.saturating_sub(1)).cloned();
                let most = ring.len();
                place.ok_or_else(|| {
                    format!(
                        "There is no place {number}; the last is {most}. /rooms shows your rooms."
                    )
                })
            }
        }
    }

    /// All places in an order that stays: rooms as they were entered, then people by name.
    fn ring(&self) -> Vec<String> {
        let rooms = self.rooms.iter().map(|room| room.name.clone());
        let mut people = room::places(self);
        people.retain(|name| !self.server.is_room(name));
        people.sort_by_key(|name| self.server.fold(name));
        rooms.chain(people).collect()
    }
}
