//! Fetching a file: in as many pieces as the connection needs, into a part, checked, under its own name at last.

use crate::client::files::entry::{checked_digest, escaped};
use crate::client::files::order::{Check, Download, Outcome};
use crate::client::files::words::quoted;
use crate::client::transfer::errand::{Errand, PACE, Trace};
use crate::client::transfer::fault::Fault;
use crate::client::transfer::part::{Part, Target, stuck};
use crate::client::transfer::wire::{Wire, broken, header, refused};
use crate::client::transfer::{bearer, local, paths};
use crate::exit::Exit;
use async_channel::{Receiver, Sender, bounded};
use async_std::future::timeout;
use async_std::task;
use http_body_util::BodyExt;
use hyper::body::{Bytes, Incoming};
use hyper::{Method, Response, StatusCode};
use std::time::{Duration, Instant};

/// Pieces that wait for the disk.
const MOST_PIECES: usize = 4;
/// Longest silence in the middle of a file.
const SILENCE: Duration = Duration::from_secs(30);
/// Longest file whose length is believed before it comes.
const LONGEST: u64 = 1 << 50;

/// What is known of the file.
struct Known {
    bytes: Option<u64>,
    sha256: Option<String>,
}

/// Fetches a file.
pub(super) async fn run(errand: &mut Errand, download: &Download) -> Result<Outcome, Fault> {
    errand.by = download.by;
    let path = paths::target(download.to.as_deref(), &download.name).ok_or_else(|| {
        let words = format!(
            "\"{}\" cannot be the name of a file here. Use: download {} NAME",
            download.name,
            quoted(&download.name)
        );
        Fault::last(Exit::Usage, words)
    })?;
    let key = download.sha256.as_ref().unwrap_or(&download.id);
    let target = Target {
        path,
        name: download.name.clone(),
        key: key.replace(|c: char| !c.is_ascii_alphanumeric(), ""),
    };
    let (opened, total) = (target.clone(), download.bytes);
    let mut part = local::attempt(move || Part::open(&opened, total)).await?;
    errand.trace = Some(Trace::Part(target.part()));
    let mut known = Known {
        bytes: download.bytes,
        sha256: download.sha256.clone(),
    };
    let had = part.at;
    loop {
        let before = part.at;
        let (again, result) = attempt(errand, download, &target, part, &mut known).await;
        part = again?;
        match result {
            Ok(()) => match agrees(&part, &known) {
                Some(check) => return finish(part, target, check).await,
                // What was here before is not of this file.
                None if had > 0 && before > 0 => part = restart(part, &target).await?,
                None => {
                    local::wait(|| part.discard()).await;
                    return Err(differs(&target));
                }
            },
            Err(fault) => {
                let has_moved = part.at > before;
                let borne = errand.bear(fault, has_moved).await;
                borne.map_err(|fault| told(fault, &target, part.at, &known))?;
            }
        }
    }
}

/// One try: the part again, and whether all came.
async fn attempt(
    errand: &mut Errand,
    download: &Download,
    target: &Target,
    part: Part,
    known: &mut Known,
) -> (Result<Part, Fault>, Result<(), Fault>) {
    let (mut part, answer) = match ask(errand, download, part.at, known).await {
        Ok(answer) => (part, answer),
        Err(fault) => return (Ok(part), Err(fault)),
    };
    if let Err(fault) = learn(known, &answer, part.at) {
        return (Ok(part), Err(fault));
    }
    match answer.status() {
        StatusCode::PARTIAL_CONTENT if begins_at(&answer) == Some(part.at) => {}
        StatusCode::RANGE_NOT_SATISFIABLE if known.bytes == Some(part.at) => {
            return (Ok(part), Ok(()));
        }
        StatusCode::OK | StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE
            if part.at > 0 =>
        {
            let is_whole = answer.status() == StatusCode::OK;
            part = match restart(part, target).await {
                Ok(part) => part,
                Err(fault) => return (Err(fault), Ok(())),
            };
            if !is_whole {
                return (Ok(part), Err(Fault::Again("it is begun anew".to_owned())));
            }
        }
        StatusCode::OK => {}
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            let words = format!(
                "There is no file {} any more, or it is not for you.",
                target.name
            );
            return (Ok(part), Err(Fault::last(Exit::NotFound, words)));
        }
        _ => return (Ok(part), Err(refused(&target.name, answer).await)),
    }
    errand.began(part.at, known.bytes.unwrap_or(part.at)).await;
    take(errand, answer, part, known.bytes).await
}

/// Asks for what is missing.
async fn ask(
    errand: &mut Errand,
    download: &Download,
    from: u64,
    known: &Known,
) -> Result<Response<Incoming>, Fault> {
    let (token, place) = errand.proof().await?;
    let (mut wire, place) = errand.connect(&place).await?;
    let name = escaped(&download.name);
    let path = format!("{}/{}/{name}", place.path, download.id);
    let mut request = place
        .request(Method::GET, &path)
        .header("authorization", bearer(&token));
    if from > 0 {
        request = request.header("range", format!("bytes={from}-"));
        if let Some(sha256) = &known.sha256 {
            request = request.header("if-range", format!("\"{sha256}\""));
        }
    }
    wire.ask(request, Wire::nothing()).await
}

