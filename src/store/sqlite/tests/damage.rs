//! Files that are not as they were written.

use super::{LATEST, furnish, messages, moments, open};
use crate::config::Sync;
use crate::store::Store;
use crate::store::backends::{BOB, page, page_of, reader, record, said};
use crate::store::query::{Answer, Query};
use crate::store::record::Record;
use crate::store::record::said::Said;
use crate::store::sqlite::Sqlite;
use crate::store::trouble::Kind;
use std::fs;
use std::path::Path;

fn execute(dir: &Path, sql: &str) {
    let db = rusqlite::Connection::open(dir.join("chat.db")).unwrap();
    db.execute_batch(sql).unwrap();
}

#[test]
fn a_row_that_is_not_what_was_stored_is_left_out_and_named() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = open(dir.path());
    let records = furnish(&mut store);
    assert_eq!(store.verify().unwrap(), []);
    execute(
        dir.path(),
        "UPDATE message SET text = 'something else' WHERE moment = 7;
         UPDATE account SET name = 'Eve' WHERE id = 2;
         UPDATE file SET room = '#y';
         UPDATE seen SET at = 99 WHERE name = 'nick03'",
    );
    let told = moments(&store);
    assert!(told.len() == 148 && !told.contains(&7), "{told:?}");
    let left = store.load().unwrap();
    assert_eq!(left.records.len(), records.len() - 3);
    assert!(left.records.iter().all(|record| records.contains(record)));
    assert_eq!(left.last_account, 2);
    let named = |faults: Vec<super::super::sum::Fault>| {
        let mut named: Vec<_> = faults
            .into_iter()
            .map(|fault| (fault.table, fault.row))
            .collect();
        named.sort();
        named
    };
    let expected = [
        ("account", "2".into()),
        ("file", "AQEBAQEBAQEBAQEBAQEBAQ".into()),
        ("message", "7".into()),
        ("seen", "nick03".into()),
    ];
    assert_eq!(named(store.faults()), expected);
    assert_eq!(store.faults(), []);
    let mut eyes = store.reader().unwrap();
    let page = page_of("#x", reader(BOB, &[("#x", 0)]), LATEST, 200);
    eyes.answer(&page).unwrap();
    let told = eyes.damage();
    assert!(
        told.iter()
            .any(|words| words.starts_with("message, row 7:")),
        "{told:?}"
    );
    assert_eq!(eyes.damage(), Vec::<String>::new());
    assert_eq!(named(store.verify().unwrap()), expected);
    store.commit(&records).unwrap();
    assert_eq!(store.load().unwrap().records, records);
}

#[test]
fn a_conversation_whose_name_is_damaged_is_not_read_as_another() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = open(dir.path());
    furnish(&mut store);
    drop(store);
    execute(
        dir.path(),
        "UPDATE conversation SET name = '#z' WHERE name = '#x'",
    );
    let mut store = open(dir.path());
    let mut eyes = store.reader().unwrap();
    let both = || reader(BOB, &[("#x", 0), ("#z", 0)]);
    for room in ["#x", "#z"] {
        let answer = eyes.answer(&page_of(room, both(), LATEST, 9)).unwrap();
        assert_eq!(answer, Answer::Said(vec![]), "{room}");
    }
    assert!(
        store
            .faults()
            .iter()
            .any(|fault| fault.table == "conversation")
    );
    for name in ["#x", "#z"] {
        let place = crate::store::backends::room(name, crate::store::record::said::Heard::Open);
        let at = 1_000 + u64::from(name == "#z");
        let new = Said {
            place,
            ..said(at, "new")
        };
        store.commit(&[record(new)]).unwrap();
        let answer = eyes.answer(&page_of(name, both(), LATEST, 9)).unwrap();
        assert!(
            matches!(answer, Answer::Said(said) if said.len() == 1),
            "{name}"
        );
    }
}

