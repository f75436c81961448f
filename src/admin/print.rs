//! Answers as an operator reads them: text for people, JSON for programs. Pure: from answer to bytes.

mod accounts;
mod audit;
mod files;
mod govern;
mod look;
pub(in crate::admin) mod moderate;
mod people;
mod service;
mod stats;
mod status;
pub(in crate::admin) mod top;
mod tsv;
mod upgrade;
pub mod zone;

use crate::admin::command::{Answer, Code, Command, Failure, VERSION};
use crate::admin::field::number;
use crate::exit::Exit;
use crate::proto::sanitise;
use serde::Serialize;
use serde_json::Value;

/// Whom the output is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Text,
    Json,
    Tsv,
}

/// How column names are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Header {
    Hidden,
    Plain,
    Bold,
}

/// How answers are shown.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub format: Format,
    pub header: Header,
    /// Columns of the terminal; `None`: lines are never cut.
    pub width: Option<usize>,
}

/// What is written where, and how the command ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub out: String,
    pub err: String,
    pub exit: Exit,
}

/// The fields that the operator chose, in order; none: all of them.
fn chosen(command: &Command) -> Vec<&'static str> {
    match command {
        Command::List(list) => list.columns.iter().map(|column| column.field()).collect(),
        _ => Vec::new(),
    }
}

/// The answer to a command.
pub fn answer(command: &Command, answer: &Answer, look: &Look) -> Shown {
    let mut shown = failure(answer, look);
    match (look.format, &answer.data) {
        (Format::Text, Some(data)) => {
            let (out, note) = text(command, data, look);
            shown.out = out;
            shown.err.push_str(&note);
            if answer.truncated {
                shown.err.push_str("There is more than is shown.\n");
            }
        }
        (Format::Tsv, Some(data)) => shown.out = tsv::text(data, look.header, &chosen(command)),
        _ => {}
    }
    shown
}

/// What is the same for every command: JSON as it is, and what went wrong.
pub fn failure(answer: &Answer, look: &Look) -> Shown {
    let exit = match &answer.error {
        Some(failure) => failure.code.exit(),
        None if answer.ok => Exit::Done,
        None => Exit::Failed,
    };
    match look.format {
        Format::Json => Shown {
            out: format!("{}\n", in_json(answer)),
            err: String::new(),
            exit,
        },
        Format::Text | Format::Tsv => Shown {
            out: String::new(),
            err: in_words(answer),
            exit,
        },
    }
}

/// One line of JSON, in an order that is easy to read.
#[derive(Serialize)]
struct JsonLine<'a> {
    v: u32,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a Failure>,
    truncated: bool,
}

fn in_json(answer: &Answer) -> String {
    let line = JsonLine {
        v: VERSION,
        ok: answer.ok,
        data: answer.data.as_ref(),
        error: answer.error.as_ref(),
        truncated: answer.truncated,
    };
    sanitise::json(&serde_json::to_string(&line).expect("an answer is plain data"))
}

/// Said where no name is near the one that was not found.
const WHO_IS: &str = "Who is: chat admin list";
const WHICH_ARE: &str = "Which there are: chat admin accounts list";

/// What went wrong, in a sentence or two.
fn in_words(answer: &Answer) -> String {
    let Some(failure) = &answer.error else {
        return String::new();
    };
    if matches!(failure.code, Code::Partly | Code::Ailing)
        || failure.code == Code::BadConfig && answer.data.is_some()
    {
        return String::new();
    }
    let mut text: Vec<String> = failure
        .text
        .lines()
        .map(|l| sanitise::text(l).into_owned())
        .collect();
    let hints: Vec<_> = failure
        .hint
        .iter()
        .map(|hint| sanitise::name(hint))
        .collect();
    let hint = match hints.is_empty() {
        false => format!(" Closest: {}", hints.join(", ")),
        true if failure.code == Code::NoSuchUser => format!(" {WHO_IS}"),
        true if failure.code == Code::NoSuchAccount => format!(" {WHICH_ARE}"),
        true => String::new(),
    };
    if let (Some(last), false) = (text.last_mut(), hint.is_empty()) {
        if !last.ends_with(['.', '?', '!']) {
            last.push('.');
        }
        last.push_str(&hint);
    }
    format!("{}\n", text.join("\n"))
}

