//! What each record does to the tables. All of it happens in the transaction of a commit.

use crate::proto::msgid::{Moment, MsgId};
use crate::proto::name::fold;
use crate::store::record::account::{AccountId, Party};
use crate::store::record::room::RoomRow;
use crate::store::record::said::Said;
use crate::store::record::{Record, Sent, Unread};
use crate::store::sqlite::files;
use crate::store::sqlite::rows::{id, insert, str_at, u64_at};
use crate::store::sqlite::schema::{
    ACCOUNT, CONVERSATION, Fact, MARKER, MEMBER, ROOM, SANCTION, SEEN, SENT, UNREAD,
};
use crate::store::sqlite::sum::{Faults, Table, number, text};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, OptionalExtension, Params, Row};
use std::collections::HashMap;

/// Numbers of conversations that are remembered.
const REMEMBERED: usize = 10_000;

/// The numbers of conversations that were used lately.
#[derive(Debug, Default)]
pub struct Conversations {
    ids: HashMap<Box<str>, i64>,
    faults: Faults,
}

impl Conversations {
    /// None is known yet.
    pub fn new(faults: Faults) -> Self {
        Self {
            ids: HashMap::new(),
            faults,
        }
    }

    /// Knows none any more: a transaction was taken back, or a conversation is gone.
    pub fn forget(&mut self) {
        self.ids.clear();
    }

    /// The number of this one; it gets one if it has none.
    fn id(&mut self, db: &Connection, name: &str) -> rusqlite::Result<i64> {
        if let Some(id) = self.ids.get(name) {
            return Ok(*id);
        }
        let id = match id(db, name, &self.faults)? {
            Some(id) => id,
            None => begin(db, name)?,
        };
        if self.ids.len() >= REMEMBERED {
            self.ids.clear();
        }
        self.ids.insert(name.into(), id);
        Ok(id)
    }
}

/// Stores one record.
pub fn keep(
    db: &Connection,
    conversations: &mut Conversations,
    record: &Record,
) -> rusqlite::Result<()> {
    match record {
        Record::Said(said) => say(db, conversations, said),
        Record::Redacted(id) => redact(db, *id),
        Record::Account(account) => {
            Fact::LastAccount.raise(db, account.id.0)?;
            let row = [number(account.id.0), text(&account.name)];
            put_body(db, &ACCOUNT, row, account)
        }
        Record::AccountGone(account) => lose_account(db, *account),
        Record::Room(room) => put_room(db, &fold(&room.name), room),
        Record::RoomGone(room) => execute(db, "DELETE FROM room WHERE name = ?", [room]),
        Record::RoomRenamed { from, to } => {
            conversations.forget();
            rename(db, from, to, &conversations.faults)
        }
        Record::Member {
            account,
            room,
            since,
        } => put_member(db, *account, room, *since),
        Record::Marker {
            account,
            target,
            at,
        } => mark(db, *account, target, *at),
        Record::Unread(unread) => put_unread(db, unread),
        Record::Sent(sent) => put_sent(db, sent),
        Record::Seen { nick, unix_ms } => {
            let name = fold(nick);
            put(db, &SEEN, &[text(&name), text(nick), number(*unix_ms)])
        }
        Record::Sanction(sanction) => {
            Fact::LastSanction.raise(db, sanction.id.0)?;
            put_body(db, &SANCTION, [number(sanction.id.0)], sanction)
        }
        Record::SanctionGone(id) => {
            let sql = "DELETE FROM sanction WHERE id = ?";
            execute(db, sql, [id.0.cast_signed()])
        }
        Record::File(row) => files::put(db, row),
        Record::FileGone(id) => files::lose(db, *id),
    }
}

/// Deletes what was said at this moment, and remembers that the index has to.
pub fn delete(db: &Connection, moment: Moment) -> rusqlite::Result<()> {
    let at = moment.0.cast_signed();
    execute(db, "DELETE FROM message WHERE moment = ?", [at])?;
    execute(db, "DELETE FROM unread WHERE at = ?", [at])?;
    execute(db, "INSERT INTO gone(moment) VALUES (?)", [at])?;
    Fact::Last.raise(db, moment.0)
}

fn say(db: &Connection, conversations: &mut Conversations, said: &Said) -> rusqlite::Result<()> {
    let (one, other) = said.buffers();
    let buffer = conversations.id(db, &one.to_string())?;
    let twin = match other {
        Some(other) => Some(conversations.id(db, &other.to_string())?),
        None => None,
    };
    insert(db, said, buffer, twin)
}

fn redact(db: &Connection, id: MsgId) -> rusqlite::Result<()> {
    let sql = "SELECT nonce FROM message WHERE moment = ?";
    let mut statement = db.prepare_cached(sql)?;
    let at = id.moment.0.cast_signed();
    let nonce: Option<i64> = statement.query_row([at], |row| row.get(0)).optional()?;
    match nonce == Some(id.nonce.into()) {
        true => delete(db, id.moment),
        false => Ok(()),
    }
}

/// The row stays, so that its number is never used again.
fn lose_account(db: &Connection, account: AccountId) -> rusqlite::Result<()> {
    let gone = account.0;
    Fact::LastAccount.raise(db, gone)?;
    put(db, &ACCOUNT, &[number(gone), text(""), ValueRef::Null])?;
    let gone = gone.cast_signed();
    execute(db, "DELETE FROM member WHERE account = ?", [gone])?;
    execute(db, "DELETE FROM marker WHERE account = ?", [gone])?;
    execute(db, "DELETE FROM unread WHERE account = ?", [gone])?;
    let author = Party::Account(account).to_string();
    execute(db, "DELETE FROM sent WHERE author = ?", [author])
}

