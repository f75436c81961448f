//! Any answer's data as lines of values parted by tabs: one line per item of a list, one per field of an object.

use crate::admin::print::Header;
use crate::proto::sanitise;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The data of an answer; of the items of a list these fields, if any are chosen.
pub(super) fn text(data: &Value, header: Header, chosen: &[&str]) -> String {
    match data {
        Value::Array(items) => list(items, header, chosen),
        Value::Object(fields) => {
            let mut out = String::new();
            object("", fields, &mut out);
            out
        }
        other => format!("{}\n", cell(other)),
    }
}

/// A line per item: the chosen fields; without any the name of what it is about, then the others by the alphabet.
fn list(items: &[Value], header: Header, chosen: &[&str]) -> String {
    let objects = items.iter().filter_map(Value::as_object);
    let mut keys: BTreeSet<&str> = objects.flat_map(Map::keys).map(String::as_str).collect();
    let first = ["name", "id"].into_iter().find(|key| keys.remove(key));
    let columns: Vec<&str> = match chosen {
        [] => first.into_iter().chain(keys).collect(),
        chosen => chosen.to_vec(),
    };
    let mut out = String::new();
    if header != Header::Hidden && !columns.is_empty() {
        out.push_str(&format!("{}\n", columns.join("\t")));
    }
    for item in items {
        let cells: Vec<String> = match item {
            Value::Object(fields) => columns
                .iter()
                .map(|column| fields.get(*column).map(cell).unwrap_or_default())
                .collect(),
            other => vec![cell(other)],
        };
        out.push_str(&format!("{}\n", cells.join("\t")));
    }
    out
}

/// A line per field, those of objects within named with dots.
fn object(above: &str, fields: &Map<String, Value>, out: &mut String) {
    for (key, value) in fields {
        let name = format!("{above}{key}");
        match value {
            Value::Object(within) => object(&format!("{name}."), within, out),
            other => out.push_str(&format!("{name}\t{}\n", cell(other))),
        }
    }
}

/// One value: no tab, end of line or control character leaves it as it is.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => escaped(text),
        Value::Array(items) if items.iter().all(is_plain) => {
            let cells: Vec<String> = items.iter().map(cell).collect();
            cells.join(",")
        }
        other => escaped(&other.to_string()),
    }
}

fn is_plain(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\t', "\\t");
    let text = text.replace('\r', "\\r").replace('\n', "\\n");
    sanitise::text(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_list_is_a_line_of_names_and_a_line_per_item() {
        let data = json!([
            { "name": "ann", "rooms": ["#a", "#b"], "idle_s": 12, "account": null },
            { "name": "a\tb\r\nc\u{1b}", "rooms": [], "idle_s": 0 },
        ]);
        let shown = text(&data, Header::Plain, &[]);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0], "name\taccount\tidle_s\trooms");
        assert_eq!(lines[1], "ann\t\t12\t#a,#b");
        assert_eq!(lines[2], "a\\tb\\r\\nc␛\t\t0\t");
        assert_eq!(lines.len(), 3);
        assert_eq!(text(&data, Header::Hidden, &[]).lines().count(), 2);
        assert_eq!(text(&json!([]), Header::Plain, &[]), "");
    }

    #[test]
    fn an_object_is_a_line_per_field() {
        let data = json!({ "a": { "b": 1, "c": [{ "d": 2 }] }, "e": true });
        assert_eq!(
            text(&data, Header::Plain, &[]),
            "a.b\t1\na.c\t[{\"d\":2}]\ne\ttrue\n"
        );
    }

    #[test]
    fn chosen_fields_stand_in_the_order_of_their_choice() {
        let data = json!([{ "name": "ann", "idle_s": 12, "queue": 0 }]);
        let shown = text(&data, Header::Plain, &["queue", "name"]);
        assert_eq!(shown, "queue\tname\n0\tann\n");
    }
}
