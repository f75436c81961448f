//! Each row carries a checksum over its table and all its columns, and is read only if it is right: what a
//! device made of it is never taken for what was stored.

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, Statement, params_from_iter};
use std::cell::RefCell;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Faults that are remembered until somebody asks; the others are only counted.
const REMEMBERED: usize = 100;
/// Bytes that are kept for the next checksum.
const KEPT: usize = 64 << 10;
/// No table has more columns.
const WIDEST: usize = 16;

/// A row that is not what was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub table: &'static str,
    /// Its key, as far as it can be read.
    pub row: String,
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, row {}: {}", self.table, self.row, self.what)
    }
}

/// Faults found while reading. Clones share what they found.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    found: Arc<Mutex<Vec<Fault>>>,
}

impl Faults {
    /// Remembers a fault.
    pub fn report(&self, fault: Fault) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if found.len() < REMEMBERED && !found.contains(&fault) {
            found.push(fault);
        }
    }

    /// What was found since somebody asked last.
    pub fn take(&self) -> Vec<Fault> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut found)
    }
}

/// A table whose rows carry a checksum in their last column.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    /// How many of its columns, from the first one, are its key.
    pub key: usize,
    /// How many columns it has, without the checksum.
    pub width: usize,
    /// Stores a row.
    pub put: &'static str,
    /// Tells all rows.
    pub all: &'static str,
}

/// A number as it is kept: the same bits.
pub fn number<'a>(value: u64) -> ValueRef<'a> {
    ValueRef::Integer(value.cast_signed())
}

/// A text as it is kept.
pub fn text(value: &str) -> ValueRef<'_> {
    ValueRef::Text(value.as_bytes())
}

/// The columns of a row.
#[derive(Debug)]
pub struct Cells<'a>([ValueRef<'a>; WIDEST]);

impl<'a> Cells<'a> {
    /// What is in a column.
    pub fn at(&self, at: usize) -> ValueRef<'a> {
        self.0.get(at).copied().unwrap_or(ValueRef::Null)
    }

    /// The number in a column, if it is one.
    pub fn number(&self, at: usize) -> Option<i64> {
        self.at(at).as_i64().ok()
    }

    /// The text in a column, if it is one.
    pub fn text(&self, at: usize) -> Option<&'a str> {
        self.at(at).as_str().ok()
    }
}

impl Table {
    /// Stores a row with its checksum.
    pub fn put(&self, db: &Connection, row: &[ValueRef<'_>]) -> rusqlite::Result<usize> {
        let sum = ValueRef::Integer(sum(self.name, row.iter().copied()));
        let all = row.iter().copied().chain([sum]).map(ToSqlOutput::Borrowed);
        db.prepare_cached(self.put)?.execute(params_from_iter(all))
    }

    /// The columns of this row, in which those of the table come first, if they are what was stored; if not,
    /// that is reported.
    pub fn cells<'a>(
        &self,
        row: &'a Row<'_>,
        faults: &Faults,
    ) -> rusqlite::Result<Option<Cells<'a>>> {
        let mut cells = [ValueRef::Null; WIDEST];
        for (at, cell) in cells.iter_mut().take(self.width).enumerate() {
            *cell = row.get_ref(at)?;
        }
        let sum = sum(self.name, cells.iter().copied().take(self.width));
        let is_right = row.get_ref(self.width)? == ValueRef::Integer(sum);
        if !is_right {
            self.report(row, faults, "the checksum is wrong");
        }
        Ok(is_right.then_some(Cells(cells)))
    }

    /// Whether this row is what was stored; if not, it is reported.
    pub fn is_right(&self, row: &Row<'_>, faults: &Faults) -> rusqlite::Result<bool> {
        Ok(self.cells(row, faults)?.is_some())
    }

    /// Reads a row, if it is right; what cannot be read is reported.
    pub fn read<T>(
        &self,
        row: &Row<'_>,
        faults: &Faults,
        read: impl FnOnce(&Row<'_>) -> Option<T>,
    ) -> rusqlite::Result<Option<T>> {
        if !self.is_right(row, faults)? {
            return Ok(None);
        }
        let value = read(row);
        if value.is_none() {
            self.report(row, faults, "it means nothing to this version");
        }
        Ok(value)
    }

    /// Reads all rows of a statement that are right.
    pub fn read_all<T>(
        &self,
        statement: &mut Statement<'_>,
        faults: &Faults,
        mut read: impl FnMut(&Row<'_>) -> Option<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.extend(self.read(row, faults, &mut read)?);
        }
        Ok(found)
    }

    /// Reports that something is wrong with this row.
    pub fn report(&self, row: &Row<'_>, faults: &Faults, what: &str) {
        let key = (0..self.key).map(|at| row.get_ref(at).map_or_else(|_| String::new(), shown));
        faults.report(Fault {
            table: self.name,
            row: key.collect::<Vec<_>>().join(" "),
            what: what.into(),
        });
    }
}

fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::from("-"),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            let text: String = String::from_utf8_lossy(bytes).chars().take(64).collect();
            text.escape_debug().to_string()
        }
    }
}

/// The checksum of a row.
fn sum<'a>(table: &str, row: impl Iterator<Item = ValueRef<'a>>) -> i64 {
    thread_local! {
        static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    BYTES.with_borrow_mut(|bytes| {
        bytes.clear();
        bytes.extend(table.as_bytes());
        row.for_each(|cell| append(bytes, cell));
        let sum = crc32fast::hash(bytes);
        bytes.shrink_to(KEPT);
        i64::from(sum)
    })
}

/// Appends what the checksum sees of a column: its kind, its length, what it is.
fn append(bytes: &mut Vec<u8>, cell: ValueRef<'_>) {
    let (kind, text) = match cell {
        ValueRef::Null => (0, [].as_slice()),
        ValueRef::Integer(number) => {
            bytes.push(1);
            bytes.extend(number.to_le_bytes());
            return;
        }
        ValueRef::Real(number) => {
            bytes.push(2);
            bytes.extend(number.to_bits().to_le_bytes());
            return;
        }
        ValueRef::Text(text) => (3, text),
        ValueRef::Blob(text) => (4, text),
    };
    bytes.push(kind);
    bytes.extend((text.len() as u32).to_le_bytes());
    bytes.extend(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bit_of_a_row_counts_and_so_does_where_one_column_ends() {
        let row = |a: &'static str, b: u64| sum("t", [text(a), number(b)].into_iter());
        let right = row("hello", 7);
        assert_ne!(right, row("hellp", 7));
        assert_ne!(right, row("hello", 6));
        assert_ne!(right, sum("u", [text("hello"), number(7)].into_iter()));
        let parted = |a, b| sum("t", [text(a), text(b)].into_iter());
        assert_ne!(parted("ab", "c"), parted("a", "bc"));
        assert_ne!(
            sum("t", [ValueRef::Null].into_iter()),
            sum("t", [text("")].into_iter())
        );
    }
}
