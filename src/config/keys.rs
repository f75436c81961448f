//! The table of keys that act: path, form, default and help of each, and where its value goes.
//!
//! The table is the source for reading, for the suggestions in faults and for chat.yaml(5).

use crate::config::form::Form;
use crate::config::planned::PLANNED;

/// One key.
#[derive(Debug)]
pub struct Row {
    /// Sections joined by dots; `[]` stands for each item of a list, a word in capitals for any name.
    pub path: &'static str,
    pub form: Form,
    /// As it is written in a file, or in words.
    pub default: &'static str,
    /// A sentence or two for people.
    pub help: &'static str,
}

/// Every key, those that act first.
pub fn all() -> impl Iterator<Item = &'static Row> {
    KEYS.iter().chain(PLANNED)
}

/// The row of a path, in which items of lists are written `[]`.
pub fn row(path: &str) -> Option<&'static Row> {
    all().find(|row| {
        row.path == path
            || row.path.strip_suffix("COMMAND").is_some_and(|section| {
                path.strip_prefix(section)
                    .is_some_and(|name| !name.is_empty() && !name.contains('.'))
            })
    })
}

/// Whether some key's path begins so.
pub fn is_section(path: &str) -> bool {
    all().any(|row| row.path.starts_with(path))
}

/// The key or section that was most likely meant.
pub fn nearest(path: &str) -> Option<&'static str> {
    const LONGEST: usize = 64;
    if path.len() > LONGEST {
        return None;
    }
    let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
    let sections =
        all().filter_map(|row| Some(row.path.rsplit_once('.')?.0.trim_end_matches("[]")));
    all()
        .map(|row| row.path)
        .chain(sections)
        .filter(|known| strsim::damerau_levenshtein(known, path) <= 3 || last(known) == last(path))
        .min_by_key(|known| strsim::damerau_levenshtein(known, path))
}

/// The keys that act.
const KEYS: &[Row] = &[
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
        form: Form::Allow(|c| &mut c.broadcast.allow),
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
        path: "data",
        form: Form::MaybePath(|c| &mut c.data),
        default: "~/.local/share/chat/PORT",
        help: "Directory for everything that lasts; --data goes before it.",
    },
    Row {
        path: "store.kind",
        form: Form::Store(|c| &mut c.store.kind),
        default: "memory",
        help: "Where messages are kept. memory: nothing outlives the process; sqlite is not built yet.",
    },
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
        path: "connections.exempt",
        form: Form::Networks(|c| &mut c.connections.exempt),
        default: "[127.0.0.0/8, \"::1\"]",
        help: "Networks without limits per address.",
    },
    Row {
        path: "rooms.default_modes",
        form: Form::Text(|c| &mut c.rooms.default_modes),
        default: "+nt",
        help: "Modes of a new room.",
    },
    Row {
        path: "opers[].name",
        form: Form::Oper("a word"),
        default: "none",
        help: "Name of an operator of the server, for OPER.",
    },
    Row {
        path: "opers[].password",
        form: Form::Oper("an argon2 PHC string, or text"),
        default: "null",
        help: "Password of the operator; text is taken with a warning.",
    },
    Row {
        path: "opers[].hosts",
        form: Form::Oper("a list of masks"),
        default: "[]",
        help: "Where the operator may come from, like ann@10.0.0.* or localhost; none: anywhere.",
    },
    Row {
        path: "opers[].role",
        form: Form::Oper("viewer, moderator or admin"),
        default: "viewer",
        help: "What the operator may do: see more; also remove people and speak to all; everything.",
    },
    Row {
        path: "admin.socket",
        form: Form::MaybePath(|c| &mut c.admin.socket),
        default: "found by rule",
        help: "Path of the socket for chat admin; see chat-admin(1).",
    },
    Row {
        path: "log.level",
        form: Form::Level(|c| &mut c.log.level),
        default: "info",
        help: "How much is logged.",
    },
    Row {
        path: "log.target",
        form: Form::Target(|c| &mut c.log.target),
        default: "stderr",
        help: "Where the log goes; a file is opened anew when the configuration is read again.",
    },
];
