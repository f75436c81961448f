//! Letting somebody in: what happens when NICK and USER are there and CAP negotiation is over.
//!
//! The order of the burst is Modern's, "Connection registration". The name is claimed here, in one
//! step with becoming visible, so of many who want it exactly one wins.

use crate::config::password::same_secret;
use crate::proto::cap::Cap;
use crate::proto::mode::{Kind, ROOM_MODES, signed_letters};
use crate::proto::numeric::Numeric;
use crate::proto::user_mode::USER_MODES;
use crate::server::command::about::metadata::sync;
use crate::server::command::about::version::PROGRAM;
use crate::server::command::about::{isupport, lusers, motd};
use crate::server::command::account::persistence;
use crate::server::command::room::join;
use crate::server::command::session::{nick, quit};
use crate::server::command::spec::Ctx;
use crate::server::world::defcon::Novelty;
use crate::server::world::drain::CLOSED;
use crate::server::world::gauges::Rejected;
use crate::server::world::id::UserId;
use crate::server::world::naming::Claim;
use crate::server::world::refusal::Refusal;
use crate::server::world::sanction::judge::Verdict;
use crate::server::world::session::{Session, Stage};
use crate::server::world::user::{Arrival, Login};
use crate::server::world::watchers::Presence;
use jiff::Timestamp;

/// Lets the session in if all that is needed has been said.
pub(crate) fn try_complete(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let Some(Session {
        peer,
        stage: Stage::Registering(said),
        ..
    }) = cx.me()
    else {
        return Ok(());
    };
    let (Some(nick), Some((username, realname)), false) =
        (&said.nick, &said.user, said.negotiating)
    else {
        return Ok(());
    };
    if let Some(verdict) = cx.world.ban_on(cx.session, cx.now) {
        turn_away(cx, &verdict);
        return Ok(());
    }
    let given = said.password.as_deref().unwrap_or_default();
    let wanted = cx.world.config.server.password.as_deref();
    if wanted.is_some_and(|wanted| !same_secret(wanted, given)) {
        cx.refuse(&Refusal::WrongPassword);
        quit::part_ways(cx, "The server's password is wrong or missing");
        return Ok(());
    }
    let login = said.login.clone();
    let arrival = Arrival {
        nick: nick.clone(),
        username: username.clone(),
        host: peer.host.clone(),
        realname: realname.clone(),
        away: said.away.clone(),
        account: login.clone(),
    };
    give_up_login(cx);
    let defcon = cx.world.defcon;
    let is_near = cx.me().is_some_and(|me| me.peer.is_near());
    if !is_near && !defcon.lets_in(Novelty::Anybody) {
        cx.world.identity.gauges.reject(Rejected::Closed);
        quit::part_ways(cx, CLOSED);
        return Ok(());
    }
    let needs_account = cx.world.config.accounts.required || !defcon.lets_in(Novelty::Guest);
    if login.is_none() && needs_account {
        let text = "You need an account here: log in before you complete your connection";
        cx.reply("FAIL", &["*", "ACCOUNT_REQUIRED"], Some(text));
        quit::part_ways(cx, "You need an account here");
        return Ok(());
    }
    match login.as_ref().and_then(|login| companion(cx, login)) {
        Some(user) => join_in(cx, user),
        None => arrive(cx, arrival),
    }
}

/// Ends the session of somebody who is banned: 465, and the reason once more.
pub(crate) fn turn_away(cx: &mut Ctx<'_>, verdict: &Verdict) {
    cx.world.identity.gauges.reject(Rejected::Banned);
    cx.world.sanctions.count(verdict.id);
    let from = cx.me().map(|me| me.peer.address.clone());
    let (from, name) = (from.unwrap_or_default(), cx.world.sanction_name(verdict.id));
    cx.out.log(format!("{from} is turned away by {name}"));
    cx.numeric(Numeric::ERR_YOUREBANNEDCREEP, &[], &verdict.text);
    quit::part_ways(cx, &verdict.text);
}

/// Ends a login that is not complete (sasl-3.1: "SHOULD abort it and send a 906 numeric").
fn give_up_login(cx: &mut Ctx<'_>) {
    let me = cx.world.session_mut(cx.session);
    let exchange = me.map(|me| std::mem::take(&mut me.exchange));
    if exchange.is_some_and(|exchange| exchange.state.is_busy()) {
        let text = "SASL authentication aborted";
        cx.numeric(Numeric::ERR_SASLABORTED, &[], text);
    }
}

