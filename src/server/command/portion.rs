//! Long answers told in portions: the next one when the reader has taken the last.

use crate::proto::cap::CapSet;
use crate::server::command::people::{who, wholast};
use crate::server::command::room::{list, names};
use crate::server::command::spec::Ctx;
use crate::server::world::cursor::Cursor;
use crate::server::world::event::Ask;
use crate::server::world::session::{Asking, Goal, Open, Wrapping};

/// Most bytes of one portion.
const MOST: usize = 32 * 1024;

/// Whether a cursor came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    Done,
    /// The portion is full.
    Full,
}

impl Ctx<'_> {
    /// Has the rest of an answer told after what is said already.
    pub(crate) fn tell_all(&mut self, cursor: Cursor) {
        self.replies.cursors.push_back(cursor);
    }

    /// Whether no more should be said before the reader has taken this. A quarter of what may wait is the most.
    pub(crate) fn is_portion_full(&self) -> bool {
        self.replies.size() >= MOST.min(self.world.config.limits.send_queue / 4)
    }

    /// Tells what the cursors hold until a portion is full.
    pub(crate) fn tell_portion(&mut self) -> Progress {
        while let Some(mut cursor) = self.replies.cursors.pop_front() {
            let progress = match &mut cursor {
                Cursor::Who {
                    left,
                    asked,
                    room,
                    wish,
                } => who::go_on(self, left, asked, *room, wish),
                Cursor::Names { left, room } => names::go_on(self, left, *room),
                Cursor::List { left } => list::go_on(self, left),
                Cursor::WhoLast { left, batch } => wholast::go_on(self, left, batch.as_deref()),
            };
            if progress == Progress::Full {
                self.replies.cursors.push_front(cursor);
                return Progress::Full;
            }
        }
        Progress::Done
    }

    /// Keeps what is left until the reader has taken what was sent; until then no line of theirs is executed.
    pub(crate) fn pause(
        &mut self,
        label: Option<String>,
        wrapping: Wrapping,
        batch: String,
        caps: CapSet,
    ) {
        let cursors = std::mem::take(&mut self.replies.cursors);
        let open = Open {
            cursors,
            wrapping,
            batch,
            caps,
        };
        if let Some(me) = self.world.session_mut(self.session) {
            me.asking = Some(Box::new(Asking {
                label,
                goal: Goal::More(open),
            }));
            self.out.ask(self.session, Ask::Drain);
        }
    }
}
