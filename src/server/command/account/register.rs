//! REGISTER and VERIFY: get an account. IRCv3 draft/account-registration. No letter is sent to an address that is
//! given, so there is never a code to verify.

use crate::config::Config;
use crate::proto::name::{Nick, same};
use crate::proto::weak::password_fault;
use crate::server::command::account::login;
use crate::server::command::account::no::No;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::bucket::Rate;
use crate::server::world::defcon::Novelty;
use crate::server::world::event::{Ask, Found};
use crate::server::world::login::{Way, Wish};
use crate::server::world::refusal::Refusal;
use crate::server::world::session::{Goal, Session, Stage};
use crate::store::record::Record;
use crate::store::record::account::{Account, Secret};
use std::collections::BTreeMap;

pub(crate) const REGISTER: Spec = Spec {
    verb: "REGISTER",
    min_params: 3,
    who: Who::Anyone,
    usage: "<account or *> <e-mail or *> <password>",
    help: "Get an account of your name",
    run,
};

pub(crate) const VERIFY: Spec = Spec {
    verb: "VERIFY",
    min_params: 2,
    who: Who::Anyone,
    usage: "<account> <code>",
    help: "Complete a registration; none here needs it",
    run: |cx| {
        let account = cx.need(0)?;
        let text = "No registration waits for a code here";
        cx.reply("FAIL", &["VERIFY", "INVALID_CODE", account], Some(text));
        Ok(())
    },
};

/// How often somebody may ask for an account from one network.
pub(crate) const RATE: Rate = Rate {
    burst: 20,
    per_minute: 30,
};

/// The value of the capability for a device; `None`: it cannot register.
pub(crate) fn offer(config: &Config, device: &Session) -> Option<String> {
    let accounts = &config.accounts;
    let is_open = accounts.enabled && accounts.registration.enabled;
    if !is_open || !login::is_secure(config, device) {
        return None;
    }
    let words = [
        (may_come_early(config), "before-connect"),
        (accounts.registration.custom_name, "custom-account-name"),
        (accounts.registration.require_email, "email-required"),
    ];
    let words: Vec<&str> = words
        .iter()
        .filter(|(is_so, _)| *is_so)
        .map(|(_, word)| *word)
        .collect();
    Some(words.join(","))
}

/// Whether one may register before one is let in: nobody passes the server's own password that way.
fn may_come_early(config: &Config) -> bool {
    config.accounts.registration.before_connect && config.server.password.is_none()
}

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let (name, email, password) = (cx.need(0)?, cx.need(1)?, cx.need(2)?);
    if let Err(no) = request(cx, name, email, password, Way::Register) {
        cx.say_no(Way::Register, &no);
    }
    Ok(())
}

/// The name that the asker has, or wants to have.
fn own_name(cx: &Ctx<'_>) -> Option<Nick> {
    match &cx.me()?.stage {
        Stage::Registering(said) => said.nick.clone(),
        Stage::Ready(user) => Some(cx.world.user(*user)?.nick.clone()),
    }
}

/// Asks for an account; `*` is the asker's own name, and no address.
pub(crate) fn request(
    cx: &mut Ctx<'_>,
    wanted: &str,
    email: &str,
    password: &str,
    way: Way,
) -> Result<(), No> {
    let is_early = cx.user_id().is_err();
    if is_early && !may_come_early(&cx.world.config) {
        let text = "Complete your connection first, then register";
        return Err(No::new("COMPLETE_CONNECTION_REQUIRED", text));
    }
    let Some(nick) = own_name(cx) else {
        return Err(No::new("NEED_NICK", "Say NICK first").about("*"));
    };
    let name = match wanted {
        "*" => nick.as_str(),
        _ => wanted,
    };
    may_register(cx, name, nick.as_str(), email, password).map_err(|no| no.about(name))?;
    let email = (email != "*").then(|| email.into());
    let cost = cx.world.config.accounts.hash_cost;
    let ask = Ask::Hash {
        password: Secret(password.into()),
        cost,
    };
    let name = name.to_owned();
    let wish = Wish::Register { name, email, way };
    cx.ask(ask, Goal::Account(Box::new(wish)));
    Ok(())
}

