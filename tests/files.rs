//! What doors for files are answered: who may, how much, and that the sums are right whatever happens.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "support/world.rs"]
mod world;

use chat::config::Config;
use chat::config::files::{Links, Uploads};
use chat::proto::file_name::LONGEST;
use chat::server::world::event::Event;
use chat::server::world::file::{FileAnswer, FileAsk, Origin, Proof, Quota, Refused, UploadId};
use chat::store::Store;
use chat::store::record::account::Secret;
use chat::store::record::file::{Digest, FileId, FileRow};
use proptest::prelude::{Strategy, prop_oneof, proptest};
use std::collections::BTreeSet;
use world::Bench;

fn config() -> Config {
    let mut config = Config::default();
    config.server.name = "server".into();
    config.lobby = None;
    config.files.max_bytes = 100;
    config.files.per_account = 200;
    config.files.total = 500;
    config
}

/// Ann and bob in a room.
fn bench(config: Config) -> Bench {
    let mut bench = Bench::new(config);
    for name in ["ann", "bob"] {
        bench.login(name, "message-tags");
        bench.say(name, b"JOIN #x");
    }
    quiet(&mut bench);
    bench
}

fn quiet(bench: &mut Bench) {
    for name in ["ann", "bob"] {
        bench.read_all(name);
    }
}

/// Registers an account for whoever is called like it.
fn register(bench: &mut Bench, name: &str) {
    bench.say(name, b"REGISTER * * horse-battery-staple");
    let answer = bench.read_all(name);
    assert!(
        answer.iter().any(|line| line.contains("REGISTER SUCCESS")),
        "{answer:?}"
    );
}

fn basic(account: &str, password: &str) -> Proof {
    Proof::Basic {
        account: account.into(),
        password: Secret(password.into()),
    }
}

fn begin(bench: &mut Bench, name: &str, bytes: u64, to: Option<&str>) -> FileAnswer {
    let proof = bench.token(name);
    begin_with(bench, name, proof, bytes, to)
}

fn begin_with(
    bench: &mut Bench,
    name: &str,
    proof: Proof,
    bytes: u64,
    to: Option<&str>,
) -> FileAnswer {
    let peer = bench.peer(name);
    bench.file(FileAsk::Begin {
        proof,
        peer,
        name: "f".into(),
        bytes,
        to: to.map(Into::into),
    })
}

fn begun(answer: FileAnswer) -> UploadId {
    match answer {
        FileAnswer::Begun { upload, .. } => upload,
        other => panic!("{other:?}"),
    }
}

fn end(bench: &mut Bench, upload: UploadId, bytes: u64) -> FileAnswer {
    let digest = Digest([bytes as u8; 32]);
    bench.file(FileAsk::End {
        upload,
        digest,
        bytes,
    })
}

fn listed(answer: FileAnswer) -> FileRow {
    match answer {
        FileAnswer::Listed(row) => *row,
        other => panic!("{other:?}"),
    }
}

fn look(bench: &mut Bench, id: FileId, proof: Proof) -> FileAnswer {
    let peer = bench.peer("bob");
    bench.file(FileAsk::Look { id, proof, peer })
}

fn is_no_space(answer: &FileAnswer, quota: Quota, left: u64) -> bool {
    matches!(answer, FileAnswer::Refused(Refused::NoSpace { whose, free }) if *whose == quota && *free == left)
}

#[test]
fn what_fits_exactly_fits_and_one_byte_more_does_not() {
    let mut bench = bench(config());
    begun(begin(&mut bench, "ann", 100, None));
    let refused = begin(&mut bench, "ann", 101, None);
    assert_eq!(
        refused,
        FileAnswer::Refused(Refused::TooLarge { most: 100 })
    );
    let second = begun(begin(&mut bench, "ann", 100, None));
    let refused = begin(&mut bench, "ann", 1, None);
    assert!(is_no_space(&refused, Quota::Own, 0), "{refused:?}");
    // Nothing at all still fits.
    begun(begin(&mut bench, "ann", 0, None));
    assert_eq!(bench.file(FileAsk::Abandon(second)), FileAnswer::Done);
    let refused = begin(&mut bench, "ann", 101, None);
    assert_eq!(
        refused,
        FileAnswer::Refused(Refused::TooLarge { most: 100 })
    );
    begun(begin(&mut bench, "ann", 100, None));
    bench.hub.world().check().unwrap();
}

