//! A window that changes its width under a line being typed.
//!
//! The editor erases what it drew by rows of the old width. But most terminals wrap anew what stands there, so that
//! it fills more rows now, or fewer: some of the line would stay, or lines above it would go. Before the editor
//! erases, the cursor is therefore brought to where the editor believes it to be, below rows that are empty.

use std::env::var_os;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What was drawn last.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// Nothing was drawn yet, if this is 0.
    columns: usize,
    prompt: String,
    line: String,
    pos: usize,
}

/// Rows and the column behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    row: usize,
    column: usize,
}

impl Drawn {
    /// Another line is begun.
    pub(super) fn begin(&mut self, prompt: &str, line: &str, pos: usize) {
        *self = Self {
            columns: 0,
            prompt: prompt.to_owned(),
            line: line.to_owned(),
            pos,
        };
    }

    /// The line or the place of the cursor changes. A change of the width that the editor passed over is over.
    pub(super) fn change(&mut self, line: &str, pos: usize, columns: usize) {
        if self.columns != columns && !self.is_redrawn_on(columns) {
            self.columns = columns;
        }
        line.clone_into(&mut self.line);
        self.pos = pos;
    }

    /// The editor is about to draw on so many columns: what is to be written before it erases.
    pub(super) fn mend(&mut self, columns: usize) -> Option<String> {
        let old = std::mem::replace(&mut self.columns, columns);
        let is_due = old != 0 && old != columns && self.overflows(old, columns);
        if !is_due || !does_wrap_anew() {
            return None;
        }
        let before = self.line.get(..self.pos).unwrap_or(&self.line);
        let is_at = end(&self.prompt, before, columns).row;
        let believed = end(&self.prompt, before, old).row;
        let all = end(&self.prompt, &self.line, old).row;
        let mut out = String::new();
        if is_at > 0 {
            out.push_str(&format!("\x1b[{is_at}A"));
        }
        out.push_str("\r\x1b[J");
        out.push_str(&"\n".repeat(all));
        if all > believed {
            out.push_str(&format!("\x1b[{}A", all - believed));
        }
        Some(out)
    }

    fn is_redrawn_on(&self, columns: usize) -> bool {
        self.columns != 0 && self.overflows(self.columns, columns)
    }

    /// Whether the editor draws anew when the width changes from `old` to `new`.
    fn overflows(&self, old: usize, new: usize) -> bool {
        let end = end(&self.prompt, &self.line, old);
        end.row > 0 || end.column >= new
    }
}

/// Where a line ends as the editor wraps it.
fn end(prompt: &str, line: &str, columns: usize) -> End {
    let mut end = End { row: 0, column: 0 };
    for piece in prompt.graphemes(true).chain(line.graphemes(true)) {
        if piece == "\n" || piece == "\r\n" {
            end = End {
                row: end.row + 1,
                column: 0,
            };
            continue;
        }
        end.column += piece.width();
        if end.column > columns {
            end = End {
                row: end.row + 1,
                column: piece.width(),
            };
        }
    }
    if end.column == columns {
        end = End {
            row: end.row + 1,
            column: 0,
        };
    }
    end
}

/// How many rows a line and its prompt fill on the screen.
pub(super) fn rows(prompt: &str, line: &str, columns: usize) -> usize {
    end(prompt, line, columns).row + 1
}

/// Whether the terminal wraps anew what stands on it. Those that do not are few, and say who they are.
fn does_wrap_anew() -> bool {
    let is_tmux = var_os("TMUX").is_some();
    let term = var_os("TERM").unwrap_or_default();
    let is_rxvt = term.to_string_lossy().starts_with("rxvt");
    is_tmux || !(var_os("XTERM_VERSION").is_some() || var_os("STY").is_some() || is_rxvt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(columns: usize, line: &str) -> Drawn {
        let mut drawn = Drawn::default();
        drawn.begin("> ", line, line.len());
        assert_eq!(drawn.mend(columns), None);
        drawn
    }

    #[test]
    fn rows_are_counted_as_the_editor_wraps_them() {
        for (prompt, line, rows_expected) in [
            ("> ", "", 1),
            ("> ", "1234567", 1),
            ("> ", "12345678", 2),
            ("> ", "123456789", 2),
            ("> ", "1234567世", 2),
            ("> ", "a\nb", 2),
            ("> ", "123456781234567890", 3),
        ] {
            assert_eq!(rows(prompt, line, 10), rows_expected, "{line}");
        }
    }

    #[test]
    fn the_cursor_is_brought_to_where_the_editor_believes_it() {
        // Three rows of ten become two of twenty: up one, all gone, down two.
        let mut wide = drawn(10, "1234567890123456789012");
        assert_eq!(wide.mend(20).as_deref(), Some("\x1b[1A\r\x1b[J\n\n"));
        // One row of thirty becomes three of ten.
        let mut narrow = drawn(30, "1234567890123456789012");
        assert_eq!(narrow.mend(10).as_deref(), Some("\x1b[2A\r\x1b[J"));
        // The cursor stands in the first of three rows.
        let mut begun = Drawn::default();
        begun.begin("> ", "1234567890123456789012", 3);
        begun.mend(10);
        assert_eq!(begun.mend(20).as_deref(), Some("\r\x1b[J\n\n\x1b[2A"));
    }

    #[test]
    fn where_the_editor_does_nothing_nothing_is_done() {
        let mut short = drawn(30, "1234");
        assert_eq!(short.mend(20), None);
        let mut short = drawn(30, "1234");
        short.change("12345", 5, 20);
        short.change("1234567890123456789", 19, 20);
        assert_eq!(short.mend(20), None, "it was passed over long ago");
        let mut same = drawn(10, "1234567890123456789012");
        assert_eq!(same.mend(10), None);
    }
}
