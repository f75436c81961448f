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

/// Says it to somebody.
pub(super) fn to_person(cx: &mut Ctx<'_>, target: &str, speech: Speech<'_>) -> Result<(), Refusal> {
    let source = cx.source()?;
    sanctioned::must_be_said_to(cx, target, cx.world.nick_owner(target), &speech)?;
    if let Some(user) = cx.world.nick_owner(target) {
        return to_user(cx, user, &source, speech);
    }
    if speech.tags.iter().any(|(key, _)| *key == "+chat/online") {
        let text = format!("{target} is not online; nothing was sent to them");
        cx.standard("NOTE", speech.verb, "NOT_ONLINE", &[target], &text);
        return Ok(());
    }
    let nobody = || Refusal::NobodyHere(target.to_owned());
    let held = cx.world.accounts.named(target).ok_or_else(nobody)?;
    let id = held.account.id;
    if let Some(user) = cx.world.present(Party::Account(id), target) {
        return to_user(cx, user, &source, speech);
    }
    if speech.lasting == Lasting::Passing || held.account.disabled.is_some() {
        return Err(nobody());
    }
    let name = held.account.name.to_string();
    let mut silenced = held.account.silenced.iter();
    let is_deaf = silenced.any(|mask| mask::matches(mask, &source));
    let is_guarded = cx.world.config.accounts.default_user_modes.contains('R');
    if is_guarded && !is_known(&source) {
        return Err(Refusal::RegisteredOnly(name));
    }
    let receiver = Receiver {
        user: None,
        account: Some(id),
        name,
        is_deaf,
    };
    let (to, to_name) = (Party::Account(id), fold(&receiver.name).into());
    tell(cx, &source, &receiver, to, to_name, speech)
}

fn to_user(
    cx: &mut Ctx<'_>,
    id: UserId,
    source: &Source,
    speech: Speech<'_>,
) -> Result<(), Refusal> {
    let me = cx.user_id()?;
    let Some(user) = cx.world.user(id) else {
        return Ok(());
    };
    let away = user.away.clone();
    let (to, to_name) = (user.party(), user.peer_name());
    let receiver = Receiver {
        user: Some(id),
        account: user.account.as_ref().map(|login| login.id),
        name: user.nick.to_string(),
        is_deaf: id != me && user.silences(source),
    };
    if id != me {
        must_take(user, me, source, speech)?;
        let is_guarded = |me: &User| me.modes.has(UserMode::RegisteredOnly);
        if cx.world.user(me).is_some_and(is_guarded) {
            // Whom one speaks to may answer.
            accept::accept(cx.world, me, id);
        }
    }
    tell(cx, source, &receiver, to, to_name, speech)?;
    if let (Some(away), "PRIVMSG") = (away, speech.verb) {
        cx.numeric(Numeric::RPL_AWAY, &[&receiver.name], &away);
    }
    Ok(())
}

fn tell(
    cx: &mut Ctx<'_>,
    source: &Source,
    receiver: &Receiver,
    to: Party,
    to_name: Box<str>,
    speech: Speech<'_>,
) -> Result<(), Refusal> {
    let (me, by, from) = (cx.user_id()?, cx.user()?.party(), cx.user()?.peer_name());
    let waits = speech
        .text
        .filter(|_| speech.lasting == Lasting::Kept && to != by);
    if let Some(text) = waits {
        receiver.must_have_room(cx, speech.verb, text)?;
    }
    // What does not reach them is read by its sender alone.
    let (to, kept_from) = match receiver.is_deaf {
        true => (by, to_name.clone()),
        false => (to, from.clone()),
    };
    let place = Place::Direct {
        from: kept_from,
        to,
        to_name,
    };
    let (id, is_deaf) = (receiver.user, receiver.is_deaf);
    let msgid = relay(
        cx,
        source,
        &receiver.name,
        Some(place),
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
    speech: Speech<'_>,
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
