//! Files of other versions.

use super::{moments, open};
use crate::config::Sync;
use crate::store::Store;
use crate::store::backends::{record, said};
use crate::store::sqlite::Sqlite;
use crate::store::sqlite::schema::{STEPS, Step};
use crate::store::trouble::Kind;
use rusqlite::Connection;
use std::fs;
use std::path::Path;

/// Yesterday's file had one table; today's has another one with what was in it.
const OLD: Step = |db| {
    let rows = (0..2_000).map(|n| format!("({n}, '{}')", "word ".repeat(20)));
    let rows: Vec<String> = rows.collect();
    db.execute_batch("CREATE TABLE old(id INTEGER PRIMARY KEY, text TEXT)")?;
    db.execute_batch(&format!("INSERT INTO old VALUES {}", rows.join(",")))
};
const NEW: Step = |db| {
    db.execute_batch("CREATE TABLE new(id INTEGER PRIMARY KEY, text TEXT, length INTEGER)")?;
    db.execute_batch("INSERT INTO new SELECT id, text, length(text) FROM old")?;
    db.execute_batch("DROP TABLE old")
};
const FAILS: Step = |db| {
    NEW(db)?;
    db.execute_batch("INSERT INTO nowhere VALUES (1)")
};

fn version_and_tables(dir: &Path) -> (u32, Vec<(String, i64)>) {
    let db = Connection::open(dir.join("chat.db")).unwrap();
    let version = db
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut statement = db.prepare(sql).unwrap();
    let names = statement.query_map([], |row| row.get(0)).unwrap();
    let names: Vec<String> = names.collect::<Result<_, _>>().unwrap();
    let count = |name: String| {
        let sql = format!("SELECT count(*) FROM {name}");
        let count = db.query_row(&sql, [], |row| row.get(0)).unwrap();
        (name, count)
    };
    (version, names.into_iter().map(count).collect())
}

#[test]
fn a_file_of_an_earlier_version_becomes_one_of_today() {
    let dir = tempfile::tempdir().unwrap();
    drop(Sqlite::open_with(dir.path(), Sync::Off, &[OLD]).unwrap());
    assert_eq!(
        version_and_tables(dir.path()),
        (1, vec![("old".into(), 2_000)])
    );
    drop(Sqlite::open_with(dir.path(), Sync::Off, &[OLD, NEW]).unwrap());
    assert_eq!(
        version_and_tables(dir.path()),
        (2, vec![("new".into(), 2_000)])
    );
}

#[test]
fn a_step_that_fails_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    drop(Sqlite::open_with(dir.path(), Sync::Off, &[OLD]).unwrap());
    Sqlite::open_with(dir.path(), Sync::Off, &[OLD, FAILS]).unwrap_err();
    assert_eq!(
        version_and_tables(dir.path()),
        (1, vec![("old".into(), 2_000)])
    );
}

#[test]
fn a_step_that_is_killed_half_way_is_taken_anew() {
    let dir = tempfile::tempdir().unwrap();
    drop(Sqlite::open_with(dir.path(), Sync::Off, &[OLD]).unwrap());
    let db = Connection::open(dir.path().join("chat.db")).unwrap();
    db.execute_batch("PRAGMA cache_size = 2; PRAGMA cache_spill = 1; BEGIN IMMEDIATE")
        .unwrap();
    NEW(&db).unwrap();
    let killed = tempfile::tempdir().unwrap();
    for name in ["chat.db", "chat.db-wal"] {
        fs::copy(dir.path().join(name), killed.path().join(name)).unwrap();
    }
    let half = fs::metadata(killed.path().join("chat.db-wal"))
        .unwrap()
        .len();
    assert!(half > 100_000, "nothing of it was written yet: {half}");
    drop(Sqlite::open_with(killed.path(), Sync::Off, &[OLD]).unwrap());
    assert_eq!(
        version_and_tables(killed.path()),
        (1, vec![("old".into(), 2_000)])
    );
    drop(Sqlite::open_with(killed.path(), Sync::Off, &[OLD, NEW]).unwrap());
    assert_eq!(
        version_and_tables(killed.path()),
        (2, vec![("new".into(), 2_000)])
    );
}

#[test]
fn a_file_of_a_later_version_is_refused_and_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = open(dir.path());
    store.commit(&[record(said(1, "from the future"))]).unwrap();
    drop(store);
    let path = dir.path().join("chat.db");
    let set = |version: usize| {
        let db = Connection::open(&path).unwrap();
        db.pragma_update(None, "user_version", version as i64)
            .unwrap();
    };
    set(STEPS.len() + 1);
    let before = (
        fs::read(&path).unwrap(),
        fs::metadata(&path).unwrap().modified().unwrap(),
    );
    let trouble = Sqlite::open(dir.path(), Sync::Full).unwrap_err();
    assert_eq!(trouble.kind, Kind::Newer);
    assert!(trouble.text.contains("later version"), "{trouble}");
    let after = (
        fs::read(&path).unwrap(),
        fs::metadata(&path).unwrap().modified().unwrap(),
    );
    assert_eq!(before, after);
    set(STEPS.len());
    assert_eq!(moments(&open(dir.path())), [1]);
}
