//! The record of what operators do: `audit.log` in the data directory, a line before each deed and one after it.
//!
//! A thread of its own writes, and has written to the disk when it says so; a deed that cannot be
//! recorded is not done. Several that come at once are written together.

mod entry;
mod file;

use crate::server::audit::entry::{Search, begun, ended, is_wanted, whole, written};
use crate::server::audit::file::File;
use crate::server::clock::unix_ms;
use crate::server::log;
use crate::server::world::deed::{Deed, DeedId, Deeds, Outcome, Wanted};
use async_channel::{Receiver, Sender};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Name of the file in the data directory.
const FILE: &str = "audit.log";
/// Jobs that are written together.
const TOGETHER: usize = 64;
/// Deeds that a slow follower may be behind before it misses some.
const BEHIND: usize = 1024;
/// Longest wait for what is still to be written when the server ends.
const LAST_WORD: Duration = Duration::from_secs(2);

type Tell = Box<dyn FnOnce(Result<DeedId, String>) + Send>;

/// What is done when it is known whether a deed is recorded. Whoever waits is always told: also if the writer is
/// gone, and this with it.
struct Then(Option<Tell>);

impl Then {
    fn tell(mut self, recorded: Result<DeedId, String>) {
        if let Some(tell) = self.0.take() {
            tell(recorded);
        }
    }
}

impl Drop for Then {
    fn drop(&mut self) {
        if let Some(tell) = self.0.take() {
            tell(Err("nobody writes it any more".into()));
        }
    }
}

enum Job {
    Begin(Deed, Then),
    End(DeedId, Outcome),
    Flush(std::sync::mpsc::Sender<()>),
}

/// The way to the record; clones lead to the same one.
#[derive(Clone)]
pub struct Audit {
    /// `None`: nothing is recorded.
    writer: Option<Arc<Writer>>,
}

struct Writer {
    path: PathBuf,
    jobs: Sender<Job>,
    followers: Followers,
}

type Followers = Arc<Mutex<Vec<Sender<Value>>>>;

impl fmt::Debug for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Audit").finish_non_exhaustive()
    }
}

impl Audit {
    /// No record.
    pub fn off() -> Self {
        Self { writer: None }
    }

    /// The record in this directory.
    pub fn start(data: &Path) -> io::Result<Self> {
        let (jobs, to_do) = async_channel::unbounded();
        let (path, followers) = (data.join(FILE), Followers::default());
        let scribe = Scribe {
            file: File::new(path.clone()),
            path: path.clone(),
            last: None,
            open: HashMap::new(),
            followers: Arc::clone(&followers),
        };
        std::thread::Builder::new()
            .name("audit".into())
            .spawn(move || scribe.work(&to_do))?;
        let writer = Writer {
            path,
            jobs,
            followers,
        };
        Ok(Self {
            writer: Some(Arc::new(writer)),
        })
    }

    /// Records a deed before it is done; `then` is called when that is on the disk, or cannot be.
    pub(super) fn begin(
        &self,
        deed: Deed,
        then: impl FnOnce(Result<DeedId, String>) + Send + 'static,
    ) {
        let then = Then(Some(Box::new(then)));
        match &self.writer {
            Some(writer) => drop(writer.jobs.try_send(Job::Begin(deed, then))),
            None => then.tell(Ok(DeedId(0))),
        }
    }

    /// The same for who can wait.
    pub(super) async fn begun(&self, deed: Deed) -> Result<DeedId, String> {
        let (tell, told) = async_channel::bounded(1);
        self.begin(deed, move |recorded| {
            let _ = tell.try_send(recorded);
        });
        let gone = || Err("nobody writes it any more".into());
        told.recv().await.unwrap_or_else(|_| gone())
    }

    /// Records what came of a deed.
    pub(super) fn end(&self, deed: DeedId, outcome: Outcome) {
        if let Some(writer) = &self.writer {
            let _ = writer.jobs.try_send(Job::End(deed, outcome));
        }
    }

    /// Finds deeds; takes as long as reading the files.
    pub(super) fn find(&self, wanted: &Wanted) -> Result<Deeds, String> {
        let mut search = Search::new(wanted.clone());
        if let Some(writer) = &self.writer {
            file::read(&writer.path, &mut search)
                .map_err(|why| format!("the audit cannot be read: {why}"))?;
        }
        Ok(search.done())
    }

    /// Deeds as they come to an end, from now on.
    pub(super) fn follow(&self) -> Receiver<Value> {
        let (tell, told) = async_channel::bounded(BEHIND);
        if let Some(writer) = &self.writer {
            let mut followers = writer
                .followers
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            followers.push(tell);
        }
        told
    }

    /// Waits until everything is written.
    pub fn flush(&self) {
        let (tell, told) = std::sync::mpsc::channel();
        let writer = self.writer.as_ref();
        if writer.is_some_and(|writer| writer.jobs.try_send(Job::Flush(tell)).is_ok()) {
            let _ = told.recv_timeout(LAST_WORD);
        }
    }
}

/// Whether this deed is among those that are asked for.
pub(super) fn is_asked_for(wanted: &Wanted, deed: &Value) -> bool {
    is_wanted(wanted, deed)
}

