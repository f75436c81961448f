//! The threads of a store: one writes, one reads, one keeps the index of words.
//!
//! The writer commits all that waits in one transaction. When a commit fails it takes up nothing of
//! what was on its way, tries the store again every second, and says when it works.

use crate::store::query::{Answer, Query};
use crate::store::record::Record;
use crate::store::trouble::Trouble;
use crate::store::{Index, Read, Retention, Snapshot, Store};
use async_channel::{Receiver, Sender};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Questions that may wait.
const MOST_QUESTIONS: usize = 256;
/// Most records of one transaction.
pub(super) const MOST_RECORDS: usize = 20_000;
/// Between two attempts to use a store that failed, and between two looks for what is to be tidied up.
const PAUSE: Duration = Duration::from_secs(1);
/// Between two looks of the index for what is new, while there is always something.
const INDEX: Duration = Duration::from_millis(100);
/// Between two rounds of tidying up.
const TIDY: Duration = Duration::from_secs(60);

/// Records to be stored together.
#[derive(Debug)]
pub struct Job {
    pub number: u64,
    pub epoch: u64,
    pub records: Vec<Record>,
}

/// What the threads have done.
#[derive(Debug)]
pub enum Report<Asker> {
    /// Jobs up to this one are stored: so many records, in one commit that took so long.
    Stored {
        job: u64,
        records: usize,
        took: Duration,
    },
    /// A commit failed. Jobs of an earlier epoch are not taken up.
    Unstored {
        epoch: u64,
        why: Trouble,
        snapshot: Option<Snapshot>,
    },
    /// The store works again, and holds this.
    Works(Snapshot),
    Answer(Asker, Answer),
    Warning(Trouble),
}

/// The way to the threads and back. They end when this is dropped, after the jobs that they have.
pub struct Threads<Asker> {
    jobs: Option<mpsc::Sender<Job>>,
    questions: Option<mpsc::SyncSender<(Asker, Query)>>,
    reports: Receiver<Report<Asker>>,
    retention: Arc<Mutex<Retention>>,
    running: Vec<std::thread::JoinHandle<()>>,
}

/// How the writer works.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Longest wait of a commit for company, while commits follow each other.
    pub window: Duration,
    /// What is forgotten in time, until something else is said.
    pub retention: Retention,
}

impl<Asker: Send + 'static> Threads<Asker> {
    /// Starts the threads over a store.
    pub fn start(store: Box<dyn Store>, manner: Manner) -> Result<Self, io::Error> {
        let other = |why: Trouble| io::Error::other(why);
        let (jobs, to_do) = mpsc::channel();
        let (questions, asked) = mpsc::sync_channel(MOST_QUESTIONS);
        let (tell, reports) = async_channel::unbounded();
        let mut running = Vec::new();
        let reader = store.reader().map_err(other)?;
        let mut wake = None;
        if let Some(index) = store.index().map_err(other)? {
            let (to_index, woken) = mpsc::sync_channel(1);
            let told = tell.clone();
            wake = Some(to_index);
            running.push(spawn("store-index", move || {
                keep_index(index, &woken, &told)
            })?);
        }
        let told = tell.clone();
        running.push(spawn("store-reader", move || {
            answer_all(reader, &asked, &told)
        })?);
        let retention = Arc::new(Mutex::new(manner.retention));
        let writer = Writer {
            store,
            window: manner.window,
            retention: Arc::clone(&retention),
            tell,
            wake,
            epoch: 0,
            has_failed: false,
            next_tidy: Instant::now() + PAUSE,
            last_company: None,
        };
        running.push(spawn("store-writer", move || writer.run(&to_do))?);
        Ok(Self {
            jobs: Some(jobs),
            questions: Some(questions),
            reports,
            retention,
            running,
        })
    }

    pub(super) fn write(&self, job: Job) {
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(job);
        }
    }

    /// Gives the asker back if too many ask.
    pub(super) fn ask(&self, by: Asker, query: Query) -> Result<(), Asker> {
        let Some(questions) = &self.questions else {
            return Err(by);
        };
        questions
            .try_send((by, query))
            .map_err(|error| match error {
                mpsc::TrySendError::Full((by, _)) | mpsc::TrySendError::Disconnected((by, _)) => by,
            })
    }

    /// This is forgotten in time from now on.
    pub(super) fn set_retention(&self, retention: Retention) {
        *self
            .retention
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = retention;
    }

    pub(super) fn try_report(&self) -> Option<Report<Asker>> {
        self.reports.try_recv().ok()
    }

    pub(super) async fn report(&self) -> Report<Asker> {
        match self.reports.recv().await {
            Ok(report) => report,
            Err(_) => std::future::pending().await,
        }
    }
}

impl<Asker> Drop for Threads<Asker> {
    /// What was handed over is stored before the process goes on to its end.
    fn drop(&mut self) {
        self.jobs = None;
        self.questions = None;
        for thread in self.running.drain(..) {
            let _ = thread.join();
        }
    }
}

fn spawn(
    name: &str,
    work: impl FnOnce() + Send + 'static,
) -> io::Result<std::thread::JoinHandle<()>> {
    std::thread::Builder::new().name(name.into()).spawn(work)
}

