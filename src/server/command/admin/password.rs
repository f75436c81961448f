//! New passwords: of accounts that an operator makes, and of those that are there. They are hashed aside.

use crate::admin::command::{Answer, Code};
use crate::proto::name::AccountName;
use crate::proto::weak::password_fault;
use crate::server::command::admin::accounts::keep;
use crate::server::command::admin::{Outcome, refused};
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Ask, Chore, Kept, Now, Ticket};
use crate::store::record::Record;
use crate::store::record::account::{Account, AccountId, Secret};
use serde_json::json;
use std::collections::BTreeMap;

/// Has the password of an chore hashed, if both are good.
pub(super) fn hash(
    world: &World,
    out: &mut Effects,
    ticket: Ticket,
    chore: Result<Chore, Answer>,
    name: &str,
    password: &str,
) -> Option<Outcome> {
    let accounts = &world.config.accounts;
    let fault = password_fault(password, name, accounts.max_password_bytes);
    let chore = match (chore, fault) {
        (Err(answer), _) => return Some(Err(answer)),
        (Ok(_), Some(fault)) => return Some(Err(refused(Code::BadPassword, fault.text()))),
        (Ok(chore), None) => chore,
    };
    let ask = Ask::Hash {
        password: Secret(password.into()),
        cost: accounts.hash_cost,
    };
    out.ask_for(ticket, chore, ask);
    None
}

/// Whether a new account may have this name.
pub(super) fn must_be_free(world: &World, name: &str) -> Result<(), Answer> {
    let limit = world.config.limits.nick;
    if AccountName::new(name, limit).is_none() {
        let text = format!(
            "\"{name}\" is no name for an account: it has letters, digits and -_[]\\{{}}|^`, begins with no \
             digit or hyphen, and has at most {limit} bytes"
        );
        return Err(refused(Code::BadName, text));
    }
    if world.is_unownable(name) {
        let text = format!("\"{name}\" is reserved for the server");
        return Err(refused(Code::BadName, text));
    }
    let twin = world.accounts.resembling(name);
    let twin = twin.and_then(|id| world.accounts.get(id));
    match twin.map(|held| held.account.name.as_ref()) {
        None => Ok(()),
        Some(twin) => {
            let text = match twin.eq_ignore_ascii_case(name) {
                true => format!("There is an account \"{twin}\" already"),
                false => format!("\"{name}\" looks like the account \"{twin}\""),
            };
            Err(refused(Code::AccountExists, text))
        }
    }
}

/// There is a new account, whose password is hashed.
pub(super) fn create(
    world: &mut World,
    out: &mut Effects,
    name: &str,
    kept: Kept,
    now: Now,
) -> Outcome {
    must_be_free(world, name)?;
    let account = Account {
        id: world.accounts.next_id(),
        name: name.into(),
        created_ms: now.unix_ms,
        password: Some(kept.password),
        scram: Some(kept.scram),
        email: None,
        certificates: Vec::new(),
        disabled: None,
        always_on: None,
        silenced: Vec::new(),
        metadata: BTreeMap::new(),
    };
    let id = account.id.0;
    keep(world, out, Record::Account(Box::new(account)))?;
    Ok(json!({"created": name, "id": id}))
}

/// The account has the password that is hashed.
pub(super) fn change_password(
    world: &mut World,
    out: &mut Effects,
    account: AccountId,
    kept: Kept,
) -> Outcome {
    let Some(held) = world.accounts.get(account) else {
        return Err(refused(Code::NoSuchAccount, "the account is gone by now"));
    };
    let mut account = held.account.clone();
    account.password = Some(kept.password);
    account.scram = Some(kept.scram);
    let (id, name) = (account.id, account.name.clone());
    keep(world, out, Record::Account(Box::new(account)))?;
    world.lockouts.forgive(&name);
    Ok(json!({"changed": name, "sessions": world.sessions_of(id).len()}))
}
