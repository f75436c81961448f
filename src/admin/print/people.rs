//! Who was disconnected, and who was told.

use crate::admin::command::people::Kick;
use crate::admin::field::{clean, number, word, words};
use crate::admin::figures::counted;
use crate::admin::print::WHO_IS;
use crate::proto::sanitise;
use serde_json::Value;

/// Who was disconnected, or put out of a room, and who was not there.
pub(super) fn kick(data: &Value, asked: &Kick) -> (String, String) {
    let gone: Vec<String> = items(data, "kicked").map(gone).collect();
    let missing: String = items(data, "missing").map(missing).collect();
    let hint = match (gone.len(), asked.room.is_none() && missing.is_empty()) {
        (1, true) => {
            let name = items(data, "kicked").next().map(|user| clean(user, "name"));
            let name = name.unwrap_or_default();
            format!("They may return; to prevent that: chat admin ban {name} -d 1h\n")
        }
        _ => String::new(),
    };
    (gone.concat(), missing + &hint)
}

fn gone(user: &Value) -> String {
    let name = clean(user, "name");
    match clean(user, "room").as_str() {
        "" => {
            let sessions = counted(number(user, "sessions"), "session");
            match clean(user, "address").as_str() {
                "" => format!("Disconnected {name} ({sessions}).\n"),
                address => format!("Disconnected {name} ({address}, {sessions}).\n"),
            }
        }
        room => format!("Put {name} out of {room}.\n"),
    }
}

fn missing(user: &Value) -> String {
    let closest = words(user, "hint").join(", ");
    let hint = match closest.is_empty() {
        true => format!(" {WHO_IS}"),
        false => format!(" Closest: {}", sanitise::text(&closest)),
    };
    match word(user, "why").as_str() {
        "" => format!("No user \"{}\" is connected.{hint}\n", clean(user, "name")),
        why => format!("{}.{hint}\n", sanitise::text(why)),
    }
}

/// How many were told, and who could not be.
pub(super) fn broadcast(data: &Value) -> (String, String) {
    let (sent, wanted) = (number(data, "recipients"), number(data, "wanted"));
    let users = counted(wanted, "connected user");
    let text = match wanted {
        0 => "Nobody is connected.\n".to_owned(),
        _ => format!("Sent to {sent} of {users}.\n"),
    };
    let failed = items(data, "failed").map(missing).collect();
    (text, failed)
}

fn items<'a>(data: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    let list = data.get(key).and_then(Value::as_array);
    list.into_iter().flatten()
}
