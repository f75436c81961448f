//! All uploads that are not at their end: which bytes are there, and who is writing more.
//!
//! One request at a time writes to an upload. A later one ends an earlier one: whoever comes back has lost the
//! connection, though this side may not have noticed yet.

use crate::server::world::file::UploadId;
use crate::server::world::files::longest;
use crate::store::blobs::Number;
use crate::store::blobs::incoming::Paused;
use async_channel::{Receiver, Sender};
use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long one that can go on is kept after its last byte.
pub(super) const KEPT: Duration = Duration::from_secs(60 * 60);

/// What is known of one.
#[derive(Debug)]
struct Upload {
    about: About,
    state: State,
    /// When it is given up however it goes, so that nobody keeps room for ever that they do not fill.
    until: Instant,
}

/// What does not change of one.
#[derive(Debug, Clone)]
pub(super) struct About {
    /// How long it will be.
    pub(super) total: u64,
    /// What its maker wrote beside it.
    pub(super) metadata: Option<Box<str>>,
}

#[derive(Debug)]
enum State {
    /// Nobody writes.
    Idle { paused: Paused, since: Instant },
    /// Somebody does.
    Busy(Busy),
}

/// Somebody who writes.
#[derive(Debug, Clone)]
pub(super) struct Busy {
    /// Has them stop.
    stop: Sender<()>,
    /// Closed when they have stopped.
    pub(super) stopped: Receiver<Infallible>,
}

impl Busy {
    /// Has them stop.
    pub(super) fn stop(&self) {
        // One word is enough.
        let _ = self.stop.try_send(());
    }
}

/// The right to write to one; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    /// Where it is told to stop.
    pub(super) told: Receiver<()>,
    _stopping: Sender<Infallible>,
}

/// What comes of asking for it.
#[derive(Debug)]
pub(super) enum Taken {
    Yours(Turn, Paused, About),
    Busy(Busy),
    Unknown,
}

/// The uploads.
#[derive(Debug, Default)]
pub(super) struct Uploads(Mutex<HashMap<UploadId, Upload>>);

impl Uploads {
    fn all(&self) -> MutexGuard<'_, HashMap<UploadId, Upload>> {
        // Each change is one step, so a panic in between leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a new one in, to which its maker writes.
    pub(super) fn begin(&self, id: UploadId, about: About) -> Turn {
        let (turn, busy) = turn();
        let state = State::Busy(busy);
        let until = Instant::now() + longest(about.total);
        let upload = Upload {
            about,
            state,
            until,
        };
        self.all().insert(id, upload);
        turn
    }

    /// Takes the right to write to one.
    pub(super) fn take(&self, id: UploadId) -> Taken {
        let mut all = self.all();
        let Some(upload) = all.get_mut(&id) else {
            return Taken::Unknown;
        };
        match &upload.state {
            State::Busy(busy) => Taken::Busy(busy.clone()),
            State::Idle { paused, .. } => {
                let (turn, busy) = turn();
                let (paused, about) = (paused.clone(), upload.about.clone());
                upload.state = State::Busy(busy);
                Taken::Yours(turn, paused, about)
            }
        }
    }

    /// Nobody writes to it for now; this is there.
    pub(super) fn pause(&self, id: UploadId, paused: Paused) {
        if let Some(upload) = self.all().get_mut(&id) {
            let since = Instant::now();
            upload.state = State::Idle { paused, since };
        }
    }

    /// It has come to its end.
    pub(super) fn end(&self, id: UploadId) {
        self.all().remove(&id);
    }

    /// Takes out those to which nobody has written for too long, or which took too long as a whole. Who still writes
    /// to such a one is stopped first.
    pub(super) fn take_old(&self, now: Instant) -> Vec<UploadId> {
        let mut all = self.all();
        let is_old = |upload: &Upload| match &upload.state {
            State::Idle { since, .. } => {
                now >= upload.until || now.saturating_duration_since(*since) >= KEPT
            }
            State::Busy(busy) if now >= upload.until => {
                busy.stop();
                false
            }
            State::Busy(_) => false,
        };
        let old = all.iter().filter(|(_, upload)| is_old(upload));
        let old: Vec<UploadId> = old.map(|(id, _)| *id).collect();
        for id in &old {
            all.remove(id);
        }
        old
    }

    /// The numbers of all.
    pub(super) fn numbers(&self) -> HashSet<Number> {
        self.all().keys().map(|id| id.0).collect()
    }
}

fn turn() -> (Turn, Busy) {
    let (stop, told) = async_channel::bounded(1);
    let (stopping, stopped) = async_channel::bounded(1);
    let turn = Turn {
        told,
        _stopping: stopping,
    };
    (turn, Busy { stop, stopped })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::blobs::Blobs;

    const ID: UploadId = UploadId([1; 16]);

    fn paused() -> Paused {
        let data = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(data.path()).unwrap();
        blobs.begin(&[1; 16]).unwrap().pause()
    }

    fn about() -> About {
        About {
            total: 10,
            metadata: None,
        }
    }

    #[test]
    fn one_writes_at_a_time_and_is_told_when_another_wants_to() {
        let uploads = Uploads::default();
        assert!(matches!(uploads.take(ID), Taken::Unknown));
        let first = uploads.begin(ID, about());
        let Taken::Busy(busy) = uploads.take(ID) else {
            panic!("somebody writes");
        };
        assert!(first.told.is_empty() && !busy.stopped.is_closed());
        busy.stop();
        busy.stop();
        assert!(!first.told.is_empty() && !busy.stopped.is_closed());
        uploads.pause(ID, paused());
        drop(first);
        assert!(busy.stopped.is_closed());
        let Taken::Yours(_turn, paused, about) = uploads.take(ID) else {
            panic!("nobody writes");
        };
        assert_eq!((paused.bytes(), about.total), (0, 10));
        assert!(matches!(uploads.take(ID), Taken::Busy(_)));
    }

    #[test]
    fn only_those_to_which_nobody_writes_grow_old() {
        let uploads = Uploads::default();
        let _turn = uploads.begin(ID, about());
        drop(uploads.begin(UploadId([2; 16]), about()));
        uploads.pause(UploadId([2; 16]), paused());
        let now = Instant::now();
        assert_eq!(uploads.take_old(now), []);
        assert_eq!(uploads.numbers().len(), 2);
        assert_eq!(uploads.take_old(now + KEPT * 2), [UploadId([2; 16])]);
        assert_eq!(uploads.numbers(), HashSet::from([[1; 16]]));
        uploads.end(ID);
        assert!(uploads.numbers().is_empty());
    }

    #[test]
    fn nobody_keeps_room_for_ever_by_a_byte_now_and_then() {
        let uploads = Uploads::default();
        let turn = uploads.begin(ID, about());
        let over = Instant::now() + longest(about().total);
        assert_eq!(uploads.take_old(over - Duration::from_secs(60)), []);
        assert!(turn.told.is_empty());
        assert_eq!(uploads.take_old(over), []);
        assert!(!turn.told.is_empty(), "who writes is stopped");
        uploads.pause(ID, paused());
        assert_eq!(uploads.take_old(over), [ID]);
        assert!(longest(100 << 30) > longest(100 << 20));
    }
}
