//! The server: doors, shard, hub and world, wired together.

pub mod hub;
pub mod world;
