//! The table: medians of all rounds, what chat must reach and aims at, and what went wrong.

use crate::compare::rows::{Bound, ROWS, Row};
use clap::Args;
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Args, Debug)]
pub struct Table {
    /// The file
    file: PathBuf,
}

impl Table {
    pub fn print(&self) -> Result<ExitCode, String> {
        print(&self.file)
    }
}

/// Prints the table of a file; fails if a must was missed.
pub fn print(file: &Path) -> Result<ExitCode, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let runs: Vec<Value> = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .map_err(|error| format!("{}: {error}", file.display()))?;
    let drawn = draw(&runs);
    print!("{}", drawn.text);
    Ok(match drawn.missed {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

struct Drawn {
    text: String,
    /// Musts that do not hold.
    missed: usize,
}

fn draw(runs: &[Value]) -> Drawn {
    let servers = distinct(runs, "server");
    let mut text = format!("| | {} | must | aim |\n", servers.join(" | "));
    let columns = "---:|".repeat(servers.len() + 2);
    // Writing to a string does not fail.
    let _ = writeln!(text, "|---|{columns}");
    let mut missed = 0;
    for row in ROWS {
        let values: Vec<Option<f64>> = servers.iter().map(|s| value(runs, row, s)).collect();
        if values.iter().all(Option::is_none) {
            continue;
        }
        let cells: Vec<String> = servers
            .iter()
            .zip(&values)
            .map(|(server, value)| cell(row, server, *value))
            .collect();
        missed += cells.iter().filter(|cell| cell.ends_with(MISSED)).count();
        let (must, aim) = (row.must.text(), row.aim.text());
        let _ = writeln!(
            text,
            "| {} | {} | {must} | {aim} |",
            row.title,
            cells.join(" | ")
        );
    }
    let _ = writeln!(
        text,
        "\n{MISSED} misses a must, {SHORT} an aim. Musts missed: {missed}."
    );
    for run in runs.iter().filter(|run| run["ok"] != true) {
        let word = |key: &str| run[key].as_str().unwrap_or("?");
        let (server, case, why) = (word("server"), word("case"), word("error"));
        let _ = writeln!(text, "- {server}, {case}, round {}: {why}", run["round"]);
    }
    Drawn { text, missed }
}

const MISSED: &str = "✗";
const SHORT: &str = "○";

fn distinct<'r>(runs: &'r [Value], key: &str) -> Vec<&'r str> {
    let mut found = Vec::new();
    for name in runs.iter().filter_map(|run| run[key].as_str()) {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

fn value(runs: &[Value], row: &Row, server: &str) -> Option<f64> {
    let of_server = |run: &&Value| run["server"] == server;
    if row.case == "*" {
        let all = runs.iter().filter(of_server);
        let numbers: Vec<f64> = all.filter_map(|run| run[row.figure].as_f64()).collect();
        return (!numbers.is_empty()).then(|| numbers.iter().sum());
    }
    let of_case = runs
        .iter()
        .filter(of_server)
        .filter(|run| run["case"] == row.case);
    median(of_case.filter_map(|run| run[row.figure].as_f64()).collect())
        .map(|number| number * row.factor)
}

fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() % 2 {
        _ if numbers.is_empty() => None,
        0 => Some((numbers[middle - 1] + numbers[middle]) / 2.0),
        _ => Some(numbers[middle]),
    }
}

fn cell(row: &Row, server: &str, value: Option<f64>) -> String {
    let Some(value) = value else {
        return "–".into();
    };
    let is_bound = server == row.column && row.must != Bound::None;
    let mark = match (row.must.holds(value), row.aim.holds(value)) {
        (false, _) if is_bound => MISSED,
        (true, false) if is_bound => SHORT,
        _ => return shown(value),
    };
    format!("{} {mark}", shown(value))
}

/// Three digits that count.
fn shown(value: f64) -> String {
    match value.abs() {
        0.0 => "0".into(),
        v if v >= 100.0 => format!("{value:.0}"),
        v if v >= 10.0 => format!("{value:.1}"),
        v if v >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn run(server: &str, case: &str, figure: &str, value: f64) -> Value {
        json!({"server": server, "case": case, figure: value, "ok": true, "round": 0})
    }

    #[test]
    fn a_median_needs_numbers() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0]), Some(2.5));
    }

    #[test]
    fn a_missed_must_and_a_missed_aim_are_marked_for_chat_alone() {
        let of = |server, value| run(server, "fanout100", "cpu_us_per_delivery", value);
        let drawn = draw(&[of("chat", 0.5), of("inspircd", 0.6)]);
        assert!(drawn.text.contains("| 0.500 ✗ | 0.600 |"), "{}", drawn.text);
        assert_eq!(drawn.missed, 1);
        let drawn = draw(&[of("chat", 0.3)]);
        assert!(drawn.text.contains("| 0.300 ○ |") && drawn.missed == 0);
        assert!(draw(&[of("chat", 0.1)]).text.contains("| 0.100 |"));
    }

    #[test]
    fn what_was_lost_is_added_up_over_cases() {
        let runs = [
            run("chat", "fanout100", "lost", 0.0),
            run("chat", "rooms", "lost", 2.0),
        ];
        assert!(
            draw(&runs)
                .text
                .contains("| lost lines, all cases | 2.00 ✗ |")
        );
    }

    #[test]
    fn what_went_wrong_is_told() {
        let failed =
            json!({"server": "x", "case": "storm", "ok": false, "error": "why", "round": 1});
        assert!(draw(&[failed]).text.contains("- x, storm, round 1: why"));
    }
}
