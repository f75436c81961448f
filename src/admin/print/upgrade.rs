//! What came of an upgrade, for people.

use crate::admin::field::{clean, number};
use serde_json::Value;

/// Who serves from now on, or could.
pub(super) fn upgraded(data: &Value) -> String {
    let (binary, version) = (clean(data, "binary"), clean(data, "version"));
    match data.get("upgraded").and_then(Value::as_bool) {
        Some(true) => {
            let pid = number(data, "pid");
            let left = match number(data, "over_tls") {
                0 => "Nobody was disconnected.".to_owned(),
                1 => "1 connection over TLS has to be made again.".to_owned(),
                many => format!("{many} connections over TLS have to be made again."),
            };
            format!("chat {version} serves now (pid {pid}, {binary}). {left}\n")
        }
        _ => {
            let left = match number(data, "over_tls") {
                0 => String::new(),
                many => format!(" Connections over TLS would have to be made again: {many}."),
            };
            format!("chat {version} ({binary}) can take over.{left}\n")
        }
    }
}
