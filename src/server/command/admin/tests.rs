//! What operators do to accounts, and what is not done while nothing can be stored.

use crate::admin::command::Code;
use crate::config::Config;
use crate::proto::msgid::Moment;
use crate::proto::time;
use crate::server::command::admin::accounts::{delete, disable, inbox, show};
use crate::server::command::admin::password::{change_password, create, must_be_free};
use crate::server::world::effects::Effects;
use crate::server::world::event::{Kept, Now};
use crate::server::world::{Identity, World};
use crate::store::record::account::{AccountId, ScramKeys, Secret};
use crate::store::record::{Record, Unread};
use std::sync::Arc;

/// What is kept of a password, in words that are easily found.
fn kept() -> Kept {
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
fn make(world: &mut World, name: &str) -> AccountId {
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

fn world() -> World {
    World::new(
        Arc::new(Config::default()),
        Identity::default(),
        Now::default(),
    )
}

#[test]
fn while_nothing_can_be_stored_nothing_changes() {
    let (mut world, mut out) = (world(), Effects::default());
    let ann = make(&mut world, "ann");
    world.is_read_only = true;
    let now = Now::default();
    for outcome in [
        create(&mut world, &mut out, "bob", kept(), now),
        change_password(&mut world, &mut out, ann, kept()),
        disable(&mut world, &mut out, "ann", None, now),
        delete(&mut world, &mut out, "ann", now),
    ] {
        let failure = outcome.unwrap_err().error.unwrap();
        assert_eq!(failure.code, Code::Storage);
    }
    assert!(out.is_empty());
    assert_eq!(world.accounts.get(ann).unwrap().account.disabled, None);
    assert_eq!(world.accounts.count(), 1);
}

#[test]
fn an_inbox_is_counted_and_not_told() {
    let (mut world, mut out) = (world(), Effects::default());
    let account = make(&mut world, "ann");
    for (from, ms) in [("bob", 1000), ("eve", 2000), ("bob", 3000)] {
        let unread = Unread {
            account,
            from: from.into(),
            at: Moment::new(ms, 0),
            bytes: 10,
        };
        world.keep(&mut out, Record::Unread(unread));
    }
    let told = inbox(&world, "ANN").unwrap();
    assert_eq!(
        [&told["messages"], &told["bytes"], &told["senders"]],
        [3, 30, 2]
    );
    assert_eq!(told["oldest"], time::to_text(1000));
    let text = told.to_string();
    assert!(!text.contains("bob") && !text.contains("eve"), "{text}");
}

#[test]
fn no_answer_holds_what_a_password_is_verified_with() {
    let mut world = world();
    make(&mut world, "ann");
    let held = world.accounts.named("ann").unwrap();
    let told = show(&world, held, Now::default()).to_string();
    for secret in ["phc", "stored", "salt"] {
        assert!(!told.contains(secret), "{told}");
    }
}
