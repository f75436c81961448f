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
    Row {
        path: "files.max_bytes",
        form: Form::Planned("a size"),
        default: "100 MiB",
        help: "Bytes of a file.",
    },
    Row {
        path: "files.per_account",
        form: Form::Planned("a size"),
        default: "1 GiB",
        help: "Bytes of one account's files.",
    },
    Row {
        path: "files.total",
        form: Form::Planned("a size"),
        default: "10 GiB",
        help: "Bytes of all files.",
    },
    Row {
        path: "files.expiry",
        form: Form::Planned("a time"),
        default: "null",
        help: "How long files are kept; null: for ever.",
    },
    Row {
        path: "files.drop_dir",
        form: Form::Planned("a path"),
        default: "null",
        help: "Directory whose files are offered.",
    },
    Row {
        path: "files.udp",
        form: Form::Planned("true or false"),
        default: "false",
        help: "Whether files are also sent over UDP.",
    },
];
