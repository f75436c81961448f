//! Questions about what was said before: what is looked for, and what was found so far.

use crate::client::spoken::Spoken;
use jiff::Timestamp;

/// Most messages of one answer.
pub const MOST: usize = 500;

/// One question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quest {
    pub aim: Aim,
    /// Messages of the pages before, oldest first.
    pub found: Vec<Spoken>,
    /// Messages of this page.
    pub page: Vec<Spoken>,
    /// Rooms and people with something said, and when the last was.
    pub talks: Vec<(String, Timestamp)>,
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// The last words of a room that was entered.
    Entered(String),
    /// What was said in a place; since then, or the last so many.
    History {
        target: String,
        since: Option<Timestamp>,
        most: usize,
    },
    /// Messages with these words.
    Search(String),
    /// Messages that call me by this name, at most so many.
    Mentions(String, usize),
    /// What was said in a place while the connection was lost.
    Missed(String),
    /// The last of it, where it was too much.
    MissedLast(String),
    /// Who wrote while the connection was lost.
    MissedTalks,
    /// With whom there was a talk.
    InboxTalks,
    /// What one person wrote.
    InboxOf(String),
}

impl Quest {
    /// A question without an answer.
    pub fn new(aim: Aim) -> Self {
        Self {
            aim,
            found: Vec::new(),
            page: Vec::new(),
            talks: Vec::new(),
        }
    }

    /// Takes a line of the answer.
    pub fn add(&mut self, spoken: Spoken) {
        if self.page.len() < MOST {
            self.page.push(spoken);
        }
    }

    /// Takes a room or person of the answer.
    pub fn add_talk(&mut self, name: &str, at: Timestamp) {
        if self.talks.len() < MOST {
            self.talks.push((name.to_owned(), at));
        }
    }

    /// Whether a refusal that names `name` can be about this.
    pub fn concerns(&self, name: &str) -> bool {
        let own = match &self.aim {
            Aim::Search(_) | Aim::Mentions(..) => "SEARCH",
            _ => "CHATHISTORY",
        };
        let target = match &self.aim {
            Aim::Entered(target)
            | Aim::History { target, .. }
            | Aim::Missed(target)
            | Aim::MissedLast(target)
            | Aim::InboxOf(target) => target,
            Aim::Search(_) | Aim::Mentions(..) | Aim::MissedTalks | Aim::InboxTalks => own,
        };
        own.eq_ignore_ascii_case(name) || target.eq_ignore_ascii_case(name)
    }

    /// Whether the person asked for it, and waits.
    pub fn is_wanted(&self) -> bool {
        matches!(
            self.aim,
            Aim::History { .. } | Aim::Search(_) | Aim::Mentions(..)
        )
    }
}
