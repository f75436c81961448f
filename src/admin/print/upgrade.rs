//! What came of an upgrade, for people.

use crate::admin::field::{clean, number};
use serde_json::Value;

/// Who serves from now on, or could.
pub(super) fn upgraded(data: &Value) -> String {
    let (binary, version) = (clean(data, "binary"), clean(data, "version"));
    match data.get("upgraded").and_then(Value::as_bool) {
        Some(true) => {
            let pid = number(data, "pid");
            format!("chat {version} serves now (pid {pid}, {binary}). Nobody was disconnected.\n")
        }
        _ => format!("chat {version} ({binary}) can take over.\n"),
    }
}
