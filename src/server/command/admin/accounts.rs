//! The operator's verbs about accounts. What they change survives a restart, so it is kept first and told
//! when it is stored.

use crate::admin::command::accounts::Accounts;
use crate::admin::command::{Answer, Code};
use crate::proto::name::fold;
use crate::proto::text::cut;
use crate::proto::time;
use crate::server::command::admin::kick::disconnect;
use crate::server::command::admin::password::{hash, must_be_free};
use crate::server::command::admin::{Outcome, near, refused};
use crate::server::world::World;
use crate::server::world::accounts::Holding;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Chore, Now, Ticket};
use crate::store::record::Record;
use crate::store::record::account::AccountId;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Carries out one of them; `None`: it goes on when a password is hashed.
pub(super) fn handle(
    world: &mut World,
    out: &mut Effects,
    ticket: Ticket,
    act: &Accounts,
    now: Now,
) -> Option<Outcome> {
    Some(match act {
        Accounts::List {
            online,
            offline,
            blocked,
        } => Ok(list(world, Wanted::of(*online, *offline, *blocked), now)),
        Accounts::Show { name } => named(world, name).map(|found| show(world, found, now)),
        Accounts::Sessions { name } => {
            named(world, name).map(|found| sessions(world, found.account.id, now))
        }
        Accounts::Enable { name } => enable(world, out, name),
        Accounts::Disable { name, reason } => disable(world, out, name, reason.as_deref(), now),
        Accounts::Delete { name } => delete(world, out, name, now),
        Accounts::Unblock { name } => unblock(world, name),
        Accounts::Create { name, password } => {
            let chore = must_be_free(world, name).map(|()| Chore::CreateAccount {
                name: name.as_str().into(),
            });
            return hash(world, out, ticket, chore, name, &password.0);
        }
        Accounts::Passwd { name, password } => {
            let chore = named(world, name).map(|found| Chore::ChangePassword {
                account: found.account.id,
            });
            return hash(world, out, ticket, chore, name, &password.0);
        }
    })
}

/// Which accounts a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    All,
    Online,
    Offline,
    Blocked,
}

impl Wanted {
    fn of(online: bool, offline: bool, blocked: bool) -> Self {
        match (online, offline, blocked) {
            (true, ..) => Self::Online,
            (_, true, _) => Self::Offline,
            (_, _, true) => Self::Blocked,
            _ => Self::All,
        }
    }
}

/// The account of this name, or the names that are near.
pub(super) fn named<'a>(world: &'a World, name: &str) -> Result<&'a Holding, Answer> {
    world.accounts.named(name).ok_or_else(|| {
        let names = world.accounts.iter().map(|held| held.account.name.as_ref());
        let hint = near(name, names, 2 * world.config.limits.nick);
        let text = format!("There is no account \"{name}\"");
        Answer::failed(Code::NoSuchAccount, text, hint)
    })
}

fn list(world: &World, wanted: Wanted, now: Now) -> Value {
    let mut held: Vec<&Holding> = world.accounts.iter().collect();
    held.sort_by_key(|held| held.account.name.to_ascii_lowercase());
    let described = held.into_iter().map(|held| (held, brief(world, held, now)));
    let is_wanted = |(_, brief): &(&Holding, Value)| match wanted {
        Wanted::All => true,
        Wanted::Online => brief["online"] == true,
        Wanted::Offline => brief["online"] == false,
        Wanted::Blocked => !brief["blocked_s"].is_null(),
    };
    described
        .filter(is_wanted)
        .map(|(_, brief)| brief)
        .collect()
}

/// What a list tells of an account.
fn brief(world: &World, held: &Holding, now: Now) -> Value {
    let account = &held.account;
    let sessions = world.sessions_of(account.id).len();
    let pauses = pauses(world, &account.name, now);
    json!({
        "name": account.name,
        "online": !world.presences_of(account.id).is_empty(),
        "sessions": sessions,
        "created": time::to_text(account.created_ms),
        "disabled": account.disabled,
        "rooms": held.rooms.len(),
        "unread": held.unread.len(),
        "blocked_s": pauses.iter().filter_map(|pause| pause["left_s"].as_u64()).max(),
    })
}

/// Where somebody failed to log in to it too often, and how long nobody may try there.
fn pauses(world: &World, name: &str, now: Now) -> Vec<Value> {
    let folded = fold(name);
    let pauses = world.lockouts.list(now.uptime_ms).into_iter();
    pauses
        .filter(|pause| *pause.account == *folded)
        .map(|pause| {
            json!({
                "from": pause.from.to_string(),
                "failures": pause.failures,
                "left_s": pause.left.as_millis().div_ceil(1000) as u64,
            })
        })
        .collect()
}

