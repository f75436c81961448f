//! Text that carries the writer's own formatting: cleaned first, wrapped as plain text, painted last.
//!
//! What is shown is exactly what the sanitiser makes of the text without its codes; the codes only add colour.

use crate::client::view::cleaned;
use crate::client::view::look::{Look, Paint};
use crate::client::wrap::{TIED, wrap};
use crate::proto::formatting::{Style, is_formatted, pieces};
use crate::proto::sanitise;

/// Clean text, and how its parts are to look.
#[derive(Debug, Clone, Default)]
pub(super) struct Rich {
    text: String,
    /// Styles, each with the byte at which it ends; what follows the last has none.
    styles: Vec<(usize, Style)>,
}

impl Rich {
    /// Clean text without formatting.
    pub(super) fn plain(text: String) -> Self {
        Self {
            text,
            styles: Vec::new(),
        }
    }

    /// What somebody wrote, codes and all.
    pub(super) fn of(raw: &str) -> Self {
        let plain = Self::plain(cleaned(raw));
        if !is_formatted(raw) {
            return plain;
        }
        let mut rich = Self::default();
        for (style, piece) in pieces(raw) {
            rich.text.push_str(&sanitise::text(piece));
            rich.styles.push((rich.text.len(), style));
        }
        if rich.text == plain.text { rich } else { plain }
    }

    /// The same behind clean text without formatting.
    pub(super) fn behind(mut self, before: &str) -> Self {
        self.text.insert_str(0, before);
        for (end, _) in &mut self.styles {
            *end += before.len();
        }
        if !self.styles.is_empty() {
            self.styles.insert(0, (before.len(), Style::default()));
        }
        self
    }

    /// In lines of at most so many columns, if that matters, painted on top of `base`.
    pub(super) fn lines(
        &self,
        look: &Look,
        base: Option<Paint>,
        columns: Option<usize>,
    ) -> Vec<String> {
        let lines = match columns {
            Some(columns) => wrap(&self.text, columns),
            None => vec![self.text.clone()],
        };
        let mut styles = Walk::over(self);
        let paint = |line: String| match self.styles.is_empty() {
            true => look.styled(base, Style::default(), &line),
            false => styles.paint(look, base, &line),
        };
        lines.into_iter().map(paint).collect()
    }
}

/// A walk over a text along lines that were made of it: of what a line leaves out, nothing is left behind it.
struct Walk<'r> {
    rest: std::str::CharIndices<'r>,
    styles: &'r [(usize, Style)],
}

impl<'r> Walk<'r> {
    fn over(rich: &'r Rich) -> Self {
        Self {
            rest: rich.text.char_indices(),
            styles: &rich.styles,
        }
    }

    fn paint(&mut self, look: &Look, base: Option<Paint>, line: &str) -> String {
        let mut painted = String::new();
        let mut piece = String::new();
        let mut style = Style::default();
        for c in line.chars() {
            let now = self.style_of(c);
            if now != style && !piece.is_empty() {
                painted.push_str(&look.styled(base, style, &piece));
                piece.clear();
            }
            style = now;
            piece.push(c);
        }
        if !piece.is_empty() {
            painted.push_str(&look.styled(base, style, &piece));
        }
        painted
    }

    /// The style of the next character that is `c`.
    fn style_of(&mut self, c: char) -> Style {
        let is_it = |own: &char| *own == c || (c == ' ' && TIED.contains(*own));
        let Some((at, _)) = self.rest.find(|(_, own)| is_it(own)) else {
            return Style::default();
        };
        while let Some(((end, _), later)) = self.styles.split_first()
            && *end <= at
        {
            self.styles = later;
        }
        self.styles
            .first()
            .map_or(Style::default(), |(_, style)| *style)
    }
}
