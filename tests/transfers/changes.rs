//! Waiting for what a server does on its disk: the kernel tells of every change.

use crate::http::House;
use crate::process::DEADLINE;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::OwnedFd;
use rustix::fs::inotify::{CreateFlags, WatchFlags, add_watch, init};
use std::time::Instant;

/// A look is taken after this long too: what is on no disk changes without a word.
const QUIET: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 100_000_000,
};
/// Where changes are told of, below the data directory.
const PLACES: [&str; 4] = ["", "files", "files/objects", "files/incoming"];

/// Waits until this holds; looks again whenever the server of `house` has changed something on its disk.
pub(crate) fn wait_for(told: &OwnedFd, what: &str, mut holds: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !holds() {
        assert!(begin.elapsed() < DEADLINE, "in vain: {what}");
        let mut wanted = [PollFd::new(told, PollFlags::IN)];
        if poll(&mut wanted, Some(&QUIET)).expect("it is open") > 0 {
            let _ = rustix::io::read(told, &mut [0; 4096]).expect("it is open");
        }
    }
}

impl House {
    /// Where the kernel tells of changes on the server's disk.
    pub(crate) fn changes(&self) -> OwnedFd {
        let told = init(CreateFlags::CLOEXEC).expect("it is given");
        let all = WatchFlags::CREATE | WatchFlags::DELETE | WatchFlags::MODIFY | WatchFlags::MOVE;
        for place in PLACES {
            // A server in a namespace of its own has its disk elsewhere: then the quiet has to do.
            let _ = add_watch(&told, self.home.path().join("data").join(place), all);
        }
        told
    }
}
