//! Keys of the server as a whole: its name, its doors, where it keeps things, rooms.

use crate::config::form::Form;
use crate::config::keys::Row;

/// Their rows.
pub(super) const KEYS: &[Row] = &[
    Row {
        path: "server.name",
        form: Form::Text(|c| &mut c.server.name),
        default: "the host's name",
        help: "What replies come from; letters, digits, dots and hyphens.",
    },
    Row {
        path: "server.description",
        form: Form::Text(|c| &mut c.server.description),
        default: "a chat server",
        help: "What WHOIS says about the server.",
    },
    Row {
        path: "server.network",
        form: Form::Text(|c| &mut c.server.network),
        default: "chat",
        help: "Name of the network, as clients show it; no spaces.",
    },
    Row {
        path: "server.bind",
        form: Form::Address(|c| &mut c.server.bind),
        default: "127.0.0.1",
        help: "Address for PORT; 0.0.0.0 is every IPv4 address of the host, \"::\" every address.",
    },
    Row {
        path: "server.tls.enabled",
        form: Form::Choice(|c| &mut c.server.tls.enabled),
        default: "auto",
        help: "Whether TLS is spoken too. auto: if others can reach a door, or a certificate is given.",
    },
    Row {
        path: "server.tls.cert",
        form: Form::MaybePath(|c| &mut c.server.tls.cert),
        default: "null",
        help: "Certificate with those that lead to its authority (PEM); none: the server makes its own.",
    },
    Row {
        path: "server.tls.key",
        form: Form::MaybePath(|c| &mut c.server.tls.key),
        default: "null",
        help: "Private key of the certificate (PEM). It must not be open to every user of this host.",
    },
    Row {
        path: "server.tls.certificates[].cert",
        form: Form::Pair("a path"),
        default: "none",
        help: "A further certificate, for clients that ask for one of its names.",
    },
    Row {
        path: "server.tls.certificates[].key",
        form: Form::Pair("a path"),
        default: "none",
        help: "Its private key.",
    },
    Row {
        path: "server.tls.sts",
        form: Form::MaybeTime(|c| &mut c.server.tls.sts),
        default: "null",
        help: "How long clients are to come over TLS only, like 30d, as the capability sts tells them.",
    },
    Row {
        path: "server.password",
        form: Form::Secret(|c| &mut c.server.password),
        default: "null",
        help: "What clients must give with PASS. The file must then not be readable by everyone.",
    },
    Row {
        path: "server.motd",
        form: Form::Lines(|c| &mut c.server.motd),
        default: "[]",
        help: "Lines of the message of the day, or the path of a file that holds them.",
    },
    Row {
        path: "server.contact",
        form: Form::Lines(|c| &mut c.server.contact),
        default: "[]",
        help: "Up to three lines that ADMIN shows: who runs the server and how to reach them.",
    },
    Row {
        path: "server.registration_timeout",
        form: Form::Time(|c| &mut c.server.registration_timeout),
        default: "30s",
        help: "How long a new connection may take to say who it is.",
    },
    Row {
        path: "server.ping_interval",
        form: Form::Time(|c| &mut c.server.ping_interval),
        default: "90s",
        help: "Silence after which a client is asked whether it is there.",
    },
    Row {
        path: "server.ping_timeout",
        form: Form::Time(|c| &mut c.server.ping_timeout),
        default: "60s",
        help: "How long it then has to answer.",
    },
    Row {
        path: "server.shutdown_grace",
        form: Form::Time(|c| &mut c.server.shutdown_grace),
        default: "10s",
        help: "Longest time that stopping takes.",
    },
    Row {
        path: "listeners[].address",
        form: Form::Door("an address with port"),
        default: "none",
        help: "A further door for clients, like 127.0.0.1:6667.",
    },
    Row {
        path: "listeners[].tls",
        form: Form::Door("true or false"),
        default: "false",
        help: "Whether this door speaks nothing but TLS.",
    },
    Row {
        path: "listeners[].unix",
        form: Form::Door("a path"),
        default: "none",
        help: "A further door for clients: a Unix socket.",
    },
    Row {
        path: "lobby",
        form: Form::MaybeRoom(|c| &mut c.lobby),
        default: "\"#lobby\"",
        help: "The room that everyone arrives in; null: none.",
    },
    Row {
        path: "broadcast.allow",
        form: Form::Choice(|c| &mut c.broadcast.allow),
        default: "everyone",
        help: "Who may send to everybody at once.",
    },
    Row {
        path: "broadcast.burst",
        form: Form::Number(|c| &mut c.broadcast.burst, 1, 1000),
        default: "3",
        help: "Broadcasts of one user that may follow each other at once.",
    },
    Row {
        path: "broadcast.per_minute",
        form: Form::Number(|c| &mut c.broadcast.per_minute, 1, 6000),
        default: "6",
        help: "Broadcasts of one user per minute after that.",
    },
    Row {
        path: "rooms.default_modes",
        form: Form::Text(|c| &mut c.rooms.default_modes),
        default: "+nt",
        help: "Modes of a new room.",
    },
    Row {
        path: "rooms.registration",
        form: Form::Truth(|c| &mut c.rooms.registration),
        default: "true",
        help: "Whether people with an account may register rooms, which then last.",
    },
    Row {
        path: "data",
        form: Form::MaybePath(|c| &mut c.data),
        default: "~/.local/share/chat/PORT",
        help: "Directory for everything that lasts; --data goes before it. $STATE_DIRECTORY, if set, is the default.",
    },
    Row {
        path: "store.kind",
        form: Form::Choice(|c| &mut c.store.kind),
        default: "sqlite",
        help: "Where everything that lasts is kept. sqlite: in the data directory; memory: nothing outlives the process.",
    },
    Row {
        path: "store.sync",
        form: Form::Choice(|c| &mut c.store.sync),
        default: "full",
        help: "What a message waits for. full: the disk; normal: the system, the disk follows soon; off: the system.",
    },
    Row {
        path: "store.window",
        form: Form::Time(|c| &mut c.store.window),
        default: "2ms",
        help: "Longest wait of a commit for company, while others are waiting.",
    },
];