fn put_room(db: &Connection, name: &str, room: &RoomRow) -> rusqlite::Result<()> {
    put_body(db, &ROOM, [text(name)], room)
}

fn put_member(
    db: &Connection,
    account: AccountId,
    room: &str,
    since: Option<Moment>,
) -> rusqlite::Result<()> {
    match since {
        Some(since) => put(
            db,
            &MEMBER,
            &[text(room), number(account.0), number(since.0)],
        ),
        None => {
            let sql = "DELETE FROM member WHERE room = ? AND account = ?";
            execute(db, sql, (room, account.0.cast_signed()))
        }
    }
}

fn mark(db: &Connection, account: AccountId, target: &str, at: Moment) -> rusqlite::Result<()> {
    put(
        db,
        &MARKER,
        &[number(account.0), text(target), number(at.0)],
    )?;
    let sql = "DELETE FROM unread WHERE account = ? AND sender = ? AND at <= ?";
    execute(
        db,
        sql,
        (account.0.cast_signed(), target, at.0.cast_signed()),
    )
}

fn put_unread(db: &Connection, unread: &Unread) -> rusqlite::Result<()> {
    let row = [
        number(unread.at.0),
        number(unread.account.0),
        text(&unread.from),
        number(unread.bytes.into()),
    ];
    put(db, &UNREAD, &row)
}

fn put_sent(db: &Connection, sent: &Sent) -> rusqlite::Result<()> {
    let author = sent.by.to_string();
    let row = [
        text(&author),
        text(&sent.client_id),
        number(sent.id.moment.0),
        number(sent.id.nonce.into()),
        number(sent.digest),
    ];
    put(db, &SENT, &row)
}

/// The new name starts without anything that an earlier room of that name left: its history stays, where
/// nobody reads it.
fn rename(db: &Connection, from: &str, to: &str, faults: &Faults) -> rusqlite::Result<()> {
    if from == to {
        return Ok(());
    }
    if let Some(old) = id(db, to, faults)? {
        let aside = format!("{to} {old}");
        put(db, &CONVERSATION, &[ValueRef::Integer(old), text(&aside)])?;
    }
    if let Some(moved) = id(db, from, faults)? {
        put(db, &CONVERSATION, &[ValueRef::Integer(moved), text(to)])?;
    }
    files::rename(db, from, to, faults)?;
    execute(db, "DELETE FROM room WHERE name = ?", [to])?;
    execute(db, "DELETE FROM member WHERE room = ?", [to])?;
    execute(db, "DELETE FROM marker WHERE target = ?", [to])?;
    let rooms: Vec<RoomRow> = taken(
        db,
        &ROOM,
        "DELETE FROM room WHERE name = ? RETURNING name, body, sum",
        from,
        faults,
        |row| serde_json::from_str(str_at(row, 1)?).ok(),
    )?;
    for mut room in rooms {
        if fold(&room.name) != to {
            room.name = to.into();
        }
        put_room(db, to, &room)?;
    }
    let members = taken(
        db,
        &MEMBER,
        "DELETE FROM member WHERE room = ? RETURNING room, account, since, sum",
        from,
        faults,
        |row| Some((u64_at(row, 1)?, u64_at(row, 2)?)),
    )?;
    for (account, since) in members {
        put_member(db, AccountId(account), to, Some(Moment(since)))?;
    }
    let markers = taken(
        db,
        &MARKER,
        "DELETE FROM marker WHERE target = ? RETURNING account, target, at, sum",
        from,
        faults,
        |row| Some((u64_at(row, 0)?, u64_at(row, 2)?)),
    )?;
    for (account, at) in markers {
        mark(db, AccountId(account), to, Moment(at))?;
    }
    Ok(())
}

/// What was in the rows of a room that this statement deletes.
fn taken<T>(
    db: &Connection,
    table: &Table,
    sql: &str,
    room: &str,
    faults: &Faults,
    mut read: impl FnMut(&Row<'_>) -> Option<T>,
) -> rusqlite::Result<Vec<T>> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([room])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.extend(table.read(row, faults, &mut read)?);
    }
    Ok(found)
}

/// A new conversation. One of this name whose row is damaged is moved out of the way.
fn begin(db: &Connection, name: &str) -> rusqlite::Result<i64> {
    let aside = "UPDATE conversation SET name = name || ' ' || id WHERE name = ?";
    execute(db, aside, [name])?;
    let sql = "SELECT seq FROM sqlite_sequence WHERE name = 'conversation'";
    let last: Option<i64> = db
        .prepare_cached(sql)?
        .query_row([], |row| row.get(0))
        .optional()?;
    let id = last.unwrap_or(0) + 1;
    put(db, &CONVERSATION, &[ValueRef::Integer(id), text(name)])?;
    Ok(id)
}

/// Stores a row whose last column is JSON.
fn put_body<const N: usize>(
    db: &Connection,
    table: &Table,
    key: [ValueRef<'_>; N],
    body: &impl serde::Serialize,
) -> rusqlite::Result<()> {
    let json = serde_json::to_string(body);
    let json = json.map_err(|error| Error::ToSqlConversionFailure(error.into()))?;
    let row: Vec<_> = key.into_iter().chain([text(&json)]).collect();
    put(db, table, &row)
}

fn put(db: &Connection, table: &Table, row: &[ValueRef<'_>]) -> rusqlite::Result<()> {
    table.put(db, row).map(drop)
}

fn execute(db: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<()> {
    db.prepare_cached(sql)?.execute(params).map(drop)
}
