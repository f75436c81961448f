//! PRIVMSG, NOTICE and TAGMSG: saying something. Modern, "Sending Messages"; IRCv3 message-tags, echo-message.
//!
//! Each target is its own act: one that is refused does not stop the others. A NOTICE never draws an
//! error. `$*` is everybody who is online; the tag `+chat/online` asks for people who are here only.

use crate::config::Limits;
use crate::proto::message::{Tags, unescape};
use crate::proto::mode::{Flag, Ranks, rank_of_symbol};
use crate::proto::name::{fold, is_room, same};
use crate::server::command::account::nickserv;
use crate::server::command::files::post;
use crate::server::command::past::sent::{self, Known};
use crate::server::command::people::relay::{
    Lasting, Speech, is_ctcp_request, lasts, relay, repeat,
};
use crate::server::command::people::{broadcast, direct, sanctioned};
use crate::server::command::room::chanserv;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::batch::{self, Lines};
use crate::server::world::cursor::{Cursor, Past, Speech as Waiting, Telling};
use crate::server::world::id::RoomId;
use crate::server::world::refusal::Refusal;
use crate::server::world::room::Audience;
use crate::store::query::Query;
use crate::store::record::said::Place;
use smallvec::SmallVec;
use std::sync::Arc;

/// Most targets of one line, unless `limits.targets` says something else.
const MAX_TARGETS: usize = 20;

pub(crate) const PRIVMSG: Spec = Spec {
    verb: "PRIVMSG",
    min_params: 0,
    who: Who::User,
    usage: "<target>[,<target>…] <text>",
    help: "Say something to a room, a person, or $* for everybody online",
    run: |cx| speak(cx, "PRIVMSG"),
};

pub(crate) const NOTICE: Spec = Spec {
    verb: "NOTICE",
    min_params: 0,
    who: Who::User,
    usage: "<target>[,<target>…] <text>",
    help: "Say something that no program answers",
    run: |cx| speak(cx, "NOTICE").or(Ok(())),
};

pub(crate) const TAGMSG: Spec = Spec {
    verb: "TAGMSG",
    min_params: 0,
    who: Who::User,
    usage: "<target>[,<target>…]",
    help: "Send tags without a text",
    run: |cx| speak(cx, "TAGMSG"),
};

/// Most targets of one line with this verb.
pub(crate) fn max_targets(limits: &Limits, verb: &str) -> usize {
    limits.targets.get(verb).copied().unwrap_or(MAX_TARGETS)
}

fn speak(cx: &mut Ctx<'_>, verb: &'static str) -> Result<(), Refusal> {
    let targets = cx
        .msg
        .get(0)
        .filter(|to| !to.is_empty())
        .ok_or(Refusal::NoRecipient(verb))?;
    let text = match verb {
        "TAGMSG" => None,
        _ => Some(
            cx.msg
                .get(1)
                .filter(|text| !text.is_empty())
                .ok_or(Refusal::NoText)?,
        ),
    };
    let (me, uptime_ms) = (cx.user_id()?, cx.now.uptime_ms);
    if let Some(user) = cx.world.user_mut(me) {
        user.active_ms = uptime_ms;
    }
    let mut tags = cx.msg.tags.client_only();
    // What a file is, the server alone says.
    tags.retain(|(key, _)| ![sent::TAG, post::TAG].contains(key));
    let id = match text {
        Some(_) => sent::id(cx, verb)?,
        None => None,
    };
    let speech = Speech {
        verb,
        text,
        pieces: &[],
        tags: &tags,
        lasting: lasts(cx, text),
        once: None,
    };
    say_to_each(cx, targets, speech, id.as_deref())
}

/// Says something of several lines, to one target.
pub(crate) fn speak_lines(cx: &mut Ctx<'_>, lines: &Lines) -> Result<(), Refusal> {
    let (me, uptime_ms) = (cx.user_id()?, cx.now.uptime_ms);
    if let Some(user) = cx.world.user_mut(me) {
        user.active_ms = uptime_ms;
    }
    let verb = lines.verb.unwrap_or("PRIVMSG");
    let text = batch::joined(&lines.pieces);
    let tags = lines.tags.iter().map(|(key, value)| (&**key, &**value));
    let mut tags: Vec<(&str, &str)> = tags.collect();
    let id = match tags.iter().find(|(key, _)| *key == sent::TAG) {
        Some((_, id)) => Some(sent::checked(unescape(id).into_owned(), verb)?),
        None => None,
    };
    tags.retain(|(key, _)| *key != sent::TAG);
    let lasting = lasts_with(cx, &text, &tags);
    let speech = Speech {
        verb,
        text: Some(&text),
        pieces: &lines.pieces,
        tags: &tags,
        lasting,
        once: None,
    };
    let result = match &id {
        Some(id) => say_once(cx, &lines.target, speech, id),
        None => speak_to(cx, &lines.target, speech),
    };
    match result {
        Err(_) if verb == "NOTICE" => Ok(()),
        result => result,
    }
}

