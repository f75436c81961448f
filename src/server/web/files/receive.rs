//! The body of a request on its way to the disk.

use crate::server::web::files::pace::Pace;
use crate::server::web::files::writer::{Hand, Untaken};
use crate::server::web::motion::SOON;
use async_channel::Receiver;
use async_io::Timer;
use futures_lite::future::{or, pending};
use http_body_util::BodyExt;
use hyper::body::{Bytes, Frame, Incoming};
use std::convert::Infallible;
use std::time::Instant;

/// How a body ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// All of it has come, or no more can be written.
    Whole,
    /// More came than were announced.
    TooLong,
    /// The connection broke off.
    Broken,
    /// Nothing came for too long, or too little.
    Late,
    /// Somebody else goes on with the upload.
    Replaced,
}

/// Hands a body over, piece by piece. When `stay` is closed, only what moves is waited for.
pub(super) async fn receive(
    mut body: Incoming,
    hand: &mut Hand,
    told: &Receiver<()>,
    stay: &Receiver<Infallible>,
) -> Ended {
    let mut pace = Pace::new(Instant::now());
    let mut is_stopping = false;
    loop {
        let came = async { Next::Came(body.frame().await) };
        let wait = async {
            let look = pace.due();
            let until = hand.is_due().map_or(look, |due| due.min(look));
            Timer::at(until).await;
            Next::Waited
        };
        let replaced = async {
            match told.recv().await {
                Ok(()) => Next::Ended(Ended::Replaced),
                // The writer has ended, and tells why when it is asked.
                Err(_) => Next::Ended(Ended::Whole),
            }
        };
        let stopping = async {
            match is_stopping {
                true => pending().await,
                false => drop(stay.recv().await),
            }
            Next::Stopping
        };
        let next = or(came, or(replaced, or(stopping, wait))).await;
        let taken = match next {
            Next::Ended(ended) => return ended,
            Next::Came(None) => return Ended::Whole,
            Next::Came(Some(Err(_))) => return Ended::Broken,
            Next::Came(Some(Ok(frame))) => {
                let bytes: &[u8] = frame.data_ref().map_or(&[], |bytes| bytes);
                let from = Instant::now();
                let taken = hand.take(bytes).await;
                pace.took(bytes.len(), from, Instant::now());
                taken
            }
            Next::Waited if hand.is_due().is_some_and(|due| due <= Instant::now()) => {
                hand.flush().await
            }
            Next::Waited => Ok(()),
            Next::Stopping => {
                is_stopping = true;
                pace.hurry(SOON, Instant::now());
                Ok(())
            }
        };
        match taken {
            Ok(()) if pace.is_too_slow(Instant::now()) => return Ended::Late,
            Ok(()) => {}
            Err(Untaken::TooMany) => return Ended::TooLong,
            Err(Untaken::Failed) => return Ended::Whole,
        }
    }
}

/// What comes next.
enum Next {
    Came(Option<hyper::Result<Frame<Bytes>>>),
    /// Nothing came for some time.
    Waited,
    /// The server stops.
    Stopping,
    Ended(Ended),
}
