//! Sending on what is said: stamped, kept, told to whom it is for, and echoed to who asked for that.

use crate::proto::cap::Cap;
use crate::proto::message::MAX_LINE;
use crate::proto::msgid::MsgId;
use crate::proto::name::is_room;
use crate::server::command::past::sent;
use crate::server::command::people::lines;
use crate::server::command::spec::Ctx;
use crate::server::world::batch::Piece;
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::history::Deed;
use crate::server::world::refusal::Refusal;
use crate::server::world::source::Source;
use crate::store::record::Record;
use crate::store::record::said::{Place, Verb};
use std::sync::Arc;

/// What is said, whoever it is for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Speech<'a> {
    pub(crate) verb: &'static str,
    /// All of it; lines are parted by LF.
    pub(crate) text: Option<&'a str>,
    /// Its lines, if it has several.
    pub(crate) pieces: &'a [Piece],
    /// Client-only tags that others see.
    pub(crate) tags: &'a [(&'a str, &'a str)],
    pub(crate) lasting: Lasting,
    /// Its client's id and the digest of what it stands for.
    pub(crate) once: Option<(&'a str, u64)>,
}

/// Whether something is for those who come later too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lasting {
    Kept,
    Passing,
}

/// Whether what the asker's line says is kept: what people say to people; of bare tags those that
/// `history.store_tagmsg` names.
pub(crate) fn lasts(cx: &Ctx<'_>, text: Option<&str>) -> Lasting {
    let history = &cx.world.config.history;
    let is_online_only = || cx.msg.tags.raw("+chat/online").is_some();
    let is_kept = match text {
        _ if !history.enabled => false,
        Some(text) => !is_ctcp_request(text) && !is_online_only(),
        None => history.store_tagmsg.iter().any(|tag| {
            // draft/persist is sent without the plus; what takes a reaction back lasts like the reaction.
            let bare = tag.trim_start_matches('+');
            let undone = (bare == "draft/react").then_some("+draft/unreact");
            let names = [Some(tag.as_str()), Some(bare), undone];
            names
                .into_iter()
                .flatten()
                .any(|name| cx.msg.tags.raw(name).is_some())
        }),
    };
    match is_kept {
        true => Lasting::Kept,
        false => Lasting::Passing,
    }
}

/// Whether a text asks a program for something: CTCP other than ACTION.
pub(crate) fn is_ctcp_request(text: &str) -> bool {
    let ctcp = text.strip_prefix('\u{1}');
    ctcp.is_some_and(|ctcp| !ctcp.starts_with("ACTION "))
}

/// Stamps the speech, records it, sends it on with `send`, and echoes it to who asked for that.
pub(crate) fn relay(
    cx: &mut Ctx<'_>,
    source: &Source,
    target: &str,
    place: Option<Place>,
    speech: Speech<'_>,
    send: impl Fn(&mut Ctx<'_>, &Outgoing<'_>, Filter),
) -> Result<MsgId, Refusal> {
    let place = place.filter(|_| speech.lasting == Lasting::Kept);
    if cx.world.is_read_only && (place.is_some() || speech.once.is_some()) {
        return Err(Refusal::storage(speech.verb));
    }
    let stamp = cx.world.stamps.next(cx.now.unix_ms);
    let words = [target];
    let line = Outgoing::new(source, speech.verb, &words, speech.text, &stamp.time)
        .stamped(&stamp, speech.tags);
    if !fits(&line, speech.pieces) {
        return Err(Refusal::LineTooLong);
    }
    let filter = match speech.text {
        Some(_) => Filter::Everybody,
        None => Filter::With(Cap::MessageTags),
    };
    cx.world.counts.messages += u64::from(speech.text.is_some());
    if let Some(place) = place {
        let deed = Deed {
            source,
            by: cx.user()?.party(),
            verb: Verb::named(speech.verb).unwrap_or(Verb::Privmsg),
            words: &words,
            text: speech.text,
            tags: speech.tags,
        };
        cx.out
            .keep(Record::Said(Arc::new(deed.said(stamp.id, place))));
    }
    if let Some((id, digest)) = speech.once {
        sent::note(cx, id, stamp.id, digest)?;
    }
    if cx.has(Cap::EchoMessage) && cx.is_for_me(filter) {
        echo(cx, &line, speech);
    }
    match speech.pieces {
        [] => send(cx, &line, filter),
        pieces => lines::send(cx, &line, pieces, send),
    }
    Ok(stamp.id)
}

/// Whether nothing would be cut off.
fn fits(line: &Outgoing<'_>, pieces: &[Piece]) -> bool {
    match pieces {
        [] => line.body_len() <= MAX_LINE,
        pieces => lines::as_lines(line, pieces)
            .iter()
            .all(|line| line.body_len() <= MAX_LINE),
    }
}

/// Echoes a line, with the id that its sender gave it.
fn echo(cx: &mut Ctx<'_>, line: &Outgoing<'_>, speech: Speech<'_>) {
    let Some((id, _)) = speech.once else {
        return lines::echo(cx, line, speech.pieces);
    };
    // Of several messages of one line each has the id and its target.
    let id = id.split(' ').next().unwrap_or(id);
    let tags = [speech.tags, &[(sent::TAG, id)]].concat();
    let line = Outgoing {
        client_tags: &tags,
        ..*line
    };
    lines::echo(cx, &line, speech.pieces);
}

/// Answers a repeat as the first was answered: with its echo.
pub(crate) fn repeat(
    cx: &mut Ctx<'_>,
    target: &str,
    speech: Speech<'_>,
    first: MsgId,
) -> Result<(), Refusal> {
    if !cx.has(Cap::EchoMessage) {
        return Ok(());
    }
    let (source, stamp) = (cx.source()?, sent::stamp_of(first));
    let shown = shown(cx, target);
    let words = [shown.as_str()];
    let line = Outgoing::new(&source, speech.verb, &words, speech.text, &stamp.time)
        .stamped(&stamp, speech.tags);
    echo(cx, &line, speech);
    Ok(())
}

/// A target as it is shown to others.
fn shown(cx: &Ctx<'_>, target: &str) -> String {
    let world = &cx.world;
    let room = world.room_named(target).and_then(|id| world.room(id));
    if let Some(room) = room.filter(|_| is_room(target)) {
        return room.name.to_string();
    }
    let user = world.nick_owner(target).and_then(|id| world.user(id));
    user.map_or_else(|| target.to_owned(), |user| user.nick.to_string())
}
