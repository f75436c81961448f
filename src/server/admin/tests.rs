//! Who finds a place at the operator's door, and what is recorded of requests.

use super::*;
use crate::admin::command::VERSION;
use crate::server::world::deed::Wanted;
use async_io::block_on;

fn caller(standing: Standing) -> Caller {
    Caller {
        name: "eve".into(),
        uid: 1001,
        pid: 7,
        groups: Vec::new(),
        standing,
    }
}

#[test]
fn those_of_the_group_leave_places_to_the_owner() {
    let house = House {
        control: async_channel::bounded(1).0,
        audit: Audit::off(),
        gid: Some(7),
        guests: Arc::default(),
    };
    let guest = || house.seat(&caller(Standing::Guest));
    let mut seats: Vec<_> = (0..MAX_GUESTS).map(|_| guest().unwrap()).collect();
    assert!(guest().is_err() && guest().is_err());
    assert!(matches!(house.seat(&caller(Standing::Owner)), Ok(None)));
    seats.pop();
    assert!(guest().is_ok());
}

/// What is recorded when somebody asks this and is answered so.
fn recorded(command: Command, answer: &Answer) -> Vec<serde_json::Value> {
    let data = tempfile::tempdir().unwrap();
    let audit = Audit::start(data.path()).unwrap();
    let (control, controlled) = async_channel::unbounded();
    let house = House {
        control,
        audit: audit.clone(),
        gid: None,
        guests: Arc::default(),
    };
    let caller = caller(Standing::Guest);
    let request = Request {
        v: VERSION,
        request: command,
    };
    let asked = house.answer(&request, &caller);
    let answers = async {
        if let Ok(Control::Admin { reply, .. }) = controlled.recv().await {
            reply.send(answer.clone()).await.unwrap();
        }
        std::future::pending().await
    };
    assert_eq!(&block_on(or(asked, answers)), answer);
    audit.flush();
    let all = Wanted {
        count: 9,
        user: None,
        command: None,
        since_ms: 0,
    };
    audit.find(&all).unwrap().found
}

#[test]
fn what_changes_something_is_recorded_and_of_questions_only_those_that_are_denied() {
    let done = Answer::ok(serde_json::Value::Null);
    let denied = Answer::failed(Code::NotAllowed, "no", Vec::new());
    assert!(recorded(Command::Status, &done).is_empty());
    for (command, answer, result) in [
        (Command::Undrain, &done, "done"),
        (Command::Undrain, &denied, "not_allowed"),
        (Command::Status, &denied, "not_allowed"),
    ] {
        let found = recorded(command, answer);
        assert!(
            found.len() == 1 && found[0]["result"] == result && found[0]["user"] == "eve",
            "{found:?}"
        );
    }
}
