//! A backup becomes a data directory again. Nothing that is there is touched: the directory must be empty.

use crate::store::sqlite::FILE;
use crate::store::sqlite::backup::{each_file, verify_backup};
use crate::store::sqlite::connect::trouble;
use crate::store::sqlite::lock::refused;
use crate::store::sqlite::sum::Fault;
use crate::store::trouble::{Kind, Trouble};
use rusqlite::{Connection, OpenFlags};
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Component, Path};

/// Faults that are named when a backup is refused.
const NAMED: usize = 3;

/// Fills the directory `data`, which is made if there is none, from the backup `file`; gives the rows that were
/// damaged when it was made, which will be left out of every answer.
pub fn restore(file: &Path, data: &Path) -> Result<Vec<Fault>, Trouble> {
    let faults = verify_backup(file)?;
    let (broken, damaged): (Vec<Fault>, Vec<Fault>) =
        faults.into_iter().partition(|fault| fault.table == "file");
    if !broken.is_empty() {
        let named: Vec<String> = broken.iter().take(NAMED).map(ToString::to_string).collect();
        let (count, named) = (broken.len(), named.join("; "));
        return Err(corrupt(format!(
            "{} is damaged in {count} places, and nothing was restored: {named}",
            file.display()
        )));
    }
    must_be_empty(data)?;
    let draft = data.join("chat.unfinished");
    let filled = fill(file, data, &draft);
    if filled.is_err() {
        let _ = std::fs::remove_file(&draft);
    }
    filled.map(|()| damaged)
}

fn corrupt(text: String) -> Trouble {
    let kind = Kind::Corrupt;
    Trouble { kind, text }
}

fn must_be_empty(data: &Path) -> Result<(), Trouble> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(data);
    made.map_err(|error| refused(data, &error))?;
    let mut entries = std::fs::read_dir(data).map_err(|error| refused(data, &error))?;
    match entries.next() {
        None => Ok(()),
        Some(_) => Err(Trouble {
            kind: Kind::ReadOnly,
            text: format!(
                "{} is not empty, and nothing was restored: choose another directory with --data",
                data.display()
            ),
        }),
    }
}

/// The database gets its name last: before that the directory holds no store.
fn fill(file: &Path, data: &Path, draft: &Path) -> Result<(), Trouble> {
    copy(file, draft).map_err(|error| refused(draft, &error))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let failed = |error| trouble(draft, &error);
    let db = Connection::open_with_flags(draft, flags).map_err(failed)?;
    let mut unwritten = None;
    let read = each_file(&db, |path, content, _| {
        if unwritten.is_none() {
            unwritten = put(data, path, content).err();
        }
        Ok(())
    });
    read.map_err(failed)?;
    if let Some(error) = unwritten {
        return Err(refused(data, &error));
    }
    let emptied = db.execute_batch(
        "PRAGMA secure_delete = on; DROP TABLE backup_file; DROP TABLE backup; VACUUM;",
    );
    emptied.map_err(failed)?;
    db.close().map_err(|(_, error)| failed(error))?;
    let named = File::open(draft)
        .and_then(|file| file.sync_all())
        .and_then(|()| std::fs::rename(draft, data.join(FILE)))
        .and_then(|()| File::open(data)?.sync_all());
    named.map_err(|error| refused(data, &error))
}

fn copy(file: &Path, to: &Path) -> io::Result<()> {
    let mut from = File::open(file)?;
    let mut to = private(to)?;
    io::copy(&mut from, &mut to)?;
    Ok(())
}

/// Writes one file; a path that leads out of the directory is none of ours.
fn put(data: &Path, path: &str, content: &[u8]) -> io::Result<()> {
    let relative = Path::new(path);
    let is_inside = |part: Component<'_>| matches!(part, Component::Normal(_));
    if path.is_empty() || !relative.components().all(is_inside) || path.starts_with(FILE) {
        return Err(io::Error::new(
            ErrorKind::InvalidData,
            format!("the backup holds a file of an impossible name: {path:?}"),
        ));
    }
    let whole = data.join(relative);
    if let Some(folder) = whole.parent() {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    let mut file = private(&whole)?;
    file.write_all(content)?;
    file.sync_all()
}

fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600).open(path)
}
