//! What operators did, as a table.

use crate::admin::field::{number, word};
use crate::admin::print::{Look, second};
use crate::admin::table::Table;
use serde_json::Value;

/// One line per deed.
pub(super) fn text(data: &Value, look: &Look) -> (String, String) {
    let deeds = data.as_array().map_or(&[][..], Vec::as_slice);
    if deeds.is_empty() {
        return (String::new(), "Nothing is recorded.\n".to_owned());
    }
    let names = [
        "ID",
        "TIME",
        "WHO",
        "FROM",
        "RESULT",
        "COMMAND",
        "ARGUMENTS",
    ];
    let mut table = Table::new(&names);
    for deed in deeds {
        let result = match word(deed, "result") {
            result if result.is_empty() => "unknown".to_owned(),
            result => result,
        };
        table.row([
            number(deed, "id").to_string(),
            second(&word(deed, "time")),
            who(deed),
            word(deed, "from"),
            result,
            word(deed, "command"),
            arguments(deed),
        ]);
    }
    (table.render(look), String::new())
}

fn who(deed: &Value) -> String {
    let name = word(deed, "user");
    match deed.get("uid").and_then(Value::as_u64) {
        Some(uid) if !name.starts_with("uid ") => format!("{name} ({uid})"),
        _ => name,
    }
}

/// What was asked for: what is empty, and what was not chosen, is left out.
fn arguments(deed: &Value) -> String {
    let fields = deed.get("arguments").and_then(Value::as_object);
    let shown = fields.into_iter().flatten().filter_map(|(key, value)| {
        let value = match value {
            Value::Null | Value::Bool(false) => return None,
            Value::String(text) => text.clone(),
            Value::Array(items) => {
                let words = items.iter().map(|item| match item.as_str() {
                    Some(text) => text.to_owned(),
                    None => item.to_string(),
                });
                words.collect::<Vec<_>>().join(" ")
            }
            other => other.to_string(),
        };
        (!value.is_empty()).then(|| format!("{key}={value}"))
    });
    shown.collect::<Vec<_>>().join(", ")
}
