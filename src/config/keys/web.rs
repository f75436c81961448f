//! Keys of what browsers get.

use crate::config::form::Form;
use crate::config::keys::Row;

/// Their rows.
pub(super) const KEYS: &[Row] = &[
    Row {
        path: "web.enabled",
        form: Form::Truth(|c| &mut c.web.enabled),
        default: "true",
        help: "Whether browsers are served too: the chat as a page, WebSocket and files, on the same ports.",
    },
    Row {
        path: "web.hosts",
        form: Form::Words(|c| &mut c.web.hosts),
        default: "[]",
        help: "Further names that browsers may call the server by, beside server.name and those of its certificates.",
    },
    Row {
        path: "web.url",
        form: Form::MaybeText(|c| &mut c.web.url),
        default: "null",
        help: "Where browsers find the server, like https://chat.example.org, if a proxy stands before it.",
    },
    Row {
        path: "websocket.allowed_origins",
        form: Form::Words(|c| &mut c.web.origins),
        default: "[]",
        help: "Other web sites whose pages may connect, like https://example.org; the server's own always may.",
    },
    Row {
        path: "listeners[].websocket",
        form: Form::Door("true or false"),
        default: "false",
        help: "Whether this door takes nothing but WebSocket; with tls: true too, only by TLS.",
    },
];
