//! Bans, mutes, slow mode and filters that end because an operator says so.

use crate::admin::command::{Answer, Code};
use crate::proto::msgid::MsgId;
use crate::proto::name::{fold, is_room};
use crate::server::command::admin::accounts::must_store;
use crate::server::command::admin::moderate::target::meant;
use crate::server::command::admin::moderate::{described, kind, must_be_within_reach};
use crate::server::command::admin::{Outcome, refused};
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, Officer};
use crate::store::record::Record;
use crate::store::record::sanction::{SanctionId, What};
use serde_json::json;

pub(super) fn ban(
    world: &mut World,
    out: &mut Effects,
    by: &Officer,
    target: &str,
    now: Now,
) -> Outcome {
    let what = || Some(What::Ban(meant(world, target).ok()?));
    let id = found(world, "ban", target, what)?;
    lift(world, out, by, id, now)
}

pub(super) fn mute(
    world: &mut World,
    out: &mut Effects,
    by: &Officer,
    target: &str,
    now: Now,
) -> Outcome {
    let what = || match is_room(target) {
        true => Some(What::Hush {
            room: fold(target).into(),
        }),
        false => Some(What::Mute(meant(world, target).ok()?)),
    };
    let id = found(world, "mute", target, what)?;
    lift(world, out, by, id, now)
}

/// The one that is meant by its id, by its target as it is listed, or as it was given.
fn found(
    world: &World,
    wanted: &str,
    target: &str,
    what: impl FnOnce() -> Option<What>,
) -> Result<SanctionId, Answer> {
    let mask = format!("{target}!*@*");
    let is_listed = |what: &What| {
        let shown = what.to_string();
        let is_it = |text: &str| shown.eq_ignore_ascii_case(text);
        kind(what) == wanted && (is_it(target) || is_it(&mask))
    };
    let listed = || {
        let mut all = world.sanctions.iter();
        all.find(|held| is_listed(&held.sanction.what))
    };
    let given = || world.sanctions.like(&what()?);
    numbered(world, target, wanted)
        .or_else(|| Some(listed()?.sanction.id))
        .or_else(|| Some(given()?.sanction.id))
        .ok_or_else(|| missing(wanted, target))
}

pub(super) fn slow(
    world: &mut World,
    out: &mut Effects,
    by: &Officer,
    what: &What,
    now: Now,
) -> Outcome {
    let held = world.sanctions.like(what);
    let id = held.map(|held| held.sanction.id);
    let id = id.ok_or_else(|| missing("slow mode", &what.to_string()))?;
    lift(world, out, by, id, now)
}

pub(super) fn filter(
    world: &mut World,
    out: &mut Effects,
    by: &Officer,
    words: &str,
    now: Now,
) -> Outcome {
    let wanted = words.to_lowercase();
    let is_it = |what: &What| matches!(what, What::Filter { words, .. } if **words == *wanted);
    let mut all = world.sanctions.iter();
    let found = all.find(|held| is_it(&held.sanction.what));
    let found = found.map(|held| held.sanction.id);
    drop(all);
    let id = numbered(world, words, "filter").or(found);
    let id = id.ok_or_else(|| missing("filter", words))?;
    lift(world, out, by, id, now)
}

pub(super) fn undo(
    world: &mut World,
    out: &mut Effects,
    by: &Officer,
    id: &str,
    now: Now,
) -> Outcome {
    let found = id.parse::<SanctionId>().ok().and_then(|number| {
        let held = world.sanctions.get(number)?;
        let is_named =
            id.eq_ignore_ascii_case(&held.sanction.name()) || *id == number.0.to_string();
        is_named.then_some(number)
    });
    let found = found.ok_or_else(|| {
        let text = match MsgId::parse(id) {
            Some(_) => "What was redacted is gone for good: that cannot be undone".to_owned(),
            None => format!("Nothing that can be undone has the id \"{id}\""),
        };
        refused(Code::NoSuchSanction, text)
    })?;
    lift(world, out, by, found, now)
}

/// The sanction of this kind that the id names.
fn numbered(world: &World, id: &str, wanted: &str) -> Option<SanctionId> {
    let number: SanctionId = id.parse().ok()?;
    let held = world.sanctions.get(number)?;
    let is_named = id.eq_ignore_ascii_case(&held.sanction.name()) || *id == number.0.to_string();
    (is_named && kind(&held.sanction.what) == wanted).then_some(number)
}

fn missing(what: &str, target: &str) -> Answer {
    refused(
        Code::NoSuchSanction,
        format!("There is no {what} on \"{target}\""),
    )
}

fn lift(world: &mut World, out: &mut Effects, by: &Officer, id: SanctionId, now: Now) -> Outcome {
    must_store(world)?;
    let held = world.sanctions.get(id);
    if let Some(held) = held {
        must_be_within_reach(by, &held.sanction)?;
    }
    let told = held.map(|held| described(held, now));
    world.keep(out, Record::SanctionGone(id));
    Ok(json!({"lifted": told, "by": by.name}))
}
