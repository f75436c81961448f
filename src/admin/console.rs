//! `chat admin` without a verb: a line at a time with the same words, completion and history.
//!
//! On a terminal it greets and prompts; in a pipe it carries out each line and ends with the first failure's code.

use crate::admin::ask::Server;
use crate::admin::command::Command;
use crate::admin::command::accounts::Accounts;
use crate::admin::command::line::words;
use crate::admin::command::look::{List, Rooms};
use crate::admin::input::Face;
use crate::admin::{Options, carry_out, look, mistake, print, say, write};
use crate::exit::Exit;
use crate::proto::sanitise;
use crate::terminal::editor::{Complete, Editor, Read};
use clap::{CommandFactory, Parser};
use serde_json::Value;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::time::Duration;

const PROMPT: &str = "chat-admin> ";
/// Said after the server was stopped; a new one on the same port is asked by the same console.
const GONE: &str = "The console has no server now: start one again and go on, or quit.\n";
/// Longest that Tab waits for the server.
const TAB_PATIENCE: Duration = Duration::from_secs(1);

/// One line of the console.
#[derive(Debug, Parser)]
#[command(name = "", no_binary_name = true, help_template = "{all-args}")]
struct Line {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    #[command(flatten)]
    Asked(Command),
    /// Leave the console (or Ctrl-D)
    #[command(visible_alias = "exit")]
    Quit,
}

/// Reads and carries out lines until the end of the input.
pub fn run(server: &Server, options: &Options) -> Exit {
    let status = server.ask(&Command::Status);
    if !status.ok {
        return write(&print::failure(&status, &look(options)));
    }
    let mut editor = Editor::new(completer(server), history());
    if editor.is_editing() {
        greet(server, status.data.as_ref());
    }
    let mut worst = Exit::Done;
    loop {
        let line = match editor.read_line(PROMPT) {
            Read::Line(line) if line.trim().is_empty() => continue,
            Read::Line(line) => line,
            Read::Wiped(line) => {
                editor.remember(&line);
                continue;
            }
            Read::Interrupted => continue,
            Read::Unreadable(words) => {
                editor.printer().note(format!("{words}. Nothing was done."));
                worst = Exit::Usage;
                continue;
            }
            Read::Eof => break,
        };
        editor.remember(&line);
        editor.finish();
        match one(server, options, &line) {
            None => break,
            Some(exit) if worst == Exit::Done => worst = exit,
            Some(_) => {}
        }
    }
    match editor.is_editing() {
        true => Exit::Done,
        false => worst,
    }
}

/// Which server this is, and how to go on.
fn greet(server: &Server, status: Option<&Value>) {
    let of = |key| {
        status
            .and_then(|status| status.get(key)?.as_str())
            .unwrap_or_default()
    };
    let (version, name) = (sanitise::name(of("version")), sanitise::name(of("name")));
    let path = server.path().display();
    say(&format!(
        "chat {version}, {name}, socket {path}. help, Tab, Ctrl-D.\n"
    ));
}

/// Carries out one line; `None` if it was the last.
fn one(server: &Server, options: &Options, line: &str) -> Option<Exit> {
    let words = match words(line) {
        Ok(words) => words,
        Err(why) => {
            say(&format!("{why}\n"));
            return Some(Exit::Usage);
        }
    };
    let verb = words.first().cloned().unwrap_or_default();
    match Line::try_parse_from(words) {
        Ok(Line {
            verb: Verb::Quit, ..
        }) => None,
        Ok(Line {
            verb: Verb::Asked(command),
            options: own,
        }) => {
            let both = options.and(&own);
            let is_end = matches!(command, Command::Stop { .. });
            let exit = carry_out(server, &both, command, Face::Console);
            if is_end && exit == Exit::Done {
                say(GONE);
            }
            Some(exit)
        }
        Err(error) => {
            if error.exit_code() == 0 {
                let _ = error.print();
                return Some(Exit::Done);
            }
            say(&format!(
                "{}\n",
                mistake::sentence(&sanitise::name(&verb), &error)
            ));
            Some(Exit::Usage)
        }
    }
}

