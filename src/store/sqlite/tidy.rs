//! What is forgotten in time, a piece at a time, so that nobody waits for it.

use crate::proto::msgid::Moment;
use crate::store::Retention;
use crate::store::sqlite::load::{DAY_MS, SEEN_KEPT};
use crate::store::sqlite::write::delete;
use rusqlite::{Connection, OptionalExtension, Params};

/// Rows that are deleted in one piece.
const PIECE: usize = 1_000;
/// Rows that are counted in one piece.
const COUNTED: usize = 50_000;
/// What looking at a conversation costs beside, in such rows.
const LOOK: usize = 100;
/// Deleted messages that the search index may still learn of; one that is further behind is built anew.
const GONE_KEPT: i64 = 100_000;

/// How far it came.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tidy {
    /// The last conversation that was looked at.
    conversation: i64,
}

impl Tidy {
    /// Does a piece; tells whether there is more to do.
    pub fn piece(
        &mut self,
        db: &Connection,
        retention: &Retention,
        now_ms: u64,
    ) -> rusqlite::Result<bool> {
        let day_ago = Moment::first_of(now_ms.saturating_sub(DAY_MS));
        let sql = "DELETE FROM sent WHERE (author, client_id) IN
                   (SELECT author, client_id FROM sent WHERE moment < ? ORDER BY moment LIMIT ?)";
        let sent = execute(db, sql, (day_ago.0.cast_signed(), PIECE as i64))?;
        let sql = "DELETE FROM seen WHERE name IN
                   (SELECT name FROM seen ORDER BY at DESC LIMIT ? OFFSET ?)";
        let seen = execute(db, sql, (PIECE as i64, SEEN_KEPT as i64))?;
        let sql = "DELETE FROM gone WHERE sequence <=
                   (SELECT seq FROM sqlite_sequence WHERE name = 'gone') - ?";
        execute(db, sql, [GONE_KEPT])?;
        let old = too_old(db, retention, now_ms)?;
        let is_more = sent == PIECE || seen == PIECE || old == PIECE;
        Ok(self.too_many(db, retention, PIECE - old)? || is_more)
    }

    /// Deletes what is more than wanted, going from conversation to conversation.
    fn too_many(
        &mut self,
        db: &Connection,
        retention: &Retention,
        mut left: usize,
    ) -> rusqlite::Result<bool> {
        let mut counted = 0;
        while left > 0 && counted < COUNTED {
            let sql = "SELECT id, instr(name, '#') = 1 FROM conversation WHERE id > ? ORDER BY id LIMIT 1";
            let next: Option<(i64, bool)> = db
                .prepare_cached(sql)?
                .query_row([self.conversation], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((id, is_room)) = next else {
                self.conversation = 0;
                return Ok(false);
            };
            let limit = match is_room {
                true => retention.per_room,
                false => retention.per_direct,
            };
            if let Some(limit) = limit {
                counted += limit;
                let deleted = shorten(db, id, limit, left)?;
                left -= deleted;
                if left == 0 {
                    return Ok(true);
                }
            }
            end_if_empty(db, id)?;
            counted += LOOK;
            self.conversation = id;
        }
        Ok(true)
    }
}

/// Deletes a piece of what is too old.
fn too_old(db: &Connection, retention: &Retention, now_ms: u64) -> rusqlite::Result<usize> {
    let Some(age) = retention.age_ms else {
        return Ok(0);
    };
    let oldest = Moment::first_of(now_ms.saturating_sub(age));
    let sql = "SELECT moment FROM message WHERE moment < ? ORDER BY moment LIMIT ?";
    remove(db, sql, (oldest.0.cast_signed(), PIECE as i64))
}

/// Deletes a piece of what is more than the newest ones in a conversation.
fn shorten(db: &Connection, id: i64, limit: usize, left: usize) -> rusqlite::Result<usize> {
    let both = |condition: &str| {
        format!(
            "SELECT moment FROM message INDEXED BY message_buffer WHERE buffer = ?1 {condition}
             UNION ALL
             SELECT moment FROM message INDEXED BY message_twin WHERE twin = ?1 {condition}"
        )
    };
    let sql = format!("{} ORDER BY moment DESC LIMIT 1 OFFSET ?2", both(""));
    let newest_gone: Option<i64> = db
        .prepare_cached(&sql)?
        .query_row((id, limit as i64), |row| row.get(0))
        .optional()?;
    let Some(newest_gone) = newest_gone else {
        return Ok(0);
    };
    let sql = format!("{} ORDER BY moment LIMIT ?3", both("AND moment <= ?2"));
    remove(db, &sql, (id, newest_gone, left as i64))
}

/// Deletes what this statement names.
fn remove(db: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<usize> {
    let mut statement = db.prepare_cached(sql)?;
    let moments: Vec<i64> = statement
        .query_map(params, |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for moment in &moments {
        delete(db, Moment(moment.cast_unsigned()))?;
    }
    Ok(moments.len())
}

/// Forgets a conversation of which nothing is left.
fn end_if_empty(db: &Connection, id: i64) -> rusqlite::Result<()> {
    let sql = "DELETE FROM conversation WHERE id = ?1
               AND NOT EXISTS (SELECT 1 FROM message INDEXED BY message_buffer WHERE buffer = ?1)
               AND NOT EXISTS (SELECT 1 FROM message INDEXED BY message_twin WHERE twin = ?1)";
    execute(db, sql, [id]).map(drop)
}

fn execute(db: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<usize> {
    db.prepare_cached(sql)?.execute(params)
}
