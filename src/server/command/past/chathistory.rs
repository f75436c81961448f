//! CHATHISTORY: what was said while one was not there, or before one scrolls up. IRCv3 draft/chathistory.
//!
//! A room that one is not in, that is closed and that does not exist are answered alike.

use crate::proto::cap::Cap;
use crate::proto::msgid::{Moment, MsgId};
use crate::proto::name::{Nick, fold, is_room};
use crate::proto::reference::{self, Fault, Request};
use crate::proto::time;
use crate::server::command::past::tell;
use crate::server::command::portion::Progress;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::cursor::{Cursor, Past, Telling};
use crate::server::world::deliver::Outgoing;
use crate::server::world::refusal::{Fail, Refusal};
use crate::store::query::{Answer, Kinds, Page, Point, Query, Span};
use crate::store::record::said::{Reader, buffer};

const VERB: &str = "CHATHISTORY";
/// Conversations that are looked through for the newest ones.
const MOST_TARGETS: usize = 10_000;
/// Type of the batch that answers TARGETS.
const TARGETS: &str = "draft/chathistory-targets";

pub(crate) const CHATHISTORY: Spec = Spec {
    verb: VERB,
    min_params: 0,
    who: Who::User,
    usage: "BEFORE | AFTER | LATEST | AROUND <target> <reference> <limit> | BETWEEN <target> <reference> <reference> <limit> | TARGETS <from> <to> <limit>",
    help: "Tell what was said in a room or with a person",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    if !cx.world.config.history.enabled {
        return Err(Refusal::UnknownCommand(VERB.into()));
    }
    let most = cx.world.config.history.max_per_request;
    let request = Request::parse(cx.msg.params(), most).map_err(refusal)?;
    let reader = cx
        .world
        .reader(cx.user_id()?)
        .ok_or(Refusal::NotRegistered)?;
    let command = cx.msg.get(0).unwrap_or_default();
    let past = match request {
        Request::Part {
            target,
            span,
            limit,
        } => part(cx, reader, command, target, span, limit)?,
        Request::Targets { from, to, limit } => Past::new(
            Query::Targets {
                reader,
                after: Moment::last_of(from.min(to)),
                before: Moment::first_of(from.max(to)),
                limit: if from > to { MOST_TARGETS } else { limit },
            },
            Telling::Targets {
                newest: (from > to).then_some(limit),
            },
        ),
    };
    cx.tell_all(Cursor::Past(Box::new(past)));
    Ok(())
}

fn part(
    cx: &Ctx<'_>,
    reader: Reader,
    command: &str,
    target: &str,
    asked: reference::Span<'_>,
    limit: usize,
) -> Result<Past, Refusal> {
    let invalid = || {
        fail(
            "INVALID_TARGET",
            &[command, target],
            "Messages could not be retrieved",
        )
    };
    let buffer = conversation(cx, &reader, target).ok_or_else(invalid)?;
    let points: Vec<&str> = cx.msg.params().iter().skip(2).copied().collect();
    let points: Vec<&str> = points
        .into_iter()
        .filter(|point| point.starts_with("msgid="))
        .collect();
    let span = span(asked).ok_or_else(|| no_such_point(command, &points.join(" ")))?;
    let kinds = match cx.has(Cap::EventPlayback) {
        true => Kinds::Everything,
        false => Kinds::Messages,
    };
    Ok(Past::new(
        Query::Page(Page {
            buffer,
            span,
            limit,
            kinds,
            reader,
        }),
        Telling::Page {
            command: command.to_owned(),
            target: target.to_owned(),
            points: points.join(" "),
        },
    ))
}

/// The buffer that the reader calls by this name: a room that they are in, or a person.
pub(super) fn conversation(cx: &Ctx<'_>, reader: &Reader, target: &str) -> Option<Box<str>> {
    if is_room(target) {
        let name = fold(target);
        let mut rooms = reader.rooms.iter();
        return rooms
            .find(|(room, _)| **room == *name)
            .map(|(room, _)| room.clone());
    }
    Nick::new(target, usize::MAX)?;
    Some(buffer(reader.who, &peer(cx, target)))
}

/// What conversations with somebody of this name are called.
pub(super) fn peer(cx: &Ctx<'_>, name: &str) -> Box<str> {
    let here = cx
        .world
        .nick_owner(name)
        .and_then(|user| cx.world.user(user));
    here.map_or_else(|| fold(name).into(), |user| (*user.peer_name()).into())
}

