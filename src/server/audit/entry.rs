//! Lines of the audit file: one before a deed and one with its outcome, and the two as one answer.

use crate::proto::sanitise;
use crate::proto::time;
use crate::server::world::deed::{Deed, Deeds, Outcome, Wanted};
use serde_json::{Value, json};
use std::collections::VecDeque;

/// The line that is stored before the deed.
pub(super) fn begun(id: u64, unix_ms: u64, deed: &Deed) -> Value {
    json!({
        "id": id,
        "time": time::to_text(unix_ms),
        "user": deed.by,
        "uid": deed.uid,
        "pid": deed.pid,
        "from": deed.from,
        "command": deed.command,
        "arguments": deed.arguments,
    })
}

/// The line that is stored after it.
pub(super) fn ended(id: u64, unix_ms: u64, outcome: &Outcome) -> Value {
    json!({
        "id": id,
        "time": time::to_text(unix_ms),
        "result": outcome.result,
        "text": outcome.text,
    })
}

/// One deed as it is shown, from the lines about it.
pub(super) fn whole(mut begun: Value, ended: Option<&Value>) -> Value {
    let of = |key| ended.and_then(|ended| ended.get(key)).cloned();
    let (result, text) = (of("result"), of("text"));
    if let Some(fields) = begun.as_object_mut() {
        fields.insert("result".into(), result.unwrap_or_default());
        fields.insert("text".into(), text.unwrap_or_default());
    }
    begun
}

/// Finds deeds in lines that come in order.
#[derive(Debug)]
pub(super) struct Search {
    wanted: Wanted,
    found: VecDeque<Value>,
    is_cut: bool,
    /// The highest number that was seen.
    pub(super) last: u64,
}

impl Search {
    pub(super) fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            found: VecDeque::new(),
            is_cut: false,
            last: 0,
        }
    }

    /// Takes in a line; what a crash left of one is passed over.
    pub(super) fn line(&mut self, line: &[u8]) {
        let Ok(entry) = serde_json::from_slice::<Value>(line) else {
            return;
        };
        let Some(id) = entry.get("id").and_then(Value::as_u64) else {
            return;
        };
        self.last = self.last.max(id);
        if entry.get("result").is_none() {
            if is_wanted(&self.wanted, &entry) {
                self.found.push_back(whole(entry, None));
            }
            if self.found.len() > self.wanted.count {
                self.found.pop_front();
                self.is_cut = true;
            }
            return;
        }
        let mut newest = self.found.iter_mut().rev();
        if let Some(deed) = newest.find(|deed| deed.get("id") == entry.get("id")) {
            *deed = whole(deed.take(), Some(&entry));
        }
    }

    pub(super) fn done(self) -> Deeds {
        Deeds {
            found: self.found.into(),
            is_cut: self.is_cut,
        }
    }
}

/// Whether a deed is among those that are asked for.
pub(super) fn is_wanted(wanted: &Wanted, entry: &Value) -> bool {
    let text = |key| entry.get(key).and_then(Value::as_str).unwrap_or_default();
    let is_by = |user: &str| {
        let uid = entry.get("uid").and_then(Value::as_u64);
        text("user").eq_ignore_ascii_case(user) || uid.is_some_and(|uid| uid.to_string() == user)
    };
    let is_command = |words: &str| {
        let rest = text("command").strip_prefix(words);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    wanted.user.as_deref().is_none_or(is_by)
        && wanted.command.as_deref().is_none_or(is_command)
        && (wanted.since_ms == 0
            || time::from_text(text("time")).is_some_and(|at| at >= wanted.since_ms))
}

/// A line of the file: JSON in which nothing stands that a terminal would obey or hide.
pub(super) fn written(line: &Value) -> String {
    let json = line.to_string();
    let mut written = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        match sanitise::is_plain(c) {
            true => written.push(c),
            false => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    written.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    written.push('\n');
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deed(by: &str, command: &str) -> Deed {
        Deed {
            by: by.into(),
            uid: Some(1001),
            pid: Some(7),
            from: None,
            command: command.into(),
            arguments: json!({"names": ["bob"], "reason": "a\nb\u{1b}"}),
        }
    }

    fn search(wanted: Wanted) -> Search {
        let mut search = Search::new(wanted);
        let lines = [
            begun(1, 1000, &deed("ann", "kick")),
            begun(2, 2000, &deed("eve", "accounts create")),
            ended(1, 2500, &Outcome::done()),
            ended(2, 2600, &Outcome::failed("not_allowed", "no")),
            begun(3, 3000, &deed("ann", "stop")),
        ];
        for line in lines {
            let text = line.to_string();
            assert!(!text.contains(['\n', '\u{1b}']), "one line: {text}");
            search.line(text.as_bytes());
        }
        search.line(b"{\"id\":4,\"user\":\"to");
        search
    }

    fn all() -> Wanted {
        Wanted {
            count: 10,
            user: None,
            command: None,
            since_ms: 0,
        }
    }

    #[test]
    fn a_deed_and_its_outcome_are_one_answer() {
        let found = search(all());
        assert_eq!(found.last, 3);
        let found = found.done().found;
        let results: Vec<&Value> = found.iter().map(|deed| &deed["result"]).collect();
        assert_eq!(
            results,
            [&json!("done"), &json!("not_allowed"), &Value::Null]
        );
    }

    #[test]
    fn deeds_are_found_by_who_what_and_when() {
        let ids = |wanted| {
            let deeds = search(wanted).done();
            let ids: Vec<u64> = deeds
                .found
                .iter()
                .filter_map(|d| d["id"].as_u64())
                .collect();
            (ids, deeds.is_cut)
        };
        let by = |user: &str| Wanted {
            user: Some(user.into()),
            ..all()
        };
        assert_eq!(ids(by("Ann")).0, [1, 3]);
        assert_eq!(ids(by("1001")).0, [1, 2, 3]);
        let accounts = Wanted {
            command: Some("accounts".into()),
            ..all()
        };
        assert_eq!(ids(accounts).0, [2]);
        let late = Wanted {
            since_ms: 2000,
            ..all()
        };
        assert_eq!(ids(late).0, [2, 3]);
        let newest = Wanted { count: 2, ..all() };
        assert_eq!(ids(newest), (vec![2, 3], true));
    }
}
