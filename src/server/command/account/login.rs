//! Logging in and out, whichever way it was asked for.
//!
//! A name without an account costs as much and is answered like a wrong password.

use crate::config::Config;
use crate::config::password::{Password, decoy};
use crate::proto::numeric::Numeric;
use crate::proto::text::cut;
use crate::server::command::account::no::No;
use crate::server::command::spec::Ctx;
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Ask, Found, Now};
use crate::server::world::lockout::Prefix;
use crate::server::world::login::{Tried, Way, Wish};
use crate::server::world::session::{Goal, Session, Stage};
use crate::store::record::account::{AccountId, Secret};

impl Ctx<'_> {
    /// The network that the asker comes from.
    pub(crate) fn prefix(&self) -> Prefix {
        Prefix::of(self.me().and_then(|me| me.peer.ip))
    }

    /// Whether a password of the asker's may come over the wire.
    pub(crate) fn is_secure(&self) -> bool {
        let config = &self.world.config;
        self.me().is_some_and(|me| is_secure(config, me))
    }
}

/// Whether a password may come over the wire from this device.
pub(crate) fn is_secure(config: &Config, device: &Session) -> bool {
    config.accounts.clear_passwords || device.peer.is_private()
}

/// Has a password compared with that of the account of this name; then the wish that `make` makes is looked at.
pub(crate) fn compare(
    cx: &mut Ctx<'_>,
    name: &str,
    given: &str,
    make: impl FnOnce(Tried) -> Wish,
) -> Result<(), No> {
    if !cx.world.config.accounts.enabled {
        let text = "There are no accounts here";
        return Err(No::new("TEMPORARILY_UNAVAILABLE", text));
    }
    if !cx.is_secure() {
        return Err(No::insecure());
    }
    if given.len() > cx.world.config.accounts.max_password_bytes {
        return Err(No::new("TOO_LONG", "The password is too long"));
    }
    must_not_pause(cx, name)?;
    let holding = cx.world.accounts.named(name);
    let account =
        holding.and_then(|holding| Some((holding.account.id, holding.account.password.clone()?)));
    let password = match &account {
        Some((_, hash)) => Password::Hash(hash.0.to_string()),
        None => decoy(cx.world.config.accounts.hash_cost),
    };
    let name = name.to_owned();
    let given = Secret(given.into());
    let wish = make(Tried { name, account });
    cx.ask(
        Ask::Password { password, given },
        Goal::Account(Box::new(wish)),
    );
    Ok(())
}

/// No password is tried while there is a pause.
pub(crate) fn must_not_pause(cx: &Ctx<'_>, name: &str) -> Result<(), No> {
    let pause = cx.world.lockouts.pause(name, cx.prefix(), cx.now.uptime_ms);
    pause.map_or(Ok(()), |left| Err(No::paused(left)))
}

/// The account whose password was given.
pub(crate) fn verdict(cx: &mut Ctx<'_>, found: &Found, tried: &Tried) -> Result<AccountId, No> {
    let fits = match found {
        Found::Password(fits) => *fits,
        _ => return Err(No::busy()),
    };
    let account = tried.account.as_ref().filter(|(id, against)| {
        // It may have been changed meanwhile.
        let holding = cx.world.accounts.get(*id);
        fits && holding.is_some_and(|holding| holding.account.password.as_ref() == Some(against))
    });
    judge(cx, &tried.name, account.map(|(id, _)| *id))
}

/// Notes whether they proved to own the account of this name.
pub(crate) fn judge(
    cx: &mut Ctx<'_>,
    name: &str,
    account: Option<AccountId>,
) -> Result<AccountId, No> {
    let from = cx.prefix();
    note(cx.world, cx.out, name, from, account, cx.now);
    account.ok_or_else(No::wrong)
}

