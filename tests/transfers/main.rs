//! Files over real sockets and a real disk: the binary serves, raw HTTP asks.

mod bad;
mod changes;
mod disk;
mod ends;
mod http;
mod keeper;
mod large;
mod resume;
mod share;

#[path = "../binary/process.rs"]
#[allow(dead_code, reason = "each user needs some of it")]
mod process;
