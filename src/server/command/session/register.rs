//! Letting somebody in: what happens when NICK and USER are there and CAP negotiation is over.
//!
//! The order of the burst is Modern's, "Connection registration". The name is claimed here, in one
//! step with becoming visible, so of many who want it exactly one wins.

use crate::config::password::same_secret;
use crate::proto::mode::{Kind, ROOM_MODES};
use crate::proto::numeric::Numeric;
use crate::proto::user_mode::USER_MODES;
use crate::server::command::about::metadata::sync;
use crate::server::command::about::version::PROGRAM;
use crate::server::command::about::{isupport, lusers, motd};
use crate::server::command::room::join;
use crate::server::command::session::quit;
use crate::server::command::spec::Ctx;
use crate::server::world::refusal::Refusal;
use crate::server::world::session::{Session, Stage};
use crate::server::world::user::Arrival;
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
    let given = said.password.as_deref().unwrap_or_default();
    let wanted = cx.world.config.server.password.as_deref();
    if wanted.is_some_and(|wanted| !same_secret(wanted, given)) {
        cx.refuse(&Refusal::WrongPassword);
        quit::part_ways(cx, "The server's password is wrong or missing");
        return Ok(());
    }
    let arrival = Arrival {
        nick: nick.clone(),
        username: username.clone(),
        host: peer.host.clone(),
        realname: realname.clone(),
        away: said.away.clone(),
        account: None,
    };
    if cx.world.nick_owner(nick.as_str()).is_some() {
        let refusal = cx.world.nick_in_use(nick.as_str());
        forget_nick(cx);
        return Err(refusal);
    }
    cx.world.let_in(cx.session, arrival, cx.now);
    let source = cx.source()?;
    cx.world
        .tell_watchers(cx.out, Presence::Here(&source), cx.now);
    welcome(cx)
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
    lusers::tell(cx);
    sync::arrive(cx)?;
    motd::tell(cx);
    join::arrive(cx)
}
