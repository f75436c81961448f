//! Signs and colours, and what stands for them where there are none.

use crate::client::taste::Theme;
use crate::client::view::hues;
use crate::proto::formatting::Style;
use colored::{Color, ColoredString, Colorize};

/// How lines are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Time, names and text in columns; wrapped.
    Columns,
    /// One message, one line.
    Plain,
}

/// Whether lines carry colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    On,
    /// Sixteen of them at most.
    Few,
    Off,
}

/// What the terminal can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    Utf8,
    /// Our own signs are ASCII; what others say stays as it is.
    AsciiSigns,
    /// Nothing but ASCII.
    Ascii,
}

/// The look of one terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub layout: Layout,
    pub colour: Colour,
    pub charset: Charset,
    pub theme: Theme,
}

/// Our own signs.
#[derive(Debug, Clone, Copy)]
pub struct Symbols {
    pub bar: &'static str,
    pub arrow: &'static str,
    pub no: &'static str,
    pub yes: &'static str,
    pub mind: &'static str,
    pub cut: &'static str,
    pub rule: &'static str,
    pub dot: &'static str,
    pub call: &'static str,
    /// Before an answer.
    pub answer: &'static str,
    /// Without a connection.
    pub apart: &'static str,
}

const SIGNS: Symbols = Symbols {
    bar: "│",
    arrow: "→",
    no: "✗",
    yes: "✓",
    mind: "⚠",
    cut: "…",
    rule: "──",
    dot: "·",
    call: "»",
    answer: "↩",
    apart: "✗",
};

const TWINS: Symbols = Symbols {
    bar: "|",
    arrow: "->",
    no: "!",
    yes: "+",
    mind: "!",
    cut: "...",
    rule: "--",
    dot: "-",
    call: ">",
    answer: "re",
    apart: "x",
};

/// What a piece of a line is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// A name; equal names get equal colours.
    Nick(usize),
    /// What is mine, or from who runs the server.
    Bold,
    Call,
    Dim,
    Refusal,
    Warning,
}

/// What an unknown character becomes where only ASCII can be written.
const UNKNOWN: &str = "?";

impl Look {
    /// The signs of this look.
    pub fn symbols(&self) -> Symbols {
        match self.charset {
            Charset::Utf8 => SIGNS,
            Charset::AsciiSigns | Charset::Ascii => TWINS,
        }
    }

    /// Which of the colours a name gets: the same in any case.
    pub fn hash(name: &str) -> usize {
        name.bytes().fold(5381, |hash: usize, byte| {
            hash.wrapping_mul(33) ^ usize::from(byte.to_ascii_lowercase())
        })
    }

    /// `text` in its colour, if there is colour.
    pub fn paint(&self, paint: Paint, text: &str) -> String {
        self.styled(Some(paint), Style::default(), text)
    }

    /// `text` in the colour of what it is, and in the writer's own style.
    pub(super) fn styled(&self, base: Option<Paint>, style: Style, text: &str) -> String {
        if self.colour == Colour::Off || (base.is_none() && style == Style::default()) {
            return text.to_owned();
        }
        let mut painted = match base {
            Some(paint) => self.painted(paint, text),
            None => text.normal(),
        };
        let may_have_colour = !matches!(base, Some(Paint::Call | Paint::Dim));
        if let Some(hue) = style.hue.filter(|_| may_have_colour) {
            painted = painted.color(match self.colour {
                Colour::Few => hues::nearest_of_few(hue),
                Colour::On | Colour::Off => Color::AnsiColor(hues::nearest(self.theme, hue)),
            });
        }
        let mut turn = |is_on, turned: fn(ColoredString) -> ColoredString| {
            if is_on {
                painted = turned(std::mem::take(&mut painted));
            }
        };
        turn(style.is_bold, Colorize::bold);
        turn(style.is_italic, Colorize::italic);
        turn(style.is_underlined, Colorize::underline);
        turn(style.is_struck, Colorize::strikethrough);
        turn(style.is_reversed, Colorize::reversed);
        painted.to_string()
    }

    fn painted(&self, paint: Paint, text: &str) -> ColoredString {
        match paint {
            Paint::Nick(hash) if self.colour == Colour::Few => text.color(hues::one_of_few(hash)),
            Paint::Nick(hash) => {
                let codes = hues::names(self.theme);
                let code = codes.get(hash % codes.len()).copied().unwrap_or_default();
                text.color(Color::AnsiColor(code))
            }
            Paint::Bold => text.bold(),
            Paint::Call => text.bold().yellow(),
            Paint::Dim => text.dimmed(),
            Paint::Refusal => text.red().bold(),
            Paint::Warning => text.yellow(),
        }
    }

    /// Our own words as the terminal can write them, before they are wrapped.
    pub fn own(&self, text: String) -> String {
        match self.charset {
            Charset::Utf8 => text,
            Charset::AsciiSigns => text.replace("↑ key", "Up key"),
            Charset::Ascii => self.in_charset(text),
        }
    }

    /// `text` as the terminal can write it.
    pub fn in_charset(&self, text: String) -> String {
        if self.charset != Charset::Ascii || text.is_ascii() {
            return text;
        }
        text.chars().map(twin).collect()
    }
}

/// What stands for a character where only ASCII can be written.
fn twin(c: char) -> std::borrow::Cow<'static, str> {
    match c {
        '→' => "->".into(),
        '…' => "...".into(),
        '─' | '−' | '–' => "-".into(),
        '│' => "|".into(),
        '·' => ".".into(),
        '✗' => "!".into(),
        '✓' => "+".into(),
        '»' => ">".into(),
        '↵' => "/".into(),
        '↩' => "re".into(),
        '↑' => "Up".into(),
        '↓' => "Down".into(),
        '⚠' => "!".into(),
        '‘' | '’' => "'".into(),
        '“' | '”' => "\"".into(),
        c if c.is_ascii() => c.to_string().into(),
        _ => UNKNOWN.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_colour_in_any_case() {
        assert_eq!(Look::hash("Alice"), Look::hash("aLICE"));
    }
}
