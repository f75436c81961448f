//! Answers: what stands in all of them, those of a sentence, and those of the pages that the server brings along.

use crate::server::web::Body;
use crate::server::web::assets;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ETAG, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Response, StatusCode};
use std::convert::Infallible;

/// What stands in every answer, unless it says otherwise itself.
const EVERYWHERE: [(HeaderName, &str); 8] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; \
         manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("x-frame-options"), "DENY"),
    (CACHE_CONTROL, "no-cache"),
];

/// An answer without content.
pub(in crate::server) fn empty(status: StatusCode) -> Response<Body> {
    full(status, Bytes::new())
}

/// An answer with this content.
pub(in crate::server) fn full(status: StatusCode, bytes: Bytes) -> Response<Body> {
    let body = Full::new(bytes).map_err(|never: Infallible| match never {});
    let mut response = Response::new(body.boxed_unsync());
    *response.status_mut() = status;
    response
}

/// An answer that is a sentence.
pub(in crate::server) fn told(status: StatusCode, text: &str) -> Response<Body> {
    let mut response = full(status, format!("{text}\n").into());
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, plain);
    response
}

/// That the method is none for this place.
pub(in crate::server) fn not_allowed(allowed: &'static str) -> Response<Body> {
    let text = format!("Only {allowed} is answered here");
    let mut response = told(StatusCode::METHOD_NOT_ALLOWED, &text);
    let allowed = HeaderValue::from_static(allowed);
    response.headers_mut().insert(ALLOW, allowed);
    response
}

/// Adds what stands in every answer.
pub(in crate::server) fn dress(mut response: Response<Body>) -> Response<Body> {
    for (name, value) in EVERYWHERE {
        let headers = response.headers_mut();
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// What the server brings along at this path; exact paths alone are known.
pub(super) fn brought(path: &str, asked: &HeaderMap) -> Response<Body> {
    let Some(asset) = assets::find(path) else {
        return told(StatusCode::NOT_FOUND, "There is nothing here");
    };
    let is_packed = accepts_deflate(asked);
    let form = match is_packed {
        true => &asset.packed,
        false => &asset.plain,
    };
    let mut response = match has(asked, &form.etag) {
        true => empty(StatusCode::NOT_MODIFIED),
        false => full(StatusCode::OK, Bytes::from_static(&form.bytes)),
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.media));
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if is_packed {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("deflate"));
    }
    if let Ok(tag) = HeaderValue::from_str(&form.etag) {
        headers.insert(ETAG, tag);
    }
    response
}

/// Whether who asks can unpack.
fn accepts_deflate(asked: &HeaderMap) -> bool {
    let lists = asked.get_all(ACCEPT_ENCODING).into_iter();
    let mut lists = lists.filter_map(|list| list.to_str().ok());
    lists.any(|list| list.split(',').any(|word| word.trim() == "deflate"))
}

/// Whether who asks has it already.
fn has(asked: &HeaderMap, tag: &str) -> bool {
    let lists = asked.get_all(IF_NONE_MATCH).into_iter();
    let mut lists = lists.filter_map(|list| list.to_str().ok());
    lists.any(|list| {
        let mut known = list.split(',').map(str::trim);
        known.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
    })
}
