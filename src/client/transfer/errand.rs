//! One transfer's way to the outside: what it tells, what it is told, and how it tries again.

use crate::client::files::order::{By, News, Report};
use crate::client::secret::Secret;
use crate::client::tls::{Route, Tls};
use crate::client::transfer::fault::Fault;
use crate::client::transfer::place::Place;
use crate::client::transfer::quic::NoWay;
use crate::client::transfer::wire::Wire;
use crate::client::transfer::{bearer, local, quic};
use crate::exit::Exit;
use async_channel::{Receiver, Sender, bounded};
use async_io::Timer;
use async_std::task;
use futures_lite::FutureExt;
use hyper::Method;
use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Shortest time between two reports of how far it is.
pub(super) const PACE: Duration = Duration::from_millis(200);
/// Pauses between tries; after the last one it ends.
const PAUSES: [u64; 9] = [1, 1, 2, 4, 8, 15, 30, 30, 30];
/// Longest wait for a proof; the connection of the conversation may be lost meanwhile.
const PROOF: Duration = Duration::from_secs(180);
/// Longest wait for the server to forget what is given up.
const CLEANING: Duration = Duration::from_secs(3);

/// What a transfer is told.
#[derive(Debug)]
pub(super) enum Word {
    /// Here is the proof, and where files are.
    Granted(Secret, String),
    GivenUp,
}

/// What is to be taken away if the transfer is given up.
#[derive(Debug, Clone)]
pub(super) enum Trace {
    Part(PathBuf),
    /// An upload that the server has begun to take, under this path.
    Begun(Place, String),
}

/// One transfer's way to the outside.
pub(super) struct Errand {
    number: u32,
    pub(super) route: Route,
    pub(super) tls: Arc<Tls>,
    pub(super) patience: Duration,
    tell: Sender<Report>,
    grants: Receiver<(Secret, String)>,
    ends: Receiver<()>,
    proof: Option<(Secret, Place)>,
    /// When it was last told how far it is, and how far that was.
    told: Instant,
    done: u64,
    tries: usize,
    pub(super) trace: Option<Trace>,
    /// How the bytes come.
    pub(super) by: By,
}

impl Errand {
    /// An errand to or from the server of `route`; it talks to nobody yet.
    pub(super) fn new(number: u32, route: Route, tls: Arc<Tls>, patience: Duration) -> Self {
        Self {
            number,
            route,
            tls,
            patience,
            tell: bounded(1).0,
            grants: bounded(1).1,
            ends: bounded(1).1,
            proof: None,
            told: Instant::now(),
            done: 0,
            tries: 0,
            trace: None,
            by: By::Tcp,
        }
    }

    /// The same, told by `words` and telling `tell`.
    pub(super) fn told_by(mut self, words: Receiver<Word>, tell: Sender<Report>) -> Self {
        let (grant, grants) = bounded(1);
        let (end, ends) = bounded(1);
        (self.grants, self.ends, self.tell) = (grants, ends, tell);
        task::spawn(async move {
            while let Ok(word) = words.recv().await {
                match word {
                    Word::Granted(token, base) => drop(grant.try_send((token, base))),
                    Word::GivenUp => drop(end.try_send(())),
                }
                if grant.is_closed() {
                    return;
                }
            }
        });
        self
    }

    /// Ends when the person wants it no more.
    pub(super) fn given_up(&self) -> impl Future<Output = ()> + use<> {
        let ends = self.ends.clone();
        async move {
            if ends.recv().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// Tells something.
    pub(super) async fn report(&self, news: News) {
        let number = self.number;
        let _ = self.tell.send(Report { number, news }).await;
    }

    /// Tells how far it is, not too often.
    pub(super) async fn moved(&mut self, done: u64) {
        if done != self.done && self.told.elapsed() >= PACE {
            (self.told, self.done) = (Instant::now(), done);
            self.report(News::Moved(done)).await;
        }
    }

    /// The bytes move from here on.
    pub(super) async fn began(&mut self, done: u64, total: u64) {
        (self.told, self.done) = (Instant::now(), done);
        self.report(News::Began { done, total }).await;
    }

    /// Proof of who asks, and where files are: the one that counted before, or a new one.
    pub(super) async fn proof(&mut self) -> Result<(Secret, Place), Fault> {
        if let Some(proof) = &self.proof {
            return Ok(proof.clone());
        }
        while self.grants.try_recv().is_ok() {}
        self.report(News::WantsProof).await;
        let late = async {
            Timer::after(PROOF).await;
            None
        };
        let granted = async { self.grants.recv().await.ok() };
        let (token, base) = granted.or(late).await.ok_or_else(|| {
            Fault::last(Exit::Unreachable, "The server did not say who may do this.")
        })?;
        let place = Place::of(&base, &self.route)?;
        self.proof = Some((token.clone(), place.clone()));
        Ok((token, place))
    }

    /// A connection for requests to `place`: by UDP if that is wanted and gets through.
    pub(super) async fn connect(&mut self, place: &Place) -> Result<(Wire, Place), Fault> {
        if self.by == By::Udp {
            let own = Place::of("/files", &self.route)?;
            match quic::open(&own, &self.tls).await {
                Ok(wire) => return Ok((wire, own)),
                Err(NoWay::Fault(fault)) => return Err(fault),
                Err(NoWay::Blocked) => self.give_up_udp().await,
            }
        }
        let wire = Wire::open(place, &self.tls, self.patience).await?;
        Ok((wire, place.clone()))
    }

    async fn give_up_udp(&mut self) {
        self.by = By::Tcp;
        let (address, seconds) = (&self.route.address, quic::BLOCKED.as_secs());
        let words = format!(
            "By UDP {address} does not answer within {seconds} s: it is blocked on the way, or the server has no files there. By TCP instead."
        );
        self.report(News::Note(words)).await;
    }

    /// After a fault: waits, or asks for another proof, and goes on; or ends. What moved since the last fault makes
    /// patience whole again.
    pub(super) async fn bear(&mut self, fault: Fault, has_moved: bool) -> Result<(), Fault> {
        if has_moved {
            self.tries = 0;
        }
        let pause = PAUSES.get(self.tries).copied();
        self.tries += 1;
        match (fault, pause) {
            (Fault::Again(why), Some(pause)) => {
                self.report(News::Stopped(why)).await;
                Timer::after(Duration::from_secs(pause)).await;
                Ok(())
            }
            (Fault::Unproven, Some(_)) if self.proof.is_some() && self.tries < 4 => {
                self.proof = None;
                Ok(())
            }
            (fault, _) => Err(fault),
        }
    }

    /// Takes away what was begun and is given up.
    pub(super) async fn clean_up(&mut self) {
        match self.trace.take() {
            Some(Trace::Part(path)) => local::remove(path).await,
            Some(Trace::Begun(place, path)) => {
                let forget = self.forget(&place, &path);
                let _ = async_std::future::timeout(CLEANING, forget).await;
            }
            None => {}
        }
    }

    /// Asks the server to forget an upload.
    async fn forget(&self, place: &Place, path: &str) -> Result<(), Fault> {
        let Some((token, _)) = &self.proof else {
            return Ok(());
        };
        let mut wire = Wire::open(place, &self.tls, self.patience).await?;
        let request = place
            .request(Method::DELETE, path)
            .header("authorization", bearer(token))
            .header("tus-resumable", "1.0.0");
        wire.ask(request, Wire::nothing()).await.map(drop)
    }
}
