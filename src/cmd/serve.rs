//! `chat serve`: reads the configuration, opens the doors, says where they are, runs until told to stop.

use crate::admin::{ask, socket};
use crate::cmd::{answer, say, signals};
use crate::config::fault::Report;
use crate::config::file::Origin;
use crate::config::{Config, StoreKind, Sync, check};
use crate::exit::Exit;
use crate::server;
use crate::server::admin::door;
use crate::server::error::{Error, Kind};
use crate::server::kept::Kept;
use crate::server::listen::{self, Doors};
use crate::server::{kept, log};
use crate::store::sqlite::restore::restore;
use async_global_executor::GlobalExecutorConfig;
use clap::Args;
use std::fs::DirBuilder;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};

/// For the man page and the long help.
pub const SIGNALS: &str = "Signals: SIGINT and SIGTERM tell the clients and stop in order, a second one stops at once; \
SIGHUP has the configuration read again, see chat.yaml(5).";

/// How to run a server.
#[derive(Debug, Args)]
pub struct Serve {
    /// Port for clients; 0 takes a free one
    #[arg(default_value_t = 55555, value_parser = socket::port)]
    port: u16,
    /// Read this configuration, see chat.yaml(5)
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Keep everything that lasts in this directory
    #[arg(short, long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Listen on this address instead of 127.0.0.1; 0.0.0.0 is every IPv4 address of the host
    #[arg(short, long, value_name = "ADDRESS")]
    bind: Option<IpAddr>,
    /// Speak TLS beside plain text; without a certificate of yours one is made
    #[arg(long, overrides_with = "no_tls")]
    tls: bool,
    /// Speak no TLS, even where others can come in
    #[arg(long, overrides_with = "tls")]
    no_tls: bool,
    /// First fill the data directory, which must be empty, from this backup; see chat-admin-backup(1)
    #[arg(long, value_name = "FILE")]
    restore: Option<PathBuf>,
    /// Check the configuration and do nothing else
    #[arg(long)]
    check: bool,
}

/// Why there is no server: a sentence and how the process ends.
struct Failure(Exit, String);

/// Runs a server until it is stopped.
pub fn run(args: Serve) -> Exit {
    let origin = Origin {
        file: args.config,
        bind: args.bind,
        data: args.data,
        tls: (args.tls || args.no_tls).then_some(args.tls),
        host_name: host_name(),
    };
    let (config, report) = origin.read();
    say(&report.to_string());
    if report.is_fatal() {
        say(&format!("{}\n", report.summary()));
        return Exit::Usage;
    }
    if args.check {
        return checked(&report);
    }
    let served = serve(config, args.port, args.bind, args.restore.as_deref());
    log::finish();
    match served {
        Ok(()) => Exit::Done,
        Err(Failure(exit, text)) => {
            say(&format!("{text}\n"));
            exit
        }
    }
}

/// The host's name. One without a dot gets `.local`: clients take a source without a dot for a person.
fn host_name() -> String {
    let found = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let name = match found.trim() {
        name if name.contains('.') => name.to_owned(),
        "" => "chat.local".to_owned(),
        name => format!("{name}.local"),
    };
    match check::is_server_name(&name) {
        true => name,
        false => "chat.local".into(),
    }
}

fn checked(report: &Report) -> Exit {
    answer(&match &report.file {
        Some(file) => format!("{}: {}\n", file.display(), report.summary()),
        None => "No configuration file: the defaults are in force\n".to_owned(),
    });
    Exit::Done
}

/// From checked configuration to a stopped server.
fn serve(
    config: Config,
    port: u16,
    bind: Option<IpAddr>,
    backup: Option<&Path>,
) -> Result<(), Failure> {
    one_executor_thread();
    let doors = listen::open(&config, port).map_err(|error| not_open(&error, port, bind))?;
    let port = doors.port();
    let data = data_directory(&config, port)?;
    if let Some(backup) = backup {
        restored(&config, backup, &data)?;
    }
    let path = config
        .admin
        .socket
        .clone()
        .unwrap_or_else(|| socket::path_for(port));
    let admin = door::bind(&path, config.admin.group.as_deref()).map_err(|error| match &error {
        door::Error::Unfit(text) => Failure(Exit::Usage, text.clone()),
        door::Error::Taken(text) => Failure(Exit::Unreachable, text.clone()),
    })?;
    let (control, controlled) = async_channel::unbounded();
    open_log(&config)?;
    signals::watch(&control, &path).map_err(|text| Failure(Exit::Failed, text))?;
    let kept = kept::open(&config, &data).map_err(|error| not_open(&error, port, bind))?;
    greet(&config, &doors, &data, &path, &kept);
    let (tell, told) = mpsc::channel();
    async_std::task::spawn(async move {
        let audit = kept.audit.clone();
        let door = server::admin::serve(admin, control, audit.clone());
        let door = async_std::task::spawn(door);
        let ended = server::run(Arc::new(config), doors, kept, controlled).await;
        door.await;
        audit.flush();
        let _ = tell.send(ended);
    });
    // The main thread only waits: a blocking run of the executor here would compete for its reactor.
    match told.recv() {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Failure(Exit::Failed, error.to_string())),
        Err(_) => Err(Failure(
            Exit::Failed,
            "the server ended without a word".into(),
        )),
    }
}

