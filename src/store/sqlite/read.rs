//! Answers questions from the file, with a connection of its own.

use crate::proto::msgid::{Moment, MsgId};
use crate::store::Read;
use crate::store::answer::{Between, Each, Order, Rows, one, page, targets, whole};
use crate::store::query::{Answer, Kinds, Query};
use crate::store::record::account::Party;
use crate::store::record::said::Said;
use crate::store::sqlite::connect::{reader, trouble};
use crate::store::sqlite::find::{Finder, Search};
use crate::store::sqlite::load::sent;
use crate::store::sqlite::rows::{self, COLUMNS, Names, str_at, u64_at};
use crate::store::sqlite::schema::{CONVERSATION, MESSAGE, SEEN, SENT};
use crate::store::sqlite::sum::Faults;
use crate::store::trouble::Trouble;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, OptionalExtension, Row};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Somebody who reads.
#[derive(Debug)]
pub struct Reader {
    path: PathBuf,
    /// `None` after a trouble: the next question opens it anew.
    db: Option<Connection>,
    finder: Finder,
    faults: Faults,
}

impl Reader {
    /// Opens the file.
    pub fn open(path: &Path, faults: Faults) -> Result<Self, Trouble> {
        Ok(Self {
            path: path.to_owned(),
            db: Some(reader(path)?),
            finder: Finder::new(path),
            faults,
        })
    }
}

impl Read for Reader {
    fn damage(&mut self) -> Vec<String> {
        let faults = self.faults.take().into_iter();
        faults.map(|fault| fault.to_string()).collect()
    }

    fn answer(&mut self, query: &Query) -> Result<Answer, Trouble> {
        let db = match self.db.take() {
            Some(db) => db,
            None => reader(&self.path)?,
        };
        let mut rows = View {
            db: &db,
            path: &self.path,
            faults: &self.faults,
        };
        let answer = match query {
            Query::Page(wanted) => page(&mut rows, wanted),
            Query::Targets {
                reader,
                after,
                before,
                limit,
            } => {
                let (after, before) = (*after, *before);
                targets(&mut rows, reader, Between { after, before }, *limit)
            }
            Query::Search {
                reader,
                wanted,
                limit,
            } => self.finder.search(
                &mut rows,
                &Search {
                    reader,
                    wanted,
                    limit: *limit,
                },
            ),
            Query::One { reader, id } => one(&mut rows, reader, *id),
            Query::Whole { id } => whole(&mut rows, *id),
            Query::Sent {
                by,
                client_id,
                after,
            } => rows.sent(*by, client_id, *after),
            Query::Seen { after_ms, limit } => rows.seen(*after_ms, *limit),
        };
        if answer.is_ok() {
            self.db = Some(db);
        }
        answer
    }
}

/// The file, for one question.
#[derive(Debug)]
pub struct View<'a> {
    pub db: &'a Connection,
    pub path: &'a Path,
    pub faults: &'a Faults,
}

impl Rows for View<'_> {
    fn walk(
        &mut self,
        buffer: &str,
        between: Between,
        order: Order,
        kinds: Kinds,
        each: &mut Each<'_>,
    ) -> Result<(), Trouble> {
        let walked = self.try_walk(buffer, between, order, kinds, each);
        walked.map_err(|error| trouble(self.path, &error))
    }

    fn at(&mut self, moment: Moment) -> Result<Option<Arc<Said>>, Trouble> {
        let found = self.try_at(moment).map(|said| said.map(Arc::new));
        found.map_err(|error| trouble(self.path, &error))
    }

    fn direct(&mut self, party: Party) -> Result<Vec<Box<str>>, Trouble> {
        let found = self.try_direct(party);
        found.map_err(|error| trouble(self.path, &error))
    }
}