/// Whatever can be read is what was stored.
fn is_true_or_missing(store: &mut Sqlite, records: &[Record], original: &[Said]) -> bool {
    let mut is_whole = true;
    match store.load() {
        Ok(snapshot) => {
            assert!(
                snapshot
                    .records
                    .iter()
                    .all(|record| records.contains(record))
            );
            assert!(snapshot.last.0 <= 199, "{:?}", snapshot.last);
            is_whole &= snapshot.records.len() == records.len() && snapshot.last.0 == 199;
        }
        Err(_) => is_whole = false,
    }
    let Ok(mut eyes) = store.reader() else {
        return false;
    };
    let questions = [
        page(LATEST, 1_000),
        page_of("a2 ann", reader(BOB, &[]), LATEST, 1_000),
    ];
    let mut read = 0;
    for question in &questions {
        match eyes.answer(question) {
            Ok(Answer::Said(said)) => {
                assert!(said.iter().all(|said| original.contains(said)));
                assert!(said.windows(2).all(|pair| pair[0].id < pair[1].id));
                read += said.len();
            }
            Ok(_) | Err(_) => is_whole = false,
        }
    }
    for said in original.iter().step_by(17) {
        let one = Query::One {
            reader: reader(BOB, &[("#x", 0)]),
            id: said.id,
        };
        if let Ok(Answer::Said(found)) = eyes.answer(&one) {
            assert!(found.iter().all(|found| **found == *said));
        }
    }
    is_whole && read == original.len()
}

#[test]
fn one_wrong_bit_is_never_read_as_what_was_said() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = open(dir.path());
    let records = furnish(&mut store);
    let mut original = messages(&store);
    let mut eyes = store.reader().unwrap();
    let direct = page_of("a2 ann", reader(BOB, &[]), LATEST, 1_000);
    if let Ok(Answer::Said(said)) = eyes.answer(&direct) {
        original.extend(said.iter().map(|said| (**said).clone()));
    }
    assert_eq!(original.len(), 199);
    drop((eyes, store));
    let bytes = fs::read(dir.path().join("chat.db")).unwrap();
    let rounds = match std::env::var("CHAT_ROUNDS") {
        Ok(rounds) => rounds.parse().unwrap(),
        Err(_) => 150,
    };
    let (mut found, mut refused) = (0, 0);
    for round in 0..rounds {
        let place = (round * 7_919_u64 * 131 + round) % (bytes.len() as u64 * 8);
        let mut damaged = bytes.clone();
        damaged[place as usize / 8] ^= 1 << (place % 8);
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("chat.db"), &damaged).unwrap();
        match Sqlite::open(dir.path(), Sync::Off) {
            Err(trouble) => {
                assert!(
                    matches!(trouble.kind, Kind::Corrupt | Kind::Newer),
                    "{trouble}"
                );
                refused += 1;
            }
            Ok(mut store) => {
                let is_whole = is_true_or_missing(&mut store, &records, &original);
                let faults = store.verify();
                let is_named = faults.is_err() || faults.is_ok_and(|faults| !faults.is_empty());
                assert!(is_whole || is_named, "bit {place} is missed");
                found += u32::from(is_named);
            }
        }
    }
    assert!(found + refused > 20, "{found} {refused}");
}

#[test]
fn a_write_ahead_file_that_was_cut_keeps_every_complete_commit() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = open(dir.path());
    let (main, ahead) = (dir.path().join("chat.db"), dir.path().join("chat.db-wal"));
    let length = || fs::metadata(&ahead).unwrap().len();
    let mut ends = vec![length()];
    for at in 1..=12 {
        store.commit(&[record(said(at, &"x".repeat(900)))]).unwrap();
        ends.push(length());
    }
    let (main, ahead) = (fs::read(main).unwrap(), fs::read(ahead).unwrap());
    let last = ahead.len();
    let mut cuts: Vec<usize> = (0..4_096).step_by(89).map(|n| last - n).collect();
    cuts.extend(
        ends.iter()
            .flat_map(|end| [*end as usize, *end as usize - 1]),
    );
    for cut in cuts {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("chat.db"), &main).unwrap();
        fs::write(dir.path().join("chat.db-wal"), &ahead[..cut]).unwrap();
        let mut store = open(dir.path());
        let whole = ends.iter().filter(|end| **end <= cut as u64).count();
        let expected: Vec<u64> = (1..whole as u64).collect();
        assert_eq!(moments(&store), expected, "cut at {cut}");
        let is_end = ends.contains(&(cut as u64));
        assert_eq!(store.dropped().is_none(), is_end, "cut at {cut}");
        store.commit(&[record(said(100, "goes on"))]).unwrap();
        assert_eq!(moments(&store).len(), expected.len() + 1);
    }
}

#[test]
fn a_file_of_something_else_is_refused_in_words() {
    for bytes in [b"not a database at all".repeat(400), vec![0xff; 9_000]] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("chat.db");
        fs::write(&path, &bytes).unwrap();
        let trouble = Sqlite::open(dir.path(), Sync::Full).unwrap_err();
        assert_eq!(trouble.kind, Kind::Corrupt, "{trouble}");
        assert!(trouble.text.contains("chat.db"), "{trouble}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}
