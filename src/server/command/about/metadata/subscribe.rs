//! Which keys a session wants to learn of: SUB, UNSUB and SUBS.

use crate::proto::numeric::Numeric;
use crate::server::command::about::metadata::sync::{ALL, tell_of};
use crate::server::command::about::metadata::{fail, shown};
use crate::server::command::spec::Ctx;
use crate::server::world::deliver::Outgoing;
use crate::server::world::metadata::Whose;
use crate::server::world::metadata::is_key;
use crate::server::world::refusal::Refusal;

/// Bytes of keys on one line.
const KEYS_PER_LINE: usize = 300;

pub(super) fn subscribe(cx: &mut Ctx<'_>, keys: &[&str]) -> Result<(), Refusal> {
    let most = cx.world.config.metadata.max_subs;
    let (mut accepted, mut added) = (Vec::new(), Vec::new());
    let mut refusal = None;
    for key in keys {
        if !is_key(key) {
            let why = "That cannot be a key";
            cx.standard("WARN", "METADATA", "INVALID_KEY", &[shown(key)], why);
            continue;
        }
        let known = cx.world.interest(cx.session);
        if !known.iter().any(|other| **other == **key) {
            if known.len() >= most {
                let about = ["SUB", *key, &*most.to_string()];
                let why = "You have subscribed to as many keys as one may";
                refusal = Some(fail("LIMIT_REACHED", &about, why));
                break;
            }
            added.push(Box::<str>::from(*key));
            if let Some(me) = cx.world.session_mut(cx.session) {
                me.interest.get_or_insert_default().keys.push((*key).into());
            }
        }
        accepted.push(*key);
    }
    tell_keys(cx, Numeric::RPL_METADATASUBOK, None, &accepted);
    if let Some(refusal) = refusal {
        cx.refuse(&refusal);
    }
    if !added.is_empty() && cx.user_id().is_ok() {
        tell_new(cx, added);
    }
    Ok(())
}

/// Tells what these keys are of those in sight; if they have none yet, to ask later.
fn tell_new(cx: &mut Ctx<'_>, keys: Vec<Box<str>>) {
    let left = cx.world.in_sight(cx.session);
    let has_some = |whose: &Whose| {
        let known = cx.world.metadata(*whose);
        known.is_some_and(|known| keys.iter().any(|key| known.contains_key(key)))
    };
    if left.iter().any(has_some) {
        return tell_of(cx, ALL, left, keys);
    }
    let text = "Nobody in sight has told any of that yet";
    cx.numeric(Numeric::ERR_METADATASYNCLATER, &[ALL, "0"], text);
}

pub(super) fn unsubscribe(cx: &mut Ctx<'_>, keys: &[&str]) -> Result<(), Refusal> {
    let mut accepted = Vec::new();
    for key in keys {
        if !is_key(key) {
            let why = "That cannot be a key";
            cx.standard("WARN", "METADATA", "INVALID_KEY", &[shown(key)], why);
            continue;
        }
        let me = cx.world.session_mut(cx.session);
        if let Some(interest) = me.and_then(|me| me.interest.as_mut()) {
            interest.keys.retain(|known| **known != **key);
        }
        accepted.push(*key);
    }
    tell_keys(cx, Numeric::RPL_METADATAUNSUBOK, None, &accepted);
    Ok(())
}

pub(super) fn subscriptions(cx: &mut Ctx<'_>) {
    let keys = cx.world.interest(cx.session).to_vec();
    let keys: Vec<&str> = keys.iter().map(AsRef::as_ref).collect();
    let batch = cx.open_batch("metadata-subs");
    tell_keys(cx, Numeric::RPL_METADATASUBS, Some(&batch), &keys);
    cx.close_batch(&batch);
}

/// Lines of keys, as many as fit on each.
fn tell_keys(cx: &mut Ctx<'_>, numeric: Numeric, batch: Option<&str>, keys: &[&str]) {
    let (nick, verb) = (cx.nick(), numeric.to_string());
    let (server, time) = (cx.world.config.server.name.clone(), cx.time());
    let mut rest = keys;
    while !rest.is_empty() {
        let mut bytes = 0;
        let fits = |key: &&str| {
            bytes += key.len() + 1;
            bytes <= KEYS_PER_LINE
        };
        let count = rest.iter().copied().take_while(fits).count().clamp(1, 12);
        let (some, left) = rest.split_at(count.min(rest.len()));
        let words: Vec<&str> = [&*nick].into_iter().chain(some.iter().copied()).collect();
        let line = Outgoing::new(&server, &verb, &words, None, &time);
        match batch {
            Some(batch) => cx.reply_in_batch(batch, &line),
            None => cx.echo(&line),
        }
        rest = left;
    }
}
