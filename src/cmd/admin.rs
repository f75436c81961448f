//! `chat admin`: ask a running server.

use crate::admin;
use crate::admin::command::Command;
use crate::exit::Exit;

/// Which server, how to print, and what to ask.
#[derive(Debug, clap::Args)]
pub struct Admin {
    #[command(flatten)]
    which: admin::Which,
    #[command(flatten)]
    options: admin::Options,
    #[command(subcommand)]
    verb: Option<Command>,
}

/// Asks once, or opens the console.
pub fn run(args: Admin) -> Exit {
    admin::run(&args.which, &args.options, args.verb)
}
