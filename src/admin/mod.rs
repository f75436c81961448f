//! The operator's side of the admin socket.

pub mod command;
