//! Slow work, and what is told of it.

use super::*;
use crate::config::password::Password;
use crate::server::world::event::SessionId;
use async_io::block_on;
use std::path::Path;

fn nowhere() -> Place {
    Place {
        keyring: Keyring::new(Path::new("")),
        data: PathBuf::new(),
        gauges: Arc::default(),
        work: None,
    }
}

fn session(index: u32) -> Asker {
    Asker::Session(SessionId {
        index,
        generation: 1,
    })
}

fn job(index: u32, ask: Ask) -> Job {
    Job {
        by: Some(session(index)),
        ask,
        config: Arc::default(),
    }
}

#[test]
fn what_is_kept_of_a_password_admits_it_and_shows_nothing() {
    let worker = Worker::start(None, &nowhere(), Audit::off()).unwrap();
    let password = Secret("correct horse".into());
    let cost = HashCost::Test;
    worker.take(job(1, Ask::Hash { password, cost }));
    let Some(Done::Found(by, Found::Hashed(kept))) = block_on(worker.done()) else {
        panic!("nothing was hashed");
    };
    assert_eq!(by, session(1));
    assert!(!format!("{kept:?}").contains(&*kept.scram.stored_key.0));
    for (given, expected) in [("correct horse", true), ("horse", false)] {
        let password = Password::new(&kept.password.0).unwrap();
        let given = Secret(given.into());
        worker.take(job(2, Ask::Password { password, given }));
        let Some(Done::Found(_, Found::Password(admitted))) = block_on(worker.done()) else {
            panic!("nothing was compared");
        };
        assert_eq!(admitted, expected);
    }
}

#[test]
fn two_passwords_have_different_salts() {
    let keep = || match keep("secret", HashCost::Test) {
        Found::Hashed(kept) => kept,
        other => panic!("{other:?}"),
    };
    let (one, other) = (keep(), keep());
    assert_ne!(one.password, other.password);
    assert_ne!(one.scram.salt, other.scram.salt);
}

#[test]
fn what_is_stored_is_verified_once_at_a_time() {
    let (go, wait) = async_channel::bounded::<()>(1);
    let damage = Damage {
        table: "message".into(),
        row: "7".into(),
        what: "is not what was stored".into(),
    };
    let found = vec![damage];
    let verifier: Verifier = {
        let found = found.clone();
        Arc::new(move || {
            let _ = wait.recv_blocking();
            Ok(found.clone())
        })
    };
    let worker = Worker::start(Some(verifier), &nowhere(), Audit::off()).unwrap();
    worker.take(job(1, Ask::Verify));
    worker.take(job(2, Ask::Verify));
    let done = || block_on(worker.done()).unwrap();
    assert!(matches!(done(), Done::Found(by, Found::Busy) if by == session(2)));
    go.send_blocking(()).unwrap();
    let told = |done| matches!(done, Done::Found(_, Found::Verified(Ok(told))) if told == found);
    assert!(told(done()));
    go.send_blocking(()).unwrap();
    worker.take(job(3, Ask::Verify));
    assert!(told(done()));
}

#[test]
fn beyond_the_queue_the_answer_is_that_too_much_is_asked() {
    let worker = Worker::start(None, &nowhere(), Audit::off()).unwrap();
    let many = WAITING as u32 * 4;
    for index in 0..many {
        let password = Secret("secret".into());
        let cost = HashCost::Normal;
        worker.take(job(index, Ask::Hash { password, cost }));
    }
    let (mut hashed, mut busy) = (0, 0);
    for _ in 0..many {
        match block_on(worker.done()) {
            Some(Done::Found(_, Found::Hashed(_))) => hashed += 1,
            Some(Done::Found(_, Found::Busy)) => busy += 1,
            other => panic!("{other:?}"),
        }
        if busy > 0 && hashed > 0 {
            return;
        }
    }
    panic!("{hashed} hashed, {busy} refused");
}
