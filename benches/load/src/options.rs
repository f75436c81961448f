//! The command line.

use crate::compare::Compare;
use crate::compare::table::Table;
use crate::floor::Floor;
use crate::program::Program;
use crate::scenario::Scenario;
use clap::{Args, Parser, Subcommand};
use std::net::Ipv4Addr;

#[derive(Debug, Parser)]
#[command(
    name = "load",
    version,
    about = "Load for IRC servers on loopback: one JSON object per run"
)]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub verb: Verb,
}

/// What all scenarios understand.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// Address of the server, on this machine
    #[arg(long, global = true, default_value = "127.0.0.1")]
    pub host: Ipv4Addr,
    /// Its port
    #[arg(long, global = true, default_value_t = 6667)]
    pub port: u16,
    /// Its process, of which processor time and memory are told
    #[arg(long, global = true)]
    pub pid: Option<u32>,
    /// Speak TLS; any certificate will do
    #[arg(long, global = true)]
    pub tls: bool,
    /// Speak WebSocket, as browsers do
    #[arg(long, global = true, conflicts_with = "tls")]
    pub websocket: bool,
    /// Send this as PASS
    #[arg(long, global = true)]
    pub pass: Option<String>,
    /// Ask for these capabilities, separated by commas
    #[arg(long, global = true)]
    pub cap: Option<String>,
    /// Bytes of each message, 32 to 400
    #[arg(long, global = true, default_value_t = 64)]
    pub payload: usize,
    /// Registrations, and joins, that are under way at a time while a scenario is prepared
    #[arg(long, global = true, default_value_t = 32)]
    pub ramp: usize,
    /// Milliseconds of silence after which all have joined
    #[arg(long, global = true, default_value_t = 300)]
    pub settle: u64,
    /// Give up what has not come when nothing at all came for so many seconds
    #[arg(long, global = true, default_value_t = 5)]
    pub stall: u64,
    /// End after so many seconds, finished or not
    #[arg(long, global = true, default_value_t = 120)]
    pub limit: u64,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    #[command(flatten)]
    Scenario(Scenario),
    /// How long a client takes from exec to its first byte, and how large its binary is
    Program(Program),
    /// Be the least possible server: what the system alone costs
    Floor(Floor),
    /// Start several servers, one after the other, and run a matrix of scenarios against each
    Compare(Compare),
    /// Print the table of a file that compare wrote
    Table(Table),
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_is_common_may_stand_behind_the_scenario() {
        let cli = Cli::parse_from(["load", "fanout", "-n", "7", "--port", "7000", "--tls"]);
        assert_eq!((cli.common.port, cli.common.tls), (7000, true));
    }
}
