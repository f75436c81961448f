//! Between the hub and the sockets: what the hub hands on leaves only when it is stored.
//!
//! Batches leave in the order in which they came, those without records behind the others. While one
//! commit runs the next one gathers, so that commits grow with the load instead of queueing up. If a
//! commit fails, whatever depended on records that were on their way is not done: see [`Released`].

use crate::store::gauges::StoreGauges;
use crate::store::query::{Answer, Query};
use crate::store::record::Record;
use crate::store::threads::{Job, Report, Threads};
use crate::store::trouble::Trouble;
use crate::store::{Read, Retention, Snapshot, Store};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Weight of batches that may wait; beyond it nothing more should be taken in.
const MOST_WAITING: usize = 32 << 20;

/// Batches between the hub and the sockets. `Asker` names who waits for an answer.
pub struct Stage<Batch, Asker> {
    keeper: Keeper<Asker>,
    waiting: VecDeque<Waiting<Batch>>,
    /// What the batches that wait weigh.
    weight: usize,
    /// Records that go with the next job.
    gathered: Vec<Record>,
    /// Number of the job that gathers.
    job: u64,
    /// Jobs up to this one are stored.
    stored: u64,
    /// Rises with each failure, so that jobs of before are not taken up again.
    epoch: u64,
    news: VecDeque<News<Asker>>,
    gauges: Arc<StoreGauges>,
}

struct Waiting<Batch> {
    batch: Batch,
    weight: usize,
    /// The job that must be stored before.
    after: u64,
    is_broken: bool,
    /// Since when, if it has records.
    since: Option<Instant>,
}

enum Keeper<Asker> {
    /// Stores at once, on this thread. The locks are never taken: they let the stage be looked at from elsewhere.
    Here {
        store: Mutex<Box<dyn Store>>,
        reader: Mutex<Box<dyn Read>>,
    },
    There(Threads<Asker>),
}

/// How far storing has come, in jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The job with which goes what is submitted now.
    pub gathers: u64,
    /// All jobs up to this one are stored.
    pub stored: u64,
}

/// A batch that may leave.
#[derive(Debug, PartialEq, Eq)]
pub enum Released<Batch> {
    /// Its records are stored.
    Stored(Batch),
    /// Its records are not stored: what depends on them must not be done.
    Broken(Batch),
}

/// What the store has to say.
#[derive(Debug, PartialEq, Eq)]
pub enum News<Asker> {
    /// The answer to a question.
    Answer(Asker, Answer),
    /// A commit failed. This is what the store holds, if it can be read.
    Failed {
        why: Trouble,
        snapshot: Option<Snapshot>,
    },
    /// After a failure the store works again. This is what it holds.
    Works(Snapshot),
    /// Something in the background went wrong.
    Warning(Trouble),
}

