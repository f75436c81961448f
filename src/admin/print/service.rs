//! The log, the configuration and the health of the server, for people.

use crate::admin::command::service::ConfigAct;
use crate::admin::field::{clean, number, words};
use crate::admin::figures::{counted, size};
use crate::admin::print::Look;
use crate::admin::table::Table;
use crate::proto::sanitise;
use serde_json::Value;

fn rows<'a>(data: &'a Value, key: &str) -> &'a [Value] {
    let rows = data.get(key).and_then(Value::as_array);
    rows.map_or(&[], Vec::as_slice)
}

/// Lines of the log, as they stand in it.
pub(super) fn log(data: &Value) -> (String, String) {
    let lines = data.as_array().map_or(&[][..], Vec::as_slice);
    if lines.is_empty() {
        return (String::new(), "No lines match.\n".into());
    }
    let shown = lines.iter().map(line);
    (shown.collect(), String::new())
}

/// What was copied.
pub(super) fn backup(data: &Value) -> (String, String) {
    let (file, bytes) = (clean(data, "file"), number(data, "bytes"));
    let messages = counted(number(data, "messages"), "message");
    let files = counted(number(data, "files"), "other file");
    let shown = size(bytes);
    let out =
        format!("Copied to {file}: {shown}, with {messages} and {files}. It was read again.\n");
    let mut note =
        "Whoever has the file can read everything and pass for this server.\n".to_owned();
    let shared = number(data, "shared_files");
    if shared > 0 {
        note += &format!(
            "The bytes of {} are not in it: copy the directory files/ of the data directory too.\n",
            counted(shared, "shared file")
        );
    }
    (out, note)
}

/// One line of the log.
pub(super) fn line(line: &Value) -> String {
    let (time, level) = (clean(line, "time"), clean(line, "level"));
    format!("{time} {level:<5} {}\n", clean(line, "text"))
}

/// What came of a question about the configuration.
pub(super) fn config(act: &ConfigAct, data: &Value, look: &Look) -> (String, String) {
    if data.get("faults").is_some() {
        return checked(data);
    }
    match act {
        ConfigAct::Check { .. } => checked(data),
        ConfigAct::Show { .. } => match data.as_array().is_none_or(Vec::is_empty) {
            true => (String::new(), "Every key has its default.\n".into()),
            false => (values(data), String::new()),
        },
        ConfigAct::Diff => difference(data, look),
    }
}

/// What is wrong with a file; the lines of `chat serve --check`.
fn checked(data: &Value) -> (String, String) {
    let file = clean(data, "file");
    if file.is_empty() {
        let note = "No configuration file: the defaults are in force.\n";
        return (note.into(), String::new());
    }
    let mut out = faults(data);
    out.push_str(&format!(
        "{file}: {}, {}\n",
        counted(number(data, "errors"), "error"),
        counted(number(data, "warnings"), "warning")
    ));
    (out, String::new())
}

fn faults(data: &Value) -> String {
    let file = clean(data, "file");
    let faults = rows(data, "faults").iter().map(|fault| {
        let place = match number(fault, "line") {
            0 => file.clone(),
            line => format!("{file}:{line}:{}", number(fault, "column")),
        };
        let (weight, text) = (clean(fault, "weight"), clean(fault, "text"));
        format!("{place}  {weight:<7}  {text}\n")
    });
    faults.collect()
}

/// One line per key, as it could stand in a file.
fn values(data: &Value) -> String {
    let rows = data.as_array().map_or(&[][..], Vec::as_slice);
    let lines = rows.iter().map(|row| {
        let value = row.get("value").unwrap_or(&Value::Null);
        format!("{}: {}\n", clean(row, "key"), written(value))
    });
    lines.collect()
}

/// A value in one line.
fn written(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    sanitise::text(&text).into_owned()
}

fn difference(data: &Value, look: &Look) -> (String, String) {
    let rows = data.as_array().map_or(&[][..], Vec::as_slice);
    if rows.is_empty() {
        let note = "The file says what counts already.\n";
        return (String::new(), note.into());
    }
    let mut table = Table::new(&["KEY", "NOW", "FILE", "COUNTS"]);
    for row in rows {
        let of = |key| written(row.get(key).unwrap_or(&Value::Null));
        let is = |key| row.get(key).and_then(Value::as_bool) == Some(true);
        let counts = match (is("overridden"), is("restart")) {
            (true, _) => "when limits gives it back",
            (false, true) => "after a restart",
            (false, false) => "after reload",
        };
        table.row([clean(row, "key"), of("now"), of("file"), counts.into()]);
    }
    (table.render(look), String::new())
}

/// What reading the configuration again changed, or would.
pub(super) fn reload(data: &Value) -> (String, String) {
    let is_done = data.get("applied").and_then(Value::as_bool) == Some(true);
    let (changed, waiting) = (words(data, "changed"), words(data, "waiting"));
    let mut out = faults(data);
    if number(data, "errors") > 0 {
        out.push_str("Nothing was changed.\n");
        return (out, String::new());
    }
    let verb = if is_done {
        "has changed"
    } else {
        "would change"
    };
    for key in &changed {
        out.push_str(&format!("{} {verb}\n", sanitise::name(key)));
    }
    for key in &waiting {
        let key = sanitise::name(key);
        out.push_str(&format!(
            "{key} differs in the file and counts after a restart\n"
        ));
    }
    if changed.is_empty() && waiting.is_empty() {
        out.push_str("Nothing has changed in the configuration.\n");
    }
    (out, String::new())
}

/// What needs a hand, the worst first.
pub(super) fn doctor(data: &Value, look: &Look) -> (String, String) {
    let mut table = Table::new(&["", "ABOUT", "FOUND", "REMEDY"]);
    for verdict in ["error", "warning", "ok"] {
        let rows = rows(data, "findings").iter();
        for row in rows.filter(|row| clean(row, "verdict") == verdict) {
            let found = ["about", "text", "remedy"].map(|key| clean(row, key));
            let [about, text, remedy] = found;
            table.row([verdict.to_owned(), about, text, remedy]);
        }
    }
    let note = format!(
        "{}, {}\n",
        counted(number(data, "errors"), "error"),
        counted(number(data, "warnings"), "warning")
    );
    (table.render(look), note)
}

/// The server is being emptied.
pub(super) fn drain(data: &Value) -> String {
    let (count, within) = (number(data, "connections"), number(data, "within_s"));
    format!(
        "Nobody is let in any more; {} {} within {within} s. To let people in again: chat admin undrain\n",
        counted(count, "connection"),
        if count == 1 { "closes" } else { "close" },
    )
}

/// People are let in again.
pub(super) fn undrain(data: &Value) -> String {
    match data.get("was_draining").and_then(Value::as_bool) {
        Some(true) => "People are let in again.\n".into(),
        _ => "People were let in all the time.\n".into(),
    }
}
