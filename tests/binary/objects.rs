//! Every kind of object that docs/json.md names comes out of the real program, with the fields that stand there.

use crate::process::{Client, Home};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// What the page says of a kind: its fields, and those that may be absent.
#[derive(Debug, Default)]
struct Form {
    fields: BTreeSet<String>,
    may_lack: BTreeSet<String>,
}

/// The table of kinds in docs/json.md.
fn documented() -> BTreeMap<String, Form> {
    let path = format!("{}/docs/json.md", env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(path).expect("the page");
    let (_, told) = page.split_once("## What it tells").expect("a heading");
    let (told, _) = told.split_once("## What it takes").expect("a heading");
    let rows = told.lines().filter_map(|line| line.strip_prefix("| `"));
    let rows = rows.filter(|row| !row.starts_with("t`"));
    rows.map(|row| {
        let (kind, rest) = row.split_once("` |").expect("a kind");
        let (fields, _) = rest.split_once(" |").expect("fields");
        (kind.to_owned(), form(fields))
    })
    .collect()
}

fn form(fields: &str) -> Form {
    let mut form = Form::default();
    for field in fields.split(',').map(str::trim) {
        let name = field.trim_end_matches('?').trim_matches('`').to_owned();
        if field.ends_with('?') {
            form.may_lack.insert(name.clone());
        }
        form.fields.insert(name);
    }
    form
}

/// A program's end of the client.
struct Program {
    child: Child,
    stdin: Option<ChildStdin>,
    out: BufReader<ChildStdout>,
    told: Vec<Map<String, Value>>,
}

impl Program {
    fn begin(home: &Home, port: u16) -> Self {
        let port = port.to_string();
        let words = ["connect", "127.0.0.1", &port, "--nick", "ann", "--json"];
        let mut command = home.chat(&words);
        command.current_dir(home.path()).stderr(Stdio::inherit());
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        Self {
            stdin: child.stdin.take(),
            child,
            out,
            told: Vec::new(),
        }
    }

    fn ask(&mut self, line: &str) {
        let stdin = self.stdin.as_mut().expect("not closed");
        writeln!(stdin, "{line}").expect("it reads");
    }

    /// Reads until an object has this in a field, or to the end.
    fn until(&mut self, field: &str, value: &str) {
        let mut line = String::new();
        while self.out.read_line(&mut line).expect("text") > 0 {
            assert!(!line.trim_end().contains(char::is_control), "{line:?}");
            let object: Value = serde_json::from_str(&line).expect("an object");
            let object = object.as_object().expect("an object").clone();
            line.clear();
            let is_it = object.get(field).is_some_and(|own| own == value);
            self.told.push(object);
            if is_it {
                return;
            }
        }
        panic!("no {field} is {value}: {:#?}", self.told);
    }

    /// Asks for this under an id, and reads until it is answered.
    fn does(&mut self, id: &str, words: &str) {
        self.ask(&format!("{{{words},\"id\":\"{id}\"}}"));
        self.until("id", id);
    }
}

/// What others do while the program listens.
fn live(program: &mut Program, bob: &mut Client) {
    bob.send("PRIVMSG #lobby :to the room");
    program.until("text", "to the room");
    bob.send("PRIVMSG ann :to you");
    program.until("text", "to you");
    bob.send("JOIN #dev");
    program.until("event", "join");
    bob.send("PRIVMSG $* :to everybody");
    program.until("text", "to everybody");
    bob.send("QUIT :gone");
    program.until("event", "quit");
}

#[test]
fn every_kind_of_object_is_told_as_the_page_says() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut bob = server.client("bob");
    let mut program = Program::begin(&home, server.port);
    program.until("t", "hello");
    program.does("j", r##""op":"join","room":"#dev""##);
    live(&mut program, &mut bob);
    program.does(
        "t",
        r##""op":"topic","room":"#dev","text":"what it is about""##,
    );
    program.does("e", r#""op":"dm","to":"bobb","text":"hi""#);
    program.ask("whoelse");
    program.until("t", "list");
    program.ask("/away lunch");
    program.until("t", "event");
    fs::write(home.path().join("plan.txt"), "the plan").expect("a file");
    program.does("u", r#""op":"run","line":"/upload plan.txt""#);
    program.until("t", "file");
    program.ask("/raw on");
    program.ask("/raw VERSION");
    program.until("t", "wire");
    drop(program.stdin.take());
    program.until("t", "bye");
    program.child.wait().expect("it ends");
    let forms = documented();
    let mut kinds = BTreeSet::new();
    for object in &program.told {
        let kind = object["t"].as_str().expect("a kind");
        let form = forms
            .get(kind)
            .unwrap_or_else(|| panic!("{kind} is not documented"));
        let common = ["v", "t", "ts"].map(str::to_owned);
        let fields: BTreeSet<String> = object.keys().cloned().collect();
        let known: BTreeSet<String> = form.fields.iter().cloned().chain(common).collect();
        assert!(fields.is_subset(&known), "{kind}: {object:?}");
        let lacking: BTreeSet<String> = known.difference(&fields).cloned().collect();
        assert!(
            lacking.is_subset(&form.may_lack),
            "{kind} lacks {lacking:?}: {object:?}"
        );
        kinds.insert(kind.to_owned());
    }
    assert_eq!(kinds, forms.into_keys().collect());
}
