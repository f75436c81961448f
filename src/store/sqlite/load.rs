//! What the server must know of the past when it starts.

use crate::proto::msgid::{Moment, MsgId};
use crate::store::Snapshot;
use crate::store::record::account::{AccountId, Party};
use crate::store::record::{Record, Sent, Unread};
use crate::store::sqlite::files;
use crate::store::sqlite::rows::{COLUMNS, str_at, u64_at};
use crate::store::sqlite::schema::{
    ACCOUNT, FILE, Fact, MARKER, MEMBER, MESSAGE, ROOM, SANCTION, SEEN, SENT, UNREAD,
};
use crate::store::sqlite::sum::{Faults, Table};
use rusqlite::{Connection, Row};

/// A client's id counts for so long.
pub const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// Names of people who were here that are told.
pub const SEEN_KEPT: usize = 10_000;

/// Reads it. Damaged rows are left out and reported.
pub fn snapshot(db: &Connection, faults: &Faults) -> rusqlite::Result<Snapshot> {
    let last = last(db, faults)?;
    let mut records = Vec::new();
    let mut highest = Fact::LastAccount.read(db)?.unwrap_or(0);
    all(db, &ACCOUNT, faults, &mut records, |row| {
        highest = highest.max(u64_at(row, 0)?);
        match row.get_ref(2).ok()?.as_str_or_null().ok()? {
            Some(body) => Some(Some(Record::Account(serde_json::from_str(body).ok()?))),
            None => Some(None),
        }
    })?;
    all(db, &ROOM, faults, &mut records, |row| {
        let room = serde_json::from_str(str_at(row, 1)?).ok()?;
        Some(Some(Record::Room(room)))
    })?;
    all(db, &MEMBER, faults, &mut records, |row| {
        Some(Some(member(row)?))
    })?;
    all(db, &MARKER, faults, &mut records, |row| {
        Some(Some(marker(row)?))
    })?;
    all(db, &UNREAD, faults, &mut records, |row| {
        Some(Some(unread(row)?))
    })?;
    let day_ago = Moment::first_of(last.unix_ms().saturating_sub(DAY_MS));
    all(db, &SENT, faults, &mut records, |row| {
        let sent = sent(row)?;
        Some((sent.id.moment > day_ago).then_some(Record::Sent(sent)))
    })?;
    let mut last_sanction = Fact::LastSanction.read(db)?.unwrap_or(0);
    all(db, &SANCTION, faults, &mut records, |row| {
        last_sanction = last_sanction.max(u64_at(row, 0)?);
        let sanction = serde_json::from_str(str_at(row, 1)?).ok()?;
        Some(Some(Record::Sanction(sanction)))
    })?;
    all(db, &FILE, faults, &mut records, |row| {
        Some(Some(Record::File(Box::new(files::read(row)?))))
    })?;
    let mut people = Vec::new();
    all(db, &SEEN, faults, &mut people, |row| Some(Some(seen(row)?)))?;
    let oldest = people.len().saturating_sub(SEEN_KEPT);
    records.extend(people.drain(oldest..));
    Ok(Snapshot {
        records,
        last,
        last_account: highest,
        last_sanction,
    })
}

/// The latest moment of anything that was ever said, as far as rows can be trusted.
pub fn last(db: &Connection, faults: &Faults) -> rusqlite::Result<Moment> {
    let deleted = Fact::Last.read(db)?.unwrap_or(0);
    let sql = format!("SELECT {COLUMNS} FROM message ORDER BY moment DESC");
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut kept = 0;
    while let Some(row) = rows.next()? {
        if let Some(moment) = MESSAGE.read(row, faults, |row| u64_at(row, 0))? {
            kept = moment;
            break;
        }
    }
    Ok(Moment(kept.max(deleted)))
}

/// Adds what the rows of a table say.
fn all(
    db: &Connection,
    table: &Table,
    faults: &Faults,
    records: &mut Vec<Record>,
    read: impl FnMut(&Row<'_>) -> Option<Option<Record>>,
) -> rusqlite::Result<()> {
    let mut statement = db.prepare(table.all)?;
    let found = table.read_all(&mut statement, faults, read)?;
    records.extend(found.into_iter().flatten());
    Ok(())
}

fn member(row: &Row<'_>) -> Option<Record> {
    Some(Record::Member {
        room: str_at(row, 0)?.into(),
        account: AccountId(u64_at(row, 1)?),
        since: Some(Moment(u64_at(row, 2)?)),
    })
}

fn marker(row: &Row<'_>) -> Option<Record> {
    Some(Record::Marker {
        account: AccountId(u64_at(row, 0)?),
        target: str_at(row, 1)?.into(),
        at: Moment(u64_at(row, 2)?),
    })
}

fn unread(row: &Row<'_>) -> Option<Record> {
    Some(Record::Unread(Unread {
        at: Moment(u64_at(row, 0)?),
        account: AccountId(u64_at(row, 1)?),
        from: str_at(row, 2)?.into(),
        bytes: row.get(3).ok()?,
    }))
}

/// What a client's id stands for.
pub fn sent(row: &Row<'_>) -> Option<Sent> {
    Some(Sent {
        by: Party::named(str_at(row, 0)?)?,
        client_id: str_at(row, 1)?.into(),
        id: MsgId {
            moment: Moment(u64_at(row, 2)?),
            nonce: row.get(3).ok()?,
        },
        digest: u64_at(row, 4)?,
    })
}

fn seen(row: &Row<'_>) -> Option<Record> {
    Some(Record::Seen {
        nick: str_at(row, 1)?.into(),
        unix_ms: u64_at(row, 2)?,
    })
}
