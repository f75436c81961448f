//! Answers about files that people share, for people.

use crate::admin::command::files::Files;
use crate::admin::field::{clean, number, word};
use crate::admin::figures::counted;
use crate::admin::print::{Look, day, none};
use crate::admin::table::Table;
use crate::proto::file_name::size;
use serde_json::Value;

/// Data, and what is said beside it.
pub(super) fn text(act: &Files, data: &Value, look: &Look) -> (String, String) {
    let done = |text: String| (text, String::new());
    match act {
        Files::List { pattern, .. } => list(data, pattern.as_deref(), look),
        Files::Rm { .. } => done(removed(data)),
        Files::Gc { dry_run } => done(collected(data, *dry_run)),
        Files::Verify => done(verified(data, look)),
        Files::Import { .. } => imported(data),
    }
}

fn items<'a>(data: &'a Value, key: &str) -> &'a [Value] {
    let list = data.get(key).and_then(Value::as_array);
    list.map_or(&[][..], Vec::as_slice)
}

fn list(data: &Value, pattern: Option<&str>, look: &Look) -> (String, String) {
    let files = data.as_array().map_or(&[][..], Vec::as_slice);
    if files.is_empty() {
        return none("files", pattern);
    }
    let mut table = Table::new(&["NAME", "SIZE", "BY", "TO", "SHARED", "EXPIRES", "ID"]);
    for file in files {
        table.row([
            word(file, "name"),
            size(number(file, "bytes")),
            word(file, "by"),
            word(file, "to"),
            day(&word(file, "shared")),
            day(&word(file, "expires")),
            word(file, "id"),
        ]);
    }
    let bytes = files.iter().map(|file| number(file, "bytes")).sum();
    let note = format!("{}, {}\n", counted(files.len() as u64, "file"), size(bytes));
    (table.render(look), note)
}

/// Everything about one.
pub(super) fn show(data: &Value) -> String {
    let to = match clean(data, "place").as_str() {
        "room" | "person" => clean(data, "to"),
        "unlisted" => "nowhere: it is found by its link".to_owned(),
        "folder" => "everybody, as long as it is in files.drop_dir".to_owned(),
        _ => "everybody".to_owned(),
    };
    let rows = [
        ("Name", clean(data, "name")),
        ("Size", size(number(data, "bytes"))),
        ("Shared by", clean(data, "by")),
        ("Account", clean(data, "account")),
        ("Network", clean(data, "network")),
        ("With", to),
        ("Shared", day(&clean(data, "shared"))),
        ("Expires", day(&clean(data, "expires"))),
        ("Id", clean(data, "id")),
        ("SHA-256", clean(data, "sha256")),
        ("Link", clean(data, "link")),
    ];
    let rows = rows.iter().filter(|(_, value)| !value.is_empty());
    rows.map(|(name, value)| format!("{name:<11} {value}\n"))
        .collect()
}

fn removed(data: &Value) -> String {
    let lines = items(data, "deleted").iter().map(|file| {
        let (name, bytes) = (clean(file, "name"), size(number(file, "bytes")));
        format!("Deleted {name} ({bytes}).\n")
    });
    lines.collect()
}

fn collected(data: &Value, is_question: bool) -> String {
    let (count, bytes) = (number(data, "removed"), size(number(data, "bytes")));
    let done = match is_question {
        true => "Would be removed",
        false => "Removed",
    };
    match count {
        0 => "Nothing is on the disk that no file needs.\n".to_owned(),
        count => format!(
            "{done}: the bytes of {}, {bytes}.\n",
            counted(count, "file")
        ),
    }
}

fn verified(data: &Value, look: &Look) -> String {
    let mut table = Table::new(&["FILE", "FAULT", "ID", "SHA-256"]);
    for damage in items(data, "damaged") {
        for file in items(damage, "files") {
            table.row([
                word(file, "name"),
                word(damage, "what"),
                word(file, "id"),
                word(damage, "sha256"),
            ]);
        }
    }
    let (count, bytes) = (number(data, "checked"), size(number(data, "bytes")));
    let checked = format!("Checked the bytes of {}, {bytes}", counted(count, "file"));
    match items(data, "damaged").len() {
        0 => format!("{checked}: all as they were stored.\n"),
        damaged => format!("{}{checked}: {damaged} damaged.\n", table.render(look)),
    }
}

fn imported(data: &Value) -> (String, String) {
    let done = items(data, "imported").iter().map(|file| {
        let (name, bytes) = (clean(file, "name"), size(number(file, "bytes")));
        format!("Imported {name} ({bytes}).\n")
    });
    let refused = items(data, "refused").iter();
    let refused =
        refused.map(|file| format!("Not {}: {}\n", clean(file, "name"), clean(file, "why")));
    (done.collect(), refused.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::print::{Format, Header};
    use serde_json::json;

    const LOOK: Look = Look {
        format: Format::Text,
        header: Header::Plain,
        width: None,
    };

    #[test]
    fn files_are_listed_with_their_size_and_nothing_that_a_terminal_obeys() {
        let act = Files::List {
            pattern: None,
            limit: None,
        };
        let data = json!([{ "id": "abc", "name": "a\u{1b}[2Jb.png", "bytes": 1536, "by": "ann", "to": "#x",
            "shared": "2026-11-20T10:00:00.000Z", "expires": null }]);
        let (out, note) = text(&act, &data, &LOOK);
        assert!(
            out.contains("1.5 kB  ann  #x") && !out.contains('\u{1b}'),
            "{out}"
        );
        assert!(out.starts_with("NAME") && !out.contains("EXPIRES"), "{out}");
        assert_eq!(note, "1 file, 1.5 kB\n");
        let (out, note) = text(&act, &json!([]), &LOOK);
        assert_eq!((out.as_str(), note.as_str()), ("", "No files.\n"));
    }

    #[test]
    fn damage_names_every_file_that_has_those_bytes() {
        let data = json!({ "checked": 2, "bytes": 10, "damaged": [{ "sha256": "ff", "what": "missing",
            "files": [{ "id": "1", "name": "a" }, { "id": "2", "name": "b" }] }] });
        let (out, _) = text(&Files::Verify, &data, &LOOK);
        assert!(
            out.contains("a     missing  1   ff\nb     missing  2   ff\n"),
            "{out}"
        );
        assert!(
            out.ends_with("Checked the bytes of 2 files, 10 B: 1 damaged.\n"),
            "{out}"
        );
        let gc = Files::Gc { dry_run: true };
        let (out, _) = text(&gc, &json!({ "removed": 1, "bytes": 2048 }), &LOOK);
        assert_eq!(out, "Would be removed: the bytes of 1 file, 2.0 kB.\n");
    }
}
