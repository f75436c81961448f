//! What answers a request, after the rules that hold for all of them.

use crate::server::web::files;
use crate::server::web::join::{self, Join};
use crate::server::web::page;
use crate::server::web::rules::{Target, Wrong};
use crate::server::web::{Body, House, Visitor};
use hyper::body::{Body as _, Incoming};
use hyper::header::{CONNECTION, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use std::sync::Mutex;

/// Longest path of a request, with its query.
const PATH: usize = 4 * 1024;
/// Longest head of a request, roughly.
const HEAD: usize = 8 * 1024;

/// Answers one request; a WebSocket that it promises goes to `joins`.
pub(super) async fn answer(
    mut request: Request<Incoming>,
    visitor: &Visitor,
    house: &House,
    joins: &Mutex<Option<Join>>,
) -> Response<Body> {
    if let Err(refused) = check(&request, visitor, house) {
        return page::dress(*refused);
    }
    if join::is_wanted(request.headers()) {
        let (response, join) = join::promise(&mut request);
        if let (Some(join), Ok(mut joins)) = (join, joins.lock()) {
            *joins = Some(join);
            return response;
        }
        return page::dress(response);
    }
    if visitor.is_for_chat_only {
        let text = "Only WebSocket is spoken at this port";
        return page::dress(page::told(StatusCode::UPGRADE_REQUIRED, text));
    }
    let path = request.uri().path();
    let is_of_files = path == "/files" || path.starts_with("/files/");
    page::dress(match is_of_files {
        true => files::answer(request, visitor, house).await,
        false => page_of(&request),
    })
}

/// Answers one request where there is nothing but files.
pub(super) async fn answer_files(
    request: Request<Incoming>,
    visitor: &Visitor,
    house: &House,
) -> Response<Body> {
    if let Err(refused) = check(&request, visitor, house) {
        return page::dress(*refused);
    }
    let path = request.uri().path();
    page::dress(match path == "/files" || path.starts_with("/files/") {
        true => files::answer(request, visitor, house).await,
        false => page::told(StatusCode::NOT_FOUND, "There are only files here"),
    })
}

/// What is not for files.
fn page_of(request: &Request<Incoming>) -> Response<Body> {
    if !request.body().is_end_stream() {
        let text = "Nothing can be sent here";
        return closing(page::told(StatusCode::PAYLOAD_TOO_LARGE, text));
    }
    match *request.method() {
        Method::GET | Method::HEAD => page::brought(request.uri().path(), request.headers()),
        _ => page::not_allowed("GET, HEAD"),
    }
}

/// Whether the request is answered at all.
fn check(
    request: &Request<Incoming>,
    visitor: &Visitor,
    house: &House,
) -> Result<(), Box<Response<Body>>> {
    let refused = |status, text| Err(Box::new(closing(page::told(status, text))));
    if matches!(*request.method(), Method::CONNECT | Method::TRACE) {
        return Err(Box::new(closing(page::not_allowed("GET, HEAD"))));
    }
    let path = request.uri().path_and_query();
    if path.is_some_and(|path| path.as_str().len() > PATH) {
        return refused(StatusCode::URI_TOO_LONG, "No path is so long");
    }
    if weight(request.headers()) > HEAD {
        let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
        return refused(status, "These are too many headers");
    }
    match known(request, visitor, house) {
        Ok(()) => Ok(()),
        Err(Wrong::NoHost) => refused(StatusCode::BAD_REQUEST, "One Host must be named"),
        Err(Wrong::OtherHost) => refused(
            StatusCode::MISDIRECTED_REQUEST,
            "This server does not go by that name. Its operator can add it to web.hosts.",
        ),
        Err(Wrong::OtherSite) => refused(
            StatusCode::FORBIDDEN,
            "Pages of that site may not ask here. The operator can add it to websocket.allowed_origins.",
        ),
    }
}

fn known(request: &Request<Incoming>, visitor: &Visitor, house: &House) -> Result<(), Wrong> {
    let headers = request.headers();
    let target = Target::of(request.uri(), headers)?;
    if !target.is_ours(&house.config, &house.names) {
        return Err(Wrong::OtherHost);
    }
    let is_harmless = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_harmless && !join::is_wanted(headers) {
        return Ok(());
    }
    target.check_origin(headers, visitor.is_tls, &house.config)
}

/// Bytes of headers.
fn weight(headers: &HeaderMap) -> usize {
    let line = |(name, value): (&hyper::header::HeaderName, &HeaderValue)| {
        name.as_str().len() + value.len() + 4
    };
    headers.iter().map(line).sum()
}

/// An answer after which nothing more is heard.
fn closing(mut response: Response<Body>) -> Response<Body> {
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(CONNECTION, close);
    response
}
