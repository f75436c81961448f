//! Aligned columns of text; nothing remote gets through it uncleaned.

use crate::admin::print::{Header, Look};
use crate::proto::sanitise;
use colored::Colorize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Rows of cells under column names.
#[derive(Debug, Default)]
pub struct Table {
    names: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns.
    pub fn new(names: &[&'static str]) -> Self {
        Self {
            names: names.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row; an empty cell is shown as a dash.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let clean = |cell: String| match cell.is_empty() {
            true => "–".to_owned(),
            false => sanitise::text(&cell).into_owned(),
        };
        self.rows.push(cells.into_iter().map(clean).collect());
    }

    /// The whole table. Columns that no row fills are left out, and so are those at the right for which the
    /// terminal has no room; then `…` stands in their place.
    pub fn render(&self, look: &Look) -> String {
        let columns = (0..self.names.len())
            .filter(|column| self.cells(*column).any(|cell| cell != "–"))
            .map(|column| (column, self.width(column, look)))
            .collect();
        let columns = fit(columns, look.width);
        let mut out = String::new();
        if look.header != Header::Hidden {
            let names: Vec<String> = self.names.iter().map(|name| (*name).to_owned()).collect();
            let line = line(&names, &columns);
            match look.header {
                Header::Bold => out.push_str(&format!("{}\n", line.bold())),
                Header::Plain | Header::Hidden => out.push_str(&format!("{line}\n")),
            }
        }
        for row in &self.rows {
            out.push_str(&line(row, &columns));
            out.push('\n');
        }
        out
    }

    fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows
            .iter()
            .filter_map(move |row| row.get(column))
            .map(String::as_str)
    }

    fn width(&self, column: usize, look: &Look) -> usize {
        let name = match look.header {
            Header::Hidden => 0,
            Header::Plain | Header::Bold => self.names.get(column).map_or(0, |name| name.width()),
        };
        self.cells(column)
            .map(UnicodeWidthStr::width)
            .max()
            .unwrap_or(0)
            .max(name)
    }
}

/// Columns of a table, each with its width, and whether some are missing at the right.
struct Columns {
    shown: Vec<(usize, usize)>,
    is_cut: bool,
}

/// As many columns as there is room for; the last one may be narrower than its cells.
fn fit(columns: Vec<(usize, usize)>, room: Option<usize>) -> Columns {
    const GAP: usize = 2;
    const NARROWEST: usize = 8;
    let Some(mut room) = room else {
        return Columns {
            shown: columns,
            is_cut: false,
        };
    };
    let (mut shown, last) = (Vec::new(), columns.len().saturating_sub(1));
    for (at, (column, width)) in columns.into_iter().enumerate() {
        let gap = if at == 0 { 0 } else { GAP };
        let mark = if at == last { 0 } else { GAP + 1 };
        let left = room.saturating_sub(gap + mark);
        if width > left {
            if left >= NARROWEST || at == 0 {
                shown.push((column, left.max(1)));
            }
            let is_cut = shown.len() <= last;
            return Columns { shown, is_cut };
        }
        shown.push((column, width));
        room -= gap + width;
    }
    Columns {
        shown,
        is_cut: false,
    }
}

/// One line, its cells padded to the widths of their columns.
fn line(cells: &[String], columns: &Columns) -> String {
    let mut line = String::new();
    for (column, width) in &columns.shown {
        let cell = cut(cells.get(*column).map_or("", String::as_str), Some(*width));
        line.push_str(&cell);
        line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
    }
    if columns.is_cut {
        line.push('…');
    }
    line.trim_end().to_owned()
}

/// The text in at most this many cells, the cut marked.
fn cut(text: &str, width: Option<usize>) -> String {
    let Some(width) = width.filter(|width| text.width() > *width) else {
        return text.to_owned();
    };
    let mut room = width.saturating_sub(1);
    let mut short = String::new();
    for c in text.chars() {
        let cells = c.width().unwrap_or(0);
        if cells > room {
            break;
        }
        room -= cells;
        short.push(c);
    }
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::print::Format;

    fn look(header: Header, width: Option<usize>) -> Look {
        Look {
            format: Format::Text,
            header,
            width,
        }
    }

    fn two() -> Table {
        let mut table = Table::new(&["NAME", "ACCOUNT", "ROOMS"]);
        table.row(["alice".into(), String::new(), "#lobby #dev".into()]);
        table.row(["世界".into(), String::new(), "#lobby".into()]);
        table
    }

    #[test]
    fn columns_are_aligned_by_what_is_seen_and_empty_ones_left_out() {
        let shown = two().render(&look(Header::Plain, None));
        assert_eq!(shown, "NAME   ROOMS\nalice  #lobby #dev\n世界   #lobby\n");
    }

    #[test]
    fn a_terminal_gets_no_more_than_its_width() {
        let wide = |width| two().render(&look(Header::Hidden, Some(width)));
        assert_eq!(wide(18), "alice  #lobby #dev\n世界   #lobby\n");
        assert_eq!(wide(15), "alice  #lobby …\n世界   #lobby\n");
        assert_eq!(wide(10), "alice  …\n世界   …\n");
        assert_eq!(wide(3), "…  …\n…  …\n");
        for width in 4..20 {
            assert!(wide(width).lines().all(|line| line.width() <= width));
        }
    }

    #[test]
    fn control_characters_of_the_server_do_not_reach_the_terminal() {
        let mut table = Table::new(&["NAME"]);
        table.row(["a\u{1b}[2Jb\r\n\u{202e}c".into()]);
        let shown = table.render(&look(Header::Hidden, None));
        assert!(!shown.contains(['\u{1b}', '\r', '\u{202e}']), "{shown:?}");
        assert_eq!(shown.lines().count(), 1);
    }
}
