//! What is wrong with a line of the console, in the console's words: a shell's usage lines do not help there.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// One sentence or two about a line that cannot be carried out; `verb` is its first word.
pub fn sentence(verb: &str, error: &Error) -> String {
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = words(error, ContextKind::InvalidSubcommand).join(" ");
            // The likeliest comes last.
            return match words(error, ContextKind::SuggestedSubcommand).last() {
                None => format!("There is no {word} here. help shows every word."),
                Some(near) => format!("There is no {word} here. Did you mean {near}?"),
            };
        }
        ErrorKind::MissingSubcommand if verb.starts_with('-') => {
            return "There is no verb in this line. help shows every word.".into();
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            format!("{verb} needs another word.")
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = words(error, ContextKind::InvalidArg).join(" ");
            format!("{verb} needs {}.", missing.trim_end_matches("..."))
        }
        ErrorKind::UnknownArgument => {
            let extra = words(error, ContextKind::InvalidArg).join(" ");
            format!("{verb} does not take {extra}.")
        }
        _ => first_line(error),
    };
    format!("{what} help {verb} tells what it takes.")
}

fn words(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Strings(words)) => words.clone(),
        _ => Vec::new(),
    }
}

/// What the parser says itself, without its frame.
fn first_line(error: &Error) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    let mut line = line.trim_start_matches("error: ").to_owned();
    if let Some(first) = line.get(..1).map(str::to_uppercase) {
        line.replace_range(..1, &first);
    }
    format!("{line}.")
}
