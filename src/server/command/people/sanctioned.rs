//! What operators of the server forbid: mutes, slow mode, words that are not said. The answer tells which, and why.

use crate::proto::message::unescape;
use crate::proto::mode::{Rank, Ranks};
use crate::proto::name::fold;
use crate::server::command::people::relay::{Lasting, Speech};
use crate::server::command::spec::Ctx;
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::refusal::{Fail, Refusal};
use crate::server::world::sanction::judge::Verdict;
use crate::server::world::sanction::slow::Speaker;
use crate::store::record::sanction::SanctionId;

/// Whether the asker may say this in a room, where they have these ranks: 404.
pub(crate) fn must_be_said_in(
    cx: &mut Ctx<'_>,
    room: RoomId,
    ranks: Option<Ranks>,
    speech: &Speech<'_>,
) -> Result<(), Refusal> {
    let Some(name) = cx.world.room(room).map(|room| room.name.shared()) else {
        return Ok(());
    };
    let refuse = |text: String| Refusal::CannotSend {
        room: name.to_string(),
        why: text.into(),
    };
    let verdict = hushed_in(cx, &name, ranks).or_else(|| unsayable(cx, speech, Some(&name)));
    if let Some(verdict) = verdict {
        cx.world.sanctions.count(verdict.id);
        return Err(refuse(verdict.text));
    }
    must_have_waited(cx, room, &name, ranks, speech).map_err(refuse)
}

/// Whether the asker may set this topic: 404.
pub(crate) fn must_be_topic_of(
    cx: &mut Ctx<'_>,
    room: RoomId,
    ranks: Ranks,
    text: &str,
) -> Result<(), Refusal> {
    let Some(name) = cx.world.room(room).map(|room| room.name.to_string()) else {
        return Ok(());
    };
    let verdict = hushed_in(cx, &name, Some(ranks));
    let verdict = verdict.or_else(|| filtered(cx, text, Some(&name)));
    let Some(verdict) = verdict else {
        return Ok(());
    };
    cx.world.sanctions.count(verdict.id);
    Err(Refusal::CannotSend {
        room: name,
        why: verdict.text.into(),
    })
}

/// Whether the asker may say this to a person, or to everybody. Operators and oneself may always be told.
pub(crate) fn must_be_said_to(
    cx: &mut Ctx<'_>,
    target: &str,
    user: Option<UserId>,
    speech: &Speech<'_>,
) -> Result<(), Refusal> {
    let is_heard = user.is_some_and(|id| {
        let is_operator = cx.world.user(id).is_some_and(|user| user.is_operator());
        is_operator || cx.user_id() == Ok(id)
    });
    if is_heard {
        return Ok(());
    }
    let forbidden =
        silence(cx).or_else(|| unsayable(cx, speech, None).map(|verdict| ("FILTERED", verdict)));
    refuse(cx, speech.verb, &[target], forbidden)
}

/// Whether the asker may do what tells others this, though it is no message.
pub(crate) fn must_be_told(
    cx: &mut Ctx<'_>,
    verb: &str,
    text: Option<&str>,
) -> Result<(), Refusal> {
    let filtered = || Some(("FILTERED", filtered(cx, text?, None)?));
    let forbidden = silence(cx).or_else(filtered);
    refuse(cx, verb, &[], forbidden)
}

/// The mute or ban of the asker, with its code.
fn silence(cx: &Ctx<'_>) -> Option<(&'static str, Verdict)> {
    let mute = cx.world.mute_on(cx.session, cx.now);
    let mute = mute.map(|verdict| ("MUTED", verdict));
    mute.or_else(|| Some(("BANNED", cx.world.ban_on(cx.session, cx.now)?)))
}