/// Who writes.
struct Scribe {
    file: File,
    path: PathBuf,
    /// Number of the last deed, once it was looked up.
    last: Option<u64>,
    /// Deeds without outcome, as they were recorded.
    open: HashMap<u64, Value>,
    followers: Followers,
}

/// What follows when a line is written.
enum Step {
    Begun(DeedId, Value, Then),
    Ended(DeedId, Value),
}

impl Scribe {
    /// Writes until nobody can ask for more.
    fn work(mut self, to_do: &Receiver<Job>) {
        while let Ok(job) = to_do.recv_blocking() {
            let mut jobs = vec![job];
            while jobs.len() < TOGETHER
                && let Ok(job) = to_do.try_recv()
            {
                jobs.push(job);
            }
            self.together(jobs);
        }
    }

    fn together(&mut self, jobs: Vec<Job>) {
        let (mut lines, mut steps, mut flushed) = (String::new(), Vec::new(), Vec::new());
        for job in jobs {
            let (line, step) = match job {
                Job::Flush(tell) => {
                    flushed.push(tell);
                    continue;
                }
                Job::Begin(deed, then) => {
                    let id = self.next();
                    let line = begun(id, unix_ms(), &deed);
                    (line.clone(), Step::Begun(DeedId(id), line, then))
                }
                Job::End(id, outcome) => {
                    let line = ended(id.0, unix_ms(), &outcome);
                    (line.clone(), Step::Ended(id, line))
                }
            };
            lines.push_str(&written(&line));
            steps.push(step);
        }
        let written = match steps.is_empty() {
            true => Ok(()),
            false => self.file.append(lines.as_bytes()),
        };
        if let Err(why) = &written {
            log::error(format_args!(
                "The audit {} cannot be written: {why}",
                self.path.display()
            ));
        }
        let written = written.map_err(|why| why.to_string());
        steps
            .into_iter()
            .for_each(|step| self.follow_up(step, &written));
        for tell in flushed {
            let _ = tell.send(());
        }
    }

    fn follow_up(&mut self, step: Step, written: &Result<(), String>) {
        match step {
            Step::Begun(id, line, then) => {
                if written.is_ok() {
                    self.open.insert(id.0, line);
                }
                then.tell(written.clone().map(|()| id));
            }
            Step::Ended(id, line) => {
                if let Some(begun) = self.open.remove(&id.0) {
                    self.tell(&whole(begun, Some(&line)));
                }
            }
        }
    }

    /// Tells those who follow; who is gone is forgotten.
    fn tell(&self, deed: &Value) {
        let mut followers = self
            .followers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        followers.retain(|follower| {
            let _ = follower.try_send(deed.clone());
            !follower.is_closed()
        });
    }

    /// The number of the next deed: it rises also over restarts.
    fn next(&mut self) -> u64 {
        let last = self.last.unwrap_or_else(|| {
            let mut search = Search::new(Wanted {
                count: 0,
                user: None,
                command: None,
                since_ms: 0,
            });
            let _ = file::read(&self.path, &mut search);
            search.last
        });
        self.last = Some(last + 1);
        last + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_io::block_on;

    fn deed(command: &str) -> Deed {
        Deed {
            by: "ann".into(),
            uid: Some(1),
            pid: Some(2),
            from: None,
            command: command.into(),
            arguments: Value::Null,
        }
    }

    const ALL: Wanted = Wanted {
        count: 100,
        user: None,
        command: None,
        since_ms: 0,
    };

    #[test]
    fn whoever_waits_is_told_even_if_nobody_writes_any_more() {
        let (tell, told) = std::sync::mpsc::channel();
        let then = Then(Some(Box::new(move |recorded| tell.send(recorded).unwrap())));
        drop(Job::Begin(deed("kick"), then));
        assert!(told.recv().unwrap().is_err());
    }

    #[test]
    fn a_deed_is_on_the_disk_before_it_is_done_and_numbers_rise_over_restarts() {
        let directory = tempfile::tempdir().unwrap();
        for life in 1..=2_u64 {
            let audit = Audit::start(directory.path()).unwrap();
            let id = block_on(audit.begun(deed("kick"))).unwrap();
            assert_eq!(id, DeedId(life));
            let found = audit.find(&ALL).unwrap().found;
            assert_eq!(found.len() as u64, life);
            assert_eq!(found.last().unwrap()["result"], Value::Null);
            let follower = audit.follow();
            audit.end(id, Outcome::done());
            assert_eq!(block_on(follower.recv()).unwrap()["result"], "done");
            audit.flush();
            let found = audit.find(&ALL).unwrap().found;
            assert_eq!(found.last().unwrap()["result"], "done");
        }
    }

    #[test]
    fn a_deed_that_cannot_be_recorded_is_told_so() {
        let directory = tempfile::tempdir().unwrap();
        let audit = Audit::start(&directory.path().join("gone")).unwrap();
        assert!(block_on(audit.begun(deed("kick"))).is_err());
        std::fs::create_dir(directory.path().join("gone")).unwrap();
        assert!(block_on(audit.begun(deed("kick"))).is_ok());
    }
}
