//! Files over HTTP: uploads, plain and such that go on where they were interrupted, and downloads.
//!
//! The world decides who may; here are the bytes. They go between socket and disk in pieces, and nothing that waits
//! for the disk runs where others are served.

mod download;
mod folder;
pub(in crate::server) mod keeper;
mod lanes;
mod pace;
mod picture;
mod pieces;
mod proof;
mod reading;
mod receive;
mod reply;
mod resumable;
mod upload;
mod uploads;
pub(in crate::server) mod work;
mod writer;

use crate::config::Config;
use crate::server::log;
use crate::server::web::files::lanes::Lanes;
use crate::server::web::files::pieces::Pieces;
use crate::server::web::files::reading::Afloat;
use crate::server::web::files::uploads::Uploads;
use crate::server::web::word::Word;
use crate::server::web::{Body, House, Visitor};
use crate::server::world::file::{FileAnswer, FileAsk, Refused, Unneeded, UploadId};
use crate::store::blobs::{Blobs, is_full};
use crate::store::record::file::{Digest, FileId};
use async_channel::{Receiver, Sender};
use hyper::body::Incoming;
use hyper::header::ALLOW;
use hyper::{Method, Request, Response, StatusCode};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Jobs that write, and jobs that read, at once.
const WRITING: usize = 4;
const READING: usize = 8;

/// The bytes of all files, and who is at work with them.
#[derive(Debug)]
pub(in crate::server) struct Files {
    blobs: Arc<Blobs>,
    uploads: Uploads,
    /// To the world.
    words: Sender<Word>,
    /// To the keeper: look whether anything needs these bytes.
    unneeded: Sender<Unneeded>,
    /// The keeper's end of it, until there is one.
    to_look_at: Receiver<Unneeded>,
    config: Mutex<Arc<Config>>,
    pieces: Pieces,
    writing: Lanes,
    reading: Lanes,
    afloat: Afloat,
}

/// Why something is not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    /// There is no room on the disk.
    Full,
    Broken,
}

impl Trouble {
    fn of(error: &io::Error) -> Self {
        match is_full(error) {
            true => Self::Full,
            false => Self::Broken,
        }
    }
}

impl Files {
    /// The files of the server that keeps its things in this directory, if there is a place for them.
    pub(in crate::server) fn open(
        config: &Arc<Config>,
        data: &Path,
        words: &Sender<Word>,
    ) -> Option<Arc<Self>> {
        // A server that keeps nothing has no directory.
        if data.as_os_str().is_empty() {
            return None;
        }
        let blobs = Blobs::open(data).map_err(|why| {
            log::error(format_args!(
                "There is no place for files in {}, so there are none: {why}",
                data.display()
            ));
        });
        let (unneeded, to_look_at) = async_channel::unbounded();
        Some(Arc::new(Self {
            blobs: Arc::new(blobs.ok()?),
            uploads: Uploads::default(),
            words: words.clone(),
            unneeded,
            to_look_at,
            config: Mutex::new(Arc::clone(config)),
            pieces: Pieces::default(),
            writing: Lanes::new(WRITING),
            reading: Lanes::new(READING),
            afloat: Afloat::default(),
        }))
    }

    /// Another configuration counts from now on.
    pub(in crate::server) fn adopt(&self, config: &Arc<Config>) {
        let mut held = self.config.lock().unwrap_or_else(PoisonError::into_inner);
        *held = Arc::clone(config);
    }

    /// The configuration that counts.
    fn config(&self) -> Arc<Config> {
        let held = self.config.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&held)
    }

    /// The way to the keeper.
    pub(in crate::server) fn keeper(&self) -> Sender<Unneeded> {
        self.unneeded.clone()
    }

    /// Asks the world.
    async fn ask(&self, ask: FileAsk) -> FileAnswer {
        let (reply, answer) = async_channel::bounded(1);
        let asked = self.words.try_send(Word::File { ask, reply });
        let busy = FileAnswer::Refused(Refused::Busy);
        match asked {
            Ok(()) => answer.recv().await.unwrap_or(busy),
            Err(_) => busy,
        }
    }

    /// The same, on a thread that may wait.
    fn ask_and_wait(&self, ask: FileAsk) -> FileAnswer {
        async_io::block_on(self.ask(ask))
    }

    /// Ends an upload that will not be whole.
    async fn give_up(&self, id: UploadId) {
        let blobs = Arc::clone(&self.blobs);
        // If it cannot be removed now, sweeping finds it.
        let _ = self.writing.run(move || blobs.discard(&id.0)).await;
        self.uploads.end(id);
        self.ask(FileAsk::Abandon(id)).await;
    }

    /// Has bytes removed if nothing needs them.
    fn let_go(&self, digest: Digest) {
        let _ = self.unneeded.try_send(Unneeded(digest));
    }
}

/// Answers a request for `/files…`.
pub(in crate::server) async fn answer(
    request: Request<Incoming>,
    visitor: &Visitor,
    house: &House,
) -> Response<Body> {
    let Some(files) = house.files.as_ref().filter(|_| house.config.files.enabled) else {
        return reply::text(StatusCode::NOT_FOUND, "there are no files here");
    };
    let visit = Visit {
        visitor,
        house,
        files,
    };
    let path = request.uri().path().to_owned();
    let inside = path.strip_prefix(reply::PLACE).unwrap_or_default();
    match inside.strip_prefix('/').unwrap_or_default().split_once('/') {
        None if matches!(inside, "" | "/") => visit.at_the_door(request).await,
        None if inside == "/uploads" => visit.at_uploads(request).await,
        Some(("uploads", id)) => match UploadId::parse(id) {
            Some(id) => visit.at_upload(request, id).await,
            None => reply::no_such_file(),
        },
        found => {
            let id = found.map_or(inside.trim_start_matches('/'), |(id, _)| id);
            match FileId::parse(id) {
                Some(id) => {
                    visit
                        .at_file(&request, id, found.map(|(_, name)| name))
                        .await
                }
                None => reply::no_such_file(),
            }
        }
    }
}

/// One request, and all that it needs.
#[derive(Debug, Clone, Copy)]
struct Visit<'a> {
    visitor: &'a Visitor,
    house: &'a House,
    files: &'a Arc<Files>,
}

impl Visit<'_> {
    async fn at_the_door(self, request: Request<Incoming>) -> Response<Body> {
        match *request.method() {
            Method::POST => self.upload(request).await,
            Method::OPTIONS => self.offer("OPTIONS, POST"),
            _ => not_allowed("OPTIONS, POST"),
        }
    }

    async fn at_file(
        self,
        request: &Request<Incoming>,
        id: FileId,
        name: Option<&str>,
    ) -> Response<Body> {
        match *request.method() {
            Method::GET | Method::HEAD => self.download(request, id, name).await,
            _ => not_allowed("GET, HEAD"),
        }
    }

    /// Where this server is found, for links.
    fn site(self, request: &Request<Incoming>) -> String {
        if let Some(url) = &self.house.config.web.url {
            return url.trim_end_matches('/').to_owned();
        }
        let host = request.headers().get(hyper::header::HOST);
        let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
        match self.visitor.is_tls {
            true => format!("https://{host}"),
            false => format!("http://{host}"),
        }
    }
}

fn not_allowed(allowed: &str) -> Response<Body> {
    let words = format!("only {allowed} here");
    let answer = reply::text(StatusCode::METHOD_NOT_ALLOWED, &words);
    reply::with(answer, ALLOW, allowed)
}
