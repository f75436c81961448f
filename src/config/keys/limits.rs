//! Keys that bound what clients may do: sizes, numbers, rates, connections.

use crate::config::form::Form;
use crate::config::keys::Row;

/// Their rows.
pub(super) const KEYS: &[Row] = &[
    Row {
        path: "limits.nick",
        form: Form::Count(|c| &mut c.limits.nick, 1, 64),
        default: "30",
        help: "Bytes of a nick.",
    },
    Row {
        path: "limits.user",
        form: Form::Count(|c| &mut c.limits.user, 1, 64),
        default: "20",
        help: "Bytes of a user name.",
    },
    Row {
        path: "limits.room",
        form: Form::Count(|c| &mut c.limits.room, 2, 200),
        default: "64",
        help: "Bytes of a room's name.",
    },
    Row {
        path: "limits.topic",
        form: Form::Count(|c| &mut c.limits.topic, 1, 450),
        default: "390",
        help: "Bytes of a topic.",
    },
    Row {
        path: "limits.kick",
        form: Form::Count(|c| &mut c.limits.kick, 1, 450),
        default: "255",
        help: "Bytes of a reason for KICK, PART or QUIT.",
    },
    Row {
        path: "limits.away",
        form: Form::Count(|c| &mut c.limits.away, 1, 450),
        default: "200",
        help: "Bytes of an away message.",
    },
    Row {
        path: "limits.realname",
        form: Form::Count(|c| &mut c.limits.realname, 1, 450),
        default: "150",
        help: "Bytes of a real name.",
    },
    Row {
        path: "limits.key",
        form: Form::Count(|c| &mut c.limits.key, 1, 200),
        default: "64",
        help: "Bytes of a room's key.",
    },
    Row {
        path: "limits.line",
        form: Form::Count(|c| &mut c.limits.line, 512, 16384),
        default: "512",
        help: "Bytes of a client's line without tags, its end included; what others are sent has at most 512.",
    },
    Row {
        path: "limits.client_tags",
        form: Form::Count(|c| &mut c.limits.client_tags, 512, 65536),
        default: "4094",
        help: "Bytes of a client's tags, without the @ and the space.",
    },
    Row {
        path: "limits.read_buffer",
        form: Form::Size(|c| &mut c.limits.read_buffer, 1024, 1 << 24),
        default: "16384",
        help: "Bytes without an end of line after which a client is closed.",
    },
    Row {
        path: "limits.read_buffer_unregistered",
        form: Form::Size(|c| &mut c.limits.read_buffer_unregistered, 1024, 1 << 24),
        default: "8192",
        help: "The same for a client that has not said who it is.",
    },
    Row {
        path: "limits.send_queue",
        form: Form::Size(|c| &mut c.limits.send_queue, 16384, 1 << 32),
        default: "1 MiB",
        help: "Bytes that may wait for a client that reads slowly.",
    },
    Row {
        path: "limits.send_queues",
        form: Form::Size(|c| &mut c.limits.send_queues, 1 << 20, 1 << 40),
        default: "256 MiB",
        help: "Bytes that may wait for all clients together; who takes the most of it goes first.",
    },
    Row {
        path: "limits.rooms_per_user",
        form: Form::Count(|c| &mut c.limits.rooms_per_user, 1, 100_000),
        default: "100",
        help: "Rooms that one user may be in.",
    },
    Row {
        path: "limits.members_per_room",
        form: Form::Count(|c| &mut c.limits.members_per_room, 1, 10_000_000),
        default: "100000",
        help: "Members that one room may have.",
    },
    Row {
        path: "limits.list_modes",
        form: Form::Count(|c| &mut c.limits.list_modes, 1, 10_000),
        default: "100",
        help: "Masks that one list of a room may hold.",
    },
    Row {
        path: "limits.monitor",
        form: Form::Count(|c| &mut c.limits.monitor, 1, 10_000),
        default: "100",
        help: "Names that one client may watch with MONITOR.",
    },
    Row {
        path: "limits.silence",
        form: Form::Count(|c| &mut c.limits.silence, 1, 10_000),
        default: "100",
        help: "Masks that one user may block with SILENCE.",
    },
    Row {
        path: "limits.accept",
        form: Form::Count(|c| &mut c.limits.accept, 1, 10_000),
        default: "100",
        help: "People that one user with mode +R may ACCEPT.",
    },
    Row {
        path: "limits.whowas",
        form: Form::Count(|c| &mut c.limits.whowas, 0, 1_000_000),
        default: "1000",
        help: "Names of the past that WHOWAS knows.",
    },
    Row {
        path: "limits.multiline.max_bytes",
        form: Form::Size(|c| &mut c.limits.multiline.max_bytes, 512, 1 << 20),
        default: "16384",
        help: "Bytes of one message of several lines.",
    },
    Row {
        path: "limits.multiline.max_lines",
        form: Form::Count(|c| &mut c.limits.multiline.max_lines, 2, 10_000),
        default: "100",
        help: "Lines of one message.",
    },
    Row {
        path: "limits.targets.COMMAND",
        form: Form::Targets(|c| &mut c.limits.targets),
        default: "20",
        help: "Targets that one line of COMMAND (PRIVMSG, NOTICE or TAGMSG) may name.",
    },
    Row {
        path: "flood.enabled",
        form: Form::Truth(|c| &mut c.flood.enabled),
        default: "true",
        help: "Whether clients are slowed down.",
    },
    Row {
        path: "flood.burst",
        form: Form::Number(|c| &mut c.flood.burst, 1, 1_000_000),
        default: "50",
        help: "Lines that may follow each other at once; 20 times as many from this host.",
    },
    Row {
        path: "flood.per_second",
        form: Form::Number(|c| &mut c.flood.per_second, 1, 1_000_000),
        default: "5",
        help: "Lines per second after that; 20 times as many from this host.",
    },
    Row {
        path: "connections.max",
        form: Form::MaybeCount(|c| &mut c.connections.max, 1, 10_000_000),
        default: "null",
        help: "Most connections; null: what the limit of descriptors allows.",
    },
    Row {
        path: "connections.per_ip",
        form: Form::MaybeCount(|c| &mut c.connections.per_ip, 1, 10_000_000),
        default: "10",
        help: "Connections from one address; null: any number.",
    },
    Row {
        path: "connections.new_per_minute",
        form: Form::MaybeNumber(|c| &mut c.connections.new_per_minute, 1, 10_000_000),
        default: "30",
        help: "New connections per minute from one address; null: any number.",
    },
    Row {
        path: "connections.unregistered",
        form: Form::Count(|c| &mut c.connections.unregistered, 1, 10_000_000),
        default: "1000",
        help: "Connections that have not said yet who they are; beyond, only exempt addresses are let in.",
    },
    Row {
        path: "connections.exempt",
        form: Form::Networks(|c| &mut c.connections.exempt),
        default: "[127.0.0.0/8, \"::1\"]",
        help: "Networks without limits per address.",
    },
];