/// Who is here already with the same account, if one account may have several devices.
fn companion(cx: &Ctx<'_>, login: &Login) -> Option<UserId> {
    let present = cx.world.presences_of(login.id).into_iter().next();
    let is_absent = |id: &UserId| {
        let user = cx.world.user(*id);
        user.is_some_and(|user| user.sessions.is_empty())
    };
    present.filter(|id| cx.world.config.accounts.multiclient || is_absent(id))
}

/// Comes as somebody new.
fn arrive(cx: &mut Ctx<'_>, arrival: Arrival) -> Result<(), Refusal> {
    let account = arrival.account.as_ref().map(|login| login.id);
    let claimed = match cx.world.claim(&arrival.nick, None, account) {
        Ok(Claim::From(holder)) => nick::displace(cx, holder),
        Ok(Claim::Free) => Ok(()),
        Err(refusal) => Err(refusal),
    };
    if let Err(refusal) = claimed {
        forget_nick(cx);
        return Err(refusal);
    }
    // After a crash they were here at least until now.
    cx.world.keep_seen(cx.out, &arrival.nick, cx.now);
    let Some(me) = cx.world.let_in(cx.session, arrival, cx.now) else {
        return Ok(());
    };
    if account.is_some() {
        cx.world.adopt_account(me);
        let modes = cx.world.config.accounts.default_user_modes.clone();
        for (sign, letter) in signed_letters(&modes).filter(|(_, letter)| *letter != 'o') {
            cx.world.set_user_mode(me, letter, sign);
        }
    }
    let source = cx.source()?;
    cx.world
        .tell_watchers(cx.out, Presence::Here(&source), cx.now);
    welcome(cx)?;
    nick::tell_whose(cx);
    join::arrive(cx)
}

/// Comes as one more device of somebody who is here: nobody sees that, and they are where they are.
fn join_in(cx: &mut Ctx<'_>, user: UserId) -> Result<(), Refusal> {
    // The name that was said counts no more, and theirs may be banned.
    let nick = cx.world.user(user).map(|user| user.nick.clone());
    let nick = nick.as_ref().map(|nick| nick.as_str());
    let ban = cx.world.ban_on_another(cx.session, nick, None, cx.now);
    if let Some(verdict) = ban {
        turn_away(cx, &verdict);
        return Ok(());
    }
    cx.world.attach(cx.session, user);
    cx.world.come_back(cx.out, user, cx.now);
    welcome(cx)?;
    join::show_rooms(cx)
}

/// Somebody else was faster: another NICK has to come.
fn forget_nick(cx: &mut Ctx<'_>) {
    if let Some(said) = cx
        .world
        .session_mut(cx.session)
        .and_then(|me| me.registering())
    {
        said.nick = None;
    }
}

fn welcome(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let config = cx.world.config.clone();
    let (server, network) = (&config.server.name, &config.server.network);
    let source = cx.source()?;
    let started = i64::try_from(cx.world.started.unix_ms).unwrap_or_default();
    let started = Timestamp::from_millisecond(started).unwrap_or_default();
    cx.numeric(
        Numeric::RPL_WELCOME,
        &[],
        &format!("Welcome to the {network} network, {source}"),
    );
    cx.numeric(
        Numeric::RPL_YOURHOST,
        &[],
        &format!("Your host is {server}, running {PROGRAM}"),
    );
    cx.numeric(
        Numeric::RPL_CREATED,
        &[],
        &format!("This server was started at {started:.0}"),
    );
    let user_modes: String = USER_MODES.iter().map(|(letter, ..)| *letter).collect();
    let room_modes: String = ROOM_MODES.iter().map(|row| row.letter).collect();
    let with_param: String = ROOM_MODES
        .iter()
        .filter(|row| !matches!(row.kind, Kind::Flag(_)))
        .map(|row| row.letter)
        .collect();
    cx.numeric_words(
        Numeric::RPL_MYINFO,
        &[server, PROGRAM, &user_modes, &room_modes, &with_param],
    );
    isupport::tell(cx);
    if cx.has(Cap::Persistence) {
        persistence::tell(cx);
    }
    lusers::tell(cx);
    sync::arrive(cx)?;
    motd::tell(cx);
    Ok(())
}
