//! Lists of files, and the bar of what is on its way.

use super::{View, cleaned};
use crate::client::files::Files;
use crate::client::files::figure::{percent, speed};
use crate::client::files::transfer::{Transfer, Way};
use crate::client::item::FileRow;
use crate::client::view::look::{Charset, Layout};
use crate::client::when::spell;
use crate::client::wrap::{left, right, shorten};
use crate::proto::sanitise;
use unicode_width::UnicodeWidthStr;

/// Least columns of a name in a list.
const LEAST_NAME: usize = 12;
/// Columns of the bar itself, of the speed and of the time left.
const BAR: usize = 20;
const SPEED: usize = 9;
const LEFT: usize = 6;
/// Narrower than this there is no room for a bar.
const NARROW: usize = 70;

/// What is on its way, all together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moving {
    way: Way,
    percent: u64,
    speed: Option<u64>,
    /// In seconds.
    left: Option<u64>,
}

impl Moving {
    /// What runs, if anything does.
    pub fn of(files: &Files) -> Option<Self> {
        let way = files.running().next()?.way;
        let (mut done, mut total, mut pace) = (0_u64, 0_u64, None);
        for transfer in files.running() {
            done = done.saturating_add(transfer.done);
            total = total.saturating_add(transfer.total);
            pace = pace.max(Transfer::speed(transfer).map(|own| pace.unwrap_or(0) + own));
        }
        let left = pace.filter(|pace| *pace > 0);
        Some(Self {
            way,
            percent: percent(done, total),
            speed: pace,
            left: left.map(|pace| total.saturating_sub(done).div_ceil(pace)),
        })
    }
}

impl View {
    /// What runs now, for the next prompt.
    pub fn follow(&mut self, files: &Files) {
        self.moving = Moving::of(files);
    }

    /// What stands before the target while something moves: short for the slot, and the bar where there is room.
    pub(super) fn bar(&self, moving: Moving, columns: usize) -> (String, String) {
        let is_utf8 = self.look.charset == Charset::Utf8;
        let arrow = match (moving.way, is_utf8) {
            (Way::Up, true) => "↑",
            (Way::Down, true) => "↓",
            (Way::Up, false) => "^",
            (Way::Down, false) => "v",
        };
        let slot = format!("{arrow}{}%", moving.percent);
        if columns < NARROW {
            return (slot, String::new());
        }
        let pace = moving.speed.map_or(String::new(), speed);
        let left = moving.left.and_then(|left| i64::try_from(left).ok());
        let left = left.map_or(String::new(), |left| {
            spell(jiff::SignedDuration::from_secs(left))
        });
        let (pace, left) = (right(&pace, SPEED), right(&shorten(&left, LEFT, ""), LEFT));
        let bar = bar(moving.percent, is_utf8);
        (slot, format!("{bar} {pace} {left} "))
    }

    /// A list of files: names are cut and columns left out where there is little room.
    pub(super) fn files(&self, title: &str, rows: &[FileRow], columns: usize) -> String {
        let clean: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let mut cells = row.cells().into_iter();
                let name = cells.next().unwrap_or_default();
                let name = name.chars().filter(|c| sanitise::is_plain(*c)).collect();
                std::iter::once(name)
                    .chain(cells.map(|cell| cleaned(&cell)))
                    .collect()
            })
            .collect();
        let wide = |column: usize| {
            let cells = clean.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..5).map(wide).collect();
        if self.look.layout == Layout::Columns {
            fit(&mut widths, columns);
        }
        let mut shown = self.text(title, columns);
        for row in &clean {
            let mut line = String::from("  ");
            for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let cell = shorten(cell, *width, self.look.symbols().cut);
                line.push_str(&match at {
                    1 => right(&cell, *width),
                    _ => left(&cell, *width),
                });
                line.push_str("  ");
            }
            shown.push('\n');
            shown.push_str(line.trim_end());
        }
        shown
    }
}

/// Takes columns away from the last ones, then from the name, until a row fits.
fn fit(widths: &mut Vec<usize>, columns: usize) {
    let all = |widths: &[usize]| widths.iter().sum::<usize>() + 2 * widths.len();
    let room =
        |widths: &[usize]| columns.saturating_sub(all(widths.get(1..).unwrap_or_default()) + 4);
    while widths.len() > 2 {
        let name = widths.first().copied().unwrap_or(0);
        if room(widths) >= name.min(LEAST_NAME.max(columns / 3)) {
            break;
        }
        widths.pop();
    }
    let room = room(widths);
    if let Some(name) = widths.first_mut() {
        *name = (*name).min(room.max(1));
    }
}

/// So much of it full.
fn bar(percent: u64, is_utf8: bool) -> String {
    let halves = usize::try_from(percent.min(100)).unwrap_or(100) * BAR * 2 / 100;
    let (full, half) = (halves / 2, halves % 2);
    let (full_sign, half_sign, empty) = match is_utf8 {
        true => ("█", "▌", "░"),
        false => ("#", "-", "."),
    };
    let rest = BAR - full - half;
    full_sign.repeat(full) + &half_sign.repeat(half) + &empty.repeat(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_has_one_width() {
        assert_eq!(bar(54, true), "██████████▌░░░░░░░░░");
        assert_eq!(bar(54, false), "##########-.........");
        for percent in 0..=101 {
            assert_eq!(bar(percent, true).width(), BAR, "{percent}");
        }
    }

    #[test]
    fn a_row_fits_and_keeps_its_name() {
        for columns in [10, 24, 40, 60, 80, 200] {
            let mut widths = vec![50, 8, 10, 16, 12];
            fit(&mut widths, columns);
            let all: usize = widths.iter().sum::<usize>() + 2 * widths.len();
            assert!(all <= columns.max(15), "{columns}: {widths:?}");
            assert!(widths.len() >= 2 && widths[0] > 0);
        }
        let mut widths = vec![10, 8, 10, 16, 12];
        fit(&mut widths, 80);
        assert_eq!(widths, [10, 8, 10, 16, 12]);
    }
}
