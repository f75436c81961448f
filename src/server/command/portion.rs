//! Long answers told in portions: the next one when the reader has taken the last.

use crate::proto::cap::CapSet;
use crate::server::command::about::metadata::sync;
use crate::server::command::files::file;
use crate::server::command::operator::pieces;
use crate::server::command::past;
use crate::server::command::people::{who, wholast};
use crate::server::command::reply::{Envelope, Part};
use crate::server::command::room::{list, names};
use crate::server::command::spec::Ctx;
use crate::server::world::cursor::Cursor;
use crate::server::world::deliver::Outgoing;
use crate::server::world::event::Ask;
use crate::server::world::session::{Asking, Goal, Open, Wrapping};
use crate::store::query::Query;
use std::sync::Arc;

/// Most bytes of one portion.
const MOST: usize = 32 * 1024;

/// Whether a cursor came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Progress {
    Done,
    /// The portion is full.
    Full,
    /// It goes on when the store has answered this.
    Asks(Box<Query>),
}

impl Ctx<'_> {
    /// Has the rest of an answer told after what is said already.
    pub(crate) fn tell_all(&mut self, cursor: Cursor) {
        self.replies.cursors.push_back(cursor);
    }

    /// Tells a line of a long answer, in its batch if it has one.
    pub(crate) fn tell_in(&mut self, batch: Option<&str>, line: &Outgoing) {
        match batch {
            Some(batch) => self.reply_in_batch(batch, line),
            None => self.echo(line),
        }
    }

    /// Ends a long answer: with its batch, or with this line.
    pub(crate) fn end_in(
        &mut self,
        batch: Option<&str>,
        verb: &str,
        words: &[&str],
        text: Option<&str>,
    ) {
        match batch {
            Some(batch) => self.close_batch(batch),
            None => self.reply(verb, words, text),
        }
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
                Cursor::Metadata { left, keys, batch } => sync::go_on(self, left, keys, batch),
                Cursor::Files(wanted) => file::go_on(self, wanted),
                Cursor::Past(past) => past::go_on(self, past),
                Cursor::Admin { left, batch } => pieces::go_on(self, left, batch.as_deref()),
            };
            if progress != Progress::Done {
                self.replies.cursors.push_front(cursor);
                return progress;
            }
        }
        Progress::Done
    }

    /// Keeps what is left until this is known; until then no line of theirs is executed.
    pub(crate) fn pause(&mut self, label: Option<String>, open: Open, ask: Ask) {
        let cursors = std::mem::take(&mut self.replies.cursors);
        let open = Open { cursors, ..open };
        if let Some(me) = self.world.session_mut(self.session) {
            me.asking = Some(Box::new(Asking {
                label,
                verb: "*",
                goal: Goal::More(open),
            }));
            self.out.ask(self.session, ask);
        }
    }
}

/// Tells what the command has to say; of a long answer the first portion.
pub(crate) fn answer(cx: &mut Ctx<'_>, label: Option<&str>, caps: CapSet) {
    let open = Open {
        cursors: std::mem::take(&mut cx.replies.cursors),
        wrapping: None,
        batch: String::new(),
        caps,
    };
    go_on(cx, label.map(str::to_owned), open);
}

/// Tells the next portion of an answer.
pub(super) fn go_on(cx: &mut Ctx<'_>, label: Option<String>, mut open: Open) {
    cx.replies.cursors = std::mem::take(&mut open.cursors);
    let progress = cx.tell_portion();
    let ask = match progress {
        Progress::Done if open.wrapping.is_none() => {
            return finish(cx, label.as_deref(), open.caps);
        }
        Progress::Done => None,
        Progress::Full => Some(Ask::Drain),
        Progress::Asks(query) => Some(Ask::Read(query)),
    };
    let is_begun = open.wrapping.is_some() || cx.replies.size() > 0;
    let part = match (open.wrapping, &ask) {
        (Some(wrapping), None) => Part::Last(wrapping),
        (Some(wrapping), Some(_)) => Part::Middle(wrapping),
        (None, _) => Part::First,
    };
    if is_begun {
        if open.batch.is_empty() {
            open.batch = cx.world.batch_name();
        }
        let wrapping = send(cx, label.as_deref(), open.caps, part, &open.batch);
        open.wrapping = Some(open.wrapping.unwrap_or(wrapping));
    }
    if let Some(ask) = ask {
        cx.pause(label, open, ask);
    }
}

/// Sends all that was collected for the asker; `before` are the capabilities they had, which count if they are gone now.
pub(super) fn finish(cx: &mut Ctx<'_>, label: Option<&str>, before: CapSet) {
    match label {
        Some(_) => {
            let batch = cx.world.batch_name();
            send(cx, label, before, Part::Whole, &batch);
        }
        None if cx.replies.size() > 0 => {
            send(cx, None, before, Part::Whole, "");
        }
        None => {}
    }
    if cx.world.session(cx.session).is_none() {
        cx.out.close(cx.session);
    }
}

/// Sends what was collected as this part of the answer.
pub(super) fn send(
    cx: &mut Ctx<'_>,
    label: Option<&str>,
    before: CapSet,
    part: Part,
    batch: &str,
) -> Wrapping {
    let caps = cx.me().map_or(before, |session| session.caps);
    let (time, config) = (cx.time(), Arc::clone(&cx.world.config));
    let envelope = Envelope {
        caps,
        label,
        server: &config.server.name,
        time: &time,
        batch,
    };
    let (session, replies) = (cx.session, &mut *cx.replies);
    let mut wrapping = Wrapping::Own;
    if !replies.is_silent(&envelope) {
        cx.out.send(&[session], |bytes| {
            wrapping = replies.drain_into(&envelope, part, bytes)
        });
    }
    wrapping
}

/// Sends what was said before a question was asked: whatever is left among the replies, the next session would get.
pub(super) fn leave_nothing(cx: &mut Ctx<'_>, caps: CapSet) {
    cx.replies.cursors.clear();
    send(cx, None, caps, Part::Whole, "");
}
