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
pub mod hub;
pub mod kept;
pub mod listen;
pub mod log;
mod notify;
mod outbox;
mod passed;
mod poll;
pub mod reference;
mod secret;
mod service;
mod shard;
mod socket;
mod sockets;
mod throttle;
pub mod tls;
mod worker;
pub mod world;

use crate::config::Config;
use crate::server::clock::Clock;
use crate::server::control::Control;
use crate::server::desk::Desk;
use crate::server::doorway::Doorway;
use crate::server::error::Error;
use crate::server::floor::Floor;
use crate::server::hub::Hub;
use crate::server::kept::Kept;
use crate::server::listen::Doors;
use crate::server::poll::Poll;
use crate::server::shard::Shard;
use crate::server::worker::{Place, Worker};
use crate::server::world::Identity;
use crate::server::world::gauges::Gauges;
use crate::server::world::login::Decoy;
use async_channel::Receiver;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io;
use std::sync::Arc;

/// Descriptors for everything that is not a client's connection.
const RESERVE: u64 = 64;

/// Serves until it is told to stop and everybody has left, or the grace is over.
pub async fn run(
    config: Arc<Config>,
    doors: Doors,
    kept: Kept,
    control: Receiver<Control>,
) -> Result<(), Error> {
    let clock = Clock::new();
    let poll = Poll::new().map_err(|why| Error::system("make an epoll", &why))?;
    let (addresses, port) = (doors.addresses(), doors.port());
    let most = descriptors();
    let gauges = Arc::<Gauges>::default();
    let doorway = Doorway::open(doors, &config, most, &poll, Arc::clone(&gauges))
        .map_err(|why| Error::system("watch the doors", &why.into()))?;
    let identity = Identity {
        pid: std::process::id(),
        addresses,
        port,
        max_connections: most,
        seed: seed()?,
        decoy: Decoy(kept.secret),
        backed_up_ms: service::backup::last(&kept.data),
        gauges: Arc::clone(&gauges),
    };
    let mut hub = Hub::new(Arc::clone(&config), identity, clock.now());
    hub.restore(&kept.snapshot);
    let place = Place {
        keyring: kept.keyring,
        data: kept.data,
    };
    let worker = Worker::start(kept.verifier, &place, kept.audit)
        .map_err(|why| Error::system("start a thread", &why))?;
    let mut stage = kept.stage;
    stage.measure(Arc::clone(&gauges.store));
    let desk = Desk::new(&config, hub, stage, worker, clock.now());
    let floor = Floor::new(&config, desk, doorway, poll, kept.terms, gauges);
    Shard::new(floor, clock).run(control).await
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
