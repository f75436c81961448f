//! What CHATHISTORY asks for (IRCv3 draft/chathistory): the parameters of the verb, checked.
//!
//! A msgid is passed on as it was typed, and a moment before 1970 counts as its first millisecond: nothing is older.

use crate::proto::text;
use jiff::civil::{Date, DateTime, Time};

/// Bytes of a parameter that are told back to whoever typed it.
const TOLD_BACK: usize = 64;

/// A point in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point<'a> {
    /// Milliseconds since 1970-01-01 UTC.
    Time(u64),
    /// A msgid as typed.
    Message(&'a str),
}

/// What is asked for; `limit` is at least 1 and at most what the server gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request<'a> {
    Before {
        target: &'a str,
        point: Point<'a>,
        limit: usize,
    },
    After {
        target: &'a str,
        point: Point<'a>,
        limit: usize,
    },
    /// The newest, but none at or before `since`.
    Latest {
        target: &'a str,
        since: Option<Point<'a>>,
        limit: usize,
    },
    Around {
        target: &'a str,
        point: Point<'a>,
        limit: usize,
    },
    /// Counted from `from`, which may be the later one.
    Between {
        target: &'a str,
        from: Point<'a>,
        to: Point<'a>,
        limit: usize,
    },
    /// The conversations between two moments, counted from `from`, which may be the later one.
    Targets { from: u64, to: u64, limit: usize },
}

/// Why nothing is asked for; each with the subcommand as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault<'a> {
    /// No subcommand at all.
    Nothing,
    UnknownCommand(&'a str),
    TooFew(&'a str),
    TooMany(&'a str),
    Timestamp(&'a str, &'a str),
    /// Neither `timestamp=` nor `msgid=`.
    Reference(&'a str, &'a str),
    /// Of a kind that there is, but not here: subcommand, target, parameter.
    ReferenceKind(&'a str, &'a str, &'a str),
    Limit(&'a str, &'a str),
}

impl<'a> Fault<'a> {
    /// The code of the FAIL.
    pub fn code(self) -> &'static str {
        match self {
            Self::ReferenceKind(..) => "INVALID_MSGREFTYPE",
            Self::Nothing
            | Self::UnknownCommand(_)
            | Self::TooFew(_)
            | Self::TooMany(_)
            | Self::Timestamp(..)
            | Self::Reference(..)
            | Self::Limit(..) => "INVALID_PARAMS",
        }
    }

    /// The words between code and text.
    pub fn context(self) -> Vec<&'a str> {
        let words = match self {
            Self::Nothing => vec![],
            Self::UnknownCommand(command) | Self::TooFew(command) | Self::TooMany(command) => {
                vec![command]
            }
            Self::Timestamp(command, param)
            | Self::Reference(command, param)
            | Self::Limit(command, param) => vec![command, param],
            Self::ReferenceKind(command, target, param) => vec![command, target, param],
        };
        let short = |word| text::cut(word, TOLD_BACK);
        words.into_iter().map(short).collect()
    }

    /// The text for people.
    pub fn text(self) -> &'static str {
        match self {
            Self::Nothing | Self::TooFew(_) => "Insufficient parameters",
            Self::UnknownCommand(_) => "Unknown command",
            Self::TooMany(_) => "Too many parameters",
            Self::Timestamp(..) => "Invalid timestamp",
            Self::Reference(..) => "Neither timestamp= nor msgid=",
            Self::ReferenceKind(..) => "This kind of reference is not supported here",
            Self::Limit(..) => "The limit must be a number above 0",
        }
    }
}

impl<'a> Request<'a> {
    /// Reads the parameters of CHATHISTORY. More than `most` is never asked for.
    pub fn parse(params: &[&'a str], most: usize) -> Result<Self, Fault<'a>> {
        let (command, rest) = params.split_first().ok_or(Fault::Nothing)?;
        let ask = Ask { command, most };
        let is = |name: &str| command.eq_ignore_ascii_case(name);
        if is("BETWEEN") {
            let [target, from, to, limit] = ask.exactly(rest)?;
            let (from, to) = (ask.point(target, from)?, ask.point(target, to)?);
            let limit = ask.limit(limit)?;
            return Ok(Self::Between {
                target,
                from,
                to,
                limit,
            });
        }
        let is_known = ["BEFORE", "AFTER", "LATEST", "AROUND", "TARGETS"]
            .into_iter()
            .any(is);
        if !is_known {
            return Err(Fault::UnknownCommand(command));
        }
        let [target, reference, limit] = ask.exactly(rest)?;
        if is("TARGETS") {
            return Ok(Self::Targets {
                from: ask.time(target)?,
                to: ask.time(reference)?,
                limit: ask.limit(limit)?,
            });
        }
        if is("LATEST") && reference == "*" {
            return Ok(Self::Latest {
                target,
                since: None,
                limit: ask.limit(limit)?,
            });
        }
        let point = ask.point(target, reference)?;
        let limit = ask.limit(limit)?;
        Ok(match () {
            () if is("BEFORE") => Self::Before {
                target,
                point,
                limit,
            },
            () if is("AFTER") => Self::After {
                target,
                point,
                limit,
            },
            () if is("AROUND") => Self::Around {
                target,
                point,
                limit,
            },
            () => Self::Latest {
                target,
                since: Some(point),
                limit,
            },
        })
    }

    pub fn limit(self) -> usize {
        match self {
            Self::Before { limit, .. }
            | Self::After { limit, .. }
            | Self::Latest { limit, .. }
            | Self::Around { limit, .. }
            | Self::Between { limit, .. }
            | Self::Targets { limit, .. } => limit,
        }
    }
}

