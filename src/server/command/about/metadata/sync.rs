//! Telling somebody all that they want to learn: on SYNC, and when they come somewhere.

use crate::proto::cap::Cap;
use crate::proto::numeric::Numeric;
use crate::server::command::about::metadata::{
    Subject, name, read, subject, tell_all_of, tell_key, write,
};
use crate::server::command::portion::Progress;
use crate::server::command::spec::Ctx;
use crate::server::world::cursor::Cursor;
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::metadata::Whose;
use crate::server::world::refusal::Refusal;
use std::vec::IntoIter;

/// What is in sight of the asker.
pub(super) const ALL: &str = "*ALL";
/// Members of a room of which the metadata is not told at once when it is entered.
const CROWD: usize = 100;

pub(super) fn sync(cx: &mut Ctx<'_>, target: &str) -> Result<(), Refusal> {
    let me = cx.user_id()?;
    let keys = cx.world.interest(cx.session).to_vec();
    if target == ALL {
        let left = cx.world.in_sight(cx.session);
        tell_of(cx, ALL, left, keys);
        return Ok(());
    }
    let subject = subject(cx, target)?;
    let name = name(cx, subject);
    let left = match subject {
        Subject::Early => Vec::new(),
        Subject::Of(Whose::Room(id)) => cx.world.in_room(me, id),
        Subject::Of(whose) => vec![whose],
    };
    tell_of(cx, &name, left, keys);
    Ok(())
}

/// Tells a batch of what these keys are of all of these; the last lines come as their reader takes them.
pub(super) fn tell_of(cx: &mut Ctx<'_>, target: &str, left: Vec<Whose>, keys: Vec<Box<str>>) {
    let batch = cx.open_batch_about(&["metadata", target]);
    let mut left = left.into_iter();
    if left.len() > CROWD {
        return cx.tell_all(Cursor::Metadata { left, keys, batch });
    }
    go_on(cx, &mut left, &keys, &batch);
}

/// Tells of those who are left, then ends the batch. A room is told of to its members only.
pub(crate) fn go_on(
    cx: &mut Ctx<'_>,
    left: &mut IntoIter<Whose>,
    keys: &[Box<str>],
    batch: &str,
) -> Progress {
    for whose in left {
        let is_told = match whose {
            Whose::Room(id) => cx
                .user_id()
                .is_ok_and(|me| cx.world.member(me, id).is_some()),
            Whose::User(_) => true,
        };
        let known = read(cx, Subject::Of(whose));
        if !is_told || known.is_empty() {
            continue;
        }
        let name = name(cx, Subject::Of(whose));
        for key in keys {
            if let Some(value) = known.get(key) {
                tell_key(cx, batch, &name, key, Some(value));
            }
        }
        if cx.is_portion_full() {
            return Progress::Full;
        }
    }
    cx.close_batch(batch);
    Progress::Done
}

/// Tells somebody who enters a room what is told of it and of who is in it, or to ask for that later.
pub(crate) fn enter(cx: &mut Ctx<'_>, id: RoomId) {
    if !is_aware(cx) {
        return;
    }
    let (Ok(me), Some(room)) = (cx.user_id(), cx.world.room(id)) else {
        return;
    };
    let name = room.name.clone();
    if room.members.len() > CROWD {
        let text = "Many are in it: synchronize later";
        return cx.numeric(Numeric::ERR_METADATASYNCLATER, &[name.as_str(), "3"], text);
    }
    let (left, keys) = (
        cx.world.in_room(me, id),
        cx.world.interest(cx.session).to_vec(),
    );
    tell_of(cx, name.as_str(), left, keys);
}

/// Tells somebody who watches a name what is told of who carries it.
pub(crate) fn sight(cx: &mut Ctx<'_>, user: UserId) {
    if is_aware(cx) {
        let (whose, keys) = (Whose::User(user), cx.world.interest(cx.session).to_vec());
        let name = name(cx, Subject::Of(whose));
        tell_of(cx, &name, vec![whose], keys);
    }
}

/// Makes what a session set before it was let in its user's, and tells what they have.
pub(crate) fn arrive(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let Ok(me) = cx.user_id() else {
        return Ok(());
    };
    let interest = cx
        .world
        .session_mut(cx.session)
        .and_then(|me| me.interest.as_mut());
    let early = interest.map(|interest| std::mem::take(&mut interest.early));
    if !is_aware(cx) {
        return Ok(());
    }
    let subject = Subject::Of(Whose::User(me));
    let early = early.filter(|early| !early.is_empty() && !cx.world.is_read_only);
    if let Some(early) = early {
        let mut known = read(cx, subject);
        known.extend(early);
        while known.len() > cx.world.config.metadata.max_keys {
            known.pop_last();
        }
        write(cx, subject, known)?;
    }
    tell_all_of(cx, subject);
    Ok(())
}

fn is_aware(cx: &Ctx<'_>) -> bool {
    cx.world.config.metadata.enabled && cx.me().is_some_and(|me| me.caps.uses(Cap::Metadata))
}