/// Completes verbs in the first place and names of users or rooms after the verbs that take them.
fn completer(server: &Server) -> Complete {
    let server = Server::new(server.path().to_owned(), TAB_PATIENCE);
    Box::new(move |line, cursor| {
        let before = line.get(..cursor).unwrap_or(line);
        let start = before.rfind(' ').map_or(0, |at| at + 1);
        let begun = before.get(start..).unwrap_or_default();
        let whole: Vec<&str> = before
            .get(..start)
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let choices = match whole.as_slice() {
            [] | ["help"] => verbs(&Line::command()),
            ["kick" | "list" | "users", ..] => names(&server, Command::List(List::default())),
            ["rooms", ..] => names(&server, Command::Rooms(Rooms::default())),
            ["accounts"] | ["help", "accounts"] => verbs_of_accounts(),
            ["accounts", verb] if !["create", "list"].contains(verb) => accounts(&server),
            ["inbox"] => accounts(&server),
            _ => Vec::new(),
        };
        let is_fit = |choice: &String| {
            choice
                .get(..begun.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(begun))
        };
        (start, choices.into_iter().filter(is_fit).collect())
    })
}

fn verbs(line: &clap::Command) -> Vec<String> {
    let names = line.get_subcommands().map(|verb| verb.get_name());
    let mut verbs: Vec<String> = names.chain(["help"]).map(str::to_owned).collect();
    verbs.sort();
    verbs
}

fn verbs_of_accounts() -> Vec<String> {
    let line = Line::command();
    let accounts = line.find_subcommand("accounts");
    accounts.map(verbs).unwrap_or_default()
}

/// The names of all accounts.
fn accounts(server: &Server) -> Vec<String> {
    let (online, offline, blocked) = (false, false, false);
    let list = Accounts::List {
        online,
        offline,
        blocked,
    };
    names(server, Command::Accounts(list))
}

/// The names in the answer to a listing command.
fn names(server: &Server, command: Command) -> Vec<String> {
    let data = server.ask(&command).data.unwrap_or(Value::Null);
    let items = data.as_array().into_iter().flatten();
    let names = items.filter_map(|item| item.get("name")?.as_str());
    names
        .map(|name| sanitise::name(name).into_owned())
        .collect()
}

/// The file of earlier lines, in a directory that is made if it is missing.
fn history() -> Option<PathBuf> {
    let state = std::env::var_os("XDG_STATE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| std::env::home_dir().map(|home| home.join(".local/state")))?;
    let directory = state.join("chat");
    let made = DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&directory);
    made.ok()?;
    Some(directory.join("admin-history"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_told_in_the_words_of_the_console() {
        let cases = [
            ("lst", "There is no lst here. Did you mean list?"),
            ("xyzzy", "There is no xyzzy here. help shows every word."),
            (
                "kick",
                "kick needs <NAME|#ID>. help kick tells what it takes.",
            ),
            (
                "list --json --port 1",
                "list does not take --port. help list tells what it takes.",
            ),
            (
                "accounts",
                "accounts needs another word. help accounts tells what it takes.",
            ),
            ("accounts lst", "There is no lst here. Did you mean list?"),
            (
                "--json",
                "There is no verb in this line. help shows every word.",
            ),
            (
                "stop --within x",
                "Invalid value 'x' for '--within <TIME>': a time is a number of seconds, or like 90s, 5m or 1h. help stop tells what it takes.",
            ),
            (
                "stop --now --within 5",
                "The argument '--now' cannot be used with '--within <TIME>'. help stop tells what it takes.",
            ),
        ];
        for (line, expected) in cases {
            let words = words(line).unwrap();
            let verb = words[0].clone();
            let error = Line::try_parse_from(words).unwrap_err();
            let said = mistake::sentence(&verb, &error);
            assert_eq!(said, expected, "{line}");
        }
    }

    #[test]
    fn the_console_knows_every_verb_of_the_command_line() {
        Line::command().debug_assert();
        let verbs = verbs(&Line::command());
        for verb in [
            "list",
            "kick",
            "broadcast",
            "rooms",
            "status",
            "accounts",
            "inbox",
            "verify",
            "stop",
            "quit",
            "help",
        ] {
            assert!(verbs.iter().any(|known| known == verb), "{verb}");
        }
    }
}
