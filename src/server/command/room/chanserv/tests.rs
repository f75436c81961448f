//! What ChanServ does for rooms.

use crate::proto::cap::Cap;
use crate::server::command::rehearsal::Rehearsal;
use crate::store::Snapshot;
use crate::store::record::Record;
use crate::store::record::account::AccountId;

/// Ann (account 1) has registered #x; bob (account 2) is in it too, eve has no account and is outside.
fn rehearsal() -> Rehearsal {
    let mut all = Rehearsal::new();
    all.login("ann", &[Cap::StandardReplies], Some(1));
    all.login("bob", &[], Some(2));
    all.login("eve", &[], None);
    all.say("ann", "JOIN #x");
    all.say("bob", "JOIN #x");
    assert_eq!(
        all.say("ann", "CS REGISTER #X"),
        [
            "bob :server MODE #x +q ann",
            "ann :server MODE #x +q ann",
            "ann :server NOTE CHANSERV ROOM_REGISTERED #x :#x is registered; it is yours from now on",
        ]
    );
    all
}

#[test]
fn a_registered_room_outlives_its_emptiness() {
    let mut all = rehearsal();
    all.say("ann", "TOPIC #x :tea");
    all.say("ann", "MODE #x +skl key 5");
    all.say("ann", "MODE #x +o bob");
    all.say("ann", "MODE #x +b eve!*@*");
    all.say("ann", "PART #x");
    all.say("bob", "PART #x");
    assert_eq!(all.world.room_count(), 0);
    assert_eq!(
        all.say("eve", "JOIN #x key"),
        ["eve :server 474 eve #x :Cannot join: you are banned (+b)"]
    );
    assert_eq!(
        all.say("bob", "JOIN #x"),
        ["bob :server 475 bob #x :Cannot join: the key is wrong (+k)"]
    );
    let told = all.say("bob", "JOIN #x key");
    assert_eq!(
        told[..3],
        [
            "bob :bob!bob@h JOIN #x",
            "bob :server MODE #x +o bob",
            "bob :server 332 bob #x :tea"
        ]
    );
    assert!(
        told.contains(&"bob :server 353 bob @ #x :@bob".to_owned()),
        "{told:?}"
    );
    assert!(all.say("bob", "MODE #x")[0].ends_with("324 bob #x +klnst key 5"));
    // Nobody is kept out of what is theirs.
    assert!(
        all.say("ann", "JOIN #x")
            .contains(&"bob :server MODE #x +qo ann ann".to_owned())
    );
}

#[test]
fn a_rank_that_was_taken_is_not_given_again() {
    let mut all = rehearsal();
    all.say("ann", "MODE #x +o bob");
    all.say("ann", "MODE #x -o bob");
    all.say("bob", "PART #x");
    let told = all.say("bob", "JOIN #x");
    assert!(!told.iter().any(|line| line.contains("MODE")), "{told:?}");
}

#[test]
fn a_later_life_of_the_server_knows_the_room() {
    let mut all = rehearsal();
    all.say("ann", "TOPIC #x :tea");
    let mut later = Rehearsal::new();
    later.world.restore(&Snapshot {
        records: all.records.clone(),
        ..Snapshot::default()
    });
    later.login("ann", &[], Some(1));
    let told = later.say("ann", "JOIN #x");
    assert!(
        told.contains(&"ann :server 332 ann #x :tea".to_owned()),
        "{told:?}"
    );
    assert!(
        told.contains(&"ann :server 353 ann = #x :~ann".to_owned()),
        "{told:?}"
    );
}

#[test]
fn what_could_not_be_stored_is_taken_back() {
    let mut all = rehearsal();
    all.say("ann", "TOPIC #x :tea");
    let records: Vec<Record> = all.records.clone();
    all.say("ann", "TOPIC #x :coffee");
    all.say("ann", "MODE #x +om bob");
    all.log_in("ann", 1);
    let accounts = ["ann", "bob"].map(|name| {
        Record::Account(Box::new(
            all.world.accounts.named(name).unwrap().account.clone(),
        ))
    });
    let snapshot = Snapshot {
        records: accounts.into_iter().chain(records).collect(),
        ..Snapshot::default()
    };
    all.world.restore(&snapshot);
    all.world.is_read_only = true;
    assert!(all.say("ann", "TOPIC #x")[0].ends_with("332 ann #x :tea"));
    assert!(all.say("bob", "MODE #x")[0].ends_with("324 bob #x +nt"));
    assert!(all.say("bob", "NAMES #x")[0].ends_with(":~ann bob"));
    for line in ["TOPIC #x :more", "MODE #x +m", "CS DROP #x"] {
        let told = all.say("ann", line);
        assert!(told.len() == 1 && told[0].contains(" STORAGE "), "{told:?}");
    }
    assert!(all.say("ann", "MODE #x b")[0].contains("368"));
}

#[test]
fn it_belongs_to_one_account() {
    let mut all = rehearsal();
    for (line, words) in [
        ("CS REGISTER #x", "You are not an operator of that room"),
        ("CS DROP #x", "#x: That room is not yours"),
        ("CS TRANSFER #x bob", "#x: That room is not yours"),
        ("CS INFO #y", "#y: There is no such registered room"),
        ("CS NONSENSE", "I do not understand; HELP tells what I know"),
    ] {
        let told = all.say("bob", line);
        assert!(told.len() == 1 && told[0].ends_with(words), "{told:?}");
    }
    assert_eq!(
        all.say("eve", "CHANSERV DROP #x"),
        ["eve :ChanServ!ChanServ@services.server NOTICE eve :Log in to an account first"]
    );
    assert!(
        all.say("ann", "CS TRANSFER #x nobody")[0].contains("FAIL CHANSERV ACCOUNT_UNKNOWN nobody")
    );
    assert_eq!(
        all.say("ann", "PRIVMSG chanserv :transfer #x bob"),
        [
            "bob :server MODE #x -q ann",
            "bob :server MODE #x +q bob",
            "ann :server MODE #x -q ann",
            "ann :server MODE #x +q bob",
            "ann :ChanServ!ChanServ@services.server NOTICE ann :#x is bob's from now on",
        ]
    );
    assert!(
        all.say("bob", "CS DROP #x")
            .contains(&"ann :server MODE #x +o-q bob bob".to_owned())
    );
    assert!(all.world.registered.is_empty());
}

#[test]
fn a_secret_room_is_known_to_those_who_belong_to_it() {
    let mut all = rehearsal();
    all.say("ann", "MODE #x +s");
    assert!(all.say("bob", "CS INFO #x")[0].contains("is ann's"));
    for line in ["CS INFO #x", "CS INFO #none"] {
        assert!(all.say("eve", line)[0].ends_with("There is no such registered room"));
    }
    all.say("ann", "PART #x");
    all.say("bob", "PART #x");
    assert!(all.say("bob", "CS INFO #x")[0].ends_with("There is no such registered room"));
    assert!(all.say("ann", "CS INFO #x")[0].contains("ROOM_INFO #x ann 2026-11-20T08:00:00.000Z"));
}

#[test]
fn rooms_go_with_the_account_of_their_founder() {
    let mut all = rehearsal();
    let mut out = crate::server::world::effects::Effects::default();
    all.world.keep(&mut out, Record::AccountGone(AccountId(1)));
    assert_eq!(
        out.take_records(),
        [
            Record::RoomGone("#x".into()),
            Record::AccountGone(AccountId(1))
        ]
    );
    assert!(all.world.registered.is_empty());
}
