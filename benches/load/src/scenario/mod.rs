//! The scenarios, one per file; each runs against one server and fills in the figures of one run.

mod abuser;
mod acks;
mod churn;
mod connect;
mod direct;
mod exchange;
mod fanout;
mod growth;
mod halfload;
mod idle;
mod joinstorm;
mod offered;
mod questions;
mod reconnect;
mod rooms;
mod slow;
mod storm;

use crate::options::Common;
use crate::probe;
use crate::report::Figures;
use crate::run::Run;
use crate::socket;
use clap::Subcommand;
use serde_json::Value;

/// Descriptors that a run needs beside its connections.
const SPARE: u64 = 64;

#[derive(Debug, Subcommand)]
pub enum Scenario {
    /// Clients come, so many at a time, and stay
    Connect(connect::Connect),
    /// Clients come all at once
    Storm(storm::Storm),
    /// Some members of one room write to all, as fast as they are heard
    Fanout(fanout::Fanout),
    /// Pairs write to each other, as fast as they are heard
    Direct(direct::Direct),
    /// Many rooms, and so many messages a second whatever comes of it
    Rooms(rooms::Rooms),
    /// The same at half of what the server can do
    Halfload(halfload::Halfload),
    /// The same with and without one who writes as fast as a socket takes
    Abuser(abuser::Abuser),
    /// One room, with and without a member who never reads
    Slow(slow::Slow),
    /// Connect, join, say one thing, leave; so many at a time
    Churn(churn::Churn),
    /// Clients in rooms who do nothing
    Idle(idle::Idle),
    /// Clients join one room all at once
    Joinstorm(joinstorm::Joinstorm),
    /// NAMES, WHO and LIST where many are online
    Questions(questions::Questions),
    /// What a delivery and a member cost as a room, and the number of rooms, grows
    Growth(growth::Growth),
    /// Senders hear of their own messages: how many a second, and how soon
    Acks(acks::Acks),
    /// The server is ended and started again, and all come back at once
    Reconnect(reconnect::Reconnect),
}

impl Scenario {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Connect(_) => "connect",
            Self::Storm(_) => "storm",
            Self::Fanout(_) => "fanout",
            Self::Direct(_) => "direct",
            Self::Rooms(_) => "rooms",
            Self::Halfload(_) => "halfload",
            Self::Abuser(_) => "abuser",
            Self::Slow(_) => "slow",
            Self::Churn(_) => "churn",
            Self::Idle(_) => "idle",
            Self::Joinstorm(_) => "joinstorm",
            Self::Questions(_) => "questions",
            Self::Growth(_) => "growth",
            Self::Acks(_) => "acks",
            Self::Reconnect(_) => "reconnect",
        }
    }

    /// Connections at a time, and in all: ports of those that ended rest for a minute.
    fn connections(&self) -> (usize, usize) {
        match self {
            Self::Connect(connect) => same(connect.clients),
            Self::Storm(storm) => same(storm.clients),
            Self::Fanout(fanout) => same(fanout.clients),
            Self::Direct(direct) => same(direct.clients),
            Self::Rooms(rooms) => same(rooms.clients),
            Self::Halfload(halfload) => same(halfload.clients),
            Self::Abuser(abuser) => same(abuser.rooms.clients + 1),
            Self::Slow(slow) => same(slow.clients),
            Self::Churn(churn) => (churn.concurrent + churn.rooms, churn.sessions * 8),
            Self::Idle(idle) => same(idle.clients),
            Self::Joinstorm(storm) => same(storm.clients),
            Self::Questions(questions) => same(questions.clients + 1),
            Self::Growth(growth) => same(growth.connections()),
            Self::Acks(acks) => same(acks.senders),
            Self::Reconnect(reconnect) => (reconnect.clients, reconnect.clients * 4),
        }
    }

    fn act(&self, run: &mut Run) -> Result<(), String> {
        match self {
            Self::Connect(connect) => connect.act(run),
            Self::Storm(storm) => storm.act(run),
            Self::Fanout(fanout) => fanout.act(run),
            Self::Direct(direct) => direct.act(run),
            Self::Rooms(rooms) => rooms.act(run),
            Self::Halfload(halfload) => halfload.act(run),
            Self::Abuser(abuser) => abuser.act(run),
            Self::Slow(slow) => slow.act(run),
            Self::Churn(churn) => churn.act(run),
            Self::Idle(idle) => idle.act(run),
            Self::Joinstorm(storm) => storm.act(run),
            Self::Questions(questions) => questions.act(run),
            Self::Growth(growth) => growth.act(run),
            Self::Acks(acks) => acks.act(run),
            Self::Reconnect(reconnect) => reconnect.act(run),
        }
    }

    /// Runs it; "ok" says whether all went well, "error" what did not.
    pub fn run(&self, common: &Common) -> Value {
        let (result, mut figures) = self.attempt(common);
        figures.set("scenario", self.name());
        figures.set("ok", result.is_ok());
        if let Err(why) = result {
            figures.set("error", why);
        }
        Value::Object(figures.0)
    }

    fn attempt(&self, common: &Common) -> (Result<(), String>, Figures) {
        let (at_a_time, in_all) = self.connections();
        if let Err(why) = must_be_possible(common, at_a_time) {
            return (Err(why), Figures::default());
        }
        socket::wake_precisely();
        let mut run = match Run::new(common, in_all) {
            Ok(run) => run,
            Err(error) => return (Err(error.to_string()), Figures::default()),
        };
        let result = self.act(&mut run);
        run.net.reset_all();
        (result, run.figures)
    }
}

fn same(clients: usize) -> (usize, usize) {
    (clients, clients)
}

fn must_be_possible(common: &Common, connections: usize) -> Result<(), String> {
    let files = socket::raise_open_files();
    if !common.host.is_loopback() {
        return Err("only a server on this machine may be loaded".into());
    }
    if !(probe::LEAST..=probe::MOST).contains(&common.payload) {
        let (least, most) = (probe::LEAST, probe::MOST);
        return Err(format!("a payload has {least} to {most} bytes"));
    }
    if connections as u64 + SPARE > files {
        return Err(format!(
            "{connections} connections, but only {files} files may be open: ulimit -n"
        ));
    }
    match connections {
        0 | 1 => Err("at least two clients are needed".into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::{Cli, Verb};
    use clap::Parser;

    fn run(words: &[&str]) -> Value {
        let cli = Cli::parse_from([&["load"], words].concat());
        let Verb::Scenario(scenario) = cli.verb else {
            panic!("a scenario");
        };
        scenario.run(&cli.common)
    }

    #[test]
    fn other_machines_are_left_alone() {
        let told = run(&["connect", "--host", "192.0.2.1"]);
        assert_eq!(told["ok"], false);
        assert!(told["error"].as_str().unwrap().contains("this machine"));
    }

    #[test]
    fn what_cannot_be_is_refused_before_it_begins() {
        assert_eq!(run(&["connect", "--payload", "3"])["ok"], false);
        assert_eq!(run(&["connect", "-n", "1"])["ok"], false);
        let told = run(&["connect", "-n", "100000000"]);
        assert!(told["error"].as_str().unwrap().contains("ulimit"));
    }
}
