//! The server: doors, shard, hub and world, wired together.

pub mod admin;
mod admission;
mod antechamber;
pub mod audit;
mod clock;
pub mod command;
pub mod control;
mod desk;
mod doorway;
pub mod error;
mod floor;
pub mod handover;
pub mod hub;
pub mod kept;
pub mod listen;
pub mod log;
mod metrics;
mod notify;
mod outbox;
mod passed;
mod poll;
mod recorder;
pub mod reference;
mod secret;
mod service;
mod shard;
mod socket;
mod sockets;
mod throttle;
pub mod tls;
mod web;
mod worker;
pub mod world;

use crate::config::Config;
use crate::server::admin::door::Share;
use crate::server::clock::Clock;
use crate::server::control::Control;
use crate::server::desk::Desk;
use crate::server::doorway::Doorway;
use crate::server::error::Error;
use crate::server::floor::Floor;
use crate::server::floor::web::Web;
use crate::server::handover::claim::{self, Inheritance};
use crate::server::handover::heir::Caller;
use crate::server::hub::Hub;
use crate::server::kept::Kept;
use crate::server::listen::Doors;
use crate::server::poll::Poll;
use crate::server::shard::Shard;
use crate::server::tls::terms::Terms;
use crate::server::web::files::keeper::{self, Past};
use crate::server::web::files::work;
use crate::server::worker::{Place, Worker};
use crate::server::world::Identity;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Asker, Event, Now};
use crate::server::world::gauges::Gauges;
use crate::server::world::login::Decoy;
use crate::store::Snapshot;
use crate::store::memory::Memory;
use crate::store::stage::Stage;
use async_channel::Receiver;
use rustix::process::{Resource, Rlimit, geteuid, getrlimit, setrlimit};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Descriptors for everything that is not a client's connection.
const RESERVE: u64 = 64;

/// What another process needs beside the sockets and the world.
#[derive(Debug)]
struct House {
    admin: Option<Share>,
    data: PathBuf,
    secret: [u8; 32],
    memory: Option<Memory>,
}

/// Serves until it is told to stop and everybody has left, or the grace is over.
pub async fn run(
    config: Arc<Config>,
    doors: Doors,
    kept: Kept,
    control: Receiver<Control>,
) -> Result<(), Error> {
    run_in(config, doors, kept, control, Circumstances::default()).await
}

/// How a server is in the world of processes.
#[derive(Debug, Default)]
pub struct Circumstances {
    /// The operator's door, which goes along when another process takes over.
    pub admin: Option<Share>,
    /// How that process is called.
    pub caller: Caller,
    /// What this one was given.
    pub inheritance: Option<Inheritance>,
}

/// The same for a server that another process can take over from, or that takes over itself.
pub async fn run_in(
    config: Arc<Config>,
    mut doors: Doors,
    kept: Kept,
    control: Receiver<Control>,
    circumstances: Circumstances,
) -> Result<(), Error> {
    let Circumstances {
        admin,
        caller,
        inheritance,
    } = circumstances;
    let before = inheritance.as_ref().map(|all| all.estate.now.uptime_ms);
    let past = match before {
        Some(_) => Past::Inherited,
        None => Past::Over,
    };
    let clock = before.map_or_else(Clock::new, Clock::resumed);
    let poll = Poll::new().map_err(|why| Error::system("make an epoll", &why))?;
    let most = descriptors();
    let gauges = Arc::<Gauges>::default();
    metrics::start(doors.metrics.take(), &gauges);
    let identity = identity(&doors, &kept, most, &gauges)?;
    let by_tcp = doors.by_tcp();
    let doorway = Doorway::open(doors, &config, most, &poll, Arc::clone(&gauges))
        .map_err(|why| Error::system("watch the doors", &why.into()))?;
    let house = House {
        admin,
        data: kept.data.clone(),
        secret: kept.secret,
        memory: kept.memory,
    };
    let mut web = Web::new(&config, &kept.data);
    web.open_udp(&by_tcp, &kept.keyring);
    let files = web.files().cloned();
    let place = Place {
        keyring: kept.keyring,
        data: kept.data,
        gauges: Arc::clone(&gauges),
        work: files.as_ref().map(work::of),
    };
    let mut worker = Worker::start(kept.verifier, &place, kept.audit)
        .map_err(|why| Error::system("start a thread", &why))?;
    worker.caller = Arc::new(caller);
    let mut stage = kept.stage;
    stage.measure(Arc::clone(&gauges.store));
    let site = Site {
        config,
        doorway,
        identity,
        poll,
        stage,
        worker,
        terms: kept.terms,
        web,
        gauges,
    };
    let floor = match inheritance {
        None => site.open(&kept.snapshot, clock.now()),
        Some(inheritance) => site.take_over(inheritance, &kept.snapshot, clock.now())?,
    };
    if let Some(files) = files {
        keeper::start(files, past);
    }
    Shard::new(floor, clock, house).run(control).await
}

