//! The body of a request on its way to the disk.

use crate::server::web::files::writer::{Hand, Untaken};
use async_channel::Receiver;
use async_io::Timer;
use futures_lite::future::or;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::convert::Infallible;
use std::time::Duration;

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
pub(super) async fn receive(
    mut body: Incoming,
    hand: &mut Hand,
    told: &Receiver<Infallible>,
) -> Ended {
    loop {
        let came = async { Ok(body.frame().await) };
        let late = async {
            Timer::after(PATIENCE).await;
            Err(Ended::Late)
        };
        let replaced = async {
            let _ = told.recv().await;
            Err(Ended::Replaced)
        };
        let frame = match or(came, or(replaced, late)).await {
            Err(ended) => return ended,
            Ok(None) => return Ended::Whole,
            Ok(Some(Err(_))) => return Ended::Broken,
            Ok(Some(Ok(frame))) => frame,
        };
        if let Some(bytes) = frame.data_ref() {
            match hand.take(bytes).await {
                Ok(()) => {}
                Err(Untaken::TooMany) => return Ended::TooLong,
                Err(Untaken::Failed) => return Ended::Whole,
            }
        }
    }
}
