//! What a person's file says, and how it is kept up to date.

use crate::client::taste::Taste;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Writes a value into a file: its section, its key, and the value; an empty one takes the key out.
pub type Write = fn(&Path, &str, &str, &str) -> Result<(), String>;

/// The ways of one person.
#[derive(Debug, Clone, Default)]
pub struct Habits {
    pub taste: Taste,
    /// Other names for commands.
    pub aliases: BTreeMap<String, String>,
    /// Where changes are kept; nowhere, if there is no such place.
    pub file: Option<(PathBuf, Write)>,
}

impl Habits {
    /// Keeps a setting for the next time.
    pub fn keep(&self, section: &str, key: &str, value: &str) -> Result<(), String> {
        match &self.file {
            Some((path, write)) => write(path, section, key, value),
            None => Ok(()),
        }
    }
}
