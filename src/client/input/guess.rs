//! What was probably meant by a command that is none, or not right as it stands.

use crate::client::input::{Input, Row, TABLE, row};

/// The command that was probably meant; never one that everybody hears.
pub fn near(name: &str) -> Option<&'static Row> {
    let name = name.to_ascii_lowercase();
    let far = |row: &&Row| strsim::osa_distance(&name, row.name);
    let heard_by_all = |row: &&Row| ["bm", "broadcast"].contains(&row.name);
    let nearest = TABLE
        .iter()
        .filter(|row| !heard_by_all(row))
        .min_by_key(far)?;
    let is_near = match name.len() {
        ..3 => false,
        3 => far(&nearest) == 1 && nearest.name.len() == 3 && is_mixed_up(&name, nearest.name),
        4 => far(&nearest) <= 1,
        5.. => far(&nearest) <= 2,
    };
    is_near.then_some(nearest)
}

/// Whether two words have the same letters.
fn is_mixed_up(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut bytes = word.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    sorted(one) == sorted(other)
}

/// A command that is not right as it stands, and hardly text.
pub(super) fn half<'a>(name: &str, line: &str) -> Input<'a> {
    let usage = row(name).map_or("", |row| row.usage);
    Input::Refused(format!(
        "Nothing was sent. Usage: {usage}. {}",
        to_say(line)
    ))
}

/// How a line is said that reads like a command.
pub fn to_say(line: &str) -> String {
    format!("To say it: /say {line}")
}

/// Whether a word is one of these, but for so many letters.
pub(super) fn is_like(word: &str, all: &[&str], most: usize) -> bool {
    let small = word.to_ascii_lowercase();
    all.iter()
        .any(|own| strsim::osa_distance(&small, own) <= most)
}
