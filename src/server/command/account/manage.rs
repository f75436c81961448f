//! What owners do with their accounts: another password, their devices, giving the account up.

use crate::proto::numeric::Numeric;
use crate::proto::time;
use crate::proto::weak::password_fault;
use crate::server::command::account::login;
use crate::server::command::account::no::No;
use crate::server::command::session::quit;
use crate::server::command::spec::Ctx;
use crate::server::world::custody::LOGGED_OUT;
use crate::server::world::event::{Ask, Found, SessionId};
use crate::server::world::id::UserId;
use crate::server::world::login::{Tried, Way, Wish};
use crate::server::world::refusal::Refusal;
use crate::server::world::session::Goal;
use crate::server::world::user::Login;
use crate::store::record::Record;
use crate::store::record::account::{AccountId, Secret};

/// The account that the asker is logged in to.
pub(crate) fn own(cx: &Ctx<'_>) -> Result<Login, No> {
    let login = cx.me().and_then(|me| cx.world.login_of(me));
    login.ok_or_else(No::not_logged_in)
}

/// Asks for another password in place of the present one.
pub(crate) fn ask_change(cx: &mut Ctx<'_>, present: &str, new: &str, way: Way) -> Result<(), No> {
    let name = own(cx)?.name;
    let most = cx.world.config.accounts.max_password_bytes;
    if let Some(fault) = password_fault(new, &name, most) {
        return Err(No::new(fault.code(), fault.text()));
    }
    let new = Secret(new.into());
    login::compare(cx, &name, present, |tried| Wish::Change { tried, new, way })
}

/// The present password was compared: the new one is hashed.
pub(crate) fn change(cx: &mut Ctx<'_>, found: &Found, tried: &Tried, new: Secret, way: Way) {
    match login::verdict(cx, found, tried) {
        Ok(account) => {
            let cost = cx.world.config.accounts.hash_cost;
            let ask = Ask::Hash {
                password: new,
                cost,
            };
            let wish = Wish::Changed { account, way };
            cx.ask(ask, Goal::Account(Box::new(wish)));
        }
        Err(no) => cx.say_no(way, &no),
    }
}

/// The new password is hashed: it counts from now on, and whoever is logged in elsewhere logs in anew.
pub(crate) fn changed(
    cx: &mut Ctx<'_>,
    found: Found,
    account: AccountId,
    way: Way,
) -> Result<(), Refusal> {
    let Found::Hashed(kept) = found else {
        cx.say_no(way, &No::busy());
        return Ok(());
    };
    let Some(holding) = cx.world.accounts.get(account) else {
        cx.say_no(way, &No::not_logged_in());
        return Ok(());
    };
    let mut row = holding.account.clone();
    row.password = Some(kept.password);
    row.scram = Some(kept.scram);
    cx.keep(Record::Account(Box::new(row)))?;
    let others = others(cx, account);
    for session in &others {
        cx.world
            .expel(cx.out, *session, "The password was changed", cx.now);
    }
    let text = format!(
        "Your password is changed; {} other sessions were ended",
        others.len()
    );
    cx.serve(way, "NOTE", "PASSWORD_CHANGED", &[], &text);
    Ok(())
}

/// Sessions of the account but the asker's.
fn others(cx: &Ctx<'_>, account: AccountId) -> Vec<SessionId> {
    let mut all = cx.world.sessions_of(account);
    all.retain(|session| *session != cx.session);
    all
}

