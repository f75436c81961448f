//! The inbox: direct messages that wait until their receiver has read them, on whatever device.
//!
//! A device without draft/read-marker has read what it was sent when it says something some seconds later, or
//! quits: until then its connection may be dead, and nobody have seen it. One without draft/chathistory is shown
//! what waits when it arrives.

use crate::proto::cap::Cap;
use crate::proto::msgid::{Moment, MsgId};
use crate::proto::name::fold;
use crate::proto::time;
use crate::server::command::past::{marker, tell};
use crate::server::command::portion::Progress;
use crate::server::command::spec::Ctx;
use crate::server::world::cursor::{Cursor, Past, Telling};
use crate::server::world::id::UserId;
use crate::server::world::refusal::{Fail, Refusal};
use crate::server::world::session::Session;
use crate::server::world::user::Delivered;
use crate::store::query::{Answer, Kinds, Page, Point, Query, Span};
use crate::store::record::account::{AccountId, Party};
use crate::store::record::said::buffer;
use crate::store::record::{Record, Unread};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Whoever says something so long after they were sent something has got it.
pub(crate) const PROOF_MS: u64 = 3000;
/// Messages that are asked for at once when an inbox is told.
const AT_ONCE: usize = 100;

/// Who a direct message is for.
#[derive(Debug, Clone)]
pub(crate) struct Receiver {
    /// They, if they are here, with a device or without.
    pub(crate) user: Option<UserId>,
    pub(crate) account: Option<AccountId>,
    /// As they are shown.
    pub(crate) name: Arc<str>,
    /// Nothing reaches them from this sender, who is not told.
    pub(crate) is_deaf: bool,
}

/// Whether anybody hears what is said to them now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// On a device for which being sent is being read.
    Reading,
    /// On devices that tell what was read.
    Here,
    Away,
}

impl Receiver {
    /// Whether they hear it now.
    pub(crate) fn presence(&self, cx: &Ctx<'_>) -> Presence {
        let user = self.user.and_then(|user| cx.world.user(user));
        let mut devices = user
            .map(|user| user.sessions.as_slice())
            .unwrap_or_default()
            .iter()
            .filter_map(|session| cx.world.session(*session))
            .peekable();
        let reads = |device: &Session| !device.caps.has(Cap::ReadMarker);
        match devices.peek().is_some() {
            true if devices.any(reads) => Presence::Reading,
            true => Presence::Here,
            false => Presence::Away,
        }
    }

    /// Refuses what would not fit into the inbox of somebody who is away.
    pub(crate) fn must_have_room(
        &self,
        cx: &Ctx<'_>,
        verb: &str,
        text: &str,
    ) -> Result<(), Refusal> {
        let held = self.account.and_then(|id| cx.world.accounts.get(id));
        let limits = cx.world.config.inbox;
        let is_full = held.is_some_and(|held| {
            held.unread.len() >= limits.max_messages
                || held.unread_bytes.saturating_add(text.len()) > limits.max_bytes
        });
        if !is_full || self.presence(cx) != Presence::Away {
            return Ok(());
        }
        Err(Refusal::Fail(Fail {
            verb: verb.to_owned(),
            code: "INBOX_FULL",
            context: vec![self.name.to_string()],
            text: format!("The inbox of {} is full; nothing was sent", self.name).into(),
        }))
    }

    /// Lets a message wait, or count as read, for its receiver. `from` is what they call the conversation.
    pub(crate) fn receive(
        &self,
        cx: &mut Ctx<'_>,
        id: MsgId,
        from: &str,
        shown: &str,
        bytes: usize,
    ) {
        let Some(account) = self.account.filter(|_| !self.is_deaf) else {
            return;
        };
        let limits = cx.world.config.inbox;
        let has_room = cx
            .world
            .accounts
            .get(account)
            .is_some_and(|held| held.unread.len() < limits.max_messages);
        let reading = self.user.filter(|_| self.presence(cx) == Presence::Reading);
        match reading {
            Some(user) if !has_room => {
                marker::advance_unasked(cx, user, from, shown, id.moment);
            }
            None if !has_room => {}
            reading => {
                let unread = Unread {
                    account,
                    from: from.into(),
                    at: id.moment,
                    bytes: bytes.try_into().unwrap_or(u32::MAX),
                };
                cx.world.keep(cx.out, Record::Unread(unread));
                let sent_ms = cx.now.uptime_ms;
                if let Some(user) = reading.and_then(|user| cx.world.user_mut(user)) {
                    user.delivered.push(Delivered {
                        from: from.into(),
                        shown: shown.into(),
                        at: id.moment,
                        sent_ms,
                    });
                }
            }
        }
    }