fn say_to_each(
    cx: &mut Ctx<'_>,
    targets: &str,
    speech: Speech<'_>,
    id: Option<&str>,
) -> Result<(), Refusal> {
    let verb = speech.verb;
    let most = max_targets(&cx.world.config.limits, verb);
    let service = targets.split(',').find(|target| nickserv::is_meant(target));
    if let Some(service) = service.filter(|service| *service != targets) {
        // There may be a password in it, which nobody else is to get; and one line asks one question.
        return Err(Refusal::TooManyTargets(service.to_owned()));
    }
    let mut seen: SmallVec<[&str; 4]> = SmallVec::new();
    for target in targets.split(',').filter(|target| !target.is_empty()) {
        if seen.iter().any(|other| same(other, target)) {
            continue;
        }
        seen.push(target);
        let result = match (seen.len() > most, id) {
            (false, _) if nickserv::is_meant(target) => {
                nickserv::message(cx, speech.text.filter(|_| verb == "PRIVMSG"));
                Ok(())
            }
            (true, _) => Err(Refusal::TooManyTargets(target.to_owned())),
            (false, None) => speak_to(cx, target, speech),
            (false, Some(id)) if targets.contains(',') => {
                // One line, several messages: each has an id of its own.
                say_once(cx, target, speech, &format!("{id} {}", fold(target)))
            }
            (false, Some(id)) => say_once(cx, target, speech, id),
        };
        match result {
            Err(refusal) if verb != "NOTICE" => cx.refuse(&refusal),
            _ => {}
        }
    }
    match seen.is_empty() {
        true => Err(Refusal::NoRecipient(verb)),
        false => Ok(()),
    }
}

/// Says it unless it was said already; where that is not known here, when the store has answered.
fn say_once(cx: &mut Ctx<'_>, target: &str, speech: Speech<'_>, id: &str) -> Result<(), Refusal> {
    let waiting = || Waiting {
        verb: speech.verb,
        target: target.to_owned(),
        text: speech.text.unwrap_or_default().to_owned(),
        pieces: speech.pieces.to_vec(),
        tags: joined(speech.tags),
        id: id.to_owned(),
    };
    match sent::look_up(cx, id)? {
        Known::Unsure(after) => {
            let query = Query::Sent {
                by: cx.user()?.party(),
                client_id: id.into(),
                after,
            };
            let past = Past::new(query, Telling::Say(waiting()));
            cx.tell_all(Cursor::Past(Box::new(past)));
            Ok(())
        }
        known => say_now(cx, &waiting(), known),
    }
}

/// Says what has an id, now that it is known what the id stands for.
pub(crate) fn say_now(cx: &mut Ctx<'_>, waiting: &Waiting, known: Known) -> Result<(), Refusal> {
    let Waiting {
        verb,
        target,
        text,
        pieces,
        tags,
        id,
    } = waiting;
    let digest = sent::digest(verb, target, text);
    let tags = Tags::new(tags).client_only();
    let speech = Speech {
        verb,
        text: Some(text),
        pieces,
        tags: &tags,
        lasting: lasts_with(cx, text, &tags),
        once: Some((id, digest)),
    };
    match known {
        Known::Used(first, used) if used == digest => repeat(cx, target, speech, first),
        Known::Used(..) => Err(sent::conflict(verb, id)),
        Known::New | Known::Unsure(_) => speak_to(cx, target, speech),
    }
}

/// Whether a text with these tags is kept, though they came with an earlier line than the one that is carried out.
fn lasts_with(cx: &Ctx<'_>, text: &str, tags: &[(&str, &str)]) -> Lasting {
    match tags.iter().any(|(key, _)| *key == "+chat/online") {
        true => Lasting::Passing,
        false => lasts(cx, Some(text)),
    }
}

