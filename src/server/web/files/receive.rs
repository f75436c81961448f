//! The body of a request on its way to the disk.

use crate::server::web::files::writer::{Hand, Untaken};
use async_channel::Receiver;
use async_io::Timer;
use futures_lite::future::or;
use http_body_util::BodyExt;
use hyper::body::{Bytes, Frame, Incoming};
use std::time::{Duration, Instant};

/// A body of which nothing comes for this long is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a body ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// All of it has come, or no more can be written.
    Whole,
    /// More came than were announced.
    TooLong,
    /// The connection broke off.
    Broken,
    /// Nothing came for too long.
    Late,
    /// Somebody else goes on with the upload.
    Replaced,
}

/// Hands a body over, piece by piece.
pub(super) async fn receive(mut body: Incoming, hand: &mut Hand, told: &Receiver<()>) -> Ended {
    let mut late = Instant::now() + PATIENCE;
    loop {
        let came = async { Next::Came(body.frame().await) };
        let wait = async {
            let until = hand.is_due().map_or(late, |due| due.min(late));
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
        let next = or(came, or(replaced, wait)).await;
        let taken = match next {
            Next::Ended(ended) => return ended,
            Next::Came(None) => return Ended::Whole,
            Next::Came(Some(Err(_))) => return Ended::Broken,
            Next::Came(Some(Ok(frame))) => {
                let taken = match frame.data_ref() {
                    Some(bytes) => hand.take(bytes).await,
                    None => Ok(()),
                };
                late = Instant::now() + PATIENCE;
                taken
            }
            Next::Waited if Instant::now() >= late => return Ended::Late,
            Next::Waited => hand.flush().await,
        };
        match taken {
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
    Ended(Ended),
}
