//! Whom an operator means, who of those connected that is, and whether it may be a mistake.

use crate::admin::command::moderate::Consent;
use crate::admin::command::{Answer, Code};
use crate::proto::mask;
use crate::proto::subnet::Subnet;
use crate::server::command::admin::{refused, similar};
use crate::server::world::World;
use crate::server::world::event::{Officer, Origin};
use crate::server::world::id::UserId;
use crate::server::world::sanction::index::{Person, means};
use crate::server::world::user::User;
use crate::store::record::sanction::Whom;
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Longest mask in bytes.
const MAX_MASK: usize = 200;
/// Where somebody comes from who has a network of this size to themselves.
const HOME_V6: u8 = 64;
/// Networks with shorter prefixes are as good as everybody.
const WIDE_V4: u8 = 8;
const WIDE_V6: u8 = 16;

/// Whom this means: a mask, an address or network, somebody who is here, an account.
pub(super) fn meant(world: &World, text: &str) -> Result<Whom, Answer> {
    let is_mask = text.contains(['!', '@', '*', '?']);
    if let Some(mask) = text.strip_prefix('~').or(is_mask.then_some(text)) {
        return masked(mask);
    }
    if let Ok(network) = text.parse::<Subnet>() {
        return Ok(Whom::Network(network));
    }
    if text.contains('/') {
        let text = format!("\"{text}\" is no network like 192.0.2.0/24");
        return Err(refused(Code::BadRequest, text));
    }
    if let Some(user) = world.nick_owner(text).and_then(|id| world.user(id)) {
        return Ok(of_user(world, user));
    }
    match world.accounts.named(text) {
        Some(held) => Ok(Whom::Account {
            id: held.account.id,
            name: held.account.name.clone(),
        }),
        None => Err(nobody(world, text)),
    }
}

fn masked(mask: &str) -> Result<Whom, Answer> {
    let is_word = |c: char| !c.is_whitespace() && !c.is_control();
    if mask.is_empty() || mask.len() > MAX_MASK || !mask.chars().all(is_word) {
        let text = format!("a mask is one word of 1 to {MAX_MASK} bytes, like *!*@*.example");
        return Err(refused(Code::BadRequest, text));
    }
    Ok(Whom::Mask(mask::complete(mask).into()))
}

/// What is steadiest about somebody: their account, where they come from, their name.
fn of_user(world: &World, user: &User) -> Whom {
    if let Some(login) = &user.account {
        return Whom::Account {
            id: login.id,
            name: (&*login.name).into(),
        };
    }
    let device = user.sessions.first().and_then(|id| world.session(*id));
    let ip = device.and_then(|device| device.peer.ip);
    match ip
        .map(|ip| ip.to_canonical())
        .filter(|ip| !ip.is_loopback())
    {
        Some(ip @ IpAddr::V4(_)) => Whom::Network(Subnet::only(ip)),
        Some(ip @ IpAddr::V6(_)) => Whom::Network(Subnet::of(ip, HOME_V6)),
        None => Whom::Mask(format!("{}!*@*", user.nick).into()),
    }
}

fn nobody(world: &World, name: &str) -> Answer {
    let text = format!(
        "No user \"{name}\" is connected, and no account has that name. A name that nobody has: ~{name}"
    );
    Answer::failed(Code::NoSuchUser, text, similar(world, name))
}

/// Those who are connected and meant.
pub(super) fn hit(world: &World, whom: &Whom) -> Vec<UserId> {
    let is_meant = |id: &UserId, user: &User| {
        let mut devices = user.sessions.iter().filter_map(|id| world.session(*id));
        means(whom, &world.person_of(*id))
            || devices.any(|device| means(whom, &world.person(device)))
    };
    let users = world.users().filter(|(id, user)| is_meant(id, user));
    users.map(|(id, _)| id).collect()
}

/// What is told before it is done.
pub(super) fn preview(world: &World, whom: &Whom, hit: &[UserId], by: &Officer) -> Value {
    json!({
        "dry_run": true,
        "target": whom.to_string(),
        "matches": shown(world, hit),
        "connected": world.user_count(),
        "risks": risks(world, whom, hit, by),
    })
}

/// Users as they are told of.
pub(super) fn shown(world: &World, users: &[UserId]) -> Vec<Value> {
    let mut users: Vec<&User> = users.iter().filter_map(|id| world.user(*id)).collect();
    users.sort_by_key(|user| user.nick.as_str().to_ascii_lowercase());
    let shown = users.into_iter().map(|user| {
        let device = user.sessions.first().and_then(|id| world.session(*id));
        json!({
            "name": user.nick.as_str(),
            "account": user.account_name(),
            "address": device.map(|device| &device.peer.address),
        })
    });
    shown.collect()
}

/// Why it may hit the wrong ones; each a sentence without its full stop.
pub(super) fn risks(world: &World, whom: &Whom, hit: &[UserId], by: &Officer) -> Vec<String> {
    let mut risks = Vec::new();
    let me = by.session().and_then(|id| world.session(id)?.user());
    if me.is_some_and(|me| hit.contains(&me)) {
        risks.push("It means you yourself".to_owned());
    }
    let users = hit.iter().filter_map(|id| world.user(*id));
    let operators = users.filter(|user| world.is_exempt_with_any(user));
    let names: Vec<&str> = operators.map(|user| user.nick.as_str()).collect();
    if !names.is_empty() {
        risks.push(format!("It means operators: {}", names.join(", ")));
    }
    if let Whom::Network(network) = whom {
        if is_ours(*network, by) {
            risks.push("It means this machine, where the operator is".to_owned());
        }
        let narrowest = if network.is_v4() { WIDE_V4 } else { WIDE_V6 };
        if network.prefix() < narrowest {
            risks.push(format!("{network} is a large part of the Internet"));
        }
    }
    if matches!(whom, Whom::Mask(_)) && is_socket(by) && means(whom, &here()) {
        risks.push("It means this machine, where the operator is".to_owned());
    }
    if matches!(whom, Whom::Mask(mask) if !mask.contains(|c: char| !"*?!@.:".contains(c))) {
        risks.push("The mask fits almost everybody".to_owned());
    }
    let (some, all) = (hit.len(), world.user_count());
    if some > 1 && some * 5 > all {
        risks.push(format!("It means {some} of {all} who are connected"));
    }
    risks
}

/// Whether the operator who asks may come from there: those at the admin socket sit at this machine.
fn is_ours(network: Subnet, by: &Officer) -> bool {
    let here = [
        IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(Ipv6Addr::LOCALHOST),
    ];
    is_socket(by) && here.into_iter().any(|ip| network.contains(ip))
}

fn is_socket(by: &Officer) -> bool {
    matches!(by.from, Origin::Socket { .. })
}

/// Anybody at this machine.
fn here() -> Person<'static> {
    Person {
        nick: "*",
        username: "*",
        host: "localhost",
        ip: Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        account: None,
    }
}

/// What may be a mistake is done only with consent.
pub(super) fn must_be_meant(consent: &Consent, risks: &[String]) -> Result<(), Answer> {
    match consent.yes || risks.is_empty() {
        true => Ok(()),
        false => {
            let text = format!("{}. Nothing was done; say so with --yes", risks.join(". "));
            Err(refused(Code::NeedsConsent, text))
        }
    }
}