    /// Tells the sender that it waits, if it does.
    pub(crate) fn tell_stored(&self, cx: &mut Ctx<'_>, verb: &str) {
        if verb != "PRIVMSG" || self.account.is_none() || self.presence(cx) != Presence::Away {
            return;
        }
        let absent = self.user.and_then(|user| cx.world.user(user)?.absent_ms);
        let left = absent.or(cx.world.seen.left_at(&self.name));
        let since = left.map_or_else(|| "*".to_owned(), time::to_text);
        let text = format!("{} is away; your message waits in their inbox", self.name);
        cx.standard("NOTE", verb, "STORED", &[&self.name, &since], &text);
    }
}

/// The asker is alive: what their devices were sent at least `age_ms` ago is read.
pub(crate) fn confirm(cx: &mut Ctx<'_>, age_ms: u64) {
    let Ok(me) = cx.user_id() else {
        return;
    };
    let latest = cx.now.uptime_ms.saturating_sub(age_ms);
    let Some(user) = cx.world.user_mut(me).filter(|me| !me.delivered.is_empty()) else {
        return;
    };
    let due = user.delivered.partition_point(|one| one.sent_ms <= latest);
    let read: Vec<Delivered> = user.delivered.drain(..due).collect();
    let last: BTreeMap<&str, &Delivered> = read.iter().map(|one| (&*one.from, one)).collect();
    for one in last.values() {
        marker::advance_unasked(cx, me, &one.from, &one.shown, one.at);
    }
}

/// Has what waits told to a device that cannot ask for it, and counts it as read.
pub(crate) fn tell(cx: &mut Ctx<'_>) {
    let enabled = cx.world.config.history.enabled;
    if !enabled || cx.has(Cap::Chathistory) {
        return;
    }
    let Some(account) = cx
        .user()
        .ok()
        .and_then(|user| Some(user.account.as_ref()?.id))
    else {
        return;
    };
    let Some(held) = cx.world.accounts.get(account) else {
        return;
    };
    let mut first: BTreeMap<Box<str>, Moment> = BTreeMap::new();
    for unread in &held.unread {
        first.entry(unread.from.clone()).or_insert(unread.at);
    }
    let mut senders: Vec<_> = first.into_iter().collect();
    senders.sort_unstable_by_key(|(_, at)| *at);
    let Some(reader) = cx.user_id().ok().and_then(|me| cx.world.reader(me)) else {
        return;
    };
    for (from, at) in senders {
        let query = Query::Page(Page {
            buffer: buffer(Party::Account(account), &from),
            span: Span::After(Point::Time(at.unix_ms().saturating_sub(1))),
            limit: AT_ONCE,
            kinds: Kinds::Messages,
            reader: reader.clone(),
        });
        let telling = Telling::Inbox { from };
        cx.tell_all(Cursor::Past(Box::new(Past::new(query, telling))));
    }
}

/// Tells what waits from one sender, and marks it as read.
pub(super) fn replay(
    cx: &mut Ctx<'_>,
    past: &mut Past,
    answer: Answer,
    from: Box<str>,
) -> Progress {
    let (Answer::Said(mut said), Ok(me)) = (answer, cx.user_id()) else {
        return Progress::Done;
    };
    let last = said.last().map(|said| said.id);
    let is_whole = said.len() < AT_ONCE;
    let account = cx
        .user()
        .ok()
        .and_then(|user| Some(user.account.as_ref()?.id));
    let held = account.and_then(|id| cx.world.accounts.get(id));
    let waits = |at: Moment| {
        held.is_some_and(|held| {
            let mut unread = held.unread.iter();
            unread.any(|unread| unread.at == at && unread.from == from)
        })
    };
    said.retain(|said| waits(said.id.moment));
    if let (Some(last), false) = (last, is_whole)
        && let Query::Page(page) = &mut past.query
    {
        let page = Page {
            span: Span::After(Point::Id(last)),
            ..page.clone()
        };
        let telling = Telling::Inbox { from: from.clone() };
        let next = Past::new(Query::Page(page), telling);
        cx.replies.cursors.push_front(Cursor::Past(Box::new(next)));
    }
    let Some(read) = said.last().map(|said| said.id.moment) else {
        return Progress::Done;
    };
    let shown = said
        .last()
        .and_then(|said| Some(said.source.split_once('!')?.0.to_owned()))
        .filter(|nick| *fold(nick) == *from)
        .unwrap_or_else(|| from.to_string());
    let progress = tell::begin(cx, past, said, &["chathistory", &shown]);
    let _ = marker::advance(cx, me, &from, &shown, read);
    progress
}
