//! MARKREAD: how far somebody has read, told to all their devices. IRCv3 draft/read-marker.
//!
//! What an account has read is kept; what a guest has read is known while they are here. Markers only move forward.

use crate::proto::cap::Cap;
use crate::proto::msgid::Moment;
use crate::proto::name::{Nick, fold, is_room};
use crate::proto::{reference, time};
use crate::server::command::past::chathistory::peer;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::refusal::{Fail, Refusal};
use crate::store::record::Record;
use crate::store::record::account::Party;

const VERB: &str = "MARKREAD";
/// Markers that one account or guest may have.
const MOST: usize = 5000;

pub(crate) const MARKREAD: Spec = Spec {
    verb: VERB,
    min_params: 0,
    who: Who::User,
    usage: "<target> [timestamp=<time>]",
    help: "Tell or set how far you have read in a room or with a person",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let target = cx.msg.get(0).filter(|target| !target.is_empty());
    let target =
        target.ok_or_else(|| Refusal::fail(VERB, "NEED_MORE_PARAMS", "Missing parameters"))?;
    let me = cx.user_id()?;
    let limits = &cx.world.config.limits;
    let is_name = target.len() <= limits.room.max(limits.nick) && !target.contains(' ');
    let name = match is_room(target) {
        _ if !is_name => return Err(invalid("*")),
        true => fold(target).into(),
        false if Nick::new(target, usize::MAX).is_some() => peer(cx, target),
        false => return Err(invalid(target)),
    };
    let Some(asked) = cx.msg.get(1) else {
        tell(cx, target, marker(cx, me, &name));
        return Ok(());
    };
    let read = asked
        .strip_prefix("timestamp=")
        .and_then(reference::unix_ms)
        .ok_or_else(|| invalid(asked))?;
    let at = Moment::last_of(read.min(cx.now.unix_ms));
    if !advance(cx, me, &name, target, at)? {
        tell(cx, target, marker(cx, me, &name));
    }
    Ok(())
}

fn invalid(param: &str) -> Refusal {
    fail("INVALID_PARAMS", param, "Invalid parameters")
}

fn fail(code: &'static str, context: &str, text: &'static str) -> Refusal {
    Refusal::Fail(Fail {
        verb: VERB.into(),
        code,
        context: vec![context.chars().take(64).collect()],
        text: text.into(),
    })
}

/// How far somebody has read in the conversation of this folded name.
pub(super) fn marker(cx: &Ctx<'_>, user: UserId, name: &str) -> Option<Moment> {
    let user = cx.world.user(user)?;
    let markers = match user.party() {
        Party::Account(id) => &cx.world.accounts.get(id)?.markers,
        Party::Guest(_) => &user.markers,
    };
    markers.get(name).copied()
}

/// Moves a marker forward, and tells all devices of its owner but those that do not know markers. `target` is the
/// name as it is shown. Tells whether anything changed.
pub(super) fn advance(
    cx: &mut Ctx<'_>,
    user: UserId,
    name: &str,
    target: &str,
    at: Moment,
) -> Result<bool, Refusal> {
    let known = marker(cx, user, name);
    if known.is_some_and(|known| known >= at) {
        return Ok(false);
    }
    // One that is there already moves, however many there are.
    if known.is_none() && count(cx, user) >= MOST {
        let text = "You have too many read markers";
        return Err(fail("INTERNAL_ERROR", target, text));
    }
    let Some(party) = cx.world.user(user).map(|user| user.party()) else {
        return Ok(false);
    };
    match party {
        Party::Account(account) => {
            let target = name.into();
            let record = Record::Marker {
                account,
                target,
                at,
            };
            if cx.world.is_read_only {
                return Err(Refusal::storage(VERB));
            }
            cx.keep(record)?;
        }
        Party::Guest(_) => {
            if let Some(user) = cx.world.user_mut(user) {
                user.markers.insert(name.into(), at);
            }
        }
    }
    told_everywhere(cx, user, target, Some(at));
    Ok(true)
}

/// The same because somebody was told what was said. Of strangers without number this takes half of the
/// markers, so that their owner has the others.
pub(super) fn advance_unasked(
    cx: &mut Ctx<'_>,
    user: UserId,
    name: &str,
    target: &str,
    at: Moment,
) {
    if marker(cx, user, name).is_some() || count(cx, user) < MOST / 2 {
        // A marker that cannot be moved is no reason not to say what is said.
        let _ = advance(cx, user, name, target, at);
    }
}

/// How many markers somebody has.
fn count(cx: &Ctx<'_>, user: UserId) -> usize {
    let user = cx.world.user(user);
    user.map_or(0, |user| match user.party() {
        Party::Account(id) => {
            let held = cx.world.accounts.get(id);
            held.map_or(0, |held| held.markers.len())
        }
        Party::Guest(_) => user.markers.len(),
    })
}

/// Tells whoever came into a room how far they have read there.
pub(crate) fn tell_on_join(cx: &mut Ctx<'_>, room: RoomId) {
    let Some(name) = cx.world.room(room).map(|room| room.name.clone()) else {
        return;
    };
    if let Ok(me) = cx.user_id() {
        let at = marker(cx, me, &fold(name.as_str()));
        told_everywhere(cx, me, name.as_str(), at);
    }
}

/// The same to a device that has just come, and to it alone.
pub(crate) fn tell_here(cx: &mut Ctx<'_>, room: RoomId) {
    let name = cx.world.room(room).map(|room| room.name.clone());
    if let (Some(name), Ok(me), true) = (name, cx.user_id(), cx.has(Cap::ReadMarker)) {
        let at = marker(cx, me, &fold(name.as_str()));
        tell(cx, name.as_str(), at);
    }
}

fn tell(cx: &mut Ctx<'_>, target: &str, at: Option<Moment>) {
    let when = shown(at);
    cx.reply(VERB, &[target, &when], None);
}

/// Tells all devices that know markers; the asker's own is told among the replies.
fn told_everywhere(cx: &mut Ctx<'_>, user: UserId, target: &str, at: Option<Moment>) {
    let (server, time, when) = (cx.world.config.server.name.clone(), cx.time(), shown(at));
    let words = [target, when.as_str()];
    let line = Outgoing::new(&server, VERB, &words, None, &time);
    let filter = Filter::With(Cap::ReadMarker);
    let is_mine = cx.user_id().is_ok_and(|me| me == user);
    if is_mine && (cx.msg.is(VERB) || cx.is_for_me(filter)) {
        cx.echo(&line);
    }
    cx.to_user(user, &line, filter);
}

fn shown(at: Option<Moment>) -> String {
    at.map_or_else(
        || "*".to_owned(),
        |at| format!("timestamp={}", time::to_text(at.unix_ms())),
    )
}
