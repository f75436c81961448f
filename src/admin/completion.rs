//! What Tab offers in the console: verbs and options from their table, names from the server.

use crate::admin::ask::Server;
use crate::admin::command::Command;
use crate::admin::command::accounts::Accounts;
use crate::admin::command::govern::Govern;
use crate::admin::command::look::{List, Rooms};
use crate::admin::command::moderate::{Filter, Moderate};
use crate::proto::sanitise;
use clap::Arg;
use serde_json::Value;

/// What a word can be the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    User,
    Room,
    Account,
    Ban,
    Mute,
    Filter,
    Limit,
}

/// The words that fit behind `before`, of which the last one is only begun; and where that one begins.
pub(super) fn complete(
    line: &clap::Command,
    server: &Server,
    before: &str,
) -> (usize, Vec<String>) {
    let start = before.rfind(' ').map_or(0, |at| at + 1);
    let (whole, begun) = before.split_at(start);
    let words: Vec<&str> = whole.split_whitespace().collect();
    let choices = match Place::of(line, &words) {
        Place::Words(words) => words,
        Place::Names(kinds) => kinds.iter().flat_map(|kind| names(server, *kind)).collect(),
    };
    let is_fit = |choice: &String| {
        let start = choice.get(..begun.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(begun))
    };
    let is_option = |choice: &String| choice.starts_with("--") && !begun.starts_with('-');
    let fitting = choices
        .into_iter()
        .filter(|it| is_fit(it) && !is_option(it));
    (start, fitting.collect())
}

/// What stands next on a line.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    Words(Vec<String>),
    Names(&'static [Kind]),
}

impl Place {
    fn of(line: &clap::Command, words: &[&str]) -> Self {
        let words = match words {
            ["watch"] => return Self::Words(vec!["2".to_owned()]),
            ["watch", _, rest @ ..] | ["help", rest @ ..] => rest,
            words => words,
        };
        let (mut at, mut path, mut left) = (line, Vec::new(), words);
        while let [word, rest @ ..] = left
            && let Some(below) = at.find_subcommand(word)
        {
            path.push(below.get_name());
            (at, left) = (below, rest);
        }
        if at.has_subcommands() {
            return Self::Words(verbs(at));
        }
        if let Some(option) = left.last().and_then(|word| option(at, word)) {
            return Self::value(option);
        }
        let number = left.iter().filter(|word| !word.starts_with('-')).count();
        match kinds(&path.join(" "), number) {
            [] => Self::rest(at, number),
            kinds => Self::Names(kinds),
        }
    }

    /// The value of an option.
    fn value(option: &Arg) -> Self {
        match option.get_long() {
            Some("room") => Self::Names(&[Kind::Room]),
            Some("user" | "from") => Self::Names(&[Kind::User]),
            Some("founder") => Self::Names(&[Kind::Account]),
            _ => Self::Words(values(option)),
        }
    }

    /// The words that a place can hold, and the options.
    fn rest(at: &clap::Command, number: usize) -> Self {
        let place = at.get_positionals().nth(number);
        let options = at.get_arguments().filter_map(Arg::get_long);
        let options = options.map(|name| format!("--{name}"));
        Self::Words(place.into_iter().flat_map(values).chain(options).collect())
    }
}

/// The option that `word` is, if it wants a value.
fn option<'a>(at: &'a clap::Command, word: &str) -> Option<&'a Arg> {
    let mut options = at
        .get_arguments()
        .filter(|arg| arg.get_action().takes_values());
    options.find(|arg| {
        let is_long = arg
            .get_long()
            .is_some_and(|long| word.strip_prefix("--") == Some(long));
        let short = arg.get_short().map(|short| format!("-{short}"));
        is_long || short.as_deref() == Some(word)
    })
}

fn values(arg: &Arg) -> Vec<String> {
    let values = arg.get_possible_values();
    values
        .iter()
        .map(|value| value.get_name().to_owned())
        .collect()
}

/// The verbs below this one.
fn verbs(at: &clap::Command) -> Vec<String> {
    let names = at.get_subcommands().map(|verb| verb.get_name().to_owned());
    let help = at.find_subcommand("quit").map(|_| "help".to_owned());
    let mut verbs: Vec<String> = names.chain(help).collect();
    verbs.sort();
    verbs
}

