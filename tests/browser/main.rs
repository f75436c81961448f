//! The page in a real browser: what people see and do, with the real binary behind it.

#![expect(
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod access;
mod driver;
mod files;
mod hostile;
mod modules;
mod officer;
mod offline;
mod past;
mod person;
mod site;
mod talk;
mod trial;
mod window;

#[path = "../binary/process.rs"]
#[allow(dead_code, reason = "each user of it needs some of it")]
mod process;
#[path = "../binary/terminal.rs"]
#[allow(dead_code, reason = "each user of it needs some of it")]
mod terminal;
