//! Keeps everything in a SQLite file, `chat.db`, in the data directory: one connection writes, a commit is one
//! transaction, and every row carries a checksum.

pub mod backup;
pub mod connect;
pub mod files;
pub mod find;
pub mod load;
pub mod lock;
pub mod read;
pub mod rehearse;
pub mod restore;
pub mod rows;
pub mod schema;
pub mod search;
pub mod sum;
pub mod tail;
pub mod tidy;
pub mod verify;
pub mod write;

use crate::config::Sync;
use crate::store::record::Record;
use crate::store::sqlite::connect::{trouble, writer};
use crate::store::sqlite::lock::Lock;
use crate::store::sqlite::read::Reader;
use crate::store::sqlite::schema::{Fact, STEPS, Step, migrate, must_not_be_newer};
use crate::store::sqlite::search::Words;
use crate::store::sqlite::sum::{Fault, Faults};
use crate::store::sqlite::tidy::Tidy;
use crate::store::sqlite::write::{Conversations, keep};
use crate::store::trouble::{Kind, Trouble};
use crate::store::{Index, Read, Retention, Snapshot, Store};
use rusqlite::{Connection, TransactionBehavior};
use std::path::{Path, PathBuf};

/// The name of the file in the data directory.
pub const FILE: &str = "chat.db";

/// A store in a directory of its own.
#[derive(Debug)]
pub struct Sqlite {
    /// The file.
    path: PathBuf,
    sync: Sync,
    /// `None` after a trouble that leaves open what is stored: the next use opens it anew.
    db: Option<Connection>,
    conversations: Conversations,
    tidy: Tidy,
    faults: Faults,
    dropped: Option<u64>,
    /// Let go of after the connection.
    _lock: Lock,
}

impl Sqlite {
    /// Opens the store in this directory; makes it if there is none.
    pub fn open(dir: &Path, sync: Sync) -> Result<Self, Trouble> {
        Self::open_with(dir, sync, STEPS)
    }

    /// As [`Self::open`], with these steps from version to version.
    fn open_with(dir: &Path, sync: Sync, steps: &[Step]) -> Result<Self, Trouble> {
        let lock = Lock::take(dir)?;
        let path = dir.join(FILE);
        must_not_be_newer(&path, steps)?;
        let dropped = tail::unfinished(&path);
        let mut db = writer(&path, sync)?;
        migrate(&mut db, &path, steps)?;
        let faults = Faults::default();
        Ok(Self {
            path,
            sync,
            db: Some(db),
            conversations: Conversations::new(faults.clone()),
            tidy: Tidy::default(),
            faults,
            dropped,
            _lock: lock,
        })
    }

    /// Rows that were found damaged while reading, since somebody asked last.
    pub fn faults(&self) -> Vec<Fault> {
        self.faults.take()
    }

    /// Where rows that are found damaged are reported, for somebody who asks from elsewhere.
    pub fn reports(&self) -> Faults {
        self.faults.clone()
    }

    /// Bytes at the end of the write-ahead file that belonged to no finished commit and were left out when the
    /// store was opened.
    pub fn dropped(&self) -> Option<u64> {
        self.dropped
    }

    /// Reads every row and tells which ones are not what was stored.
    pub fn verify(&self) -> Result<Vec<Fault>, Trouble> {
        verify::verify(&self.path)
    }

    /// Does something with the connection. What is unknown afterwards is looked at anew before the next use.
    fn with<T>(
        &mut self,
        run: impl FnOnce(&mut Self, &mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Trouble> {
        let mut db = match self.db.take() {
            Some(db) => db,
            None => self.reopen()?,
        };
        let done = run(self, &mut db).map_err(|error| trouble(&self.path, &error));
        let is_lost = match &done {
            Ok(_) => false,
            Err(trouble) => matches!(trouble.kind, Kind::Device | Kind::ReadOnly),
        };
        if done.is_err() {
            self.conversations.forget();
        }
        if !is_lost && db.is_autocommit() {
            self.db = Some(db);
        }
        done
    }

    /// A connection after a trouble. What the write-ahead file holds may be in the memory of the system only,
    /// though it was told to write it: all of it is written again, to another place.
    fn reopen(&mut self) -> Result<Connection, Trouble> {
        let mut db = writer(&self.path, self.sync)?;
        migrate(&mut db, &self.path, STEPS)?;
        let written = db.query_row("PRAGMA wal_checkpoint(truncate)", [], |_| Ok(()));
        written.map_err(|error| trouble(&self.path, &error))?;
        Ok(db)
    }
}

impl Store for Sqlite {
    fn load(&mut self) -> Result<Snapshot, Trouble> {
        self.with(|store, db| load::snapshot(db, &store.faults))
    }

    fn commit(&mut self, records: &[Record]) -> Result<(), Trouble> {
        self.with(|store, db| {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for record in records {
                keep(&transaction, &mut store.conversations, record)?;
            }
            transaction.commit()
        })
    }

    fn tidy(&mut self, retention: &Retention, now_ms: u64) -> Result<bool, Trouble> {
        self.with(|store, db| {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut tidy = store.tidy;
            let is_more = tidy.piece(&transaction, retention, now_ms)?;
            store.conversations.forget();
            transaction.commit()?;
            store.tidy = tidy;
            Ok(is_more)
        })
    }

    fn probe(&mut self) -> Result<(), Trouble> {
        self.with(|_, db| {
            db.query_row("PRAGMA wal_checkpoint(passive)", [], |_| Ok(()))?;
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let probes = Fact::Probes.read(&transaction)?.unwrap_or(0);
            Fact::Probes.raise(&transaction, probes + 1)?;
            transaction.commit()
        })
    }

    fn index(&self) -> Result<Option<Box<dyn Index>>, Trouble> {
        let dir = self.path.parent().unwrap_or(Path::new("."));
        Ok(Some(Box::new(Words::of(dir))))
    }

    fn reader(&self) -> Result<Box<dyn Read>, Trouble> {
        Ok(Box::new(Reader::open(&self.path, self.faults.clone())?))
    }
}

impl Drop for Sqlite {
    /// Leaves everything in the file itself, even if others still read.
    fn drop(&mut self) {
        if let Some(db) = &self.db {
            let _ = db.query_row("PRAGMA wal_checkpoint(truncate)", [], |_| Ok(()));
        }
    }
}

#[cfg(test)]
mod tests;
