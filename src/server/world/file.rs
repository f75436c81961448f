//! What the doors for files ask of the world, and what it answers. The bytes never come here.

use crate::server::world::event::Peer;
use crate::store::record::account::Secret;
use crate::store::record::file::{Digest, FileId, FileRow};

/// Names one upload from its beginning to its end; nobody can guess it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UploadId(pub [u8; 16]);

/// How whoever asks shows who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    None,
    /// What `FILE TOKEN` gave.
    Token(Box<str>),
    /// An account and its password.
    Basic {
        account: Box<str>,
        password: Secret,
    },
}

/// A question of a door for files.
#[derive(Debug)]
pub enum FileAsk {
    /// Whether these bytes may come; if so, room is kept for them.
    Begin {
        proof: Proof,
        peer: Peer,
        /// As somebody wrote it; it is made safe or refused here.
        name: String,
        bytes: u64,
        /// A room or a nick; `None`: unlisted.
        to: Option<String>,
    },
    /// All bytes of an upload are stored under this digest: it is listed and said in its room.
    /// `bytes` differ from those of the beginning if something was taken out of a picture.
    End {
        upload: UploadId,
        digest: Digest,
        bytes: u64,
    },
    /// An upload will not end: what was kept for it is free again.
    Abandon(UploadId),
    /// Whether an upload was begun by who has this proof, and how.
    Resume { upload: UploadId, proof: Proof },
    /// Whether the file may be read.
    Look { id: FileId, proof: Proof },
    /// The digests that files refer to, to find bytes that nobody needs.
    Digests,
    /// A file of the server's own, for all: bytes that somebody put into a folder of the operator's.
    Publish {
        name: String,
        bytes: u64,
        digest: Digest,
    },
    /// Such a file is not there any more.
    Withdraw { name: String },
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileAnswer {
    /// The bytes may come.
    Begun {
        upload: UploadId,
        name: Box<str>,
        bytes: u64,
    },
    /// It is listed.
    Listed(Box<FileRow>),
    /// It may be read.
    Found(Box<FileRow>),
    Digests(Vec<Digest>),
    Done,
    Refused(Refused),
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Proof is missing or wrong (401).
    WhoAreYou,
    /// They may not, and this is why (403).
    MayNot(Box<str>),
    /// There is no such file, room or person for them (404).
    NoSuch(Box<str>),
    /// It is longer than a file may be (413).
    TooLarge { most: u64 },
    /// There is no room for it: whose, and how much is free (507).
    NoSpace { whose: Quota, free: u64 },
    /// The name is none (400).
    BadName,
    /// Too much goes on, or the store does not work (503).
    Busy,
}

/// What bounds how much is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quota {
    /// Of one account, or of guests from one address.
    Own,
    /// Of the whole server.
    All,
    /// The number of files.
    Count,
}

/// A file that is gone, so that its bytes may go too if nothing else refers to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unneeded(pub Digest);
