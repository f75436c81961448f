//! The formatting codes of IRC: a text in pieces, and how the writer wanted each of them to look.
//!
//! Colours are kept as hues alone: how bright they have to be is known to whoever shows them. Backgrounds are
//! read and dropped, so that nothing can be hidden by its colour.

use std::mem;

const BOLD: char = '\x02';
const COLOUR: char = '\x03';
const HEX_COLOUR: char = '\x04';
const RESET: char = '\x0f';
const MONOSPACE: char = '\x11';
const REVERSE: char = '\x16';
const ITALIC: char = '\x1d';
const STRIKE: char = '\x1e';
const UNDERLINE: char = '\x1f';
const CODES: [char; 9] = [
    BOLD, COLOUR, HEX_COLOUR, RESET, MONOSPACE, REVERSE, ITALIC, STRIKE, UNDERLINE,
];

/// Hues of the first sixteen colours; black, white and greys have none.
const FIRST: [Option<u16>; 16] = [
    None,
    None,
    Some(240),
    Some(120),
    Some(0),
    Some(20),
    Some(290),
    Some(30),
    Some(60),
    Some(120),
    Some(180),
    Some(180),
    Some(225),
    Some(320),
    None,
    None,
];
/// Hues of the further ones up to 87, which come in rows of equal brightness.
const ROW: [u16; 12] = [0, 28, 60, 78, 120, 157, 180, 207, 240, 279, 300, 325];

/// How a piece of text is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    pub is_bold: bool,
    pub is_italic: bool,
    pub is_underlined: bool,
    pub is_struck: bool,
    pub is_reversed: bool,
    /// The colour's place on the wheel, in degrees.
    pub hue: Option<u16>,
}

/// The text without its codes, in pieces of one style each.
pub fn pieces(raw: &str) -> Vec<(Style, &str)> {
    let mut pieces = Vec::new();
    let mut style = Style::default();
    let mut rest = raw;
    while let Some(at) = rest.find(CODES) {
        let (before, from) = rest.split_at(at);
        let mut after = from.chars();
        let code = after.next().unwrap_or_default();
        let earlier = style;
        rest = style.obey(code, after.as_str());
        if !before.is_empty() {
            pieces.push((earlier, before));
        }
    }
    if !rest.is_empty() {
        pieces.push((style, rest));
    }
    pieces
}

/// Whether there is any code in it.
pub fn is_formatted(raw: &str) -> bool {
    raw.contains(CODES)
}

impl Style {
    /// Takes a code; what follows it and its numbers.
    fn obey<'t>(&mut self, code: char, after: &'t str) -> &'t str {
        let turn = |switch: &mut bool| *switch = !mem::take(switch);
        match code {
            BOLD => turn(&mut self.is_bold),
            ITALIC => turn(&mut self.is_italic),
            UNDERLINE => turn(&mut self.is_underlined),
            STRIKE => turn(&mut self.is_struck),
            REVERSE => turn(&mut self.is_reversed),
            RESET => *self = Self::default(),
            COLOUR => {
                let (number, rest) = colour(after, 2, |c| c.is_ascii_digit());
                self.hue = number.parse().ok().and_then(hue_of_number);
                return rest;
            }
            HEX_COLOUR => {
                let (digits, rest) = colour(after, 6, |c| c.is_ascii_hexdigit());
                let number = u32::from_str_radix(digits, 16).ok();
                self.hue = number.filter(|_| digits.len() == 6).and_then(hue);
                return rest;
            }
            _ => {}
        }
        after
    }
}

/// The digits of a colour code, at most so many, and the text after them and after those of a background.
fn colour(text: &str, most: usize, is_digit: fn(char) -> bool) -> (&str, &str) {
    let count = |text: &str| text.chars().take(most).take_while(|c| is_digit(*c)).count();
    let (digits, rest) = text.split_at_checked(count(text)).unwrap_or(("", text));
    let back = rest
        .strip_prefix(',')
        .filter(|back| !digits.is_empty() && count(back) > 0);
    let background = back.and_then(|back| back.split_at_checked(count(back)));
    (digits, background.map_or(rest, |(_, after)| after))
}

fn hue_of_number(number: usize) -> Option<u16> {
    match number {
        0..16 => FIRST.get(number).copied().flatten(),
        16..88 => ROW.get((number - 16) % ROW.len()).copied(),
        _ => None,
    }
}

/// The hue of a colour made of red, green and blue; greys have none.
pub fn hue(rgb: u32) -> Option<u16> {
    let part = |shift: u32| i64::from(rgb >> shift & 0xff);
    let (red, green, blue) = (part(16), part(8), part(0));
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    let span = most - least;
    if span * 4 < most.max(1) {
        return None;
    }
    let degrees = match most {
        _ if most == red => 60 * (green - blue) / span,
        _ if most == green => 120 + 60 * (blue - red) / span,
        _ => 240 + 60 * (red - green) / span,
    };
    u16::try_from(degrees.rem_euclid(360)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces in brackets, each with the letters of its style.
    fn shown(raw: &str) -> String {
        let piece = |(style, text): (Style, &str)| {
            let signs = [
                (style.is_bold, "b"),
                (style.is_italic, "i"),
                (style.is_underlined, "u"),
                (style.is_struck, "s"),
                (style.is_reversed, "r"),
            ];
            let signs: String = signs
                .iter()
                .filter(|(is, _)| *is)
                .map(|(_, sign)| *sign)
                .collect();
            let hue = style.hue.map_or(String::new(), |hue| hue.to_string());
            format!("[{signs}{hue}:{text}]")
        };
        pieces(raw).into_iter().map(piece).collect()
    }

    #[test]
    fn each_code_turns_its_own_on_and_off() {
        for (raw, expected) in [
            ("plain", "[:plain]"),
            ("", ""),
            ("\x02a\x02b", "[b:a][:b]"),
            (
                "\x1da\x1fb\x1ec\x16d\x0fe",
                "[i:a][iu:b][ius:c][iusr:d][:e]",
            ),
            ("\x11mono", "[:mono]"),
            ("\x0304red\x03 not", "[0:red][: not]"),
            ("\x034,12x", "[0:x]"),
            ("\x034,x", "[0:,x]"),
            ("\x03,4x", "[:,4x]"),
            ("\x03123", "[225:3]"),
            ("\x0399x", "[:x]"),
            ("\x0352x", "[0:x]"),
            ("\x04ff0000red\x04x", "[0:red][:x]"),
            ("\x0400f,ffffffx", "[:x]"),
            ("\x03", ""),
            ("a\x02", "[:a]"),
        ] {
            assert_eq!(shown(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn a_colour_has_its_place_on_the_wheel_and_a_grey_has_none() {
        for (rgb, expected) in [
            (0x00ff_0000, Some(0)),
            (0x0000_ff00, Some(120)),
            (0x0000_00ff, Some(240)),
            (0x00ff_00ff, Some(300)),
            (0x00fc_7f00, Some(30)),
            (0x0080_8080, None),
            (0, None),
        ] {
            assert_eq!(hue(rgb), expected, "{rgb:06x}");
        }
    }
}
