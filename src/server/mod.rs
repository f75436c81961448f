//! The server: doors, shard, hub and world, wired together.

pub mod command;
pub mod hub;
pub mod world;
