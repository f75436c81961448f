//! `chat admin` without a verb: a line at a time with the same words, completion and history.
//!
//! On a terminal it greets and prompts; in a pipe it carries out each line and ends with the first failure's code.

use crate::admin::ask::Server;
use crate::admin::command::Command;
use crate::admin::command::line::words;
use crate::admin::input::Face;
use crate::admin::{Options, carry_out, completion, look, mistake, print, say, watch, write};
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
    /// Carry out a command every so many seconds, until a key is pressed
    Watch {
        /// How many
        #[arg(value_parser = clap::value_parser!(u64).range(1..=3600))]
        seconds: u64,
        /// The command
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
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
            Read::Interrupted | Read::Jump(_) | Read::Edited(_) | Read::Done | Read::Undone(_) => {
                continue;
            }
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
    match words(line) {
        Ok(words) => carry(server, options, words, None),
        Err(why) => {
            say(&format!("{why}\n"));
            Some(Exit::Usage)
        }
    }
}

/// Carries out the words of a line, again every so many seconds if it is `watched`.
fn carry(
    server: &Server,
    options: &Options,
    words: Vec<String>,
    watched: Option<u64>,
) -> Option<Exit> {
    let verb = words.first().cloned().unwrap_or_default();
    let line = match Line::try_parse_from(words) {
        Ok(line) => line,
        Err(error) => return Some(mistaken(&verb, &error)),
    };
    let both = options.and(&line.options);
    match (line.verb, watched) {
        (Verb::Quit, None) => None,
        (Verb::Watch { seconds, command }, None) => carry(server, &both, command, Some(seconds)),
        (Verb::Quit | Verb::Watch { .. }, Some(_)) => {
            say("This cannot be watched.\n");
            Some(Exit::Usage)
        }
        (Verb::Asked(command), Some(seconds)) => {
            Some(watch::watch(server, &both, seconds, &command))
        }
        (Verb::Asked(command), None) => {
            let is_end = matches!(command, Command::Stop { .. });
            let exit = carry_out(server, &both, command, Face::Console);
            if is_end && exit == Exit::Done {
                say(GONE);
            }
            Some(exit)
        }
    }
}

/// Tells what is wrong with a line, or the help that it asks for.
fn mistaken(verb: &str, error: &clap::Error) -> Exit {
    if error.exit_code() == 0 {
        let _ = error.print();
        return Exit::Done;
    }
    let sentence = mistake::sentence(&sanitise::name(verb), error);
    say(&format!("{sentence}\n"));
    Exit::Usage
}

/// Completes verbs, options and names.
fn completer(server: &Server) -> Complete {
    let server = Server::new(server.path().to_owned(), TAB_PATIENCE);
    Box::new(move |line, cursor| {
        let before = line.get(..cursor).unwrap_or(line);
        completion::complete(&Line::command(), &server, before)
    })
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
    fn each_verb_and_the_words_of_the_console_make_one_tree() {
        Line::command().debug_assert();
        for verb in ["list", "kick", "watch", "quit"] {
            assert!(Line::command().find_subcommand(verb).is_some(), "{verb}");
        }
    }
}
