//! A copy of everything while people talk, and the server that comes of it.

use crate::process::{Home, Served};
use crate::schema::{Form, data, must_have};
use rusqlite::Connection;
use rustix::process::Signal;
use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

const BACKUP: Form = &[
    ("file", "text"),
    ("bytes", "number"),
    ("messages", "number"),
    ("files", "number"),
    ("damaged", "list"),
];

/// Says one thing after the other as fast as they are acknowledged, counting those, until it is done.
fn talk(served: &Served, acknowledged: &AtomicU32, is_done: &AtomicBool) {
    let mut ann = served.client("ann");
    ann.send("CAP REQ :echo-message");
    ann.until(" ACK ");
    for round in 1.. {
        let lines: Vec<String> = (1..=50)
            .map(|n| format!("PRIVMSG #lobby :m{}.", (round - 1) * 50 + n))
            .collect();
        ann.send(&lines.join("\r\n"));
        ann.until(&format!("m{}.", round * 50));
        acknowledged.store(round * 50, Ordering::Release);
        if is_done.load(Ordering::Acquire) {
            return;
        }
    }
}

/// Takes a backup while somebody talks; how much was acknowledged before.
fn back_up_under_load(home: &Home, served: &Served, file: &str) -> u32 {
    let (acknowledged, is_done) = (AtomicU32::new(0), AtomicBool::new(false));
    std::thread::scope(|threads| {
        threads.spawn(|| talk(served, &acknowledged, &is_done));
        let mut told = 0;
        while told < 1000 {
            std::thread::yield_now();
            told = acknowledged.load(Ordering::Acquire);
        }
        let made = home
            .chat(&["admin", "backup", "all", "--json"])
            .current_dir(home.path())
            .output()
            .expect("the binary starts");
        let made = crate::process::Ran::of(made);
        is_done.store(true, Ordering::Release);
        let made = data(&made);
        must_have(&made, BACKUP);
        let field = |name| made.get(name).cloned().unwrap_or_default();
        assert_eq!(field("file"), file);
        assert_eq!(field("damaged"), serde_json::json!([]));
        assert!(field("messages").as_u64() >= Some(told.into()), "{made}");
        told
    })
}

/// Every message up to this number is in the store.
fn must_hold_all(store: &Path, before: u32) {
    let db = Connection::open(store).expect("a store");
    let mut texts = db.prepare("SELECT text FROM message").expect("a store");
    let texts: HashSet<String> = texts
        .query_map([], |row| row.get::<_, Option<String>>(0))
        .expect("a store")
        .filter_map(|text| text.expect("text"))
        .collect();
    let lost: Vec<u32> = (1..=before)
        .filter(|n| !texts.contains(&format!("m{n}.")))
        .collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn a_backup_under_load_holds_what_was_acknowledged_before_and_becomes_a_server_again() {
    let home = Home::new();
    fs::write(home.path().join("chat.yaml"), "flood: { enabled: false }\n")
        .expect("a file of ours");
    let path = |name: &str| home.path().join(name).display().to_string();
    let (config, old, new, file) = (path("chat.yaml"), path("old"), path("new"), path("all"));
    let served = home.serve(&["--config", &config, "--data", &old]);
    let before = back_up_under_load(&home, &served, &file);
    let mode = fs::metadata(&file)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!fs::exists(path("all.unfinished")).expect("it is known"));
    let status = home.run(&["admin", "status"]);
    assert!(status.out.contains("Backup        0s ago"), "{status:?}");
    let again = home.run(&["admin", "backup", &file]);
    assert!(
        again.code == 1 && again.err.contains("--force"),
        "{again:?}"
    );
    assert_eq!(home.run(&["admin", "backup", &file, "--force"]).code, 0);
    assert_eq!(home.run(&["admin", "verify", &file]).code, 0);
    served.signal(Signal::TERM);
    served.end();

    let restored = home.serve(&["--config", &config, "--data", &new, "--restore", &file]);
    let checked = data(&home.run(&["admin", "verify", "--json"]));
    assert_eq!(checked["damaged"], serde_json::json!([]));
    restored.signal(Signal::TERM);
    restored.end();
    must_hold_all(&home.path().join("new/chat.db"), before);
    let secrets = [&old, &new].map(|dir| fs::read(format!("{dir}/secret")).expect("a secret"));
    assert_eq!(secrets[0], secrets[1]);

    let refused = home.run(&["serve", "0", "--data", &old, "--restore", &file]);
    assert!(
        refused.code == 1 && refused.err.contains("not empty"),
        "{refused:?}"
    );
}

#[test]
fn a_backup_that_was_cut_is_no_backup() {
    let home = Home::new();
    let path = |name: &str| home.path().join(name).display().to_string();
    let (old, new, file) = (path("old"), path("new"), path("all"));
    let _served = home.serve(&["--data", &old]);
    assert_eq!(home.run(&["admin", "backup", &file]).code, 0);
    let whole = fs::read(&file).expect("it is there");
    fs::write(&file, whole.get(..whole.len() / 2).unwrap_or_default()).expect("a file of ours");
    let checked = home.run(&["admin", "verify", &file]);
    assert_eq!(checked.code, 1, "{checked:?}");
    let refused = home.run(&["serve", "0", "--data", &new, "--restore", &file]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(!fs::exists(format!("{new}/chat.db")).expect("it is known"));
}