/// Lists where the account is logged in.
pub(crate) fn list_sessions(cx: &mut Ctx<'_>, way: Way) -> Result<(), No> {
    let all = cx.world.sessions_of(own(cx)?.id);
    for id in &all {
        let Some(session) = cx.world.session(*id) else {
            continue;
        };
        let (number, address) = (number(*id), session.peer.host.clone());
        let since = time::to_text(session.opened.unix_ms);
        let user = session.user().and_then(|user| cx.world.user(user));
        let nick = user.map_or("not let in yet", |user| user.nick.as_str());
        let this = if *id == cx.session { "this" } else { "-" };
        let text = match cx.is_served_in_words(way) {
            true => nick.to_owned(),
            false => format!("{number}: from {address} since {since}, {nick} ({this})"),
        };
        let context = [number.as_str(), this, &address, &since];
        cx.serve(way, "NOTE", "SESSION", &context, &text);
    }
    let count = all.len().to_string();
    let text = format!("{count} sessions");
    cx.serve(way, "NOTE", "SESSIONS", &[&count], &text);
    Ok(())
}

/// The number that a session has in the list, for as long as it lasts.
fn number(session: SessionId) -> String {
    (u64::from(session.index) + 1).to_string()
}

/// Ends a session of the account by its number, or `others` at once.
pub(crate) fn end(cx: &mut Ctx<'_>, which: &str, way: Way) -> Result<(), No> {
    let account = own(cx)?.id;
    let ended: Vec<SessionId> = if which.eq_ignore_ascii_case("others") {
        others(cx, account)
    } else {
        let all = cx.world.sessions_of(account);
        let named = all.into_iter().find(|id| number(*id) == which);
        let text = "There is no session of that number; SESSIONS lists them";
        vec![named.ok_or_else(|| No::new("NO_SUCH_SESSION", text).about(which))?]
    };
    let text = match ended.len() {
        1 => "One session was ended".to_owned(),
        count => format!("{count} sessions were ended"),
    };
    cx.serve(way, "NOTE", "SESSION_ENDED", &[which], &text);
    for session in ended {
        let reason = "Ended from another device";
        if session == cx.session {
            quit::part_ways(cx, "Ended by its owner");
        } else {
            cx.world.expel(cx.out, session, reason, cx.now);
        }
    }
    Ok(())
}

/// Logs out everybody who is here as one with the asker: 901.
pub(crate) fn log_out(cx: &mut Ctx<'_>, way: Way) -> Result<(), No> {
    let login = own(cx)?;
    let me = cx.user_id().map_err(|_| No::not_logged_in())?;
    leave(cx, me);
    let text = format!("You are logged out of {}", login.name);
    cx.serve(way, "NOTE", "LOGGED_OUT", &[], &text);
    Ok(())
}

/// Takes a user out of their account; the asker's own 901 is among the replies.
fn leave(cx: &mut Ctx<'_>, id: UserId) {
    let user = cx.world.user(id);
    let mask = user.map(|user| user.source().to_string());
    if let (Some(mask), true) = (mask, cx.user_id() == Ok(id)) {
        cx.numeric(Numeric::RPL_LOGGEDOUT, &[&mask], LOGGED_OUT);
    }
    let except = Some(cx.session);
    cx.world.leave_account(cx.out, id, except, cx.now);
}

/// The password was compared: the account is gone, and with it all that belonged to it.
pub(crate) fn dropped(
    cx: &mut Ctx<'_>,
    found: &Found,
    tried: &Tried,
    way: Way,
) -> Result<(), Refusal> {
    let account = match login::verdict(cx, found, tried) {
        Ok(account) => account,
        Err(no) => {
            cx.say_no(way, &no);
            return Ok(());
        }
    };
    let Some(login) = cx.world.login(account) else {
        return Ok(());
    };
    if cx.world.is_read_only {
        return Err(Refusal::storage(cx.msg.verb));
    }
    let me = cx.user_id().ok();
    if let Some(me) = me.filter(|me| cx.world.presences_of(account).contains(me)) {
        leave(cx, me);
    }
    cx.world.drop_account(cx.out, account, cx.now);
    let name = &*login.name;
    cx.log(&format!("account {name} was given up by its owner"));
    let text = "The account is gone, with all that belonged to it";
    cx.serve(way, "NOTE", "ACCOUNT_DROPPED", &[name], text);
    Ok(())
}
