//! When: the time before a line, and the line across where a day begins.

use crate::client::taste::Clock;
use crate::client::view::View;
use jiff::Timestamp;

/// Columns of the time, without and with seconds.
pub(super) const TIME: usize = 5;
const SECONDS: usize = 8;

impl View {
    /// Columns of the time.
    pub(super) fn time_width(&self) -> usize {
        match self.clock {
            Clock::Always | Clock::Minute => TIME,
            Clock::Seconds => SECONDS,
            Clock::Never => 1,
        }
    }

    pub(super) fn clock(&self, at: Timestamp) -> String {
        let form = match self.clock {
            Clock::Always | Clock::Minute => "%H:%M",
            Clock::Seconds => "%H:%M:%S",
            Clock::Never => return String::new(),
        };
        at.to_zoned(self.zone.clone()).strftime(form).to_string()
    }

    /// The time, or room for it if the line above has the same.
    pub(super) fn clock_if_new(&mut self, at: Timestamp) -> String {
        let now = self.clock(at);
        if now == self.minute && self.clock != Clock::Always {
            return " ".repeat(self.time_width());
        }
        self.minute.clone_from(&now);
        now
    }

    /// A line across where a new day begins.
    pub(super) fn day_rule(&mut self, at: Timestamp, columns: usize) -> String {
        let zoned = at.to_zoned(self.zone.clone());
        let earlier = self.day.replace(zoned.date());
        if earlier.is_none_or(|day| day == zoned.date()) {
            return String::new();
        }
        let day = zoned.strftime("%a %d %b %Y").to_string();
        format!("{}\n", self.rule(&[day], columns))
    }
}