#[test]
fn of_two_uploads_that_only_together_exceed_the_second_is_refused_in_the_beginning() {
    let mut limited = config();
    limited.files.total = 150;
    let mut bench = bench(limited);
    register(&mut bench, "ann");
    let first = begun(begin(&mut bench, "ann", 100, None));
    let refused = begin(&mut bench, "bob", 51, None);
    assert!(is_no_space(&refused, Quota::All, 50), "{refused:?}");
    let second = begun(begin(&mut bench, "bob", 50, None));
    listed(end(&mut bench, first, 100));
    listed(end(&mut bench, second, 50));
    // A file that is gone makes room again.
    let id = bench.hub.world().files.newest().last().unwrap().id;
    bench.say("ann", format!("FILE DELETE {id}").as_bytes());
    assert_eq!(bench.unneeded, [Digest([100; 32])]);
    begun(begin(&mut bench, "bob", 100, None));
}

#[test]
fn the_number_of_files_is_bounded_in_all_and_for_each() {
    let mut limited = config();
    limited.files.max_count = 15;
    let mut bench = bench(limited);
    register(&mut bench, "ann");
    begun(begin(&mut bench, "ann", 0, None));
    let one = begun(begin(&mut bench, "ann", 0, None));
    let refused = begin(&mut bench, "ann", 0, None);
    assert!(matches!(
        refused,
        FileAnswer::Refused(Refused::NoSpace {
            whose: Quota::Count,
            ..
        })
    ));
    bench.file(FileAsk::Abandon(one));
    begun(begin(&mut bench, "ann", 0, None));
}

#[test]
fn a_picture_may_become_smaller_and_no_upload_becomes_larger() {
    let mut bench = bench(config());
    let upload = begun(begin(&mut bench, "ann", 50, None));
    assert_eq!(listed(end(&mut bench, upload, 40)).bytes, 40);
    let upload = begun(begin(&mut bench, "ann", 50, None));
    let refused = end(&mut bench, upload, 51);
    assert_eq!(refused, FileAnswer::Refused(Refused::TooLarge { most: 50 }));
    let again = end(&mut bench, upload, 50);
    assert!(
        matches!(again, FileAnswer::Refused(Refused::NoSuch(_))),
        "an upload ends once"
    );
    let world = bench.hub.world();
    assert_eq!((world.files.total().bytes, world.files.uploads()), (40, 0));
}

#[test]
fn nobody_uploads_without_proof_or_with_another_ones_or_an_old_one() {
    let mut bench = bench(config());
    let wrong = Proof::Token(Secret("x".repeat(43).into()));
    for proof in [Proof::None, wrong, Proof::Token(Secret("".into()))] {
        let refused = begin_with(&mut bench, "ann", proof, 1, None);
        assert_eq!(refused, FileAnswer::Refused(Refused::WhoAreYou));
    }
    let Proof::Token(Secret(good)) = bench.token("ann") else {
        unreachable!()
    };
    for at in 0..good.len() {
        let other = if good.as_bytes()[at] == b'A' {
            "B"
        } else {
            "A"
        };
        let mut forged = good.to_string();
        forged.replace_range(at..=at, other);
        let refused = begin_with(
            &mut bench,
            "ann",
            Proof::Token(Secret(forged.into())),
            1,
            None,
        );
        assert_eq!(refused, FileAnswer::Refused(Refused::WhoAreYou), "{at}");
    }
    begun(begin_with(
        &mut bench,
        "ann",
        Proof::Token(Secret(good.clone())),
        1,
        None,
    ));
    bench.now.unix_ms += 3600 * 1000;
    let refused = begin_with(&mut bench, "ann", Proof::Token(Secret(good)), 1, None);
    assert_eq!(refused, FileAnswer::Refused(Refused::WhoAreYou));
    let gone = bench.token("ann");
    bench.hang_up("ann");
    let refused = begin_with(&mut bench, "bob", gone, 1, None);
    assert_eq!(refused, FileAnswer::Refused(Refused::WhoAreYou));
}

