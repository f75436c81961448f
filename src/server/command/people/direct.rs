//! Speaking to one person: on all their devices, or into the inbox of somebody who is away.

use crate::proto::mask;
use crate::proto::name::fold;
use crate::proto::numeric::Numeric;
use crate::proto::user_mode::UserMode;
use crate::server::command::past::inbox::Receiver;
use crate::server::command::people::relay::{Lasting, Speech, is_ctcp_request, relay};
use crate::server::command::people::{accept, sanctioned};
use crate::server::command::spec::Ctx;
use crate::server::world::id::UserId;
use crate::server::world::refusal::Refusal;
use crate::server::world::source::Source;
use crate::server::world::user::User;
use crate::store::record::account::Party;
use crate::store::record::said::Place;
use std::sync::Arc;

/// Somebody who may be told something.
struct Aim {
    receiver: Receiver,
    to: Party,
    to_name: Arc<str>,
    /// What they left word of, if they are here and away.
    away: Option<Box<str>>,
}

/// Says it to somebody.
pub(super) fn to_person(cx: &mut Ctx<'_>, target: &str, speech: Speech<'_>) -> Result<(), Refusal> {
    let (source, user) = (cx.source()?, cx.world.nick_owner(target));
    sanctioned::must_be_said_to(cx, target, user, &speech)?;
    if user.is_none() && speech.tags.iter().any(|(key, _)| *key == "+chat/online") {
        let text = format!("{target} is not online; nothing was sent to them");
        cx.standard("NOTE", speech.verb, "NOT_ONLINE", &[target], &text);
        return Ok(());
    }
    let aim = aim(cx, &source, target, &speech)?;
    say(cx, &source, &aim, speech)
}

/// Whether somebody may be told this; if so, as what it is kept, and what they are called. Nothing is said.
pub(super) fn may_say(
    cx: &mut Ctx<'_>,
    target: &str,
    speech: &Speech<'_>,
) -> Result<(Place, Arc<str>), Refusal> {
    let (source, user) = (cx.source()?, cx.world.nick_owner(target));
    sanctioned::must_be_said_to(cx, target, user, speech)?;
    let aim = aim(cx, &source, target, speech)?;
    let (by, from) = (cx.user()?.party(), cx.user()?.peer_name());
    if let Some(text) = aim.waits(by, speech) {
        aim.receiver.must_have_room(cx, speech.verb, text)?;
    }
    Ok((aim.place(by, &from), aim.receiver.name))
}

/// Who is meant, if they take what is said.
fn aim(cx: &Ctx<'_>, source: &Source, target: &str, speech: &Speech<'_>) -> Result<Aim, Refusal> {
    let nobody = || Refusal::NobodyHere(target.to_owned());
    if let Some(user) = cx.world.nick_owner(target) {
        return at_user(cx, user, source, speech);
    }
    let held = cx.world.accounts.named(target).ok_or_else(nobody)?;
    let id = held.account.id;
    if let Some(user) = cx.world.present(Party::Account(id), target) {
        return at_user(cx, user, source, speech);
    }
    if speech.lasting == Lasting::Passing || held.account.disabled.is_some() {
        return Err(nobody());
    }
    let name = &held.account.name;
    let mut silenced = held.account.silenced.iter();
    let is_deaf = silenced.any(|mask| mask::matches(mask, source));
    let is_guarded = cx.world.config.accounts.default_user_modes.contains('R');
    if is_guarded && !is_known(source) {
        return Err(Refusal::RegisteredOnly(name.to_string()));
    }
    Ok(Aim {
        to: Party::Account(id),
        to_name: fold(name).into(),
        away: None,
        receiver: Receiver {
            user: None,
            account: Some(id),
            name: (**name).into(),
            is_deaf,
        },
    })
}

fn at_user(cx: &Ctx<'_>, id: UserId, source: &Source, speech: &Speech<'_>) -> Result<Aim, Refusal> {
    let me = cx.user_id()?;
    let nobody = || Refusal::NobodyHere(String::new());
    let user = cx.world.user(id).ok_or_else(nobody)?;
    if id != me {
        must_take(user, me, source, speech)?;
    }
    Ok(Aim {
        receiver: Receiver {
            user: Some(id),
            account: user.account.as_ref().map(|login| login.id),
            name: user.nick.shared(),
            is_deaf: id != me && user.silences(source),
        },
        to: user.party(),
        to_name: user.peer_name(),
        away: user.away.clone(),
    })
}

impl Aim {
    /// What waits in an inbox until it is read.
    fn waits<'a>(&self, by: Party, speech: &Speech<'a>) -> Option<&'a str> {
        let is_kept = speech.lasting == Lasting::Kept && self.to != by;
        speech.text.filter(|_| is_kept)
    }

    /// As what it is kept. What does not reach them is read by its sender alone.
    fn place(&self, by: Party, from: &Arc<str>) -> Place {
        let (to, from) = match self.receiver.is_deaf {
            true => (by, &self.to_name),
            false => (self.to, from),
        };
        Place::Direct {
            from: Arc::clone(from),
            to,
            to_name: Arc::clone(&self.to_name),
        }
    }
}

fn say(cx: &mut Ctx<'_>, source: &Source, aim: &Aim, speech: Speech<'_>) -> Result<(), Refusal> {
    let (me, receiver) = (cx.user_id()?, &aim.receiver);
    let is_guarded = |me: &User| me.modes.has(UserMode::RegisteredOnly);
    if let Some(id) = receiver.user.filter(|id| *id != me)
        && cx.world.user(me).is_some_and(is_guarded)
    {
        // Whom one speaks to may answer.
        accept::accept(cx.world, me, id);
    }
    let (by, from) = (cx.user()?.party(), cx.user()?.peer_name());
    let waits = aim.waits(by, &speech);
    if let Some(text) = waits {
        receiver.must_have_room(cx, speech.verb, text)?;
    }
    let (id, is_deaf) = (receiver.user, receiver.is_deaf);
    let msgid = relay(
        cx,
        source,
        &receiver.name,
        Some(aim.place(by, &from)),
        speech,
        |cx, line, filter| {
            if let Some(id) = id.filter(|_| !is_deaf) {
                cx.to_user(id, line, filter);
            }
            if id == Some(me) {
                if cx.is_for_me(filter) {
                    cx.aside(line);
                }
            } else {
                cx.echo_elsewhere(line, filter);
            }
        },
    )?;
    if let Some(text) = waits {
        let shown = cx.nick();
        receiver.receive(cx, msgid, &from, &shown, text.len());
        receiver.tell_stored(cx, speech.verb);
    }
    if let (Some(away), "PRIVMSG") = (&aim.away, speech.verb) {
        cx.numeric(Numeric::RPL_AWAY, &[&receiver.name], away);
    }
    Ok(())
}

fn is_known(source: &Source) -> bool {
    source.account.is_some() || source.modes.has(UserMode::Operator)
}

/// Refuses what `user` does not take from `sender`: modes +R and +T.
fn must_take(
    user: &User,
    sender: UserId,
    source: &Source,
    speech: &Speech<'_>,
) -> Result<(), Refusal> {
    let is_stranger = !is_known(source) && !user.accepted.contains(&sender);
    if user.modes.has(UserMode::RegisteredOnly) && is_stranger {
        return Err(Refusal::RegisteredOnly(user.nick.to_string()));
    }
    let is_closed = user.modes.has(UserMode::NoCtcp);
    if is_closed && speech.text.is_some_and(is_ctcp_request) {
        return Err(Refusal::NoCtcp(user.nick.to_string()));
    }
    Ok(())
}