/// Says why something is forbidden, if it is.
fn refuse(
    cx: &mut Ctx<'_>,
    verb: &str,
    context: &[&str],
    forbidden: Option<(&'static str, Verdict)>,
) -> Result<(), Refusal> {
    let Some((code, verdict)) = forbidden else {
        return Ok(());
    };
    cx.world.sanctions.count(verdict.id);
    Err(Refusal::Fail(Fail {
        verb: verb.to_owned(),
        code,
        context: context.iter().map(|word| (*word).to_owned()).collect(),
        text: verdict.text.into(),
    }))
}

/// A reason for leaving, or for something else, if others may read it.
pub(crate) fn reason_of<'a>(cx: &Ctx<'_>, reason: Option<&'a str>) -> Option<&'a str> {
    let reason = reason?;
    let is_forbidden =
        cx.world.silence_on(cx.session, cx.now).is_some() || filtered(cx, reason, None).is_some();
    (!is_forbidden).then_some(reason)
}

/// Whether a reason for leaving a room may be read there, where the asker has these ranks.
pub(crate) fn is_readable_in(cx: &Ctx<'_>, room: &str, ranks: Ranks, reason: &str) -> bool {
    let ranks = Some(ranks);
    let slow_mode = cx.world.sanctions.slow_mode_of(&fold(room), cx.now);
    let is_slowed = slow_mode.is_some() && !is_privileged(cx, ranks);
    !is_slowed && hushed_in(cx, room, ranks).is_none() && filtered(cx, reason, Some(room)).is_none()
}

/// The mute or ban of the asker, or the mute of the room for those without a rank.
fn hushed_in(cx: &Ctx<'_>, room: &str, ranks: Option<Ranks>) -> Option<Verdict> {
    let silence = cx.world.silence_on(cx.session, cx.now);
    silence.or_else(|| match is_privileged(cx, ranks) {
        true => None,
        false => cx.world.hush_on(room, cx.now),
    })
}

/// Whether neither a mute of the room nor slow mode is for the asker.
fn is_privileged(cx: &Ctx<'_>, ranks: Option<Ranks>) -> bool {
    ranks.is_some_and(|ranks| ranks.at_least(Rank::Voice)) || is_operator(cx)
}

fn is_operator(cx: &Ctx<'_>) -> bool {
    cx.me().is_some_and(|me| cx.world.is_exempt(me))
}

/// The filter that a speech falls under, in its text or in what its tags say.
fn unsayable(cx: &Ctx<'_>, speech: &Speech<'_>, room: Option<&str>) -> Option<Verdict> {
    let in_text = speech.text.and_then(|text| filtered(cx, text, room));
    in_text.or_else(|| {
        let mut values = speech.tags.iter().map(|(_, value)| unescape(value));
        values.find_map(|value| filtered(cx, &value, room))
    })
}

fn filtered(cx: &Ctx<'_>, text: &str, room: Option<&str>) -> Option<Verdict> {
    match is_operator(cx) {
        true => None,
        false => cx.world.filter_on(text, room, cx.now),
    }
}

/// The slow mode that counts for a speech of the asker's, and its seconds. That somebody types is no line.
fn slowed(
    cx: &Ctx<'_>,
    room: &str,
    ranks: Option<Ranks>,
    speech: &Speech<'_>,
) -> Option<(SanctionId, u32)> {
    let is_line = speech.text.is_some() || speech.lasting == Lasting::Kept;
    if !is_line || is_privileged(cx, ranks) {
        return None;
    }
    let (held, seconds) = cx.world.sanctions.slow_mode_of(&fold(room), cx.now)?;
    Some((held.sanction.id, seconds))
}

/// In slow mode whoever has no rank waits between two lines.
fn must_have_waited(
    cx: &mut Ctx<'_>,
    room: RoomId,
    name: &str,
    ranks: Option<Ranks>,
    speech: &Speech<'_>,
) -> Result<(), String> {
    let Some((id, every)) = slowed(cx, name, ranks, speech) else {
        return Ok(());
    };
    let slow = &cx.world.sanctions.slow;
    let left = me(cx).and_then(|me| slow.left(room, &me, cx.now.uptime_ms));
    let Some(seconds) = left else {
        return Ok(());
    };
    cx.world.sanctions.count(id);
    Err(format!(
        "Slow mode: one line every {every} s; you may speak again in {seconds} s ({})",
        cx.world.sanction_name(id)
    ))
}

/// Notes that the asker has spoken in a room.
pub(crate) fn note(cx: &mut Ctx<'_>, room: RoomId, ranks: Option<Ranks>, speech: &Speech<'_>) {
    let name = cx.world.room(room).map(|room| room.name.shared());
    let slowed = name.and_then(|name| slowed(cx, &name, ranks, speech));
    if let (Some((_, seconds)), Some(me)) = (slowed, me(cx)) {
        let lines = u64::try_from(speech.pieces.len()).unwrap_or(u64::MAX);
        let (slow, now) = (&mut cx.world.sanctions.slow, cx.now);
        slow.spoke(room, &me, lines, seconds, now);
    }
}

/// The asker as slow mode sees them.
fn me(cx: &Ctx<'_>) -> Option<Speaker> {
    cx.world.speaker(cx.user_id().ok()?, Some(cx.session))
}
