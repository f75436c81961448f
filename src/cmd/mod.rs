//! The command line: one tree of verbs, from which help, man pages and completions come.

pub mod admin;
mod chapter;
mod completion;
pub mod connect;
pub mod docs;
pub mod manual;
pub mod serve;
pub mod signals;

use crate::exit;
use clap::{Parser, Subcommand};
use std::io::Write;

/// Talk with others in the terminal: a chat server, a client and an operator's console that speak IRC
#[derive(Debug, Parser)]
#[command(name = "chat", version, arg_required_else_help = true)]
#[command(after_help = format!("{EXAMPLE}\n\n{}", exit::help()))]
pub struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

/// What a newcomer types first.
const EXAMPLE: &str =
    "In three terminals:\n  chat serve 55555\n  chat connect 127.0.0.1 55555\n  chat admin list";

#[derive(Debug, Subcommand)]
enum Verb {
    /// Run a server
    #[command(after_help = exit::help(), after_long_help = format!("{}\n\n{}", serve::SIGNALS, exit::help()))]
    Serve(serve::Serve),
    /// Connect to a server and talk
    #[command(after_help = exit::help(), after_long_help = format!("{}\n\n{}", connect::manual(), exit::help()))]
    Connect(Box<connect::Connect>),
    /// Administer a server on this host; without a verb, a console
    #[command(after_help = exit::help(), after_long_help = format!("{}\n\n{}", admin::MANUAL, exit::help()))]
    Admin(admin::Admin),
    /// Write man pages and completions
    #[command(hide = true)]
    Docs(docs::Docs),
}

/// Reads the command line, does what it says, and returns the exit code.
pub fn run() -> u8 {
    match Cli::parse().verb {
        Verb::Serve(serve) => serve::run(serve).code(),
        Verb::Connect(connect) => connect::run(*connect),
        Verb::Admin(admin) => admin::run(admin).code(),
        Verb::Docs(docs) => docs::run(&docs).code(),
    }
}

/// Says something on standard error; a reader that went away is no failure.
fn say(text: &str) {
    let mut err = std::io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}

/// Says something on standard output; a reader that went away is no failure.
fn answer(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
