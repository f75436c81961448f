//! What goes into the hub and what comes out: [`Event`] in, [`Effects`] out.
//!
//! This is the one narrow door between the pure core and the doors that carry bytes. Effects keep
//! their order; nothing in them refers to a socket, only to a [`SessionId`].

use crate::admin::command::{Answer, Request};
use crate::config::Config;
use crate::config::password::Password;
use crate::proto::cap::CapSet;
use crate::proto::message::{Fault, Message};
use crate::store::record::Record;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// One device's connection. The door that accepted it chose the index; the generation makes a reused index a new session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId {
    pub index: u32,
    pub generation: u32,
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.index, self.generation)
    }
}

/// Time as a value: the core reads no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Now {
    /// Milliseconds since 1970-01-01 UTC; may jump.
    pub unix_ms: u64,
    /// Milliseconds since the process began; never goes back. Timeouts count by it.
    pub uptime_ms: u64,
}

/// Who is at the other end of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// Address without port, as shown in `nick!user@host`; `localhost` for a Unix socket.
    pub host: String,
    /// Address with port, for the operator.
    pub address: String,
}

/// Something that happened outside the world.
#[derive(Debug)]
pub enum Event<'a> {
    /// A connection was accepted.
    Opened(SessionId, Peer),
    /// A line came, or something that is no line.
    Line(SessionId, Result<Message<'a>, Fault<'a>>),
    /// A line came beyond what the session may send and wait for: it is refused, not executed.
    Flooded(SessionId, Result<Message<'a>, Fault<'a>>),
    /// A connection ended, or has to end for this reason.
    Closed(SessionId, Why),
    /// An operator asks something over the admin socket.
    Admin(Ticket, &'a Request),
    /// What a command of this session asked for is known.
    Found(SessionId, Found),
    /// The configuration was read again and is good.
    Reload(Arc<Config>),
    /// About once a second: timeouts.
    Tick,
    /// The server is going to stop: everybody is told.
    Stop { seconds: u64 },
}

/// Why a connection ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The other end closed it.
    Eof,
    /// Reading or writing failed.
    Broken(String),
    /// More bytes than allowed came without an end of line.
    LineTooLong,
    /// The client reads too slowly: too many bytes wait for it, or none were taken for too long.
    SendQueue,
    /// The first line was HTTP's.
    Http,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Eof => "Connection closed",
            Self::Broken(what) => what,
            Self::LineTooLong => "Line too long",
            Self::SendQueue => "SendQ exceeded",
            Self::Http => "This is not a web server",
        })
    }
}

/// Names one admin request until it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket(pub u64);

/// Something slow that a command has to know before it can go on. Until then its session says nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Whether what was given is the password.
    Password { password: Password, given: String },
    /// What the configuration is now.
    Reload,
    /// When nothing waits for the session any more.
    Drain,
}

/// What became of an [`Ask`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Whether it is the password.
    Password(bool),
    /// What reading the configuration again brought about, in words.
    Reloaded(Vec<String>),
    /// Too much is asked at the moment.
    Busy,
    /// Nothing waits for the session any more.
    Drained,
}

