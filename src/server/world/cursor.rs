//! Long answers of which a part is still to be told. They go on when their reader has taken the rest, so
//! that no answer, however long, is a megabyte at once.
//!
//! A cursor holds who or what it will tell of, as of the moment of asking; whoever has gone since is left out.

use crate::proto::msgid::Moment;
use crate::server::world::batch::Piece;
use crate::server::world::event::Found;
use crate::server::world::frozen::{left, verb};
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::metadata::Whose;
use crate::store::query::{Answer, Query};
use crate::store::record::file::FileId;
use crate::store::record::said::Said;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::vec::IntoIter;

/// What is left of an answer.
#[derive(Debug, Serialize, Deserialize)]
pub enum Cursor {
    Who {
        #[serde(with = "left")]
        left: IntoIter<UserId>,
        asked: String,
        room: Option<RoomId>,
        wish: Wish,
    },
    Names {
        #[serde(with = "left")]
        left: IntoIter<UserId>,
        room: RoomId,
    },
    List {
        #[serde(with = "left")]
        left: IntoIter<RoomId>,
    },
    /// Names, and when they left; the batch that they are in, if any.
    WhoLast {
        #[serde(with = "left")]
        left: IntoIter<(String, String)>,
        batch: Option<String>,
    },
    /// What is told of these, by key, in this batch.
    Metadata {
        #[serde(with = "left")]
        left: IntoIter<Whose>,
        keys: Vec<Box<str>>,
        batch: String,
    },
    /// Files that are looked for.
    Files(Box<Wanted>),
    /// What was said, as the store knows it.
    Past(Box<Past>),
    /// An operator's answer in JSON, and the batch that it is in, if any.
    Admin {
        #[serde(with = "left")]
        left: IntoIter<String>,
        batch: Option<String>,
    },
}

/// Which files are told of. All of them are looked at, some at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Those older than this one are left.
    pub before: Option<(Moment, FileId)>,
    /// Folded name of a room or of a person.
    pub target: Option<Box<str>>,
    /// What their names are like.
    pub pattern: Option<Box<str>>,
    /// The batch that they are in, if any.
    pub batch: Option<String>,
}

/// Something to be told of the past.
#[derive(Debug, Serialize, Deserialize)]
pub struct Past {
    pub query: Query,
    pub answer: Option<Answer>,
    pub telling: Telling,
    /// What of the answer is still to be told.
    pub lines: Option<Lines>,
}

/// Messages that are being told.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lines {
    #[serde(with = "left")]
    pub left: IntoIter<Arc<Said>>,
    /// The batch that they are in, if any.
    pub batch: Option<String>,
}

/// How something of the past is told, and what is done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Telling {
    /// CHATHISTORY: a batch of this target, as it was asked for.
    Page {
        command: String,
        target: String,
        /// The msgids that were asked about.
        points: String,
    },
    /// CHATHISTORY TARGETS: all, or so many of the newest.
    Targets { newest: Option<usize> },
    /// SEARCH.
    Found,
    /// What was said in a room before its newcomer came, at this moment.
    Replay { room: String, until: Moment },
    /// What waits in an inbox from somebody of this folded name.
    Inbox { from: Box<str> },
    /// REDACT: this message is taken back.
    Redact {
        target: String,
        msgid: String,
        reason: Option<String>,
    },
    /// Something is said, unless it was said before with this id of its client's.
    Say(Speech),
    /// WHOLAST: these lines, then those who were here earlier.
    Seen {
        lines: Vec<(String, String)>,
        batch: Option<String>,
    },
}

/// A line of PRIVMSG or NOTICE that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speech {
    #[serde(with = "verb")]
    pub verb: verb::Name,
    pub target: String,
    pub text: String,
    /// Its lines, if it has several.
    pub pieces: Vec<Piece>,
    /// Client-only tags, as they stand on the wire.
    pub tags: String,
    /// Its client's id.
    pub id: String,
}

impl Past {
    /// Something to be asked.
    pub fn new(query: Query, telling: Telling) -> Self {
        Self {
            query,
            telling,
            answer: None,
            lines: None,
        }
    }

    /// The store has answered.
    pub fn learn(&mut self, found: Found) {
        self.answer = Some(match found {
            Found::Read(answer) => answer,
            _ => Answer::Failed,
        });
    }
}

/// What WHO is to tell of each.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub operators_only: bool,
    /// The fields and the token, if WHOX was asked for.
    pub extended: Option<(String, String)>,
}

impl Wish {
    /// Longest token of WHOX.
    const MAX_TOKEN: usize = 3;

    /// Reads the second parameter of WHO.
    pub fn read(word: &str) -> Self {
        let (flags, fields) = match word.split_once('%') {
            Some((flags, fields)) => (flags, Some(fields)),
            None => (word, None),
        };
        let extended = fields.map(|fields| {
            let (fields, token) = fields.split_once(',').unwrap_or((fields, "0"));
            let is_good =
                token.len() <= Self::MAX_TOKEN && token.bytes().all(|b| b.is_ascii_digit());
            let token = if is_good && !token.is_empty() {
                token
            } else {
                "0"
            };
            (fields.to_owned(), token.to_owned())
        });
        Self {
            operators_only: flags.contains('o'),
            extended,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_are_read() {
        let wish = |word| Wish::read(word);
        let extended = |fields: &str, token: &str| Some((fields.to_owned(), token.to_owned()));
        assert_eq!(wish(""), Wish::default());
        assert_eq!(
            wish("o"),
            Wish {
                operators_only: true,
                extended: None
            }
        );
        assert_eq!(wish("%tnf,42").extended, extended("tnf", "42"));
        assert_eq!(wish("o%n").extended, extended("n", "0"));
        assert_eq!(wish("%n,toolong").extended, extended("n", "0"));
    }
}
