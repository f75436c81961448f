//! One file in one request, as IRC's FILEHOST has it: what does not come whole is removed.

use crate::proto::attachment;
use crate::proto::percent;
use crate::server::web::Body;
use crate::server::web::files::receive::{Ended, receive};
use crate::server::web::files::uploads::About;
use crate::server::web::files::writer::{Hand, Manner, Strips, Verdict, Writer};
use crate::server::web::files::{Trouble, Visit, proof, reply};
use crate::server::world::file::{FileAnswer, FileAsk, Refused, UploadId};
use async_channel::Receiver;
use hyper::body::{Body as _, Incoming};
use hyper::header::CONTENT_DISPOSITION;
use hyper::{HeaderMap, Request, Response, StatusCode};
use std::sync::Arc;

/// What a file is called that comes without a name.
pub(super) const NAMELESS: &str = "file";

/// What somebody wants to upload.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) name: String,
    pub(super) to: Option<String>,
    pub(super) bytes: u64,
    pub(super) metadata: Option<Box<str>>,
    pub(super) manner: Manner,
}

/// An upload that may come.
#[derive(Debug)]
pub(super) struct Begun {
    pub(super) id: UploadId,
    pub(super) hand: Hand,
    /// Where its request is told to stop.
    pub(super) told: Receiver<()>,
}

impl Visit<'_> {
    /// Takes a file in.
    pub(super) async fn upload(self, request: Request<Incoming>) -> Response<Body> {
        let Some(bytes) = request.body().size_hint().exact() else {
            let words = "say in Content-Length how long the file is";
            return reply::text(StatusCode::LENGTH_REQUIRED, words);
        };
        let query = request.uri().query().unwrap_or_default();
        let named = name_in(request.headers()).or_else(|| percent::value(query, "name"));
        let offer = Offer {
            name: named.unwrap_or_else(|| NAMELESS.to_owned()),
            to: percent::value(query, "to").filter(|to| !to.is_empty()),
            bytes,
            metadata: None,
            manner: Manner::Once,
        };
        let site = self.site(&request);
        let mut begun = match self.begin(request.headers(), offer).await {
            Ok(begun) => begun,
            Err(refused) => return refused,
        };
        let stay = &self.house.stay;
        let ended = receive(request.into_body(), &mut begun.hand, &begun.told, stay).await;
        if ended != Ended::Whole {
            drop(begun);
            return reply::text(
                StatusCode::REQUEST_TIMEOUT,
                "the file did not come whole, or too slowly",
            );
        }
        match begun.hand.end().await {
            Verdict::Listed(row, _) => reply::created(&row, &site),
            verdict => unlisted(&verdict),
        }
    }

    /// Asks whether a file may come, and makes room for it.
    pub(super) async fn begin(
        self,
        headers: &HeaderMap,
        offer: Offer,
    ) -> Result<Begun, Response<Body>> {
        let asked = FileAsk::Begin {
            proof: proof::of(headers),
            peer: self.visitor.peer.clone(),
            name: offer.name,
            bytes: offer.bytes,
            to: offer.to,
        };
        let id = match self.files.ask(asked).await {
            FileAnswer::Begun { upload, .. } => upload,
            FileAnswer::Refused(refused) => return Err(reply::refused(&refused)),
            _ => return Err(reply::busy()),
        };
        let about = About {
            total: offer.bytes,
            metadata: offer.metadata,
        };
        let turn = self.files.uploads.begin(id, about);
        let told = turn.told.clone();
        let blobs = Arc::clone(&self.files.blobs);
        let writer = Writer {
            files: Arc::clone(self.files),
            id,
            total: offer.bytes,
            manner: offer.manner,
            strips: self.strips(),
        };
        let beginning = async_std::task::spawn(async move {
            let files = Arc::clone(&writer.files);
            let made = files.writing.run(move || blobs.begin(&id.0)).await;
            match made {
                Ok(incoming) => Ok(writer.start(incoming, turn)),
                Err(error) => {
                    files.give_up(id).await;
                    Err(Trouble::of(&error))
                }
            }
        });
        // Apart, so that it is given up or goes on in order though this request breaks off meanwhile.
        let hand = beginning.await.map_err(reply::failed)?;
        Ok(Begun { id, hand, told })
    }

    /// Whether something is taken out of pictures.
    pub(super) fn strips(self) -> Strips {
        match self.house.config.files.strip_metadata {
            true => Strips::Pictures,
            false => Strips::Nothing,
        }
    }
}

/// The name that the header has.
fn name_in(headers: &HeaderMap) -> Option<String> {
    attachment::name_in(headers.get(CONTENT_DISPOSITION)?.as_bytes())
}

/// Why a file that came is not listed.
pub(super) fn unlisted(verdict: &Verdict) -> Response<Body> {
    match verdict {
        Verdict::Refused(refused) => reply::refused(refused),
        Verdict::Failed(trouble) => reply::failed(*trouble),
        Verdict::Short | Verdict::Paused(_) => reply::bad("fewer bytes came than were announced"),
        Verdict::Listed(..) => reply::refused(&Refused::Busy),
    }
}