/// One thing to be done outside the world.
#[derive(Debug, PartialEq)]
pub enum Effect<'a> {
    /// Bytes of whole lines for each of these sessions.
    Send { line: &'a [u8], to: &'a [SessionId] },
    /// Close this connection when all that was sent before is written.
    Close(SessionId),
    /// Find this out; the session is then told with [`Event::Found`].
    Ask(SessionId, &'a Ask),
    /// The answer to an operator.
    Answer(Ticket, &'a Answer),
    /// Tell the owner of the server in the log.
    Log(&'a str),
    /// Stop the whole server in an orderly way, within this many seconds.
    Stop { seconds: u64 },
}

/// All that a batch of events caused, in order; kept in a few flat buffers so that a delivery costs no allocation.
#[derive(Debug, Default)]
pub struct Effects {
    bytes: Vec<u8>,
    to: Vec<SessionId>,
    steps: Vec<Step>,
    asks: Vec<Ask>,
    answers: Vec<Answer>,
    logs: Vec<String>,
    records: Vec<Record>,
    /// What was looked through for answers, in bytes.
    searched: usize,
    /// Sessions by capabilities, used while one line is sent.
    variants: Vec<(CapSet, Vec<SessionId>)>,
}

#[derive(Debug)]
enum Step {
    Send {
        line: Range<usize>,
        to: Range<usize>,
    },
    Close(SessionId),
    Ask(SessionId, usize),
    Answer(Ticket, usize),
    Log(usize),
    Stop {
        seconds: u64,
    },
}

impl Effects {
    /// Sends what `write` appends to each of `to`.
    pub fn send(&mut self, to: &[SessionId], write: impl FnOnce(&mut Vec<u8>)) {
        let (line, targets) = (self.bytes.len(), self.to.len());
        write(&mut self.bytes);
        self.to.extend_from_slice(to);
        self.steps.push(Step::Send {
            line: line..self.bytes.len(),
            to: targets..self.to.len(),
        });
    }

    /// Sends one line to many: `write` makes it once for each set of capabilities among the listeners.
    pub fn send_variants(
        &mut self,
        listeners: impl Iterator<Item = (SessionId, CapSet)>,
        mut write: impl FnMut(CapSet, &mut Vec<u8>),
    ) {
        let mut variants = std::mem::take(&mut self.variants);
        for (session, caps) in listeners {
            match variants.iter_mut().find(|(of, _)| *of == caps) {
                Some((_, sessions)) => sessions.push(session),
                None => variants.push((caps, vec![session])),
            }
        }
        for (caps, sessions) in &mut variants {
            if !sessions.is_empty() {
                self.send(sessions, |bytes| write(*caps, bytes));
                sessions.clear();
            }
        }
        self.variants = variants;
    }

    /// Closes the session's connection after all that was sent to it.
    pub fn close(&mut self, session: SessionId) {
        self.steps.push(Step::Close(session));
    }

    /// Has something found out for a session.
    pub fn ask(&mut self, session: SessionId, ask: Ask) {
        self.steps.push(Step::Ask(session, self.asks.len()));
        self.asks.push(ask);
    }

    /// Answers an operator.
    pub fn answer(&mut self, ticket: Ticket, answer: Answer) {
        self.steps.push(Step::Answer(ticket, self.answers.len()));
        self.answers.push(answer);
    }

    /// Logs what the owner of the server should know: what operators do.
    pub fn log(&mut self, words: String) {
        self.steps.push(Step::Log(self.logs.len()));
        self.logs.push(words);
    }

    /// Stops the server.
    pub fn stop(&mut self, seconds: u64) {
        self.steps.push(Step::Stop { seconds });
    }

    /// Keeps a record; it is stored before any effect of the batch leaves.
    pub fn keep(&mut self, record: Record) {
        self.records.push(record);
    }

    /// What is to be stored.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Bytes of the lines, each counted once.
    pub fn size(&self) -> usize {
        self.bytes.len().saturating_add(self.searched)
    }

    /// Counts what a question cost that looked through `count` things of about `bytes` each: also an
    /// answer of one line may take its time.
    pub fn search(&mut self, count: usize, bytes: usize) {
        self.searched = self.searched.saturating_add(count.saturating_mul(bytes));
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.records.is_empty()
    }

    /// Each effect in order.
    pub fn iter(&self) -> impl Iterator<Item = Effect<'_>> {
        self.steps.iter().filter_map(|step| {
            Some(match step {
                Step::Send { line, to } => Effect::Send {
                    line: self.bytes.get(line.clone())?,
                    to: self.to.get(to.clone())?,
                },
                Step::Close(session) => Effect::Close(*session),
                Step::Ask(session, at) => Effect::Ask(*session, self.asks.get(*at)?),
                Step::Answer(ticket, at) => Effect::Answer(*ticket, self.answers.get(*at)?),
                Step::Log(at) => Effect::Log(self.logs.get(*at)?),
                Step::Stop { seconds } => Effect::Stop { seconds: *seconds },
            })
        })
    }

    /// Forgets everything but keeps the memory for the next batch, unless it grew out of proportion.
    pub fn clear(&mut self) {
        const KEEP: usize = 1 << 20;
        self.searched = 0;
        self.bytes.clear();
        self.bytes.shrink_to(KEEP);
        self.to.clear();
        self.to.shrink_to(KEEP / 8);
        self.steps.clear();
        self.asks.clear();
        self.answers.clear();
        self.logs.clear();
        self.records.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_come_out_in_the_order_they_went_in() {
        let (a, b) = (
            SessionId {
                index: 0,
                generation: 1,
            },
            SessionId {
                index: 1,
                generation: 1,
            },
        );
        let mut effects = Effects::default();
        effects.send(&[a, b], |out| out.extend_from_slice(b"one\r\n"));
        effects.close(a);
        effects.send(&[b], |out| out.extend_from_slice(b"two\r\n"));
        let seen: Vec<_> = effects.iter().collect();
        assert_eq!(
            seen,
            [
                Effect::Send {
                    line: b"one\r\n",
                    to: &[a, b]
                },
                Effect::Close(a),
                Effect::Send {
                    line: b"two\r\n",
                    to: &[b]
                },
            ]
        );
        effects.clear();
        assert!(effects.is_empty());
    }
}
