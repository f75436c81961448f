//! What comes out of the hub: [`Effects`], in order, and what of it depends on being stored.
//!
//! Kept in a few flat buffers, so that a delivery costs no allocation.

use crate::admin::command::Answer;
use crate::proto::cap::CapSet;
use crate::server::world::deed::{DeedId, Outcome};
use crate::server::world::event::{Ask, Chore, Culprit, SessionId, Ticket};
use crate::server::world::file::{FileAnswer, Unneeded};
use crate::store::record::{Record, Weight};
use std::ops::Range;

/// One thing to be done outside the world.
#[derive(Debug, PartialEq)]
pub enum Effect<'a> {
    /// Bytes of whole lines for each of these sessions.
    Send { line: &'a [u8], to: &'a [SessionId] },
    /// Close this connection when all that was sent before is written.
    Close(SessionId),
    /// Find this out; the session is then told with [`Event::Found`].
    Ask(SessionId, &'a Ask),
    /// Find this out for an operator; then comes [`Event::FoundFor`](crate::server::world::event::Event::FoundFor).
    AskFor(Ticket, &'a Chore, &'a Ask),
    /// The answer to an operator.
    Answer(Ticket, &'a Answer),
    /// Find this out for a door for files; then comes [`Event::FoundForFile`](crate::server::world::event::Event::FoundForFile).
    AskForFile(Ticket, &'a Ask),
    /// The answer to a door for files.
    FileAnswer(Ticket, &'a FileAnswer),
    /// A file is gone.
    Unneeded(Unneeded),
    /// This came of a recorded deed.
    Outcome(DeedId, &'a Outcome),
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
    file_answers: Vec<FileAnswer>,
    outcomes: Vec<Outcome>,
    logs: Vec<String>,
    records: Vec<Record>,
    /// Steps that must not be taken unless the records are stored, in order.
    promises: Vec<Promise>,
    /// What was looked through for answers, in bytes.
    searched: usize,
    /// Sessions by capabilities, used while one line is sent.
    variants: Vec<(CapSet, Vec<SessionId>)>,
}

/// What depends on records being stored.
#[derive(Debug)]
struct Promise {
    steps: Range<usize>,
    by: Culprit,
}

/// Where the effects of one line begin.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    step: usize,
    record: usize,
}

#[derive(Debug)]
enum Step {
    Send {
        line: Range<usize>,
        to: Range<usize>,
    },
    Close(SessionId),
    Ask(SessionId, usize),
    AskFor(Ticket, Chore, usize),
    Answer(Ticket, usize),
    AskForFile(Ticket, usize),
    FileAnswer(Ticket, usize),
    Unneeded(Box<Unneeded>),
    Outcome(DeedId, usize),
    Log(usize),
    Stop {
        seconds: u64,
    },
    /// What was to be done depended on a record that could not be stored.
    Nothing,
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

    /// Has something found out for an operator, who is answered when the chore is done.
    pub fn ask_for(&mut self, ticket: Ticket, chore: Chore, ask: Ask) {
        self.steps
            .push(Step::AskFor(ticket, chore, self.asks.len()));
        self.asks.push(ask);
    }

    /// Answers an operator.
    pub fn answer(&mut self, ticket: Ticket, answer: Answer) {
        self.steps.push(Step::Answer(ticket, self.answers.len()));
        self.answers.push(answer);
    }

    /// Has something found out for a door for files.
    pub fn ask_for_file(&mut self, ticket: Ticket, ask: Ask) {
        self.steps.push(Step::AskForFile(ticket, self.asks.len()));
        self.asks.push(ask);
    }

    /// Answers a door for files.
    pub fn answer_file(&mut self, ticket: Ticket, answer: FileAnswer) {
        self.steps
            .push(Step::FileAnswer(ticket, self.file_answers.len()));
        self.file_answers.push(answer);
    }

    /// Lets the bytes of a file go, if nothing else needs them.
    pub fn let_go(&mut self, unneeded: Unneeded) {
        self.steps.push(Step::Unneeded(Box::new(unneeded)));
    }

    /// Records what came of a deed.
    pub fn conclude(&mut self, deed: DeedId, outcome: Outcome) {
        self.steps.push(Step::Outcome(deed, self.outcomes.len()));
        self.outcomes.push(outcome);
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

    /// Where the effects of what comes now begin.
    pub fn mark(&self) -> Mark {
        Mark {
            step: self.steps.len(),
            record: self.records.len(),
        }
    }

    /// Whether anything since `mark` must be stored before anybody is told.
    pub fn has_promised(&self, mark: Mark) -> bool {
        let since = self.records.get(mark.record..).unwrap_or_default();
        since
            .iter()
            .any(|record| record.weight() == Weight::Promise)
    }

    /// Ties the effects since `mark` to the records since then.
    pub fn tie(&mut self, mark: Mark, by: Culprit) {
        self.promises.push(Promise {
            steps: mark.step..self.steps.len(),
            by,
        });
    }

    /// Takes the records out, to be stored.
    pub fn take_records(&mut self) -> Vec<Record> {
        std::mem::take(&mut self.records)
    }

    /// Takes the answers out, to be given away.
    pub fn take_answers(&mut self) -> Vec<(Ticket, Answer)> {
        let mut answers: Vec<Option<Answer>> = self.answers.drain(..).map(Some).collect();
        let steps = self.steps.iter().filter_map(|step| match step {
            Step::Answer(ticket, at) => Some((*ticket, answers.get_mut(*at)?.take()?)),
            _ => None,
        });
        steps.collect()
    }

    /// Takes the answers to doors for files out, to be given away.
    pub fn take_file_answers(&mut self) -> Vec<(Ticket, FileAnswer)> {
        let mut answers: Vec<Option<FileAnswer>> = self.file_answers.drain(..).map(Some).collect();
        let steps = self.steps.iter().filter_map(|step| match step {
            Step::FileAnswer(ticket, at) => Some((*ticket, answers.get_mut(*at)?.take()?)),
            _ => None,
        });
        steps.collect()
    }

    /// Takes out the effects that depended on records, which could not be stored; tells whose they were.
    pub fn break_promises(&mut self) -> Vec<Culprit> {
        let promises = std::mem::take(&mut self.promises);
        for promise in &promises {
            for step in self
                .steps
                .get_mut(promise.steps.clone())
                .unwrap_or_default()
            {
                *step = Step::Nothing;
            }
        }
        promises.into_iter().map(|promise| promise.by).collect()
    }

    /// What is to be stored.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Bytes of the lines, each counted once.
    pub fn size(&self) -> usize {
        self.bytes.len().saturating_add(self.searched)
    }

    /// Bytes that it takes while it waits to be stored.
    pub fn weight(&self) -> usize {
        self.bytes.len()
            + self.to.len() * size_of::<SessionId>()
            + self.steps.len() * size_of::<Step>()
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
                Step::AskFor(ticket, chore, at) => {
                    Effect::AskFor(*ticket, chore, self.asks.get(*at)?)
                }
                Step::Answer(ticket, at) => Effect::Answer(*ticket, self.answers.get(*at)?),
                Step::AskForFile(ticket, at) => Effect::AskForFile(*ticket, self.asks.get(*at)?),
                Step::FileAnswer(ticket, at) => {
                    Effect::FileAnswer(*ticket, self.file_answers.get(*at)?)
                }
                Step::Unneeded(unneeded) => Effect::Unneeded(**unneeded),
                Step::Outcome(deed, at) => Effect::Outcome(*deed, self.outcomes.get(*at)?),
                Step::Log(at) => Effect::Log(self.logs.get(*at)?),
                Step::Stop { seconds } => Effect::Stop { seconds: *seconds },
                Step::Nothing => return None,
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
        self.file_answers.clear();
        self.outcomes.clear();
        self.logs.clear();
        self.records.clear();
        self.promises.clear();
    }
}

#[cfg(test)]
mod tests;
