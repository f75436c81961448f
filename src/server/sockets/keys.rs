//! The keys under which the kernel reports on connections and doors.

use crate::server::world::event::SessionId;

/// The key under which the kernel reports on a connection; keys of doors are smaller than any.
pub(in crate::server) fn key(id: SessionId) -> u64 {
    u64::from(id.generation) << 32 | u64::from(id.index)
}

/// Whose key it is; `Err` holds a door's number.
pub(in crate::server) fn from_key(key: u64) -> Result<SessionId, usize> {
    let [generation, index] =
        [key >> 32, key & u64::from(u32::MAX)].map(|half| u32::try_from(half).unwrap_or(u32::MAX));
    match generation {
        0 => Err(index as usize),
        generation => Ok(SessionId { index, generation }),
    }
}
