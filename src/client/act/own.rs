//! The client itself: help, screen, wire, end.

use crate::client::act::usage;
use crate::client::asked::{Fence, What};
use crate::client::caps;
use crate::client::deed::{Deed, Refusal};
use crate::client::input::guess;
use crate::client::input::pointers::pointer;
use crate::client::input::{self, GROUPS, Row, TABLE};
use crate::client::item::Item;
use crate::client::keys::KEYS;
use crate::client::state::State;
use crate::client::wrap::TIED;
use unicode_width::UnicodeWidthStr;

/// What the help says about the prompt.
const PROMPT: &str = "Before the prompt: 3 lines were said elsewhere since you were there, !2 of them to you alone or \
    with your name. They were shown as they came; /switch goes there and shows them again.\n\
    QUIT alone in capitals leaves, as /quit does. /help keys tells the keys: Tab completes, the ↑ key brings back, Alt-a goes where something is unread.";

/// Columns of the help's right side.
const HELP_WIDTH: usize = 62;

/// `/help [COMMAND]`
pub fn help(state: &mut State, words: &str) -> Result<(), Refusal> {
    let name = words.trim_start_matches('/');
    if name.is_empty() {
        let title = "A plain line is said in the room. /help COMMAND tells more about one.";
        state.show(Item::List {
            title: title.to_owned(),
            rows: overview(),
        });
        state.show(Item::Text(PROMPT.to_owned()));
        return Ok(());
    }
    let name = name.split_whitespace().next().unwrap_or_default();
    if name == "keys" {
        let title = "Keys".to_owned();
        let row = |(key, does): &(&str, &str)| vec![(*key).to_owned(), (*does).to_owned()];
        let rows = KEYS.iter().map(row).collect();
        state.show(Item::List { title, rows });
        return Ok(());
    }
    if let Some(row) = input::row(name) {
        state.show(Item::Text(about(row)));
        return Ok(());
    }
    if let Some(does) = pointer(name) {
        return Err(Refusal::usage(format!("There is no /{name} here. {does}")));
    }
    let guess =
        guess::near(name).map_or(String::new(), |row| format!(" Did you mean {}?", row.name));
    Err(Refusal::usage(format!(
        "There is no command {name}.{guess} /help shows all."
    )))
}

/// All commands by group, in rows that fit.
fn overview() -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (group, heading) in GROUPS {
        let mut heading = (*heading).to_owned();
        let mut line = String::new();
        for row in TABLE.iter().filter(|row| row.group == *group) {
            let shown = row.usage.replace(' ', TIED);
            if !line.is_empty() && line.width() + 2 + shown.width() > HELP_WIDTH {
                rows.push(vec![
                    std::mem::take(&mut heading),
                    std::mem::take(&mut line),
                ]);
            }
            if !line.is_empty() {
                line.push_str("  ");
            }
            line.push_str(&shown);
        }
        rows.push(vec![heading, line]);
    }
    rows
}

fn about(row: &Row) -> String {
    let mut text = format!("{}\n  {}", row.usage, row.help);
    text.push_str(&format!("\n  for example: {}", row.example));
    let related = input::related(row).join(" ");
    if !related.is_empty() {
        text.push_str(&format!("\n  see also: {related}"));
    }
    if !row.aliases.is_empty() {
        text.push_str(&format!("\n  also: /{}", row.aliases.join(" /")));
    }
    text
}

/// `clear`
pub fn clear(state: &mut State, _: &str) -> Result<(), Refusal> {
    state.deeds.push(Deed::Clear);
    Ok(())
}

/// `/raw LINE | on | off`
pub fn raw(state: &mut State, words: &str) -> Result<(), Refusal> {
    match words {
        "" => return Err(usage("raw")),
        "on" => {
            state.is_raw = true;
            state.event("every line that comes is shown; /raw off ends it");
        }
        "off" => {
            state.is_raw = false;
            state.event("lines are no longer shown as they come");
        }
        line => {
            let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
            let (middle, last) = match rest.strip_prefix(':') {
                Some(last) => ("", Some(last)),
                None => rest
                    .split_once(" :")
                    .map_or((rest, None), |(m, last)| (m, Some(last))),
            };
            let params: Vec<_> = middle.split_whitespace().collect();
            ask_plainly(state, What::Raw, verb, &params, last);
        }
    }
    Ok(())
}

/// `/admin [WORDS]`
pub fn admin(state: &mut State, words: &str) -> Result<(), Refusal> {
    let words = Some(words).filter(|words| !words.is_empty());
    ask_plainly(state, What::Admin, "ADMIN", &[], words);
    Ok(())
}

/// Sends something whose answer is shown as it comes.
fn ask_plainly(state: &mut State, what: What, verb: &str, params: &[&str], last: Option<&str>) {
    state.ask(what, verb, params, last);
    if !state.has(caps::LABELED_RESPONSE) {
        state.fence(Fence::Said);
    }
}

/// `/version`
pub fn version(state: &mut State, _: &str) -> Result<(), Refusal> {
    let server = match state.server.software.as_str() {
        "" => "unknown",
        known => known,
    };
    let text = format!(
        "client: chat {}\nserver: {server}",
        env!("CARGO_PKG_VERSION")
    );
    state.show(Item::Text(text));
    Ok(())
}

/// `/quit [REASON]`, `QUIT`
pub fn quit(state: &mut State, words: &str) -> Result<(), Refusal> {
    if state.is_pipe() {
        state.end_input();
    } else {
        state.say_goodbye(words);
    }
    Ok(())
}
