//! Several servers, each started afresh and pinned for each run, with the same scenarios, in rounds.

mod cases;
mod rows;
mod server;
pub mod table;

use cases::{CASES, Case};
use clap::Args;
use serde_json::{Value, json};
use server::{Kind, Started};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

#[derive(Args, Debug)]
pub struct Compare {
    /// The binary of chat
    #[arg(long)]
    chat: Option<PathBuf>,
    /// Which servers, one column each
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "floor,inspircd,ngircd,chat,chat-full"
    )]
    servers: Vec<Kind>,
    /// One more that runs already and is not started afresh: NAME=PORT,PID
    #[arg(long, value_parser = server::other)]
    other: Vec<server::Other>,
    /// Which cases; all if none is named
    #[arg(long, value_delimiter = ',')]
    cases: Vec<String>,
    /// How often everything is measured; the medians count
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// One JSON object for each run is appended here
    #[arg(long)]
    out: PathBuf,
    /// Processors of the server
    #[arg(long, default_value = "0")]
    server_cpus: String,
    /// Processors of this program
    #[arg(long, default_value = "1")]
    load_cpus: String,
}

/// One column: what is measured.
#[derive(Clone, Debug)]
enum Column {
    Ours(Kind),
    Other(server::Other),
}

impl Column {
    fn name(&self) -> &str {
        match self {
            Self::Ours(kind) => kind.name(),
            Self::Other(other) => &other.name,
        }
    }
}

impl Compare {
    pub fn run(&self) -> Result<ExitCode, String> {
        let cases = self.chosen()?;
        crate::socket::raise_open_files();
        let mut out = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.out)
            .map_err(|error| format!("{}: {error}", self.out.display()))?;
        let ours = self.servers.iter().map(|kind| Column::Ours(*kind));
        let columns: Vec<Column> = ours
            .chain(self.other.iter().cloned().map(Column::Other))
            .collect();
        for round in 0..self.rounds {
            for case in &cases {
                for column in columns.iter().filter(|column| case.suits(column)) {
                    self.one(case, column, round, &mut out)?;
                }
            }
        }
        table::print(&self.out)
    }

    fn chosen(&self) -> Result<Vec<&'static Case>, String> {
        let known = |name: &String| CASES.iter().find(|case| case.name == name);
        if self.cases.is_empty() {
            return Ok(CASES.iter().collect());
        }
        let found = self.cases.iter().map(|name| {
            known(name).ok_or_else(|| {
                let names: Vec<&str> = CASES.iter().map(|case| case.name).collect();
                format!("no case {name}; there are {}", names.join(", "))
            })
        });
        found.collect()
    }

    fn one(&self, case: &Case, column: &Column, round: u32, out: &mut File) -> Result<(), String> {
        let begun = Instant::now();
        let mut told = self
            .measured(case, column)
            .unwrap_or_else(|why| json!({"ok": false, "error": why}));
        if let Some(told) = told.as_object_mut() {
            told.insert("server".into(), json!(column.name()));
            told.insert("case".into(), json!(case.name));
            told.insert("round".into(), json!(round));
            told.insert("load_average".into(), json!(load_average()));
        }
        let took = begun.elapsed().as_secs_f64();
        let (server, name) = (column.name(), case.name);
        let outcome = told["error"].as_str().unwrap_or("ok");
        eprintln!("{round} {server:10} {name:16} {took:5.1} s  {outcome}");
        writeln!(out, "{told}").map_err(|error| format!("{}: {error}", self.out.display()))
    }

    fn measured(&self, case: &Case, column: &Column) -> Result<Value, String> {
        let kind = match column {
            Column::Other(other) => return self.load(case, 32, &other.options()),
            Column::Ours(kind) => *kind,
        };
        match case.needs {
            cases::Needs::Server => {
                let started = Started::new(kind, self.chat.as_deref(), &self.server_cpus)?;
                self.load(case, kind.ramp(), &started.options())
            }
            cases::Needs::Command => {
                let command = server::Prepared::new(kind, self.chat.as_deref(), &self.server_cpus)?;
                let start = format!("--start={}", command.words().join(" "));
                let options = [format!("--port={}", command.port), start];
                self.load(case, kind.ramp(), &options)
            }
            cases::Needs::Binary => {
                let binary = self.chat.as_deref().ok_or(server::NO_BINARY)?;
                self.load(case, 0, &[format!("--binary={}", binary.display())])
            }
        }
    }

    /// One scenario in a process of its own.
    fn load(&self, case: &Case, ramp: u32, options: &[String]) -> Result<Value, String> {
        let this = std::env::current_exe().map_err(|error| error.to_string())?;
        let output = Command::new("taskset")
            .args(["-c", &self.load_cpus])
            .arg(this)
            .args(case.words(ramp))
            .args(options)
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| format!("taskset: {error}"))?;
        serde_json::from_slice(&output.stdout)
            .map_err(|error| format!("no result, {}: {error}", output.status))
    }
}

fn load_average() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let first = text
        .split(' ')
        .next()
        .and_then(|number| number.parse().ok());
    first.unwrap_or(0.0)
}
