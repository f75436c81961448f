//! Every verb of the tree, run on the real binary: its JSON is what `answers.json` says, field by field.
//!
//! There, a text names kinds (`text|null`, `time` for RFC 3339, `any`, `@shape`), a list holds the form of its items,
//! an object names each field; `*` stands for fields of any name, `...` takes in those of a shape. A field that is not
//! named is a failure, as a verb that is not run is.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests may panic"
)]

use crate::process::{Home, Ran};
use crate::schema::data;
use chat::admin::command::{Code, Command};
use chat::proto::time;
use clap::Subcommand;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

const ANSWERS: &str = include_str!("answers.json");

/// The verbs of the tree, with all their words.
fn verbs() -> BTreeSet<String> {
    fn walk(command: &clap::Command, words: &str, found: &mut BTreeSet<String>) {
        for below in command.get_subcommands() {
            let words = format!("{words} {}", below.get_name());
            match below.has_subcommands() {
                true => walk(below, &words, found),
                false => drop(found.insert(words.trim().to_owned())),
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&tree(), "", &mut found);
    assert!(found.len() > 40, "{found:?}");
    found
}

fn tree() -> clap::Command {
    Command::augment_subcommands(clap::Command::new("admin"))
}

struct Answers {
    shapes: Value,
    answers: Vec<Value>,
}

impl Answers {
    fn read() -> Self {
        let all: Value = serde_json::from_str(ANSWERS).expect("JSON");
        Self {
            shapes: all["shapes"].clone(),
            answers: all["answers"].as_array().expect("a list").clone(),
        }
    }

    /// What is wrong with a value, if anything.
    fn fault(&self, value: &Value, form: &Value) -> Option<String> {
        match (form, value) {
            (Value::String(kinds), _) => {
                let mut kinds = kinds.split('|');
                let fits = |kind: &str| match kind.strip_prefix('@') {
                    Some(shape) => self.fault(value, &self.shapes[shape]).is_none(),
                    None => is_of(value, kind),
                };
                let shape = form.as_str().and_then(|form| form.strip_prefix('@'));
                match shape.filter(|shape| self.shapes.get(shape).is_some()) {
                    Some(shape) => self.fault(value, &self.shapes[shape]),
                    None if kinds.any(fits) => None,
                    None => Some(format!("not {form}: {value}")),
                }
            }
            (Value::Array(forms), Value::Array(items)) => {
                items.iter().find_map(|item| self.fault(item, &forms[0]))
            }
            (Value::Object(form), Value::Object(fields)) => {
                self.fault_in(fields, &self.whole(form))
            }
            _ => Some(format!("not {form}: {value}")),
        }
    }

    fn fault_in(&self, fields: &Map<String, Value>, form: &Map<String, Value>) -> Option<String> {
        let any = form.get("*");
        let missing = form
            .keys()
            .find(|key| *key != "*" && !fields.contains_key(*key));
        if let Some(key) = missing {
            return Some(format!("{key} is missing"));
        }
        fields.iter().find_map(|(key, value)| {
            let Some(form) = form.get(key).or(any) else {
                return Some(format!("{key} is not described"));
            };
            self.fault(value, form).map(|why| format!("{key}: {why}"))
        })
    }

    /// A form with the fields of the shape that it takes in.
    fn whole(&self, form: &Map<String, Value>) -> Map<String, Value> {
        let mut form = form.clone();
        if let Some(shape) = form.remove("...") {
            let shape = self.shapes[shape.as_str().expect("a name")].as_object();
            form.extend(self.whole(shape.expect("a shape")));
        }
        form
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "any" => true,
        "null" => value.is_null(),
        "bool" => value.is_boolean(),
        "number" => value.is_u64(),
        "float" => value.is_number(),
        "text" => value.is_string(),
        "time" => value
            .as_str()
            .is_some_and(|text| time::from_text(text).is_some()),
        other => panic!("{other} is no kind"),
    }
}

/// The words of a line, as the shell would pass them.
fn words(say: &str) -> Vec<&str> {
    say.split(' ').collect()
}

/// The verb of a line.
fn verb_of(say: &str) -> String {
    let (mut at, mut verb) = (tree(), Vec::new());
    for word in words(say) {
        let Some(below) = at.find_subcommand(word).cloned() else {
            break;
        };
        verb.push(below.get_name().to_owned());
        at = below;
    }
    verb.join(" ")
}

fn json(home: &Home, say: &str, input: &str) -> Ran {
    home.run_with(&[&["admin", "--json"][..], &words(say)].concat(), input)
}

#[test]
fn the_json_of_each_verb_has_the_form_that_is_promised() {
    let answers = Answers::read();
    let home = Home::new();
    let directory = home.path().join("data");
    let server = home.serve(&["--data", directory.to_str().expect("UTF-8")]);
    let (mut ann, _bob) = (server.client("ann"), server.client("bob"));
    ann.send("JOIN #den\r\nPRIVMSG #den :hello\r\nMODE #den +b *!*@spam\r\nPING here");
    ann.until("here");
    let backup = home.path().join("backup").display().to_string();
    let folder = home.path().join("folder");
    std::fs::create_dir(&folder).expect("a directory");
    std::fs::write(folder.join("a.txt"), b"hello").expect("a file");
    let folder = folder.display().to_string();
    let (mut msgid, mut wrong) = (String::new(), Vec::new());
    let mut unused = verbs();
    for row in &answers.answers {
        let say = row["say"].as_str().expect("words");
        let input = row["input"].as_str().unwrap_or_default();
        let said = say.replace("<msgid>", &msgid).replace("<backup>", &backup);
        let said = said.replace("<folder>", &folder);
        let ran = json(&home, &said, input);
        let told = data(&ran);
        if ran.code != 0 && row["may_fail"] != true {
            wrong.push(format!("{say}: ended with {}: {}", ran.code, ran.out));
        } else if let Some(why) = answers.fault(&told, &row["data"]) {
            wrong.push(format!("{say}: {why}"));
        }
        if let Some(id) = told[0]["msgid"].as_str() {
            id.clone_into(&mut msgid);
        }
        unused.remove(&verb_of(say));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(unused.is_empty(), "answers.json has no row for {unused:?}");
}

#[test]
fn what_has_nothing_to_tell_is_an_empty_list_and_no_failure() {
    let home = Home::new();
    let _server = home.serve(&[]);
    for say in [
        "list",
        "rooms x*",
        "bans",
        "mutes",
        "filter list",
        "accounts list",
        "audit",
        "files list",
        "rooms",
        "log --user nobody",
    ] {
        let ran = json(&home, say, "");
        assert_eq!(ran.code, 0, "{say}: {ran:?}");
        assert_eq!(data(&ran), Value::Array(Vec::new()), "{say}");
        let text = home.run(&[&["admin"][..], &words(say)].concat());
        assert_eq!((text.code, text.out.as_str()), (0, ""), "{say}");
        assert_ne!(text.err, "", "{say}");
    }
}

/// The code, the text and the exit code of a failure hang together.
fn must_fail(ran: &Ran, say: &str) -> String {
    assert_ne!(ran.code, 0, "{say}: {ran:?}");
    data(ran);
    let error = &ran.json()["error"];
    let code: Code = serde_json::from_value(error["code"].clone()).expect("a known code");
    assert_eq!(ran.code, i32::from(code.exit().code()), "{say}: {ran:?}");
    assert_ne!(error["text"], "", "{say}");
    code.word()
}

#[test]
fn no_failure_ends_with_0_and_each_has_code_text_and_hint() {
    let home = Home::new();
    let _server = home.serve(&[]);
    for (say, expected) in [
        ("kick nobody", "no_such_user"),
        ("show user nobody", "no_such_user"),
        ("show room #nowhere", "no_such_room"),
        ("accounts show nobody", "no_such_account"),
        ("accounts enable nobody", "no_such_account"),
        ("inbox nobody", "no_such_account"),
        ("unban 192.0.2.1", "no_such_sanction"),
        ("unmute nobody", "no_such_sanction"),
        ("undo B99", "no_such_sanction"),
        ("files rm nothing", "no_such_file"),
        ("show file nothing", "no_such_file"),
        ("redact nothing", "no_such_message"),
        ("room topic #nowhere x", "no_such_room"),
        ("limits no.such.limit", "bad_request"),
        ("why nobody #lobby speak", "no_such_user"),
        ("dump client nobody", "no_such_user"),
    ] {
        let ran = json(&home, say, "");
        assert_eq!(must_fail(&ran, say), expected, "{say}: {ran:?}");
    }
}

#[test]
fn without_a_server_each_verb_says_so_and_ends_with_3() {
    let home = Home::new();
    for row in &Answers::read().answers {
        let say = row["say"].as_str().expect("words");
        let ran = json(&home, say, "");
        assert_eq!(must_fail(&ran, say), "no_server", "{say}");
        assert_eq!(ran.code, 3, "{say}");
    }
}

#[test]
fn each_verb_explains_itself_and_refuses_what_it_does_not_know() {
    let home = Home::new();
    for verb in verbs() {
        let ran = home.run(&[&["admin"][..], &words(&verb), &["--help"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{verb}");
        let usage = format!("Usage: chat admin {verb}");
        assert!(ran.out.contains(&usage), "{verb}: {}", ran.out);
        let ran = home.run(&[&["admin"][..], &words(&verb), &["--no-such-option"]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{verb}");
        assert!(ran.err.contains("--no-such-option"), "{verb}: {}", ran.err);
    }
}
