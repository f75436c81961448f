//! The index of words can be lost at any time.

use super::open;
use crate::store::backends::{BOB, id, reader, record, said};
use crate::store::query::{Answer, Query, Wanted};
use crate::store::record::Record;
use crate::store::sqlite::Sqlite;
use crate::store::{Index, Read, Retention, Store};
use std::fs;
use std::path::Path;

fn hello() -> Query {
    Query::Search {
        reader: reader(BOB, &[("#x", 0)]),
        wanted: Wanted {
            phrases: vec!["hello".into()],
            ..Wanted::default()
        },
        limit: 1_000_000,
    }
}

fn catch_up(index: &mut dyn Index) {
    while index.catch_up().unwrap() {}
}

fn found(eyes: &mut dyn Read) -> Option<usize> {
    match eyes.answer(&hello()).unwrap() {
        Answer::Said(said) => Some(said.len()),
        Answer::Failed => None,
        other => panic!("{other:?}"),
    }
}

fn filled(dir: &Path, count: u64) -> Sqlite {
    let mut store = open(dir);
    let said: Vec<_> = (1..=count)
        .map(|at| record(said(at, "hello you")))
        .collect();
    store.commit(&said).unwrap();
    store
}

#[test]
fn an_index_is_built_a_piece_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let store = filled(dir.path(), 2_500);
    let mut eyes = store.reader().unwrap();
    assert_eq!(found(&mut *eyes), None);
    let mut index = store.index().unwrap().unwrap();
    for (is_more, count) in [(true, 1_000), (true, 2_000), (false, 2_500)] {
        assert_eq!(index.catch_up().unwrap(), is_more);
        assert_eq!(found(&mut *eyes), Some(count));
    }
}

#[test]
fn an_index_that_is_deleted_while_it_is_used_is_built_anew() {
    let dir = tempfile::tempdir().unwrap();
    let store = filled(dir.path(), 100);
    let mut eyes = store.reader().unwrap();
    let mut index = store.index().unwrap().unwrap();
    catch_up(&mut *index);
    assert_eq!(found(&mut *eyes), Some(100));
    for name in ["search.db", "search.db-wal", "search.db-shm"] {
        let _ = fs::remove_file(dir.path().join(name));
    }
    assert_eq!(found(&mut *eyes), None);
    catch_up(&mut *index);
    assert_eq!(found(&mut *eyes), Some(100));
}

#[test]
fn an_index_that_is_damaged_is_built_anew() {
    let dir = tempfile::tempdir().unwrap();
    let store = filled(dir.path(), 3_000);
    catch_up(&mut *store.index().unwrap().unwrap());
    let path = dir.path().join("search.db");
    let bytes = fs::read(&path).unwrap();
    for place in [0, 100, 4_096, 8_192, bytes.len() / 2] {
        let mut damaged = bytes.clone();
        for byte in damaged.iter_mut().skip(place).take(6_000) {
            *byte ^= 0x5a;
        }
        let _ = fs::remove_file(&path);
        fs::write(&path, &damaged).unwrap();
        let mut eyes = store.reader().unwrap();
        found(&mut *eyes);
        let mut index = store.index().unwrap().unwrap();
        catch_up(&mut *index);
        let count = found(&mut *eyes);
        catch_up(&mut *index);
        assert!(
            count == Some(3_000) || found(&mut *eyes) == Some(3_000),
            "{place}: {count:?}"
        );
    }
}

#[test]
fn an_index_of_another_store_is_not_used() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = filled(one.path(), 10);
    catch_up(&mut *store.index().unwrap().unwrap());
    drop(store);
    let store = filled(other.path(), 3);
    fs::copy(one.path().join("search.db"), other.path().join("search.db")).unwrap();
    catch_up(&mut *store.index().unwrap().unwrap());
    assert_eq!(found(&mut *store.reader().unwrap()), Some(3));
}

#[test]
fn what_is_deleted_leaves_the_index_even_if_it_was_not_there_at_the_time() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = filled(dir.path(), 20);
    catch_up(&mut *store.index().unwrap().unwrap());
    let gone: Vec<_> = (1..=5).map(|at| Record::Redacted(id(at))).collect();
    store.commit(&gone).unwrap();
    let words = |dir: &Path| {
        let db = rusqlite::Connection::open(dir.join("search.db")).unwrap();
        let sql = "SELECT count(*) FROM words WHERE words MATCH 'hello'";
        db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!(
        (found(&mut *store.reader().unwrap()), words(dir.path())),
        (Some(15), 20)
    );
    store.tidy(&Retention::default(), 0).unwrap();
    catch_up(&mut *store.index().unwrap().unwrap());
    assert_eq!(words(dir.path()), 15);
}

#[test]
fn a_store_works_without_its_index() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = filled(dir.path(), 5);
    let path = dir.path().join("search.db");
    fs::create_dir(&path).unwrap();
    let mut index = store.index().unwrap().unwrap();
    index.catch_up().unwrap_err();
    assert_eq!(index.catch_up(), Ok(false), "it is told once");
    store.commit(&[record(said(6, "hello"))]).unwrap();
    assert_eq!(found(&mut *store.reader().unwrap()), None);
    fs::remove_dir(&path).unwrap();
    catch_up(&mut *index);
    assert_eq!(found(&mut *store.reader().unwrap()), Some(6));
}
