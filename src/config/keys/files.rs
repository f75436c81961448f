//! Keys about files that people share.

use crate::config::form::Form;
use crate::config::keys::Row;

/// Longest of all sizes.
const MOST: u64 = 1 << 50;

/// Their rows.
pub(super) const KEYS: &[Row] = &[
    Row {
        path: "files.enabled",
        form: Form::Truth(|c| &mut c.files.enabled),
        default: "true",
        help: "Whether people may share files.",
    },
    Row {
        path: "files.uploads",
        form: Form::Choice(|c| &mut c.files.uploads),
        default: "everyone",
        help: "Who may upload; in a room or to a person only those who may speak there.",
    },
    Row {
        path: "files.max_bytes",
        form: Form::Size(|c| &mut c.files.max_bytes, 1, MOST),
        default: "100 MiB",
        help: "Bytes of a file.",
    },
    Row {
        path: "files.per_account",
        form: Form::Size(|c| &mut c.files.per_account, 1, MOST),
        default: "1 GiB",
        help: "Bytes of all files of one account, or of all guests from one network.",
    },
    Row {
        path: "files.total",
        form: Form::Size(|c| &mut c.files.total, 1, MOST),
        default: "10 GiB",
        help: "Bytes of all files that people share.",
    },
    Row {
        path: "files.max_count",
        form: Form::Count(|c| &mut c.files.max_count, 1, 1_000_000),
        default: "100000",
        help: "Files at most; a tenth of them for each account or network.",
    },
    Row {
        path: "files.expiry",
        form: Form::MaybeTime(|c| &mut c.files.expiry),
        default: "null",
        help: "How long a file is kept from when it is shared, like 90d; null: for ever.",
    },
    Row {
        path: "files.drop_dir",
        form: Form::MaybePath(|c| &mut c.files.drop_dir),
        default: "null",
        help: "Directory whose files are offered to everybody as long as they are in it.",
    },
    Row {
        path: "files.links",
        form: Form::Choice(|c| &mut c.files.links),
        default: "anyone",
        help: "Who may read what they have a link to: anyone, or members of the room or conversation it was posted in.",
    },
    Row {
        path: "files.strip_metadata",
        form: Form::Truth(|c| &mut c.files.strip_metadata),
        default: "false",
        help: "Whether what pictures tell of place and camera is taken out.",
    },
    Row {
        path: "files.udp",
        form: Form::Truth(|c| &mut c.files.udp),
        default: "false",
        help: "Whether files are also sent over UDP, at the same port.",
    },
];