struct Writer<Asker> {
    store: Box<dyn Store>,
    window: Duration,
    retention: Arc<Mutex<Retention>>,
    tell: Sender<Report<Asker>>,
    /// Wakes the index after a commit.
    wake: Option<mpsc::SyncSender<()>>,
    epoch: u64,
    has_failed: bool,
    next_tidy: Instant,
    /// When several were served by one commit last.
    last_company: Option<Instant>,
}

impl<Asker> Writer<Asker> {
    fn run(mut self, jobs: &mpsc::Receiver<Job>) {
        loop {
            match jobs.recv_timeout(PAUSE) {
                Ok(job) => {
                    self.wait_for_company();
                    let jobs = [job].into_iter().chain(jobs.try_iter());
                    self.commit_all(jobs);
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => return,
            }
            if self.has_failed {
                self.try_again();
            } else if Instant::now() >= self.next_tidy {
                self.tidy();
            }
        }
    }

    /// While commits serve several, each waits a little for more. Who is alone waits for nobody.
    fn wait_for_company(&self) {
        let last = self.last_company.map(|last| last.elapsed());
        let rest = last.and_then(|since| self.window.checked_sub(since));
        if let Some(rest) = rest {
            std::thread::sleep(rest);
        }
    }

    fn commit_all(&mut self, jobs: impl Iterator<Item = Job>) {
        let mut records = Vec::new();
        let mut last = 0;
        for mut job in jobs {
            if job.epoch != self.epoch || self.has_failed {
                continue;
            }
            records.append(&mut job.records);
            last = job.number;
            if records.len() >= MOST_RECORDS {
                self.commit(&records, last);
                records.clear();
            }
        }
        if !records.is_empty() {
            self.commit(&records, last);
        }
    }

    fn commit(&mut self, records: &[Record], job: u64) {
        if self.has_failed {
            return;
        }
        let begun = Instant::now();
        match self.guarded(|store| store.commit(records)) {
            Ok(()) => {
                self.say(Report::Stored {
                    job,
                    records: records.len(),
                    took: begun.elapsed(),
                });
                if let Some(wake) = &self.wake {
                    let _ = wake.try_send(());
                }
            }
            Err(why) => self.fail(why),
        }
        self.last_company = (records.len() > 1).then(Instant::now);
    }

    fn fail(&mut self, why: Trouble) {
        self.has_failed = true;
        self.epoch += 1;
        let snapshot = self.guarded(|store| store.load()).ok();
        self.say(Report::Unstored {
            epoch: self.epoch,
            why,
            snapshot,
        });
    }

    fn try_again(&mut self) {
        let snapshot = self.guarded(|store| {
            store.probe()?;
            store.load()
        });
        if let Ok(snapshot) = snapshot {
            self.has_failed = false;
            self.say(Report::Works(snapshot));
        }
    }

    fn tidy(&mut self) {
        let now_ms = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| {
                u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
            });
        let retention = *self
            .retention
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let has_more = match self.guarded(|store| store.tidy(&retention, now_ms)) {
            Ok(has_more) => has_more,
            Err(why) => {
                self.say(Report::Warning(why));
                false
            }
        };
        let pause = if has_more { Duration::ZERO } else { TIDY };
        self.next_tidy = Instant::now() + pause;
    }

    /// A panic in a store is a failure of the store.
    fn guarded<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Store) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let store = self.store.as_mut();
        catch_unwind(AssertUnwindSafe(|| work(store))).unwrap_or_else(|_| Err(Trouble::panicked()))
    }

    fn say(&self, report: Report<Asker>) {
        let _ = self.tell.try_send(report);
    }
}

fn answer_all<Asker>(
    mut reader: Box<dyn Read>,
    asked: &mpsc::Receiver<(Asker, Query)>,
    tell: &Sender<Report<Asker>>,
) {
    while let Ok((by, query)) = asked.recv() {
        let answer = catch_unwind(AssertUnwindSafe(|| reader.answer(&query)));
        let answer = match answer.unwrap_or_else(|_| Err(Trouble::panicked())) {
            Ok(answer) => answer,
            Err(why) => {
                let _ = tell.try_send(Report::Warning(why));
                Answer::Failed
            }
        };
        let _ = tell.try_send(Report::Answer(by, answer));
        for what in reader.damage() {
            let _ = tell.try_send(Report::Warning(Trouble::damaged(&what)));
        }
    }
}

fn keep_index<Asker>(
    mut index: Box<dyn Index>,
    woken: &mpsc::Receiver<()>,
    tell: &Sender<Report<Asker>>,
) {
    loop {
        let progress = catch_unwind(AssertUnwindSafe(|| index.catch_up()));
        match progress.unwrap_or_else(|_| Err(Trouble::panicked())) {
            Ok(true) => continue,
            Ok(false) => {}
            Err(why) => {
                let _ = tell.try_send(Report::Warning(why));
            }
        }
        let done = Instant::now();
        if woken.recv().is_err() {
            return;
        }
        // While commits follow each other, it takes in many at once.
        if let Some(rest) = INDEX.checked_sub(done.elapsed()) {
            std::thread::sleep(rest);
        }
    }
}
