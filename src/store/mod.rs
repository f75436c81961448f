//! The store stage: what the hub hands on passes through here, and leaves only when it is stored.

pub mod memory;
pub mod record;
