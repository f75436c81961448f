//! Reads everything and tells what is not as it was stored, by table and row.

use crate::store::record::account::Account;
use crate::store::record::room::RoomRow;
use crate::store::record::sanction::Sanction;
use crate::store::sqlite::connect::{reader, trouble};
use crate::store::sqlite::files;
use crate::store::sqlite::load;
use crate::store::sqlite::rows::{self, Names, str_at, u64_at};
use crate::store::sqlite::schema::{
    ACCOUNT, CONVERSATION, FILE, MARKER, MEMBER, MESSAGE, META, ROOM, SANCTION, SEEN, SENT, TABLES,
    UNREAD,
};
use crate::store::sqlite::sum::{Fault, Faults, Table};
use crate::store::trouble::Trouble;
use rusqlite::{Connection, Row};
use std::collections::HashMap;
use std::path::Path;

/// Faults that are told, at most.
const TOLD: usize = 1_000;

/// Verifies a file, beside whoever uses it.
pub fn verify(path: &Path) -> Result<Vec<Fault>, Trouble> {
    let db = reader(path)?;
    let mut found = Vec::new();
    let checked = structure(&db, &mut found);
    checked.map_err(|error| trouble(path, &error))?;
    let names = match names(&db) {
        Ok(names) => names,
        Err(error) => {
            found.push(fault("conversation", "?", error));
            HashMap::new()
        }
    };
    for table in TABLES {
        if let Err(error) = rows_of(&db, table, &names, &mut found) {
            found.push(fault(table.name, "?", error));
        }
    }
    found.truncate(TOLD);
    Ok(found)
}

/// Whether pages and indexes fit together.
fn structure(db: &Connection, found: &mut Vec<Fault>) -> rusqlite::Result<()> {
    let mut statement = db.prepare("PRAGMA integrity_check(100)")?;
    let mut lines = statement.query([])?;
    loop {
        match lines.next() {
            Ok(None) => return Ok(()),
            Ok(Some(line)) => match line.get::<_, String>(0) {
                Ok(line) if line == "ok" => {}
                Ok(line) => found.push(fault("file", "-", line)),
                Err(error) => found.push(fault("file", "-", error)),
            },
            Err(error) => {
                found.push(fault("file", "-", error));
                return Ok(());
            }
        }
    }
}

fn rows_of(
    db: &Connection,
    table: &'static Table,
    names: &HashMap<i64, Box<str>>,
    found: &mut Vec<Fault>,
) -> rusqlite::Result<()> {
    let faults = Faults::default();
    let mut statement = db.prepare(table.all)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        table.read(row, &faults, |row| means_something(table, row, names))?;
        found.append(&mut faults.take());
        if found.len() >= TOLD {
            break;
        }
    }
    Ok(())
}

/// Whether a row that is what was stored can be understood.
fn means_something(table: &Table, row: &Row<'_>, names: &HashMap<i64, Box<str>>) -> Option<()> {
    match table.name {
        name if name == ACCOUNT.name => match row.get_ref(2).ok()?.as_str_or_null().ok()? {
            Some(body) => serde_json::from_str::<Account>(body).ok().map(drop),
            None => Some(()),
        },
        name if name == ROOM.name => serde_json::from_str::<RoomRow>(str_at(row, 1)?)
            .ok()
            .map(drop),
        name if name == SANCTION.name => serde_json::from_str::<Sanction>(str_at(row, 1)?)
            .ok()
            .map(drop),
        name if name == FILE.name => files::read(row).map(drop),
        name if name == SENT.name => load::sent(row).map(drop),
        name if [CONVERSATION.name, SEEN.name].contains(&name) => str_at(row, 1).map(drop),
        name if [MEMBER.name, MARKER.name, UNREAD.name].contains(&name) => {
            u64_at(row, 1).map(drop).or(str_at(row, 1).map(drop))
        }
        name if name == META.name => u64_at(row, 1).map(drop),
        _ => {
            let cells = MESSAGE.cells(row, &Faults::default()).ok()??;
            let mut known = Names::default();
            for id in [cells.number(2), cells.number(3)].into_iter().flatten() {
                known.learn(id, names.get(&id)?.clone());
            }
            rows::said(&cells, &known).map(drop)
        }
    }
}

fn names(db: &Connection) -> rusqlite::Result<HashMap<i64, Box<str>>> {
    let mut statement = db.prepare(CONVERSATION.all)?;
    let read = |row: &Row<'_>| Some((row.get(0).ok()?, str_at(row, 1)?.into()));
    let names = CONVERSATION.read_all(&mut statement, &Faults::default(), read)?;
    Ok(names.into_iter().collect())
}

/// Something that is not as it was stored.
pub(super) fn fault(table: &'static str, row: &str, what: impl ToString) -> Fault {
    Fault {
        table,
        row: row.into(),
        what: what.to_string(),
    }
}
