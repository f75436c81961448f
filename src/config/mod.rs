//! The server's configuration: YAML → checked values. The only room that uses serde_yaml.
//!
//! `keys` is the one table of what may stand in the file; reading, checking and chat.yaml(5) come
//! from it. After reading nothing is optional that has a default.

pub mod accounts;
pub mod admin;
pub mod check;
pub mod choice;
pub mod client;
pub mod fault;
pub mod file;
pub mod files;
pub mod form;
pub mod history;
pub mod keys;
pub mod log;
pub mod oper;
pub mod password;
pub mod place;
pub mod planned;
pub mod proxy;
pub mod read;
pub mod reload;
pub mod show;
mod syntax;
pub mod tls;
pub mod value;
pub mod web;

use crate::config::accounts::Accounts;
use crate::config::admin::Admin;
use crate::config::file::Origin;
use crate::config::files::Files;
use crate::config::history::{History, Inbox, Metadata};
use crate::config::log::{Level, Log, LogFormat};
use crate::config::oper::Oper;
use crate::config::proxy::{Cloak, Proxy};
use crate::config::tls::Tls;
use crate::config::web::Web;
use crate::proto::name::RoomName;
use crate::proto::subnet::Subnet;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// Everything that can be configured, checked; nothing is optional that has a default.
#[derive(Debug, Clone)]
pub struct Config {
    pub server: Server,
    /// The room that everyone arrives in; `None` switches it off.
    pub lobby: Option<RoomName>,
    pub broadcast: Broadcast,
    /// Where everything that lasts is kept; `None`: the platform's data directory, by port.
    pub data: Option<PathBuf>,
    pub limits: Limits,
    pub flood: Flood,
    pub connections: Connections,
    pub rooms: Rooms,
    pub accounts: Accounts,
    pub history: History,
    pub inbox: Inbox,
    pub metadata: Metadata,
    pub files: Files,
    pub store: Store,
    pub admin: Admin,
    pub log: Log,
    /// Where monitoring asks.
    pub metrics: Option<SocketAddr>,
    /// Further doors beside the main port.
    pub listeners: Vec<Listener>,
    /// Who may become an operator of the server.
    pub opers: Vec<Oper>,
    pub proxy: Proxy,
    pub cloak: Cloak,
    pub web: Web,
    /// Where to read it again.
    pub origin: Origin,
}

/// Section `server`.
#[derive(Debug, Clone)]
pub struct Server {
    /// What replies come from; the host's name by default.
    pub name: String,
    pub description: String,
    pub network: String,
    /// Address for the port of the command line.
    pub bind: IpAddr,
    pub tls: Tls,
    /// For PASS.
    pub password: Option<String>,
    /// Lines of the message of the day.
    pub motd: Vec<String>,
    /// Up to three lines of ADMIN.
    pub contact: Vec<String>,
    pub registration_timeout: Duration,
    pub ping_interval: Duration,
    pub ping_timeout: Duration,
    pub shutdown_grace: Duration,
}

/// One door beside the main port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listener {
    Tcp(std::net::SocketAddr),
    /// Speaks nothing but TLS.
    Tls(std::net::SocketAddr),
    /// Takes nothing but WebSocket.
    Web(std::net::SocketAddr),
    /// The same, and only by TLS.
    WebTls(std::net::SocketAddr),
    Unix(PathBuf),
}

/// Section `broadcast`.
#[derive(Debug, Clone)]
pub struct Broadcast {
    pub allow: Allow,
    /// Broadcasts that may follow each other at once.
    pub burst: u32,
    pub per_minute: u32,
}

/// Who may do a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allow {
    Everyone,
    Registered,
    Operators,
}

/// Section `limits`. Names and texts in bytes.
#[derive(Debug, Clone)]
pub struct Limits {
    pub nick: usize,
    pub user: usize,
    pub room: usize,
    pub topic: usize,
    pub kick: usize,
    pub away: usize,
    pub realname: usize,
    pub key: usize,
    /// A line without tags, CR and LF included.
    pub line: usize,
    /// A client's tags without `@` and the space.
    pub client_tags: usize,
    /// Bytes without an end of line.
    pub read_buffer: usize,
    pub read_buffer_unregistered: usize,
    /// Bytes that may wait for one client.
    pub send_queue: usize,
    /// Bytes that may wait for all clients together.
    pub send_queues: usize,
    pub rooms_per_user: usize,
    pub members_per_room: usize,
    pub list_modes: usize,
    /// Names that one session may watch.
    pub monitor: usize,
    /// Masks that one user may silence.
    pub silence: usize,
    /// People that one user may accept.
    pub accept: usize,
    /// Names of the past.
    pub whowas: usize,
    pub multiline: Multiline,
    /// Targets per line by command.
    pub targets: BTreeMap<String, usize>,
}

