//! ACCEPT: whose messages come through although user mode +R is set. Names are of people who are here:
//! whoever takes a name later is not accepted by it.

use crate::proto::numeric::Numeric;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::World;
use crate::server::world::id::UserId;
use crate::server::world::refusal::Refusal;

pub(crate) const ACCEPT: Spec = Spec {
    verb: "ACCEPT",
    min_params: 0,
    who: Who::User,
    usage: "[*|[-]<nick>[,…]]",
    help: "Let somebody's messages through mode +R; alone, list them",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let me = cx.user_id()?;
    match cx.msg.get(0).filter(|asked| !asked.is_empty()) {
        None | Some("*") => list(cx, me),
        Some(names) => {
            for name in names.split(',').filter(|name| !name.is_empty()) {
                if let Err(refusal) = change(cx, me, name) {
                    cx.refuse(&refusal);
                }
            }
        }
    }
    Ok(())
}

fn list(cx: &mut Ctx<'_>, me: UserId) {
    let accepted = cx.world.user(me).map(|user| user.accepted.clone());
    for id in accepted.unwrap_or_default() {
        if let Some(nick) = cx.world.user(id).map(|user| user.nick.clone()) {
            cx.numeric_words(Numeric::RPL_ACCEPTLIST, &[nick.as_str()]);
        }
    }
    cx.numeric(Numeric::RPL_ENDOFACCEPT, &[], "End of ACCEPT list");
}

fn change(cx: &mut Ctx<'_>, me: UserId, name: &str) -> Result<(), Refusal> {
    let (name, is_removal) = match name.strip_prefix('-') {
        Some(name) => (name, true),
        None => (name, false),
    };
    let other = cx.who(name)?;
    let nick = cx.world.user(other).map(|user| user.nick.to_string());
    let nick = nick.unwrap_or_default();
    if is_removal {
        if !remove(cx.world, me, other) {
            cx.numeric(
                Numeric::ERR_ACCEPTNOT,
                &[&nick],
                "is not on your ACCEPT list",
            );
        }
        return Ok(());
    }
    match accept(cx.world, me, other) {
        Outcome::Done => {}
        Outcome::Already => cx.numeric(
            Numeric::ERR_ACCEPTEXIST,
            &[&nick],
            "is already on your ACCEPT list",
        ),
        Outcome::Full => cx.numeric(Numeric::ERR_ACCEPTFULL, &[], "Your ACCEPT list is full"),
    }
    Ok(())
}

/// What came of accepting somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    Already,
    Full,
}

/// Lets `other` through to `me`. Those who have left make room.
pub(crate) fn accept(world: &mut World, me: UserId, other: UserId) -> Outcome {
    let most = world.config.limits.accept;
    let Some(user) = world.user(me) else {
        return Outcome::Full;
    };
    if user.accepted.contains(&other) {
        return Outcome::Already;
    }
    let mut accepted = user.accepted.clone();
    if accepted.len() >= most {
        accepted.retain(|id| world.user(*id).is_some());
    }
    if accepted.len() >= most {
        return Outcome::Full;
    }
    accepted.push(other);
    if let Some(user) = world.user_mut(me) {
        user.accepted = accepted.into();
    }
    Outcome::Done
}

/// Ends that; `false` if they were not let through.
fn remove(world: &mut World, me: UserId, other: UserId) -> bool {
    let user = world.user_mut(me);
    let Some(accepted) = user.and_then(|user| user.accepted.if_any()) else {
        return false;
    };
    let before = accepted.len();
    accepted.retain(|id| *id != other);
    accepted.len() != before
}
