//! A list of files that was asked for, and what it is asked for.

use crate::client::files::entry::Entry;
use crate::client::files::order::By;

/// Most files kept of one list.
pub const MOST: usize = 10_000;

/// The list so far.
#[derive(Debug, PartialEq, Eq)]
pub struct Listing {
    pub why: Why,
    pub entries: Vec<Entry>,
}

/// What it is asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Why {
    /// To be shown: those that fit.
    Show(String),
    /// To find one that is to be fetched.
    Fetch(Wish),
}

/// A file that is wanted.
#[derive(Debug, PartialEq, Eq)]
pub struct Wish {
    pub name: String,
    /// Where it goes, as it was typed.
    pub to: Option<String>,
    pub by: By,
    /// What is said instead, if there is no such file and the words were meant as text.
    pub text: Option<String>,
}

impl Listing {
    /// An empty list.
    pub fn new(why: Why) -> Self {
        Self {
            why,
            entries: Vec::new(),
        }
    }

    /// Takes one more.
    pub fn add(&mut self, entry: Entry) {
        if self.entries.len() < MOST {
            self.entries.push(entry);
        }
    }
}

impl Wish {
    /// The newest file of that name, and how many there are.
    pub fn find(&self, entries: Vec<Entry>) -> Option<(Entry, usize)> {
        let is_exact = |entry: &Entry| entry.name == self.name;
        let is_like = |entry: &Entry| entry.name.to_lowercase() == self.name.to_lowercase();
        let has_exact = entries.iter().any(is_exact);
        let fitting = entries.into_iter().filter(|entry| match has_exact {
            true => is_exact(entry),
            false => is_like(entry),
        });
        let fitting: Vec<Entry> = fitting.collect();
        let count = fitting.len();
        let newest = fitting.into_iter().max_by_key(|entry| entry.at)?;
        Some((newest, count))
    }

    /// Whether the words look as if they name a file.
    pub fn looks_like_a_file(&self) -> bool {
        let looks = |word: &str| word.trim_end_matches('.').contains(['.', '/']);
        self.text.is_none() || looks(&self.name) || self.to.as_deref().is_some_and(looks)
    }
}

/// The pattern by which the server finds a file of this name.
pub fn pattern(name: &str) -> String {
    let known = |c: char| match c {
        '*' | '?' | '[' | ']' | '\\' => '?',
        other => other,
    };
    let pattern: String = name.chars().map(known).collect();
    if pattern.is_empty() {
        "?".to_owned()
    } else {
        pattern
    }
}
