//! A copy of everything that lasts, in one file: the database as it is at one moment, beside whoever writes to it,
//! with the other files of the data directory in a table of their own. It is read again before it gets its name.
//!
//! Whoever has it can read everything and be this server: messages, what is kept of passwords, keys. Left out is
//! what can be made anew: the index for searching, and what only a running server needs.

use crate::store::blobs::FOLDER;
use crate::store::sqlite::FILE;
use crate::store::sqlite::connect::{reader, trouble};
use crate::store::sqlite::lock::refused;
use crate::store::sqlite::schema::{STEPS, must_not_be_newer};
use crate::store::sqlite::search::INDEX;
use crate::store::sqlite::sum::Fault;
use crate::store::sqlite::verify::{fault, verify};
use crate::store::trouble::{Kind, Trouble};
use rusqlite::{Connection, OpenFlags, params};
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Number of the form that backups have; other forms are not read.
const FORM: u32 = 1;
/// Largest file beside the database that is copied.
const MOST: u64 = 256 << 20;
/// Directories within directories that are looked into.
const DEPTH: u32 = 4;
/// Names that a running server needs, and nobody else.
const PASSING: [&str; 2] = ["lock", LAST];
/// Ends of names of what is made and not finished yet.
const DRAFTS: [&str; 2] = [".new", ".unfinished"];

/// Name of the file in the data directory that tells of the last backup.
pub const LAST: &str = "backup.json";

/// Whether a file that is there may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    Kept,
    Replaced,
}

/// What came of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub bytes: u64,
    pub messages: u64,
    /// Files beside the database.
    pub files: u64,
    /// What people share: of it the backup knows everything but the bytes.
    pub shared: u64,
    /// What was not as it was stored, and is not in the backup either.
    pub faults: Vec<Fault>,
}

/// Copies what is in the directory `data` to the file `to`, which is for its owner alone and appears only when it
/// is complete and was read again.
pub fn backup(data: &Path, to: &Path, existing: Existing) -> Result<Made, Trouble> {
    must_be_elsewhere(data, to)?;
    if existing == Existing::Kept && std::fs::symlink_metadata(to).is_ok() {
        return Err(taken(to));
    }
    let draft = draft_of(to)?;
    let made = fill(data, &draft).and_then(|made| {
        publish(&draft, to, existing)?;
        Ok(made)
    });
    if made.is_err() {
        let _ = std::fs::remove_file(&draft);
    }
    made
}

/// Reads a backup and tells what in it is not as it was stored; a file that is none is refused.
pub fn verify_backup(file: &Path) -> Result<Vec<Fault>, Trouble> {
    must_not_be_newer(file, STEPS)?;
    let db = reader(file)?;
    must_be_backup(&db, file)?;
    let mut found = verify(file)?;
    each_file(&db, |path, content, sum| {
        if sum != sum_of(path, content) {
            found.push(fault("file", path, "its checksum is wrong"));
        }
        Ok(())
    })
    .map_err(|error| trouble(file, &error))?;
    Ok(found)
}

/// Lets `act` see each file beside the database: its path in the data directory, content and checksum.
pub(super) fn each_file(
    db: &Connection,
    mut act: impl FnMut(&str, &[u8], u32) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = db.prepare("SELECT path, content, sum FROM backup_file ORDER BY path")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (path, sum): (String, u32) = (row.get(0)?, row.get(2)?);
        act(&path, row.get_ref(1)?.as_blob()?, sum)?;
    }
    Ok(())
}

/// The checksum of a file under this path.
pub(super) fn sum_of(path: &str, content: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(path.as_bytes());
    sum.update(&[0]);
    sum.update(content);
    sum.finalize()
}

/// Refuses a database that is no backup.
pub(super) fn must_be_backup(db: &Connection, file: &Path) -> Result<(), Trouble> {
    let form = db.query_row("SELECT form FROM backup", [], |row| row.get::<_, u32>(0));
    match form {
        Ok(FORM) => Ok(()),
        _ => Err(Trouble {
            kind: Kind::Corrupt,
            text: format!(
                "{} is no backup that this version of chat made, or a damaged one",
                file.display()
            ),
        }),
    }
}

fn must_be_elsewhere(data: &Path, to: &Path) -> Result<(), Trouble> {
    let folder = to
        .parent()
        .filter(|_| to.is_absolute() && to.file_name().is_some());
    let folder = folder.ok_or_else(|| no_place(to, "it is no absolute path of a file"))?;
    let folder = folder
        .canonicalize()
        .map_err(|error| no_place(to, &error.to_string()))?;
    let data = data.canonicalize().unwrap_or_else(|_| data.to_owned());
    match folder.starts_with(&data) {
        true => Err(no_place(to, "that is in the data directory itself")),
        false => Ok(()),
    }
}

fn no_place(to: &Path, why: &str) -> Trouble {
    Trouble {
        kind: Kind::ReadOnly,
        text: format!("{} cannot hold a backup: {why}", to.display()),
    }
}

fn taken(to: &Path) -> Trouble {
    Trouble {
        kind: Kind::ReadOnly,
        text: format!("{} exists; --force replaces it", to.display()),
    }
}

