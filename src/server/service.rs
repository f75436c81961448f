//! What operators ask of the process rather than of the world, looked up on the worker's thread.

pub(in crate::server) mod backup;
mod configuration;
mod doctor;

use crate::admin::command::service::Log;
use crate::admin::command::{Answer, Code};
use crate::config::Config;
use crate::config::choice::Choice;
use crate::config::log::Level;
use crate::proto::time;
use crate::server::log::line::Line;
use crate::server::log::past;
use crate::server::log::ring::{KEPT, Wanted};
use crate::server::metrics;
use crate::server::worker::Place;
use crate::server::world::task::Task;
use rustix::fs::statvfs;
use serde_json::{Value, json};
use std::fs::Metadata;
use std::path::Path;

/// Looks it up.
pub(super) fn perform(task: &Task, config: &Config, place: &Place) -> Answer {
    match task {
        Task::Log(log) => last_lines(log),
        Task::Config(act) => configuration::perform(act, config),
        Task::Plan => configuration::plan(config, &place.keyring),
        Task::Backup(asked) => backup::make(asked, config, &place.data),
        Task::Disk => Answer::ok(disk(&place.data)),
        Task::Check(file) => backup::check(file),
        Task::Files(act) => match &place.work {
            Some(work) => work(act),
            None => {
                let text = "no files are kept on the disk of this server";
                Answer::failed(Code::Failed, text, Vec::new())
            }
        },
        Task::Numbers => match metrics::text(&place.gauges) {
            Some(text) => Answer::ok(json!({ "prometheus": text })),
            None => Answer::failed(Code::Failed, "the numbers cannot be told", Vec::new()),
        },
        Task::Doctor(symptoms) => doctor::examine(symptoms, config, place),
    }
}

/// How many bytes what is kept takes, and how many are free beside it; null where that is not known.
fn disk(data: &Path) -> Value {
    let files = std::fs::read_dir(data).into_iter().flatten().flatten();
    let sizes = files.filter_map(|file| file.metadata().ok().filter(Metadata::is_file));
    let used: u64 = sizes.map(|about| about.len()).sum();
    let free = statvfs(data).map(|about| about.f_bavail.saturating_mul(about.f_frsize));
    json!({"bytes": used, "free_bytes": free.ok()})
}

fn last_lines(log: &Log) -> Answer {
    let wanted = match wanted(log) {
        Ok(wanted) => wanted,
        Err(why) => return Answer::failed(Code::BadRequest, why, Vec::new()),
    };
    let kept = past().lines();
    let last = wanted.last(&kept, log.lines.min(KEPT));
    Answer::ok(last.iter().map(|line| described(line)).collect())
}

/// Which lines are meant.
pub(super) fn wanted(log: &Log) -> Result<Wanted, String> {
    let level = match log.level.as_deref() {
        None => None,
        Some(word) => {
            let mut level = Level::Error;
            if !level.choose(word) {
                return Err(format!("a level is one of {}", level.words().join(", ")));
            }
            Some(level)
        }
    };
    Ok(Wanted {
        level,
        user: log.user.clone(),
        ip: log.ip.clone(),
    })
}

pub(super) fn described(line: &Line) -> Value {
    json!({
        "time": time::to_text(line.unix_ms),
        "level": line.level.word(),
        "text": line.text,
    })
}
