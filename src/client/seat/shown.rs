//! What is shown: on the screen, in the pager, in the log; and what is kept for the next time.

use super::Seat;
use crate::client::Talk;
use crate::client::item::Item;
use crate::terminal::mode;
use jiff::Timestamp;
use std::time::{Duration, Instant};

/// Has a terminal ring, and how often at most.
const BELL: char = '\u{7}';
const BELL_PACE: Duration = Duration::from_secs(5);

/// The bell, which does not ring twice within a while.
#[derive(Debug, Default)]
pub(super) struct Ringer {
    rang: Option<Instant>,
}

impl Ringer {
    fn rings(&mut self, now: Instant) -> bool {
        let rings = self
            .rang
            .is_none_or(|rang| now.saturating_duration_since(rang) >= BELL_PACE);
        if rings {
            self.rang = Some(now);
        }
        rings
    }
}

impl Seat<'_> {
    /// A long answer as the pager shows it; short ones and those without a screen go where all goes.
    pub(super) fn in_pages(&mut self, items: &[Item]) -> Option<String> {
        if !mode::is_editable() {
            items.iter().for_each(|item| self.show(item));
            return None;
        }
        let columns = mode::columns();
        items.iter().for_each(|item| self.log(item));
        let pages = items.iter().map(|item| self.view.render(item, columns));
        let pages: Vec<String> = pages.collect();
        Some(pages.join("\n") + "\n").filter(|_| !items.is_empty())
    }

    /// Writes what is shown to the person's log.
    fn log(&mut self, item: &Item) {
        let Some(journal) = &self.journal else { return };
        let room = self.state.target.as_deref();
        if let Err(words) = journal.note(item, room, Timestamp::now()) {
            self.show(&Item::Warned(words));
        }
    }

    /// Has a setting kept; where that fails, it counts for this time alone.
    pub(super) fn remember(&mut self, section: &str, key: &str, value: &str) {
        if let Err(why) = self.habits.keep(section, key, value) {
            self.show(&Item::Warned(format!("That counts until you leave: {why}")));
        }
    }

    /// Whether the bell rings for this.
    fn rings(&mut self, item: &Item) -> bool {
        let is_wanted = mode::is_interactive() && item.is_urgent(self.habits.taste.bell);
        is_wanted && self.ringer.rings(Instant::now())
    }

    pub(super) fn show(&mut self, item: &Item) {
        if self.talk == Talk::Quiet && matches!(item, Item::Status(_) | Item::Rule(_)) {
            return;
        }
        self.log(item);
        let mut text = self.view.render(item, mode::columns());
        if self.rings(item) {
            text.insert(0, BELL);
        }
        match item {
            Item::Said(_)
            | Item::Event { .. }
            | Item::List { .. }
            | Item::Files { .. }
            | Item::Text(_)
            | Item::Wire(_) => {
                self.printer.print(text);
            }
            Item::Quarter(_) if text.is_empty() => {}
            Item::Refused(_)
            | Item::Warned(_)
            | Item::Done(_)
            | Item::Quarter(_)
            | Item::Receipt(_)
            | Item::Rule(_) => self.printer.note(text),
            Item::Status(_) | Item::Sending(_) | Item::Waiting { .. } => self.printer.note(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bell_rings_once_in_five_seconds() {
        let (mut ringer, begin) = (Ringer::default(), Instant::now());
        let rings =
            [0, 1, 4, 5, 6, 9, 10].map(|second| ringer.rings(begin + Duration::from_secs(second)));
        assert_eq!(rings, [true, false, false, true, false, false, true]);
    }
}