/// Data for people, and what is said beside it.
fn text(command: &Command, data: &Value, look: &Look) -> (String, String) {
    match command {
        Command::List(asked) => look::list(data, asked, look),
        Command::Rooms(asked) => look::rooms(data, asked, look),
        Command::Show(what) => look::show(data, what, look),
        Command::Stats(_) => stats::text(data),
        Command::Top(asked) => top::text(data, asked, look),
        Command::Kick(asked) => people::kick(data, asked),
        Command::Broadcast(_) => people::broadcast(data),
        Command::Accounts(act) => accounts::text(act, data, look),
        Command::Files(act) => files::text(act, data, look),
        Command::Govern(act) => govern::text(act, data, look),
        Command::Moderate(act) => moderate::text(act, data, look),
        Command::Inbox { .. } => (accounts::inbox(data), String::new()),
        Command::Verify(_) => (status::verified(data, look), String::new()),
        Command::Backup(_) => service::backup(data),
        Command::Upgrade(_) => (upgrade::upgraded(data), String::new()),
        Command::Audit(_) => audit::text(data, look),
        Command::Status => (status::status(data), String::new()),
        Command::Log(_) => service::log(data),
        Command::Config(act) => service::config(act, data, look),
        Command::Reload(_) => service::reload(data),
        Command::Doctor => service::doctor(data, look),
        Command::Drain(_) => (service::drain(data), String::new()),
        Command::Undrain => (service::undrain(data), String::new()),
        Command::Stop { .. } => (
            format!("The server (pid {}) has stopped.\n", number(data, "pid")),
            String::new(),
        ),
    }
}

/// An empty list is no failure.
fn none(what: &str, pattern: Option<&str>) -> (String, String) {
    let note = match pattern {
        Some(pattern) => format!("No {what} match \"{}\".\n", sanitise::text(pattern)),
        None => format!("No {what}.\n"),
    };
    (String::new(), note)
}

/// A time of an answer, to the minute.
fn day(time: &str) -> String {
    zone::part(time, 0..16)
}

/// The same to the second.
fn second(time: &str) -> String {
    zone::part(time, 0..19)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::command::look::{List, Rooms};
    use crate::admin::command::people::Kick;
    use serde_json::json;

    const TEXT: Look = Look {
        format: Format::Text,
        header: Header::Plain,
        width: None,
    };

    fn kick_of(names: &[&str]) -> Command {
        Command::Kick(Kick {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Kick::default()
        })
    }

    #[test]
    fn a_list_shows_one_user_per_line_and_no_column_without_content() {
        let data = json!([{ "name": "alice", "id": "3.1", "account": null, "address": "127.0.0.1:5",
            "tls": null, "rooms": ["#lobby", "#dev"], "idle_s": 12, "connected_s": 10920, "since": "x", "away": null, "queue": 1234 }]);
        let shown = answer(&Command::List(List::default()), &Answer::ok(data), &TEXT);
        assert_eq!(
            shown.out,
            "NAME   ADDRESS      ROOMS        IDLE  ON    QUEUE\nalice  127.0.0.1:5  #lobby #dev  12s   3h02  1.2K\n"
        );
        assert_eq!(
            (shown.err.as_str(), shown.exit),
            ("1 connected, 1 guest, 1 without TLS\n", Exit::Done)
        );
    }

    #[test]
    fn an_empty_list_is_no_failure() {
        let command = Command::List(List {
            pattern: Some("x".into()),
            ..List::default()
        });
        let shown = answer(&command, &Answer::ok(json!([])), &TEXT);
        assert_eq!(
            (shown.out.as_str(), shown.err.as_str()),
            ("", "No users match \"x\".\n")
        );
        assert_eq!(shown.exit, Exit::Done);
    }

    #[test]
    fn an_unknown_user_ends_with_8_and_the_closest_name() {
        let no = Answer::failed(
            Code::NoSuchUser,
            "No user \"usr2\" is connected",
            vec!["user2".into()],
        );
        let shown = answer(&kick_of(&["usr2"]), &no, &TEXT);
        assert_eq!(shown.err, "No user \"usr2\" is connected. Closest: user2\n");
        assert_eq!(shown.exit.code(), 8);
        let no = Answer::failed(Code::NoSuchUser, "No user \"x\" is connected", Vec::new());
        let shown = answer(&kick_of(&["x"]), &no, &TEXT);
        assert_eq!(
            shown.err,
            "No user \"x\" is connected. Who is: chat admin list\n"
        );
    }

    #[test]
    fn a_kick_that_worked_for_some_says_both_and_ends_with_9() {
        let mut partly = Answer::failed(Code::Partly, "1 of 2 is not connected", Vec::new());
        partly.data = Some(
            json!({ "kicked": [{ "name": "bob", "address": "127.0.0.1:5", "sessions": 1 }],
            "missing": [{ "name": "x\u{1b}", "hint": [] }] }),
        );
        let shown = answer(&kick_of(&["bob", "x"]), &partly, &TEXT);
        assert_eq!(shown.out, "Disconnected bob (127.0.0.1:5, 1 session).\n");
        assert!(shown.err.starts_with("No user \"x") && !shown.err.contains('\u{1b}'));
        assert_eq!(shown.exit.code(), 9);
    }

    #[test]
    fn json_is_one_line_with_version_and_truth() {
        let look = Look {
            format: Format::Json,
            ..TEXT
        };
        let shown = answer(
            &Command::Rooms(Rooms::default()),
            &Answer::ok(json!([])),
            &look,
        );
        let line: Value = serde_json::from_str(&shown.out).unwrap();
        assert_eq!(
            line,
            json!({ "v": 1, "ok": true, "data": [], "truncated": false })
        );
        assert_eq!(shown.out.matches('\n').count(), 1);
    }
}
