//! Which of a terminal's 256 colours are used: only those that can be read, whatever the background.

use crate::client::taste::Theme;
use crate::proto::formatting::hue;
use colored::Color;

/// Colours of names: each has a contrast of 3:1 or more on white and on near-black.
const NICKS: [u8; 14] = [
    166, 130, 136, 100, 64, 29, 30, 32, 68, 63, 98, 134, 164, 169,
];
/// Colours with a contrast of 4.5:1 or more on white, and on near-black.
const LIGHT: [u8; 14] = [130, 94, 58, 22, 28, 29, 23, 24, 27, 21, 56, 128, 162, 161];
const DARK: [u8; 14] = [
    209, 172, 106, 70, 34, 41, 36, 38, 68, 105, 135, 170, 199, 204,
];
/// Red, which no name has: for what a writer wanted red.
const RED: u8 = 160;
const RED_ON_DARK: u8 = 203;

/// Colours of names where a terminal has sixteen at most: neither red nor yellow, which mean something.
const FEW: [Color; 6] = [
    Color::Green,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::BrightBlue,
    Color::BrightMagenta,
];
/// The same by their places on the wheel, for what a writer wanted so.
const WHEEL: [(u16, Color); 6] = [
    (0, Color::Red),
    (60, Color::Yellow),
    (120, Color::Green),
    (180, Color::Cyan),
    (240, Color::Blue),
    (300, Color::Magenta),
];

/// One of the few colours of names.
pub(super) fn one_of_few(hash: usize) -> Color {
    let [first, ..] = FEW;
    FEW.get(hash % FEW.len()).copied().unwrap_or(first)
}

/// The one of a few colours whose place on the wheel is nearest.
pub(super) fn nearest_of_few(wanted: u16) -> Color {
    let far = |(place, _): &&(u16, Color)| apart(*place, wanted);
    WHEEL
        .iter()
        .min_by_key(far)
        .map_or(Color::Red, |(_, colour)| *colour)
}

/// How far two places on the wheel are from each other.
fn apart(one: u16, other: u16) -> u16 {
    let apart = one.abs_diff(other);
    apart.min(360 - apart.min(360))
}

/// Colours of names.
pub(super) fn names(theme: Theme) -> &'static [u8] {
    match theme {
        Theme::Both => &NICKS,
        Theme::Light => &LIGHT,
        Theme::Dark => &DARK,
    }
}

/// The readable colour whose place on the wheel is nearest.
pub(super) fn nearest(theme: Theme, wanted: u16) -> u8 {
    let red = match theme {
        Theme::Both | Theme::Light => RED,
        Theme::Dark => RED_ON_DARK,
    };
    let far = |code: &u8| apart(hue(rgb(*code)).unwrap_or_default(), wanted);
    let all = std::iter::once(&red).chain(names(theme));
    all.copied().min_by_key(far).unwrap_or(red)
}

/// Red, green and blue of one of the 216 colours of the cube.
fn rgb(code: u8) -> u32 {
    let cube = u32::from(code.saturating_sub(16));
    let step = |n: u32| if n == 0 { 0 } else { 55 + 40 * n };
    step(cube / 36) << 16 | step(cube / 6 % 6) << 8 | step(cube % 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of one of the 216 colours of the cube (WCAG 2).
    fn luminance(code: u8) -> f64 {
        let [_, r, g, b] = rgb(code).to_be_bytes().map(|part| linear(part.into()));
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
    fn what_is_to_be_red_is_red_and_readable() {
        assert_eq!(nearest(Theme::Both, 0), RED);
        assert_eq!(nearest(Theme::Dark, 359), RED_ON_DARK);
        let dark = linear(0x1e) + 0.05;
        for (theme, least) in [(Theme::Both, 3.0), (Theme::Light, 4.5), (Theme::Dark, 4.5)] {
            for wanted in 0..360 {
                let own = luminance(nearest(theme, wanted)) + 0.05;
                let on_white = theme == Theme::Dark || 1.05 / own >= least;
                let on_dark = theme == Theme::Light || own / dark >= least;
                assert!(on_white && on_dark, "{theme:?} {wanted}");
            }
        }
    }

    #[test]
    fn of_few_colours_none_is_that_of_errors_or_mentions() {
        let all: std::collections::BTreeSet<String> = (0..12)
            .map(|hash| format!("{:?}", one_of_few(hash)))
            .collect();
        assert_eq!(all.len(), FEW.len());
        assert!(!FEW.contains(&Color::Red) && !FEW.contains(&Color::Yellow));
        assert_eq!(
            (nearest_of_few(350), nearest_of_few(250)),
            (Color::Red, Color::Blue)
        );
    }

    #[test]
    fn colours_far_apart_stay_apart() {
        let six = [0, 60, 120, 180, 240, 300].map(|hue| nearest(Theme::Both, hue));
        let different: std::collections::BTreeSet<u8> = six.into_iter().collect();
        assert_eq!(different.len(), six.len());
    }
}
