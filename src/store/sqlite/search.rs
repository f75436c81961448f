//! The index of words: a file of its own, `search.db`, behind the commits. It holds no text, only which words are
//! in which message; whoever finds something reads it from the store. It can be built anew at any time.

use crate::config::Sync;
use crate::store::Index;
use crate::store::answer::{folded_nick, is_searched};
use crate::store::record::said::Verb;
use crate::store::sqlite::FILE;
use crate::store::sqlite::connect::{reader, trouble, writer};
use crate::store::sqlite::schema::Fact;
use crate::store::trouble::{Kind, Trouble};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The name of the file in the data directory.
pub const INDEX: &str = "search.db";
/// Messages that are taken in or out in one piece.
const PIECE: usize = 1_000;
/// What this file is like; another number makes it be built anew.
const FORMAT: i64 = 1;

/// The one who keeps the index. Only one at a time.
#[derive(Debug)]
pub struct Words {
    main: PathBuf,
    path: PathBuf,
    store: Connection,
    words: Connection,
    file: Identity,
}

/// Which file stands at a path: the index is thrown away by deleting it.
pub type Identity = Option<(u64, u64)>;

/// The file that stands there now.
pub fn identity(path: &Path) -> Identity {
    let meta = fs::metadata(path).ok()?;
    Some((meta.dev(), meta.ino()))
}

/// Throws an index away.
pub fn discard(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        let _ = fs::remove_file(name);
    }
}

/// Stands for a conversation in the index.
pub fn place_word(conversation: i64) -> String {
    format!("c{conversation}")
}

/// Stands for a folded nick in the index.
pub fn nick_word(nick: &str) -> String {
    let digits = nick.bytes().map(|byte| format!("{byte:02x}"));
    format!("n{}", digits.collect::<String>())
}

impl Words {
    /// Opens the index of the store in this directory; begins a new one if there is none that can be used.
    pub fn open(dir: &Path) -> Result<Self, Trouble> {
        let (main, path) = (dir.join(FILE), dir.join(INDEX));
        let store = reader(&main)?;
        let words = match ready(&path, &store) {
            Ok(words) => words,
            Err(trouble) if trouble.kind == Kind::Corrupt => {
                discard(&path);
                ready(&path, &store)?
            }
            Err(trouble) => return Err(trouble),
        };
        let file = identity(&path);
        Ok(Self {
            main,
            path,
            store,
            words,
            file,
        })
    }

    /// Throws the index away and begins a new one.
    fn begin_anew(&mut self) -> Result<bool, Trouble> {
        discard(&self.path);
        self.store = reader(&self.main)?;
        self.words = ready(&self.path, &self.store)?;
        self.file = identity(&self.path);
        Ok(true)
    }
}

impl Index for Words {
    fn catch_up(&mut self) -> Result<bool, Trouble> {
        if self.file.is_none() || identity(&self.path) != self.file {
            return self.begin_anew();
        }
        let piece = piece(&self.store, &mut self.words);
        match piece.map_err(|error| trouble(&self.path, &error)) {
            Ok(Some(is_more)) => Ok(is_more),
            Ok(None) => self.begin_anew(),
            Err(trouble) if trouble.kind == Kind::Corrupt => self.begin_anew(),
            Err(trouble) => {
                self.store = reader(&self.main)?;
                Err(trouble)
            }
        }
    }
}

/// An index that belongs to this store.
fn ready(path: &Path, store: &Connection) -> Result<Connection, Trouble> {
    let failed = |error| trouble(path, &error);
    let mut words = writer(path, Sync::Normal)?;
    let identity = Fact::Identity.read(store).map_err(failed)?.unwrap_or(0);
    if fits(&words, identity).map_err(failed)? {
        return Ok(words);
    }
    drop(words);
    discard(path);
    words = writer(path, Sync::Normal)?;
    create(&mut words, identity).map_err(failed)?;
    Ok(words)
}

/// Whether this is an index of this store as we know it.
fn fits(words: &Connection, identity: u64) -> rusqlite::Result<bool> {
    let version: i64 = words.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(version == FORMAT && state(words, "identity")? == identity.cast_signed())
}