impl<Batch, Asker: Send + 'static> Stage<Batch, Asker> {
    /// A stage whose store is so quick that it may be waited for.
    pub fn here(store: Box<dyn Store>) -> Result<Self, Trouble> {
        let reader = store.reader()?;
        Ok(Self::before(Keeper::Here {
            store: Mutex::new(store),
            reader: Mutex::new(reader),
        }))
    }

    /// A stage whose store has threads of its own.
    pub fn there(threads: Threads<Asker>) -> Self {
        Self::before(Keeper::There(threads))
    }

    fn before(keeper: Keeper<Asker>) -> Self {
        Self {
            keeper,
            waiting: VecDeque::new(),
            weight: 0,
            gathered: Vec::new(),
            job: 1,
            stored: 0,
            epoch: 0,
            news: VecDeque::new(),
            gauges: Arc::default(),
        }
    }

    /// Measures there from now on.
    pub fn measure(&mut self, gauges: Arc<StoreGauges>) {
        self.gauges = gauges;
    }

    /// Hands a batch on, with what has to be stored before it may leave; `weight` is what it costs to keep it waiting.
    pub fn submit(&mut self, mut records: Vec<Record>, batch: Batch, weight: usize) {
        let mut is_broken = false;
        let mut since = None;
        if !records.is_empty() {
            let begun = Instant::now();
            since = Some(begun);
            match &mut self.keeper {
                Keeper::Here { store, .. } => {
                    let store = store.get_mut().unwrap_or_else(PoisonError::into_inner);
                    match store.commit(&records) {
                        Ok(()) => note(&self.gauges, records.len(), begun.elapsed()),
                        Err(why) => {
                            is_broken = true;
                            self.gauges.failed.add(1);
                            let snapshot = store.load().ok();
                            self.news.push_back(News::Failed { why, snapshot });
                        }
                    }
                }
                Keeper::There(_) => self.gathered.append(&mut records),
            }
        }
        let after = match self.gathered.is_empty() {
            true => self.job.saturating_sub(1),
            false => self.job,
        };
        let after = match self.keeper {
            Keeper::Here { .. } => 0,
            Keeper::There(_) => after,
        };
        self.weight = self.weight.saturating_add(weight);
        self.waiting.push_back(Waiting {
            batch,
            weight,
            after,
            is_broken,
            since,
        });
        self.gauges.waiting.set(self.weight as u64);
    }

    /// Has what was gathered stored.
    pub fn send(&mut self) {
        let Keeper::There(threads) = &self.keeper else {
            return;
        };
        if !self.gathered.is_empty() {
            threads.write(Job {
                number: self.job,
                epoch: self.epoch,
                records: std::mem::take(&mut self.gathered),
            });
            self.job += 1;
        }
    }

    /// Asks what is kept: all that has left before is known to the answer.
    pub fn ask(&mut self, by: Asker, query: Query) {
        match &mut self.keeper {
            Keeper::Here { reader, .. } => {
                let reader = reader.get_mut().unwrap_or_else(PoisonError::into_inner);
                let answer = reader.answer(&query).unwrap_or(Answer::Failed);
                self.news.push_back(News::Answer(by, answer));
            }
            Keeper::There(threads) => {
                if let Err(by) = threads.ask(by, query) {
                    self.news.push_back(News::Answer(by, Answer::Failed));
                }
            }
        }
    }

    /// The next batch that may leave.
    pub fn release(&mut self) -> Option<Released<Batch>> {
        let first = self.waiting.front()?;
        if first.after > self.stored && !first.is_broken {
            return None;
        }
        let first = self.waiting.pop_front()?;
        self.weight = self.weight.saturating_sub(first.weight);
        self.gauges.waiting.set(self.weight as u64);
        if let Some(since) = first.since.filter(|_| !first.is_broken) {
            self.gauges.acknowledged.note(since.elapsed());
        }
        Some(match first.is_broken {
            true => Released::Broken(first.batch),
            false => Released::Stored(first.batch),
        })
    }

    /// Whether so much waits that nothing more should be taken in.
    pub fn is_full(&self) -> bool {
        self.weight > MOST_WAITING
    }

    /// Whether nothing waits to be stored.
    pub fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.gathered.is_empty()
    }

    /// How far storing has come.
    pub fn progress(&self) -> Progress {
        Progress {
            gathers: self.job,
            stored: match self.keeper {
                Keeper::There(_) if !self.is_idle() => self.stored,
                Keeper::There(_) | Keeper::Here { .. } => self.job,
            },
        }
    }

    /// Takes in what the store's threads have done; gives the next thing that it has to say.
    pub fn news(&mut self) -> Option<News<Asker>> {
        while let Keeper::There(threads) = &self.keeper {
            let Some(report) = threads.try_report() else {
                break;
            };
            self.take(report);
        }
        self.news.pop_front()
    }

    /// This is forgotten in time from now on. A store at hand is bounded anyway.
    pub fn set_retention(&self, retention: Retention) {
        if let Keeper::There(threads) = &self.keeper {
            threads.set_retention(retention);
        }
    }

    /// Waits for something that a thread of the store has done.
    pub async fn report(&self) -> Report<Asker> {
        match &self.keeper {
            Keeper::Here { .. } => std::future::pending().await,
            Keeper::There(threads) => threads.report().await,
        }
    }

    /// Whether [`news`](Self::news) has something without waiting for it.
    pub fn has_news(&self) -> bool {
        !self.news.is_empty()
    }

    /// Takes in what a thread of the store has done.
    pub fn take(&mut self, report: Report<Asker>) {
        match report {
            Report::Stored { job, records, took } => {
                self.stored = self.stored.max(job);
                note(&self.gauges, records, took);
            }
            Report::Unstored {
                epoch,
                why,
                snapshot,
            } => {
                self.gauges.failed.add(1);
                self.break_all(epoch);
                self.news.push_back(News::Failed { why, snapshot });
            }
            Report::Works(snapshot) => self.news.push_back(News::Works(snapshot)),
            Report::Answer(by, answer) => self.news.push_back(News::Answer(by, answer)),
            Report::Warning(why) => self.news.push_back(News::Warning(why)),
        }
    }

    /// Nothing that is on its way will be stored.
    fn break_all(&mut self, epoch: u64) {
        self.epoch = epoch;
        self.gathered.clear();
        for waiting in &mut self.waiting {
            waiting.is_broken |= waiting.after > self.stored;
        }
        self.stored = self.job;
        self.job += 1;
    }
}

/// Measures one commit.
fn note(gauges: &StoreGauges, records: usize, took: Duration) {
    gauges.committed.note(took);
    gauges.records.add(records as u64);
}

impl<Batch, Asker> std::fmt::Debug for Stage<Batch, Asker> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stage")
            .field("waiting", &self.waiting.len())
            .field("job", &self.job)
            .field("stored", &self.stored)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
