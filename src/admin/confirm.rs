//! Two steps instead of one: first who would be hit, then, with consent, the act.

use crate::admin::ask::Server;
use crate::admin::command::Command;
use crate::admin::command::moderate::Moderate;
use crate::admin::input::{Consent, Unasked, ask_back};
use crate::admin::print::moderate::preview;
use crate::admin::say;
use serde_json::Value;
use std::io::IsTerminal;

/// The command as it is to be sent, once whoever is hit by it was shown.
pub(super) fn confirmed(
    server: &Server,
    mut command: Command,
    consent: Consent,
) -> Result<Command, Unasked> {
    let Command::Moderate(act) = &mut command else {
        return Ok(command);
    };
    let Some(wanted) = act.consent().filter(|wanted| !wanted.dry_run) else {
        return Ok(command);
    };
    if consent == Consent::Given {
        wanted.yes = true;
        return Ok(command);
    }
    let preview = preview_of(server, act.clone());
    let is_agreed = preview.map_or(Ok(false), |data| agreed(&data))?;
    if let Some(wanted) = act.consent() {
        wanted.yes = is_agreed;
    }
    Ok(command)
}

/// Who would be hit, if the server can tell; if not, it says why in answer to the act itself.
fn preview_of(server: &Server, mut act: Moderate) -> Option<Value> {
    act.consent()?.dry_run = true;
    let answer = server.ask(&Command::Moderate(act));
    answer.data.filter(|_| answer.ok)
}

/// Shows it, and whether the operator has said yes to it. Where nobody can be asked, one user is no surprise.
fn agreed(data: &Value) -> Result<bool, Unasked> {
    let (matches, risks) = (count(data, "matches"), count(data, "risks"));
    if matches == 0 && risks == 0 {
        return Ok(false);
    }
    let shown = preview(data);
    let is_asked = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !is_asked && matches <= 1 && risks == 0 {
        say(&shown);
        return Ok(false);
    }
    let question = match is_asked {
        true => format!("{} Continue?", shown.trim_end()),
        false => shown.trim_end().to_owned(),
    };
    ask_back(&question).map(|()| true)
}

fn count(data: &Value, key: &str) -> usize {
    data.get(key).and_then(Value::as_array).map_or(0, Vec::len)
}