#[test]
fn a_token_lives_on_when_another_process_takes_over_and_dies_with_a_restart() {
    let mut bench = bench(config());
    let token = bench.token("ann");
    bench.hand_over();
    let upload = begun(begin_with(&mut bench, "ann", token.clone(), 7, Some("#x")));
    bench.hand_over();
    listed(end(&mut bench, upload, 7));
    bench.restart();
    bench.now.unix_ms += 1;
    bench.login("bob", "");
    let refused = begin_with(&mut bench, "bob", token, 1, None);
    assert_eq!(refused, FileAnswer::Refused(Refused::WhoAreYou));
    assert_eq!(bench.hub.world().files.len(), 1);
}

#[test]
fn a_password_is_proof_and_wrong_ones_are_counted_like_those_of_a_login() {
    let mut bench = bench(config());
    register(&mut bench, "ann");
    let right = || basic("ANN", "horse-battery-staple");
    let upload = begun(begin_with(&mut bench, "bob", right(), 5, Some("#x")));
    let row = listed(end(&mut bench, upload, 5));
    assert_eq!((&*row.by, row.from), ("ann", None));
    assert!(
        bench
            .read("bob")
            .unwrap()
            .contains(":ann!ann@host PRIVMSG #x :f (5 B) http")
    );
    for account in ["ann", "nobody"] {
        for _ in 0..5 {
            let refused = begin_with(&mut bench, "bob", basic(account, "wrong"), 5, None);
            assert_eq!(refused, FileAnswer::Refused(Refused::WhoAreYou));
        }
        let refused = begin_with(
            &mut bench,
            "bob",
            basic(account, "horse-battery-staple"),
            5,
            None,
        );
        assert!(
            matches!(refused, FileAnswer::Refused(Refused::MayNot(_))),
            "{refused:?}"
        );
    }
    bench.wait(31);
    begun(begin_with(&mut bench, "bob", right(), 5, None));
}

#[test]
fn who_is_not_in_the_chat_uploads_for_a_link_and_says_nothing() {
    let mut bench = bench(config());
    register(&mut bench, "ann");
    let right = || basic("ann", "horse-battery-staple");
    let upload = begun(begin(&mut bench, "ann", 5, Some("#x")));
    bench.hang_up("ann");
    bench.read_all("bob");
    let refused = begin_with(&mut bench, "bob", right(), 5, Some("#x"));
    assert!(
        matches!(refused, FileAnswer::Refused(Refused::MayNot(_))),
        "{refused:?}"
    );
    let unlisted = begun(begin_with(&mut bench, "bob", right(), 5, None));
    listed(end(&mut bench, unlisted, 5));
    let refused = end(&mut bench, upload, 5);
    assert!(
        matches!(refused, FileAnswer::Refused(Refused::MayNot(_))),
        "{refused:?}"
    );
    assert!(bench.read_all("bob").is_empty());
    let world = bench.hub.world();
    assert_eq!((world.files.len(), world.files.uploads()), (1, 0));
    world.check().unwrap();
}

#[test]
fn an_upload_is_gone_on_with_by_who_began_it_and_nobody_else() {
    let mut bench = bench(config());
    let upload = begun(begin(&mut bench, "ann", 5, Some("#x")));
    let resume = |bench: &mut Bench, name: &str| {
        let (proof, peer) = (bench.token(name), bench.peer(name));
        bench.file(FileAsk::Resume {
            upload,
            proof,
            peer,
        })
    };
    let refused = resume(&mut bench, "bob");
    assert!(
        matches!(refused, FileAnswer::Refused(Refused::NoSuch(_))),
        "{refused:?}"
    );
    bench.hang_up("ann");
    bench.login("ann", "");
    bench.say("ann", b"JOIN #x");
    quiet(&mut bench);
    // Their connection is another one; they are the same guest.
    assert_eq!(begun(resume(&mut bench, "ann")), upload);
    listed(end(&mut bench, upload, 5));
    assert!(
        bench
            .read("bob")
            .unwrap()
            .contains(":ann!ann@host PRIVMSG #x")
    );
}

#[test]
fn what_may_not_be_said_any_more_when_it_is_complete_is_not_listed() {
    let mut bench = bench(config());
    let upload = begun(begin(&mut bench, "bob", 5, Some("#x")));
    bench.say("ann", b"MODE #x +m");
    quiet(&mut bench);
    let refused = end(&mut bench, upload, 5);
    assert!(
        matches!(refused, FileAnswer::Refused(Refused::MayNot(_))),
        "{refused:?}"
    );
    assert!(bench.read_all("ann").is_empty() && bench.read_all("bob").is_empty());
    let world = bench.hub.world();
    assert!(world.files.is_empty() && world.files.total().count == 0);
}

