//! The store of a server: opened before the doors are, with what an earlier life left in it.

use crate::config::history::History;
use crate::config::{Config, StoreKind};
use crate::server::audit::Audit;
use crate::server::error::Error;
use crate::server::handover::claim::Inheritance;
use crate::server::log;
use crate::server::secret;
use crate::server::tls::keyring::Keyring;
use crate::server::tls::terms::Terms;
use crate::server::worker::Verifier;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Asker, Damage};
use crate::store::memory::Memory;
use crate::store::sqlite::verify::verify;
use crate::store::sqlite::{FILE, Sqlite};
use crate::store::stage::Stage;
use crate::store::threads::{Manner, Threads};
use crate::store::{Retention, Snapshot, Store};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// What is kept, and where more is put.
pub struct Kept {
    pub(super) stage: Stage<Effects, Asker>,
    pub(super) snapshot: Snapshot,
    /// What nobody else knows.
    pub(super) secret: [u8; 32],
    /// Reads everything again, beside whoever uses it; `None`: there is nothing to read.
    pub(super) verifier: Option<Verifier>,
    /// The store itself, if it is gone with this process.
    pub(super) memory: Option<Memory>,
    /// Where the certificates are, and what they say now.
    pub(super) keyring: Keyring,
    pub(super) terms: Option<Terms>,
    /// Where it is.
    pub(super) data: PathBuf,
    /// What operators do.
    pub audit: Audit,
}

impl Kept {
    /// What the doors speak TLS with, for the operator; none: they speak none.
    pub fn certificates(&self) -> Vec<String> {
        let terms = self.terms.iter();
        let all = terms.flat_map(|terms| &terms.certificates);
        all.map(ToString::to_string).collect()
    }
}

/// Whether TLS can be spoken as the configuration wants it; nothing is made.
pub fn check_certificates(config: &Config) -> Result<(), Error> {
    let nowhere = Keyring::new(Path::new(""));
    let terms = nowhere.read(config).map_err(|why| Error::tls(&why));
    terms.map(drop)
}

/// Opens the store that the configuration wants, in this directory.
pub fn open(config: &Config, data: &Path) -> Result<Kept, Error> {
    open_again(config, data, None)
}

/// The same in a process that takes over from another one.
pub fn open_again(
    config: &Config,
    data: &Path,
    before: Option<&Inheritance>,
) -> Result<Kept, Error> {
    let keyring = Keyring::new(data);
    let terms = keyring.read(config).map_err(|why| Error::tls(&why))?;
    let opened = match config.store.kind {
        StoreKind::Memory => forgetful(before)?,
        StoreKind::Sqlite => lasting(config, data)?,
    };
    let secret = match (before, config.store.kind) {
        (Some(before), StoreKind::Memory) => before.estate.secret,
        (None, StoreKind::Memory) => random_secret()?,
        (_, StoreKind::Sqlite) => lasting_secret(data)?,
    };
    Ok(Kept {
        stage: opened.stage,
        snapshot: opened.snapshot,
        secret,
        verifier: opened.verifier,
        memory: opened.memory,
        keyring,
        terms,
        data: data.to_owned(),
        audit: audit(config, data)?,
    })
}

/// The stage of the store in this directory, which this process had and let go of: nothing else is read again.
pub(super) fn stage_again(config: &Config, data: &Path) -> Result<Stage<Effects, Asker>, Error> {
    lasting(config, data).map(|opened| opened.stage)
}

/// A store that was opened, and what it holds.
struct Opened {
    stage: Stage<Effects, Asker>,
    snapshot: Snapshot,
    verifier: Option<Verifier>,
    memory: Option<Memory>,
}

/// A store that is gone with the process, unless another one takes it over.
fn forgetful(before: Option<&Inheritance>) -> Result<Opened, Error> {
    let everything = before.and_then(|before| before.estate.memory.as_ref());
    let mut store = match everything.map(Memory::thaw) {
        Some(store) => store.map_err(Error::store)?,
        None => Memory::default(),
    };
    let memory = Some(store.clone());
    Ok(Opened {
        snapshot: store.load().map_err(Error::store)?,
        stage: Stage::here(Box::new(store)).map_err(Error::store)?,
        verifier: None,
        memory,
    })
}

/// The store in this directory.
fn lasting(config: &Config, data: &Path) -> Result<Opened, Error> {
    let mut store = Sqlite::open(data, config.store.sync).map_err(Error::store)?;
    if let Some(bytes) = store.dropped() {
        log::warn(format_args!(
            "The last process did not end in order: {bytes} bytes of an unfinished commit, which nobody was told of, are left out"
        ));
    }
    let snapshot = store.load().map_err(Error::store)?;
    for fault in store.faults() {
        log::warn(format_args!("Damaged in the store, and left out: {fault}"));
    }
    let manner = Manner {
        window: config.store.window,
        retention: retention(&config.history),
    };
    let threads = Threads::start(Box::new(store), manner)
        .map_err(|why| Error::system("start the threads of the store", &why))?;
    Ok(Opened {
        stage: Stage::there(threads),
        snapshot,
        verifier: Some(verifier(data)),
        memory: None,
    })
}

fn random_secret() -> Result<[u8; 32], Error> {
    secret::random().map_err(|why| Error::system("get random numbers", &why))
}

/// The record of what operators do.
fn audit(config: &Config, data: &Path) -> Result<Audit, Error> {
    match config.admin.audit {
        true => Audit::start(data).map_err(|why| Error::system("start a thread", &why)),
        false => Ok(Audit::off()),
    }
}

/// The secret of this directory; one for this life alone where nothing can be written.
fn lasting_secret(data: &Path) -> Result<[u8; 32], Error> {
    secret::of(data).or_else(|why| {
        log::warn(format_args!(
            "The server's secret can be neither read nor written, and lasts until it stops: {why}"
        ));
        random_secret()
    })
}

fn verifier(data: &Path) -> Verifier {
    let file = data.join(FILE);
    Arc::new(move || {
        let faults = verify(&file).map_err(|why| why.to_string())?;
        let damage = faults.into_iter().map(|fault| Damage {
            table: fault.table.to_owned(),
            row: fault.row,
            what: fault.what,
        });
        Ok(damage.collect())
    })
}

/// What is forgotten in time.
pub(super) fn retention(history: &History) -> Retention {
    let ms = |age: Duration| u64::try_from(age.as_millis()).unwrap_or(u64::MAX);
    Retention {
        age_ms: history.retention.map(ms),
        per_room: history.room_messages,
        per_direct: history.direct_messages,
    }
}
