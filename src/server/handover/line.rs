//! The line between two processes: words as JSON behind their length, descriptors in portions.

use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, ErrorKind, IoSlice, IoSliceMut, Read, Write};
use std::mem::MaybeUninit;
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// Descriptors in one portion; Linux takes 253.
const PORTION: usize = 128;
/// Longest that may be said at once.
const LONGEST: u64 = 8 << 30;

/// What the two tell each other.
#[derive(Debug, Serialize, Deserialize)]
pub enum Word {
    /// The new one can take over from one that speaks this version and has this store.
    Fit {
        handover: u32,
        version: String,
        store: String,
    },
    /// It tries first whether it can read what is kept, which may take long.
    Rehearsing,
    /// It cannot.
    Unfit { why: String },
    /// The old one only wanted to know.
    Enough,
    /// What is handed over comes next, behind so many descriptors.
    Estate { descriptors: usize },
    /// The new one could serve at once.
    Ready,
    /// The old one will do nothing any more.
    Go,
    /// The new one serves.
    Serving,
}

/// One end of the line.
#[derive(Debug)]
pub struct Line(UnixStream);

impl Line {
    /// The line over this socket; no word takes longer than `patience`.
    pub fn new(stream: UnixStream, patience: Option<Duration>) -> io::Result<Self> {
        stream.set_nonblocking(false)?;
        stream.set_read_timeout(patience)?;
        stream.set_write_timeout(patience)?;
        Ok(Self(stream))
    }

    /// Lets words take another time.
    pub fn wait_for(&self, patience: Duration) -> io::Result<()> {
        self.0.set_read_timeout(Some(patience))
    }

    /// Says something.
    pub fn say(&mut self, what: &impl Serialize) -> io::Result<()> {
        let bytes = serde_json::to_vec(what)?;
        let len = u64::try_from(bytes.len()).map_err(io::Error::other)?;
        self.0.write_all(&len.to_be_bytes())?;
        self.0.write_all(&bytes)
    }

    /// Waits for something to be said.
    pub fn hear<T: DeserializeOwned>(&mut self) -> io::Result<T> {
        let mut len = [0; 8];
        self.0.read_exact(&mut len)?;
        let len = u64::from_be_bytes(len);
        if len > LONGEST {
            return Err(ErrorKind::InvalidData.into());
        }
        let mut bytes = Vec::new();
        let read = (&mut self.0).take(len).read_to_end(&mut bytes)?;
        if u64::try_from(read).ok() != Some(len) {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        Ok(serde_json::from_slice(&bytes)?)
    }

    /// Gives descriptors: the other end has them too.
    pub fn give(&mut self, all: &[BorrowedFd<'_>]) -> io::Result<()> {
        for portion in all.chunks(PORTION) {
            let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(PORTION))];
            let mut words = SendAncillaryBuffer::new(&mut space);
            if !words.push(SendAncillaryMessage::ScmRights(portion)) {
                return Err(ErrorKind::OutOfMemory.into());
            }
            let byte = [IoSlice::new(b".")];
            sendmsg(self.0.as_fd(), &byte, &mut words, SendFlags::NOSIGNAL)?;
        }
        Ok(())
    }

    /// Takes so many descriptors.
    pub fn take(&mut self, count: usize) -> io::Result<Vec<OwnedFd>> {
        let mut all = Vec::with_capacity(count);
        while all.len() < count {
            let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(PORTION))];
            let mut words = RecvAncillaryBuffer::new(&mut space);
            let mut byte = [0];
            let mut bytes = [IoSliceMut::new(&mut byte)];
            let flags = RecvFlags::CMSG_CLOEXEC;
            let read = recvmsg(self.0.as_fd(), &mut bytes, &mut words, flags)?;
            let before = all.len();
            for word in words.drain() {
                if let RecvAncillaryMessage::ScmRights(descriptors) = word {
                    all.extend(descriptors);
                }
            }
            if read.bytes == 0 || all.len() == before {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(all)
    }
}
