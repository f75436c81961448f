//! Answers about accounts, for people.

use crate::admin::command::accounts::Accounts;
use crate::admin::field::{clean, number, word, words};
use crate::admin::figures::{ago, counted};
use crate::admin::print::{Look, day};
use crate::admin::table::Table;
use crate::proto::sanitise;
use serde_json::Value;

/// Data, and what is said beside it.
pub(super) fn text(act: &Accounts, data: &Value, look: &Look) -> (String, String) {
    let done = |text: String| (text, String::new());
    match act {
        Accounts::List { .. } => list(data, look),
        Accounts::Show { .. } => done(show(data)),
        Accounts::Sessions { name } => sessions(data, name, look),
        Accounts::Create { .. } => done(format!("Created {}.\n", clean(data, "created"))),
        Accounts::Enable { .. } => done(enabled(data)),
        Accounts::Disable { .. } => done(disabled(data)),
        Accounts::Delete { .. } => done(deleted(data)),
        Accounts::Passwd { .. } => changed(data),
        Accounts::Unblock { .. } => done(unblocked(data)),
    }
}

fn list(data: &Value, look: &Look) -> (String, String) {
    let accounts = data.as_array().map_or(&[][..], Vec::as_slice);
    if accounts.is_empty() {
        return (String::new(), "No accounts.\n".to_owned());
    }
    let mut table = Table::new(&[
        "NAME", "SESSIONS", "UNREAD", "ROOMS", "CREATED", "BLOCKED", "DISABLED",
    ]);
    for account in accounts {
        let blocked = account.get("blocked_s").and_then(Value::as_u64);
        table.row([
            word(account, "name"),
            number(account, "sessions").to_string(),
            number(account, "unread").to_string(),
            number(account, "rooms").to_string(),
            day(&word(account, "created")),
            blocked.map(ago).unwrap_or_default(),
            word(account, "disabled"),
        ]);
    }
    let count = counted(accounts.len() as u64, "account");
    (table.render(look), format!("{count}\n"))
}

fn show(data: &Value) -> String {
    let or_none = |text: String| match text.is_empty() {
        true => "–".to_owned(),
        false => text,
    };
    let list = |key| or_none(sanitise::text(&words(data, key).join(" ")).into_owned());
    let truth = |key| data.get(key).and_then(Value::as_bool);
    let here = match truth("online") {
        Some(true) => format!("yes, {}", counted(number(data, "sessions"), "session")),
        _ => "no".to_owned(),
    };
    let messages = counted(number(data, "unread"), "message");
    let bytes = counted(number(data, "unread_bytes"), "byte");
    let mut rows = vec![
        ("Name", clean(data, "name")),
        ("Created", day(&clean(data, "created"))),
        ("E-mail", or_none(clean(data, "email"))),
        ("Here", here),
        ("Belongs to", list("belongs_to")),
        ("Founded", list("founded")),
        ("Unread", format!("{messages}, {bytes}")),
    ];
    if truth("has_password") == Some(false) {
        rows.push(("Password", "none: nobody can log in with one".to_owned()));
    }
    let disabled = clean(data, "disabled");
    if !disabled.is_empty() {
        rows.push(("Disabled", disabled));
    }
    let blocked = data.get("blocked").and_then(Value::as_array);
    for pause in blocked.into_iter().flatten() {
        let (from, left) = (clean(pause, "from"), ago(number(pause, "left_s")));
        let failures = counted(number(pause, "failures"), "failed login");
        let told = format!("from {from} for {left}, after {failures}");
        rows.push(("Blocked", told));
    }
    let line = |(name, value): (&str, String)| format!("{name:<11} {value}\n");
    rows.into_iter().map(line).collect()
}

fn sessions(data: &Value, name: &str, look: &Look) -> (String, String) {
    let sessions = data.as_array().map_or(&[][..], Vec::as_slice);
    if sessions.is_empty() {
        let shown = sanitise::name(name);
        return (String::new(), format!("No session of {shown}.\n"));
    }
    let mut table = Table::new(&["ID", "NAME", "ADDRESS", "IDLE", "ON"]);
    for session in sessions {
        table.row([
            word(session, "id"),
            word(session, "name"),
            word(session, "address"),
            ago(number(session, "idle_s")),
            ago(number(session, "connected_s")),
        ]);
    }
    (table.render(look), String::new())
}

fn enabled(data: &Value) -> String {
    let name = clean(data, "enabled");
    match clean(data, "was_disabled").as_str() {
        "" => format!("{name} was not disabled.\n"),
        reason => format!("Enabled {name}; it was disabled: {reason}\n"),
    }
}

fn disabled(data: &Value) -> String {
    let sessions = counted(number(data, "sessions"), "session");
    let (name, reason) = (clean(data, "disabled"), clean(data, "reason"));
    format!("Disabled {name} ({reason}); {sessions} ended.\n")
}

fn deleted(data: &Value) -> String {
    let sessions = counted(number(data, "sessions"), "session");
    let name = clean(data, "deleted");
    let rooms = sanitise::text(&words(data, "founded").join(" ")).into_owned();
    let founded = match rooms.is_empty() {
        true => String::new(),
        false => format!(" Without a founder now: {rooms}"),
    };
    format!("Deleted {name}; {sessions} logged out.{founded}\n")
}

fn changed(data: &Value) -> (String, String) {
    let name = clean(data, "changed");
    let hint = match number(data, "sessions") {
        0 => String::new(),
        count => {
            let sessions = counted(count, "session");
            format!("{sessions} logged in before; chat admin kick {name} ends them.\n")
        }
    };
    (format!("{name} has a new password.\n"), hint)
}

fn unblocked(data: &Value) -> String {
    let name = clean(data, "unblocked");
    match number(data, "networks") {
        0 => format!("Nothing was counted against {name}.\n"),
        count => {
            let networks = counted(count, "network");
            format!("Failed logins to {name} from {networks} are forgotten.\n")
        }
    }
}

/// How much waits for an account.
pub(super) fn inbox(data: &Value) -> String {
    let (name, count) = (clean(data, "account"), number(data, "messages"));
    if count == 0 {
        return format!("Nothing waits for {name}.\n");
    }
    let messages = counted(count, "unread message");
    let senders = counted(number(data, "senders"), "sender");
    format!(
        "{messages} (of {}) for {name} from {senders}, {} bytes (of {}), since {}\n",
        number(data, "most_messages"),
        number(data, "bytes"),
        number(data, "most_bytes"),
        day(&clean(data, "oldest")),
    )
}
