//! How a request becomes a WebSocket: what it must say, what is agreed on, and what is given back to the shard.

use crate::proto::websocket::Protocol;
use crate::server::web::Body;
use crate::server::web::carrier::{Carrier, Parts};
use crate::server::web::page;
use crate::server::web::word::{Joined, Ticket};
use crate::server::world::event::Peer;
use hyper::body::Incoming;
use hyper::header::{
    CONNECTION, HeaderMap, HeaderName, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use hyper::upgrade::OnUpgrade;
use hyper::{Method, Request, Response, StatusCode, Version};
use smol_hyper::rt::FuturesIo;
use tungstenite::handshake::derive_accept_key;

/// Where it is asked for; other servers have it at the others.
const PLACES: [&str; 3] = ["/irc", "/", "/websocket"];
const TEXT: &str = "text.ircv3.net";
const BINARY: &str = "binary.ircv3.net";

/// A WebSocket that was promised.
#[derive(Debug)]
pub(super) struct Join {
    upgrade: OnUpgrade,
    protocol: Protocol,
}

impl Join {
    /// Waits until the promise is told, and takes the connection out of hyper.
    pub(super) async fn finish(self, ticket: Ticket, peer: Peer) -> Option<Joined> {
        let upgraded = self.upgrade.await.ok()?;
        let parts = upgraded.downcast::<FuturesIo<Carrier>>().ok()?;
        let Parts {
            socket,
            tunnel,
            rest,
        } = parts.io.into_inner().into_parts().ok()?;
        let mut said = parts.read_buf.to_vec();
        said.extend_from_slice(&rest);
        Some(Joined {
            ticket,
            socket,
            tunnel,
            said,
            peer,
            protocol: self.protocol,
        })
    }
}

/// Whether a WebSocket is asked for.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    has_word(headers, UPGRADE, "websocket")
}

/// Promises one, or says why not.
pub(super) fn promise(request: &mut Request<Incoming>) -> (Response<Body>, Option<Join>) {
    match agreed(request) {
        Ok((accept, protocol)) => {
            let response = promised(&accept, protocol);
            let upgrade = hyper::upgrade::on(request);
            (response, Some(Join { upgrade, protocol }))
        }
        Err(response) => (*response, None),
    }
}

/// What the request is to be answered with, and what is spoken then.
fn agreed(request: &Request<Incoming>) -> Result<(HeaderValue, Protocol), Box<Response<Body>>> {
    let refused = |status, text| Err(Box::new(page::told(status, text)));
    let headers = request.headers();
    if !PLACES.contains(&request.uri().path()) {
        return refused(StatusCode::NOT_FOUND, "The WebSocket is at /irc");
    }
    let is_asked = request.method() == Method::GET
        && request.version() == Version::HTTP_11
        && has_word(headers, CONNECTION, "upgrade");
    if !is_asked {
        return refused(StatusCode::BAD_REQUEST, "This is half a handshake");
    }
    if only(headers, SEC_WEBSOCKET_VERSION).is_none_or(|version| version != "13") {
        let text = "Version 13 of WebSocket is spoken here";
        let mut response = page::told(StatusCode::UPGRADE_REQUIRED, text);
        let spoken = HeaderValue::from_static("13");
        response.headers_mut().insert(SEC_WEBSOCKET_VERSION, spoken);
        return Err(Box::new(response));
    }
    let key = only(headers, SEC_WEBSOCKET_KEY).filter(|key| is_key(key));
    let accept = key.and_then(|key| HeaderValue::try_from(derive_accept_key(key.as_bytes())).ok());
    let Some(accept) = accept else {
        return refused(
            StatusCode::BAD_REQUEST,
            "Sec-WebSocket-Key must be 16 bytes in base64",
        );
    };
    match protocol(headers) {
        Some(protocol) => Ok((accept, protocol)),
        None => refused(
            StatusCode::BAD_REQUEST,
            "Spoken here: text.ircv3.net and binary.ircv3.net",
        ),
    }
}

fn promised(accept: &HeaderValue, protocol: Protocol) -> Response<Body> {
    let mut response = page::empty(StatusCode::SWITCHING_PROTOCOLS);
    let headers = response.headers_mut();
    headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(SEC_WEBSOCKET_ACCEPT, accept.clone());
    let name = match protocol {
        Protocol::Text => TEXT,
        Protocol::Binary => BINARY,
        Protocol::Either => return response,
    };
    headers.insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(name));
    response
}

/// The first protocol that is asked for and spoken; `None`: there is none.
fn protocol(headers: &HeaderMap) -> Option<Protocol> {
    let mut asked = words(headers, SEC_WEBSOCKET_PROTOCOL).peekable();
    if asked.peek().is_none() {
        return Some(Protocol::Either);
    }
    asked.find_map(|name| match name {
        TEXT => Some(Protocol::Text),
        BINARY => Some(Protocol::Binary),
        _ => None,
    })
}

/// Words of a header that is a list.
fn words(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let lists = headers.get_all(name).into_iter();
    let lists = lists.filter_map(|list| list.to_str().ok());
    let words = lists.flat_map(|list| list.split(','));
    words.map(str::trim).filter(|word| !word.is_empty())
}

fn has_word(headers: &HeaderMap, name: HeaderName, wanted: &str) -> bool {
    words(headers, name).any(|word| word.eq_ignore_ascii_case(wanted))
}

/// The value of a header that may stand there once.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).into_iter();
    let value = values.next().filter(|_| values.next().is_none())?;
    value.to_str().ok().map(str::trim)
}

fn is_key(key: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '/';
    let number = key.strip_suffix("==");
    number.is_some_and(|number| number.len() == 22 && number.chars().all(fits))
}
