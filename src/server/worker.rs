//! Slow work for the hub, on threads of its own: passwords are hashed, the configuration is read again.
//!
//! At most two threads hash, and yield to those that chat; jobs wait in two queues, so that reading the
//! configuration never waits for strangers who try passwords. Taking a job never blocks: beyond [`WAITING`]
//! of them the answer is at once that too much is asked. What is stored is verified on a thread for that alone.

mod call;

use crate::config::Config;
use crate::config::fault::Report;
use crate::config::password::HashCost;
use crate::config::password::hash;
use crate::proto::sasl;
use crate::proto::scram;
use crate::server::audit::Audit;
use crate::server::handover::heir::{Caller, Heir};
use crate::server::log;
use crate::server::service;
use crate::server::tls::keyring::Keyring;
use crate::server::tls::terms::Terms;
use crate::server::web::files::work::Work;
use crate::server::world::deed::Deed;
use crate::server::world::event::{Ask, Asker, Damage, Found, Kept};
use crate::server::world::gauges::Gauges;
use crate::server::world::task::Task;
use crate::store::record::account::{ScramKeys, Secret};
use async_channel::{Receiver, Sender};
use rustix::process::setpriority_process;
use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Jobs that may wait in each queue.
const WAITING: usize = 64;
/// Threads that hash: more would take the processor from those who chat, and memory.
const HASHERS: usize = 2;
/// How much a hashing thread stands back, as `nice` counts.
const STAND_BACK: i32 = 10;

/// Reads everything that is stored, and tells what is damaged or why that cannot be told.
pub(super) type Verifier = Arc<dyn Fn() -> Result<Vec<Damage>, String> + Send + Sync>;

/// One thing to find out.
#[derive(Debug)]
pub(super) struct Job {
    /// `None`: the server's own operator asks, with a signal.
    pub(super) by: Option<Asker>,
    pub(super) ask: Ask,
    /// What counts now.
    pub(super) config: Arc<Config>,
}

/// A job that is done.
#[derive(Debug)]
pub(super) enum Done {
    Found(Asker, Found),
    /// The configuration was read, with this to say about it.
    Read {
        by: Option<Asker>,
        config: Box<Config>,
        report: Report,
        /// What the doors speak TLS with then, or why they cannot.
        terms: Result<Option<Terms>, String>,
    },
    /// Another process can take over, or cannot.
    Called {
        by: Asker,
        heir: Result<Box<Heir>, String>,
    },
}

/// The way to the threads and back; they end when this is dropped.
pub(super) struct Worker {
    jobs: Sender<Job>,
    hashes: Sender<Job>,
    done: Receiver<Done>,
    tell: Sender<Done>,
    /// `None`: nothing is stored outside of memory.
    verifier: Option<Verifier>,
    is_verifying: Arc<AtomicBool>,
    place: Place,
    pub(super) audit: Audit,
    pub(super) caller: Arc<Caller>,
}

/// Where the work is done.
#[derive(Clone)]
pub(super) struct Place {
    /// Where the certificates are.
    pub(super) keyring: Keyring,
    /// Where everything is that lasts.
    pub(super) data: PathBuf,
    /// What is measured.
    pub(super) gauges: Arc<Gauges>,
    /// Does what takes long with the bytes of files.
    pub(super) work: Option<Work>,
}

impl Worker {
    /// Starts the threads.
    pub(super) fn start(
        verifier: Option<Verifier>,
        place: &Place,
        audit: Audit,
    ) -> io::Result<Self> {
        let (jobs, to_do) = async_channel::bounded(WAITING);
        let (hashes, to_hash) = async_channel::bounded(WAITING);
        let (tell, done) = async_channel::unbounded();
        let work = |to_do: &Receiver<Job>| (to_do.clone(), tell.clone());
        let (reading, told) = work(&to_do);
        let here = place.clone();
        let book = Some(audit.clone());
        std::thread::Builder::new()
            .name("worker".into())
            .spawn(move || labour(&reading, &told, &here, book.as_ref()))?;
        for _ in 0..HASHERS {
            let (hashing, told) = work(&to_hash);
            let here = place.clone();
            let work = move || {
                // On Linux this is about the one thread that asks.
                if let Err(error) = setpriority_process(None, STAND_BACK) {
                    log::debug(format_args!(
                        "passwords are hashed at full priority: {error}"
                    ));
                }
                labour(&hashing, &told, &here, None);
            };
            std::thread::Builder::new()
                .name("hash".into())
                .spawn(work)?;
        }
        Ok(Self {
            jobs,
            hashes,
            done,
            tell,
            verifier,
            is_verifying: Arc::default(),
            place: place.clone(),
            audit,
            caller: Arc::default(),
        })
    }

    /// Has a job done.
    pub(super) fn take(&self, job: Job) {
        let by = job.by.clone();
        if let Ask::Service(task) = &job.ask
            && task.is_long()
        {
            return self.serve_apart(by, task.clone(), job.config);
        }
        let queue = match job.ask {
            Ask::Password { .. } | Ask::Hash { .. } => &self.hashes,
            Ask::Drain
            | Ask::Admit(_)
            | Ask::Read(_)
            | Ask::Loads
            | Ask::Overrule
            | Ask::Raw { .. }
            | Ask::Turn
            | Ask::Reload
            | Ask::Service(_)
            | Ask::LookUp(_)
            | Ask::Admin(_) => &self.jobs,
            Ask::Verify => return self.verify(by),
            Ask::Upgrade {
                is_question,
                binary,
            } => return self.call(by, is_question, binary),
            Ask::Audit(deed) => return self.record(by, *deed),
        };
        if queue.try_send(job).is_err()
            && let Some(done) = busy(by)
        {
            let _ = self.tell.try_send(done);
        }
    }

