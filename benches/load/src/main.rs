//! Load for IRC servers: docs/performance.md of `chat` tells how it is used and what it has shown.

mod clock;
mod compare;
mod floor;
mod frames;
mod hist;
mod join;
mod net;
mod options;
mod probe;
mod process;
mod program;
mod register;
mod report;
mod run;
mod scenario;
mod socket;
mod tls;
mod wire;

use clap::Parser;
use options::{Cli, Verb};
use serde_json::Value;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match &cli.verb {
        Verb::Scenario(scenario) => Ok(tell(scenario.run(&cli.common))),
        Verb::Program(program) => Ok(tell(program.run())),
        Verb::Floor(floor) => floor.serve().map_err(|error| error.to_string()),
        Verb::Compare(compare) => compare.run(),
        Verb::Table(table) => table.print(),
    };
    match outcome {
        Ok(code) => code,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// Prints what a run has found; it succeeds if nothing was lost, refused or cut off.
fn tell(found: Value) -> ExitCode {
    println!("{found}");
    match found.get("ok") {
        Some(Value::Bool(true)) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
