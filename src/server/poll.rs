//! A level-triggered epoll of our own, whose descriptor is awaited through async-io.
//!
//! async-io re-arms one descriptor per wake-up instead of one per socket; one call then tells all
//! that is ready (measured: a quarter of the system calls).

use async_io::Async;
use rustix::event::Timespec;
use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};
use rustix::fd::{AsFd, OwnedFd};
use rustix::io::Errno;
use std::io;
use std::mem::MaybeUninit;

/// Most sockets reported in one pass.
const AT_ONCE: usize = 256;

/// Room for what is ready.
pub(super) type Space = [MaybeUninit<Event>; AT_ONCE];

/// Room for one pass. It lives on the stack of the pass: the events hold a pointer in C's eyes, and
/// a task that held them while it waits could not move between threads.
pub(super) fn space() -> Space {
    [MaybeUninit::uninit(); AT_ONCE]
}

/// What the shard waits for.
#[derive(Debug)]
pub(super) struct Poll {
    epoll: Async<OwnedFd>,
}

impl Poll {
    /// Waits for nothing yet.
    pub(super) fn new() -> io::Result<Self> {
        let epoll = Async::new_nonblocking(epoll::create(CreateFlags::CLOEXEC)?)?;
        Ok(Self { epoll })
    }

    /// Begins to report on `source` under `key`.
    pub(super) fn add(&self, source: impl AsFd, key: u64, flags: EventFlags) -> Result<(), Errno> {
        epoll::add(self.epoll.get_ref(), source, EventData::new_u64(key), flags)
    }

    /// Changes what is reported.
    pub(super) fn change(
        &self,
        source: impl AsFd,
        key: u64,
        flags: EventFlags,
    ) -> Result<(), Errno> {
        epoll::modify(self.epoll.get_ref(), source, EventData::new_u64(key), flags)
    }

    /// Ends reporting on `source`.
    pub(super) fn remove(&self, source: impl AsFd) -> Result<(), Errno> {
        epoll::delete(self.epoll.get_ref(), source)
    }

    /// A second descriptor for the same thing: something to close when descriptors run out.
    pub(super) fn reserve(&self) -> Option<OwnedFd> {
        rustix::io::fcntl_dupfd_cloexec(self.epoll.get_ref(), 0).ok()
    }

    /// What is ready now, as far as `space` holds it; never blocks.
    pub(super) fn now<'s>(&self, space: &'s mut Space) -> Result<&'s [Event], Errno> {
        const NO_WAIT: Timespec = Timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        match epoll::wait(self.epoll.get_ref(), &mut space[..], Some(&NO_WAIT)) {
            Ok((ready, _)) => Ok(ready),
            Err(Errno::INTR) => Ok(&[]),
            Err(error) => Err(error),
        }
    }

    /// Waits until something is ready.
    pub(super) async fn readable(&self) -> io::Result<()> {
        self.epoll.readable().await
    }
}