fn may_register(
    cx: &mut Ctx<'_>,
    name: &str,
    nick: &str,
    email: &str,
    password: &str,
) -> Result<(), No> {
    let config = cx.world.config.clone();
    let accounts = &config.accounts;
    let is_open = cx.world.defcon.lets_in(Novelty::Account);
    if !accounts.enabled || !accounts.registration.enabled || !is_open {
        let text = "Nobody can register here at the moment";
        return Err(No::new("TEMPORARILY_UNAVAILABLE", text));
    }
    if !cx.is_secure() {
        return Err(No::insecure());
    }
    if login::logged_in_as(cx).is_some() {
        let text = "You are logged in to an account already";
        return Err(No::new("ALREADY_AUTHENTICATED", text));
    }
    if !same(name, nick) && !accounts.registration.custom_name {
        let text = "An account is called like its owner: take that name first";
        return Err(No::new("ACCOUNT_NAME_MUST_BE_NICK", text));
    }
    must_be_free(cx, name)?;
    if !is_address(email) && (accounts.registration.require_email || email != "*") {
        let text = "An e-mail address is needed, like ann@example.org";
        return Err(No::new("INVALID_EMAIL", text));
    }
    if let Some(fault) = password_fault(password, name, accounts.max_password_bytes) {
        return Err(No::new(fault.code(), fault.text()));
    }
    let (from, uptime_ms) = (cx.prefix(), cx.now.uptime_ms);
    if !cx.world.registrations.take(from, RATE, uptime_ms) {
        let text = "Too many accounts were asked for from your network; wait a little";
        return Err(No::new("TEMPORARILY_UNAVAILABLE", text));
    }
    Ok(())
}

/// Nobody has the name, or looks like having it.
fn must_be_free(cx: &Ctx<'_>, name: &str) -> Result<(), No> {
    if cx.world.is_unownable(name) {
        let text = "No account can be called that";
        return Err(No::new("BAD_ACCOUNT_NAME", text));
    }
    if cx.world.accounts.resembling(name).is_some() {
        let text = "There is an account of that name, or one that looks like it";
        return Err(No::new("ACCOUNT_EXISTS", text));
    }
    let holder = cx.world.nick_owner(name);
    if holder.is_some() && holder != cx.user_id().ok() {
        return Err(No::new(
            "ACCOUNT_EXISTS",
            "Somebody else is here under that name",
        ));
    }
    Ok(())
}

/// Whether it looks like an address. Nothing is sent to it.
fn is_address(email: &str) -> bool {
    let is_good = |part: &str| {
        !part.is_empty() && part.chars().all(|c| !c.is_control() && !c.is_whitespace())
    };
    email.len() <= 254
        && email
            .rsplit_once('@')
            .is_some_and(|(name, host)| is_good(name) && is_good(host) && host.contains('.'))
}

/// The password is hashed: there is one account more.
pub(crate) fn finish(
    cx: &mut Ctx<'_>,
    found: Found,
    name: &str,
    email: Option<Box<str>>,
    way: Way,
) -> Result<(), Refusal> {
    let Found::Hashed(kept) = found else {
        cx.say_no(way, &No::busy().about(name));
        return Ok(());
    };
    // Somebody may have been faster.
    if let Err(no) = must_be_free(cx, name) {
        cx.say_no(way, &no.about(name));
        return Ok(());
    }
    let id = cx.world.accounts.next_id();
    cx.keep(Record::Account(Box::new(Account {
        id,
        name: name.into(),
        created_ms: cx.now.unix_ms,
        password: Some(kept.password),
        scram: Some(kept.scram),
        email,
        certificates: Vec::new(),
        disabled: None,
        always_on: None,
        silenced: Vec::new(),
        metadata: BTreeMap::new(),
    })))?;
    let from = cx.prefix();
    cx.out
        .log(format!("Account {name} was registered from {from}"));
    let text = "Your account is registered, and you are logged in. \
                Who runs this server can read what is stored on it";
    match way {
        Way::Register => cx.reply("REGISTER", &["SUCCESS", name], Some(text)),
        Way::Command | Way::Message => {
            cx.serve(way, "NOTE", "REGISTERED", &[name], text);
        }
        Way::Sasl => {}
    }
    if let Err(no) = login::log_in(cx, id) {
        cx.say_no(way, &no.about(name));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_looked_at_but_not_judged() {
        for good in ["ann@example.org", "a+b@x.y", "\"a@b\"@example.org"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "*",
            "",
            "ann",
            "ann@",
            "@x.y",
            "ann@host",
            "a b@x.y",
            "a@x.\u{1}",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
