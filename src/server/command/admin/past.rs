//! What was said, for an operator: read, and taken back.
//!
//! An operator reads a room as somebody who was always in it, and a conversation as one of its two sides; what was
//! for those of a rank alone stays theirs.

use crate::admin::command::govern::History;
use crate::admin::command::when::When;
use crate::admin::command::{Answer, Code};
use crate::proto::cap::Cap;
use crate::proto::msgid::{Moment, MsgId};
use crate::proto::name::fold;
use crate::proto::text::cut;
use crate::proto::time;
use crate::server::command::admin::govern::is_authorised;
use crate::server::command::admin::{Outcome, accounts, near, refused};
use crate::server::command::doer::Doer;
use crate::server::world::World;
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::effects::Effects;
use crate::server::world::event::Now;
use crate::server::world::history::Deed;
use crate::server::world::id::UserId;
use crate::store::query::{self, Kinds, Page, Point, Query, Span, Wanted};
use crate::store::record::Record;
use crate::store::record::account::Party;
use crate::store::record::said::{Place, Reader, Said, Verb, buffer};
use serde_json::{Value, json};
use std::sync::Arc;

/// What is to be read, if it may be.
pub(super) fn question(world: &World, asked: &History, now: Now) -> Result<Query, Answer> {
    if !world.config.history.enabled {
        return Err(refused(Code::Failed, "nothing that is said is kept here"));
    }
    is_authorised(asked)?;
    let (reader, buffer) = conversation(world, asked)?;
    let moment = |when: &When| when.unix_ms(now.unix_ms);
    let since = asked.since.as_ref().map(moment);
    let until = asked.until.as_ref().map(moment);
    let limit = asked.limit as usize;
    if asked.search.is_some() || asked.from.is_some() {
        let words = asked.search.as_deref().unwrap_or_default();
        return Ok(Query::Search {
            reader,
            wanted: Wanted {
                phrases: words.split_whitespace().map(Into::into).collect(),
                buffer: Some(buffer),
                from: asked.from.as_deref().map(|name| fold(name).into()),
                after: since.map(Moment::first_of),
                before: until.map(Moment::last_of),
            },
            limit,
        });
    }
    let span = match (since.map(Point::Time), until.map(Point::Time)) {
        (after, None) => Span::Latest { after },
        (None, Some(until)) => Span::Before(until),
        (Some(since), Some(until)) => Span::Between(until, since),
    };
    Ok(Query::Page(Page {
        buffer,
        span,
        limit,
        kinds: Kinds::Messages,
        reader,
    }))
}

/// Whose eyes it is read with, and where it stands.
fn conversation(world: &World, asked: &History) -> Result<(Reader, Box<str>), Answer> {
    if let Some((one, other)) = asked.two() {
        let one = accounts::named(world, one)?;
        let who = Party::Account(one.account.id);
        let rooms = Vec::new();
        return Ok((Reader { who, rooms }, buffer(who, &fold(other))));
    }
    if !asked.target.starts_with(['#', '&']) {
        let text = "what is said to one alone is read by conversation: chat admin history ann,bob";
        return Err(refused(Code::BadRequest, text));
    }
    let name: Box<str> = fold(&asked.target).into();
    let reader = Reader {
        who: Party::Guest(0),
        rooms: vec![(name.clone(), Moment::START)],
    };
    Ok((reader, name))
}

/// What was read.
pub(super) fn told(world: &World, asked: &History, answer: query::Answer) -> Outcome {
    let query::Answer::Said(mut said) = answer else {
        let text = "what was said cannot be read at the moment";
        return Err(refused(Code::Failed, text));
    };
    said.sort_by_key(|said| said.id.moment);
    let is_unknown = || {
        asked.two().is_none()
            && world.room_named(&asked.target).is_none()
            && world.row_named(&asked.target).is_none()
    };
    if said.is_empty() && is_unknown() {
        let names = world.rooms().map(|(_, room)| room.name.as_str());
        let hint = near(&asked.target, names, world.config.limits.room);
        let text = format!("There is no room \"{}\"", asked.target);
        return Err(Answer::failed(Code::NoSuchRoom, text, hint));
    }
    Ok(said.iter().map(|said| row(said)).collect())
}