/// Counts a try for this name from there, which led to this account or to none.
pub(crate) fn note(
    world: &mut World,
    out: &mut Effects,
    name: &str,
    from: Prefix,
    account: Option<AccountId>,
    now: Now,
) {
    if account.is_some() {
        return world.lockouts.succeeded(name, from);
    }
    let config = world.config.clone();
    let rule = &config.accounts.login_throttle;
    world.lockouts.failed(name, from, rule, now.uptime_ms);
    if let Some(left) = world.lockouts.pause(name, from, now.uptime_ms) {
        let (seconds, name) = (left.as_secs(), cut(name, 64));
        out.log(format!(
            "Logins to {name} from {from} pause for {seconds} s: too many failed"
        ));
    }
}

/// The password was compared: they are logged in, or told no.
pub(crate) fn finish(cx: &mut Ctx<'_>, found: &Found, tried: &Tried, way: Way) {
    let done = verdict(cx, found, tried).and_then(|account| log_in(cx, account));
    match done {
        Ok(()) => welcome(cx, way),
        Err(no) => cx.say_no(way, &no),
    }
}

/// Says that they are logged in.
pub(crate) fn welcome(cx: &mut Ctx<'_>, way: Way) {
    match way {
        Way::Sasl => cx.numeric(
            Numeric::RPL_SASLSUCCESS,
            &[],
            "SASL authentication successful",
        ),
        Way::Command | Way::Message => {
            let name = logged_in_as(cx).unwrap_or_default();
            let text = format!("You are logged in as {name}");
            cx.serve(way, "NOTE", "LOGGED_IN", &[&name], &text);
        }
        Way::Register => {}
    }
}

/// The name of the account that the asker is logged in to.
pub(crate) fn logged_in_as(cx: &Ctx<'_>) -> Option<String> {
    let login = cx.world.login_of(cx.me()?)?;
    Some(login.name.to_string())
}

/// Logs the asker in, who has proved to own the account: 900.
pub(crate) fn log_in(cx: &mut Ctx<'_>, account: AccountId) -> Result<(), No> {
    let Some(holding) = cx.world.accounts.get(account) else {
        return Err(No::wrong());
    };
    if let Some(why) = &holding.account.disabled {
        let text = format!("This account is disabled: {why}");
        return Err(No::new("ACCOUNT_DISABLED", text));
    }
    let login = cx.world.login(account).ok_or_else(No::wrong)?;
    let name = login.name.to_string();
    match cx.user_id() {
        Ok(me) => {
            let user = cx.world.user(me);
            let is_shared = user.is_some_and(|user| user.sessions.len() > 1);
            let is_other = user.is_some_and(|user| user.account.as_ref() != Some(&login));
            if is_shared && is_other {
                let text =
                    "Your other devices are here under this name; connect anew to log in elsewhere";
                return Err(No::new("SHARED", text));
            }
            must_not_be_banned(cx, account)?;
            cx.world.enter_account(cx.out, me, login, cx.now);
        }
        Err(_) => {
            let me = cx.world.session_mut(cx.session);
            if let Some(said) = me.and_then(|me| me.registering()) {
                said.login = Some(login);
            }
        }
    }
    let text = format!("You are now logged in as {name}");
    cx.numeric(Numeric::RPL_LOGGEDIN, &[&mask(cx), &name], &text);
    Ok(())
}

/// Nobody who is here logs in to an account that is banned. Who is not here yet is turned away at the end.
fn must_not_be_banned(cx: &mut Ctx<'_>, account: AccountId) -> Result<(), No> {
    let wanted = Some(account);
    let ban = cx.world.ban_on_another(cx.session, None, wanted, cx.now);
    let Some(verdict) = ban else {
        return Ok(());
    };
    cx.world.sanctions.count(verdict.id);
    Err(No::new("ACCOUNT_BANNED", verdict.text))
}

/// The asker as `nick!user@host`, as far as that is known.
fn mask(cx: &Ctx<'_>) -> String {
    if let Ok(source) = cx.source() {
        return source.to_string();
    }
    let Some(me) = cx.me() else {
        return "*!*@*".to_owned();
    };
    let Stage::Registering(said) = &me.stage else {
        return "*!*@*".to_owned();
    };
    let nick = said.nick.as_ref().map_or("*", |nick| nick.as_str());
    let user = said.user.as_ref().map_or("*", |(user, _)| user);
    format!("{nick}!{user}@{}", me.peer.host)
}
