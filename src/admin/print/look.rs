//! Who is here and which rooms there are, for people, and everything about one.

use crate::admin::command::look::{Column, List, Rooms, Show};
use crate::admin::field::{clean, number, word, words};
use crate::admin::figures::{ago, counted, size};
use crate::admin::print::{Look, day, files, none};
use crate::admin::table::Table;
use crate::proto::sanitise;
use serde_json::Value;

pub(super) fn list(data: &Value, asked: &List, look: &Look) -> (String, String) {
    let users = items(data);
    if users.is_empty() {
        return none("users", asked.pattern.as_deref());
    }
    let columns: &[Column] = match asked.columns.as_slice() {
        [] => &Column::USUAL,
        chosen => chosen,
    };
    let titles: Vec<&str> = columns.iter().map(|column| column.title()).collect();
    let mut table = Table::new(&titles);
    for user in users {
        table.row(columns.iter().map(|column| cell(user, *column)));
    }
    let has = |user: &Value, key| !user.get(key).is_none_or(Value::is_null);
    let guests = users.iter().filter(|user| !has(user, "account")).count();
    let here = users.iter().filter(|user| has(user, "address"));
    let plain = here.filter(|user| !has(user, "tls")).count();
    let mut note = format!("{} connected", users.len());
    match guests {
        0 => {}
        guests => note.push_str(&format!(", {}", counted(guests as u64, "guest"))),
    }
    match plain {
        0 => {}
        plain => note.push_str(&format!(", {plain} without TLS")),
    }
    (table.render(look), format!("{note}\n"))
}

fn cell(user: &Value, column: Column) -> String {
    let field = column.field();
    match column {
        Column::Address => address(user),
        Column::Name | Column::Account | Column::Tls => word(user, field),
        Column::Away | Column::Id => word(user, field),
        Column::Rooms => words(user, field).join(" "),
        Column::Idle | Column::On => ago(number(user, field)),
        Column::Queue => size(number(user, field)),
        Column::Sent | Column::Recv => number(user, field).to_string(),
        Column::Lag => lag(user),
    }
}

/// Where somebody is, and whether with a browser.
fn address(user: &Value) -> String {
    let address = word(user, "address");
    match user.get("web") {
        Some(Value::Bool(true)) => format!("{address} (web)"),
        _ => address,
    }
}

/// For how long a client has taken nothing; empty if nothing waits for it.
fn lag(user: &Value) -> String {
    let ms = user.get("lag_ms").and_then(Value::as_u64);
    ms.map(|ms| format!("{}.{}s", ms / 1000, ms % 1000 / 100))
        .unwrap_or_default()
}

pub(super) fn rooms(data: &Value, asked: &Rooms, look: &Look) -> (String, String) {
    let rooms = items(data);
    if rooms.is_empty() {
        return none("rooms", asked.pattern.as_deref());
    }
    let mut table = Table::new(&["NAME", "MEMBERS", "MODES", "MESSAGES", "CREATED", "TOPIC"]);
    for room in rooms {
        table.row([
            word(room, "name"),
            number(room, "members").to_string(),
            word(room, "modes"),
            number(room, "messages").to_string(),
            day(&word(room, "created")),
            word(room, "topic"),
        ]);
    }
    (table.render(look), String::new())
}

/// Everything about one.
pub(super) fn show(data: &Value, what: &Show, look: &Look) -> (String, String) {
    match what {
        Show::User { .. } => (user(data, look), String::new()),
        Show::File { .. } => (files::show(data), String::new()),
        Show::Room { .. } => (room(data, look), String::new()),
    }
}

