//! The tables, and how a file of an earlier version becomes one of today's.

use crate::store::sqlite::connect::trouble;
use crate::store::sqlite::sum::{Table, number, text};
use crate::store::trouble::{Kind, Trouble};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Brings a file from one version to the next; runs in a transaction.
pub type Step = fn(&Connection) -> rusqlite::Result<()>;

/// The step at place n makes version n + 1 of version n. A step that was ever released is never changed.
pub const STEPS: &[Step] = &[first, second, third];

/// Bytes of a file up to the end of the number of its version.
const HEADER: usize = 64;
/// How a file begins.
const MAGIC: &[u8] = b"SQLite format 3\0";

pub const CONVERSATION: Table = Table {
    name: "conversation",
    key: 1,
    width: 2,
    put: "INSERT INTO conversation(id, name, sum) VALUES (?, ?, ?)
          ON CONFLICT(id) DO UPDATE SET name = excluded.name, sum = excluded.sum",
    all: "SELECT id, name, sum FROM conversation ORDER BY id",
};

pub const MESSAGE: Table = Table {
    name: "message",
    key: 1,
    width: 13,
    put: "INSERT INTO message(moment, nonce, buffer, twin, verb, source, account, author, flags, words, text, tags,
          heard, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    all: "SELECT moment, nonce, buffer, twin, verb, source, account, author, flags, words, text, tags, heard, sum
          FROM message ORDER BY moment",
};

/// Accounts; one that is gone has no body.
pub const ACCOUNT: Table = Table {
    name: "account",
    key: 1,
    width: 3,
    put: "REPLACE INTO account(id, name, body, sum) VALUES (?, ?, ?, ?)",
    all: "SELECT id, name, body, sum FROM account ORDER BY id",
};

pub const ROOM: Table = Table {
    name: "room",
    key: 1,
    width: 2,
    put: "REPLACE INTO room(name, body, sum) VALUES (?, ?, ?)",
    all: "SELECT name, body, sum FROM room ORDER BY name",
};

pub const MEMBER: Table = Table {
    name: "member",
    key: 2,
    width: 3,
    put: "REPLACE INTO member(room, account, since, sum) VALUES (?, ?, ?, ?)",
    all: "SELECT room, account, since, sum FROM member ORDER BY room, account",
};

/// Read markers: they only move forward.
pub const MARKER: Table = Table {
    name: "marker",
    key: 2,
    width: 3,
    put: "INSERT INTO marker(account, target, at, sum) VALUES (?, ?, ?, ?)
          ON CONFLICT(account, target) DO UPDATE SET at = excluded.at, sum = excluded.sum WHERE excluded.at > at",
    all: "SELECT account, target, at, sum FROM marker ORDER BY account, target",
};

pub const UNREAD: Table = Table {
    name: "unread",
    key: 1,
    width: 4,
    put: "REPLACE INTO unread(at, account, sender, bytes, sum) VALUES (?, ?, ?, ?, ?)",
    all: "SELECT at, account, sender, bytes, sum FROM unread ORDER BY at",
};

pub const SENT: Table = Table {
    name: "sent",
    key: 2,
    width: 5,
    put: "REPLACE INTO sent(author, client_id, moment, nonce, digest, sum) VALUES (?, ?, ?, ?, ?, ?)",
    all: "SELECT author, client_id, moment, nonce, digest, sum FROM sent ORDER BY moment",
};

pub const SEEN: Table = Table {
    name: "seen",
    key: 1,
    width: 3,
    put: "REPLACE INTO seen(name, nick, at, sum) VALUES (?, ?, ?, ?)",
    all: "SELECT name, nick, at, sum FROM seen ORDER BY at",
};

pub const SANCTION: Table = Table {
    name: "sanction",
    key: 1,
    width: 2,
    put: "REPLACE INTO sanction(id, body, sum) VALUES (?, ?, ?)",
    all: "SELECT id, body, sum FROM sanction ORDER BY id",
};

pub const FILE: Table = Table {
    name: "file",
    key: 1,
    width: 3,
    put: "REPLACE INTO file(id, room, body, sum) VALUES (?, ?, ?, ?)",
    all: "SELECT id, room, body, sum FROM file ORDER BY id",
};

/// Single numbers: see [`Fact`].
pub const META: Table = Table {
    name: "meta",
    key: 1,
    width: 2,
    put: "REPLACE INTO meta(name, value, sum) VALUES (?, ?, ?)",
    all: "SELECT name, value, sum FROM meta ORDER BY name",
};

/// All tables whose rows carry a checksum.
pub const TABLES: &[&Table] = &[
    &CONVERSATION,
    &MESSAGE,
    &ACCOUNT,
    &ROOM,
    &MEMBER,
    &MARKER,
    &UNREAD,
    &SENT,
    &SEEN,
    &SANCTION,
    &FILE,
    &META,
];

/// A single number that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// The latest moment of anything that was deleted.
    Last,
    /// The highest number that an account had.
    LastAccount,
    /// The highest number that a sanction had.
    LastSanction,
    /// Tells this file from any other, so that an index of another one is not used.
    Identity,
    /// How often it was tried whether something can be stored.
    Probes,
}

