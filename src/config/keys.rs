//! The table of keys that act: path, form, default and help of each, and where its value goes.
//!
//! The table is the source for reading, for the suggestions in faults and for chat.yaml(5).

mod accounts;
mod files;
mod history;
mod limits;
mod operators;
mod proxy;
mod server;
mod web;

use crate::config::Config;
use crate::config::form::Form;
use crate::config::planned::PLANNED;

/// One key.
#[derive(Debug)]
pub struct Row {
    /// Sections joined by dots; `[]` stands for each item of a list, a word in capitals for any name.
    pub path: &'static str,
    pub form: Form,
    /// As it is written in a file, or in words.
    pub default: &'static str,
    /// A sentence or two for people.
    pub help: &'static str,
}

/// Every key, those that act first.
pub fn all() -> impl Iterator<Item = &'static Row> {
    TABLES.iter().copied().flatten()
}

/// The row of a path, in which items of lists are written `[]`.
pub fn row(path: &str) -> Option<&'static Row> {
    all().find(|row| {
        row.path == path
            || row.path.strip_suffix("COMMAND").is_some_and(|section| {
                path.strip_prefix(section)
                    .is_some_and(|name| !name.is_empty() && !name.contains('.'))
            })
    })
}

/// Whether some key's path begins so.
pub fn is_section(path: &str) -> bool {
    all().any(|row| row.path.starts_with(path))
}

/// What `null` in place of a section does: most sections it leaves alone.
pub fn switch_off(section: &str, config: &mut Config) {
    if section == "accounts.login_throttle" {
        config.accounts.login_throttle.failures = None;
    }
}

/// The key or section that was most likely meant.
pub fn nearest(path: &str) -> Option<&'static str> {
    const LONGEST: usize = 64;
    if path.len() > LONGEST {
        return None;
    }
    let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
    let sections =
        all().filter_map(|row| Some(row.path.rsplit_once('.')?.0.trim_end_matches("[]")));
    all()
        .map(|row| row.path)
        .chain(sections)
        .filter(|known| strsim::damerau_levenshtein(known, path) <= 3 || last(known) == last(path))
        .min_by_key(|known| strsim::damerau_levenshtein(known, path))
}

/// The keys that act, by section, then those that do not yet.
const TABLES: &[&[Row]] = &[
    server::KEYS,
    limits::KEYS,
    accounts::KEYS,
    history::KEYS,
    files::KEYS,
    operators::KEYS,
    proxy::KEYS,
    web::KEYS,
    PLANNED,
];
