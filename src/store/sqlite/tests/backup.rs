//! What is copied, what it becomes again, and what is refused.

use crate::config::Sync;
use crate::store::Store;
use crate::store::backends::{record, said};
use crate::store::sqlite::backup::{Existing, Made, backup, verify_backup};
use crate::store::sqlite::restore::restore;
use crate::store::sqlite::tests::{moments, open};
use crate::store::trouble::Trouble;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A place with a store that holds messages, and other files beside it.
struct Scene {
    place: TempDir,
    data: PathBuf,
}

impl Scene {
    fn new(messages: u64) -> Self {
        let place = tempfile::tempdir().unwrap();
        let data = place.path().join("data");
        let mut store = open(&data);
        for at in 1..=messages {
            store.commit(&[record(said(at, "hello"))]).unwrap();
        }
        store.index().unwrap().unwrap().catch_up().unwrap();
        fs::create_dir(data.join("tls")).unwrap();
        fs::create_dir(data.join("files")).unwrap();
        for (path, content) in [
            ("secret", "s"),
            ("tls/key.pem", "k"),
            ("half.new", "n"),
            ("files/shared", "long"),
            ("backup.json", "{}"),
        ] {
            fs::write(data.join(path), content).unwrap();
        }
        symlink("/etc/hostname", data.join("link")).unwrap();
        Self { place, data }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    fn backup(&self, name: &str, existing: Existing) -> Result<Made, Trouble> {
        backup(&self.data, &self.at(name), existing)
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn what_is_restored_is_what_was_there() {
    let scene = Scene::new(3);
    let file = scene.at("all.backup");
    let made = scene.backup("all.backup", Existing::Kept).unwrap();
    assert_eq!((made.messages, made.files), (3, 2));
    assert_eq!(made.bytes, fs::metadata(&file).unwrap().len());
    assert_eq!((made.faults, mode(&file)), (Vec::new(), 0o600));
    assert_eq!(verify_backup(&file), Ok(Vec::new()));

    let elsewhere = scene.at("elsewhere");
    restore(&file, &elsewhere).unwrap();
    assert_eq!(moments(&open(&elsewhere)), moments(&open(&scene.data)));
    assert_eq!(fs::read(elsewhere.join("secret")).unwrap(), b"s");
    assert_eq!(fs::read(elsewhere.join("tls/key.pem")).unwrap(), b"k");
    for path in ["secret", "tls/key.pem", "chat.db"] {
        assert_eq!(mode(&elsewhere.join(path)), 0o600, "{path}");
    }
    let dirs = [elsewhere.clone(), elsewhere.join("tls")];
    assert!(dirs.iter().all(|dir| mode(dir) == 0o700));
    for left_out in [
        "half.new",
        "backup.json",
        "link",
        "chat.unfinished",
        "files",
    ] {
        assert!(!elsewhere.join(left_out).exists(), "{left_out}");
    }
    let db = rusqlite::Connection::open(elsewhere.join("chat.db")).unwrap();
    let query = "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'backup%'";
    let tables: u32 = db.query_row(query, [], |row| row.get(0)).unwrap();
    assert_eq!(tables, 0);
}

#[test]
fn a_file_that_is_there_is_replaced_only_if_that_is_said() {
    let scene = Scene::new(1);
    fs::write(scene.at("b"), "mine").unwrap();
    let refused = scene.backup("b", Existing::Kept).unwrap_err();
    assert!(refused.text.contains("--force"), "{refused}");
    assert_eq!(fs::read(scene.at("b")).unwrap(), b"mine");
    scene.backup("b", Existing::Replaced).unwrap();
    assert_eq!(verify_backup(&scene.at("b")), Ok(Vec::new()));
}

#[test]
fn a_backup_that_comes_to_nothing_leaves_nothing() {
    let scene = Scene::new(1);
    for (to, why) in [
        (scene.data.join("b"), "data directory itself"),
        (scene.at("absent").join("b"), "cannot hold"),
        (PathBuf::from("b"), "absolute"),
    ] {
        let refused = backup(&scene.data, &to, Existing::Replaced).unwrap_err();
        assert!(refused.text.contains(why), "{refused}");
    }
    fs::write(scene.data.join("chat.db"), "no database").unwrap();
    assert!(scene.backup("b", Existing::Kept).is_err());
    assert!(!scene.at("b").exists() && !scene.at("b.unfinished").exists());
}

#[test]
fn what_an_interrupted_backup_left_is_in_nobodys_way() {
    let scene = Scene::new(1);
    let victim = scene.at("victim");
    fs::write(&victim, "mine").unwrap();
    symlink(&victim, scene.at("b.unfinished")).unwrap();
    scene.backup("b", Existing::Kept).unwrap();
    assert_eq!(fs::read(&victim).unwrap(), b"mine");
    assert!(!scene.at("b.unfinished").exists());
}

#[test]
fn a_damaged_backup_is_told_and_not_restored() {
    let scene = Scene::new(1);
    scene.backup("b", Existing::Kept).unwrap();
    let file = scene.at("b");
    let db = rusqlite::Connection::open(&file).unwrap();
    db.execute(
        "UPDATE backup_file SET content = x'00' WHERE path = 'secret'",
        [],
    )
    .unwrap();
    db.execute("UPDATE message SET text = 'forged'", [])
        .unwrap();
    db.close().unwrap();
    let found = verify_backup(&file).unwrap();
    let tables: Vec<_> = found.iter().map(|fault| fault.table).collect();
    assert_eq!(tables, ["message", "file"]);
    let refused = restore(&file, &scene.at("new")).unwrap_err();
    assert!(refused.text.contains("damaged in 1 places"), "{refused}");
    assert!(!scene.at("new").exists());
    let db = rusqlite::Connection::open(&file).unwrap();
    db.execute("DELETE FROM backup_file", []).unwrap();
    db.close().unwrap();
    let damaged = restore(&file, &scene.at("rest")).unwrap();
    assert_eq!(damaged.len(), 1, "the rest is better than nothing");
    fs::write(&file, "something else").unwrap();
    assert!(restore(&file, &scene.at("new")).is_err());
    let plain = scene.data.join("chat.db");
    let refused = restore(&plain, &scene.at("new")).unwrap_err();
    assert!(refused.text.contains("no backup"), "{refused}");
}

#[test]
fn a_directory_that_holds_something_is_not_restored_into() {
    let scene = Scene::new(1);
    scene.backup("b", Existing::Kept).unwrap();
    let full = scene.at("full");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("mine"), "mine").unwrap();
    let refused = restore(&scene.at("b"), &full).unwrap_err();
    assert!(refused.text.contains("not empty"), "{refused}");
    assert_eq!(fs::read_dir(&full).unwrap().count(), 1);
}

#[test]
fn a_file_whose_name_leads_elsewhere_is_not_written() {
    let scene = Scene::new(1);
    scene.backup("b", Existing::Kept).unwrap();
    let file = scene.at("b");
    for path in ["../evil", "/tmp/evil", "tls/../../evil", "chat.db-wal", ""] {
        let db = rusqlite::Connection::open(&file).unwrap();
        let sum = crate::store::sqlite::backup::sum_of(path, b"x");
        db.execute("DELETE FROM backup_file", []).unwrap();
        db.execute("INSERT INTO backup_file VALUES (?, x'78', ?)", (path, sum))
            .unwrap();
        db.close().unwrap();
        let data = tempfile::tempdir().unwrap();
        let refused = restore(&file, data.path()).unwrap_err();
        assert!(refused.text.contains("impossible name"), "{refused}");
        assert!(!data.path().join("chat.db").exists() && !scene.at("evil").exists());
    }
}

#[test]
fn a_backup_holds_what_was_stored_before_it_began_while_others_write() {
    let scene = Scene::new(0);
    let mut store = open(&scene.data);
    let (begin, begun) = std::sync::mpsc::channel();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            let mut at = 0;
            while !done.load(std::sync::atomic::Ordering::Acquire) {
                at += 1;
                store.commit(&[record(said(at, "busy"))]).unwrap();
                let _ = begin.send(at);
            }
        });
        let before = begun.iter().nth(200).unwrap();
        scene.backup("b", Existing::Kept).unwrap();
        done.store(true, std::sync::atomic::Ordering::Release);
        let elsewhere = scene.at("elsewhere");
        restore(&scene.at("b"), &elsewhere).unwrap();
        let restored = crate::store::sqlite::Sqlite::open(&elsewhere, Sync::Off).unwrap();
        let stored = moments(&restored);
        assert!(stored.len() as u64 >= before, "{} {before}", stored.len());
        assert!(stored.windows(2).all(|pair| pair[1] == pair[0] + 1));
        assert_eq!(restored.verify(), Ok(Vec::new()));
    });
}
