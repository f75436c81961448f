//! What a verb still needs before the server is asked: text from standard input, a password, the operator's consent.

use crate::admin::command::Command;
use crate::admin::command::accounts::{Accounts, Hidden};
use crate::admin::command::backup::{Backup, Verify};
use crate::admin::command::people::Broadcast;
use crate::admin::command::service::ConfigAct;
use crate::admin::say;
use crate::exit::Exit;
use crate::proto::sanitise;
use crate::terminal::editor;
use crate::terminal::secret;
use std::io::{BufRead, IsTerminal, Read};

/// Longest text that is read from standard input.
const MAX_INPUT: u64 = 64 * 1024;

/// Why the server was not asked, and how the command ends.
pub(super) struct Unasked(pub(super) Exit, pub(super) String);

/// Where a verb comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// The command line: standard input is the verb's.
    Shell,
    /// The console, which reads its lines from standard input.
    Console,
}

/// Whether the operator has agreed beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Consent {
    Given,
    Asked,
}

/// The command with what it still needs.
pub(super) fn prepared(command: Command, face: Face, consent: Consent) -> Result<Command, Unasked> {
    let usage = |why: String| Unasked(Exit::Usage, why);
    if let (Some(question), Consent::Asked) = (command.question(), consent) {
        ask_back(&question)?;
    }
    match command {
        Command::Broadcast(said) if said.text == ["-"] => Ok(Command::Broadcast(Broadcast {
            text: vec![text_of_input().map_err(usage)?],
            ..said
        })),
        Command::Broadcast(said) if said.text.iter().all(|word| word.trim().is_empty()) => Err(
            usage("There is nothing to say. Example: broadcast \"Back in a minute\"".into()),
        ),
        Command::Config(ConfigAct::Check { file: Some(file) }) => {
            let wrong = |why: std::io::Error| format!("{}: {why}", file.display());
            let file = std::path::absolute(&file).map_err(|why| usage(wrong(why)))?;
            let file = Some(file);
            Ok(Command::Config(ConfigAct::Check { file }))
        }
        Command::Backup(asked) => {
            let file = absolute(&asked.file).map_err(usage)?;
            Ok(Command::Backup(Backup { file, ..asked }))
        }
        Command::Verify(Verify { file: Some(file) }) => {
            let file = Some(absolute(&file).map_err(usage)?);
            Ok(Command::Verify(Verify { file }))
        }
        Command::Accounts(act) => account(act, face).map(Command::Accounts),
        other => Ok(other),
    }
}

/// A path as the server knows it, which runs in another directory.
fn absolute(file: &str) -> Result<String, String> {
    let path = std::path::absolute(file).map_err(|why| format!("{file}: {why}"))?;
    let text = path.into_os_string().into_string();
    text.map_err(|path| format!("{} is no text", path.display()))
}

fn account(act: Accounts, face: Face) -> Result<Accounts, Unasked> {
    match act {
        Accounts::Create { name, .. } => {
            let password = password(&name, face)?;
            Ok(Accounts::Create { name, password })
        }
        Accounts::Passwd { name, .. } => {
            let password = password(&name, face)?;
            Ok(Accounts::Passwd { name, password })
        }
        other => Ok(other),
    }
}

/// Everything on standard input, as one line.
fn text_of_input() -> Result<String, String> {
    let mut text = String::new();
    let read = std::io::stdin()
        .take(MAX_INPUT + 1)
        .read_to_string(&mut text);
    read.map_err(|error| format!("Standard input cannot be read: {error}."))?;
    if text.len() as u64 > MAX_INPUT {
        return Err(format!("Standard input holds more than {MAX_INPUT} bytes."));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.is_empty() {
        true => Err("There is nothing to say: standard input is empty.".into()),
        false => Ok(words.join(" ")),
    }
}

/// A new password: the first line of standard input, or what is typed twice on a terminal.
fn password(name: &str, face: Face) -> Result<Hidden, Unasked> {
    let usage = |why: &str| Unasked(Exit::Usage, why.to_owned());
    if std::io::stdin().is_terminal() {
        let shown = sanitise::name(name);
        let first = typed(&format!("New password of {shown}: "))?;
        return match typed("The same again: ")? == first {
            true => Ok(Hidden(first)),
            false => Err(usage("The two are not the same. Nothing was done.")),
        };
    }
    if face == Face::Console {
        let how = "A console reads no password from a pipe. Give it to chat admin accounts … on standard input.";
        return Err(usage(how));
    }
    let mut line = String::new();
    let read = std::io::stdin().lock().take(MAX_INPUT).read_line(&mut line);
    if read.is_err() {
        return Err(usage("The password on standard input is not UTF-8."));
    }
    match line.trim_end_matches(['\r', '\n']) {
        "" => Err(usage("There is no password on standard input.")),
        password => Ok(Hidden(password.to_owned())),
    }
}

fn typed(question: &str) -> Result<String, Unasked> {
    match secret::ask_beside(question) {
        editor::Read::Line(line) => Ok(line),
        editor::Read::Unreadable(words) => {
            let why = format!("{words}. Nothing was done.");
            Err(Unasked(Exit::Usage, why))
        }
        _ => Err(Unasked(Exit::Interrupted, "Nothing was done.".into())),
    }
}

/// Asks the person at the terminal; without one, the option must say it.
pub(super) fn ask_back(question: &str) -> Result<(), Unasked> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        let how = format!("{question} Say so with --yes.");
        return Err(Unasked(Exit::Usage, how));
    }
    say(&format!("{question} [y/N] "));
    let mut reply = String::new();
    let read = std::io::stdin().read_line(&mut reply);
    match read.is_ok() && matches!(reply.trim(), "y" | "Y" | "yes") {
        true => Ok(()),
        false => Err(Unasked(Exit::Failed, "Nothing was done.".into())),
    }
}