/// Everything about an account but its secrets.
pub(super) fn show(world: &World, held: &Holding, now: Now) -> Value {
    let account = &held.account;
    let founded = world
        .registered
        .values()
        .filter(|row| row.founder == account.id);
    let mut founded: Vec<&str> = founded.map(|row| row.name.as_ref()).collect();
    founded.sort_unstable();
    let mut shown = brief(world, held, now);
    let more = json!({
        "id": account.id.0,
        "email": account.email,
        "always_on": account.always_on,
        "has_password": account.password.is_some(),
        "belongs_to": held.rooms.keys().collect::<Vec<_>>(),
        "founded": founded,
        "unread_bytes": held.unread_bytes,
        "silenced": account.silenced.len(),
        "metadata": account.metadata.len(),
        "blocked": pauses(world, &account.name, now),
        "devices": sessions(world, account.id, now),
    });
    if let (Value::Object(shown), Value::Object(more)) = (&mut shown, more) {
        shown.extend(more);
    }
    shown
}

/// The devices that are logged in to an account, the oldest first.
fn sessions(world: &World, account: AccountId, now: Now) -> Value {
    let sessions = world.sessions_of(account).into_iter();
    let described = sessions.filter_map(|id| {
        let session = world.session(id)?;
        let nick = session.user().and_then(|user| world.user(user));
        Some(json!({
            "id": id.to_string(),
            "name": nick.map(|user| user.nick.as_str()),
            "address": session.peer.address,
            "idle_s": now.uptime_ms.saturating_sub(session.heard_ms) / 1000,
            "connected_s": now.uptime_ms.saturating_sub(session.opened.uptime_ms) / 1000,
            "since": time::to_text(session.opened.unix_ms),
        }))
    });
    described.collect()
}

/// Keeps an account as it is now, if anything can be stored.
pub(super) fn keep(world: &mut World, out: &mut Effects, record: Record) -> Result<(), Answer> {
    must_store(world)?;
    world.keep(out, record);
    Ok(())
}

/// Nothing changes while nothing can be stored.
pub(super) fn must_store(world: &World) -> Result<(), Answer> {
    if world.is_read_only {
        let text =
            "nothing can be stored at the moment, so nothing was changed; see chat admin status";
        return Err(refused(Code::Storage, text));
    }
    Ok(())
}

fn enable(world: &mut World, out: &mut Effects, name: &str) -> Outcome {
    let mut account = named(world, name)?.account.clone();
    let was = account.disabled.take();
    let name = account.name.clone();
    if was.is_some() {
        keep(world, out, Record::Account(Box::new(account)))?;
    }
    Ok(json!({"enabled": name, "was_disabled": was}))
}

pub(super) fn disable(
    world: &mut World,
    out: &mut Effects,
    name: &str,
    reason: Option<&str>,
    now: Now,
) -> Outcome {
    let mut account = named(world, name)?.account.clone();
    let given = reason.unwrap_or_default().trim();
    let given = given.replace(|c: char| c.is_control(), " ");
    let reason = match given.as_str() {
        "" => "by an operator",
        given => cut(given, world.config.limits.kick),
    };
    account.disabled = Some(reason.into());
    let (id, name) = (account.id, account.name.clone());
    keep(world, out, Record::Account(Box::new(account)))?;
    let told = format!("Your account is disabled: {reason}");
    let sessions = end(world, out, id, &told, now);
    Ok(json!({"disabled": name, "reason": reason, "sessions": sessions}))
}

/// Ends every session of an account; tells how many.
fn end(world: &mut World, out: &mut Effects, account: AccountId, told: &str, now: Now) -> usize {
    let before = world.sessions_of(account).len();
    for user in world.presences_of(account) {
        disconnect(world, out, user, Some(told), now);
    }
    // Those that are logged in and have not arrived.
    for session in world.sessions_of(account) {
        world.expel(out, session, told, now);
    }
    before
}

pub(super) fn delete(world: &mut World, out: &mut Effects, name: &str, now: Now) -> Outcome {
    let account = &named(world, name)?.account;
    let (id, name) = (account.id, account.name.clone());
    let founded = world.registered.values().filter(|row| row.founder == id);
    let mut rooms: Vec<Box<str>> = founded.map(|row| row.name.clone()).collect();
    rooms.sort_unstable();
    must_store(world)?;
    let sessions = world.sessions_of(id).len();
    world.drop_account(out, id, now);
    Ok(json!({"deleted": name, "sessions": sessions, "founded": rooms}))
}

/// How much waits for an account, and no word of it.
pub(super) fn inbox(world: &World, name: &str) -> Outcome {
    let held = named(world, name)?;
    let limits = &world.config.inbox;
    let senders: BTreeSet<&str> = held.unread.iter().map(|unread| &*unread.from).collect();
    let oldest = held.unread.front().map(|unread| unread.at.unix_ms());
    Ok(json!({
        "account": held.account.name,
        "messages": held.unread.len(),
        "most_messages": limits.max_messages,
        "bytes": held.unread_bytes,
        "most_bytes": limits.max_bytes,
        "senders": senders.len(),
        "oldest": oldest.map(time::to_text),
    }))
}

fn unblock(world: &mut World, name: &str) -> Outcome {
    let networks = world.lockouts.forgive(name);
    if networks == 0 {
        // Names without an account are paused too, so that a pause tells nothing.
        named(world, name)?;
    }
    Ok(json!({"unblocked": name, "networks": networks}))
}
