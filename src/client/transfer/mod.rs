//! Those who carry files: one task for each transfer, beside the conversation.
//!
//! Files are read and written by threads of their own, piece by piece, so that neither the conversation nor another
//! transfer ever waits for a disk; what is on its way in memory is bounded.

mod download;
mod errand;
mod fault;
mod local;
mod part;
pub(super) mod paths;
mod place;
mod post;
mod quic;
mod source;
mod upload;
mod wire;

use crate::client::files::order::{Grant, Job, News, Order, Outcome, Report};
use crate::client::secret::Secret;
use crate::client::tls::{Route, Tls};
use crate::client::transfer::errand::{Errand, Word};
use crate::client::transfer::fault::Fault;
use crate::exit::Exit;
use async_channel::{Receiver, Sender, bounded};
use async_std::task;
use futures_lite::FutureExt;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// Reports that may wait for the loop.
const MOST_REPORTS: usize = 64;
/// Words that may wait for one transfer.
const MOST_WORDS: usize = 4;

/// Has files carried, and tells what becomes of them.
pub(super) struct Porter {
    tls: Arc<Tls>,
    patience: Duration,
    tell: Sender<Report>,
    /// What became of them.
    pub(super) reports: Receiver<Report>,
    words: HashMap<u32, Sender<Word>>,
}

impl Porter {
    /// Nothing is carried yet.
    pub(super) fn new(tls: Arc<Tls>, patience: Duration) -> Self {
        let (tell, reports) = bounded(MOST_REPORTS);
        Self {
            tls,
            patience,
            tell,
            reports,
            words: HashMap::new(),
        }
    }

    /// Begins to carry something to or from the server of `route`.
    pub(super) fn carry(&mut self, order: Order, route: &Route) {
        self.words.retain(|_, words| !words.is_closed());
        let (words, heard) = bounded(MOST_WORDS);
        self.words.insert(order.number, words);
        let tell = self.tell.clone();
        let errand = Errand::new(
            order.number,
            route.clone(),
            Arc::clone(&self.tls),
            self.patience,
        );
        task::spawn(carry(errand.told_by(heard, tell), order.job));
    }

    /// A transfer goes on, with this proof.
    pub(super) fn grant(&self, grant: Grant) {
        let Grant {
            number,
            token,
            base,
        } = grant;
        self.say(number, Word::Granted(token, base));
    }

    /// A transfer is given up.
    pub(super) fn abandon(&self, number: u32) {
        self.say(number, Word::GivenUp);
    }

    fn say(&self, number: u32, word: Word) {
        if let Some(words) = self.words.get(&number) {
            // It takes one word for each that it asks for, and ends at the other.
            let _ = words.try_send(word);
        }
    }
}

/// One transfer, from its order to its end.
async fn carry(mut errand: Errand, job: Job) {
    let given_up = errand.given_up();
    let done = async {
        match job {
            Job::Download(download) => download::run(&mut errand, &download).await,
            Job::Upload(upload) => upload::run(&mut errand, &upload).await,
            Job::Post(post) => post::run(&mut errand, &post).await,
        }
    };
    let cancelled = async {
        given_up.await;
        Err(Fault::GivenUp)
    };
    let outcome = match done.or(cancelled).await {
        Ok(outcome) => outcome,
        Err(Fault::GivenUp) => {
            errand.clean_up().await;
            Outcome::Cancelled
        }
        Err(Fault::Final { exit, words }) => Outcome::Failed { exit, words },
        Err(Fault::Again(words)) => Outcome::Failed {
            exit: Exit::Unreachable,
            words,
        },
        Err(Fault::Unproven) => Outcome::Failed {
            exit: Exit::NotAllowed,
            words: "The server does not believe who asks for this file.".to_owned(),
        },
    };
    errand.report(News::Ended(outcome)).await;
}

/// What proves who asks, as it stands in a request.
fn bearer(token: &Secret) -> String {
    format!("Bearer {}", token.reveal())
}
