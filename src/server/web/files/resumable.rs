//! Uploads that go on where they were interrupted, as tus 1.0.0 has it:
//! <https://tus.io/protocols/resumable-upload>.

use crate::proto::byte_range::number;
use crate::proto::tus;
use crate::server::web::files::receive::{Ended, receive};
use crate::server::web::files::upload::{Begun, NAMELESS, Offer, unlisted};
use crate::server::web::files::uploads::{About, Busy, KEPT, Taken, Turn};
use crate::server::web::files::writer::{Manner, Verdict, Writer};
use crate::server::web::files::{Trouble, Visit, not_allowed, proof, reply};
use crate::server::web::{Body, House};
use crate::server::world::file::{FileAnswer, FileAsk, Refused, UploadId};
use crate::store::blobs::incoming::Paused;
use async_io::Timer;
use futures_lite::future::or;
use hyper::body::{Body as _, Incoming};
use hyper::header::{ALLOW, CONTENT_LOCATION, CONTENT_TYPE, HeaderName, LOCATION};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long the request before gets to stop.
const PATIENCE: Duration = Duration::from_secs(10);
/// Longest `Upload-Metadata`.
const METADATA: usize = 4096;

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const ABOUT: HeaderName = HeaderName::from_static("upload-metadata");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const SPOKEN: HeaderName = HeaderName::from_static("tus-version");
const EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
const MOST: HeaderName = HeaderName::from_static("tus-max-size");
const FILE: HeaderName = HeaderName::from_static("x-chat-file");
/// What was taken out of a picture, if anything was: its SHA-256 is then another than the sender's.
const STRIPPED: HeaderName = HeaderName::from_static("x-chat-stripped");
const SHA256: HeaderName = HeaderName::from_static("x-chat-sha256");
const ACCEPT_POST: HeaderName = HeaderName::from_static("accept-post");

