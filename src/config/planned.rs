//! The keys whose features are not built yet: they are accepted, named in a warning, and do nothing.

use crate::config::form::Form;
use crate::config::keys::Row;

/// Keys without effect, with the form and default that they will have.
pub const PLANNED: &[Row] = &[
    Row {
        path: "accounts.guest_inbox",
        form: Form::Planned("true or false"),
        default: "false",
        help: "Whether messages are kept for guests' names too, for whoever comes with the name.",
    },
    Row {
        path: "server.lookup_hostnames",
        form: Form::Planned("true or false"),
        default: "false",
        help: "Look up the names of clients' hosts.",
    },
    Row {
        path: "server.check_ident",
        form: Form::Planned("true or false"),
        default: "false",
        help: "Ask clients' hosts for user names.",
    },
];