/// Fills the data directory from a backup.
fn restored(config: &Config, backup: &Path, data: &Path) -> Result<(), Failure> {
    if config.store.kind == StoreKind::Memory {
        let text = "store.kind is memory: a backup cannot be restored into it";
        return Err(Failure(Exit::Usage, text.into()));
    }
    let damaged = restore(backup, data).map_err(|why| Failure(Exit::Failed, why.to_string()))?;
    for fault in &damaged {
        say(&format!("Damaged in the backup, and left out: {fault}\n"));
    }
    let (from, to) = (backup.display(), data.display());
    say(&format!("Restored {from} to {to}\n"));
    Ok(())
}

/// Logs from now on; a panic too is a line of the log.
fn open_log(config: &Config) -> Result<(), Failure> {
    log::open(&config.log).map_err(|error| {
        let target = config.log.target.as_deref().unwrap_or(Path::new("stderr"));
        let shown = target.display();
        let text = format!("the log {shown} cannot be opened: {error}; set another log.target");
        Failure(Exit::Usage, text)
    })?;
    std::panic::set_hook(Box::new(|panic| log::error(format_args!("a bug: {panic}"))));
    Ok(())
}

/// One thread carries hub and shard. Must come before any use of the runtime.
fn one_executor_thread() {
    let one = GlobalExecutorConfig::default()
        .with_min_threads(1)
        .with_max_threads(1);
    async_global_executor::init_with_config(one.with_thread_name_fn(|| "server".into()));
}

fn not_open(error: &Error, port: u16, bind: Option<IpAddr>) -> Failure {
    let exit = match error.kind() {
        Kind::PortTaken | Kind::Store | Kind::StoreTaken => Exit::Unreachable,
        Kind::NotAllowed => Exit::NotAllowed,
        Kind::NoSuchAddress => Exit::Usage,
        Kind::Tls => Exit::Tls,
        Kind::System => Exit::Failed,
    };
    let pid = ask::pid_behind(&socket::path_for(port));
    match (error.kind(), pid) {
        (Kind::PortTaken, Some(pid)) => Failure(
            exit,
            format!(
                "Port {port} is taken by pid {pid} (chat serve). Stop it with chat admin stop, or choose another port."
            ),
        ),
        (Kind::PortTaken, None) => Failure(
            exit,
            format!(
                "Port {port} is taken by another program. Stop that, or choose another port: chat serve {}{}",
                free_after(port),
                bind.map(|address| format!(" --bind {address}"))
                    .unwrap_or_default()
            ),
        ),
        _ => Failure(exit, error.to_string()),
    }
}

/// A port to propose.
fn free_after(port: u16) -> u16 {
    port.checked_add(1).unwrap_or(55555)
}

/// The directory for everything that lasts, made for its owner alone if it is missing.
fn data_directory(config: &Config, port: u16) -> Result<PathBuf, Failure> {
    let absolute = |path: PathBuf| path.is_absolute().then_some(path);
    let platform = || {
        std::env::var_os("XDG_DATA_HOME")
            .and_then(|path| absolute(path.into()))
            .or_else(|| std::env::home_dir().map(|home| home.join(".local/share")))
            .map(|data| data.join("chat").join(port.to_string()))
    };
    let service = || absolute(std::env::var_os("STATE_DIRECTORY")?.into());
    let given = config.data.clone().or_else(service);
    let directory = given.or_else(platform).ok_or_else(|| {
        Failure(
            Exit::Usage,
            "no home directory: say with --data where to keep data".into(),
        )
    })?;
    let made = DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&directory);
    made.map_err(|error| {
        let shown = directory.display();
        Failure(
            Exit::Usage,
            format!(
                "the data directory {shown} cannot be made: {error}; choose another with --data"
            ),
        )
    })?;
    Ok(directory)
}

/// What the operator needs to know, the ready line last.
fn greet(config: &Config, doors: &Doors, data: &Path, admin: &Path, stored: &Kept) {
    let kept = match (config.store.kind, config.store.sync) {
        (StoreKind::Memory, _) => "in memory: a restart forgets them",
        (StoreKind::Sqlite, Sync::Full) => "in the data directory",
        (StoreKind::Sqlite, Sync::Normal) => {
            "in the data directory, sync normal: a power cut may lose the last 30 s"
        }
        (StoreKind::Sqlite, Sync::Off) => {
            "in the data directory, sync off: a power cut may lose or damage them"
        }
    };
    let ready = match doors.has_port() {
        true => format!(
            "Ready. Connect with: chat connect {} {}",
            reachable(config.server.bind),
            doors.port()
        ),
        false => "Ready.".to_owned(),
    };
    let certificates = stored.certificates().into_iter();
    let tls: String = certificates
        .map(|line| format!("TLS           {line}\n"))
        .collect();
    let lines = format!(
        "chat {}\nData          {}\nMessages      {kept}\nListening on  {}\n{tls}Admin socket  {}\n{ready}\n",
        env!("CARGO_PKG_VERSION"),
        data.display(),
        doors.addresses().join(", "),
        admin.display(),
    );
    answer(&lines);
}

/// The address to connect to: for a door on every address, the one that others most likely see.
fn reachable(bind: IpAddr) -> IpAddr {
    if !bind.is_unspecified() {
        return bind;
    }
    let (far, near): (IpAddr, IpAddr) = match bind {
        IpAddr::V4(_) => (
            Ipv4Addr::new(192, 0, 2, 1).into(),
            Ipv4Addr::LOCALHOST.into(),
        ),
        IpAddr::V6(_) => (
            Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into(),
            Ipv6Addr::LOCALHOST.into(),
        ),
    };
    // Connecting a datagram socket sends nothing; the system only chooses the address to send from.
    let chosen = UdpSocket::bind((bind, 0)).and_then(|socket| {
        socket.connect((far, 9))?;
        socket.local_addr()
    });
    chosen.map_or(near, |address| address.ip())
}
