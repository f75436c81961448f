//! What goes between the state and those who carry the bytes: orders out, reports in.

use crate::client::secret::Secret;
use crate::exit::Exit;

/// Something to be carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// By which it is called in both directions.
    pub number: u32,
    pub job: Job,
}

/// What is carried where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {
    Upload(Upload),
    Post(Post),
    Download(Download),
}

/// A file for a server like ours, which says in the room that it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub content: Content,
    pub to: String,
}

/// What goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The file of this path, as it was typed.
    File(String),
    /// A text, under this name.
    Text { name: String, text: String },
}

/// A file for where another network wants it (FILEHOST).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    pub content: Content,
    pub url: String,
    /// The account and its password.
    pub account: Option<(String, Secret)>,
}

/// A file of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    pub id: String,
    /// As the server calls it.
    pub name: String,
    /// What is known of it before it comes.
    pub bytes: Option<u64>,
    pub sha256: Option<String>,
    /// Where it goes, as it was typed; else to its own name, here.
    pub to: Option<String>,
    pub by: By,
}

/// How the bytes come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Tcp,
    /// By QUIC, if that gets through.
    Udp,
}

/// Proof of who asks, and where files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub number: u32,
    pub token: Secret,
    /// A path on the server that is talked to, or a whole URL.
    pub base: String,
}

/// What becomes of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub number: u32,
    pub news: News,
}

/// One step of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// A proof is needed before it goes on.
    WantsProof,
    /// The bytes begin to move, from here on.
    Began {
        done: u64,
        total: u64,
    },
    /// So many are done.
    Moved(u64),
    /// It stopped, for this reason, and goes on in a moment.
    Stopped(String),
    /// Something to know.
    Note(String),
    Ended(Outcome),
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Sent {
        bytes: u64,
        /// Where it is, if somebody has to be told.
        link: Option<String>,
        check: Check,
    },
    Fetched {
        path: String,
        bytes: u64,
        check: Check,
    },
    Failed {
        exit: Exit,
        words: String,
    },
    Cancelled,
}

/// Whether both sides have the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    Agrees,
    /// The other side does not say.
    Unknown,
}
