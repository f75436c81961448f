//! What the doors for files ask of the world, and what it answers. The bytes never come here.

use crate::proto::sasl;
use crate::server::world::event::Peer;
use crate::server::world::lockout::Prefix;
use crate::server::world::login::Tried;
use crate::store::record::account::Secret;
use crate::store::record::file::{Digest, FileId, FileRow};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Names one upload from its beginning to its end; nobody can guess it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UploadId(pub [u8; 16]);

/// As in a link: 22 characters.
impl fmt::Display for UploadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&sasl::encode_url(&self.0))
    }
}

impl UploadId {
    /// Reads it as it stands in a link.
    pub fn parse(text: &str) -> Option<Self> {
        sasl::decode_url(text)?.try_into().ok().map(Self)
    }
}

/// How whoever asks shows who they are. What they show stands in no log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    None,
    /// What `FILE TOKEN` gave.
    Token(Secret),
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
    /// `bytes` are fewer than at the beginning if something was taken out of a picture.
    /// If it is refused, the upload is over and its bytes go, unless they are needed.
    End {
        upload: UploadId,
        digest: Digest,
        bytes: u64,
    },
    /// An upload will not end: what was kept for it is free again.
    Abandon(UploadId),
    /// Whether an upload was begun by who has this proof, and how.
    Resume {
        upload: UploadId,
        proof: Proof,
        peer: Peer,
    },
    /// Whether the file may be read.
    Look {
        id: FileId,
        proof: Proof,
        peer: Peer,
    },
    /// Whether any file refers to this digest: asked before its bytes are removed.
    IsNeeded(Digest),
    /// The digests that files refer to, to find bytes that nobody needs.
    Digests,
    /// The files of the operator's folder that everybody finds at the moment.
    Dropped,
    /// A file of the server's own, for all.
    Publish {
        name: String,
        bytes: u64,
        digest: Digest,
        origin: Origin,
    },
    /// A file is not in the operator's folder any more.
    Withdraw { name: String },
}

/// Where a file of the server's own comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It lies in the operator's folder, and is offered as long as it does. Another one of the name takes its place.
    Folder,
    /// An operator imported it.
    Import,
}

/// A question that waits for a password to be compared.
#[derive(Debug)]
pub struct Waiting {
    pub ask: FileAsk,
    pub tried: Tried,
    /// Where the password came from.
    pub from: Prefix,
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
    Dropped(Vec<FileRow>),
    /// Whether the bytes are needed.
    Needed(bool),
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unneeded(pub Digest);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_proof_is_told_to_a_log() {
        let token = Proof::Token(Secret("hush-token".into()));
        let password = Secret("hush-word".into());
        let account = "ann".into();
        let basic = Proof::Basic { account, password };
        for proof in [token, basic] {
            let told = format!("{proof:?}");
            assert!(!told.contains("hush"), "{told}");
        }
    }
}