impl Fact {
    fn name(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::LastAccount => "last account",
            Self::LastSanction => "last sanction",
            Self::Identity => "identity",
            Self::Probes => "probes",
        }
    }

    /// What is kept, if anything is and it is right.
    pub fn read(self, db: &Connection) -> rusqlite::Result<Option<u64>> {
        let mut statement =
            db.prepare_cached("SELECT name, value, sum FROM meta WHERE name = ?")?;
        let read = statement.query_row([self.name()], |row| {
            let is_right = META.is_right(row, &Default::default())?;
            let value: i64 = row.get(1)?;
            Ok(is_right.then_some(value.cast_unsigned()))
        });
        Ok(read.optional()?.flatten())
    }

    /// Keeps the greater one of this and what is kept.
    pub fn raise(self, db: &Connection, value: u64) -> rusqlite::Result<()> {
        if self.read(db)?.is_none_or(|kept| kept < value) {
            META.put(db, &[text(self.name()), number(value)])?;
        }
        Ok(())
    }
}

/// Refuses a file that a later version wrote, before anything in it is touched.
pub fn must_not_be_newer(path: &Path, steps: &[Step]) -> Result<(), Trouble> {
    let mut header = [0; HEADER];
    let Ok(()) = File::open(path).and_then(|file| file.read_exact_at(&mut header, 0)) else {
        return Ok(());
    };
    let [.., a, b, c, d] = header;
    match u32::from_be_bytes([a, b, c, d]) as usize {
        version if header.starts_with(MAGIC) && version > steps.len() => {
            Err(newer(path, version, steps.len()))
        }
        _ => Ok(()),
    }
}

/// Makes a file of today's version of what is there.
pub fn migrate(db: &mut Connection, path: &Path, steps: &[Step]) -> Result<(), Trouble> {
    let failed = |error| trouble(path, &error);
    let version: u32 = db
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .map_err(failed)?;
    let version = version as usize;
    if version > steps.len() {
        return Err(newer(path, version, steps.len()));
    }
    for (at, step) in steps.iter().enumerate().skip(version) {
        take_step(db, *step, at + 1).map_err(failed)?;
    }
    Ok(())
}

/// One step, whole or not at all.
fn take_step(db: &mut Connection, step: Step, version: usize) -> rusqlite::Result<()> {
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    step(&transaction)?;
    transaction.pragma_update(None, "user_version", version as i64)?;
    transaction.commit()
}

fn newer(path: &Path, version: usize, ours: usize) -> Trouble {
    let path = path.display();
    let text = format!(
        "{path} was written by a later version of chat (its format is {version}, this one knows up to {ours}): \
         install that version, or give this one another directory; nothing was changed"
    );
    Trouble {
        kind: Kind::Newer,
        text,
    }
}

/// Version 1.
fn first(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "CREATE TABLE conversation(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
             sum INTEGER NOT NULL) STRICT;
         CREATE TABLE message(moment INTEGER PRIMARY KEY, nonce INTEGER NOT NULL, buffer INTEGER NOT NULL,
             twin INTEGER, verb INTEGER NOT NULL, source TEXT NOT NULL, account TEXT, author TEXT NOT NULL,
             flags INTEGER NOT NULL, words TEXT NOT NULL, text TEXT, tags TEXT NOT NULL, heard TEXT NOT NULL,
             sum INTEGER NOT NULL) STRICT;
         CREATE INDEX message_buffer ON message(buffer);
         CREATE INDEX message_said ON message(buffer) WHERE verb <= 3;
         CREATE INDEX message_twin ON message(twin) WHERE twin IS NOT NULL;
         CREATE TABLE account(id INTEGER PRIMARY KEY, name TEXT NOT NULL, body TEXT, sum INTEGER NOT NULL) STRICT;
         CREATE TABLE room(name TEXT PRIMARY KEY, body TEXT NOT NULL, sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
         CREATE TABLE member(room TEXT NOT NULL, account INTEGER NOT NULL, since INTEGER NOT NULL,
             sum INTEGER NOT NULL, PRIMARY KEY(room, account)) STRICT, WITHOUT ROWID;
         CREATE TABLE marker(account INTEGER NOT NULL, target TEXT NOT NULL, at INTEGER NOT NULL,
             sum INTEGER NOT NULL, PRIMARY KEY(account, target)) STRICT, WITHOUT ROWID;
         CREATE TABLE unread(at INTEGER PRIMARY KEY, account INTEGER NOT NULL, sender TEXT NOT NULL,
             bytes INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT;
         CREATE INDEX unread_sender ON unread(account, sender);
         CREATE TABLE sent(author TEXT NOT NULL, client_id TEXT NOT NULL, moment INTEGER NOT NULL,
             nonce INTEGER NOT NULL, digest INTEGER NOT NULL, sum INTEGER NOT NULL,
             PRIMARY KEY(author, client_id)) STRICT, WITHOUT ROWID;
         CREATE INDEX sent_moment ON sent(moment);
         CREATE TABLE seen(name TEXT PRIMARY KEY, nick TEXT NOT NULL, at INTEGER NOT NULL,
             sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
         CREATE INDEX seen_at ON seen(at);
         CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
         CREATE TABLE gone(sequence INTEGER PRIMARY KEY AUTOINCREMENT, moment INTEGER NOT NULL) STRICT;",
    )?;
    let mut identity = [0; 8];
    getrandom::fill(&mut identity).map_err(|_| rusqlite::Error::InvalidQuery)?;
    Fact::Identity.raise(db, u64::from_le_bytes(identity) >> 1)
}

/// Version 2: what operators need.
fn second(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "CREATE TABLE sanction(id INTEGER PRIMARY KEY, body TEXT NOT NULL, sum INTEGER NOT NULL) STRICT;",
    )
}

/// Version 3: files.
fn third(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "CREATE TABLE file(id TEXT PRIMARY KEY, room TEXT, body TEXT NOT NULL, sum INTEGER NOT NULL)
             STRICT, WITHOUT ROWID;
         CREATE INDEX file_room ON file(room) WHERE room IS NOT NULL;",
    )
}