/// Section `limits.multiline`: one message of several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Multiline {
    pub max_bytes: usize,
    pub max_lines: usize,
}

/// Section `flood`.
#[derive(Debug, Clone)]
pub struct Flood {
    pub enabled: bool,
    /// Lines that may follow each other at once.
    pub burst: u32,
    pub per_second: u32,
}

/// Section `connections`.
#[derive(Debug, Clone)]
pub struct Connections {
    /// `None`: what the descriptor limit allows.
    pub max: Option<usize>,
    pub per_ip: Option<usize>,
    pub new_per_minute: Option<u32>,
    /// Connections that are not let in yet.
    pub unregistered: usize,
    /// Networks without per-address limits.
    pub exempt: Vec<Subnet>,
}

impl Connections {
    /// How many there may be, if the process can hold `held`.
    pub fn most(&self, held: usize) -> usize {
        self.max.map_or(held, |max| max.min(held))
    }
}

/// Section `rooms`.
#[derive(Debug, Clone)]
pub struct Rooms {
    /// Modes of a new room, like `+nt`.
    pub default_modes: String,
    /// People with an account may register them.
    pub registration: bool,
}

/// Section `store`.
#[derive(Debug, Clone)]
pub struct Store {
    pub kind: StoreKind,
    pub sync: Sync,
    /// Longest wait of a commit for company.
    pub window: Duration,
}

/// Where records are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreKind {
    /// Nothing outlives the process.
    Memory,
    /// A database in the data directory.
    Sqlite,
}

/// What a commit waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sync {
    /// The disk.
    Full,
    /// The system, which brings it to the disk at the next checkpoint.
    Normal,
    /// The system alone.
    Off,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            server: Server::default(),
            lobby: RoomName::new("#lobby", 64),
            broadcast: Broadcast {
                allow: Allow::Everyone,
                burst: 3,
                per_minute: 6,
            },
            data: None,
            limits: Limits::default(),
            flood: Flood {
                enabled: true,
                burst: 50,
                per_second: 5,
            },
            connections: Connections::default(),
            rooms: Rooms {
                default_modes: "+nt".into(),
                registration: true,
            },
            accounts: Accounts::default(),
            history: History::default(),
            inbox: Inbox::default(),
            metadata: Metadata::default(),
            files: Files::default(),
            store: Store {
                kind: StoreKind::Sqlite,
                sync: Sync::Full,
                window: Duration::from_millis(2),
            },
            admin: Admin::default(),
            log: Log {
                level: Level::Info,
                target: None,
                format: LogFormat::Text,
            },
            metrics: None,
            listeners: Vec::new(),
            opers: Vec::new(),
            proxy: Proxy::default(),
            cloak: Cloak::default(),
            web: Web::default(),
            origin: Origin::default(),
        }
    }
}

impl Default for Server {
    fn default() -> Self {
        Self {
            name: "localhost".into(),
            description: "a chat server".into(),
            network: "chat".into(),
            bind: IpAddr::from([127, 0, 0, 1]),
            tls: Tls::default(),
            password: None,
            motd: Vec::new(),
            contact: Vec::new(),
            registration_timeout: Duration::from_secs(30),
            ping_interval: Duration::from_secs(90),
            ping_timeout: Duration::from_secs(60),
            shutdown_grace: Duration::from_secs(10),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            nick: 30,
            user: 20,
            room: 64,
            topic: 390,
            kick: 255,
            away: 200,
            realname: 150,
            key: 64,
            line: 512,
            client_tags: 4094,
            read_buffer: 16384,
            read_buffer_unregistered: 8192,
            send_queue: 1 << 20,
            send_queues: 256 << 20,
            rooms_per_user: 100,
            members_per_room: 100_000,
            list_modes: 100,
            monitor: 100,
            silence: 100,
            accept: 100,
            whowas: 1000,
            multiline: Multiline {
                max_bytes: 16384,
                max_lines: 100,
            },
            targets: BTreeMap::new(),
        }
    }
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            max: None,
            per_ip: Some(10),
            new_per_minute: Some(30),
            unregistered: 1000,
            exempt: vec![
                Subnet::of(Ipv4Addr::LOCALHOST.into(), 8),
                Subnet::only(Ipv6Addr::LOCALHOST.into()),
            ],
        }
    }
}
