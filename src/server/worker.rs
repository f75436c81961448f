//! Slow work for the hub, on a thread of its own: a password is compared with its hash, the
//! configuration is read again.
//!
//! Jobs are done one after the other, so that many of them cost one core at most. Taking a job never
//! blocks: beyond [`WAITING`] of them the answer is at once that too much is asked.

use crate::config::Config;
use crate::config::fault::Report;
use crate::config::file::Origin;
use crate::server::world::event::{Ask, Found, SessionId};
use async_channel::{Receiver, Sender};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Jobs that may wait.
const WAITING: usize = 64;

/// One thing to find out.
#[derive(Debug)]
pub(super) struct Job {
    /// `None`: the server's own operator asks, with a signal.
    pub(super) by: Option<SessionId>,
    pub(super) ask: Ask,
    pub(super) origin: Origin,
}

/// A job that is done.
#[derive(Debug)]
pub(super) enum Done {
    Found(SessionId, Found),
    /// The configuration was read, with this to say about it.
    Read {
        by: Option<SessionId>,
        config: Box<Config>,
        report: Report,
    },
}

/// The way to the thread and back; the thread ends when this is dropped.
#[derive(Debug)]
pub(super) struct Worker {
    jobs: Sender<Job>,
    done: Receiver<Done>,
    tell: Sender<Done>,
}

impl Worker {
    /// Starts the thread.
    pub(super) fn start() -> io::Result<Self> {
        let (jobs, to_do) = async_channel::bounded::<Job>(WAITING);
        let (tell, done) = async_channel::unbounded();
        let told = tell.clone();
        let work = move || {
            while let Ok(job) = to_do.recv_blocking() {
                let by = job.by;
                let result = catch_unwind(AssertUnwindSafe(|| perform(job)));
                let done = result.unwrap_or_else(|_| busy(by));
                if done.is_some_and(|done| told.try_send(done).is_err()) {
                    return;
                }
            }
        };
        std::thread::Builder::new()
            .name("worker".into())
            .spawn(work)?;
        Ok(Self { jobs, done, tell })
    }

    /// Has a job done.
    pub(super) fn take(&self, job: Job) {
        let by = job.by;
        if self.jobs.try_send(job).is_err()
            && let Some(done) = busy(by)
        {
            let _ = self.tell.try_send(done);
        }
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

fn perform(job: Job) -> Option<Done> {
    Some(match job.ask {
        Ask::Password { password, given } => {
            Done::Found(job.by?, Found::Password(password.admits(&given)))
        }
        // The sockets and the store know that, not we.
        Ask::Drain | Ask::Read(_) => return None,
        Ask::Reload => {
            let (config, report) = job.origin.read();
            Done::Read {
                by: job.by,
                config: Box::new(config),
                report,
            }
        }
    })
}

fn busy(by: Option<SessionId>) -> Option<Done> {
    by.map(|session| Done::Found(session, Found::Busy))
}
