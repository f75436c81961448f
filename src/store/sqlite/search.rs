//! The index of words: a file of its own, `search.db`, behind the commits. It holds no text, only which words are
//! in which message; whoever finds something reads it from the store. It can be built anew at any time.

use crate::config::Sync;
use crate::store::Index;
use crate::store::answer::{folded_nick, is_searched};
use crate::store::record::said::Verb;
use crate::store::sqlite::FILE;
use crate::store::sqlite::connect::{reader, trouble, writer};
use crate::store::sqlite::rows::str_at;
use crate::store::sqlite::schema::Fact;
use crate::store::trouble::{Kind, Trouble};
use rusqlite::{Connection, Error, OptionalExtension, Row, TransactionBehavior};
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
    /// `None` before the first piece, and after a trouble.
    open: Option<Open>,
    /// Whether the last piece ended with a new beginning.
    is_new: bool,
    /// The kind of trouble that the last piece had.
    told: Option<Kind>,
}

#[derive(Debug)]
struct Open {
    store: Connection,
    words: Connection,
    file: Identity,
}

/// What failed.
enum Stop {
    Store(Error),
    Index(Error),
    /// The store does not know any more what the index missed.
    Behind,
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
    /// Of the store in this directory. Nothing is opened before it is needed: a store works without its index.
    pub fn of(dir: &Path) -> Self {
        Self {
            main: dir.join(FILE),
            path: dir.join(INDEX),
            open: None,
            is_new: false,
            told: None,
        }
    }

    /// Opens the index; begins a new one if there is none that can be used.
    fn open(&self) -> Result<Open, Trouble> {
        let store = reader(&self.main)?;
        let words = match ready(&self.path, &store) {
            Err(trouble) if trouble.kind == Kind::Corrupt => {
                discard(&self.path);
                ready(&self.path, &store)?
            }
            other => other?,
        };
        let file = identity(&self.path);
        Ok(Open { store, words, file })
    }

    /// Throws the index away, to be built anew; if that was of no use just before, it is a trouble.
    fn begin_anew(&mut self, why: Trouble) -> Result<bool, Trouble> {
        discard(&self.path);
        match std::mem::replace(&mut self.is_new, true) {
            true => Err(why),
            false => Ok(true),
        }
    }
}

impl Index for Words {
    /// The same trouble is told once, until it is over.
    fn catch_up(&mut self) -> Result<bool, Trouble> {
        let done = self.next_piece();
        let kind = done.as_ref().err().map(|trouble| trouble.kind);
        let is_old = kind.is_some() && kind == self.told;
        self.told = kind;
        match is_old {
            true => Ok(false),
            false => done,
        }
    }
}

impl Words {
    fn next_piece(&mut self) -> Result<bool, Trouble> {
        let now = identity(&self.path);
        let open = self.open.take();
        let mut open = match open.filter(|open| now.is_some() && open.file == now) {
            Some(open) => open,
            None => self.open()?,
        };
        match piece(&open.store, &mut open.words) {
            Ok(is_more) => {
                self.open = Some(open);
                self.is_new = false;
                Ok(is_more)
            }
            Err(Stop::Store(error)) => Err(trouble(&self.main, &error)),
            Err(Stop::Index(error)) => match trouble(&self.path, &error) {
                why if why.kind == Kind::Corrupt => self.begin_anew(why),
                why => Err(why),
            },
            Err(Stop::Behind) => self.begin_anew(Trouble {
                kind: Kind::Corrupt,
                text: format!("{} is behind its store", self.path.display()),
            }),
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

/// Takes in a piece; tells whether there is more.
fn piece(store: &Connection, words: &mut Connection) -> Result<bool, Stop> {
    let said = {
        let indexed = state(words, "indexed").map_err(Stop::Index)?;
        said_since(store, indexed).map_err(Stop::Store)?
    };
    let done = state(words, "gone").map_err(Stop::Index)?;
    let gone = gone_since(store, done).map_err(Stop::Store)?;
    if let Some((first, _)) = gone.first()
        && *first != done + 1
        && done > 0
    {
        return Err(Stop::Behind);
    }
    take(words, &said, &gone).map_err(Stop::Index)?;
    Ok(said.len() == PIECE || gone.len() == PIECE)
}

/// What the index keeps of a message: nothing, if it is not searched.
struct Entry {
    moment: i64,
    words: Option<(String, String, String)>,
}

/// The next piece of what was said.
fn said_since(store: &Connection, indexed: i64) -> rusqlite::Result<Vec<Entry>> {
    let sql = "SELECT moment, buffer, twin, verb, source, text FROM message WHERE moment > ?
               ORDER BY moment LIMIT ?";
    let mut statement = store.prepare_cached(sql)?;
    let mut rows = statement.query((indexed, PIECE as i64))?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(Entry {
            moment: row.get(0)?,
            words: words_of(row),
        });
    }
    Ok(entries)
}

fn words_of(row: &Row<'_>) -> Option<(String, String, String)> {
    let verb = Verb::numbered(row.get(3).ok()?)?;
    let text = str_at(row, 5).filter(|_| is_searched(verb))?;
    let twin: Option<i64> = row.get(2).ok()?;
    let twin = twin.map_or_else(String::new, place_word);
    let place = format!("{} {twin}", place_word(row.get(1).ok()?));
    let nick = nick_word(&folded_nick(str_at(row, 4)?));
    Some((text.to_owned(), place, nick))
}

/// The next piece of what was deleted, each with its place in the order of that.
fn gone_since(store: &Connection, done: i64) -> rusqlite::Result<Vec<(i64, i64)>> {
    let sql = "SELECT sequence, moment FROM gone WHERE sequence > ? ORDER BY sequence LIMIT ?";
    let mut statement = store.prepare_cached(sql)?;
    let rows = statement.query_map((done, PIECE as i64), |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// Takes in what was said, and out what is gone.
fn take(words: &mut Connection, said: &[Entry], gone: &[(i64, i64)]) -> rusqlite::Result<()> {
    if said.is_empty() && gone.is_empty() {
        return Ok(());
    }
    let transaction = words.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let sql = "INSERT INTO words(rowid, text, place, nick) VALUES (?, ?, ?, ?)";
    for entry in said {
        if let Some((text, place, nick)) = &entry.words {
            let row = (entry.moment, text, place, nick);
            transaction.prepare_cached(sql)?.execute(row)?;
        }
    }
    if let Some(last) = said.last() {
        keep_state(&transaction, "indexed", last.moment)?;
    }
    let sql = "DELETE FROM words WHERE rowid = ?";
    for (_, moment) in gone {
        transaction.prepare_cached(sql)?.execute([moment])?;
    }
    if let Some((last, _)) = gone.last() {
        keep_state(&transaction, "gone", *last)?;
    }
    transaction.commit()
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
