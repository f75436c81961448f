//! The terminal client.

pub mod address;
pub mod ending;
pub mod item;
pub mod view;
pub mod wrap;
