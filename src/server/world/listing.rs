//! A long answer to an operator on its way: what it is about is settled at once, its rows are made in portions, so that
//! nobody waits for them.

use crate::server::world::id::UserId;
use crate::server::world::load::Loads;
use crate::store::record::file::FileId;
use serde_json::Value;

/// Rows that are made at once.
pub const PORTION: usize = 200;

/// The answer so far.
#[derive(Debug)]
pub struct Listing {
    pub about: About,
    /// Rows of the next portion begin here.
    pub next: usize,
    pub rows: Vec<Value>,
    /// There is more than was asked for.
    pub is_cut: bool,
}

/// What it is about, in order.
#[derive(Debug)]
pub enum About {
    Users {
        ids: Vec<UserId>,
        loads: Loads,
    },
    /// By their names: those that are registered may be empty.
    Rooms(Vec<Box<str>>),
    Files(Vec<FileId>),
}

impl Listing {
    /// A listing of which nothing is told yet.
    pub fn new(about: About, is_cut: bool) -> Self {
        Self {
            about,
            next: 0,
            rows: Vec::new(),
            is_cut,
        }
    }
}
