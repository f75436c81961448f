//! Lists, whose columns are aligned; and what is cut to fit a row.

use super::{TINY, View, cleaned};
use crate::client::view::look::{Layout, Paint};
use crate::client::wrap::{TIED, left, shorten, wrap};
use unicode_width::UnicodeWidthStr;

/// A last cell of a list is wrapped if it has this much room.
const LEAST_CELL: usize = 10;

impl View {
    /// A message that is not there yet.
    pub(super) fn unsettled(&self, text: &str, columns: usize) -> String {
        let cut = self.look.symbols().cut;
        let text = shorten(&format!("{cut} {text}"), columns, cut);
        self.look.paint(Paint::Dim, &text)
    }

    /// A name behind a room, no longer than names alone are where there are columns.
    pub(super) fn short(&self, name: &str, columns: usize) -> String {
        match self.look.layout {
            _ if columns < TINY => name.to_owned(),
            Layout::Plain => name.to_owned(),
            Layout::Columns => shorten(name, self.name_width(columns), self.look.symbols().cut),
        }
    }

    pub(super) fn list(&self, title: &str, rows: &[Vec<String>], columns: usize) -> String {
        let clean: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| cleaned(cell)).collect())
            .collect();
        let wide = |column: usize| {
            let cells = clean.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        };
        let mut shown = self.text(title, columns);
        for row in &clean {
            let mut before = String::from("  ");
            let (last, first) = row
                .split_last()
                .map_or(("", &[][..]), |(l, f)| (l.as_str(), f));
            for (column, cell) in first.iter().enumerate() {
                before.push_str(&left(cell, wide(column) + 2));
            }
            shown.push('\n');
            shown.push_str(&self.last_cell(&before, last, columns));
        }
        shown
    }

    /// The last cell of a row behind the others, wrapped under itself if there is a screen and room on it.
    fn last_cell(&self, before: &str, cell: &str, columns: usize) -> String {
        let indent = before.width();
        let room = columns.saturating_sub(indent);
        if self.look.layout == Layout::Plain || room < LEAST_CELL {
            let line = format!("{before}{cell}").replace(TIED, " ");
            return line.trim_end().to_owned();
        }
        let under = format!("\n{}", " ".repeat(indent));
        let cell = wrap(cell, room).join(&under);
        format!("{before}{cell}").trim_end().to_owned()
    }
}