#[test]
fn who_may_upload_is_up_to_the_configuration() {
    for (uploads, guest, account) in [
        (Uploads::Everyone, true, true),
        (Uploads::Registered, false, true),
        (Uploads::Operators, false, false),
        (Uploads::Nobody, false, false),
    ] {
        let mut limited = config();
        limited.files.uploads = uploads;
        let mut bench = bench(limited);
        register(&mut bench, "ann");
        let is_begun = |answer| matches!(answer, FileAnswer::Begun { .. });
        assert_eq!(is_begun(begin(&mut bench, "bob", 1, None)), guest);
        assert_eq!(is_begun(begin(&mut bench, "ann", 1, None)), account);
        bench.say("bob", b"ISUPPORT");
        let told = bench.read_all("bob").concat();
        let is_told = told
            .contains("draft/FILEHOST=http://server/files soju.im/FILEHOST=http://server/files");
        assert_eq!(is_told, account, "{told}");
    }
}

#[test]
fn a_link_is_enough_unless_it_is_for_members() {
    let mut bench = bench(config());
    let row = listed(bench.upload("ann", 5, "f", Some("#x")));
    assert!(
        matches!(look(&mut bench, row.id, Proof::None), FileAnswer::Found(found) if *found == row)
    );
    let nothing = FileAnswer::Refused(Refused::NoSuch("No such file".into()));
    assert_eq!(look(&mut bench, FileId([0; 16]), Proof::None), nothing);

    let mut closed = config();
    closed.files.links = Links::Members;
    let mut bench = self::bench(closed);
    let row = listed(bench.upload("ann", 5, "f", Some("#x")));
    quiet(&mut bench);
    let refused = look(&mut bench, row.id, Proof::None);
    assert_eq!(refused, FileAnswer::Refused(Refused::WhoAreYou));
    let proof = bench.token("bob");
    assert!(matches!(
        look(&mut bench, row.id, proof.clone()),
        FileAnswer::Found(_)
    ));
    bench.say("bob", b"PART #x");
    quiet(&mut bench);
    // What is not for them and what is not there is the same.
    assert_eq!(look(&mut bench, row.id, proof.clone()), nothing);
    assert_eq!(look(&mut bench, FileId([0; 16]), proof), nothing);
}

#[test]
fn nothing_is_listed_while_nothing_can_be_stored() {
    let mut bench = bench(config());
    let upload = begun(begin(&mut bench, "ann", 5, Some("#x")));
    let row = listed(bench.upload("ann", 9, "kept", None));
    let stored = bench.store.load().unwrap();
    bench.happen(Event::StoreFailed(Some(&stored)));
    let busy = FileAnswer::Refused(Refused::Busy);
    assert_eq!(end(&mut bench, upload, 5), busy);
    assert_eq!(begin(&mut bench, "ann", 5, None), busy);
    assert!(matches!(
        look(&mut bench, row.id, Proof::None),
        FileAnswer::Found(_)
    ));
    bench.happen(Event::StoreWorks(&stored));
    listed(end(&mut bench, upload, 5));
    bench.hub.world().check().unwrap();
}

#[test]
fn files_of_the_folder_are_for_everybody_as_long_as_they_lie_in_it() {
    let mut bench = bench(config());
    let publish = |bench: &mut Bench, name: &str, digest, origin| {
        bench.file(FileAsk::Publish {
            name: name.into(),
            bytes: 1000,
            digest: Digest([digest; 32]),
            origin,
        })
    };
    let first = listed(publish(&mut bench, "a.txt", 1, Origin::Folder));
    assert_eq!(
        listed(publish(&mut bench, "a.txt", 1, Origin::Folder)).id,
        first.id
    );
    let second = listed(publish(&mut bench, "a.txt", 2, Origin::Folder));
    assert!(second.id != first.id && bench.unneeded == [Digest([1; 32])]);
    listed(publish(&mut bench, "a.txt", 3, Origin::Import));
    bench.say("bob", b"FILE LIST");
    assert_eq!(bench.read_all("bob").len(), 3);
    let dropped = bench.file(FileAsk::Dropped);
    assert!(
        matches!(&dropped, FileAnswer::Dropped(rows) if rows.len() == 1 && rows[0].id == second.id)
    );
    // They count in nobody's quota.
    assert_eq!(bench.hub.world().files.total().bytes, 0);
    assert_eq!(
        bench.file(FileAsk::Withdraw {
            name: "a.txt".into()
        }),
        FileAnswer::Done
    );
    assert_eq!(bench.hub.world().files.len(), 1);
    let bad = publish(&mut bench, "..", 1, Origin::Folder);
    assert_eq!(bad, FileAnswer::Refused(Refused::BadName));
}