fn create(words: &mut Connection, identity: u64) -> rusqlite::Result<()> {
    let transaction = words.transaction()?;
    transaction.execute_batch(
        "CREATE VIRTUAL TABLE words USING fts5(text, place, nick, content = '', contentless_delete = 1,
             tokenize = 'unicode61 remove_diacritics 2');
         CREATE TABLE state(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;",
    )?;
    keep_state(&transaction, "identity", identity.cast_signed())?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.commit()
}

/// Takes in a piece; tells whether there is more, or `None` if the index missed something.
fn piece(store: &Connection, words: &mut Connection) -> rusqlite::Result<Option<bool>> {
    let transaction = words.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let said = take_in(store, &transaction)?;
    let Some(deleted) = take_out(store, &transaction)? else {
        return Ok(None);
    };
    transaction.commit()?;
    Ok(Some(said == PIECE || deleted == PIECE))
}

/// Takes in what was said since; tells how much was looked at.
fn take_in(store: &Connection, words: &Connection) -> rusqlite::Result<usize> {
    let indexed = state(words, "indexed")?;
    let sql = "SELECT moment, buffer, twin, verb, source, text FROM message WHERE moment > ?
               ORDER BY moment LIMIT ?";
    let mut statement = store.prepare_cached(sql)?;
    let mut rows = statement.query((indexed, PIECE as i64))?;
    let sql = "INSERT INTO words(rowid, text, place, nick) VALUES (?, ?, ?, ?)";
    let mut insert = words.prepare_cached(sql)?;
    let (mut looked, mut last) = (0, indexed);
    while let Some(row) = rows.next()? {
        looked += 1;
        last = row.get(0)?;
        let verb = Verb::numbered(row.get(3)?);
        let (Some(text), true) = (
            row.get_ref(5)?.as_str_or_null().ok().flatten(),
            verb.is_some_and(is_searched),
        ) else {
            continue;
        };
        let twin: Option<i64> = row.get(2)?;
        let twin = twin.map_or_else(String::new, place_word);
        let place = format!("{} {twin}", place_word(row.get(1)?));
        let source = row.get_ref(4)?.as_str().unwrap_or_default();
        insert.execute((last, text, place, nick_word(&folded_nick(source))))?;
    }
    if looked > 0 {
        keep_state(words, "indexed", last)?;
    }
    Ok(looked)
}

/// Takes out what was deleted since; tells how much, or `None` if the store does not know any more.
fn take_out(store: &Connection, words: &Connection) -> rusqlite::Result<Option<usize>> {
    let done = state(words, "gone")?;
    let sql = "SELECT sequence, moment FROM gone WHERE sequence > ? ORDER BY sequence LIMIT ?";
    let mut statement = store.prepare_cached(sql)?;
    let mut rows = statement.query((done, PIECE as i64))?;
    let mut delete = words.prepare_cached("DELETE FROM words WHERE rowid = ?")?;
    let (mut deleted, mut last) = (0, done);
    while let Some(row) = rows.next()? {
        let sequence: i64 = row.get(0)?;
        if deleted == 0 && sequence != done + 1 && done > 0 {
            return Ok(None);
        }
        delete.execute([row.get::<_, i64>(1)?])?;
        deleted += 1;
        last = sequence;
    }
    if deleted > 0 {
        keep_state(words, "gone", last)?;
    }
    Ok(Some(deleted))
}

fn state(words: &Connection, name: &str) -> rusqlite::Result<i64> {
    let known = words.query_row(
        "SELECT 1 FROM sqlite_schema WHERE name = 'state'",
        [],
        |_| Ok(()),
    );
    if known.optional()?.is_none() {
        return Ok(0);
    }
    let mut statement = words.prepare_cached("SELECT value FROM state WHERE name = ?")?;
    let value = statement.query_row([name], |row| row.get(0));
    Ok(value.optional()?.unwrap_or(0))
}

fn keep_state(words: &Connection, name: &str, value: i64) -> rusqlite::Result<()> {
    let sql = "REPLACE INTO state(name, value) VALUES (?, ?)";
    words.prepare_cached(sql)?.execute((name, value)).map(drop)
}
