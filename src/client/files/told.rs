//! What a program is told of files (docs/json.md).

use crate::client::files::entry::{Entry, Shared};
use crate::client::files::transfer::{Stage, Transfer, Way};
use serde::Serialize;

/// A file that is on the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct File {
    /// The server's name for it.
    pub id: String,
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
    pub from: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// It was looked up, not shared just now.
    pub history: bool,
}

impl File {
    /// A file of a list.
    pub fn of(entry: &Entry) -> Self {
        Self {
            id: entry.id.clone(),
            name: entry.name.clone(),
            bytes: entry.bytes,
            sha256: entry.sha256.clone(),
            from: entry.by.clone(),
            room: entry.place.clone(),
            until: entry.until.map(|until| format!("{until:.3}")),
            history: true,
        }
    }

    /// A file that somebody just shared in this place.
    pub fn shared(shared: &Shared, from: &str, place: &str) -> Self {
        Self {
            id: shared.id.clone(),
            name: shared.name.clone(),
            bytes: shared.bytes,
            sha256: shared.sha256.clone(),
            from: from.to_owned(),
            room: Some(place.to_owned()),
            until: None,
            history: false,
        }
    }
}

/// How far a transfer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// As the program called what it asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub number: u32,
    pub way: &'static str,
    pub name: String,
    pub bytes: u64,
    pub total: u64,
    pub state: &'static str,
    /// Where it was put, once it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

impl Progress {
    /// How far `transfer` is.
    pub fn of(transfer: &Transfer, path: Option<String>) -> Self {
        Self {
            id: transfer.about.clone(),
            number: transfer.number,
            way: match transfer.way {
                Way::Up => "up",
                Way::Down => "down",
            },
            name: transfer.name.clone(),
            bytes: transfer.done,
            total: transfer.total,
            state: match &transfer.stage {
                Stage::Stopped => "stopped",
                stage => stage.word(),
            },
            path,
        }
    }
}
