//! What is recorded of a request: who asked for what, without secrets, and what came of it.

use crate::admin::command::govern::Govern;
use crate::admin::command::moderate::Moderate;
use crate::admin::command::{Answer, Code, Command};
use crate::proto::text::cut;
use crate::server::command::admin::right;
use crate::server::world::caller::Caller;
use crate::server::world::deed::{Deed, Outcome};
use serde_json::{Value, json};

/// Longest text of an argument that is recorded.
const LONGEST: usize = 2000;
/// Most that is recorded of one request: the record is bounded, and nobody pushes out of it what others did.
const MOST: usize = 8000;
/// What an item of a list costs beside its text.
const ITEM: usize = 8;
/// Arguments that nobody may read.
const SECRETS: &[&str] = &["password", "secret"];

/// Arguments that the log tells without their keys.
const BARE: &[&str] = &["name", "names", "target", "text", "account", "user"];

/// A request over the admin socket.
pub fn asked(command: &Command, by: &Caller) -> Deed {
    Deed {
        by: by.name.clone(),
        uid: Some(by.uid),
        pid: Some(by.pid),
        from: None,
        command: right::verb(command).into(),
        arguments: arguments(command),
    }
}

/// Somebody who was not let in.
pub fn connecting(name: &str, uid: u32, pid: i32) -> Deed {
    Deed {
        by: name.into(),
        uid: Some(uid),
        pid: Some(pid),
        from: None,
        command: "connect".into(),
        arguments: json!({}),
    }
}

/// What came of a request.
pub fn outcome(answer: &Answer) -> Outcome {
    match &answer.error {
        None => Outcome::done(),
        Some(failure) => Outcome::failed(&failure.code.word(), cut(&failure.text, LONGEST)),
    }
}

/// The answer where a deed cannot be recorded: it is not done.
pub fn unrecorded(why: &str) -> Answer {
    let text = format!("it cannot be recorded in the audit, so it was not done: {why}");
    Answer::failed(Code::Storage, text, Vec::new())
}

/// What was asked for, as it stood in the request, without the words of the verb.
pub fn arguments(command: &Command) -> Value {
    let mut value = serde_json::to_value(command).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        let words = ["command", "act"].into_iter().chain(last_word(command));
        words.for_each(|word| {
            fields.remove(word);
        });
    }
    let mut left = MOST;
    mask(&mut value, &mut left);
    value
}

/// The field that holds the second word of the verb, where that is not `act`.
fn last_word(command: &Command) -> Option<&'static str> {
    match command {
        Command::Moderate(Moderate::Filter(_)) => Some("do"),
        Command::Govern(Govern::Room(_)) => Some("deed"),
        Command::Govern(Govern::Dump(_)) => Some("of"),
        Command::Show(_) => Some("what"),
        _ => None,
    }
}

/// The arguments as the log tells them: names bare, everything else with its key; what is not set is left out.
pub fn words(arguments: &Value) -> String {
    let mut words = String::new();
    let Some(fields) = arguments.as_object() else {
        return words;
    };
    let is_bare = |key: &str| BARE.contains(&key);
    for (key, value) in fields.iter().filter(|(key, _)| is_bare(key)) {
        let told = told(value, is_bare(key));
        words.extend(told.iter().flat_map(|word| [" ", word]));
    }
    for (key, value) in fields.iter().filter(|(key, _)| !is_bare(key)) {
        if let Some(told) = told(value, false) {
            words.push_str(&format!(", {key} {told}"));
        }
    }
    words
}

/// A value that is set.
fn told(value: &Value, is_bare: bool) -> Option<String> {
    match value {
        Value::Null | Value::Bool(false) => None,
        Value::Array(list) if list.is_empty() => None,
        Value::Array(list) => {
            let list: Vec<String> = list.iter().filter_map(|one| told(one, true)).collect();
            Some(list.join(" "))
        }
        Value::String(text) if is_bare => Some(text.clone()),
        Value::String(text) => Some(format!("\"{text}\"")),
        other => Some(other.to_string()),
    }
}

/// Takes out secrets, and the end of what is very long; `left` is how much more may be recorded.
fn mask(value: &mut Value, left: &mut usize) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                match SECRETS.contains(&key.as_str()) && field.is_string() {
                    true => *field = Value::from("***"),
                    false => mask(field, left),
                }
            }
        }
        Value::Array(items) => {
            let mut kept = 0;
            while let (true, Some(item)) = (*left > 0, items.get_mut(kept)) {
                mask(item, left);
                *left = left.saturating_sub(ITEM);
                kept += 1;
            }
            if kept < items.len() {
                items.truncate(kept);
                items.push("…".into());
            }
        }
        Value::String(text) => {
            let most = LONGEST.min(*left);
            if text.len() > most {
                *text = format!("{}…", cut(text, most));
            }
            *left = left.saturating_sub(text.len());
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::command::accounts::{Accounts, Hidden};
    use crate::admin::command::govern::RoomAct;
    use crate::admin::command::look::Show;
    use crate::admin::command::moderate::{Why, Wish};
    use crate::admin::command::people::{Broadcast, Kick};

    #[test]
    fn passwords_are_not_recorded_and_long_texts_are_cut() {
        let create = Command::Accounts(Accounts::Create {
            name: "ann".into(),
            password: Hidden("horse".into()),
        });
        assert_eq!(
            arguments(&create),
            json!({"name": "ann", "password": "***"})
        );
        let text = vec!["x".repeat(10_000)];
        let said = arguments(&Command::Broadcast(Broadcast {
            text,
            ..Broadcast::default()
        }));
        assert!(said.to_string().len() < 2100);
    }

    #[test]
    fn a_request_of_a_mebibyte_does_not_fill_the_record() {
        for names in [vec!["bob".to_owned(); 100_000], vec!["x".repeat(4000); 200]] {
            let kick = Command::Kick(Kick {
                names,
                ..Kick::default()
            });
            let recorded = arguments(&kick).to_string();
            assert!(recorded.len() < 3 * MOST, "{}", recorded.len());
            assert!(recorded.contains("…"));
        }
    }

    #[test]
    fn the_words_of_the_verb_are_no_arguments() {
        let archive = Command::Govern(Govern::Room(RoomAct::Archive { room: "#x".into() }));
        assert_eq!(arguments(&archive), json!({"room": "#x"}));
        let why = Command::Moderate(Moderate::Why(Why {
            name: "ann".into(),
            room: "#x".into(),
            what: Wish::Speak,
        }));
        let asked = json!({"name": "ann", "room": "#x", "what": "speak"});
        assert_eq!(arguments(&why), asked);
        let show = Command::Show(Show::User { name: "ann".into() });
        assert_eq!(arguments(&show), json!({"name": "ann"}));
    }
}