impl View<'_> {
    fn try_walk(
        &self,
        buffer: &str,
        between: Between,
        order: Order,
        kinds: Kinds,
        each: &mut Each<'_>,
    ) -> rusqlite::Result<()> {
        let Some(id) = rows::id(self.db, buffer, self.faults)? else {
            return Ok(());
        };
        let mut names = Names::default();
        names.learn(id, buffer.into());
        let sql = statement(buffer.contains(' '), order, kinds);
        let mut statement = self.db.prepare_cached(&sql)?;
        let (after, before) = (
            between.after.0.cast_signed(),
            between.before.0.cast_signed(),
        );
        let mut found = statement.query((id, after, before))?;
        let mut left = between;
        while let Some(row) = found.next()? {
            let Some(said) = self.said(row, &mut names)? else {
                continue;
            };
            let at = said.id.moment;
            let is_here = row.get_ref(2)? == ValueRef::Integer(id)
                || row.get_ref(3)? == ValueRef::Integer(id);
            if !is_here || at <= left.after || at >= left.before {
                MESSAGE.report(row, self.faults, "the index has it in a wrong place");
                continue;
            }
            match order {
                Order::Rising => left.after = at,
                Order::Falling => left.before = at,
            }
            if each(Arc::new(said)).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn try_at(&self, moment: Moment) -> rusqlite::Result<Option<Said>> {
        let sql = "SELECT moment, nonce, buffer, twin, verb, source, account, author, flags, words, text, tags, heard,
                   sum FROM message WHERE moment = ?";
        let mut statement = self.db.prepare_cached(sql)?;
        let said = statement.query_row([moment.0.cast_signed()], |row| {
            let said = self.said(row, &mut Names::default())?;
            Ok(said.filter(|said| said.id.moment == moment))
        });
        Ok(said.optional()?.flatten())
    }

    /// The buffers of direct conversations of somebody.
    pub fn try_direct(&self, party: Party) -> rusqlite::Result<Vec<Box<str>>> {
        let sql = "SELECT id, name, sum FROM conversation WHERE name > ? AND name < ?";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut found = statement.query([format!("{party} "), format!("{party}!")])?;
        let mut buffers = Vec::new();
        while let Some(row) = found.next()? {
            let name = CONVERSATION.read(row, self.faults, |row| str_at(row, 1).map(Into::into))?;
            buffers.extend(name);
        }
        Ok(buffers)
    }

    /// What a row says, if it is right; learns the names that it needs.
    fn said(&self, row: &Row<'_>, names: &mut Names) -> rusqlite::Result<Option<Said>> {
        let Some(cells) = MESSAGE.cells(row, self.faults)? else {
            return Ok(None);
        };
        for id in [cells.number(2), cells.number(3)].into_iter().flatten() {
            if names.get(id).is_none()
                && let Some(name) = rows::name(self.db, id, self.faults)?
            {
                names.learn(id, name);
            }
        }
        Ok(rows::said(&cells, names))
    }

    fn sent(&self, by: Party, client_id: &str, after: Moment) -> Result<Answer, Trouble> {
        let read = || {
            let sql = "SELECT author, client_id, moment, nonce, digest, sum FROM sent
                       WHERE author = ? AND client_id = ?";
            let mut statement = self.db.prepare_cached(sql)?;
            let found = statement.query_row((by.to_string(), client_id), |row| {
                SENT.read(row, self.faults, sent)
            });
            let found = found.optional()?.flatten();
            let sent = found.filter(|sent| {
                sent.by == by && *sent.client_id == *client_id && sent.id.moment > after
            });
            Ok(sent.map(|sent| (sent.id, sent.digest)))
        };
        let sent: Result<Option<(MsgId, u64)>, Error> = read();
        sent.map(Answer::Sent)
            .map_err(|error| trouble(self.path, &error))
    }

    fn seen(&self, after_ms: u64, limit: usize) -> Result<Answer, Trouble> {
        let read = || {
            let sql =
                "SELECT name, nick, at, sum FROM seen WHERE at > ? ORDER BY at DESC, nick LIMIT ?";
            let mut statement = self.db.prepare_cached(sql)?;
            let mut found = statement.query((after_ms.cast_signed(), limit as i64))?;
            let mut seen = Vec::new();
            while let Some(row) = found.next()? {
                let read = |row: &Row<'_>| Some((str_at(row, 1)?.into(), u64_at(row, 2)?));
                seen.extend(SEEN.read(row, self.faults, read)?);
            }
            Ok(seen)
        };
        let seen: Result<_, Error> = read();
        seen.map(Answer::Seen)
            .map_err(|error| trouble(self.path, &error))
    }
}

/// Walks over a buffer. A direct conversation has its messages in two places, which are merged as they come.
fn statement(is_direct: bool, order: Order, kinds: Kinds) -> String {
    let (index, kinds) = match kinds {
        // The first condition is that of the index, the second the one of `is_searched`.
        Kinds::Messages => ("message_said", "AND verb <= 3 AND verb <= 2"),
        Kinds::Everything => ("message_buffer", ""),
    };
    let order = match order {
        Order::Rising => "ASC",
        Order::Falling => "DESC",
    };
    let of = |side: &str, index: &str| {
        format!(
            "SELECT {COLUMNS} FROM message INDEXED BY {index}
             WHERE {side} = ?1 AND moment > ?2 AND moment < ?3 {kinds}"
        )
    };
    let (mine, theirs) = (of("buffer", index), of("twin", "message_twin"));
    match is_direct {
        true => format!("{mine} UNION ALL {theirs} ORDER BY moment {order}"),
        false => format!("{mine} ORDER BY moment {order}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::store::answer::is_searched;
    use crate::store::record::said::VERBS;

    #[test]
    fn the_verbs_with_a_text_are_those_with_the_lowest_numbers() {
        for (verb, _, number) in VERBS {
            assert_eq!(is_searched(*verb), *number <= 2, "{verb:?}");
        }
    }
}