/// Takes from the head of an answer what was not known, and refuses what contradicts what was.
fn learn(known: &mut Known, answer: &Response<Incoming>, from: u64) -> Result<(), Fault> {
    if !answer.status().is_success() {
        return Ok(());
    }
    let length: Option<u64> = header(answer, "content-length").and_then(|text| text.parse().ok());
    let start = match answer.status() {
        StatusCode::PARTIAL_CONTENT => from,
        _ => 0,
    };
    let total = length.and_then(|length| length.checked_add(start));
    let Some(total) = total.filter(|total| *total <= LONGEST) else {
        let words = "The server does not say how long the file is.";
        return Err(Fault::last(Exit::NotChat, words));
    };
    if known.bytes.is_some_and(|bytes| bytes != total) {
        let words = "The server's file has another length than its list says.";
        return Err(Fault::last(Exit::Failed, words));
    }
    known.bytes = Some(total);
    let tag = header(answer, "etag").map(|tag| tag.trim_matches('"'));
    let digest = tag.and_then(checked_digest);
    match (&known.sha256, digest) {
        (Some(own), Some(other)) if *own != other => {
            let words = "The server's file is another one than its list says.";
            Err(Fault::last(Exit::Failed, words))
        }
        (None, digest) => {
            known.sha256 = digest;
            Ok(())
        }
        (Some(_), _) => Ok(()),
    }
}

/// Where the bytes of an answer begin.
fn begins_at(answer: &Response<Incoming>) -> Option<u64> {
    let range = header(answer, "content-range")?.strip_prefix("bytes ")?;
    range.split_once('-')?.0.parse().ok()
}

/// Takes the body into the part, on a thread that may wait for the disk.
async fn take(
    errand: &mut Errand,
    answer: Response<Incoming>,
    mut part: Part,
    total: Option<u64>,
) -> (Result<Part, Fault>, Result<(), Fault>) {
    let (give, pieces): (Sender<Bytes>, Receiver<Bytes>) = bounded(MOST_PIECES);
    let mut at = part.at;
    let writer = task::spawn_blocking(move || {
        while let Ok(piece) = pieces.recv_blocking() {
            part.write(&piece)?;
        }
        Ok(part)
    });
    let mut body = answer.into_body();
    let mut since = Instant::now();
    let came = loop {
        let frame = match timeout(PACE, body.frame()).await {
            Ok(Some(Ok(frame))) => frame,
            Ok(Some(Err(error))) => break Err(broken(&error)),
            Ok(None) => break Ok(()),
            Err(_) if since.elapsed() >= SILENCE => {
                break Err(Fault::Again("nothing comes any more".to_owned()));
            }
            Err(_) => {
                errand.moved(at).await;
                continue;
            }
        };
        since = Instant::now();
        let Ok(piece) = frame.into_data() else {
            continue;
        };
        at = at.saturating_add(u64::try_from(piece.len()).unwrap_or_default());
        if total.is_some_and(|total| at > total) {
            break Err(Fault::last(Exit::NotChat, "More comes than the file has."));
        }
        if give.send(piece).await.is_err() {
            break Ok(());
        }
        errand.moved(at).await;
    };
    drop(give);
    let part = writer.await;
    let is_whole = total.is_none_or(|total| part.as_ref().is_ok_and(|part| part.at == total));
    let cut_off = Fault::Again("the connection was lost".to_owned());
    (part, came.and(if is_whole { Ok(()) } else { Err(cut_off) }))
}

/// Whether what came is what was promised; nothing, if it is not.
fn agrees(part: &Part, known: &Known) -> Option<Check> {
    match &known.sha256 {
        None => Some(Check::Unknown),
        Some(promised) => (*promised == part.digest()).then_some(Check::Agrees),
    }
}

async fn restart(mut part: Part, target: &Target) -> Result<Part, Fault> {
    let target = target.clone();
    local::attempt(move || {
        let begun = part.restart();
        begun.map(|()| part).map_err(|error| stuck(&target, &error))
    })
    .await
}

async fn finish(part: Part, target: Target, check: Check) -> Result<Outcome, Fault> {
    local::attempt(move || {
        let bytes = part.at;
        part.finish(&target)?;
        let path = paths::shown(&target.path);
        Ok(Outcome::Fetched { path, bytes, check })
    })
    .await
}

fn differs(target: &Target) -> Fault {
    let words = format!(
        "{} came with another SHA-256 than the server promised; it was removed.",
        target.name
    );
    Fault::last(Exit::Failed, words)
}

/// A fault that ends it, with what is left to do.
fn told(fault: Fault, target: &Target, at: u64, known: &Known) -> Fault {
    let Fault::Again(why) = fault else {
        return fault;
    };
    let percent = crate::client::files::figure::percent(at, known.bytes.unwrap_or(0));
    let words = format!(
        "{} stopped at {percent} %: {why}. The same download goes on from there.",
        target.name
    );
    Fault::last(Exit::Unreachable, words)
}