/// An empty file beside the final one, in place of what an interrupted backup left.
pub(super) fn draft_of(to: &Path) -> Result<PathBuf, Trouble> {
    let mut name = to.as_os_str().to_owned();
    name.push(".unfinished");
    let draft = PathBuf::from(name);
    let made = match std::fs::remove_file(&draft) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&draft),
    };
    made.map(|_| draft.clone())
        .map_err(|error| refused(&draft, &error))
}

fn fill(data: &Path, draft: &Path) -> Result<Made, Trouble> {
    let source = data.join(FILE);
    let source_db = reader(&source)?;
    let name = draft.to_str();
    let name = name.ok_or_else(|| no_place(draft, "its name is no text"))?;
    // One transaction that reads: a snapshot of one moment, while others go on writing.
    let copied = source_db.execute("VACUUM INTO ?", [name]);
    copied.map_err(|error| trouble(draft, &error))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = Connection::open_with_flags(draft, flags);
    let mut db = open.map_err(|error| trouble(draft, &error))?;
    let files = add_files(&mut db, data, draft)?;
    let count = |of: &str| {
        let counted = db.query_row(&format!("SELECT count(*) FROM {of}"), [], |row| {
            row.get::<_, i64>(0)
        });
        let counted = counted.map(i64::cast_unsigned);
        counted.map_err(|error| trouble(draft, &error))
    };
    let (messages, shared) = (count("message")?, count("file")?);
    db.close().map_err(|(_, error)| trouble(draft, &error))?;
    let synced = File::open(draft).and_then(|file| {
        file.sync_all()?;
        Ok(file.metadata()?.len())
    });
    Ok(Made {
        bytes: synced.map_err(|error| refused(draft, &error))?,
        messages,
        files,
        shared,
        faults: verify_backup(draft)?,
    })
}

/// Puts the files beside the database into it; tells how many.
fn add_files(db: &mut Connection, data: &Path, draft: &Path) -> Result<u64, Trouble> {
    let failed = |error| trouble(draft, &error);
    let made = db.transaction().and_then(|transaction| {
        transaction.execute_batch(
            "CREATE TABLE backup(form INTEGER NOT NULL, version TEXT NOT NULL) STRICT;
             CREATE TABLE backup_file(path TEXT PRIMARY KEY, content BLOB NOT NULL, sum INTEGER NOT NULL) STRICT;",
        )?;
        let version = env!("CARGO_PKG_VERSION");
        transaction.execute("INSERT INTO backup VALUES (?, ?)", params![FORM, version])?;
        transaction.commit()
    });
    made.map_err(failed)?;
    let mut paths = Vec::new();
    collect(data, "", DEPTH, &mut paths).map_err(|error| unread(data, &error))?;
    for path in &paths {
        let content =
            content(&data.join(path)).map_err(|error| unread(&data.join(path), &error))?;
        let row = params![path, content, sum_of(path, &content)];
        db.execute("INSERT INTO backup_file VALUES (?, ?, ?)", row)
            .map_err(failed)?;
    }
    Ok(paths.len() as u64)
}

fn unread(path: &Path, error: &io::Error) -> Trouble {
    Trouble {
        kind: Kind::Device,
        text: format!("{} cannot be read: {error}", path.display()),
    }
}

/// Paths of what lasts beside the database, below `above`.
fn collect(data: &Path, above: &str, depth: u32, paths: &mut Vec<String>) -> io::Result<()> {
    for entry in std::fs::read_dir(data.join(above))? {
        let entry = entry?;
        let (kind, name) = (entry.file_type()?, entry.file_name());
        let Some(name) = name.to_str() else {
            continue;
        };
        let path = match above {
            "" => name.to_owned(),
            above => format!("{above}/{name}"),
        };
        if kind.is_dir() && path == FOLDER {
            continue; // Never changed once they are there, and maybe very many: they are copied as they are.
        }
        if kind.is_dir() && depth > 0 {
            collect(data, &path, depth - 1, paths)?;
        } else if kind.is_file() && lasts(&path) {
            paths.push(path);
        }
    }
    Ok(())
}

/// Whether a file is kept; those of databases are not: one is copied on its own, the other made anew.
fn lasts(path: &str) -> bool {
    let is_of = |database: &str| path.starts_with(database);
    !is_of(FILE)
        && !is_of(INDEX)
        && !PASSING.contains(&path)
        && !DRAFTS.iter().any(|end| path.ends_with(end))
}

fn content(path: &Path) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    File::open(path)?.take(MOST + 1).read_to_end(&mut content)?;
    match content.len() as u64 > MOST {
        true => Err(io::Error::other("it is too large for a backup")),
        false => Ok(content),
    }
}

/// Gives the finished file its name.
fn publish(draft: &Path, to: &Path, existing: Existing) -> Result<(), Trouble> {
    let flags = match existing {
        Existing::Kept => RenameFlags::NOREPLACE,
        Existing::Replaced => RenameFlags::empty(),
    };
    match renameat_with(CWD, draft, CWD, to, flags) {
        Ok(()) => {}
        Err(Errno::EXIST) => return Err(taken(to)),
        Err(error) => return Err(refused(to, &error.into())),
    }
    let folder = to.parent().unwrap_or(Path::new("/"));
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| refused(folder, &error))
}
