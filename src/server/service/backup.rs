//! Copies of everything that lasts: made, checked, and when the last one was made.

use crate::admin::command::backup::Backup;
use crate::admin::command::{Answer, Code};
use crate::config::{Config, StoreKind};
use crate::server::clock::unix_ms;
use crate::server::log;
use crate::store::sqlite::backup::{Existing, LAST, Made, backup, verify_backup};
use crate::store::sqlite::sum::Fault;
use crate::store::trouble::Trouble;
use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Makes one; it takes as long as reading everything twice.
pub(super) fn make(asked: &Backup, config: &Config, data: &Path) -> Answer {
    if config.store.kind == StoreKind::Memory {
        let text =
            "there is nothing to copy: store.kind is memory, and a restart forgets everything";
        return Answer::failed(Code::Failed, text, Vec::new());
    }
    let existing = match asked.force {
        true => Existing::Replaced,
        false => Existing::Kept,
    };
    match backup(data, Path::new(&asked.file), existing) {
        Ok(made) => answer_to(&asked.file, &made, data),
        Err(trouble) => failed(trouble),
    }
}

fn answer_to(file: &str, made: &Made, data: &Path) -> Answer {
    if let Err(error) = note(data, file, made.bytes) {
        log::warn(format_args!(
            "When the backup was made cannot be kept: {error}"
        ));
    }
    let answer = Answer::ok(json!({
        "file": file,
        "bytes": made.bytes,
        "messages": made.messages,
        "files": made.files,
        "shared_files": made.shared,
        "damaged": rows(&made.faults),
    }));
    match made.faults.len() {
        0 => answer,
        count => {
            let were = if count == 1 { "row was" } else { "rows were" };
            let text = format!(
                "The backup is complete, but {count} {were} not as stored; the backup has them so"
            );
            let data = answer.data.unwrap_or_default();
            Answer::failed(Code::Damaged, text, Vec::new()).with(data)
        }
    }
}

fn failed(trouble: Trouble) -> Answer {
    Answer::failed(Code::Failed, trouble.text, Vec::new())
}

/// Reads a backup again.
pub(super) fn check(file: &str) -> Answer {
    let faults = match verify_backup(Path::new(file)) {
        Ok(faults) => faults,
        Err(trouble) => return failed(trouble),
    };
    let data = json!({"kind": "backup", "damaged": rows(&faults)});
    match faults.len() {
        0 => Answer::ok(data),
        count => {
            let are = if count == 1 {
                "row of the backup is"
            } else {
                "rows of the backup are"
            };
            let text = format!("{count} {are} not as stored");
            Answer::failed(Code::Damaged, text, Vec::new()).with(data)
        }
    }
}

fn rows(faults: &[Fault]) -> Vec<Value> {
    let row = |fault: &Fault| json!({"table": fault.table, "row": fault.row, "what": fault.what});
    faults.iter().map(row).collect()
}

/// Keeps when the last one was made, and where it is.
fn note(data: &Path, file: &str, bytes: u64) -> io::Result<()> {
    let (path, draft) = (data.join(LAST), data.join("backup.json.new"));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    let mut note = options.open(&draft)?;
    writeln!(
        note,
        "{}",
        json!({"at_ms": unix_ms(), "file": file, "bytes": bytes})
    )?;
    note.sync_all()?;
    std::fs::rename(&draft, &path)
}

/// When the last one was made, in milliseconds since 1970-01-01 UTC; `None`: never.
pub(in crate::server) fn last(data: &Path) -> Option<u64> {
    let note: Value = serde_json::from_reader(File::open(data.join(LAST)).ok()?).ok()?;
    note.get("at_ms")?.as_u64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_the_last_one_was_made_is_known_after_a_restart() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(last(data.path()), None);
        note(data.path(), "/b", 1).unwrap();
        assert!(last(data.path()).is_some_and(|at_ms| at_ms > 1_700_000_000_000));
        std::fs::write(data.path().join(LAST), "{").unwrap();
        assert_eq!(last(data.path()), None);
    }

    #[test]
    fn a_store_that_forgets_has_no_backup() {
        let mut config = Config::default();
        config.store.kind = StoreKind::Memory;
        let asked = Backup {
            file: "/nowhere/b".into(),
            force: false,
        };
        let answer = make(&asked, &config, Path::new("/nowhere"));
        assert!(answer.error.unwrap().text.contains("memory"));
    }
}
