//! NICK: take a name. Modern, "NICK message".
//!
//! Before registration a name is only noted; whoever completes registration first has it, so nobody
//! can keep a name taken by half a connection.

use crate::config::accounts::Reservation;
use crate::proto::name::Nick;
use crate::server::command::session::register;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::{Filter, Outgoing};
use crate::server::world::history::Deed;
use crate::server::world::id::UserId;
use crate::server::world::naming::Claim;
use crate::server::world::refusal::Refusal;
use crate::server::world::watchers::Presence;
use crate::store::record::said::Verb;

pub(crate) const NICK: Spec = Spec {
    verb: "NICK",
    min_params: 0,
    who: Who::Anyone,
    usage: "<name>",
    help: "Take a name or change it",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let wanted = cx
        .msg
        .get(0)
        .filter(|nick| !nick.is_empty())
        .ok_or(Refusal::NoNickGiven)?;
    let nick = cx.world.nick(wanted)?;
    let login = cx.me().and_then(|me| cx.world.login_of(me));
    let account = login.map(|login| login.id);
    let me = cx.user_id().ok();
    let claim = cx.world.claim(&nick, me, account);
    match me {
        Some(_) => {
            must_be_free_to_change(cx, &nick)?;
            if let Claim::From(holder) = claim? {
                displace(cx, holder)?;
            }
            change(cx, nick)?;
            tell_whose(cx);
            Ok(())
        }
        None => {
            if !may_still_log_in(cx, &nick) {
                claim?;
            }
            if let Some(registering) = cx
                .world
                .session_mut(cx.session)
                .and_then(|me| me.registering())
            {
                registering.nick = Some(nick);
            }
            register::try_complete(cx)
        }
    }
}

/// Nobody takes a name that is banned, or leaves behind the one that is muted or banned.
fn must_be_free_to_change(cx: &mut Ctx<'_>, nick: &Nick) -> Result<(), Refusal> {
    let wanted = Some(nick.as_str());
    let ban = cx.world.ban_on_another(cx.session, wanted, None, cx.now);
    let verdict = ban.or_else(|| cx.world.silence_on(cx.session, cx.now));
    let Some(verdict) = verdict else {
        return Ok(());
    };
    cx.world.sanctions.count(verdict.id);
    Err(Refusal::BadNick {
        nick: nick.to_string(),
        why: verdict.text.into(),
    })
}

/// Where registered names are not kept for their owners, whoever carries one is told.
pub(crate) fn tell_whose(cx: &mut Ctx<'_>) {
    let nick = cx.nick();
    let account = cx.user().ok().and_then(|user| user.account.as_ref());
    let account = account.map(|login| login.id);
    let owner = cx.world.accounts.resembling(&nick);
    let is_told = cx.world.config.accounts.nick_reservation == Reservation::Optional;
    if is_told && owner.is_some() && owner != account {
        let text =
            "This name is registered, or looks like one that is; it may be taken for its owner's";
        cx.standard("WARN", "NICK", "NAME_REGISTERED", &[&nick], text);
    }
}

/// Whether a name that is taken may turn out to be theirs: it is an account's, or carried by somebody of one,
/// and CAP END has not been said.
fn may_still_log_in(cx: &mut Ctx<'_>, nick: &Nick) -> bool {
    let holder = cx.world.nick_owner(nick.as_str());
    let holder = holder.and_then(|holder| cx.world.user(holder));
    let is_an_accounts = holder.is_some_and(|holder| holder.account.is_some())
        || cx.world.accounts.resembling(nick.as_str()).is_some();
    let me = cx.world.session_mut(cx.session);
    let said = me.and_then(|me| me.registering());
    is_an_accounts && said.is_some_and(|said| said.negotiating)
}

/// Gives another name to somebody whose name's owner has come.
pub(crate) fn displace(cx: &mut Ctx<'_>, holder: UserId) -> Result<(), Refusal> {
    let Some(user) = cx.world.user(holder) else {
        return Ok(());
    };
    let (source, old) = (user.source(), user.nick.clone());
    let free = cx.world.free_names(old.as_str());
    let nick = free.first().and_then(|name| cx.world.nick(name).ok());
    let nick = nick.ok_or_else(|| cx.world.nick_in_use(old.as_str()))?;
    let (stamp, words) = (cx.stamp(), [nick.as_str()]);
    cx.world.rename(holder, nick.clone(), cx.now);
    let line = Outgoing::new(&source, "NICK", &words, None, &stamp.time).stamped(&stamp, &[]);
    let audience = cx.world.neighbours(holder).into_iter().chain([holder]);
    cx.world
        .deliver(cx.out, &line, audience, None, Filter::Everybody);
    let server = cx.world.config.server.name.clone();
    let text = "The owner of your name has come; you have another one now";
    let line = Outgoing::new(&server, "NOTICE", &words, Some(text), &stamp.time);
    cx.world
        .deliver(cx.out, &line, [holder].into_iter(), None, Filter::Everybody);
    let now = cx.world.user(holder).map(|user| user.source());
    cx.world
        .tell_watchers(cx.out, Presence::Gone(old.as_str()), cx.now);
    if let Some(source) = now {
        cx.world
            .tell_watchers(cx.out, Presence::Here(&source), cx.now);
    }
    Ok(())
}

fn change(cx: &mut Ctx<'_>, nick: Nick) -> Result<(), Refusal> {
    let (me, source, stamp) = (cx.user_id()?, cx.source()?, cx.stamp());
    if cx.user()?.nick.as_str() == nick.as_str() {
        return Ok(());
    }
    let (scenes, by) = (cx.world.scenes(me), cx.user()?.party());
    let old = cx.world.rename(me, nick.clone(), cx.now);
    let words = [nick.as_str()];
    let line = Outgoing::new(&source, "NICK", &words, None, &stamp.time).stamped(&stamp, &[]);
    cx.to_neighbours(&line, Filter::Everybody)?;
    let deed = Deed {
        source: &source,
        by,
        verb: Verb::Nick,
        words: &words,
        text: None,
        tags: &[],
    };
    cx.world.keep_in_each(cx.out, scenes, &stamp, &deed);
    if let Some(old) = old.filter(|old| *old != nick) {
        let source = cx.source()?;
        for presence in [Presence::Gone(old.as_str()), Presence::Here(&source)] {
            cx.world.tell_watchers(cx.out, presence, cx.now);
        }
    }
    Ok(())
}
