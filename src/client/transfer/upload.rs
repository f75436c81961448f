//! Putting a file on a server like ours, by the protocol of tus.io: begun, sent from where the server is, gone on with
//! when the connection is lost.

use crate::client::files::entry::checked_digest;
use crate::client::files::order::{Check, Outcome, Upload};
use crate::client::transfer::bearer;
use crate::client::transfer::errand::{Errand, PACE, Trace};
use crate::client::transfer::fault::Fault;
use crate::client::transfer::place::Place;
use crate::client::transfer::source::{Sending, Source};
use crate::client::transfer::wire::{ANSWER, Wire, drain, header, refused};
use crate::exit::Exit;
use crate::proto::sasl;
use async_io::Timer;
use futures_lite::FutureExt;
use hyper::body::Incoming;
use hyper::{Method, Response, StatusCode};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const TUS: &str = "1.0.0";
/// Longest time in which nothing moves.
const SILENCE: Duration = Duration::from_secs(30);

/// What is known on both sides.
struct Progress {
    /// Where the server takes the file, once it said so.
    path: Option<String>,
    /// How many bytes it surely has.
    offset: u64,
}

/// Puts a file on the server.
pub(super) async fn run(errand: &mut Errand, upload: &Upload) -> Result<Outcome, Fault> {
    let mut source = Source::of(upload.content.clone()).await?;
    let mut progress = Progress {
        path: None,
        offset: 0,
    };
    loop {
        let before = progress.offset;
        let (again, sent) = attempt(errand, upload, source, &mut progress).await;
        source = again;
        match sent {
            Ok(answer) => return check(&source, &answer),
            Err(fault) => {
                let has_moved = progress.offset > before;
                let borne = errand.bear(fault, has_moved).await;
                borne.map_err(|fault| told(fault, &source, progress.offset))?;
            }
        }
    }
}

/// One try: the file again, and the answer to its last piece.
async fn attempt(
    errand: &mut Errand,
    upload: &Upload,
    source: Source,
    progress: &mut Progress,
) -> (Source, Result<Response<Incoming>, Fault>) {
    match begin(errand, upload, &source, progress).await {
        Ok((wire, place, path)) => send(errand, wire, &place, &path, source, progress).await,
        Err(fault) => (source, Err(fault)),
    }
}

/// Has the server begin to take the file, or asks how far it is.
async fn begin(
    errand: &mut Errand,
    upload: &Upload,
    source: &Source,
    progress: &mut Progress,
) -> Result<(Wire, Place, String), Fault> {
    let (token, place) = errand.proof().await?;
    let mut wire = Wire::open(&place, &errand.tls, errand.patience).await?;
    let proof = bearer(&token);
    if let Some(path) = progress.path.clone() {
        let request = place
            .request(Method::HEAD, &path)
            .header("authorization", &proof)
            .header("tus-resumable", TUS);
        let answer = wire.ask(request, Wire::nothing()).await?;
        let offset = header(&answer, "upload-offset").and_then(|text| text.parse().ok());
        match (answer.status(), offset) {
            (status, Some(offset)) if status.is_success() && offset <= source.bytes => {
                progress.offset = offset;
                drain(answer).await;
                return Ok((wire, place, path));
            }
            (StatusCode::NOT_FOUND | StatusCode::GONE, _) => {
                (progress.path, progress.offset) = (None, 0);
            }
            _ => return Err(refused(&source.name, answer).await),
        }
    }
    let metadata = format!(
        "filename {},to {}",
        sasl::encode(source.name.as_bytes()),
        sasl::encode(upload.to.as_bytes())
    );
    let request = place
        .request(Method::POST, &format!("{}/uploads", place.path))
        .header("authorization", &proof)
        .header("tus-resumable", TUS)
        .header("upload-length", source.bytes)
        .header("upload-metadata", metadata)
        .header("content-length", 0);
    let answer = wire.ask(request, Wire::nothing()).await?;
    if answer.status() != StatusCode::CREATED {
        return Err(refused(&source.name, answer).await);
    }
    let path = header(&answer, "location").and_then(Place::path_of);
    let path = path.ok_or_else(|| {
        Fault::last(
            Exit::NotChat,
            "The server does not say where it takes the file.",
        )
    })?;
    drain(answer).await;
    progress.path = Some(path.clone());
    errand.trace = Some(Trace::Begun(place.clone(), path.clone()));
    Ok((wire, place, path))
}

