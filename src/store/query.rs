//! What can be asked of what is kept, and what is answered.

use crate::proto::msgid::{Moment, MsgId};
use crate::store::record::account::Party;
use crate::store::record::said::{Reader, Said};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Query {
    /// A part of one conversation.
    Page(Page),
    /// The conversations of a reader in which something was said strictly between two moments.
    Targets {
        reader: Reader,
        after: Moment,
        before: Moment,
        limit: usize,
    },
    /// What was said with these words.
    Search {
        reader: Reader,
        wanted: Wanted,
        limit: usize,
    },
    /// One message, if the reader may read it.
    One { reader: Reader, id: MsgId },
    /// One message, whoever may read it: for those who run the server.
    Whole { id: MsgId },
    /// What a client's own id of a message stands for, if it was used after this moment.
    Sent {
        by: Party,
        client_id: Box<str>,
        after: Moment,
    },
    /// Names of people who were here after this moment.
    Seen { after_ms: u64, limit: usize },
}

/// A part of one conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// As [`Said::buffers`] names it.
    pub buffer: Box<str>,
    pub span: Span,
    pub limit: usize,
    pub kinds: Kinds,
    pub reader: Reader,
}

/// Which part. Ends are not included; answers are in the order in which it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// The last ones after a point, or at all.
    Latest { after: Option<Point> },
    /// The last ones before a point.
    Before(Point),
    /// The first ones after a point.
    After(Point),
    /// The nearest ones on both sides of a point, with the message of the point itself.
    Around(Point),
    /// From the first point towards the second, which may be the earlier one; the first ones in that direction.
    Between(Point, Point),
}

/// A point in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Point {
    /// Milliseconds since 1970-01-01 UTC: between those said in this millisecond and their neighbours, on
    /// the side that leaves all of them out.
    Time(u64),
    /// This message, which must be in the conversation and may be read.
    Id(MsgId),
}

/// What of a conversation is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kinds {
    /// What was said in words.
    Messages,
    /// That, tags without a text, and what happened (draft/event-playback).
    Everything,
}

/// What is searched for; all of it must hold. Words are literal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Wanted {
    /// Words, and phrases of several words.
    pub phrases: Vec<Box<str>>,
    /// The buffer.
    pub buffer: Option<Box<str>>,
    /// Folded nick of who said it.
    pub from: Option<Box<str>>,
    pub after: Option<Moment>,
    pub before: Option<Moment>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Of `Page`, `One` (none or one): in order. Of `Search`: newest first.
    Said(Vec<Arc<Said>>),
    /// Folded name of a room or person, and when something was said there last; earliest first.
    Targets(Vec<(Box<str>, Moment)>),
    Sent(Option<(MsgId, u64)>),
    /// Names and when they were here last, in milliseconds since 1970-01-01 UTC; latest first.
    Seen(Vec<(Box<str>, u64)>),
    /// A point of the question is no message that the reader may read.
    NoSuchPoint,
    /// It cannot be read at the moment.
    Failed,
}
