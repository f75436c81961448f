//! What names users and rooms: a place and a generation, so that the id of somebody gone finds nobody.

use crate::server::world::slots::key;
use serde::{Deserialize, Serialize};

/// Names one user for as long as they are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UserId {
    pub index: u32,
    pub generation: u32,
}

key!(UserId);

/// Names one room for as long as it exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RoomId {
    pub index: u32,
    pub generation: u32,
}

key!(RoomId);
