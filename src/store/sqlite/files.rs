//! Files that people share, as rows: the room stands beside the rest, so that a renamed one takes its files along.

use crate::store::record::file::{FileId, FileRow};
use crate::store::sqlite::rows::str_at;
use crate::store::sqlite::schema::FILE;
use crate::store::sqlite::sum::{Faults, text};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Row};

/// Stores a file as it is now.
pub fn put(db: &Connection, row: &FileRow) -> rusqlite::Result<()> {
    let json = serde_json::to_string(row);
    let json = json.map_err(|error| Error::ToSqlConversionFailure(error.into()))?;
    let id = row.id.to_string();
    let room = row.room().map_or(ValueRef::Null, text);
    FILE.put(db, &[text(&id), room, text(&json)]).map(drop)
}

/// There is no such file any more.
pub fn lose(db: &Connection, id: FileId) -> rusqlite::Result<()> {
    let sql = "DELETE FROM file WHERE id = ?";
    db.prepare_cached(sql)?.execute([id.to_string()]).map(drop)
}

/// A room has another name.
pub fn rename(db: &Connection, from: &str, to: &str, faults: &Faults) -> rusqlite::Result<()> {
    let sql = "SELECT id, room, body, sum FROM file WHERE room IN (?, ?)";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([from, to])?;
    let mut moved = Vec::new();
    while let Some(row) = rows.next()? {
        let file = FILE.read(row, faults, read)?;
        moved.extend(file.and_then(|file| file.renamed(from, to)));
    }
    moved.iter().try_for_each(|row| put(db, row))
}

/// A file, from a row whose checksum is right.
pub fn read(row: &Row<'_>) -> Option<FileRow> {
    serde_json::from_str(str_at(row, 2)?).ok()
}
