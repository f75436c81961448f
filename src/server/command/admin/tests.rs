//! What operators do to accounts, and what is not done while nothing can be stored.

use crate::admin::command::look::{List, Order};
use crate::admin::command::{Answer, Code, Command, Request, VERSION};
use crate::config::Config;
use crate::config::oper::Role;
use crate::proto::msgid::Moment;
use crate::proto::name::Nick;
use crate::proto::time;
use crate::server::command::admin::accounts::{delete, disable, inbox, show};
use crate::server::command::admin::password::{change_password, create, must_be_free};
use crate::server::command::admin::{Errand, handle, resume};
use crate::server::world::effects::{Effect, Effects};
use crate::server::world::event::{
    Ask, Found, Kept, Now, Officer, Origin, Peer, SessionId, Ticket,
};
use crate::server::world::load::{Load, Loads};
use crate::server::world::user::Arrival;
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

/// Lets so many people in, `u0` first.
fn people(world: &mut World, count: u32) {
    for index in 0..count {
        let id = SessionId {
            index,
            generation: 1,
        };
        let peer = Peer {
            host: "h".into(),
            address: "h:1".into(),
            ip: None,
            secured: None,
            via: None,
            is_web: false,
        };
        world.open(id, peer, Now::default());
        let arrival = Arrival {
            nick: Nick::new(&format!("u{index}"), 30).unwrap(),
            username: "u".into(),
            host: "h".into(),
            realname: "U".into(),
            away: None,
            account: None,
        };
        world.let_in(id, arrival, Now::default()).unwrap();
    }
}

/// Has a request carried out, answering what it asks; returns the answer and how many steps it took.
fn ask(world: &mut World, command: Command, loads: &Loads) -> (Answer, usize) {
    let by = Officer {
        name: "root".into(),
        role: Role::Admin,
        from: Origin::Socket { uid: 0, pid: 1 },
    };
    let errand = Errand {
        ticket: Ticket(1),
        by: &by,
    };
    let request = Request {
        v: VERSION,
        request: command,
    };
    let mut out = Effects::default();
    handle(world, &mut out, errand, &request, Now::default());
    for step in 1.. {
        let (mut asked, mut answer) = (None, None);
        for effect in out.iter() {
            match effect {
                Effect::AskFor(_, chore, Ask::Loads) => {
                    asked = Some((chore.clone(), Found::Loads(loads.clone())));
                }
                Effect::AskFor(_, chore, Ask::Turn) => asked = Some((chore.clone(), Found::Turn)),
                Effect::Answer(_, told) => answer = Some(told.clone()),
                other => panic!("{other:?}"),
            }
        }
        if let Some(answer) = answer {
            return (answer, step);
        }
        let (chore, found) = asked.expect("nothing comes of it");
        out = Effects::default();
        resume(world, &mut out, errand, chore, found, Now::default());
    }
    unreachable!()
}

#[test]
fn a_long_list_is_made_in_portions_and_is_whole() {
    let mut world = world();
    people(&mut world, 450);
    let list = Command::List(List::default());
    let (answer, steps) = ask(&mut world, list, &Loads::default());
    let rows = answer.data.unwrap();
    let rows = rows.as_array().unwrap();
    assert_eq!((rows.len(), steps), (450, 4));
    assert!(world.listings.is_empty());
    let mut names: Vec<&str> = rows
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    assert!(names.is_sorted());
    names.dedup();
    assert_eq!((names.len(), answer.truncated), (450, false));
}

#[test]
fn who_has_most_waiting_comes_first() {
    let mut world = world();
    people(&mut world, 3);
    let load = |queued| Load {
        generation: 1,
        queued,
        ..Load::default()
    };
    let loads = Loads(vec![
        load(5),
        load(7),
        Load {
            generation: 2,
            ..load(9)
        },
    ]);
    let asked = List {
        sort: Order::Queue,
        limit: Some(2),
        ..List::default()
    };
    let (answer, _) = ask(&mut world, Command::List(asked), &loads);
    let rows = answer.data.unwrap();
    // The third place is somebody else's by now.
    assert_eq!([&rows[0]["name"], &rows[1]["name"]], ["u1", "u0"]);
    assert_eq!((&rows[0]["queue"], rows[2].is_null()), (&7.into(), true));
    assert!(answer.truncated);
}