/// Sends what the server does not have.
async fn send(
    errand: &mut Errand,
    mut wire: Wire,
    place: &Place,
    path: &str,
    source: Source,
    progress: &mut Progress,
) -> (Source, Result<Response<Incoming>, Fault>) {
    let (bytes, offset) = (source.bytes, progress.offset);
    let proof = match errand.proof().await {
        Ok((token, _)) => bearer(&token),
        Err(fault) => return (source, Err(fault)),
    };
    errand.began(offset, bytes).await;
    let request = place
        .request(Method::PATCH, path)
        .header("authorization", proof)
        .header("tus-resumable", TUS)
        .header("upload-offset", offset)
        .header("content-type", "application/offset+octet-stream")
        .header("content-length", bytes - offset);
    let (body, sent, reader) = source.send(offset).parts();
    let answer = wire.begin(request, body);
    let answer = answer.or(watch(errand, &sent, bytes)).await;
    drop(wire);
    let source = Sending::end(reader).await;
    let answer = match answer {
        Ok(answer) if answer.status().is_success() => Ok(answer),
        Ok(answer) if answer.status() == StatusCode::CONFLICT => {
            Err(Fault::Again("the server has another part of it".to_owned()))
        }
        Ok(answer) => Err(refused(&source.name, answer).await),
        Err(fault) => Err(fault),
    };
    if answer.is_err() {
        progress.offset = offset.max(sent.load(Ordering::Relaxed).min(bytes));
    }
    (source, answer)
}

/// Tells how far it is, and ends where nothing moves any more.
pub(super) async fn watch(
    errand: &mut Errand,
    sent: &AtomicU64,
    bytes: u64,
) -> Result<Response<Incoming>, Fault> {
    let (mut last, mut since) = (sent.load(Ordering::Relaxed), Instant::now());
    loop {
        Timer::after(PACE).await;
        let now = sent.load(Ordering::Relaxed);
        if now != last {
            (last, since) = (now, Instant::now());
            errand.moved(now).await;
        }
        let patience = if now >= bytes { ANSWER } else { SILENCE };
        if since.elapsed() >= patience {
            return Err(Fault::Again("the server takes nothing more".to_owned()));
        }
    }
}

/// It was taken: whether the server has the same bytes.
fn check(source: &Source, answer: &Response<Incoming>) -> Result<Outcome, Fault> {
    let theirs = header(answer, "x-chat-sha256").and_then(checked_digest);
    let check = match (theirs, source.digest()) {
        (Some(theirs), Some(ours)) if theirs == ours => Check::Agrees,
        (Some(_), Some(_)) if header(answer, "x-chat-stripped").is_none() => {
            let words = format!(
                "{} has another SHA-256 on the server than here: it was changed on the way, or while it was sent.",
                source.name
            );
            return Err(Fault::last(Exit::Failed, words));
        }
        _ => Check::Unknown,
    };
    Ok(Outcome::Sent {
        bytes: source.bytes,
        link: None,
        check,
    })
}

/// A fault that ends it, in a sentence.
fn told(fault: Fault, source: &Source, at: u64) -> Fault {
    let Fault::Again(why) = fault else {
        return fault;
    };
    let percent = crate::client::files::figure::percent(at, source.bytes);
    let words = format!("{} stopped at {percent} %: {why}.", source.path);
    Fault::last(Exit::Unreachable, words)
}