/// What the world is told of this process.
fn identity(
    doors: &Doors,
    kept: &Kept,
    most: usize,
    gauges: &Arc<Gauges>,
) -> Result<Identity, Error> {
    Ok(Identity {
        pid: std::process::id(),
        uid: geteuid().as_raw(),
        addresses: doors.addresses(),
        port: doors.port(),
        max_connections: most,
        seed: seed()?,
        decoy: Decoy(kept.secret),
        backed_up_ms: service::backup::last(&kept.data),
        gauges: Arc::clone(gauges),
    })
}

/// All that a floor is made of, but for its connections.
struct Site {
    config: Arc<Config>,
    doorway: Doorway,
    identity: Identity,
    poll: Poll,
    stage: Stage<Effects, Asker>,
    worker: Worker,
    terms: Option<Terms>,
    web: Web,
    gauges: Arc<Gauges>,
}

impl Site {
    /// A floor without connections.
    fn open(self, kept: &Snapshot, now: Now) -> Floor {
        let config = Arc::clone(&self.config);
        let mut hub = Hub::new(config, self.identity.clone(), now);
        hub.restore(kept);
        self.floor(hub, 0, now)
    }

    fn floor(self, hub: Hub, tickets: u64, now: Now) -> Floor {
        let mut desk = Desk::new(&self.config, hub, self.stage, self.worker, now);
        desk.tickets = tickets;
        Floor::new(
            &self.config,
            desk,
            self.doorway,
            self.poll,
            self.terms,
            self.web,
            self.gauges,
        )
    }

    /// A floor with the connections of another process, which does nothing any more when this returns.
    fn take_over(
        self,
        inheritance: Inheritance,
        kept: &Snapshot,
        now: Now,
    ) -> Result<Floor, Error> {
        let Inheritance {
            line,
            estate,
            connections,
            ..
        } = inheritance;
        let (config, identity) = (Arc::clone(&self.config), self.identity.clone());
        let thawed = Hub::thaw(estate.world, Arc::clone(&config), identity, kept, now);
        let Some(hub) = thawed else {
            return Err(claim::lost(line));
        };
        let mut floor = self.floor(hub, estate.tickets, now);
        let (book, throttled) = (estate.book, estate.throttled);
        match floor.inherit(estate.sockets, connections, book, throttled) {
            Some(()) => claim::begin(line).map(|()| {
                // Who is an operator is up to the configuration of this process.
                floor.desk.tell(Event::Reload(config));
                // Limits that were set by hand count on.
                floor.desk.is_overruled = true;
                floor
            }),
            None => Err(claim::lost(line)),
        }
    }
}

/// Raises the limit of descriptors as far as it goes; returns how many connections it leaves.
fn descriptors() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    let reached = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => limit.maximum,
        Err(_) => limit.current,
    };
    let connections = reached.unwrap_or(u64::MAX).saturating_sub(RESERVE);
    usize::try_from(connections).unwrap_or(usize::MAX)
}

/// Random numbers for the world, which makes none itself.
fn seed() -> Result<[u64; 4], Error> {
    let mut seed = [0; 4];
    for number in &mut seed {
        *number = getrandom::u64()
            .map_err(|why| Error::system("get random numbers", &io::Error::other(why)))?;
    }
    Ok(seed)
}