    /// Verifies what is stored.
    fn verify(&self, by: Option<Asker>) {
        let verifier = self.verifier.clone();
        self.apart(by, move || {
            Found::Verified(match verifier {
                Some(verifier) => verifier(),
                None => Ok(Vec::new()),
            })
        });
    }

    /// Does what takes long and is asked of the process.
    fn serve_apart(&self, by: Option<Asker>, task: Task, config: Arc<Config>) {
        let place = self.place.clone();
        self.apart(by, move || {
            Found::Service(Box::new(service::perform(&task, &config, &place)))
        });
    }

    /// Has something done on a thread of its own, one thing at a time: it takes as long as reading everything.
    fn apart(&self, by: Option<Asker>, act: impl FnOnce() -> Found + Send + 'static) {
        let (Some(by), tell) = (by, self.tell.clone()) else {
            return;
        };
        if self.is_verifying.swap(true, Ordering::AcqRel) {
            let _ = tell.try_send(Done::Found(by, Found::Busy));
            return;
        }
        let is_verifying = Arc::clone(&self.is_verifying);
        let asker = by.clone();
        let work = move || {
            let found = catch_unwind(AssertUnwindSafe(act));
            let found = found.unwrap_or_else(|_| Found::Verified(Err("reading failed".into())));
            is_verifying.store(false, Ordering::Release);
            let _ = tell.try_send(Done::Found(asker, found));
        };
        let thread = std::thread::Builder::new().name("verify".into());
        if thread.spawn(work).is_err() {
            self.is_verifying.store(false, Ordering::Release);
            let _ = self.tell.try_send(Done::Found(by, Found::Busy));
        }
    }

    /// Has something recorded before it is done.
    fn record(&self, by: Option<Asker>, deed: Deed) {
        let (Some(by), tell) = (by, self.tell.clone()) else {
            return;
        };
        self.audit.begin(deed, move |recorded| {
            let _ = tell.try_send(Done::Found(by, Found::Recorded(recorded)));
        });
    }

    /// Tells somebody what is known already.
    pub(super) fn tell(&self, by: Asker, found: Found) {
        let _ = self.tell.try_send(Done::Found(by, found));
    }

    /// A job that is done by now.
    pub(super) fn try_done(&self) -> Option<Done> {
        self.done.try_recv().ok()
    }

    /// Waits for a job to be done.
    pub(super) async fn done(&self) -> Option<Done> {
        self.done.recv().await.ok()
    }
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker").finish_non_exhaustive()
    }
}

/// Does jobs until there can be no more.
fn labour(to_do: &Receiver<Job>, told: &Sender<Done>, place: &Place, audit: Option<&Audit>) {
    while let Ok(job) = to_do.recv_blocking() {
        let by = job.by.clone();
        let result = catch_unwind(AssertUnwindSafe(|| perform(job, place, audit)));
        let done = result.unwrap_or_else(|_| busy(by));
        if done.is_some_and(|done| told.try_send(done).is_err()) {
            return;
        }
    }
}

fn perform(job: Job, place: &Place, audit: Option<&Audit>) -> Option<Done> {
    Some(match job.ask {
        Ask::Password { password, given } => {
            Done::Found(job.by?, Found::Password(password.admits(&given.0)))
        }
        Ask::Hash { password, cost } => Done::Found(job.by?, keep(&password.0, cost)),
        Ask::Service(task) => {
            let answer = service::perform(&task, &job.config, place);
            Done::Found(job.by?, Found::Service(Box::new(answer)))
        }
        Ask::LookUp(wanted) => Done::Found(job.by?, Found::Deeds(audit?.find(&wanted))),
        // The sockets, the store and the hub know that; verifying and recording is not done here.
        Ask::Drain
        | Ask::Admit(_)
        | Ask::Read(_)
        | Ask::Loads
        | Ask::Overrule
        | Ask::Raw { .. }
        | Ask::Turn
        | Ask::Verify
        | Ask::Upgrade { .. }
        | Ask::Audit(_)
        | Ask::Admin(_) => return None,
        Ask::Reload => {
            let (config, report) = job.config.origin.read();
            let terms = match report.is_fatal() {
                true => Ok(None),
                false => place.keyring.read(&config),
            };
            Done::Read {
                by: job.by,
                config: Box::new(config),
                report,
                terms,
            }
        }
    })
}

/// Makes what is kept of a password, with salts that nobody can foresee.
fn keep(password: &str, cost: HashCost) -> Found {
    let mut salts = [[0; 16]; 2];
    if salts.iter_mut().any(|salt| getrandom::fill(salt).is_err()) {
        return Found::Busy;
    }
    kept(password, salts, cost).map_or(Found::Busy, |kept| Found::Hashed(Box::new(kept)))
}

/// What is kept of a password with these salts.
fn kept(password: &str, [salt, scram_salt]: [[u8; 16]; 2], cost: HashCost) -> Option<Kept> {
    let keys = scram::ScramKeys::derive(password, &scram_salt, cost.rounds());
    Some(Kept {
        password: Secret(hash(password, &salt, cost)?.into()),
        scram: ScramKeys {
            salt: sasl::encode(&keys.salt).into(),
            iterations: keys.rounds,
            stored_key: Secret(sasl::encode(&keys.stored_key).into()),
            server_key: Secret(sasl::encode(&keys.server_key).into()),
        },
    })
}

fn busy(by: Option<Asker>) -> Option<Done> {
    by.map(|by| Done::Found(by, Found::Busy))
}

#[cfg(test)]
mod tests;
