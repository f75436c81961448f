//! docs/commands.md as bytes: the server's commands, modes and capabilities from the tables that run it.

use crate::proto::cap;
use crate::proto::mode::{Kind, RANKS, ROOM_MODES};
use crate::proto::user_mode::USER_MODES;
use crate::server::command::TABLE;
use crate::server::command::spec::Who;

const HEAD: &str = "# What the server understands

Written by `chat docs` from the tables that run the server. The base is the
[Modern IRC client protocol](https://modern.ircdocs.horse/) (RFC 1459 and RFC 2812 as deployed) with
[IRCv3](https://ircv3.net/irc/). What is our own is told in [protocol.md](protocol.md).
";

/// The page with its path below the repository.
pub fn page() -> (String, Vec<u8>) {
    let sections = [
        commands(),
        room_modes(),
        ranks(),
        user_modes(),
        capabilities(),
    ];
    (
        "docs/commands.md".into(),
        format!("{HEAD}\n{}", sections.join("\n")).into_bytes(),
    )
}

fn table(title: &str, columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    let rule = vec!["---".to_owned(); columns.len()];
    let body: String = rows.map(|cells| line(&cells)).collect();
    format!("## {title}\n\n{}{}{body}", line(&head), line(&rule))
}

fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

fn commands() -> String {
    let rows = TABLE.iter().map(|spec| {
        let when = match spec.who {
            Who::Anyone => "always",
            Who::Newcomer => "before registration",
            Who::User => "after registration",
        };
        let usage = format!("{} {}", spec.verb, spec.usage);
        vec![code(usage.trim_end()), when.into(), spec.help.into()]
    });
    table("Commands", &["command", "when", "what it does"], rows)
}

fn room_modes() -> String {
    let rows = ROOM_MODES.iter().map(|row| {
        let param = match row.kind {
            Kind::List(_) => "a mask; none shows the list",
            Kind::Key => "the key",
            Kind::Limit => "a number, to set it",
            Kind::Forward => "a room, to set it",
            Kind::Flag(_) => "",
            Kind::Rank(_) => "a name",
        };
        vec![code(&row.letter.to_string()), param.into(), row.help.into()]
    });
    table("Room modes", &["mode", "parameter", "meaning"], rows)
}

fn ranks() -> String {
    let rows = RANKS.iter().map(|(_, letter, symbol)| {
        let help = ROOM_MODES
            .iter()
            .find(|row| row.letter == *letter)
            .map_or("", |row| row.help);
        vec![
            code(&letter.to_string()),
            code(&symbol.to_string()),
            help.into(),
        ]
    });
    table(
        "Ranks, highest first",
        &["mode", "shown as", "meaning"],
        rows,
    )
}

fn user_modes() -> String {
    let rows = USER_MODES
        .iter()
        .map(|(letter, _, help)| vec![code(&letter.to_string()), (*help).into()]);
    table("User modes", &["mode", "meaning"], rows)
}

fn capabilities() -> String {
    let rows = cap::TABLE.iter().map(|(_, name)| {
        let link = format!(
            "[{name}](https://ircv3.net/specs/extensions/{})",
            specification(name)
        );
        vec![link]
    });
    table("Capabilities", &["capability"], rows)
}

/// The page of a capability's specification, where it is not called like the capability.
fn specification(name: &str) -> &str {
    match name {
        "cap-notify" => "capability-negotiation",
        other => other.trim_start_matches("draft/"),
    }
}