fn joined(tags: &[(&str, &str)]) -> String {
    let tags: Vec<String> = tags
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    tags.join(";")
}

/// Says something to one target, which `may_say` has found to be one.
pub(crate) fn speak_to(cx: &mut Ctx<'_>, target: &str, speech: Speech<'_>) -> Result<(), Refusal> {
    if target == broadcast::EVERYBODY && speech.text.is_some() {
        broadcast::to_everybody(cx, speech)
    } else if target.starts_with('$') {
        Err(Refusal::NoPrivilege)
    } else if is_room(target.trim_start_matches(is_rank_symbol)) {
        to_room(cx, target, speech)
    } else if let (true, Some(text)) = (same(target, chanserv::NAME), speech.text) {
        chanserv::hear(cx, text)
    } else {
        direct::to_person(cx, target, speech)
    }
}

fn is_rank_symbol(c: char) -> bool {
    rank_of_symbol(c).is_some()
}

/// Where something may be said in a room.
struct InRoom {
    id: RoomId,
    ranks: Option<Ranks>,
    audience: Audience,
    /// The target as it is shown.
    shown: Arc<str>,
    place: Place,
}

/// Whether somebody may say this in a room, and where it is then said. Nothing is said.
pub(crate) fn may_say(
    cx: &mut Ctx<'_>,
    target: &str,
    speech: &Speech<'_>,
) -> Result<(Place, Arc<str>), Refusal> {
    match is_room(target.trim_start_matches(is_rank_symbol)) {
        true => in_room(cx, target, speech).map(|at| (at.place, at.shown)),
        false => direct::may_say(cx, target, speech),
    }
}

/// With the symbol of a rank before a room's name those who hold it are meant (STATUSMSG).
fn in_room(cx: &mut Ctx<'_>, target: &str, speech: &Speech<'_>) -> Result<InRoom, Refusal> {
    let (me, source) = (cx.user_id()?, cx.source()?);
    let name = target.trim_start_matches(is_rank_symbol);
    let least = target.chars().next().and_then(rank_of_symbol);
    let id = cx.room(name)?;
    let ranks = cx.world.member(me, id).map(|member| member.ranks);
    let nowhere = || Refusal::NoSuchRoom(name.to_owned());
    let (user, room) = (cx.user()?, cx.world.room(id).ok_or_else(nowhere)?);
    let allowed = room.must_let_speak(&user.subject(&source), ranks)?;
    sanctioned::must_be_said_in(cx, id, ranks, speech)?;
    let room = cx.world.room(id).ok_or_else(nowhere)?;
    if room.flags.has(Flag::NoCtcp) && speech.text.is_some_and(is_ctcp_request) {
        let why = "This room takes no CTCP but ACTION (+C)";
        return Err(Refusal::CannotSend {
            room: name.to_owned(),
            why: why.into(),
        });
    }
    let audience = least
        .map_or(Audience::Everybody, Audience::AtLeast)
        .and(allowed);
    let symbol = target
        .chars()
        .next()
        .filter(|symbol| is_rank_symbol(*symbol));
    let name = room.name.clone();
    let place = cx.world.place(room, audience);
    let shown = match symbol {
        Some(symbol) => format!("{symbol}{name}").into(),
        None => name.shared(),
    };
    Ok(InRoom {
        id,
        ranks,
        audience,
        shown,
        place,
    })
}

fn to_room(cx: &mut Ctx<'_>, target: &str, speech: Speech<'_>) -> Result<(), Refusal> {
    let source = cx.source()?;
    let InRoom {
        id,
        ranks,
        audience,
        shown,
        place,
    } = in_room(cx, target, &speech)?;
    relay(
        cx,
        &source,
        &shown,
        Some(place),
        speech,
        |cx, line, filter| {
            let members = cx
                .world
                .room(id)
                .map(|room| room.members.as_slice())
                .unwrap_or_default();
            let hearers = members
                .iter()
                .filter(|member| audience.admits(member.ranks));
            let users = hearers.map(|member| member.user);
            cx.world
                .deliver(cx.out, line, users, Some(cx.session), filter);
        },
    )?;
    sanctioned::note(cx, id, ranks, &speech);
    if let (Some(room), Some(_)) = (cx.world.room_mut(id), speech.text) {
        room.messages += 1;
    }
    Ok(())
}
