//! Signs and colours, and what stands for them where there are none.

use crate::client::taste::Theme;
use colored::{Color, Colorize};

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

/// Colours of names: each has a contrast of 3:1 or more on white and on near-black.
const NICKS: [u8; 14] = [
    166, 130, 136, 100, 64, 29, 30, 32, 68, 63, 98, 134, 164, 169,
];
/// Colours with a contrast of 4.5:1 or more on white, and on near-black.
const LIGHT: [u8; 14] = [130, 94, 58, 22, 28, 29, 23, 24, 27, 21, 56, 128, 162, 161];
const DARK: [u8; 14] = [
    209, 172, 106, 70, 34, 41, 36, 38, 68, 105, 135, 170, 199, 204,
];
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
        if self.colour == Colour::Off {
            return text.to_owned();
        }
        let painted = match paint {
            Paint::Nick(hash) => {
                let codes = match self.theme {
                    Theme::Both => NICKS,
                    Theme::Light => LIGHT,
                    Theme::Dark => DARK,
                };
                let code = codes.get(hash % codes.len()).copied().unwrap_or_default();
                text.color(Color::AnsiColor(code))
            }
            Paint::Bold => text.bold(),
            Paint::Call => text.bold().yellow(),
            Paint::Dim => text.dimmed(),
            Paint::Refusal => text.red().bold(),
            Paint::Warning => text.yellow(),
        };
        painted.to_string()
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

    /// Relative luminance of one of the 216 colours of the cube (WCAG 2).
    fn luminance(code: u8) -> f64 {
        let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * u32::from(n) };
        let cube = code - 16;
        let rgb = [cube / 36, cube / 6 % 6, cube % 6].map(step);
        let [r, g, b] = rgb.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn linear(value: u32) -> f64 {
        let share = f64::from(value) / 255.0;
        if share <= 0.03928 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    }

    #[test]
    fn colours_of_names_are_readable_on_white_and_on_near_black() {
        let dark = linear(0x1e) + 0.05;
        for code in NICKS {
            let light = luminance(code) + 0.05;
            assert!(1.05 / light >= 3.0, "{code} on white: {}", 1.05 / light);
            assert!(light / dark >= 3.0, "{code} on dark: {}", light / dark);
        }
        for code in LIGHT {
            assert!(1.05 / (luminance(code) + 0.05) >= 4.5, "{code} on white");
        }
        for code in DARK {
            assert!((luminance(code) + 0.05) / dark >= 4.5, "{code} on dark");
        }
    }

    #[test]
    fn a_name_has_one_colour_in_any_case() {
        assert_eq!(Look::hash("Alice"), Look::hash("aLICE"));
    }
}