/// The same part in the store's words; `None` for what is no msgid of ours.
fn span(asked: reference::Span<'_>) -> Option<Span> {
    let point = |asked| match asked {
        reference::Point::Time(ms) => Some(Point::Time(ms)),
        reference::Point::Id(text) => MsgId::parse(text).map(Point::Id),
    };
    Some(match asked {
        reference::Span::Latest(None) => Span::Latest { after: None },
        reference::Span::Latest(Some(after)) => Span::Latest {
            after: Some(point(after)?),
        },
        reference::Span::Before(at) => Span::Before(point(at)?),
        reference::Span::After(at) => Span::After(point(at)?),
        reference::Span::Around(at) => Span::Around(point(at)?),
        reference::Span::Between(from, to) => Span::Between(point(from)?, point(to)?),
    })
}

fn refusal(fault: Fault<'_>) -> Refusal {
    let context: Vec<&str> = fault.context().collect();
    fail(fault.code(), &context, fault.text())
}

fn no_such_point(command: &str, points: &str) -> Refusal {
    let shown: String = points.chars().take(64).collect();
    fail(
        "INVALID_PARAMS",
        &[command, &shown.replace(' ', ",")],
        "There is no such message in this conversation",
    )
}

fn fail(code: &'static str, context: &[&str], text: &'static str) -> Refusal {
    let shown = |word: &&str| word.chars().take(200).collect();
    Refusal::Fail(Fail {
        verb: VERB.into(),
        code,
        context: context.iter().map(shown).collect(),
        text: text.into(),
    })
}

/// Tells a part of a conversation.
pub(super) fn page(cx: &mut Ctx<'_>, past: &mut Past, answer: Answer) -> Progress {
    let Telling::Page {
        command,
        target,
        points,
    } = past.telling.clone()
    else {
        return Progress::Done;
    };
    let refusal = match answer {
        Answer::Said(said) => {
            let name = canonical(cx, &target);
            return tell::begin(cx, past, said, &["chathistory", &name]);
        }
        Answer::NoSuchPoint => no_such_point(&command, &points),
        _ => failed(&[&command, &target]),
    };
    cx.refuse(&refusal);
    Progress::Done
}

/// The name of what was asked for: of a room as it is written, of a person as the asker knows them.
fn canonical(cx: &Ctx<'_>, target: &str) -> String {
    match is_room(target) {
        true => shown(cx, target),
        false => target.to_owned(),
    }
}

fn failed(context: &[&str]) -> Refusal {
    fail("MESSAGE_ERROR", context, "Messages could not be retrieved")
}

/// Tells in which conversations something was said.
pub(super) fn targets(cx: &mut Ctx<'_>, answer: Answer, newest: Option<usize>) -> Progress {
    let Answer::Targets(mut targets) = answer else {
        cx.refuse(&failed(&["TARGETS", "*"]));
        return Progress::Done;
    };
    if let Some(limit) = newest {
        targets.drain(..targets.len().saturating_sub(limit));
    }
    let (server, time) = (cx.world.config.server.name.clone(), cx.time());
    let batch = cx.has(Cap::Batch).then(|| cx.open_batch(TARGETS));
    for (target, at) in targets {
        let shown = shown(cx, &target);
        let at = time::to_text(at.unix_ms());
        let words = ["TARGETS", shown.as_str(), &at];
        let line = Outgoing::new(&server, VERB, &words, None, &time);
        match &batch {
            Some(batch) => cx.reply_in_batch(batch, &line),
            None => cx.echo(&line),
        }
    }
    if let Some(batch) = batch {
        cx.close_batch(&batch);
    }
    Progress::Done
}

/// A folded name as it is written, if it is known how.
fn shown(cx: &Ctx<'_>, name: &str) -> String {
    let world = &cx.world;
    if let Some(room) = world.room_named(name).and_then(|id| world.room(id)) {
        return room.name.to_string();
    }
    if let Some(user) = world.nick_owner(name).and_then(|id| world.user(id)) {
        return user.nick.to_string();
    }
    let account = world.accounts.named(name);
    account.map_or_else(|| name.to_owned(), |held| held.account.name.to_string())
}
