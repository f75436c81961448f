//! A message as it was heard, before it is known what becomes of it.

use crate::client::files::entry::Shared;
use crate::client::item::Tone;
use jiff::Timestamp;

/// What was said, to whom, how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    pub from: String,
    pub to: String,
    pub text: String,
    pub tone: Tone,
    pub at: Timestamp,
    /// The server's name for it; empty if it gives none.
    pub id: String,
    /// The account of who said it, if it is known.
    pub account: Option<String>,
    /// The message that it answers.
    pub reply: Option<String>,
    /// The request that it answers.
    pub label: Option<String>,
    /// The file that it shares.
    pub file: Option<Box<Shared>>,
    /// Lines of it so far, if it has several.
    pub lines: usize,
}

impl Default for Spoken {
    fn default() -> Self {
        Self {
            from: String::new(),
            to: String::new(),
            text: String::new(),
            tone: Tone::Say,
            at: Timestamp::UNIX_EPOCH,
            id: String::new(),
            account: None,
            reply: None,
            label: None,
            file: None,
            lines: 0,
        }
    }
}
