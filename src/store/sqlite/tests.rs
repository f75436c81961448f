//! What only a file can do: be damaged, be cut, be of another version, be full, and be in use.

mod backup;
mod damage;
mod index;
mod versions;

use crate::config::Sync;
use crate::store::Store;
use crate::store::backends::files::file;
use crate::store::backends::{
    ANN, BOB, account, direct, page, reader, record, room, room_row, said,
};
use crate::store::query::{Answer, Query, Span};
use crate::store::record::Record;
use crate::store::record::file::Place;
use crate::store::record::said::{Heard, Said};
use crate::store::sqlite::Sqlite;
use crate::store::trouble::Kind;
use std::fs;
use std::path::Path;

const LATEST: Span = Span::Latest { after: None };

fn open(dir: &Path) -> Sqlite {
    Sqlite::open(dir, Sync::Off).unwrap()
}

/// What of #x can be read.
fn messages(store: &Sqlite) -> Vec<Said> {
    let mut reader = store.reader().unwrap();
    match reader.answer(&page(LATEST, 10_000)).unwrap() {
        Answer::Said(said) => said.iter().map(|said| (**said).clone()).collect(),
        other => panic!("{other:?}"),
    }
}

fn moments(store: &Sqlite) -> Vec<u64> {
    let said = messages(store);
    said.iter().map(|said| said.id.moment.0).collect()
}

#[test]
fn a_second_server_is_refused_as_long_as_the_first_one_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let first = open(dir.path());
    let second = Sqlite::open(dir.path(), Sync::Off).unwrap_err();
    let pid = Some(std::process::id());
    assert_eq!(second.kind, Kind::InUse { pid });
    drop(first);
    open(dir.path());
}

#[test]
fn files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut store = open(&data);
    store.commit(&[record(said(1, "x"))]).unwrap();
    store.index().unwrap().unwrap().catch_up().unwrap();
    let mut names = Vec::new();
    for entry in fs::read_dir(&data).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.file_name());
        names.push(entry.file_name().into_string().unwrap());
    }
    assert!(names.len() >= 4, "{names:?}");
}

#[test]
fn a_full_disk_stores_nothing_of_a_batch_and_all_of_it_when_there_is_space() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = open(dir.path());
    store.commit(&[record(said(1, "first"))]).unwrap();
    let pages = |store: &Sqlite, pages: i64| {
        let db = store.db.as_ref().unwrap();
        db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
            .unwrap();
    };
    pages(&store, 1);
    let batch: Vec<Record> = (2..500)
        .map(|at| record(said(at, &"long ".repeat(50))))
        .collect();
    let trouble = store.commit(&batch).unwrap_err();
    assert_eq!(trouble.kind, Kind::Full, "{trouble}");
    assert!(trouble.text.contains("chat.db"), "{trouble}");
    assert_eq!(moments(&store), [1]);
    pages(&store, 1_000_000);
    store.probe().unwrap();
    store.commit(&batch).unwrap();
    assert_eq!(moments(&store), (1..500).collect::<Vec<_>>());
}

#[test]
fn after_a_trouble_of_the_device_the_file_is_opened_anew() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = open(dir.path());
    store.commit(&[record(said(1, "first"))]).unwrap();
    let failed = store.with(|_, _| {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_FSYNC);
        Err::<(), _>(rusqlite::Error::SqliteFailure(code, None))
    });
    assert_eq!(failed.unwrap_err().kind, Kind::Device);
    assert!(store.db.is_none());
    store.commit(&[record(said(2, "second"))]).unwrap();
    assert_eq!(store.load().unwrap().last.0, 2);
    assert_eq!(moments(&store), [1, 2]);
}

#[test]
fn what_was_taken_back_is_not_in_the_file_any_more() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = open(dir.path());
    let (kept, secret) = (said(1, "kept for ever"), said(2, "unspeakable"));
    let id = secret.id;
    store.commit(&[record(kept), record(secret)]).unwrap();
    store.commit(&[Record::Redacted(id)]).unwrap();
    let eyes = store.reader().unwrap();
    drop(store);
    let ahead = fs::read(dir.path().join("chat.db-wal"));
    assert_eq!(ahead.map_or(0, |bytes| bytes.len()), 0);
    drop(eyes);
    let bytes = fs::read(dir.path().join("chat.db")).unwrap();
    let has = |text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
    assert!(has(b"kept for ever") && !has(b"unspeakable"));
}

#[test]
fn a_reader_sees_each_commit_and_outlives_the_trouble_of_the_writer() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = open(dir.path());
    let mut eyes = store.reader().unwrap();
    for at in 1..50 {
        store.commit(&[record(said(at, "x"))]).unwrap();
        if at % 7 == 0 {
            store.db = None;
        }
        let one = Query::One {
            reader: reader(BOB, &[("#x", 0)]),
            id: crate::store::backends::id(at),
        };
        let answer = eyes.answer(&one).unwrap();
        assert_eq!(answer, Answer::Said(vec![said(at, "x").into()]));
    }
}

/// A little of everything.
fn furnish(store: &mut Sqlite) -> Vec<Record> {
    let mut records = vec![
        Record::Account(Box::new(account(ANN, "Ann"))),
        Record::Account(Box::new(account(BOB, "Bob"))),
        Record::Room(Box::new(room_row("#x"))),
    ];
    for n in 0..20 {
        let nick = format!("nick{n:02}").into();
        records.push(Record::Seen { nick, unix_ms: n });
    }
    let shared = file(1, "cat.png", Place::Said(room("#x", Heard::Open)));
    records.insert(3, Record::File(Box::new(shared)));
    store.commit(&records).unwrap();
    let text = |at: u64| format!("number {at} {}", "of many words ".repeat(at as usize % 9));
    let mut said: Vec<_> = (1..150).map(|at| record(said(at, &text(at)))).collect();
    said.extend((150..200).map(|at| record(direct(at, &text(at)))));
    store.commit(&said).unwrap();
    records
}
