//! What happened and how long it took, for people.

use crate::admin::field::number;
use crate::admin::figures::{millis, size, up};
use crate::proto::sanitise;
use serde_json::Value;

/// What was asked for: one screen, or every number as Prometheus reads it.
pub(super) fn text(data: &Value) -> (String, String) {
    match data.get("prometheus").and_then(Value::as_str) {
        Some(page) => (page.lines().map(line).collect(), String::new()),
        None => stats(data),
    }
}

fn line(line: &str) -> String {
    format!("{}\n", sanitise::text(line))
}

/// One screen.
fn stats(data: &Value) -> (String, String) {
    let part = |key| data.get(key).unwrap_or(&Value::Null);
    let (messages, store, bytes) = (part("messages"), part("store"), part("bytes"));
    let since = match data.get("since_start").and_then(Value::as_bool) {
        Some(true) => "since the start",
        _ => "lately",
    };
    let rows = [
        ("Span", format!("{}, {since}", up(number(data, "span_s")))),
        ("Connections", connections(part("connections"))),
        (
            "Messages",
            format!(
                "{}   {}/s",
                number(messages, "received"),
                rate(messages, "per_s")
            ),
        ),
        ("Lines", counted_lines(part("lines"))),
        (
            "Bytes",
            format!(
                "{} in   {} out   {} wait for slow readers",
                size(number(bytes, "in")),
                size(number(bytes, "out")),
                size(number(bytes, "queued")),
            ),
        ),
        ("Acknowledged", latency(part("acknowledged"))),
        ("Committed", latency(part("committed"))),
        (
            "Stored",
            format!(
                "{} records   {} commits failed   {} wait",
                number(store, "records"),
                number(store, "failed"),
                size(number(store, "waiting")),
            ),
        ),
        ("Panics", number(data, "panics").to_string()),
        ("Refused", by_word(part("refused"))),
        ("Commands", by_word(part("commands"))),
    ];
    let shown = rows
        .iter()
        .map(|(name, value)| format!("{name:<13} {value}\n"));
    (shown.collect(), String::new())
}

fn connections(data: &Value) -> String {
    format!(
        "{} now   peak {}   accepted {}   refused {}   slow {}",
        number(data, "current"),
        number(data, "peak"),
        number(data, "accepted"),
        number(data, "refused"),
        number(data, "slow"),
    )
}

fn counted_lines(data: &Value) -> String {
    format!(
        "{} in ({}/s)   {} out ({}/s)   {} refused",
        number(data, "in"),
        rate(data, "in_per_s"),
        number(data, "out"),
        rate(data, "out_per_s"),
        number(data, "refused"),
    )
}

/// A rate, to one place.
pub(super) fn rate(object: &Value, key: &str) -> String {
    let rate = object.get(key).and_then(Value::as_f64).unwrap_or_default();
    format!("{rate:.1}")
}

/// Half and nearly all of them were that quick.
pub(super) fn latency(data: &Value) -> String {
    match number(data, "count") {
        0 => "none".to_owned(),
        count => format!(
            "{count}   p50 {}   p90 {}   p99 {}",
            millis(number(data, "p50_us")),
            millis(number(data, "p90_us")),
            millis(number(data, "p99_us")),
        ),
    }
}

/// Words with their numbers, the largest first; those without any left out.
pub(super) fn by_word(data: &Value) -> String {
    let counts = data.as_object().into_iter().flatten();
    let mut counts: Vec<(u64, &str)> = counts
        .filter_map(|(word, count)| Some((count.as_u64()?, word.as_str())))
        .filter(|(count, _)| *count > 0)
        .collect();
    counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let shown: Vec<String> = counts
        .into_iter()
        .map(|(count, word)| format!("{} {count}", sanitise::name(word)))
        .collect();
    match shown.is_empty() {
        true => "none".to_owned(),
        false => shown.join("  "),
    }
}