fn user(data: &Value, look: &Look) -> String {
    let ranked = |room: &Value| match clean(room, "ranks").as_str() {
        "" => clean(room, "name"),
        ranks => format!("{} ({ranks})", clean(room, "name")),
    };
    let rooms: Vec<String> = items(data.get("memberships").unwrap_or(&Value::Null))
        .iter()
        .map(ranked)
        .collect();
    let operator = data.get("operator").filter(|operator| !operator.is_null());
    let operator = operator.map(|operator| {
        let (name, role) = (clean(operator, "name"), clean(operator, "role"));
        format!("{name}, {role}")
    });
    let modes = clean(data, "modes");
    let modes = if modes == "+" { String::new() } else { modes };
    let mut out = lines(&[
        ("Name", clean(data, "name")),
        (
            "Shown as",
            format!("{}@{}", clean(data, "user"), clean(data, "host")),
        ),
        ("Real name", clean(data, "realname")),
        ("Account", clean(data, "account")),
        ("Operator", operator.unwrap_or_default()),
        ("Modes", modes),
        ("Rooms", rooms.join(" ")),
        ("Away", clean(data, "away")),
        ("Here since", day(&clean(data, "since"))),
        ("Idle", ago(number(data, "idle_s"))),
        ("Silences", number(data, "silenced").to_string()),
        ("Metadata", pairs(data)),
    ]);
    let sessions = items(data.get("devices").unwrap_or(&Value::Null));
    let mut table = Table::new(&[
        "SESSION", "ADDRESS", "TLS", "ON", "HEARD", "SENT", "RECV", "QUEUE", "LAG",
    ]);
    for session in sessions {
        table.row([
            word(session, "id"),
            address(session),
            word(session, "tls"),
            ago(number(session, "connected_s")),
            ago(number(session, "heard_s")),
            number(session, "sent").to_string(),
            number(session, "received").to_string(),
            size(number(session, "queue")),
            lag(session),
        ]);
    }
    out.push_str(&table.render(look));
    out
}

fn room(data: &Value, look: &Look) -> String {
    let topic = match clean(data, "topic").as_str() {
        "" => String::new(),
        text => format!(
            "{text} (by {}, {})",
            clean(data, "topic_by"),
            day(&clean(data, "topic_at"))
        ),
    };
    let registered = match clean(data, "registered").as_str() {
        "" => String::new(),
        since => format!("{}, founder {}", day(since), clean(data, "founder")),
    };
    let masks = |key| {
        let list = items(data.get(key).unwrap_or(&Value::Null));
        let masks: Vec<String> = list.iter().map(|entry| clean(entry, "mask")).collect();
        masks.join(" ")
    };
    let mut out = lines(&[
        ("Name", clean(data, "name")),
        ("Topic", topic),
        ("Modes", clean(data, "modes")),
        ("Created", day(&clean(data, "created"))),
        ("Registered", registered),
        ("Forwards to", clean(data, "forward")),
        ("Messages", number(data, "messages").to_string()),
        ("Bans", masks("bans")),
        ("Exceptions", masks("exceptions")),
        ("Invited", masks("invitations")),
        ("Metadata", pairs(data)),
        ("Members", number(data, "members").to_string()),
    ]);
    let mut table = Table::new(&["MEMBER", "RANKS"]);
    for member in items(data.get("who").unwrap_or(&Value::Null)) {
        table.row([word(member, "name"), word(member, "ranks")]);
    }
    out.push_str(&table.render(look));
    out
}

/// What is told of somebody, as `key=value`.
fn pairs(data: &Value) -> String {
    let told = data.get("metadata").and_then(Value::as_object);
    let told = told.into_iter().flatten();
    let pairs = told.map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()));
    sanitise::text(&pairs.collect::<Vec<_>>().join(" ")).into_owned()
}

/// One line for each that has a value.
fn lines(rows: &[(&str, String)]) -> String {
    let rows = rows.iter().filter(|(_, value)| !value.is_empty());
    rows.map(|(name, value)| format!("{name:<11} {value}\n"))
        .collect()
}

fn items(data: &Value) -> &[Value] {
    data.as_array().map_or(&[][..], Vec::as_slice)
}
