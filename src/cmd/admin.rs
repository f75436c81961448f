//! `chat admin`: ask a running server.

use crate::admin;
use crate::admin::command::Command;
use crate::exit::Exit;

/// Which server, how to print, and what to ask.
#[derive(Debug, clap::Args)]
pub struct Admin {
    #[command(flatten)]
    which: admin::Which,
    #[command(flatten)]
    options: admin::Options,
    #[command(subcommand)]
    verb: Option<Command>,
}

/// What programs need to know; it stands in the manual, too.
pub const MANUAL: &str = "\
Server: the one behind --socket, or on --port, or the only one that runs. Sockets are looked for in \
/run/chat/admin.sock, $XDG_RUNTIME_DIR/chat/PORT.sock and /tmp/chat-UID/PORT.sock (or below $TMPDIR). The user who runs the \
server, and root, may ask everything, members of the group admin.group what admin.roles says; see chat.yaml(5).

JSON: --json prints one line: {\"v\":1,\"ok\":true,\"data\":...,\"truncated\":false} or \
{\"v\":1,\"ok\":false,\"error\":{\"code\":...,\"text\":...,\"hint\":[names]},\"truncated\":false}. Codes: \
bad_request, not_allowed, no_such_user, no_such_account, no_such_room, no_such_message, no_such_sanction, no_such_file, \
needs_consent, account_exists, bad_name, bad_password, storage, damaged (data tells what), bad_config (data tells \
the faults), ailing (data tells of what), partly (data tells for whom), failed, busy, no_server, ambiguous, \
other_version, no_answer.

Socket: one JSON object per line in each direction, so any language can speak it: \
{\"v\":1,\"request\":{\"command\":\"kick\",\"names\":[\"bob\"],\"reason\":null}}

Console: without a verb, a console with completion and history on a terminal; in a pipe, one verb per line.";

/// Asks once, or opens the console.
pub fn run(args: Admin) -> Exit {
    admin::run(&args.which, &args.options, args.verb)
}
