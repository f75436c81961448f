//! Who a line comes from: the text before the verb, and what tags tell of them.
//!
//! IRCv3 account-tag, bot-mode and oper-tag: the tags stand on whatever a user sends, as the user was
//! the moment before.

use crate::proto::user_mode::UserModes;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A user at one moment, as others are told of them: reads as `nick!user@host`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub text: Arc<str>,
    pub account: Option<Arc<str>>,
    pub modes: UserModes,
}

impl Deref for Source {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl AsRef<str> for Source {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The source of one line: a [`Source`], or the name of a server.
#[derive(Debug, Clone, Copy)]
pub struct Voice<'a> {
    pub text: &'a str,
    pub account: Option<&'a str>,
    pub modes: UserModes,
}

impl<'a> From<&'a Source> for Voice<'a> {
    fn from(source: &'a Source) -> Self {
        Self {
            text: &source.text,
            account: source.account.as_deref(),
            modes: source.modes,
        }
    }
}

impl<'a> From<&'a str> for Voice<'a> {
    fn from(text: &'a str) -> Self {
        Self {
            text,
            account: None,
            modes: UserModes::default(),
        }
    }
}

impl<'a> From<&'a String> for Voice<'a> {
    fn from(text: &'a String) -> Self {
        Self::from(text.as_str())
    }
}
