//! `watch N COMMAND` in the console: the same question again and again, until a key is pressed.

use crate::admin::ask::Server;
use crate::admin::command::Command;
use crate::admin::command::accounts::Accounts;
use crate::admin::command::moderate::Moderate;
use crate::admin::input::Face;
use crate::admin::{Options, carry_out, say};
use crate::exit::Exit;
use crate::terminal::keys::Keys;
use std::io::{Write, stdout};
use std::time::Duration;

/// Empties the screen, so that each answer stands in the place of the one before.
const CLEAR: &[u8] = b"\x1b[H\x1b[2J";

/// What cannot be watched, and why.
fn objection(command: &Command) -> Option<&'static str> {
    match command {
        Command::Top(_) => Some("top watches by itself: top -i SECONDS"),
        Command::Stop { .. } => Some("stop is said once"),
        Command::Accounts(Accounts::Create { .. } | Accounts::Passwd { .. })
        | Command::Moderate(Moderate::Ban(_) | Moderate::Mute(_)) => {
            Some("that is done once, and asks back")
        }
        _ if command.is_stream() => Some("that never ends by itself"),
        _ => command
            .question()
            .map(|_| "that is done once, and asks back"),
    }
}

/// Carries out `command` every so many seconds.
pub(super) fn watch(server: &Server, options: &Options, seconds: u64, command: &Command) -> Exit {
    if let Some(why) = objection(command) {
        say(&format!("This cannot be watched: {why}.\n"));
        return Exit::Usage;
    }
    let Some(keys) = Keys::take() else {
        say("watch needs a terminal.\n");
        return Exit::Usage;
    };
    loop {
        let mut out = stdout().lock();
        let _ = out.write_all(CLEAR).and_then(|()| out.flush());
        drop(out);
        let exit = carry_out(server, options, command.clone(), Face::Console);
        say(&format!("Every {seconds} s; any key ends it.\n"));
        if keys.is_pressed_within(Duration::from_secs(seconds)) {
            return exit;
        }
    }
}
