//! The binary: everything is in the library, `cmd` is where it begins.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(chat::cmd::run())
}
