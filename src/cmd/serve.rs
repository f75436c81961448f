//! `chat serve`: reads the configuration, opens the doors, says where they are, runs until told to stop.

mod data;
mod greet;

use crate::admin::{ask, socket};
use crate::cmd::{answer, say, signals};
use crate::config::fault::Report;
use crate::config::file::Origin;
use crate::config::{Config, StoreKind, check};
use crate::exit::Exit;
use crate::server;
use crate::server::admin::door::{self, Door};
use crate::server::control::Control;
use crate::server::error::{Error, Kind};
use crate::server::handover::claim::{Claim, Inheritance};
use crate::server::handover::heir::Caller;
use crate::server::kept::Kept;
use crate::server::listen::{self, Doors};
use crate::server::{Circumstances, handover, kept, log};
use crate::store::sqlite::rehearse;
use crate::store::sqlite::restore::restore;
use async_channel::{Receiver, Sender};
use async_global_executor::GlobalExecutorConfig;
use clap::Args;
use std::net::IpAddr;
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
    if args.check && !report.is_fatal() {
        say(&report.to_string());
        return checked(&config, &report);
    }
    let mut claim = match Claim::of_this_process() {
        Ok(claim) => claim,
        Err(why) => {
            say(&format!("cannot take over from another process: {why}\n"));
            return Exit::Failed;
        }
    };
    if let Some(claim) = claim.take_if(|_| report.is_fatal()) {
        claim.decline(&format!("{report}{}", report.summary()));
        return Exit::Usage;
    }
    say(&report.to_string());
    if report.is_fatal() {
        say(&format!("{}\n", report.summary()));
        return Exit::Usage;
    }
    let start = Start {
        port: args.port,
        bind: args.bind,
        backup: args.restore.as_deref(),
    };
    let served = serve(config, &start, claim);
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

fn checked(config: &Config, report: &Report) -> Exit {
    if let Err(error) = kept::check_certificates(config) {
        say(&format!("{error}\n"));
        return Exit::Tls;
    }
    answer(&match &report.file {
        Some(file) => format!("{}: {}\n", file.display(), report.summary()),
        None => "No configuration file: the defaults are in force\n".to_owned(),
    });
    Exit::Done
}

/// What the command line says of this start.
struct Start<'a> {
    port: u16,
    bind: Option<IpAddr>,
    /// Where the data directory is filled from.
    backup: Option<&'a Path>,
}

/// What is open before anybody is served.
struct Opened {
    doors: Doors,
    door: Door,
    admin: PathBuf,
    kept: Kept,
    data: PathBuf,
    control: Sender<Control>,
    controlled: Receiver<Control>,
}

/// From checked configuration to a stopped server.
fn serve(config: Config, start: &Start<'_>, claim: Option<Claim>) -> Result<(), Failure> {
    one_executor_thread();
    let mut inheritance = None;
    if let Some(claim) = claim {
        match inherit(&config, start.port, claim)? {
            Some(all) => inheritance = Some(all),
            None => return Ok(()),
        }
    }
    let opened = open(&config, start, inheritance.as_mut());
    let opened = match opened {
        Ok(opened) => opened,
        Err(failure) => {
            if let Some(inheritance) = inheritance {
                inheritance.decline(&failure.1);
            }
            return Err(failure);
        }
    };
    if inheritance.is_none() {
        let (doors, data, admin) = (&opened.doors, &opened.data, &opened.admin);
        greet::greet(&config, doors, data, admin, &opened.kept);
    }
    serve_there(config, opened, inheritance)
}

/// Serves where everything is open, until it is told to stop.
fn serve_there(
    config: Config,
    opened: Opened,
    inheritance: Option<Inheritance>,
) -> Result<(), Failure> {
    let Opened {
        doors,
        door,
        kept,
        data,
        control,
        controlled,
        ..
    } = opened;
    let circumstances = Circumstances {
        admin: door.share(),
        caller: Caller {
            binary: std::env::current_exe().ok(),
            words: std::env::args_os().skip(1).collect(),
            store: handover::store_of(&config, &data),
            port: doors.port(),
        },
        inheritance,
    };
    let (tell, told) = mpsc::channel();
    async_std::task::spawn(async move {
        let audit = kept.audit.clone();
        let serving = server::admin::serve(door, control, audit.clone());
        let serving = async_std::task::spawn(serving);
        let config = Arc::new(config);
        let ended = server::run_in(config, doors, kept, controlled, circumstances).await;
        serving.await;
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

/// Takes what another process hands over; `None`: it only wanted to know whether this one could.
fn inherit(config: &Config, port: u16, mut claim: Claim) -> Result<Option<Inheritance>, Failure> {
    let port = if port == 0 { claim.port() } else { port };
    let data = match data::directory(config, port) {
        Ok(data) => data,
        Err(failure) => {
            claim.decline(&failure.1);
            return Err(failure);
        }
    };
    if let Err(error) = kept::check_certificates(config) {
        claim.decline(&error.to_string());
        return Err(Failure(Exit::Tls, error.to_string()));
    }
    if let Err(why) = rehearsed(config, &data, &mut claim) {
        claim.decline(&why);
        return Err(Failure(Exit::Failed, why));
    }
    claim
        .take(handover::store_of(config, &data))
        .map_err(|why| Failure(Exit::Failed, format!("nothing can be taken over: {why}")))
}

/// Tries on a copy what opening the store would change for good.
fn rehearsed(config: &Config, data: &Path, claim: &mut Claim) -> Result<(), String> {
    if config.store.kind == StoreKind::Memory {
        return Ok(());
    }
    if rehearse::is_older(data).map_err(|why| why.to_string())? {
        claim.rehearse().map_err(|why| why.to_string())?;
        rehearse::rehearse(data)
            .map_err(|why| format!("what is kept cannot be migrated: {why}"))?;
    }
    Ok(())
}

/// Opens all that is open before anybody is served; what another process had open already stays so.
fn open(
    config: &Config,
    start: &Start<'_>,
    mut before: Option<&mut Inheritance>,
) -> Result<Opened, Failure> {
    let Start { port, bind, backup } = *start;
    let inherited = before.as_mut().map(|before| before.take_doors());
    let doors = listen::open_again(config, port, inherited.unwrap_or_default())
        .map_err(|error| not_open(&error, port, bind))?;
    let port = doors.port();
    let data = data::directory(config, port)?;
    // Whoever takes over goes on with what there is.
    if let (Some(backup), None) = (backup, &before) {
        restored(config, backup, &data)?;
    }
    let admin = config.admin.socket.clone();
    let admin = admin.unwrap_or_else(|| socket::path_for(port));
    let inherited = before.as_mut().and_then(|before| before.take_admin());
    let group = config.admin.group.as_deref();
    let door = door::open_again(&admin, group, inherited).map_err(|error| match &error {
        door::Error::Unfit(text) => Failure(Exit::Usage, text.clone()),
        door::Error::Taken(text) => Failure(Exit::Unreachable, text.clone()),
    })?;
    let (control, controlled) = async_channel::unbounded();
    open_log(config)?;
    signals::watch(&control, &admin).map_err(|text| Failure(Exit::Failed, text))?;
    let kept = kept::open_again(config, &data, before.as_deref())
        .map_err(|error| not_open(&error, port, bind))?;
    Ok(Opened {
        doors,
        door,
        admin,
        kept,
        data,
        control,
        controlled,
    })
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
