//! What was said to me alone and is not read: looked up person by person.

use crate::client::spoken::Spoken;
use jiff::Timestamp;
use std::collections::VecDeque;

/// One look into the inbox.
#[derive(Debug)]
pub struct Inbox {
    pub mode: Mode,
    /// People still to be looked up, and when they wrote last.
    pub queue: VecDeque<(String, Timestamp)>,
    /// The marker of the first of them was asked for.
    pub is_marker_asked: bool,
    /// What each wrote, oldest first.
    pub found: Vec<(String, Vec<Spoken>)>,
}

/// What becomes of what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Counted, and told at the arrival.
    Count,
    /// Shown, and read then.
    Show,
    /// Shown, and left unread.
    Keep,
    /// Read without being shown.
    Clear,
    /// Shown, whether read or not.
    All,
}

impl Inbox {
    /// A look that has not begun.
    pub fn new(mode: Mode) -> Self {
        Self {
            mode,
            queue: VecDeque::new(),
            is_marker_asked: false,
            found: Vec::new(),
        }
    }

    /// How many messages were found.
    pub fn count(&self) -> usize {
        self.found.iter().map(|(_, found)| found.len()).sum()
    }

    /// What was found: who wrote first comes first.
    pub fn sorted(mut self) -> Vec<(String, Vec<Spoken>)> {
        self.found
            .sort_by_key(|(_, found)| found.first().map(|spoken| spoken.at));
        self.found
    }
}
