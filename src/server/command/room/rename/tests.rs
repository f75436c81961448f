//! What becomes of a room that is renamed.

use crate::proto::cap::Cap;
use crate::proto::msgid::Moment;
use crate::server::command::rehearsal::Rehearsal;
use crate::store::Snapshot;
use crate::store::record::Record;

/// Ann is operator of #x, with the capability; bob is in it without.
fn rehearsal() -> Rehearsal {
    let mut all = Rehearsal::new();
    all.login("ann", &[Cap::ChannelRename, Cap::StandardReplies], Some(1));
    all.login("bob", &[Cap::ExtendedJoin], Some(2));
    all.say("ann", "JOIN #x");
    all.say("bob", "JOIN #x");
    all.say("ann", "TOPIC #x :tea");
    all
}

#[test]
fn those_who_know_it_see_it_and_the_others_leave_and_enter() {
    let mut all = rehearsal();
    assert_eq!(
        all.say("ann", "RENAME #X #y :better"),
        [
            "bob :bob!bob@h PART #x :better",
            "bob :bob!bob@h JOIN #y bob :bob",
            "bob :server 332 bob #y :tea",
            "bob :server 333 bob #y ann!ann@h 1795161600",
            "bob :server 353 bob = #y :@ann bob",
            "bob :server 366 bob #y :End of NAMES",
            "ann :ann!ann@h RENAME #x #y :better",
        ]
    );
    assert!(all.world.room_named("#x").is_none() && all.world.room_named("#y").is_some());
    assert_eq!(
        all.say("ann", "RENAME #y #Y"),
        ["ann :ann!ann@h RENAME #y #Y :"]
    );
    assert_eq!(all.world.rooms().next().unwrap().1.name.to_string(), "#Y");
    assert_eq!(
        all.say("bob", "PRIVMSG #y :hi"),
        ["ann :bob!bob@h PRIVMSG #Y :hi"]
    );
}

#[test]
fn a_rename_is_refused_with_its_reason() {
    let mut all = rehearsal();
    all.login("eve", &[Cap::StandardReplies], None);
    all.say("eve", "JOIN #taken");
    for (who, line, answer) in [
        ("ann", "RENAME #x", "461 ann RENAME"),
        ("ann", "RENAME #none #y", "403 ann #none"),
        ("eve", "RENAME #x #y", "442 eve #x"),
        ("bob", "RENAME #x #y", "482 bob #x"),
        (
            "ann",
            "RENAME #x #TAKEN",
            "FAIL RENAME CHANNEL_NAME_IN_USE #x #TAKEN :",
        ),
        ("ann", "RENAME #x y", "FAIL RENAME CANNOT_RENAME #x y :"),
        ("ann", "RENAME #x :a b", "FAIL RENAME CANNOT_RENAME #x a :"),
        ("ann", "RENAME #x #x", "FAIL RENAME CANNOT_RENAME #x #x :"),
    ] {
        let told = all.say(who, line);
        assert!(
            told.len() == 1 && told[0].contains(answer),
            "{line}: {told:?}"
        );
    }
    let told: Vec<String> = (0..10)
        .flat_map(|n| {
            all.say(
                "ann",
                &format!(
                    "RENAME #x{} #x{n}",
                    if n == 0 {
                        String::new()
                    } else {
                        (n - 1).to_string()
                    }
                ),
            )
        })
        .collect();
    assert!(
        told.iter().any(|line| line.contains("too often")),
        "{told:?}"
    );
}

#[test]
fn what_is_kept_moves_along() {
    let mut all = rehearsal();
    all.say("ann", "CS REGISTER #x");
    all.world.apply(&Record::Member {
        account: crate::store::record::account::AccountId(2),
        room: "#x".into(),
        since: Some(Moment(7)),
    });
    let before = all.records.len();
    all.say("ann", "RENAME #x #y");
    let aside = |record: &Record| matches!(record, Record::RoomRenamed { from, to } if &**from == "#y" && to.starts_with("#y "));
    assert!(aside(&all.records[before]));
    let moved = Record::RoomRenamed {
        from: "#x".into(),
        to: "#y".into(),
    };
    assert_eq!(all.records[before + 1], moved);
    assert_eq!(&*all.world.row_named("#y").unwrap().name, "#y");
    assert!(all.world.row_named("#x").is_none());
    assert!(
        all.world
            .accounts
            .named("bob")
            .unwrap()
            .rooms
            .contains_key("#y")
    );
    let mut later = Rehearsal::new();
    let snapshot = Snapshot {
        records: all.records.clone(),
        ..Snapshot::default()
    };
    later.world.restore(&snapshot);
    assert!(later.world.row_named("#y").is_some() && later.world.row_named("#x").is_none());
}

#[test]
fn a_rename_that_could_not_be_stored_did_not_happen() {
    let mut all = rehearsal();
    let last = all.world.stamps.moment(all.now.unix_ms);
    all.say("ann", "RENAME #x #y");
    all.world.restore(&Snapshot {
        last,
        ..Snapshot::default()
    });
    assert!(all.world.room_named("#x").is_some() && all.world.room_named("#y").is_none());
    all.world.check().unwrap();
    all.world.is_read_only = true;
    let told = all.say("ann", "RENAME #x #y");
    assert!(
        told.len() == 1 && told[0].contains("FAIL RENAME STORAGE"),
        "{told:?}"
    );
    assert!(all.world.room_named("#x").is_some());
}