impl Visit<'_> {
    /// What is spoken here.
    pub(super) fn offer(self, allowed: &str) -> Response<Body> {
        let most = self.house.config.files.max_bytes.to_string();
        let mut answer = said(reply::empty(StatusCode::NO_CONTENT));
        for (name, value) in [
            (ALLOW, allowed),
            (ACCEPT_POST, "*/*"),
            (SPOKEN, tus::VERSION),
            (EXTENSION, tus::EXTENSIONS),
            (MOST, &most),
        ] {
            answer = reply::with(answer, name, value);
        }
        answer
    }

    /// At `/files/uploads`.
    pub(super) async fn at_uploads(self, request: Request<Incoming>) -> Response<Body> {
        match meant(&request) {
            Method::OPTIONS => self.offer("OPTIONS, POST"),
            Method::POST => match misunderstood(request.headers()) {
                None => said(self.create(request).await),
                Some(refused) => refused,
            },
            _ => not_allowed("OPTIONS, POST"),
        }
    }

    /// At one upload.
    pub(super) async fn at_upload(
        self,
        request: Request<Incoming>,
        id: UploadId,
    ) -> Response<Body> {
        let method = meant(&request);
        if method == Method::OPTIONS {
            return self.offer("OPTIONS, HEAD, PATCH, DELETE");
        }
        if let Some(refused) = misunderstood(request.headers()) {
            return refused;
        }
        said(match method {
            Method::HEAD => self.look(&request, id).await,
            Method::PATCH => self.go_on(request, id).await,
            Method::DELETE => self.remove(&request, id).await,
            _ => not_allowed("OPTIONS, HEAD, PATCH, DELETE"),
        })
    }

    async fn create(self, request: Request<Incoming>) -> Response<Body> {
        let headers = request.headers();
        let Some(bytes) = text_of(headers, &LENGTH).and_then(number) else {
            return reply::bad("say in Upload-Length how long the file is");
        };
        let metadata = text_of(headers, &ABOUT).unwrap_or_default();
        if metadata.len() > METADATA {
            return reply::bad("Upload-Metadata is too long");
        }
        let has_bytes = !request.body().is_end_stream();
        if has_bytes && text_of(headers, &CONTENT_TYPE) != Some(tus::PIECE) {
            return reply::text(StatusCode::UNSUPPORTED_MEDIA_TYPE, tus::PIECE);
        }
        let offer = Offer {
            name: tus::metadata(metadata, "filename").unwrap_or_else(|| NAMELESS.to_owned()),
            to: tus::metadata(metadata, "to").filter(|to| !to.is_empty()),
            bytes,
            metadata: (!metadata.is_empty()).then(|| metadata.into()),
            manner: Manner::Resumable,
        };
        let begun = match self.begin(headers, offer).await {
            Ok(begun) => begun,
            Err(refused) => return refused,
        };
        let place = format!("{}/uploads/{}", reply::PLACE, begun.id);
        let answer = take_in(self.house, request.into_body(), begun, StatusCode::CREATED).await;
        match answer.status() {
            StatusCode::CREATED => reply::with(answer, LOCATION, &place),
            _ => answer,
        }
    }

    async fn look(self, request: &Request<Incoming>, id: UploadId) -> Response<Body> {
        let (turn, paused, about) = match self.take(request.headers(), id).await {
            Ok(taken) => taken,
            Err(refused) => return refused,
        };
        let bytes = paused.bytes();
        self.files.uploads.pause(id, paused);
        drop(turn);
        let mut answer = offset(reply::empty(StatusCode::OK), bytes);
        answer = reply::with(answer, LENGTH, &about.total.to_string());
        match about.metadata {
            Some(metadata) => reply::with(answer, ABOUT, &metadata),
            None => answer,
        }
    }

    async fn go_on(self, request: Request<Incoming>, id: UploadId) -> Response<Body> {
        let headers = request.headers();
        if text_of(headers, &CONTENT_TYPE) != Some(tus::PIECE) {
            return reply::text(StatusCode::UNSUPPORTED_MEDIA_TYPE, tus::PIECE);
        }
        let Some(from) = text_of(headers, &OFFSET).and_then(number) else {
            return reply::bad("say in Upload-Offset where the bytes belong");
        };
        let (turn, paused, about) = match self.take(headers, id).await {
            Ok(taken) => taken,
            Err(refused) => return refused,
        };
        let left = about.total.saturating_sub(paused.bytes());
        let is_too_long = request.body().size_hint().lower() > left;
        if from != paused.bytes() || is_too_long {
            let bytes = paused.bytes();
            self.files.uploads.pause(id, paused);
            drop(turn);
            return offset(
                match is_too_long {
                    true => reply::bad("more bytes than were announced"),
                    false => reply::text(StatusCode::CONFLICT, "the bytes belong elsewhere"),
                },
                bytes,
            );
        }
        match self.open(id, turn, paused, about.total).await {
            Ok(begun) => {
                take_in(
                    self.house,
                    request.into_body(),
                    begun,
                    StatusCode::NO_CONTENT,
                )
                .await
            }
            Err(trouble) => reply::failed(trouble),
        }
    }

    async fn open(
        self,
        id: UploadId,
        turn: Turn,
        paused: Paused,
        total: u64,
    ) -> Result<Begun, Trouble> {
        let told = turn.told.clone();
        let blobs = Arc::clone(&self.files.blobs);
        let writer = Writer {
            files: Arc::clone(self.files),
            id,
            total,
            manner: Manner::Resumable,
            strips: self.strips(),
        };
        let opening = async_std::task::spawn(async move {
            let files = Arc::clone(&writer.files);
            let opened = files.writing.run(move || blobs.go_on(&id.0, paused)).await;
            match opened {
                Ok(incoming) => Ok(writer.start(incoming, turn)),
                Err(error) => {
                    files.give_up(id).await;
                    Err(Trouble::of(&error))
                }
            }
        });
        let hand = opening.await?;
        Ok(Begun { id, hand, told })
    }

    async fn remove(self, request: &Request<Incoming>, id: UploadId) -> Response<Body> {
        match self.take(request.headers(), id).await {
            Ok((turn, ..)) => {
                self.files.give_up(id).await;
                drop(turn);
                reply::empty(StatusCode::NO_CONTENT)
            }
            Err(refused) => refused,
        }
    }

    /// Takes the right to write to an upload that this visitor began; who writes to it now is stopped.
    async fn take(
        self,
        headers: &HeaderMap,
        id: UploadId,
    ) -> Result<(Turn, Paused, About), Response<Body>> {
        let asked = FileAsk::Resume {
            upload: id,
            proof: proof::of(headers),
            peer: self.visitor.peer.clone(),
        };
        let total = match self.files.ask(asked).await {
            FileAnswer::Begun { bytes, .. } => bytes,
            FileAnswer::Refused(Refused::Busy) => return Err(reply::busy()),
            FileAnswer::Refused(Refused::WhoAreYou) => {
                return Err(reply::refused(&Refused::WhoAreYou));
            }
            _ => return Err(reply::text(StatusCode::NOT_FOUND, "no such upload")),
        };
        for _ in 0..2 {
            match self.files.uploads.take(id) {
                Taken::Yours(turn, paused, about) => return Ok((turn, paused, about)),
                Taken::Busy(busy) => stopped(busy).await,
                Taken::Unknown => return self.recover(id, total).await,
            }
        }
        Err(reply::text(StatusCode::LOCKED, "somebody writes to it"))
    }

    /// Goes on with one that was begun in another process, which this one took over from.
    async fn recover(
        self,
        id: UploadId,
        total: u64,
    ) -> Result<(Turn, Paused, About), Response<Body>> {
        let about = About {
            total,
            metadata: None,
        };
        let turn = self.files.uploads.begin(id, about.clone());
        let blobs = Arc::clone(&self.files.blobs);
        let recovered = self.files.writing.run(move || blobs.recover(&id.0)).await;
        match recovered {
            Ok(paused) if paused.bytes() <= total => Ok((turn, paused, about)),
            _ => {
                self.files.give_up(id).await;
                Err(reply::text(StatusCode::NOT_FOUND, "no such upload"))
            }
        }
    }
}

