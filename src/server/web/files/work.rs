//! What operators ask that reads or changes the disk; it is done on a thread of its own, which may wait.

use crate::admin::command::files::Files as Act;
use crate::admin::command::{Answer, Code};
use crate::server::web::files::Files;
use crate::server::web::files::keeper::{Collect, Imported, Verified};
use crate::store::blobs::pins::Removed;
use crate::store::blobs::tidy::Damage;
use serde_json::{Value, json};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Does it. It is called on a thread that may wait, also for answers of the server.
pub(in crate::server) type Work = Arc<dyn Fn(&Act) -> Answer + Send + Sync>;

/// Who works on these files.
pub(in crate::server) fn of(files: &Arc<Files>) -> Work {
    let files = Arc::clone(files);
    Arc::new(move |act| perform(&files, act))
}

fn perform(files: &Files, act: &Act) -> Answer {
    match act {
        Act::Gc { dry_run } => told(collect(files, *dry_run)),
        Act::Verify => told(files.verify().map(|verified| described(&verified))),
        Act::Import { dir } => match Path::new(dir) {
            dir if dir.is_absolute() => told(files.import(dir).map(|done| listed(&done))),
            _ => {
                let text = "the directory must be an absolute path: the server reads it";
                Answer::failed(Code::BadRequest, text, Vec::new())
            }
        },
        // The world knows these.
        Act::List { .. } | Act::Rm { .. } => Answer::ok(Value::Null),
    }
}

fn told(outcome: io::Result<Value>) -> Answer {
    outcome.map_or_else(
        |why| Answer::failed(Code::Failed, why.to_string(), Vec::new()),
        Answer::ok,
    )
}

fn collect(files: &Files, is_question: bool) -> io::Result<Value> {
    let how = match is_question {
        true => Collect::Count,
        false => Collect::Remove,
    };
    let Removed { files, bytes } = files.collect(how)?;
    Ok(json!({"removed": files, "bytes": bytes}))
}

fn described(verified: &Verified) -> Value {
    let damaged = verified.damaged.iter().map(|damage| match damage {
        Damage::Missing(digest) => json!({"sha256": digest.to_string(), "what": "missing"}),
        Damage::Changed(digest) => json!({"sha256": digest.to_string(), "what": "changed"}),
        Damage::Unreadable(digest, why) => {
            json!({"sha256": digest.to_string(), "what": "unreadable", "why": why})
        }
    });
    let damaged: Vec<Value> = damaged.collect();
    json!({"checked": verified.checked.files, "bytes": verified.checked.bytes, "damaged": damaged})
}

fn listed(imported: &Imported) -> Value {
    let done = imported.done.iter();
    let done: Vec<Value> = done
        .map(|(name, bytes)| json!({"name": name, "bytes": bytes}))
        .collect();
    let refused = imported.refused.iter();
    let refused: Vec<Value> = refused
        .map(|(name, why)| json!({"name": name, "why": why}))
        .collect();
    json!({"imported": done, "refused": refused})
}