fn row(said: &Said) -> Value {
    let nick = said.source.split('!').next();
    json!({
        "msgid": said.id.to_string(),
        "time": time::to_text(said.id.moment.unix_ms()),
        "from": nick,
        "source": &*said.source,
        "account": said.account.as_deref(),
        "verb": said.verb.name(),
        "target": said.words.iter().next(),
        "text": said.text.as_deref(),
    })
}

/// The message that is to be taken back.
pub(super) fn which(world: &World, msgid: &str) -> Result<Query, Answer> {
    if world.is_read_only {
        let text = "nothing can be stored at the moment, so nothing changes";
        return Err(refused(Code::Storage, text));
    }
    let id = MsgId::parse(msgid).ok_or_else(|| no_message(msgid))?;
    Ok(Query::Whole { id })
}

fn no_message(msgid: &str) -> Answer {
    let text = format!("There is no message \"{msgid}\"");
    refused(Code::NoSuchMessage, text)
}

/// Takes a message back, and tells those who could read it.
pub(super) fn redact(
    world: &mut World,
    out: &mut Effects,
    msgid: &str,
    reason: Option<&str>,
    answer: query::Answer,
    now: Now,
) -> Outcome {
    let query::Answer::Said(said) = answer else {
        return Err(refused(Code::Failed, "it cannot be read at the moment"));
    };
    let said = said.into_iter().find(|said| said.is_message());
    let said = said.ok_or_else(|| no_message(msgid))?;
    if world.is_read_only {
        let text = "nothing can be stored at the moment, so nothing changes";
        return Err(refused(Code::Storage, text));
    }
    let reason = reason.map(|reason| cut(reason, world.config.limits.kick).to_owned());
    world.keep(out, Record::Redacted(said.id));
    tell(world, out, &said, reason.as_deref(), now);
    let mut told = row(&said);
    if let Some(told) = told.as_object_mut() {
        told.remove("text"); // It is gone, from here too.
        told.insert("redacted".into(), true.into());
    }
    Ok(told)
}

fn tell(world: &mut World, out: &mut Effects, said: &Said, reason: Option<&str>, now: Now) {
    let doer = Doer::server(world);
    let stamp = world.stamps.next(now.unix_ms);
    let msgid = said.id.to_string();
    let mut hear = |world: &mut World, target: &str, users: Vec<UserId>| {
        let words = [target, msgid.as_str()];
        let line = Outgoing::new(&doer.source, "REDACT", &words, reason, &stamp.time);
        let line = line.stamped(&stamp, &[]);
        let filter = Filter::With(Cap::MessageRedaction);
        world.deliver(out, &line, users.into_iter(), None, filter);
    };
    let target = match &said.place {
        Place::Room { name, .. } => {
            let room = world.room_named(name).and_then(|id| world.room(id));
            let users = room.map(|room| room.members.iter().map(|member| member.user));
            let users: Vec<UserId> = users.into_iter().flatten().collect();
            let shown = room.map_or_else(|| name.to_string(), |room| room.name.to_string());
            hear(world, &shown, users);
            shown
        }
        Place::Direct { from, to, to_name } => {
            let users = [world.present(said.by, from), world.present(*to, to_name)];
            for (user, target) in users.into_iter().zip([to_name, from]) {
                hear(world, target, user.into_iter().collect());
            }
            to_name.to_string()
        }
    };
    if !world.config.history.enabled {
        return;
    }
    let deed = Deed {
        source: &doer.source,
        by: doer.by,
        verb: Verb::Redact,
        words: &[&target, &msgid],
        text: reason,
        tags: &[],
    };
    let row = deed.said(stamp.id, said.place.clone());
    world.keep(out, Record::Said(Arc::new(row)));
}