/// Has somebody who writes stop, and waits for it.
async fn stopped(busy: Busy) {
    busy.stop();
    let over = async {
        let _ = busy.stopped.recv().await;
    };
    or(over, async {
        Timer::after(PATIENCE).await;
    })
    .await;
}

/// Takes bytes of an upload in; `done` is what is answered when all that came is stored.
async fn take_in(house: &House, body: Incoming, begun: Begun, done: StatusCode) -> Response<Body> {
    let Begun { mut hand, told, .. } = begun;
    match receive(body, &mut hand, &told, &house.stay).await {
        Ended::Replaced => {
            drop(hand);
            return reply::text(
                StatusCode::CONFLICT,
                "another request goes on with it, or its time is over",
            );
        }
        Ended::Broken | Ended::Late => {
            drop(hand);
            return reply::text(
                StatusCode::REQUEST_TIMEOUT,
                "the bytes did not come, or too slowly",
            );
        }
        Ended::TooLong => {
            return match hand.end().await {
                Verdict::Paused(bytes) => {
                    offset(reply::bad("more bytes than were announced"), bytes)
                }
                verdict => unlisted(&verdict),
            };
        }
        Ended::Whole => {}
    }
    match hand.end().await {
        Verdict::Paused(bytes) => offset(reply::empty(done), bytes),
        Verdict::Listed(row, came) => {
            let mut answer = reply::empty(done);
            if row.bytes != came {
                let what = "place and camera";
                answer = reply::with(answer, STRIPPED, what);
            }
            for (name, value) in [
                (OFFSET, came.to_string()),
                (FILE, row.id.to_string()),
                (SHA256, row.digest.to_string()),
                (CONTENT_LOCATION, reply::path(&row)),
            ] {
                answer = reply::with(answer, name, &value);
            }
            answer
        }
        verdict => unlisted(&verdict),
    }
}

/// How far an upload is, and how long it is kept.
fn offset(answer: Response<Body>, bytes: u64) -> Response<Body> {
    let answer = reply::with(answer, OFFSET, &bytes.to_string());
    let until = SystemTime::now() + KEPT;
    let ms = until.duration_since(UNIX_EPOCH).unwrap_or_default();
    let date = tus::date(u64::try_from(ms.as_millis()).unwrap_or(u64::MAX));
    match date {
        Some(date) => reply::with(answer, EXPIRES, &date),
        None => answer,
    }
}

/// Says which version is spoken.
fn said(answer: Response<Body>) -> Response<Body> {
    reply::with(answer, RESUMABLE, tus::VERSION)
}

/// Refuses a version that is not spoken.
fn misunderstood(headers: &HeaderMap) -> Option<Response<Body>> {
    match text_of(headers, &RESUMABLE) {
        Some(tus::VERSION) => None,
        _ => {
            let words = "tus 1.0.0 is spoken here; say so in Tus-Resumable";
            let answer = said(reply::text(StatusCode::PRECONDITION_FAILED, words));
            Some(reply::with(answer, SPOKEN, tus::VERSION))
        }
    }
}

/// The method, which some can only write into a header.
fn meant(request: &Request<Incoming>) -> Method {
    let instead = request.headers().get("x-http-method-override");
    let instead = instead.and_then(|method| Method::from_bytes(method.as_bytes()).ok());
    instead.unwrap_or_else(|| request.method().clone())
}

fn text_of<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}