#[test]
fn the_longest_name_in_the_longest_room_fits_on_its_line() {
    let mut wide = config();
    wide.server.name = format!("{}.example.org", "s".repeat(51));
    let mut bench = bench(wide);
    let room = format!("#{}", "r".repeat(63));
    let name = "n".repeat(30);
    bench.login(&name, "message-tags");
    bench.say(&name, format!("JOIN {room}").as_bytes());
    bench.read_all(&name);
    let file = "ü".repeat(400);
    let row = listed(bench.upload(&name, 100, &file, Some(&room)));
    assert!(row.name.len() <= LONGEST && row.name.len() > LONGEST - 2);
    bench.say(&name, b"FILE LIST");
    for line in bench.read_all(&name) {
        let body = line
            .split_once(" :")
            .map_or(line.as_str(), |_| line.trim_start_matches('@'));
        assert!(body.len() <= 510, "{} {line}", body.len());
    }
}

#[test]
fn however_many_files_there_are_and_whatever_is_looked_for_others_have_their_turn() {
    let mut bench = bench(config());
    bench.login("eve", "batch");
    bench.read_all("eve");
    let long = "a".repeat(LONGEST);
    for n in 0..3000_u16 {
        let name = match n {
            1500 => "b".to_owned(),
            _ => long.clone(),
        };
        let mut digest = [1; 32];
        digest[..2].copy_from_slice(&n.to_be_bytes());
        let published = bench.file(FileAsk::Publish {
            name,
            bytes: 1,
            digest: Digest(digest),
            origin: Origin::Import,
        });
        listed(published);
    }
    let hostile = format!("*{}b", "a".repeat(LONGEST / 2));
    let mut list = |pattern: &str, is_restless| {
        bench.turns = 0;
        bench.is_restless = is_restless;
        bench.say("eve", format!("FILE LIST * {pattern}").as_bytes());
        let answer = bench.read_all("eve");
        let entries = answer.iter().filter(|line| line.contains(" ENTRY "));
        (entries.count(), bench.turns)
    };
    let (found, turns) = list(&hostile, false);
    assert!(found == 0 && turns > 10, "{found} in {turns} turns");
    assert_eq!(list("b", false).0, 1);
    assert_eq!(list("*", true).0, 3000);
    // What nobody may find costs little, whatever is looked for.
    let (found, turns) = list("?", false);
    assert!(found == 1 && turns < 4, "{found} in {turns} turns");
}

#[test]
fn the_operator_sees_and_deletes_what_is_shared() {
    let mut bench = bench(config());
    let row = listed(bench.upload("ann", 5, "cat.png", Some("#x")));
    bench.upload("ann", 6, "dog.png", None);
    bench.upload("ann", 7, "dog.png", None);
    let rows = bench.admin("files list *.png").unwrap().data.unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 3);
    assert_eq!(rows[2]["to"], "#x");
    let shown = bench.admin("show file cat.png").unwrap().data.unwrap();
    assert_eq!(
        shown["link"],
        format!("http://server/files/{}/cat.png", row.id)
    );
    for (words, code) in [
        ("files rm cat.pgn", 8),
        ("files rm dog.png", 2),
        ("files rm cat.png x", 8),
    ] {
        let failure = bench.admin(words).unwrap().error.unwrap();
        assert_eq!(failure.code.exit().code(), code, "{failure:?}");
    }
    assert_eq!(bench.hub.world().files.len(), 3, "all or none");
    assert!(
        bench
            .admin(&format!(
                "files rm cat.png {}",
                rows[0]["id"].as_str().unwrap()
            ))
            .unwrap()
            .ok
    );
    assert_eq!(bench.hub.world().files.len(), 1);
}

