//! Answers about files, and every way to say no.

use crate::proto::percent;
use crate::server::web::Body;
use crate::server::web::files::Trouble;
use crate::server::world::file::{Quota, Refused};
use crate::store::record::file::FileRow;
use http_body_util::{BodyExt, Full};
use hyper::header::{
    CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, WWW_AUTHENTICATE,
};
use hyper::{Response, StatusCode};
use serde_json::json;

/// Where files are.
pub(super) const PLACE: &str = "/files";

/// An answer with this text.
pub(super) fn text(status: StatusCode, words: &str) -> Response<Body> {
    whole(status, "text/plain; charset=utf-8", format!("{words}\n"))
}

/// An answer without content.
pub(super) fn empty(status: StatusCode) -> Response<Body> {
    let mut answer = whole(status, "", String::new());
    answer.headers_mut().remove(CONTENT_TYPE);
    answer
}

fn whole(status: StatusCode, kind: &'static str, content: String) -> Response<Body> {
    let body = Full::from(content).map_err(|never| match never {});
    let mut answer = Response::new(body.boxed_unsync());
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// Adds a header; what no header can carry is left out.
pub(super) fn with(mut answer: Response<Body>, name: HeaderName, value: &str) -> Response<Body> {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
    answer
}

/// The path of a file.
pub(super) fn path(row: &FileRow) -> String {
    let name = percent::encode(row.name.as_bytes());
    format!("{PLACE}/{}/{name}", row.id)
}

/// An upload is whole and listed; `site` is where this server is found.
pub(super) fn created(row: &FileRow, site: &str) -> Response<Body> {
    let path = path(row);
    let about = json!({
        "id": row.id.to_string(),
        "name": row.name,
        "bytes": row.bytes,
        "sha256": row.digest.to_string(),
        "url": format!("{site}{path}"),
    });
    let kind = "application/json";
    let answer = whole(StatusCode::CREATED, kind, format!("{about:#}\n"));
    with(answer, LOCATION, &path)
}

/// There is no such file: the same words whatever the reason.
pub(super) fn no_such_file() -> Response<Body> {
    text(StatusCode::NOT_FOUND, "no such file")
}

/// What this server does not do.
pub(super) fn refused(refused: &Refused) -> Response<Body> {
    match refused {
        Refused::WhoAreYou => {
            let words = "who are you? give a token of FILE TOKEN, or an account and its password";
            let answer = text(StatusCode::UNAUTHORIZED, words);
            // No scheme that makes browsers ask for a password.
            with(answer, WWW_AUTHENTICATE, "Bearer realm=\"files\"")
        }
        Refused::MayNot(why) => text(StatusCode::FORBIDDEN, why),
        Refused::NoSuch(what) => text(StatusCode::NOT_FOUND, what),
        Refused::TooLarge { most } => {
            let words = format!("a file has at most {most} bytes here");
            text(StatusCode::PAYLOAD_TOO_LARGE, &words)
        }
        Refused::NoSpace { whose, free } => {
            let words = match whose {
                Quota::Own => format!("{free} bytes are left of what you may keep here"),
                Quota::All => format!("{free} bytes are left of what this server keeps"),
                Quota::Count => "this server keeps as many files as it may".to_owned(),
            };
            text(StatusCode::INSUFFICIENT_STORAGE, &words)
        }
        Refused::BadName => text(StatusCode::BAD_REQUEST, "a file cannot have this name"),
        Refused::Busy => busy(),
    }
}

pub(super) fn busy() -> Response<Body> {
    let words = "too much goes on at this moment; try again later";
    text(StatusCode::SERVICE_UNAVAILABLE, words)
}

/// The disk is to blame.
pub(super) fn failed(trouble: Trouble) -> Response<Body> {
    match trouble {
        Trouble::Full => text(
            StatusCode::INSUFFICIENT_STORAGE,
            "the disk of this server is full",
        ),
        Trouble::Broken => text(
            StatusCode::INTERNAL_SERVER_ERROR,
            "this server cannot store it",
        ),
    }
}

/// What is asked cannot be understood.
pub(super) fn bad(words: &str) -> Response<Body> {
    text(StatusCode::BAD_REQUEST, words)
}
