//! Keys about addresses: who may speak for others, and what others see of an address.

use crate::config::form::Form;
use crate::config::keys::Row;

/// Their rows.
pub(super) const KEYS: &[Row] = &[
    Row {
        path: "server.proxy_protocol",
        form: Form::Choice(|c| &mut c.proxy.header),
        default: "absent",
        help: "required: PORT is for proxies alone, those of proxy.from or, if that is empty, of this machine.",
    },
    Row {
        path: "proxy.from",
        form: Form::Networks(|c| &mut c.proxy.from),
        default: "[]",
        help: "Networks of proxies: who connects from there must begin with a PROXY header, version 1 or 2.",
    },
    Row {
        path: "proxy.webirc[].password",
        form: Form::Gateway("an argon2 PHC string, or text"),
        default: "none",
        help: "Password of a gateway that speaks for others with WEBIRC.",
    },
    Row {
        path: "proxy.webirc[].hosts",
        form: Form::Gateway("a list of networks"),
        default: "none",
        help: "Where the gateway connects from, like 10.0.0.7.",
    },
    Row {
        path: "cloak.enabled",
        form: Form::Truth(|c| &mut c.cloak.enabled),
        default: "true",
        help: "Whether others see a cloak in place of an address off this machine; operators see the address.",
    },
    Row {
        path: "cloak.key",
        form: Form::Secret(|c| &mut c.cloak.key),
        default: "made on first start",
        help: "Secret that cloaks are made of; by default the server's own, in its data directory.",
    },
];
