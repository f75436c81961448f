//! Two steps instead of one: first who would be hit, then, with consent, the act.

use crate::admin::ask::Server;
use crate::admin::command::Command;
use crate::admin::command::moderate::{Consent, Moderate};
use crate::admin::input::{Unasked, consent};
use crate::admin::print::moderate::preview;
use crate::admin::say;
use crate::exit::Exit;
use serde_json::Value;
use std::io::IsTerminal;

/// The command as it is to be sent, once whoever is hit by it was shown.
pub(super) fn confirmed(server: &Server, mut command: Command) -> Result<Command, Unasked> {
    let Some(wanted) = consent_of(&mut command).filter(|wanted| !wanted.yes && !wanted.dry_run)
    else {
        return Ok(command);
    };
    wanted.dry_run = true;
    let answer = server.ask(&command);
    if let Some(wanted) = consent_of(&mut command) {
        wanted.dry_run = false;
    }
    // What is wrong with it is told in answer to the act itself.
    let Some(data) = answer.data.filter(|_| answer.ok) else {
        return Ok(command);
    };
    let (matches, risks) = (count(&data, "matches"), count(&data, "risks"));
    if matches == 0 && risks == 0 {
        return Ok(command);
    }
    let shown = preview(&data);
    let is_asked = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    match (is_asked, matches > 1 || risks > 0) {
        (true, _) => consent(&format!("{} Continue?", shown.trim_end()))?,
        (false, true) => {
            let how = format!("{} Say so with --yes.", shown.trim_end());
            return Err(Unasked(Exit::Usage, how));
        }
        (false, false) => {
            say(&shown);
            return Ok(command);
        }
    }
    if let Some(wanted) = consent_of(&mut command) {
        wanted.yes = true;
    }
    Ok(command)
}

fn consent_of(command: &mut Command) -> Option<&mut Consent> {
    match command {
        Command::Moderate(Moderate::Ban(ban)) => Some(&mut ban.consent),
        Command::Moderate(Moderate::Mute(mute)) => Some(&mut mute.consent),
        _ => None,
    }
}

fn count(data: &Value, key: &str) -> usize {
    data.get(key).and_then(Value::as_array).map_or(0, Vec::len)
}
