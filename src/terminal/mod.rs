//! The terminal: a line being typed at the bottom, everything else printed above it.
//!
//! The client and the admin console share this room. [`editor::Editor`] reads lines on a thread of its
//! own, [`printer::Printer`] takes text from any thread and never blocks it. Where there is no terminal to
//! edit in (a pipe, `TERM=dumb`) both fall back to plain lines, so that callers need no second road.
//! What is printed must be sanitised already: this room writes bytes, it does not judge them.

mod beside;
pub mod editor;
mod helper;
pub mod jump;
pub mod keys;
pub mod mode;
mod plain;
pub mod printer;
pub mod queue;
mod resize;
pub mod secret;
