//! REDACT: a message is taken back, by who said it or by who runs the room. IRCv3 draft/message-redaction.
//!
//! It is gone from history, search and inbox. Who does not know redactions is not told.

use crate::proto::cap::Cap;
use crate::proto::mode::{Rank, Ranks};
use crate::proto::msgid::MsgId;
use crate::proto::name::is_room;
use crate::proto::text::cut;
use crate::server::command::past::chathistory::conversation;
use crate::server::command::people::sanctioned;
use crate::server::command::portion::Progress;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::cursor::{Cursor, Past, Telling};
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::history::Deed;
use crate::server::world::refusal::{Fail, Refusal};
use crate::store::query::{Answer, Query};
use crate::store::record::Record;
use crate::store::record::said::{Place, Said, Verb};
use std::sync::Arc;

const VERB: &str = "REDACT";

pub(crate) const REDACT: Spec = Spec {
    verb: VERB,
    min_params: 2,
    who: Who::User,
    usage: "<target> <msgid> [<reason>]",
    help: "Take a message back",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    if !cx.world.config.history.enabled {
        return Err(Refusal::UnknownCommand(VERB.into()));
    }
    let (target, msgid) = (cx.need(0)?, cx.need(1)?);
    let me = cx.user_id()?;
    let reader = cx.world.reader(me).ok_or(Refusal::NotRegistered)?;
    if conversation(cx, &reader, target).is_none() {
        let text = "You cannot delete messages from there";
        return Err(fail("INVALID_TARGET", &[target], text));
    }
    let id = MsgId::parse(msgid).ok_or_else(|| unknown(target, msgid))?;
    let reason = cx.msg.get(2).filter(|reason| !reason.is_empty());
    let reason = sanctioned::reason_of(cx, reason);
    let telling = Telling::Redact {
        target: target.to_owned(),
        msgid: msgid.to_owned(),
        reason: reason.map(|reason| cut(reason, cx.world.config.limits.kick).to_owned()),
    };
    let past = Past::new(Query::One { reader, id }, telling);
    cx.tell_all(Cursor::Past(Box::new(past)));
    Ok(())
}

fn fail(code: &'static str, context: &[&str], text: &'static str) -> Refusal {
    let shown = |word: &&str| word.chars().take(64).collect();
    Refusal::Fail(Fail {
        verb: VERB.into(),
        code,
        context: context.iter().map(shown).collect(),
        text: text.into(),
    })
}

fn unknown(target: &str, msgid: &str) -> Refusal {
    let text = "This message does not exist or is too old";
    fail("UNKNOWN_MSGID", &[target, msgid], text)
}

/// Takes the message back, if it may be.
pub(super) fn redact(
    cx: &mut Ctx<'_>,
    answer: Answer,
    target: &str,
    msgid: &str,
    reason: Option<&str>,
) -> Progress {
    let result = match answer {
        Answer::Said(said) => {
            let said = said
                .into_iter()
                .next()
                .ok_or_else(|| unknown(target, msgid));
            said.and_then(|said| take_back(cx, &said, target, msgid, reason))
        }
        _ => Err(Refusal::busy(VERB)),
    };
    if let Err(refusal) = result {
        cx.refuse(&refusal);
    }
    Progress::Done
}

fn take_back(
    cx: &mut Ctx<'_>,
    said: &Said,
    target: &str,
    msgid: &str,
    reason: Option<&str>,
) -> Result<(), Refusal> {
    let me = cx.user_id()?;
    let reader = cx.world.reader(me).ok_or(Refusal::NotRegistered)?;
    let here = conversation(cx, &reader, target).ok_or_else(|| unknown(target, msgid))?;
    if !said.is_in(&here) || !said.is_message() || !reader.may_read(said) {
        return Err(unknown(target, msgid));
    }
    if !may_redact(cx, said, target)? {
        let text = "You are not authorised to delete this message";
        return Err(fail("REDACT_FORBIDDEN", &[target, msgid], text));
    }
    if cx.world.is_read_only {
        return Err(Refusal::storage(VERB));
    }
    cx.keep(Record::Redacted(said.id))?;
    tell(cx, said, target, msgid, reason)
}

fn may_redact(cx: &Ctx<'_>, said: &Said, target: &str) -> Result<bool, Refusal> {
    let rules = cx.world.config.history.redact;
    let me = cx.user_id()?;
    let is_own = said.by == cx.user()?.party();
    let room = cx.world.room_named(target).filter(|_| is_room(target));
    let runs_it = room
        .and_then(|room| cx.world.member(me, room))
        .is_some_and(|member| member.ranks.at_least(Rank::HalfOp));
    Ok((is_own && rules.own) || (runs_it && rules.room_operators))
}

/// Tells those who could read it, and keeps that it happened.
fn tell(
    cx: &mut Ctx<'_>,
    said: &Said,
    target: &str,
    msgid: &str,
    reason: Option<&str>,
) -> Result<(), Refusal> {
    let (me, source, stamp, by) = (cx.user_id()?, cx.source()?, cx.stamp(), cx.user()?.party());
    let filter = Filter::With(Cap::MessageRedaction);
    let words = [target, msgid];
    let line = Outgoing::new(&source, VERB, &words, reason, &stamp.time).stamped(&stamp, &[]);
    let deed = Deed {
        source: &source,
        by,
        verb: Verb::Redact,
        words: &words,
        text: reason,
        tags: &[],
    };
    match &said.place {
        Place::Room { .. } => {
            let room = cx.room(target)?;
            cx.to_room_if(room, &line, filter);
            let everybody = Ranks::only(Rank::Op);
            cx.world.keep_deed(cx.out, room, everybody, stamp.id, &deed);
        }
        Place::Direct { to, to_name, .. } => {
            if cx.is_for_me(filter) {
                cx.echo(&line);
            }
            cx.to_user(me, &line, filter);
            let other = cx.world.present(*to, to_name);
            if let Some(other) = other.filter(|other| *other != me) {
                cx.to_user(other, &line, filter);
            }
            let row = deed.said(stamp.id, said.place.clone());
            cx.world.keep(cx.out, Record::Said(Arc::new(row)));
        }
    }
    Ok(())
}