/// What the word of this number behind a verb can be the name of.
fn kinds(verb: &str, number: usize) -> &'static [Kind] {
    match (verb, number) {
        ("kick", _) | ("list" | "top" | "show user" | "dump client" | "why", 0) => &[Kind::User],
        ("ban", 0) => &[Kind::User, Kind::Account],
        ("mute", 0) => &[Kind::User, Kind::Account, Kind::Room],
        ("bans" | "unban", 0) => &[Kind::Ban],
        ("mutes" | "unmute", 0) => &[Kind::Mute],
        ("undo", 0) => &[Kind::Ban, Kind::Mute, Kind::Filter],
        ("filter rm", 0) => &[Kind::Filter],
        ("limits", 0) => &[Kind::Limit],
        ("why", 1) | ("rooms" | "show room" | "history" | "slow", 0) => &[Kind::Room],
        ("room create", _) | ("accounts list" | "accounts create", _) => &[],
        (verb, 0) if verb.starts_with("room ") => &[Kind::Room],
        ("inbox", 0) => &[Kind::Account],
        (verb, 0) if verb.starts_with("accounts ") => &[Kind::Account],
        _ => &[],
    }
}

/// The names of one kind that the server knows.
fn names(server: &Server, kind: Kind) -> Vec<String> {
    let (command, fields) = question(kind);
    let data = server.ask(&command).data.unwrap_or(Value::Null);
    let items = data.as_array().into_iter().flatten();
    let named = items.flat_map(|item| {
        fields
            .iter()
            .filter_map(move |field| item.get(*field)?.as_str())
    });
    named.map(typed).collect()
}

/// What the server is asked, and where names stand in its answer.
fn question(kind: Kind) -> (Command, &'static [&'static str]) {
    let pattern = None;
    match kind {
        Kind::User => (Command::List(List::default()), &["name"]),
        Kind::Room => (Command::Rooms(Rooms::default()), &["name"]),
        Kind::Account => {
            let (online, offline, blocked) = (false, false, false);
            let list = Accounts::List {
                online,
                offline,
                blocked,
            };
            (Command::Accounts(list), &["name"])
        }
        Kind::Ban => (
            Command::Moderate(Moderate::Bans { pattern }),
            &["id", "target"],
        ),
        Kind::Mute => (
            Command::Moderate(Moderate::Mutes { pattern }),
            &["id", "target"],
        ),
        Kind::Filter => (Command::Moderate(Moderate::Filter(Filter::List)), &["id"]),
        Kind::Limit => {
            let (key, value) = (None, None);
            (Command::Govern(Govern::Limits { key, value }), &["key"])
        }
    }
}

/// A name as it is typed on a line.
fn typed(name: &str) -> String {
    let mut typed = String::new();
    for c in sanitise::name(name).chars() {
        if matches!(c, '\\' | '"' | '\'') {
            typed.push('\\');
        }
        typed.push(c);
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Subcommand;

    fn place(words: &[&str]) -> Place {
        let quit = clap::Command::new("quit");
        let line = Command::augment_subcommands(clap::Command::new("")).subcommand(quit);
        Place::of(&line, words)
    }

    fn words(words: &[&str]) -> Vec<String> {
        match place(words) {
            Place::Words(found) => found,
            Place::Names(kinds) => panic!("{words:?}: {kinds:?}"),
        }
    }

    #[test]
    fn names_are_offered_where_they_belong() {
        for (line, kinds) in [
            (&["kick"][..], &[Kind::User][..]),
            (&["kick", "ann"], &[Kind::User]),
            (&["kick", "--room"], &[Kind::Room]),
            (&["ban"], &[Kind::User, Kind::Account]),
            (&["unban"], &[Kind::Ban]),
            (&["why", "ann"], &[Kind::Room]),
            (&["room", "topic"], &[Kind::Room]),
            (&["accounts", "show"], &[Kind::Account]),
            (&["room", "create", "#x", "--founder"], &[Kind::Account]),
            (&["watch", "5", "show", "user"], &[Kind::User]),
            (&["limits"], &[Kind::Limit]),
        ] {
            assert_eq!(place(line), Place::Names(kinds), "{line:?}");
        }
    }

    #[test]
    fn verbs_options_and_their_values_are_offered_where_they_belong() {
        assert!(words(&[]).contains(&"help".to_owned()));
        assert!(words(&["help"]).contains(&"kick".to_owned()));
        assert!(words(&["watch", "2"]).contains(&"list".to_owned()));
        assert_eq!(words(&["filter"]), ["add", "list", "rm"]);
        assert_eq!(words(&["why", "ann", "#x"])[..3], ["speak", "join", "see"]);
        assert!(words(&["list", "--sort"]).contains(&"idle".to_owned()));
        assert!(words(&["status"]).is_empty());
        assert!(words(&["log"]).contains(&"--follow".to_owned()));
    }

    #[test]
    fn odd_names_are_offered_as_they_are_typed() {
        assert_eq!(typed("a\\b'c"), "a\\\\b\\'c");
    }
}
