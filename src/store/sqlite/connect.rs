//! Connections to a database file, and what its errors mean.

use crate::config::Sync;
use crate::store::sqlite::lock::{private, refused};
use crate::store::trouble::{Kind, Trouble};
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
use rusqlite::{Connection, Error, ErrorCode, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// How long one waits for the lock of another connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// Statements that are kept ready.
const STATEMENTS: usize = 64;

/// Opens a file to be written; makes it if there is none.
pub fn writer(path: &Path, sync: Sync) -> Result<Connection, Trouble> {
    private(path).map_err(|error| refused(path, &error))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || {
        let db = Connection::open_with_flags(path, flags)?;
        db.busy_timeout(PATIENCE)?;
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        db.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        db.pragma_update(
            None,
            "synchronous",
            match sync {
                Sync::Full => "full",
                Sync::Normal => "normal",
                Sync::Off => "off",
            },
        )?;
        db.pragma_update(None, "wal_autocheckpoint", 4000)?;
        db.pragma_update(None, "journal_size_limit", 64 << 20)?;
        db.pragma_update(None, "secure_delete", true)?;
        db.pragma_update(None, "cache_size", -16_384)?;
        Ok(db)
    };
    open().map_err(|error| trouble(path, &error))
}

/// Opens a file to be read.
pub fn reader(path: &Path) -> Result<Connection, Trouble> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || {
        let db = Connection::open_with_flags(path, flags)?;
        db.busy_timeout(PATIENCE)?;
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        db.pragma_update(None, "cache_size", -16_384)?;
        Ok(db)
    };
    open().map_err(|error| trouble(path, &error))
}

/// What an error of the database means for the owner of the server.
pub fn trouble(path: &Path, error: &Error) -> Trouble {
    let kind = match error.sqlite_error() {
        Some(cause) => match cause.code {
            ErrorCode::DiskFull => Kind::Full,
            _ if cause.extended_code == SQLITE_IOERR_SHMSIZE => Kind::Full,
            ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
                Kind::ReadOnly
            }
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Kind::InUse { pid: None },
            ErrorCode::SystemIoFailure => Kind::Device,
            _ => Kind::Corrupt,
        },
        None => Kind::Corrupt,
    };
    let path = path.display();
    let text = match kind {
        Kind::Full => format!("no space is left for {path}: {error}"),
        Kind::ReadOnly => format!("{path} cannot be written: {error}"),
        Kind::Device => format!("the device of {path} failed: {error}"),
        Kind::InUse { .. } => format!("another program holds {path}: {error}"),
        Kind::Corrupt | Kind::Newer => format!("{path} is damaged: {error}"),
    };
    Trouble { kind, text }
}
