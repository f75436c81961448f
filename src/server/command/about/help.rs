//! HELP and HELPOP: what can be said here, from the tables that run it. Modern, "HELP message".

use crate::proto::mode::ROOM_MODES;
use crate::proto::numeric::Numeric;
use crate::proto::user_mode::USER_MODES;
use crate::server::command;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;

pub(crate) const HELP: Spec = Spec {
    verb: "HELP",
    min_params: 0,
    who: Who::User,
    usage: "[<command>, CMODES or UMODES]",
    help: "Tell what can be said here",
    run,
};

pub(crate) const HELPOP: Spec = Spec {
    verb: "HELPOP",
    help: "The same as HELP",
    ..HELP
};

/// Names of commands on one line.
const PER_LINE: usize = 8;

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let subject = cx
        .msg
        .get(0)
        .filter(|subject| !subject.is_empty())
        .unwrap_or("*");
    let Some((title, lines)) = about(subject) else {
        return Err(Refusal::NoHelp(subject.to_owned()));
    };
    cx.numeric(Numeric::RPL_HELPSTART, &[subject], &title);
    for line in &lines {
        cx.numeric(Numeric::RPL_HELPTXT, &[subject], line);
    }
    cx.numeric(Numeric::RPL_ENDOFHELP, &[subject], "End of HELP");
    Ok(())
}

/// A title and the lines below it.
fn about(subject: &str) -> Option<(String, Vec<String>)> {
    if subject == "*" {
        return Some(contents());
    }
    let mode = |letter: char, help: &str| format!("{letter}  {help}");
    if subject.eq_ignore_ascii_case("CMODES") {
        let rows = ROOM_MODES.iter().map(|row| mode(row.letter, row.help));
        return Some(("Modes of rooms and of their members".into(), rows.collect()));
    }
    if subject.eq_ignore_ascii_case("UMODES") {
        let rows = USER_MODES
            .iter()
            .map(|(letter, _, help)| mode(*letter, help));
        return Some(("Modes of users".into(), rows.collect()));
    }
    let spec = command::find(subject)?;
    let title = format!("{} {}", spec.verb, spec.usage);
    Some((title.trim_end().to_owned(), vec![spec.help.to_owned()]))
}

fn contents() -> (String, Vec<String>) {
    let verbs: Vec<&str> = command::TABLE.iter().map(|spec| spec.verb).collect();
    let mut lines: Vec<String> = verbs
        .chunks(PER_LINE)
        .map(|verbs| verbs.join(" "))
        .collect();
    lines.push("CMODES UMODES".into());
    ("HELP and one of these words tells more".into(), lines)
}
