//! Keys about what is kept of what people say, and of people.

use crate::config::form::Form;
use crate::config::keys::Row;

/// Their rows.
pub(super) const KEYS: &[Row] = &[
    Row {
        path: "history.enabled",
        form: Form::Truth(|c| &mut c.history.enabled),
        default: "true",
        help: "Whether what was said is kept, to be read later; if not, nothing waits in an inbox either.",
    },
    Row {
        path: "history.room_messages",
        form: Form::Unlimited(|c| &mut c.history.room_messages, 1, 1 << 40),
        default: "unlimited",
        help: "Messages kept per room; the oldest go first.",
    },
    Row {
        path: "history.direct_messages",
        form: Form::Unlimited(|c| &mut c.history.direct_messages, 1, 1 << 40),
        default: "unlimited",
        help: "Messages kept per pair of people; the oldest go first.",
    },
    Row {
        path: "history.retention",
        form: Form::MaybeTime(|c| &mut c.history.retention),
        default: "null",
        help: "How long messages are kept, like 90d; null: for ever.",
    },
    Row {
        path: "history.max_per_request",
        form: Form::Count(|c| &mut c.history.max_per_request, 1, 1000),
        default: "100",
        help: "Messages per CHATHISTORY request.",
    },
    Row {
        path: "history.store_tagmsg",
        form: Form::Tags(|c| &mut c.history.store_tagmsg),
        default: "[+draft/persist, +draft/react]",
        help: "Client tags that make a TAGMSG worth keeping.",
    },
    Row {
        path: "history.replay_on_join",
        form: Form::Count(|c| &mut c.history.replay_on_join, 0, 1000),
        default: "20",
        help: "Messages shown on joining to clients that cannot ask for them; 0: none.",
    },
    Row {
        path: "history.redact.own",
        form: Form::Truth(|c| &mut c.history.redact.own),
        default: "true",
        help: "Whether one may redact one's own messages.",
    },
    Row {
        path: "history.redact.room_operators",
        form: Form::Truth(|c| &mut c.history.redact.room_operators),
        default: "true",
        help: "Whether operators of a room may redact what others said there.",
    },
    Row {
        path: "inbox.max_messages",
        form: Form::Count(|c| &mut c.inbox.max_messages, 1, 1_000_000),
        default: "1000",
        help: "Messages that may wait for one account; after that senders are refused.",
    },
    Row {
        path: "inbox.max_bytes",
        form: Form::Size(|c| &mut c.inbox.max_bytes, 1024, 1 << 32),
        default: "1 MiB",
        help: "Bytes that may wait for one account.",
    },
    Row {
        path: "metadata.enabled",
        form: Form::Truth(|c| &mut c.metadata.enabled),
        default: "true",
        help: "Whether people and rooms may have metadata.",
    },
    Row {
        path: "metadata.max_subs",
        form: Form::Count(|c| &mut c.metadata.max_subs, 1, 10_000),
        default: "100",
        help: "Keys that one client may subscribe to.",
    },
    Row {
        path: "metadata.max_keys",
        form: Form::Count(|c| &mut c.metadata.max_keys, 1, 10_000),
        default: "100",
        help: "Keys that one user or room may have.",
    },
    Row {
        path: "metadata.max_value_bytes",
        form: Form::Count(|c| &mut c.metadata.max_value_bytes, 1, 4096),
        default: "400",
        help: "Bytes of a value.",
    },
    Row {
        path: "metadata.before_connect",
        form: Form::Truth(|c| &mut c.metadata.before_connect),
        default: "true",
        help: "Whether metadata may be set before arriving.",
    },
];
