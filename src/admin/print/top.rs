//! Who says and hears most, for people: one line about the server, one for each user.

use crate::admin::command::top::Top;
use crate::admin::field::{clean, number, word};
use crate::admin::figures::{millis, size};
use crate::admin::print::Look;
use crate::admin::table::Table;
use serde_json::Value;

/// The columns.
pub(in crate::admin) const TITLES: [&str; 8] = [
    "NAME", "ADDRESS", "IN/s", "OUT/s", "QUEUE", "LAG", "ROOMS", "STATE",
];

pub(super) fn text(data: &Value, asked: &Top, look: &Look) -> (String, String) {
    let mut table = Table::new(&TITLES);
    for row in rows(data) {
        table.row(cells(row));
    }
    let note = match (rows(data).is_empty(), asked.pattern.is_some()) {
        (false, _) => String::new(),
        (true, true) => "Nobody matches.\n".to_owned(),
        (true, false) => "Nobody is here.\n".to_owned(),
    };
    let table = match rows(data).is_empty() {
        true => String::new(),
        false => table.render(look),
    };
    (format!("{}\n{table}", summary(data)), note)
}

/// The rows of an answer.
pub(in crate::admin) fn rows(data: &Value) -> &[Value] {
    let rows = data.get("rows").and_then(Value::as_array);
    rows.map(Vec::as_slice).unwrap_or_default()
}

/// How the server is doing, in one line.
pub(in crate::admin) fn summary(data: &Value) -> String {
    let time = clean(data, "ts");
    let time = time.get(11..19).unwrap_or_default();
    let slow = match number(data, "slow") {
        0 => String::new(),
        slow => format!(" ({slow} slow)"),
    };
    let mut parts = vec![
        format!("chat {}", clean(data, "version")),
        time.to_owned(),
        format!("{} conn{slow}", number(data, "connections")),
        format!(
            "{} lines/s in, {} out",
            rate(data, "in_per_s"),
            rate(data, "out_per_s")
        ),
    ];
    if let Some(percent) = data.get("cpu_percent").and_then(Value::as_f64) {
        parts.push(format!("cpu {percent:.0} %"));
    }
    if let Some(bytes) = data.get("rss_bytes").and_then(Value::as_u64) {
        parts.push(format!("rss {}", size(bytes)));
    }
    if let Some(us) = data.get("committed_p99_us").and_then(Value::as_u64) {
        parts.push(format!("commit p99 {}", millis(us)));
    }
    parts.join(" · ")
}

/// What is told of one user, in the order of [`TITLES`].
pub(in crate::admin) fn cells(row: &Value) -> [String; 8] {
    let lag = row.get("lag_ms").and_then(Value::as_u64);
    let lag = lag.map(|ms| format!("{}.{}s", ms / 1000, ms % 1000 / 100));
    [
        word(row, "name"),
        word(row, "address"),
        rate(row, "in_per_s"),
        rate(row, "out_per_s"),
        size(number(row, "queue")),
        lag.unwrap_or_default(),
        number(row, "rooms").to_string(),
        word(row, "state"),
    ]
}

/// So many in a second; a dash where nothing is known yet.
fn rate(object: &Value, key: &str) -> String {
    match object.get(key).and_then(Value::as_f64) {
        None => "–".to_owned(),
        Some(rate) if rate < 1000.0 => format!("{rate:.1}"),
        Some(rate) => format!("{rate:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::print::{Format, Header};
    use serde_json::json;

    #[test]
    fn a_server_is_one_line_and_each_user_another() {
        let data = json!({ "ts": "2026-11-20T08:52:10.000Z", "version": "1.0.0", "connections": 212, "slow": 3,
            "in_per_s": 148.0, "out_per_s": 4310.2, "cpu_percent": 21.4, "rss_bytes": 92274688, "committed_p99_us": 3900,
            "rows": [{ "name": "big\u{1b}bot", "address": "10.0.0.31", "in_per_s": 4.2, "out_per_s": null,
                "queue": 421_888, "lag_ms": 1900, "rooms": 12, "state": "slow" }] });
        let look = Look {
            format: Format::Text,
            header: Header::Plain,
            width: None,
        };
        let (out, note) = text(&data, &Top::default(), &look);
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(
            lines[0],
            "chat 1.0.0 · 08:52:10 · 212 conn (3 slow) · 148.0 lines/s in, 4310 out · cpu 21 % · rss 88M · commit p99 3.9 ms"
        );
        assert!(
            lines[2].starts_with("big") && !out.contains('\u{1b}'),
            "{out}"
        );
        assert!(
            lines[2].contains("4.2") && lines[2].contains("412K"),
            "{out}"
        );
        assert!(
            lines[2].contains("1.9s") && lines[2].ends_with("slow"),
            "{out}"
        );
        assert_eq!(note, "");
        let (out, note) = text(&json!({}), &Top::default(), &look);
        assert_eq!(
            (out.lines().count(), note.as_str()),
            (1, "Nobody is here.\n")
        );
    }
}
