//! Slow work for the hub, on threads of its own: passwords are hashed, the configuration is read again.
//!
//! At most two threads hash, and yield to those that chat; jobs wait in two queues, so that reading the
//! configuration never waits for strangers who try passwords. Taking a job never blocks: beyond [`WAITING`]
//! of them the answer is at once that too much is asked. What is stored is verified on a thread for that alone.

use crate::config::Config;
use crate::config::fault::Report;
use crate::config::password::HashCost;
use crate::config::password::hash;
use crate::proto::sasl;
use crate::proto::scram;
use crate::server::audit::Audit;
use crate::server::log;
use crate::server::service;
use crate::server::tls::keyring::Keyring;
use crate::server::tls::terms::Terms;
use crate::server::world::deed::Deed;
use crate::server::world::event::{Ask, Asker, Damage, Found, Kept};
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
    pub(super) audit: Audit,
}

/// Where the work is done.
#[derive(Clone)]
pub(super) struct Place {
    /// Where the certificates are.
    pub(super) keyring: Keyring,
    /// Where everything is that lasts.
    pub(super) data: PathBuf,
    /// Where operators' deeds are recorded.
    pub(super) audit: Audit,
}

impl Worker {
    /// Starts the threads.
    pub(super) fn start(verifier: Option<Verifier>, place: &Place) -> io::Result<Self> {
        let (jobs, to_do) = async_channel::bounded(WAITING);
        let (hashes, to_hash) = async_channel::bounded(WAITING);
        let (tell, done) = async_channel::unbounded();
        let work = |to_do: &Receiver<Job>| (to_do.clone(), tell.clone());
        let (reading, told) = work(&to_do);
        let here = place.clone();
        std::thread::Builder::new()
            .name("worker".into())
            .spawn(move || labour(&reading, &told, &here))?;
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
                labour(&hashing, &told, &here);
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
            audit: place.audit.clone(),
        })
    }

    /// Has a job done.
    pub(super) fn take(&self, job: Job) {
        let by = job.by.clone();
        let queue = match job.ask {
            Ask::Password { .. } | Ask::Hash { .. } => &self.hashes,
            Ask::Drain
            | Ask::Admit(_)
            | Ask::Read(_)
            | Ask::Loads
            | Ask::Turn
            | Ask::Reload
            | Ask::LookUp(_)
            | Ask::Admin(_)
            | Ask::Service(_) => &self.jobs,
            Ask::Verify => return self.verify(by),
            Ask::Audit(deed) => return self.record(by, *deed),
        };
        if queue.try_send(job).is_err()
            && let Some(done) = busy(by)
        {
            let _ = self.tell.try_send(done);
        }
    }

    /// Verifies what is stored, once at a time: it takes as long as reading all of it.
    fn verify(&self, by: Option<Asker>) {
        let (Some(by), tell) = (by, self.tell.clone()) else {
            return;
        };
        let Some(verifier) = self.verifier.clone() else {
            let _ = tell.try_send(Done::Found(by, Found::Verified(Ok(Vec::new()))));
            return;
        };
        if self.is_verifying.swap(true, Ordering::AcqRel) {
            let _ = tell.try_send(Done::Found(by, Found::Busy));
            return;
        }
        let is_verifying = Arc::clone(&self.is_verifying);
        let asker = by.clone();
        let work = move || {
            let result = catch_unwind(AssertUnwindSafe(|| verifier()));
            let result = result.unwrap_or_else(|_| Err("verifying failed".into()));
            is_verifying.store(false, Ordering::Release);
            let _ = tell.try_send(Done::Found(asker, Found::Verified(result)));
        };
        let thread = std::thread::Builder::new().name("verify".into());
        if thread.spawn(work).is_err() {
            self.is_verifying.store(false, Ordering::Release);
            let _ = self.tell.try_send(Done::Found(by, Found::Busy));
        }
    }

    /// Has something recorded before it is done.
    fn record(&self, by: Option<Asker>, deed: Deed) {
        let tell = self.tell.clone();
        self.audit.begin(deed, move |recorded| {
            let found = Found::Recorded(recorded);
            let done = by.map(|by| Done::Found(by, found));
            let _ = done.map(|done| tell.try_send(done).is_ok());
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
fn labour(to_do: &Receiver<Job>, told: &Sender<Done>, place: &Place) {
    while let Ok(job) = to_do.recv_blocking() {
        let by = job.by.clone();
        let result = catch_unwind(AssertUnwindSafe(|| perform(job, place)));
        let done = result.unwrap_or_else(|_| busy(by));
        if done.is_some_and(|done| told.try_send(done).is_err()) {
            return;
        }
    }
}

fn perform(job: Job, place: &Place) -> Option<Done> {
    Some(match job.ask {
        Ask::Password { password, given } => {
            Done::Found(job.by?, Found::Password(password.admits(&given.0)))
        }
        Ask::Hash { password, cost } => Done::Found(job.by?, keep(&password.0, cost)),
        Ask::Service(task) => {
            let answer = service::perform(&task, &job.config, &place.data);
            Done::Found(job.by?, Found::Service(Box::new(answer)))
        }
        Ask::LookUp(wanted) => Done::Found(job.by?, Found::Deeds(place.audit.find(&wanted))),
        // The sockets, the store and the hub know that; verifying and recording is not done here.
        Ask::Drain
        | Ask::Admit(_)
        | Ask::Read(_)
        | Ask::Loads
        | Ask::Turn
        | Ask::Verify
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
mod tests {
    use super::*;
    use crate::config::password::Password;
    use crate::server::world::event::SessionId;
    use async_io::block_on;
    use std::path::Path;

    fn nowhere() -> Place {
        Place {
            keyring: Keyring::new(Path::new("")),
            data: PathBuf::new(),
            audit: Audit::off(),
        }
    }

    fn session(index: u32) -> Asker {
        Asker::Session(SessionId {
            index,
            generation: 1,
        })
    }

    fn job(index: u32, ask: Ask) -> Job {
        Job {
            by: Some(session(index)),
            ask,
            config: Arc::default(),
        }
    }

    #[test]
    fn what_is_kept_of_a_password_admits_it_and_shows_nothing() {
        let worker = Worker::start(None, &nowhere()).unwrap();
        let password = Secret("correct horse".into());
        let cost = HashCost::Test;
        worker.take(job(1, Ask::Hash { password, cost }));
        let Some(Done::Found(by, Found::Hashed(kept))) = block_on(worker.done()) else {
            panic!("nothing was hashed");
        };
        assert_eq!(by, session(1));
        assert!(!format!("{kept:?}").contains(&*kept.scram.stored_key.0));
        for (given, expected) in [("correct horse", true), ("horse", false)] {
            let password = Password::new(&kept.password.0).unwrap();
            let given = Secret(given.into());
            worker.take(job(2, Ask::Password { password, given }));
            let Some(Done::Found(_, Found::Password(admitted))) = block_on(worker.done()) else {
                panic!("nothing was compared");
            };
            assert_eq!(admitted, expected);
        }
    }

    #[test]
    fn two_passwords_have_different_salts() {
        let keep = || match keep("secret", HashCost::Test) {
            Found::Hashed(kept) => kept,
            other => panic!("{other:?}"),
        };
        let (one, other) = (keep(), keep());
        assert_ne!(one.password, other.password);
        assert_ne!(one.scram.salt, other.scram.salt);
    }

    #[test]
    fn what_is_stored_is_verified_once_at_a_time() {
        let (go, wait) = async_channel::bounded::<()>(1);
        let damage = Damage {
            table: "message".into(),
            row: "7".into(),
            what: "is not what was stored".into(),
        };
        let found = vec![damage];
        let verifier: Verifier = {
            let found = found.clone();
            Arc::new(move || {
                let _ = wait.recv_blocking();
                Ok(found.clone())
            })
        };
        let worker = Worker::start(Some(verifier), &nowhere()).unwrap();
        worker.take(job(1, Ask::Verify));
        worker.take(job(2, Ask::Verify));
        let done = || block_on(worker.done()).unwrap();
        assert!(matches!(done(), Done::Found(by, Found::Busy) if by == session(2)));
        go.send_blocking(()).unwrap();
        let told =
            |done| matches!(done, Done::Found(_, Found::Verified(Ok(told))) if told == found);
        assert!(told(done()));
        go.send_blocking(()).unwrap();
        worker.take(job(3, Ask::Verify));
        assert!(told(done()));
    }

    #[test]
    fn beyond_the_queue_the_answer_is_that_too_much_is_asked() {
        let worker = Worker::start(None, &nowhere()).unwrap();
        let many = WAITING as u32 * 4;
        for index in 0..many {
            let password = Secret("secret".into());
            let cost = HashCost::Normal;
            worker.take(job(index, Ask::Hash { password, cost }));
        }
        let (mut hashed, mut busy) = (0, 0);
        for _ in 0..many {
            match block_on(worker.done()) {
                Some(Done::Found(_, Found::Hashed(_))) => hashed += 1,
                Some(Done::Found(_, Found::Busy)) => busy += 1,
                other => panic!("{other:?}"),
            }
            if busy > 0 && hashed > 0 {
                return;
            }
        }
        panic!("{hashed} hashed, {busy} refused");
    }
}
