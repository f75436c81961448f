//! How the server is doing, for people, and whether what it keeps is as it was stored.

use crate::admin::field::{clean, number, words};
use crate::admin::figures::{ago, counted, millis, size, up};
use crate::admin::print::stats::{by_word, rate};
use crate::admin::print::{Look, day};
use crate::admin::table::Table;
use crate::proto::sanitise;
use serde_json::Value;

/// One screen about the server.
pub(super) fn status(data: &Value) -> String {
    let part = |key| data.get(key).unwrap_or(&Value::Null);
    let health = match clean(data, "health").as_str() {
        "ok" => "healthy".to_owned(),
        "read_only" => "READ-ONLY".to_owned(),
        other => other.to_owned(),
    };
    let mut out = format!(
        "chat {}  {}  pid {}  up {}  {health}\n",
        clean(data, "version"),
        clean(data, "name"),
        number(data, "pid"),
        up(number(data, "uptime_s"))
    );
    let messages = messages(part("messages"), part("acknowledged"));
    let unread = counted(number(data, "unread"), "message");
    let rooms = counted(number(data, "rooms"), "room");
    let doors = words(data, "addresses").join(", ");
    for (name, value) in [
        ("Connections", connections(part("connections"))),
        ("Users", format!("{} in {rooms}", number(data, "users"))),
        (
            "Accounts",
            format!("{}   {unread} unread", number(data, "accounts")),
        ),
        ("Messages", messages),
        ("Storage", storage(part("storage"))),
        ("Backup", backup(part("backup"))),
        ("TLS", tls(part("tls"))),
        ("Listening on", sanitise::text(&doors).into_owned()),
        ("Lets in", lets_in(number(data, "defcon"))),
        ("Warnings", warnings(data)),
    ] {
        out.push_str(&format!("{name:<13} {value}\n"));
    }
    out
}

/// Whether something is closed.
fn lets_in(level: u64) -> String {
    match level {
        1..5 => format!("not everybody: level {level}, see chat admin defcon"),
        _ => "everybody".to_owned(),
    }
}

/// Whole days that the certificate that ends first has left.
fn days(certificates: &Value) -> Option<u64> {
    let list = certificates.as_array()?;
    let left = list.iter().map(|it| number(it, "left_s")).min()?;
    Some(left / 86400)
}

/// Where something is not as it should be.
fn warnings(data: &Value) -> String {
    let open = match number(data, "in_clear_text") {
        0 => None,
        count => Some(format!(
            "{} in clear text from outside this machine",
            counted(count, "user")
        )),
    };
    let panics = match number(data, "panics") {
        0 => None,
        count => Some(format!("{}, see the log", counted(count, "panic"))),
    };
    let failed = match data.get("storage").map_or(0, |it| number(it, "failed")) {
        0 => None,
        count => Some(format!("{} failed", counted(count, "commit"))),
    };
    let ending = data.get("tls").and_then(days).filter(|days| *days < 14);
    let ending = ending.map(|_| "a certificate of the server ends soon".to_owned());
    let found: Vec<String> = [open, panics, failed, ending]
        .into_iter()
        .flatten()
        .collect();
    match found.is_empty() {
        true => "none".to_owned(),
        false => found.join("   "),
    }
}

/// Until when the certificates count: the one that ends first.
fn tls(certificates: &Value) -> String {
    let list = certificates.as_array().map_or(&[][..], Vec::as_slice);
    let first = list.iter().min_by_key(|it| number(it, "left_s"));
    let Some(first) = first else {
        return "off".to_owned();
    };
    let (day, left) = (day(&clean(first, "ends")), number(first, "left_s"));
    match left {
        0 => format!("THE CERTIFICATE ENDED {day}"),
        left => format!("valid to {day} ({})", counted(left / 86400, "day")),
    }
}

fn messages(messages: &Value, acknowledged: &Value) -> String {
    let total = number(messages, "received");
    let rate = rate(messages, "per_s");
    let waited = match number(acknowledged, "count") {
        0 => String::new(),
        _ => format!(
            "   ack p50 {}   p99 {}",
            millis(number(acknowledged, "p50_us")),
            millis(number(acknowledged, "p99_us")),
        ),
    };
    format!("{total} received   {rate}/s{waited}")
}

fn connections(connections: &Value) -> String {
    let limit = match connections.get("limit").and_then(Value::as_u64) {
        Some(limit) => format!(" / {limit}"),
        None => String::new(),
    };
    let refused = match number(connections, "refused") {
        0 => "0".to_owned(),
        count => {
            let reasons = connections.get("refused_by").unwrap_or(&Value::Null);
            format!("{count} ({})", by_word(reasons))
        }
    };
    format!(
        "{}{limit}   peak {}   accepted {}   refused {refused}",
        number(connections, "current"),
        number(connections, "peak"),
        number(connections, "accepted")
    )
}

/// When everything was copied.
fn backup(backup: &Value) -> String {
    match backup.get("age_s").and_then(Value::as_u64) {
        Some(age_s) => format!("{} ago", ago(age_s)),
        None => "never".to_owned(),
    }
}

/// Where messages are, and what a power cut costs.
fn storage(storage: &Value) -> String {
    let kind = clean(storage, "kind");
    let kept = match (kind.as_str(), clean(storage, "sync").as_str()) {
        ("memory", _) => "memory (nothing outlives the process)".to_owned(),
        (_, "normal") => format!("{kind}, sync normal (a power cut may lose the last 30 s)"),
        (_, "off") => format!("{kind}, sync off (a power cut may lose or damage everything)"),
        (_, sync) => {
            let window = number(storage, "window_ms");
            format!("{kind}, sync {sync}   commits gather for {window} ms")
        }
    };
    let bytes = |key| storage.get(key).and_then(Value::as_u64).map(size);
    let used = bytes("bytes").map_or_else(String::new, |used| format!("{used}   "));
    let free = bytes("free_bytes").map_or_else(String::new, |free| format!("   free {free}"));
    let kept = format!("{used}{kept}{free}");
    match clean(storage, "health").as_str() {
        "read_only" => format!("{kept}   NOTHING CAN BE STORED, see the log"),
        _ => kept,
    }
}

/// What is not as it was stored.
pub(super) fn verified(data: &Value, look: &Look) -> String {
    let damaged = data.get("damaged").and_then(Value::as_array);
    let damaged = damaged.map_or(&[][..], Vec::as_slice);
    if damaged.is_empty() {
        return match clean(data, "kind").as_str() {
            "memory" => "Nothing is stored: messages are kept in memory.\n".to_owned(),
            _ => "Everything is as it was stored.\n".to_owned(),
        };
    }
    let mut table = Table::new(&["TABLE", "ROW", "WHAT"]);
    for found in damaged {
        table.row(["table", "row", "what"].map(|key| clean(found, key)));
    }
    table.render(look)
}
