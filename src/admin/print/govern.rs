//! What was said, and what was changed of rooms and of the server's openness, for people.

use crate::admin::command::govern::{Govern, RoomAct};
use crate::admin::field::{clean, number, word};
use crate::admin::figures::counted;
use crate::admin::print::{Look, second};
use crate::admin::table::Table;
use serde_json::Value;

/// Data, and what is said beside it.
pub(super) fn text(act: &Govern, data: &Value, look: &Look) -> (String, String) {
    let done = |text: String| (text, String::new());
    match act {
        Govern::History(_) => history(data, look),
        Govern::Redact { .. } => done(format!(
            "Took back what {} said in {} at {}.\n",
            clean(data, "from"),
            clean(data, "target"),
            second(&clean(data, "time")),
        )),
        Govern::Room(act) => done(room(act, data)),
        Govern::Limits { .. } => done(limits(data, look)),
        Govern::Dump(_) => dump(data),
        Govern::Defcon { .. } => done(defcon(data)),
    }
}

fn history(data: &Value, look: &Look) -> (String, String) {
    let said = data.as_array().map_or(&[][..], Vec::as_slice);
    if said.is_empty() {
        return (String::new(), "Nothing was said.\n".to_owned());
    }
    let mut table = Table::new(&["TIME", "MSGID", "FROM", "ACCOUNT", "TEXT"]);
    for row in said {
        table.row([
            second(&word(row, "time")),
            word(row, "msgid"),
            word(row, "from"),
            word(row, "account"),
            word(row, "text").replace('\n', " ⏎ "),
        ]);
    }
    (
        table.render(look),
        format!("{}\n", counted(said.len() as u64, "message")),
    )
}

fn room(act: &RoomAct, data: &Value) -> String {
    let room = clean(data, "room");
    match act {
        RoomAct::Create { .. } => {
            format!(
                "{room} is registered; it is {}'s.\n",
                clean(data, "founder")
            )
        }
        RoomAct::Delete { .. } => {
            let members = counted(number(data, "members"), "member");
            format!("Deleted {}; {members} sent out.\n", clean(data, "deleted"))
        }
        RoomAct::Rename { .. } => format!("{} is {room} now.\n", clean(data, "before")),
        RoomAct::Topic { .. } => match clean(data, "topic").as_str() {
            "" => format!("{room} has no topic now.\n"),
            topic => format!("{room}: {topic}\n"),
        },
        RoomAct::Mode { .. } => format!("{room} has modes {}\n", clean(data, "modes")),
        RoomAct::Archive { .. } => format!(
            "{room} is an archive now (modes {}); chat admin room mode {room} -mst opens it.\n",
            clean(data, "modes")
        ),
    }
}

fn limits(data: &Value, look: &Look) -> String {
    let mut table = Table::new(&["KEY", "VALUE", "FILE"]);
    let shown = |limit: &Value, key| match limit.get(key).and_then(Value::as_u64) {
        Some(value) => value.to_string(),
        None => "none".to_owned(),
    };
    for limit in data.as_array().into_iter().flatten() {
        let is_set = limit.get("overridden").and_then(Value::as_bool) == Some(true);
        let file = match is_set {
            true => shown(limit, "file"),
            false => String::new(),
        };
        table.row([word(limit, "key"), shown(limit, "value"), file]);
    }
    table.render(look)
}

/// Lines as they came (<) and went (>).
fn dump(data: &Value) -> (String, String) {
    let client = clean(data, "client");
    if data.get("recording").and_then(Value::as_bool) == Some(false) {
        return (format!("{client} is recorded no more.\n"), String::new());
    }
    let lines = data.get("lines").and_then(Value::as_array);
    let shown = lines.into_iter().flatten().map(|line| {
        let way = match clean(line, "way").as_str() {
            "in" => '<',
            _ => '>',
        };
        let (time, text) = (clean(line, "time"), clean(line, "line"));
        format!("{} {way} {text}\n", time.get(11..23).unwrap_or(&time))
    });
    let note = match clean(data, "since").as_str() {
        "" => format!("Recording of {client} begins now; ask again to see its lines.\n"),
        since => format!("Recorded since {}.\n", second(since)),
    };
    (shown.collect(), note)
}

fn defcon(data: &Value) -> String {
    let level = number(data, "level");
    let meaning = clean(data, "meaning");
    match data.get("before").and_then(Value::as_u64) {
        Some(before) if before != level => {
            format!("Level {level} (before: {before}): {meaning}.\n")
        }
        _ => format!("Level {level}: {meaning}.\n"),
    }
}
