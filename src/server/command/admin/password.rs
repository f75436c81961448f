//! New passwords: of accounts that an operator makes, and of those that are there. They are hashed aside.

use crate::admin::command::{Answer, Code};
use crate::proto::name::AccountName;
use crate::proto::weak::password_fault;
use crate::server::command::admin::accounts::keep;
use crate::server::command::admin::{Outcome, refused};
use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Ask, Errand, Kept, Now, Ticket};
use crate::store::record::Record;
use crate::store::record::account::{Account, AccountId, Secret};
use serde_json::json;
use std::collections::BTreeMap;

/// Has the password of an errand hashed, if both are good.
pub(super) fn hash(
    world: &World,
    out: &mut Effects,
    ticket: Ticket,
    errand: Result<Errand, Answer>,
    name: &str,
    password: &str,
) -> Option<Outcome> {
    let accounts = &world.config.accounts;
    let fault = password_fault(password, name, accounts.max_password_bytes);
    let errand = match (errand, fault) {
        (Err(answer), _) => return Some(Err(answer)),
        (Ok(_), Some(fault)) => return Some(Err(refused(Code::BadPassword, fault.text()))),
        (Ok(errand), None) => errand,
    };
    let ask = Ask::Hash {
        password: Secret(password.into()),
        cost: accounts.hash_cost,
    };
    out.ask_for(ticket, errand, ask);
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

#[cfg(test)]
pub(super) mod tests {
    use crate::admin::command::Code;
    use crate::config::Config;
    use crate::server::command::admin::password::{create, must_be_free};
    use crate::server::world::Identity;
    use crate::server::world::World;
    use crate::server::world::effects::Effects;
    use crate::server::world::event::{Kept, Now};
    use crate::store::record::Record;
    use crate::store::record::account::ScramKeys;
    use crate::store::record::account::{AccountId, Secret};
    use std::sync::Arc;

    /// What is kept of a password, in words that are easily found.
    pub(in crate::server::command::admin) fn kept() -> Kept {
        let secret = |text: &str| Secret(text.into());
        Kept {
            password: secret("phc"),
            scram: ScramKeys {
                salt: "salt".into(),
                iterations: 4096,
                stored_key: secret("stored"),
                server_key: secret("server"),
            },
        }
    }

    /// Makes an account.
    pub(in crate::server::command::admin) fn make(world: &mut World, name: &str) -> AccountId {
        let mut out = Effects::default();
        create(world, &mut out, name, kept(), Now::default()).unwrap();
        assert!(matches!(out.records(), [Record::Account(_)]));
        world.accounts.named(name).unwrap().account.id
    }

    #[test]
    fn a_name_that_looks_like_an_account_is_taken() {
        let mut world = World::new(
            Arc::new(Config::default()),
            Identity::default(),
            Now::default(),
        );
        make(&mut world, "alice");
        for (name, code) in [
            ("ALICE", Code::AccountExists),
            ("a1ice", Code::AccountExists),
            ("chanserv", Code::BadName),
            ("a b", Code::BadName),
        ] {
            let refused = must_be_free(&world, name).unwrap_err();
            assert_eq!(refused.error.unwrap().code, code, "{name}");
        }
        assert!(must_be_free(&world, "alicia").is_ok());
    }
}
