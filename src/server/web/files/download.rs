//! A file goes out: whole or a part of it, and never as something that a browser would run.

use crate::proto::attachment::attachment;
use crate::proto::byte_range::Wanted;
use crate::proto::percent;
use crate::proto::tus;
use crate::server::log;
use crate::server::web::Body;
use crate::server::web::files::picture::{HEAD, Kind};
use crate::server::web::files::{Visit, proof, reading, reply};
use crate::server::world::file::{FileAnswer, FileAsk, Refused};
use crate::store::record::file::{FileId, FileRow};
use hyper::body::Incoming;
use hyper::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, IF_RANGE,
    LAST_MODIFIED, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

/// A page of other people's making has no rights at all, should a browser take it for one.
const POLICY: &str = "sandbox; default-src 'none'";
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// A file that may be read.
struct Open {
    file: File,
    /// What kind of picture it is.
    kind: Option<Kind>,
}

impl Visit<'_> {
    /// Gives a file, if it is there for who asks.
    pub(super) async fn download(
        self,
        request: &Request<Incoming>,
        id: FileId,
        name: Option<&str>,
    ) -> Response<Body> {
        let asked = FileAsk::Look {
            id,
            proof: proof::of(request.headers()),
            peer: self.visitor.peer.clone(),
        };
        let row = match self.files.ask(asked).await {
            FileAnswer::Found(row) => row,
            FileAnswer::Refused(Refused::Busy) => return reply::busy(),
            _ => return reply::no_such_file(),
        };
        let is_its_name =
            |name: &str| percent::decode(name).as_deref() == Some(row.name.as_bytes());
        if !name.is_none_or(is_its_name) {
            return reply::no_such_file();
        }
        let tag = format!("\"{}\"", row.digest);
        if is_known(request.headers(), &tag) {
            return described(reply::empty(StatusCode::NOT_MODIFIED), &row, &tag);
        }
        match self.opened(&row).await {
            Ok(open) => self.give(request, &row, &tag, open),
            Err(error) => {
                log::error(format_args!(
                    "The bytes of file {id} cannot be read: {error}"
                ));
                reply::no_such_file()
            }
        }
    }

    /// Opens it, if it is as long as it should be.
    async fn opened(self, row: &FileRow) -> io::Result<Open> {
        let (blobs, digest, expected) = (Arc::clone(&self.files.blobs), row.digest, row.bytes);
        let job = move || {
            let (file, bytes) = blobs.read(&digest)?;
            let mut head = [0; HEAD];
            let read = file.read_at(&mut head, 0)?;
            let kind = Kind::of(head.get(..read).unwrap_or_default());
            match bytes == expected {
                true => Ok(Open { file, kind }),
                false => Err(io::ErrorKind::InvalidData.into()),
            }
        };
        self.files.reading.run(job).await
    }

    fn give(
        self,
        request: &Request<Incoming>,
        row: &FileRow,
        tag: &str,
        open: Open,
    ) -> Response<Body> {
        let wanted = wanted(request.headers(), row.bytes, tag);
        let (status, first) = match wanted {
            Wanted::All => (StatusCode::OK, 0),
            Wanted::Part { first, .. } => (StatusCode::PARTIAL_CONTENT, first),
            Wanted::Nothing => (StatusCode::RANGE_NOT_SATISFIABLE, 0),
        };
        let count = wanted.count(row.bytes);
        let mut answer = described(reply::empty(status), row, tag);
        if let Some(range) = content_range(wanted, row.bytes) {
            answer = reply::with(answer, CONTENT_RANGE, &range);
        }
        if wanted == Wanted::Nothing {
            return answer;
        }
        let query = request.uri().query().unwrap_or_default();
        let is_shown = percent::value(query, "inline").is_some();
        let (kind, disposition) = match open.kind.filter(|_| is_shown) {
            Some(kind) => (kind.media_type(), "inline".to_owned()),
            None => ("application/octet-stream", attachment(&row.name)),
        };
        for (name, value) in [
            (CONTENT_TYPE, kind),
            (CONTENT_DISPOSITION, disposition.as_str()),
            (CONTENT_LENGTH, &count.to_string()),
        ] {
            answer = reply::with(answer, name, value);
        }
        if *request.method() != Method::HEAD {
            let (lanes, afloat) = (self.files.reading.clone(), self.files.afloat.clone());
            *answer.body_mut() = reading::body(open.file, first, count, lanes, afloat);
        }
        answer
    }
}

/// What all answers about a file say.
fn described(mut answer: Response<Body>, row: &FileRow, tag: &str) -> Response<Body> {
    let date = tus::date(row.unix_ms()).unwrap_or_default();
    for (name, value) in [
        (ETAG, tag),
        (ACCEPT_RANGES, "bytes"),
        (LAST_MODIFIED, &date),
        (CACHE_CONTROL, "private, no-cache"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (RESOURCE_POLICY, "same-origin"),
    ] {
        answer = reply::with(answer, name, value);
    }
    answer
}

/// Which bytes are asked for; a range of another file than this is not.
fn wanted(headers: &HeaderMap, bytes: u64, tag: &str) -> Wanted {
    let text = |name| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    let is_of_this = text(IF_RANGE).is_none_or(|expected| expected.trim() == tag);
    match text(RANGE).filter(|_| is_of_this) {
        Some(range) => Wanted::of(range, bytes),
        None => Wanted::All,
    }
}

fn content_range(wanted: Wanted, bytes: u64) -> Option<String> {
    match wanted {
        Wanted::All => None,
        Wanted::Part { first, last } => Some(format!("bytes {first}-{last}/{bytes}")),
        Wanted::Nothing => Some(format!("bytes */{bytes}")),
    }
}

/// Whether who asks has it already.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).into_iter();
    let mut tags = known.flat_map(|value| value.to_str().unwrap_or_default().split(','));
    tags.any(|one| {
        let one = one.trim();
        one == "*" || one.trim_start_matches("W/") == tag
    })
}