/// Something that happens to files.
#[derive(Debug, Clone)]
enum Step {
    Begin { by: usize, bytes: u64, to: bool },
    End { which: usize, less: u64 },
    Abandon(usize),
    Delete(usize),
    Wait(u64),
    HandOver,
    Rename,
    Fail,
    Leave(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..3usize, 0..120u64, proptest::bool::ANY)
            .prop_map(|(by, bytes, to)| Step::Begin { by, bytes, to }),
        6 => (0..8usize, 0..3u64).prop_map(|(which, less)| Step::End { which, less }),
        1 => (0..8usize).prop_map(Step::Abandon),
        2 => (0..8usize).prop_map(Step::Delete),
        2 => (1..8u64).prop_map(Step::Wait),
        1 => proptest::strategy::Just(Step::HandOver),
        1 => proptest::strategy::Just(Step::Rename),
        1 => proptest::strategy::Just(Step::Fail),
        1 => (1..3usize).prop_map(Step::Leave),
    ]
}

const NAMES: [&str; 3] = ["ann", "bob", "cat"];

fn name(which: usize) -> &'static str {
    NAMES.get(which).expect("there are three")
}

fn arrive(bench: &mut Bench, name: &str) {
    bench.login(name, "message-tags");
    bench.say(name, b"JOIN #x");
    bench.say(name, b"JOIN #y");
    bench.read_all(name);
}

fn act(bench: &mut Bench, uploads: &mut Vec<(UploadId, u64)>, at: Step) {
    match at {
        Step::Begin { by, bytes, to } => {
            bench.read_all(name(by));
            let answer = begin(bench, name(by), bytes, to.then_some("#x"));
            if let FileAnswer::Begun { upload, .. } = answer {
                uploads.push((upload, bytes));
            }
        }
        Step::End { which, less } if which < uploads.len() => {
            let (upload, bytes) = uploads.remove(which);
            end(bench, upload, bytes.saturating_sub(less));
        }
        Step::Abandon(which) if which < uploads.len() => {
            let (upload, _) = uploads.remove(which);
            bench.file(FileAsk::Abandon(upload));
        }
        Step::Delete(which) => {
            let id = bench
                .hub
                .world()
                .files
                .newest()
                .nth(which)
                .map(|row| row.id);
            if let Some(id) = id {
                bench.admin(&format!("files rm {id}")).unwrap();
            }
        }
        Step::Wait(seconds) => bench.wait(seconds),
        Step::HandOver => bench.hand_over(),
        Step::Rename => {
            bench.say("ann", b"RENAME #x #y");
            bench.say("ann", b"RENAME #y #x");
        }
        Step::Fail => {
            let stored = bench.store.load().unwrap();
            bench.happen(Event::StoreFailed(Some(&stored)));
            bench.happen(Event::StoreWorks(&stored));
        }
        Step::Leave(who) => {
            bench.hang_up(name(who));
            arrive(bench, name(who));
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 48, failure_persistence: None, ..Default::default() })]
    #[test]
    fn whatever_happens_the_sums_are_right_and_no_limit_is_passed(steps in proptest::collection::vec(step(), 1..60)) {
        let mut limited = config();
        limited.files.expiry = Some(std::time::Duration::from_secs(20));
        let mut bench = Bench::new(limited);
        for name in NAMES {
            arrive(&mut bench, name);
        }
        register(&mut bench, "ann");
        let mut uploads = Vec::new();
        for at in steps {
            act(&mut bench, &mut uploads, at);
            let world = bench.hub.world();
            world.check().unwrap();
            let files = &world.files;
            assert!(files.total().bytes <= 500 && files.total().count == files.len() + files.uploads());
            let stored = bench.store.load().unwrap();
            let kept = stored.records.iter().filter(|record| matches!(record, chat::store::record::Record::File(_)));
            assert_eq!(kept.count(), files.len(), "what is known is what is stored");
            let needed: BTreeSet<Digest> = files.newest().map(|row| row.digest).collect();
            let told = bench.file(FileAsk::Digests);
            assert!(matches!(told, FileAnswer::Digests(told) if told.iter().copied().collect::<BTreeSet<_>>() == needed));
        }
    }
}
