//! The operator's verbs that keep people from something. What they change survives a restart, so it is kept
//! first and told when it is stored.

mod impose;
mod lift;
mod target;
mod why;

use crate::admin::command::moderate::{Filter, Moderate};
use crate::admin::command::{Answer, Code};
use crate::config::oper::Role;
use crate::proto::mask;
use crate::proto::time;
use crate::server::command::admin::{Outcome, refused};
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Now, Officer};
use crate::server::world::sanction::Held;
use crate::store::record::sanction::{Sanction, What, Whom};
use serde_json::{Value, json};

/// The longest that a moderator keeps somebody out.
const MODERATORS_S: u64 = 86_400;

/// The lowest role that may have it done.
pub(super) fn needs(act: &Moderate) -> Role {
    match act {
        Moderate::Bans { .. }
        | Moderate::Mutes { .. }
        | Moderate::Why(_)
        | Moderate::Filter(Filter::List) => Role::Viewer,
        Moderate::Ban(_)
        | Moderate::Unban { .. }
        | Moderate::Mute(_)
        | Moderate::Unmute { .. }
        | Moderate::Slow(_)
        | Moderate::Filter(_)
        | Moderate::Undo { .. } => Role::Moderator,
    }
}

/// Carries out one of them.
pub(super) fn handle(
    world: &mut World,
    out: &mut Effects,
    by: &Officer,
    act: &Moderate,
    now: Now,
) -> Outcome {
    match act {
        Moderate::Ban(ban) => impose::ban(world, out, by, ban, now),
        Moderate::Mute(mute) => impose::mute(world, out, by, mute, now),
        Moderate::Slow(slow) => impose::slow(world, out, by, slow, now),
        Moderate::Filter(Filter::Add {
            words,
            room,
            reason,
        }) => {
            let (words, room) = (words.join(" "), room.as_deref());
            impose::filter(world, out, by, &words, room, reason.as_deref(), now)
        }
        Moderate::Filter(Filter::Rm { words }) => {
            lift::filter(world, out, by, &words.join(" "), now)
        }
        Moderate::Filter(Filter::List) => Ok(list(world, None, &['F'], now)),
        Moderate::Unban { target } => lift::ban(world, out, by, target, now),
        Moderate::Unmute { target } => lift::mute(world, out, by, target, now),
        Moderate::Undo { id } => lift::undo(world, out, by, id, now),
        Moderate::Bans { pattern } => Ok(list(world, pattern.as_deref(), &['B'], now)),
        Moderate::Mutes { pattern } => Ok(list(world, pattern.as_deref(), &['M', 'S'], now)),
        Moderate::Why(why) => why::why(world, why, now),
    }
}

/// A moderator changes nothing that only somebody of a higher role could have done.
fn must_be_within_reach(by: &Officer, sanction: &Sanction) -> Result<(), Answer> {
    let is_short = match sanction.what {
        What::Ban(_) | What::Mute(_) | What::Hush { .. } => sanction
            .length_ms()
            .is_some_and(|length| length <= MODERATORS_S * 1000),
        What::Slow { .. } | What::Filter { .. } => true,
    };
    if is_short || by.role > Role::Moderator {
        return Ok(());
    }
    let (role, name) = (by.role.name(), sanction.name());
    let text = format!(
        "Not allowed: you are {by}; {name} is for longer than 24h, which role \"{role}\" can neither lift nor replace"
    );
    Err(refused(Code::NotAllowed, text))
}

/// Those of these kinds whose target matches.
fn list(world: &World, pattern: Option<&str>, letters: &[char], now: Now) -> Value {
    let held = world.sanctions.iter().filter(|held| held.is_on(now));
    let of_kind = held.filter(|held| letters.contains(&held.sanction.what.letter()));
    let fits = |held: &&Held| {
        let target = held.sanction.what.to_string();
        pattern.is_none_or(|pattern| mask::matches(pattern, &target))
    };
    of_kind
        .filter(fits)
        .map(|held| described(held, now))
        .collect()
}

/// One sanction as it is told.
fn described(held: &Held, now: Now) -> Value {
    let Sanction {
        what,
        by,
        at_ms,
        reason,
        hits,
        ..
    } = &held.sanction;
    let left_ms = held.left_ms(now);
    let until = left_ms.map(|left| time::to_text(now.unix_ms.saturating_add(left)));
    let (room, seconds) = match what {
        What::Hush { room } => (Some(room), None),
        What::Slow { room, seconds } => (Some(room), Some(*seconds)),
        What::Filter { room, .. } => (room.as_ref(), None),
        What::Ban(_) | What::Mute(_) => (None, None),
    };
    json!({
        "id": held.sanction.name(),
        "kind": kind(what),
        "target": what.to_string(),
        "about": about(what),
        "room": room,
        "seconds": seconds,
        "by": by,
        "since": time::to_text(*at_ms),
        "until": until,
        "left_s": left_ms.map(|left| left.div_ceil(1000)),
        "duration_s": held.sanction.length_ms().map(|length| length / 1000),
        "reason": reason,
        "hits": hits,
    })
}

fn kind(what: &What) -> &'static str {
    match what {
        What::Ban(_) => "ban",
        What::Mute(_) | What::Hush { .. } => "mute",
        What::Slow { .. } => "slow",
        What::Filter { .. } => "filter",
    }
}

/// What kind of target it is about.
fn about(what: &What) -> &'static str {
    match what {
        What::Ban(whom) | What::Mute(whom) => match whom {
            Whom::Account { .. } => "account",
            Whom::Network(_) => "network",
            Whom::Mask(_) => "mask",
        },
        What::Hush { .. } | What::Slow { .. } => "room",
        What::Filter { .. } => "words",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::command::moderate::{Ban, Consent, Term};
    use crate::config::Config;
    use crate::server::world::Identity;
    use crate::server::world::event::Origin;
    use std::sync::Arc;

    fn ban(duration: Option<u64>) -> Moderate {
        Moderate::Ban(Ban {
            target: "*!*@192.0.2.7".into(),
            duration: Term(duration),
            reason: None,
            kick: false,
            consent: Consent::default(),
        })
    }

    #[test]
    fn a_moderator_does_not_undo_what_only_an_administrator_can_do() {
        let (config, now) = (Arc::new(Config::default()), Now::default());
        let mut world = World::new(config, Identity::default(), now);
        let mut out = Effects::default();
        let mut act = |role, act: &Moderate| {
            let by = Officer {
                name: "eve".into(),
                role,
                from: Origin::Socket { uid: 7, pid: 7 },
            };
            let outcome = handle(&mut world, &mut out, &by, act, now);
            outcome.map_err(|answer| answer.error.map(|why| why.code))
        };
        let target = "*!*@192.0.2.7".to_owned();
        let lifted = [
            Moderate::Unban { target },
            Moderate::Undo { id: "B1".into() },
            ban(Some(1)),
        ];
        act(Role::Admin, &ban(None)).unwrap();
        for wanted in &lifted {
            let refused = act(Role::Moderator, wanted).unwrap_err();
            assert_eq!(refused, Some(Code::NotAllowed), "{wanted:?}");
        }
        act(Role::Admin, &ban(Some(3600))).unwrap();
        act(Role::Moderator, &ban(Some(7200))).unwrap();
        act(Role::Moderator, &lifted[0]).unwrap();
    }
}
