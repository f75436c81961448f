//! What was said, as a row and back.

use crate::proto::msgid::{Moment, MsgId};
use crate::store::record::account::{AccountId, Party};
use crate::store::record::said::{Heard, Place, Said, Verb, Words};
use crate::store::sqlite::schema::{CONVERSATION, MESSAGE};
use crate::store::sqlite::sum::{Cells, Faults, number, text};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};

/// The columns of a message, as [`said`] reads them.
pub const COLUMNS: &str = "moment, nonce, buffer, twin, verb, source, account, author, flags, words, text, tags, heard, sum";
/// Set in `flags` if a program said it.
const BOT: u64 = 1;

/// Names of conversations by their numbers, as far as a question needs them.
#[derive(Debug, Default)]
pub struct Names {
    known: Vec<(i64, Box<str>)>,
}

impl Names {
    /// The name of this one, if it is known.
    pub fn get(&self, id: i64) -> Option<&str> {
        let known = self.known.iter().find(|(known, _)| *known == id);
        known.map(|(_, name)| &**name)
    }

    /// Learns a name.
    pub fn learn(&mut self, id: i64, name: Box<str>) {
        self.known.push((id, name));
    }
}

/// Stores what was said in these conversations.
pub fn insert(
    db: &Connection,
    said: &Said,
    buffer: i64,
    twin: Option<i64>,
) -> rusqlite::Result<()> {
    let heard = match &said.place {
        Place::Room { heard, .. } => written(heard),
        Place::Direct { .. } => String::new(),
    };
    let author = said.by.to_string();
    let flags = if said.is_bot { BOT } else { 0 };
    let row = [
        number(said.id.moment.0),
        number(said.id.nonce.into()),
        ValueRef::Integer(buffer),
        twin.map_or(ValueRef::Null, ValueRef::Integer),
        number(said.verb.number().into()),
        text(&said.source),
        said.account.as_deref().map_or(ValueRef::Null, text),
        text(&author),
        number(flags),
        text(said.words.as_str()),
        said.text.as_deref().map_or(ValueRef::Null, text),
        text(&said.tags),
        text(&heard),
    ];
    MESSAGE.put(db, &row)?;
    Ok(())
}

/// What was said, from a row whose checksum is right.
pub fn said(row: &Cells<'_>, names: &Names) -> Option<Said> {
    let by = Party::named(row.text(7)?)?;
    let twin = match row.at(3).as_i64_or_null().ok()? {
        Some(twin) => Some(names.get(twin)?),
        None => None,
    };
    Some(Said {
        id: MsgId {
            moment: Moment(row.number(0)?.cast_unsigned()),
            nonce: row.number(1)?.try_into().ok()?,
        },
        source: row.text(5)?.into(),
        account: row.at(6).as_str_or_null().ok()?.map(Into::into),
        by,
        is_bot: row.number(8)?.cast_unsigned() & BOT != 0,
        verb: Verb::numbered(row.number(4)?.try_into().ok()?)?,
        words: Words::written(row.text(9)?),
        text: row.at(10).as_str_or_null().ok()?.map(Into::into),
        tags: row.text(11)?.into(),
        place: place(by, names.get(row.number(2)?)?, twin, row.text(12)?)?,
    })
}

/// The name of a conversation, if its row is right.
pub fn name(db: &Connection, id: i64, faults: &Faults) -> rusqlite::Result<Option<Box<str>>> {
    let sql = "SELECT id, name, sum FROM conversation WHERE id = ?";
    let mut statement = db.prepare_cached(sql)?;
    let read = statement.query_row([id], |row| {
        CONVERSATION.read(row, faults, |row| str_at(row, 1).map(Into::into))
    });
    Ok(read.optional()?.flatten())
}

/// The number of a conversation, if there is one of this name whose row is right.
pub fn id(db: &Connection, name: &str, faults: &Faults) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT id, name, sum FROM conversation WHERE name = ?";
    let mut statement = db.prepare_cached(sql)?;
    let read = statement.query_row([name], |row| {
        let id = CONVERSATION.read(row, faults, |row| {
            Some((row.get(0).ok()?, str_at(row, 1)?.to_owned()))
        })?;
        Ok(id.filter(|(_, found)| found == name).map(|(id, _)| id))
    });
    Ok(read.optional()?.flatten())
}

/// The text in a column.
pub fn str_at<'a>(row: &'a Row<'_>, at: usize) -> Option<&'a str> {
    row.get_ref(at).ok()?.as_str().ok()
}

/// The number in a column.
pub fn u64_at(row: &Row<'_>, at: usize) -> Option<u64> {
    row.get_ref(at).ok()?.as_i64().ok().map(i64::cast_unsigned)
}

/// Where it was said, as the names of its buffers tell.
fn place(by: Party, buffer: &str, twin: Option<&str>, heard: &str) -> Option<Place> {
    if let Some(heard) = read(heard) {
        let name = buffer.into();
        return Some(Place::Room { name, heard });
    }
    let (_, to_name) = buffer.split_once(' ')?;
    let (to, from) = match twin {
        Some(twin) => {
            let (to, from) = twin.split_once(' ')?;
            (Party::named(to)?, from)
        }
        None => (by, to_name),
    };
    Some(Place::Direct {
        from: from.into(),
        to,
        to_name: to_name.into(),
    })
}

/// Who heard it: `*`, `+`, or the numbers of accounts, each with a comma.
fn written(heard: &Heard) -> String {
    match heard {
        Heard::Open => "*".into(),
        Heard::Members => "+".into(),
        Heard::Only(accounts) => {
            let ids = accounts.iter().map(|AccountId(id)| id.to_string());
            format!("={}", ids.collect::<Vec<_>>().join(","))
        }
    }
}

fn read(heard: &str) -> Option<Heard> {
    match heard {
        "*" => Some(Heard::Open),
        "+" => Some(Heard::Members),
        _ => {
            let ids = heard
                .strip_prefix('=')?
                .split(',')
                .filter(|id| !id.is_empty());
            let accounts: Result<_, _> = ids.map(|id| id.parse().map(AccountId)).collect();
            accounts.ok().map(Heard::Only)
        }
    }
}
